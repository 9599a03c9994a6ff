"""Headers found, layouts chosen, every row accounted for."""

from __future__ import annotations

import random

import openpyxl
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spreadsheets import AWARD, REGISTER, ods_content, write_csv, write_ods, write_xlsx

from pfpp_utils.data.awards import columns, layouts, readings
from pfpp_utils.errors import InputError

CRF = ["Organisation ", "£ Awarded", "Discipline", "Applicant ACE Area", "Region ONS", "Local Authority"]


def only(path, mapping=None):
    reading = readings.read(path, mapping)
    for body in reading.bodies:
        listed = bool(body.header_row) + body.rows + body.blank_rows + len(body.outside)
        assert listed == body.sheet.height  # nothing is lost
    (body,) = reading.bodies
    return body


def mapping(folder, text):
    path = folder / "mine.yml"
    path.write_text(text)
    return [layouts.read(path)]


def award(number=1, **cells):
    named = (
        dict(zip(REGISTER, AWARD, strict=True)) | {"Identifier": f"360G-cabinetoffice-GA-{number}"} | cells
    )
    return list(named.values())


def test_a_register_is_recognised_and_ends_in_canonical_columns(tmp_path):
    body = only(
        write_xlsx(tmp_path / "grants.xlsx", {"GGIS_Grant_Awards_2016_to_2017 ": [REGISTER, award()]})
    )
    assert list(body.cells.columns) == list(columns.CANONICAL)
    assert (body.layout.name, body.header_row, body.rows, body.unit) == ("register_awards", 1, 1, "pounds")
    assert body.cells[REGISTER].iloc[0].tolist() == AWARD
    assert body.cells.loc[0, ["file", "sheet", "row", "year"]].tolist() == [
        *("grants.xlsx", "GGIS_Grant_Awards_2016_to_2017 ", 2, "2016-17")
    ]
    kinds = body.cells.drop(columns="row").dtypes
    assert {str(kind) for kind in kinds} == {"string"}
    assert body.cells["Description"].isna().all()
    assert "Description" in body.lacking
    assert body.columns["Amount Awarded"] == "Amount Awarded"


CELLS = st.text(st.characters(codec="ascii", categories=["L", "N"]), min_size=1, max_size=6)


@settings(max_examples=40)
@given(
    rows=st.lists(st.tuples(CELLS, CELLS, st.integers(1, 10**9)), min_size=1, max_size=5),
    preamble=st.lists(
        st.sampled_from([[""], ["Published by the office"], ["", "Notes", "see below"]]), max_size=4
    ),
    gaps=st.lists(st.integers(0, 3), min_size=6, max_size=6),
    left=st.integers(0, 2),
    kind=st.sampled_from(["csv", "csv", "csv", "xlsx", "ods"]),
    seed=st.randoms(use_true_random=False),
)
def test_any_table_comes_back_whatever_is_above_between_and_beside(
    tmp_path_factory, rows, preamble, gaps, left, kind, seed
):
    """Rows above the header, blank rows anywhere, blank columns, any order and letter case of the headers."""
    awards = [
        award(number, Title=title, **{"Recipient Org:Name": name, "Amount Awarded": str(amount)})
        for number, (title, name, amount) in enumerate(rows)
    ]
    order = seed.sample(range(len(REGISTER)), len(REGISTER))
    heads = [
        seed.choice([str.upper, str.lower, lambda text: f" {text}\u00a0"])(REGISTER[each]) for each in order
    ]
    table, expected = [*preamble, [""] * left + heads], []
    for cells, gap in zip(awards, gaps, strict=False):
        table += [[""]] * gap
        expected.append((len(table) + 1, *cells))
        table.append([""] * left + [cells[each] for each in order])
    folder = tmp_path_factory.mktemp("t")
    match kind:
        case "csv":
            path = write_csv(folder / "t.csv", table, end=seed.choice(["\n", "\r\n", "\r"]))
        case "xlsx":
            path = write_xlsx(folder / "t.xlsx", {"#Awards": table})
        case "ods":
            path = write_ods(folder / "t.ods", ods_content({"#Awards": table}))
    body = only(path)
    assert body.cells[["row", *REGISTER]].to_records(index=False).tolist() == expected
    assert body.header_row == len(preamble) + 1
    assert set(body.outside["reason"]) <= {"above the header"}


