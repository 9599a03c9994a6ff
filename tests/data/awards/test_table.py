"""Reading files into one table: every row and penny is kept or set aside; nothing is counted twice."""

import csv
from decimal import Decimal
from itertools import count
from pathlib import Path
from types import SimpleNamespace

import openpyxl
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pfpp_utils.data.awards import agreement, columns, table
from pfpp_utils.data.awards.bodies import Stated
from pfpp_utils.errors import InputError

HEADER = [
    "Identifier",
    "Title",
    "Description",
    "Currency",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Identifier",
    "Recipient Org:Name",
    "Recipient Org:Charity Number",
    "Recipient Org:Company Number",
    "Recipient Org:Postal Code",
    "Funding Org:Identifier",
    "Funding Org:Name",
    "Grant Programme:Code",
    "Grant Programme:Title",
    "Last modified",
]
NAME = "register-awards-2016-17.csv"
numbers = count(1)


def award(amount="100", **fields):
    """Build one row of a register of awards, with an identifier of its own."""
    number = next(numbers)
    row = {
        "Identifier": f"360G-cabinetoffice-GA-{number:06d}",
        "Title": "Buses",
        "Currency": "GBP",
        "Amount Awarded": amount,
        "Award Date": "2016-04-01",
        "Recipient Org:Name": f"Bus company {number}",
        "Recipient Org:Postal Code": "LS1 1UR",
        "Funding Org:Name": "Department for Transport",
        "Grant Programme:Title": "Bus grants",
        "Last modified": "2017-02-14T00:00:00Z",
    }
    return row | {name.replace("_", " "): value for name, value in fields.items()}


def write(folder, rows, name=NAME):
    """Write rows as a CSV file; a list is a row as it is."""
    path = Path(folder) / name
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for row in rows:
            writer.writerow(row if isinstance(row, list) else [row.get(column, "") for column in HEADER])
    return path


def read(folder, *rows, **options):
    """Write rows to a file and read it; return the awards and the one report."""
    reading = table.read([write(folder, rows)], **options)
    (report,) = reading.files
    return reading.awards, report


def aside(report):
    return {item.reason: (item.rows, item.value) for item in report.set_aside}


def kinds(report):
    return {(item.kind, item.field): item.rows for item in report.suspicious}


def assert_nothing_lost(report):
    assert report.rows_read == report.awards + sum(item.rows for item in report.set_aside)
    pennies = [round(value * 100) for value in (report.value, *(item.value for item in report.set_aside))]
    assert round(report.value_read * 100) == sum(pennies)
    for sheet in report.sheets:
        assert sheet.rows == sheet.header + sheet.above + sheet.blank + sheet.read
    for item in report.set_aside:
        assert len(item.cells) == item.rows


def test_awards_are_typed_and_know_where_they_stand(tmp_path):
    awards, report = read(tmp_path, award("1,234.50"), award("(20)"))
    assert list(awards.columns) == list(columns.CANONICAL)
    assert awards["Amount Awarded"].tolist() == [1234.5, -20]
    assert awards["Award Date"].tolist() == [pd.Timestamp("2016-04-01")] * 2
    assert awards[["file", "sheet", "row", "year"]].to_numpy().tolist() == [
        [NAME, "", 2, "2016-17"],
        [NAME, "", 3, "2016-17"],
    ]
    texts = set(columns.CANONICAL) - {"Amount Awarded", "row", *columns.DATES}
    assert {str(awards[name].dtype) for name in texts} == {"string"}
    assert {awards[name].dtype.kind for name in columns.DATES} == {"M"}
    assert (report.file, report.layout, report.year) == (NAME, "register_awards", "2016-17")
    assert (report.rows_read, report.awards, report.value_read, report.value) == (2, 2, 1214.5, 1214.5)


@pytest.mark.parametrize(
    ("row", "reason", "value"),
    [
        (award(""), "no amount", 0),
        (award("TBC"), "no amount", 0),
        (award("redacted"), "amount redacted", 0),
        (award("about 500"), "amount unreadable", 0),
        (award("1.234"), "amount ambiguous", 0),
        (award("500", Currency="EUR"), "other currency", 0),
        (award("€500"), "other currency", 0),
    ],
)
def test_a_row_without_an_amount_in_pounds_is_set_aside_with_its_text(tmp_path, row, reason, value):
    awards, report = read(tmp_path, award("70"), row)
    assert aside(report) == {reason: (1, value)}
    assert (report.awards, len(awards), report.value) == (1, 1, 70)
    (item,) = report.set_aside
    assert item.where == ("rows 3",)
    assert item.cells["Recipient Org:Name"].tolist() == [row["Recipient Org:Name"]]
    assert item.cells["Amount Awarded"].fillna("").tolist() == [row["Amount Awarded"]]
    assert item.examples == tuple(filter(None, [row["Amount Awarded"]]))
    assert_nothing_lost(report)


def test_awards_in_another_currency_are_in_no_sum_and_that_is_said(tmp_path):
    rows = [
        award("70"),
        award("500", Currency="EUR"),
        award("$20"),
        {"Title": "Total", "Amount Awarded": "590"},
    ]
    _, report = read(tmp_path, *rows)
    assert report.value == 70
    first, second = report.warnings
    assert first == (
        "2 awards are not in pounds but in another currency (EUR, $20): set aside, not converted, and in no "
        "sum; rows 3-4"
    )
    assert "the awards in another currency are not in that sum" in second


def test_a_row_that_is_there_twice_counts_once(tmp_path):
    twice = award("50")
    awards, report = read(tmp_path, twice, award("1"), twice, twice)
    assert aside(report) == {"same row twice": (2, 100)}
    assert (report.set_aside[0].where, report.value, report.value_read) == (("rows 4-5",), 51, 151)
    assert awards["row"].tolist() == [2, 3]


def test_one_identifier_with_two_contents_is_kept_and_flagged(tmp_path):
    one = award("50")
    _, report = read(tmp_path, one, one | {"Amount Awarded": "60"}, award())
    assert aside(report) == {}
    assert kinds(report) == {("same identifier", "Identifier"): 2}


@pytest.mark.parametrize("identifier", ["", "n/a", "TBC"])
def test_equal_rows_without_identifier_are_kept_and_flagged(tmp_path, identifier):
    one = award("50", Identifier=identifier)
    _, report = read(tmp_path, one, one, award())
    assert (aside(report), report.awards) == ({}, 3)
    assert kinds(report)["equal rows without identifier", "Recipient Org:Name"] == 1


def test_awards_that_differ_in_their_identifier_only_are_awards_and_listed(tmp_path):
    one = award("50")
    _, report = read(tmp_path, one, one | {"Identifier": "other"}, award("50"))
    assert (aside(report), report.value) == ({}, 150)
    assert kinds(report) == {("possible duplicate", "Identifier"): 2}
    (item,) = report.suspicious
    assert (item.value, item.where) == (100, ("rows 2-3",))


@pytest.mark.parametrize("label", ["Total", "Grand total", "TOTALS:", "Total awarded"])
def test_a_total_row_is_not_an_award(tmp_path, label):
    total = {"Recipient Org:Name": label, "Amount Awarded": "£80.00"}
    awards, report = read(tmp_path, award("50"), award("30"), total)
    assert aside(report) == {"total row": (1, 80)}
    assert (report.value, report.value_read, len(awards), report.warnings) == (80, 160, 2, ())


def test_totals_of_parts_and_of_all_are_no_awards(tmp_path):
    def total(amount):
        return {"Title": "Total", "Amount Awarded": amount, "Funding Org:Name": "All departments"}

    rows = [award("50"), award("30"), total("80"), award("7"), total("7"), total("87")]
    _, report = read(tmp_path, *rows)
    assert aside(report) == {"total row": (3, 174)}


@pytest.mark.parametrize("column", ["Funding Org:Name", "Recipient Org:Name", "Grant Programme:Title"])
@pytest.mark.parametrize("label", ["{} Total", "Total for {}", "{} \u2013 subtotal", "Sub-total: {}"])
def test_totals_of_groups_are_no_awards(tmp_path, column, label):
    """As a spreadsheet's own subtotals write them: the total of a group, of groups of it, and of all."""

    def total(of, amount):
        return {column: label.format(of), "Amount Awarded": amount}

    rows = [
        award("50"),
        award("30"),
        total("Roads", "80"),
        award("7"),
        total("Rail", "7"),
        total("DfT", "87"),
    ]
    rows += [
        award("4"),
        total("Courts", "4"),
        total("MoJ", "4"),
        {column: "Grand Total", "Amount Awarded": "91"},
    ]
    awards, report = read(tmp_path, *rows)
    assert aside(report) == {"total row": (6, 273)}
    assert (report.value, len(awards)) == (91, 4)
    assert_nothing_lost(report)