def test_totals_notes_and_repeated_headers_are_listed_and_not_read(tmp_path):
    table = [
        ["Grants of the year"],
        REGISTER,
        award(1),
        [text.lower() for text in REGISTER],
        REGISTER,
        award(2, **{"Recipient Org:Name": "Total"}),
        ["Grand total:", "", "50000"],
        ["* Figures are provisional"],
    ]
    body = only(write_csv(tmp_path / "t.csv", table))
    listed = body.outside[["row", "reason", "amount"]].fillna("").to_records(index=False).tolist()
    assert listed == [
        (1, "above the header", ""),
        (5, "header again", "Amount Awarded"),
        (7, "total", "50000"),
        (8, "note", ""),
    ]
    assert body.cells["row"].tolist() == [3, 4, 6]  # a header in other letters is not guessed to be one
    assert "provisional" in body.outside["text"].iloc[-1]


def test_an_organisation_that_is_called_total_is_no_total(tmp_path):
    table = [CRF, ["Total Theatre", "5", "Theatre", "", "", ""], ["Total", "7", "Dance", "", "", "Leeds"]]
    body = only(write_csv(tmp_path / "t.csv", table))
    assert body.rows == 2


def test_columns_that_no_layout_takes_are_named(tmp_path):
    body = only(write_csv(tmp_path / "t.csv", [[*REGISTER, "Award type", ""], [*award(), "x", ""]]))
    assert body.unused == ("Award type",)


def test_a_sheet_that_the_layout_names_is_read_among_others(tmp_path):
    sheets = {"Cover": [["Grants"], ["Contents", "page"]], "Blank": [], "#Awards": [REGISTER, award()]}
    path = write_xlsx(tmp_path / "t.xlsx", sheets | {"Old": [REGISTER, award(), award(2)]})
    reading = readings.read(path)
    assert [body.sheet.name for body in reading.bodies] == ["#Awards"]
    assert [(each.sheet, each.rows) for each in reading.skipped] == [("Cover", 2), ("Blank", 0), ("Old", 3)]
    assert all(each.reason for each in reading.skipped)


def test_a_named_sheet_whose_header_has_changed_is_not_passed_over(tmp_path):
    changed = [
        ["Identifier", "Title", "Sum", "Recipient Org:Name", "Funding Org:Name"],
        ["a", "b", "1", "c", "d"],
    ]
    path = write_xlsx(tmp_path / "t.xlsx", {"#Awards": changed, "GGIS_Grant_Awards": [REGISTER, award()]})
    with pytest.raises(InputError, match="cannot be recognised") as caught:
        readings.read(path)
    assert "'#Awards'" in caught.value.where


def test_hidden_sheets_are_not_read_and_said(tmp_path):
    book = openpyxl.load_workbook(
        write_xlsx(tmp_path / "t.xlsx", {"A": [REGISTER, award()], "B": [REGISTER, award()]})
    )
    book["B"].sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    reading = readings.read(tmp_path / "t.xlsx")
    assert [each.reason for each in reading.skipped] == ["hidden"]


def test_awards_in_a_hidden_sheet_only_are_no_awards(tmp_path):
    book = openpyxl.load_workbook(
        write_xlsx(tmp_path / "t.xlsx", {"Cover": [["a", "b"]], "B": [REGISTER, award()]})
    )
    book["B"].sheet_state = "hidden"
    book.save(tmp_path / "t.xlsx")
    with pytest.raises(InputError, match="cannot be recognised"):
        readings.read(tmp_path / "t.xlsx")


def test_schemes_beside_their_awards_are_not_counted_twice(tmp_path):
    schemes = [["Department", "Grant Scheme Name", "Value"], ["DfT", "Roads", "25"]]
    reading = readings.read(write_xlsx(tmp_path / "t.xlsx", {"S": schemes, "#Awards": [REGISTER, award()]}))
    assert [body.layout.level for body in reading.bodies] == ["awards"]
    assert "schemes" in reading.skipped[0].reason


def test_a_header_that_is_not_recognised_says_what_was_found_and_what_is_needed(tmp_path):
    head = ["Identifier", "Amount Awrded", "Recipient Org:Name", "Funding Org:Name"]
    with pytest.raises(InputError, match="cannot be recognised") as caught:
        readings.read(
            write_csv(tmp_path / "t.csv", [["Awards"], head, ["360G-cabinetoffice-1", "1", "b", "c"]])
        )
    assert caught.value.found == head
    assert caught.value.where == "t.csv, row 2"
    assert "lacks Amount Awarded" in caught.value.allowed
    assert "perhaps 'Amount Awrded'" in caught.value.allowed


def test_a_file_without_any_header_says_so(tmp_path):
    with pytest.raises(InputError, match="no header"):
        readings.read(write_csv(tmp_path / "t.csv", [["one"], ["two"]]))
    with pytest.raises(InputError, match="no sheet to read"):
        readings.read(write_xlsx(tmp_path / "t.xlsx", {"A": []}))


@pytest.mark.parametrize(
    ("file", "header", "unit"),
    [
        ("schemes-2013-14.csv", "Amount (£000)", "thousand"),
        ("schemes-2013-14.csv", "Amount", "thousand"),
        ("schemes-2016-17.csv", "Value per year", "pounds"),
        ("schemes-2014-15.csv", "Value (£m)", "million"),
        ("schemes.csv", "Value 2013-14 (£'000)", "thousand"),
    ],
)
def test_the_unit_is_what_header_or_year_says(tmp_path, file, header, unit):
    body = only(write_csv(tmp_path / file, [["Department", "Scheme", header], ["DfT", "Roads", "1,000"]]))
    assert (body.layout.name, body.unit, body.cells.loc[0, "Amount Awarded"]) == (
        "register_schemes",
        unit,
        "1,000",
    )


@pytest.mark.parametrize(
    ("file", "header", "what"),
    [
        ("schemes-2014-15.csv", "Amount", "not known"),
        ("schemes.csv", "Amount", "not known"),
        ("schemes-2016-17.csv", "Amount (£000)", "not clear"),
        ("schemes-2016-17.csv", "Amount (£bn)", "not clear"),
    ],
)
def test_a_unit_that_is_unknown_or_contradicted_is_refused(tmp_path, file, header, what):
    with pytest.raises(InputError, match=f"unit of amounts is {what}") as caught:
        readings.read(write_csv(tmp_path / file, [["Department", "Scheme", header], ["DfT", "Roads", "1"]]))
    assert header in caught.value.where
    assert "mapping" in caught.value.allowed


def test_awards_are_not_taken_for_schemes(tmp_path):
    head = ["Department", "Scheme", "Recipient Name", "Amount"]
    with pytest.raises(InputError, match="cannot be recognised"):
        readings.read(write_csv(tmp_path / "x-2016-17.csv", [head, ["DfT", "Roads", "Council", "1"]]))


def test_a_workbooks_own_totals_are_found_in_their_section(tmp_path):
    headline = [
        ["Headline Data"],
        ["CRF 1"],
        ["Total awarded organisations", 1],
        ["Total amount awarded ", 100],
        ["CRF 2"],
        ["Total awarded organisations", 2],
        ["Total amount awarded ", 300],
    ]
    one = [CRF, ["A", 100, "Music", "North", "North", "Leeds"]]
    two = [CRF, ["B", 100, "Dance", "North", "North", "York"], ["C", 200, "Dance", "North", "North", "York"]]
    sheets = {"Headline Data": headline, "CRF 1 Grants": one, "CRF 2 Grants": two}
    bodies = readings.read(write_xlsx(tmp_path / "t.xlsx", sheets)).bodies
    assert [(body.stated.awards, body.stated.value) for body in bodies] == [("1", "100"), ("2", "300")]
    assert "row 4" in bodies[0].stated.where
    titles = [body.cells["Grant Programme:Title"].iloc[0] for body in bodies]
    assert titles == ["Culture Recovery Fund: Grants, round 1", "Culture Recovery Fund: Grants, round 2"]
    assert set(bodies[0].cells["Funding Org:Name"]) == {"Arts Council England"}
    sheets["Headline Data"] = headline[:4]
    with pytest.raises(InputError, match="no row with that label"):
        readings.read(write_xlsx(tmp_path / "t.xlsx", sheets))