def test_the_total_of_a_group_that_is_no_sum_is_kept_and_listed(tmp_path):
    total = {"Recipient Org:Name": "Roads Total", "Amount Awarded": "81"}
    rest = {"Title": "Total", "Amount Awarded": "161", "Funding Org:Name": "All"}
    _, report = read(tmp_path, award("50"), award("30"), total, rest)
    assert aside(report) == {"total row": (1, 161)}
    assert kinds(report)["called a total", "Amount Awarded"] == 1


def test_rows_longer_than_the_header_are_said_to_be(tmp_path):
    rows = [list(award("5").values()), list(award("6").values())]
    path = tmp_path / NAME
    names = list(award())
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([names, rows[0], [*rows[1][:7], "and Sons", *rows[1][7:]]])
    (report,) = table.read([path]).files
    (said,) = report.warnings
    assert "1 rows have cells right of the last header" in said
    assert "(row 3)" in said


def test_a_funder_that_some_awards_lack_is_listed(tmp_path):
    bare = {"Funding Org:Name": "", "Grant Programme:Title": ""}
    _, report = read(tmp_path, award("5"), award("6", **bare), award("7", **bare))
    listed = {item.kind: (item.rows, item.value) for item in report.suspicious}
    assert listed == {"missing funder": (2, 13), "missing programme": (2, 13)}


def test_a_funder_in_several_spellings_is_listed(tmp_path):
    names = ["Dept & Co", "DEPT AND CO", "Dept and Co", "Other"]
    _, report = read(tmp_path, *(award("5", **{"Funding Org:Name": name}) for name in names))
    assert kinds(report) == {("name variants", "Funding Org:Name"): 3}


@pytest.mark.parametrize("name", ["British Pound", "Pound Sterling", "GBP (\u00a3)", "UK pounds sterling"])
def test_pounds_by_any_name_are_pounds(tmp_path, name):
    _, report = read(tmp_path, award("5", Currency=name), award("6", Currency="Egyptian pound"))
    assert (report.value, aside(report)) == (5, {"other currency": (1, 0)})


def test_a_sum_without_any_text_is_a_total(tmp_path):
    _, report = read(tmp_path, award("50"), award("30"), {"Amount Awarded": "80"})
    assert aside(report) == {"total row": (1, 80)}


def test_an_amount_without_any_text_that_is_no_sum_is_an_award(tmp_path):
    _, report = read(tmp_path, award("50"), award("30"), {"Amount Awarded": "81"})
    assert (aside(report), report.awards) == ({}, 3)


def test_a_total_that_is_no_sum_is_listed_and_warned_of(tmp_path):
    _, report = read(tmp_path, award("50"), {"Title": "Total", "Amount Awarded": "51"})
    assert aside(report) == {"called a total, but no sum of the rows above": (1, 51)}
    assert ["row 3 is called a total" in warning for warning in report.warnings] == [True]


def test_an_award_that_is_called_a_total_is_kept_and_flagged(tmp_path):
    _, report = read(tmp_path, award("50"), award("51", Title="Total"))
    assert (aside(report), report.value) == ({}, 101)
    assert kinds(report) == {("called a total", "Amount Awarded"): 1}


@pytest.mark.parametrize("name", ["Total Produce Ltd", "Totally Local", "Subtotal Films", "The Total"])
def test_a_recipient_whose_name_holds_the_word_is_no_total(tmp_path, name):
    _, report = read(tmp_path, award("50"), award("50", **{"Recipient Org:Name": name}))
    assert (aside(report), kinds(report), report.value) == ({}, {}, 100)


def test_a_header_that_is_repeated_and_a_note_are_read_and_set_aside(tmp_path):
    _, report = read(tmp_path, award("1"), HEADER, award("2"), ["Source: the publisher"])
    assert aside(report) == {"header repeated": (1, 0), "note": (1, 0)}
    assert report.rows_read == 4
    assert report.set_aside[1].cells["Title"].tolist() == ["Source: the publisher"]