def test_each_year_has_its_column(tmp_path):
    head = [
        "Organisation",
        "Local Authority",
        "2018/19 grant",
        "2019/20 grant",
        "Total 2018/19",
        "2018/19 to 2019/20",
    ]
    table = [
        head,
        ["A", "Leeds", "10", "20", "10", "30"],
        ["B", "York", "", "5", "", "5"],
        ["C", "York", "", "", "", ""],
    ]
    body = only(write_csv(tmp_path / "ACE_NPO.csv", table))
    cells = body.cells[["Recipient Org:Name", "Amount Awarded", "year", "row"]].astype(object)
    assert cells.where(cells.notna(), None).to_records(index=False).tolist() == [
        ("A", "10", "2018-19", 2),
        ("A", "20", "2019-20", 2),
        ("B", "5", "2019-20", 3),
        ("C", None, None, 4),
    ]
    assert body.rows == 3
    assert body.unused == ("Total 2018/19", "2018/19 to 2019/20")


def test_a_file_with_headers_of_many_publishers_is_not_taken_for_one(tmp_path):
    table = [["Organisation", "£ Awarded", "Local Authority"], ["A", "1", "Leeds"]]
    with pytest.raises(InputError, match="cannot be recognised") as caught:
        readings.read(write_csv(tmp_path / "t.csv", table))
    assert "arts_council" not in caught.value.allowed


def test_two_columns_of_one_year_are_not_chosen_between(tmp_path):
    table = [["Organisation", "2018/19 grant", "2018/19 capital"], ["A", "1", "2"]]
    with pytest.raises(InputError, match="two columns are the same") as caught:
        readings.read(write_csv(tmp_path / "ACE_NPO.csv", table))
    assert caught.value.found == ["2018/19 grant", "2018/19 capital"]


def test_a_users_mapping_reads_what_no_layout_knows(tmp_path):
    text = """\
columns:
  Amount Awarded: Paid
  Recipient Org:Name: Payee
  Beneficiary Location:Name: ["Area *"]
unit: thousand
sheets: [Pay*]
skip: [Payees]
year_from: [FY]
constants: {"Funding Org:Name": Town Trust, Currency: GBP}
"""
    rows = [["Payee", "Paid", "FY", "Area (ward)"], ["A", 1.5, "2019/20", "North"], ["B", 2, "", "South"]]
    path = write_xlsx(tmp_path / "t.xlsx", {"Payees": [["Payee"], ["A"]], " payments ": rows})
    body = only(path, mapping(tmp_path, text))
    assert body.cells["Amount Awarded"].tolist() == ["1.5", "2"]
    assert body.cells["year"].fillna("").tolist() == ["2019-20", ""]
    assert body.cells["Beneficiary Location:Name"].tolist() == ["North", "South"]
    assert set(body.cells["Funding Org:Name"]) == {"Town Trust"}
    assert body.unit == "thousand"
    with pytest.raises(InputError, match="no such sheet") as caught:
        readings.read(path, mapping(tmp_path, text.replace("Pay*", "Grants")))
    assert caught.value.where == "mine.yml, sheets"


def test_a_mapping_may_give_each_year_its_header(tmp_path):
    text = "columns: {Recipient Org:Name: Who}\nunit: pounds\nyears: {First: 2018-19, Second: 2019-20}\n"
    body = only(
        write_csv(tmp_path / "t.csv", [["Who", "First", "Second"], ["A", "1", "2"]]), mapping(tmp_path, text)
    )
    assert body.cells[["Amount Awarded", "year"]].to_records(index=False).tolist() == [
        ("1", "2018-19"),
        ("2", "2019-20"),
    ]


def test_numbered_columns_of_the_standard_are_joined(tmp_path):
    head = [*REGISTER, "Beneficiary Location:0:Name", "Beneficiary Location:1:Name"]
    table = [head, [*award(), "Leeds", "York"], [*award(2), "", "York"], [*award(3), "", ""]]
    body = only(write_csv(tmp_path / "t.csv", table))
    assert body.cells["Beneficiary Location:Name"].fillna("").tolist() == ["Leeds; York", "York", ""]
    assert body.columns["Beneficiary Location:Name"] == "; ".join(head[-2:])