def test_blank_rows_are_counted_and_are_no_awards(tmp_path):
    _, report = read(tmp_path, [], award("1"), ["", " "], [], award("2"))
    assert (report.rows_read, report.awards, report.sheets[0].blank) == (2, 2, 3)
    assert report.sheets[0].rows == 6


def test_dates_are_read_by_the_order_that_the_column_proves(tmp_path):
    rows = [award(**{"Award Date": text}) for text in ("05/06/2016", "25/06/2016")]
    awards, _ = read(tmp_path, *rows)
    assert awards["Award Date"].dt.strftime("%d %b").tolist() == ["05 Jun", "25 Jun"]


def test_dates_that_cannot_be_read_are_listed_and_the_award_kept(tmp_path):
    texts = ["31/02/2016", "42461", "some day", "2016-10-01", "1900-01-01"]
    awards, report = read(tmp_path, *(award(**{"Award Date": text}) for text in texts))
    assert awards["Award Date"].notna().tolist() == [False, False, False, True, True]
    found = {item.kind: (item.rows, item.examples, item.where) for item in report.suspicious}
    assert found == {
        "no such date": (1, ("31/02/2016",), ("rows 2",)),
        "a number, not a date": (1, ("42461",), ("rows 3",)),
        "not a date": (1, ("some day",), ("rows 4",)),
        "implausible date": (1, ("1900-01-01",), ("rows 6",)),
    }


MAPPING = """\
name: village_fund
title: Village fund
publisher: A village
level: awards
columns:
  Identifier: [Ref]
  Recipient Org:Name: [Who]
  Amount Awarded: [How much]
  Award Date: [When]
needed: [Recipient Org:Name, Amount Awarded]
constants: {Currency: GBP, Funding Org:Name: The village}
unit: thousand
"""


def village(folder, *rows, name="village.csv"):
    mapping = Path(folder) / "village.yml"
    mapping.write_text(MAPPING)
    path = Path(folder) / name
    path.write_text("\n".join(["Ref;Who;How much;When", *rows]), encoding="utf-8")
    return path, mapping


def test_a_mapping_reads_a_file_that_no_layout_knows(tmp_path):
    path, mapping = village(tmp_path, "1;Hall;1,5;", "2;Pond;0.0015;05/06/2014", "3;Mill;2,000;06/07/2014")
    reading = table.read([path], mapping=mapping)
    assert reading.awards["Amount Awarded"].tolist() == [1.5, 2_000_000]
    assert reading.awards["Award Date"].isna().all()
    (report,) = reading.files
    assert kinds(report) == {("day or month first", "Award Date"): 2}
    assert aside(report) == {"amount unreadable": (1, 0)}
    assert report.year is None


def test_a_mapping_leaves_other_files_to_the_known_layouts(tmp_path):
    path, mapping = village(tmp_path, "1;Hall;1;")
    reading = table.read([path, write(tmp_path, [award("7")])], mapping=mapping)
    assert [report.layout for report in reading.files] == ["village_fund", "register_awards"]
    assert reading.awards["Amount Awarded"].tolist() == [1000, 7]


def test_a_mapping_that_fits_no_file_is_refused(tmp_path):
    _, mapping = village(tmp_path, "1;Hall;1;")
    with pytest.raises(InputError):
        table.read([write(tmp_path, [award()])], mapping=mapping)


def test_a_column_for_each_year_gives_an_award_for_each_and_its_totals_are_set_aside(tmp_path):
    path = tmp_path / "Portfolio NPO.csv"
    rows = ["Band,Music,100,100", "Stage,Theatre,20,", "Choir,Music,,", "Total,,120,100"]
    path.write_text("\n".join(["Organisation,Discipline,Funding 2018/19,Funding 2019/20", *rows]))
    reading = table.read([path])
    (report,) = reading.files
    assert reading.awards[["Recipient Org:Name", "year", "Amount Awarded"]].to_numpy().tolist() == [
        ["Band", "2018-19", 100],
        ["Band", "2019-20", 100],
        ["Stage", "2018-19", 20],
    ]
    assert aside(report) == {"no amount": (1, 0), "total row": (1, 120)}
    assert report.year == "2018-19; 2019-20"
    assert_nothing_lost(report)


def test_the_same_content_twice_is_refused_and_both_files_named(tmp_path):
    one, other = (
        write(tmp_path, [award(Identifier="1")], name) for name in ("a-2016-17.csv", "b-2017-18.csv")
    )
    other.write_bytes(one.read_bytes())
    with pytest.raises(InputError, match="the same file twice") as caught:
        table.read([one, other])
    assert "a-2016-17.csv" in caught.value.found
    assert "b-2017-18.csv" in caught.value.found


def test_one_file_given_twice_is_refused(tmp_path):
    path = write(tmp_path, [award()])
    with pytest.raises(InputError, match="the same file twice"):
        table.read([path, path])


def test_two_files_of_one_year_are_refused_and_both_named(tmp_path):
    files = [write(tmp_path, [award()], name) for name in ("a-2016-17.csv", "b-2016-17.csv")]
    with pytest.raises(InputError, match="two files of the same year") as caught:
        table.read(files)
    for part in ("a-2016-17.csv", "b-2016-17.csv", "2016-17", "Department for Transport"):
        assert part in caught.value.found


def test_schemes_and_the_awards_under_them_are_not_counted_together(tmp_path):
    schemes = tmp_path / "schemes-2016-17.csv"
    schemes.write_text(
        "Funding Org:Name,Grant Programme:Title,Value per year\nDepartment for Transport,Buses,5\n"
    )
    with pytest.raises(InputError, match="two files of the same year"):
        table.read([write(tmp_path, [award()]), schemes])


def test_files_of_one_year_and_different_funders_are_read_with_a_warning(tmp_path):
    justice = award("5", **{"Funding Org:Name": "Ministry of Justice"})
    reading = table.read([write(tmp_path, [award("1")]), write(tmp_path, [justice], "moj-2016-17.csv")])
    assert len(reading.awards) == 2
    assert ["both of 2016-17" in report.warnings[0] for report in reading.files] == [True, True]


def test_files_of_different_years_are_read_together(tmp_path):
    files = [write(tmp_path, [award("1")]), write(tmp_path, [award("2")], "register-awards-2017-18.csv")]
    reading = table.read(files)
    assert reading.awards["year"].tolist() == ["2016-17", "2017-18"]
    assert reading.awards["file"].tolist() == [path.name for path in files]
    assert [report.warnings for report in reading.files] == [(), ()]


def test_a_row_of_an_earlier_file_is_set_aside_in_the_later_one(tmp_path):
    first, mapping = village(tmp_path, "1;Hall;1;", "2;Pond;2;", name="first.csv")
    later, _ = village(tmp_path, "2;Pond;2;", "3;Mill;3;", name="later.csv")
    reading = table.read([first, later], mapping=mapping)
    assert reading.awards["Amount Awarded"].tolist() == [1000, 2000, 3000]
    assert [aside(report) for report in reading.files] == [{}, {"same row in an earlier file": (1, 2000)}]


def test_an_award_in_the_registers_of_two_years_is_two_payments(tmp_path):
    one = award("10")
    later = write(tmp_path, [one, award("5")], "register-awards-2017-18.csv")
    reading = table.read([write(tmp_path, [one]), later])
    assert [(report.awards, aside(report)) for report in reading.files] == [(1, {}), (2, {})]
    assert ("same identifier", "Identifier") not in {**kinds(reading.files[0]), **kinds(reading.files[1])}


@pytest.mark.parametrize("undated_first", [True, False])
def test_the_same_register_in_two_formats_counts_once_where_one_names_no_year(tmp_path, undated_first):
    rows = [award("10", **{"Award Date": "2016-04-13"}), award("20", **{"Award Date": "2016-04-14"})]
    written = [row | {"Award Date": row["Award Date"][-2:] + "/04/2016"} for row in rows]
    book = openpyxl.Workbook()
    for row in (HEADER, *([row.get(name) for name in HEADER] for row in written)):
        book.active.append(row)
    book.active.title = "GGIS_Grant_Awards_2016_to_2017"
    book.save(tmp_path / "awards.xlsx")
    paths = [tmp_path / "awards.xlsx", write(tmp_path, rows, "awards.csv")]
    reading = table.read(paths[::-1] if undated_first else paths)
    assert (reading.awards["Amount Awarded"].sum(), set(reading.awards["year"])) == (30, {"2016-17"})
    by_name = {report.file: report for report in reading.files}
    assert aside(by_name["awards.xlsx"]) == {}
    assert aside(by_name["awards.csv"]) == {"same row in a file that names its year": (2, 30)}
    assert all("awards.csv names no year" in report.warnings[0] for report in reading.files)
    for report in reading.files:
        assert_nothing_lost(report)