def test_an_amount_that_occurs_twice_is_refused(tmp_path):
    with pytest.raises(InputError, match="two columns are the same"):
        readings.read(write_csv(tmp_path / "t.csv", [[*REGISTER, "Amount Awarded (£)"], [*award(), "5"]]))


def test_360giving_spreadsheets_are_not_taken_for_the_register(tmp_path):
    row = award(Identifier="360G-ptc-1")
    assert only(write_csv(tmp_path / "t.csv", [REGISTER, row])).layout.name == "threesixtygiving"


def test_a_formula_without_a_value_in_a_needed_cell_is_refused_by_its_address(tmp_path):
    path = write_xlsx(
        tmp_path / "t.xlsx", {"#Awards": [REGISTER, award(), award(2, **{"Amount Awarded": "=1+1"})]}
    )
    with pytest.raises(InputError, match="formula was saved without its value") as caught:
        readings.read(path)
    assert caught.value.found == "C3"
    path = write_xlsx(tmp_path / "t.xlsx", {"#Awards": [REGISTER, award(2, **{"Title": "=1+1"})]})
    body = only(path)
    assert (body.sheet.formulas, body.sheet.unvalued) == (1, ("B2",))


def test_double_encoded_pound_signs_are_mended_and_listed(tmp_path):
    body = only(write_csv(tmp_path / "t.csv", [REGISTER, award(), award(2, Title="Up to Â£500")]))
    assert body.cells["Title"].tolist() == ["Repairs", "Up to £500"]
    assert body.repaired.to_records(index=False).tolist() == [(3, "Title", "Up to Â£500", "Up to £500")]


def test_rows_are_of_the_row_numbers_that_a_spreadsheet_shows(tmp_path):
    table = [REGISTER, award(1, Title="two\nlines"), [], award(2)]
    assert only(write_csv(tmp_path / "t.csv", table)).cells["row"].tolist() == [2, 4]


def test_two_mappings_that_mean_different_things_are_not_chosen_between(tmp_path):
    text = "columns: {Amount Awarded: Paid, Recipient Org:Name: Payee}\nunit: %s\n"
    both = [*mapping(tmp_path, text % "pounds"), *mapping(tmp_path, text % "thousand")]
    with pytest.raises(InputError, match="two layouts fit"):
        readings.read(write_csv(tmp_path / "t.csv", [["Payee", "Paid"], ["A", "1"]]), both)


def test_the_real_register_is_read_whole(external):
    body = only(external / "register/government-grant-awards-2016-17.xlsx")
    assert (body.layout.name, body.rows, body.blank_rows, len(body.outside)) == (
        "register_awards",
        3351,
        0,
        0,
    )
    assert pd.to_numeric(body.cells["Amount Awarded"]).sum() == pytest.approx(3_920_986_733, abs=0.5)
    numbered = (
        body.cells[["Recipient Org:Charity Number", "Recipient Org:Company Number"]].notna().any(axis=1)
    )
    assert numbered.sum() == 792
    assert body.cells["Grant Programme:Code"].nunique() == 105
    assert set(body.cells["year"]) == {"2016-17"}


def test_the_real_schemes_are_read_whole(external):
    body = only(external / "register/government-grant-schemes-2016-17.csv")
    assert (body.layout.name, body.rows, body.unit, body.unused) == (
        *("register_schemes", 1207, "pounds"),
        ("Duration Numeric",),
    )


def test_the_real_culture_awards_equal_their_own_headline_sheet(external):
    reading = readings.read(external / "local_funding/CRF_investment_data_published_020421.xlsx")
    for body in reading.bodies:
        assert str(body.rows) == body.stated.awards
        assert pd.to_numeric(body.cells["Amount Awarded"]).sum() == float(body.stated.value)
    assert [body.rows for body in reading.bodies] == [2011, 74, 2272]


def test_order_of_layouts_makes_no_difference(tmp_path):
    path = write_csv(tmp_path / "t.csv", [REGISTER, award()])
    for seed in range(5):
        shuffled = random.Random(seed).sample(layouts.known(), len(layouts.known()))
        assert only(path, shuffled).layout.name == "register_awards"