def test_an_award_of_no_year_beside_those_of_two_years_counts_with_them(tmp_path):
    one = award("10")
    paths = [write(tmp_path, [one, award()], f"a-{year}.csv") for year in ("2016-17", "2017-18")]
    reading = table.read([*paths, write(tmp_path, [one, award("5")], "b.csv")])
    assert [(report.awards, aside(report)) for report in reading.files] == [
        *[(2, {})] * 2,
        (1, {"same row in a file that names its year": (1, 10)}),
    ]


@pytest.mark.parametrize("change", [{"Title": "Trams"}, {"Identifier": ""}, {"Identifier": "other"}])
def test_what_may_be_counted_twice_for_want_of_a_year_is_said_loudly(tmp_path, change):
    one, more = award("10") | {name: "" for name in change if not change[name]}, award("7")
    reading = table.read([write(tmp_path, [one]), write(tmp_path, [one | change, more], "b.csv")])
    dated, bare = reading.files
    assert (len(reading.awards), aside(bare)) == (3, {})
    assert "1 awards with GBP 10.00 may be counted twice" in bare.warnings[-1]
    assert not any("may be counted twice" in text for text in dated.warnings)
    assert set(kinds(bare)) & {
        ("same identifier", "Identifier"),
        ("equal rows without identifier", "Recipient Org:Name"),
        ("possible duplicate", "Identifier"),
    }


def test_awards_of_a_file_of_no_year_that_are_others_are_counted(tmp_path):
    reading = table.read([write(tmp_path, [award("1")]), write(tmp_path, [award("2")], "b.csv")])
    assert [(report.awards, aside(report)) for report in reading.files] == [(1, {}), (1, {})]
    assert not any("counted twice" in text for report in reading.files for text in report.warnings)


def test_only_awards_of_the_year_asked_for_are_kept(tmp_path):
    files = [write(tmp_path, [award("1")]), write(tmp_path, [award("2")], "register-awards-2017-18.csv")]
    reading = table.read(files, year="2017-18")
    assert reading.awards["Amount Awarded"].tolist() == [2]
    assert [aside(report) for report in reading.files] == [{"another year": (1, 1)}, {}]
    assert [report.year for report in reading.files] == [None, "2017-18"]


def test_the_award_date_tells_the_year_where_the_file_does_not(tmp_path):
    rows = ["1;Hall;1;2017-03-31", "2;Pond;2;2017-04-01", "3;Mill;3;", "4;Weir;4;2016-04-01"]
    path, mapping = village(tmp_path, *rows)
    reading = table.read([path], mapping=mapping, year="2016-17")
    assert reading.awards["Identifier"].tolist() == ["1", "4"]
    assert reading.awards["year"].tolist() == ["2016-17"] * 2
    assert aside(reading.files[0]) == {"another year": (1, 2000), "year not known": (1, 3000)}


def test_a_file_that_knows_neither_year_nor_date_is_of_the_year_asked_for(tmp_path):
    path, mapping = village(tmp_path, "1;Hall;1;", "2;Pond;2;")
    assert table.read([path], mapping=mapping, year="2016-17").awards["year"].tolist() == ["2016-17"] * 2


def test_a_year_without_awards_is_refused(tmp_path):
    with pytest.raises(InputError, match="no awards of that year") as caught:
        read(tmp_path, award(), year="2020-21")
    assert caught.value.allowed == "2016-17"


def test_no_file_is_refused():
    with pytest.raises(InputError, match="no file"):
        table.read([])


def culture(folder, *, factor=1, more=0, grants=2):
    """Write a workbook as the Arts Council's, whose own summary states totals of its sheets."""
    book = openpyxl.Workbook()
    summary = book.active
    summary.title = "Headline Data"
    capital = "CRF 1 Captial Kickstart", "CRF 1 Capital Kickstart"
    for section, name in (("CRF 1", "CRF 1 Grants"), capital, ("CRF 2", "CRF 2 Grants")):
        summary.append([section])
        summary.append(["Total awarded organisations", grants])
        summary.append(["Total amount awarded ", 3_000_000 + more])
        sheet = book.create_sheet(name)
        sheet.append(["Organisation ", "£ Awarded", "Applicant ACE Area", "Region ONS", "Local Authority"])
        for who, amount in (("Band", 1_000_000), ("Stage", 2_000_000)):
            sheet.append([f"{who} {section}", amount * factor, "North", "North West", "Leeds"])
    path = Path(folder) / "CRF_investment_data_published_020421.xlsx"
    book.save(path)
    return path


def test_agreement_with_the_workbooks_own_totals_is_reported(tmp_path):
    (report,) = table.read([culture(tmp_path)]).files
    assert report.warnings == ()
    assert len(report.checks) == 3
    assert all("GBP 3,000,000.00 in 2 awards, as " in check for check in report.checks)


@pytest.mark.parametrize(
    ("change", "figure"), [({"more": 1}, "GBP 3,000,001.00"), ({"grants": 3}, "3 awards")]
)
def test_a_difference_to_the_workbooks_own_totals_is_a_warning_with_both(tmp_path, change, figure):
    (report,) = table.read([culture(tmp_path, **change)]).files
    assert report.checks == ()
    assert len(report.warnings) == 3
    assert all("GBP 3,000,000.00 in 2 awards, but " in text and figure in text for text in report.warnings)


def test_amounts_in_another_unit_than_the_workbooks_own_totals_are_refused(tmp_path):
    with pytest.raises(InputError, match="another unit") as caught:
        table.read([culture(tmp_path, factor=0.001)])
    assert "states 3,000,000.00" in caught.value.found
    assert "GBP 3,000.00" in caught.value.found
    assert "CRF_investment_data_published_020421.xlsx, sheet 'CRF 1 Grants'" in caught.value.where


def compare(value, stated):
    """Compare one award of a value with the total that a workbook states."""
    entries = pd.DataFrame({"Amount Awarded": [value, 5.0], "reason": [None, "another year"]})
    sheet = SimpleNamespace(file=Path("f.xlsx"), name="Awards")
    return agreement.compare(
        entries, SimpleNamespace(sheet=sheet, stated=Stated(stated, "", "summary, row 2"))
    )


@pytest.mark.parametrize("factor", [0.001, 0.01, 0.000001, 100, 1_000, 1_000_000])
@pytest.mark.parametrize("stated", ["3,000,000", "2,990,000", "3.01E+06", "-3000000"])
def test_totals_off_by_a_unit_are_told_from_rounding(factor, stated):
    with pytest.raises(InputError, match="another unit"):
        compare(3_000_000.0 * factor * (-1 if stated[0] == "-" else 1), stated)


@pytest.mark.parametrize("factor", [2, 10, 500, 0.1, 0, 99, 1_010])
def test_totals_off_by_no_unit_are_a_difference(factor):
    text, agrees = compare(3_000_000.0 * factor, "3000000")
    assert not agrees
    assert text.endswith("but summary, row 2 states GBP 3,000,000.00")


def test_a_total_is_compared_to_the_penny():
    assert compare(0.3, "0.30") == ("sheet 'Awards': GBP 0.30, as summary, row 2 states", True)
    assert compare(0.3, "0.31")[1] is False


texts = st.one_of(
    st.decimals(-(10**9), 10**9, places=2).map(str),
    st.decimals(0, 10**9, places=2).map("{:,}".format),
    st.sampled_from(["", "TBC", "redacted", "1.5m", "€3", "2k", "1e3", "0", "rubbish"]),
)
rows = st.lists(
    st.one_of(
        st.builds(award, texts, Currency=st.sampled_from(["GBP", "EUR", ""])),
        texts.map(lambda text: {"Title": "Total", "Amount Awarded": text}),
        st.just(["A note"]),
        st.just([]),
        st.just(HEADER),
    ),
    max_size=25,
)


@settings(deadline=None, max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows, st.data())
def test_every_row_and_every_penny_is_kept_or_set_aside(tmp_path, rows, data):
    again = [data.draw(st.sampled_from(rows)) for _ in range(2)] if rows else []
    awards, report = read(tmp_path, award("12.34"), *rows, *again)
    assert_nothing_lost(report)
    assert len(awards) == report.awards
    assert sum(Decimal(repr(value)) for value in awards["Amount Awarded"]) == Decimal(repr(report.value))
    listed = sorted([*awards["row"], *(row for item in report.set_aside for row in item.cells["row"])])
    assert len(listed) == len(set(listed)) == report.rows_read
