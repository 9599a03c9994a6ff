"""Suspicious awards: each kind is found, counted and valued; what only looks like it is not."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.data.awards import columns, stand_ins, suspicions


def awards(rows=1, **fields):
    """Build canonical awards, sound unless a field says otherwise."""
    names = {name.replace(":", "_").replace(" ", "_"): name for name in columns.CANONICAL}
    given_fields = {names[key]: value for key, value in fields.items()}
    rows = max([rows, *map(len, given_fields.values())])
    sound = {
        "Identifier": [f"360G-{n}" for n in range(rows)],
        "Amount Awarded": [100.0] * rows,
        "Recipient Org:Name": [f"Body {n}" for n in range(rows)],
        "file": ["f.csv"] * rows,
        "sheet": [""] * rows,
        "row": list(range(2, rows + 2)),
    }
    table = pd.DataFrame({**dict.fromkeys(columns.CANONICAL), **sound, **given_fields}, index=range(rows))
    texts = [name for name in columns.CANONICAL if name not in {"Amount Awarded", "row", *columns.DATES}]
    types = {**dict.fromkeys(texts, "string"), **dict.fromkeys(columns.DATES, "datetime64[us]")}
    return table.astype({**types, "Amount Awarded": "float64"})


def found(table):
    return {(item.kind, item.field): item for item in suspicions.find(table)}


def test_sound_awards_raise_no_suspicion():
    sound = awards(3, Award_Date=["2016-04-01"] * 3, Last_modified=["2017-02-14"] * 3, year=["2016-17"] * 3)
    assert suspicions.find(sound) == []


def test_no_awards_raise_no_suspicion():
    assert suspicions.find(awards(2).iloc[:0]) == []


def test_a_suspicion_has_count_value_examples_and_places():
    item = found(awards(Amount_Awarded=[100, -20.5, 3, -1]))["negative amount", "Amount Awarded"]
    assert (item.rows, item.value, item.where) == (2, -21.5, ("rows 3, 5",))
    assert item.examples == ("-20.50", "-1.00")
    assert item.places.to_dict("list") == {"sheet": ["", ""], "row": [3, 5]}
    assert item.meaning


def test_zeros_are_not_negative():
    kinds = found(awards(Amount_Awarded=[0, 1, 0]))
    assert kinds["zero amount", "Amount Awarded"].rows == 2
    assert ("negative amount", "Amount Awarded") not in kinds


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("Description", "Placeholder"),
        ("Description", "n/a"),
        ("Description", "TEST"),
        ("Title", "tbc"),
        ("Recipient_Org_Postal_Code", "AA1 1AA"),
        ("Recipient_Org_Postal_Code", "aa11aa"),
        ("Recipient_Org_Street_Address", "n/a , "),
        ("Recipient_Org_Street_Address", " , "),
        ("Recipient_Org_Street_Address", "0 , "),
        ("Recipient_Org_Identifier", "Unknown"),
    ],
)
def test_placeholders_are_found_in_any_text(field, value):
    table = awards(2, **{field: [value, "42 Victoria Street"]})
    name = next(name for name in columns.CANONICAL if name.replace(":", "_").replace(" ", "_") == field)
    item = found(table)["placeholder", name]
    assert (item.rows, item.examples) == (1, (value,))


@pytest.mark.parametrize(
    "value",
    [
        "TEST VALLEY COMMUNITY SERVICES",
        "To test a placeholder",
        "Nail",
        "A1 1AA",
        "None Such Trust",
        "NASA",
        "10",
    ],
)
def test_texts_that_hold_such_a_word_are_no_placeholders(value):
    assert not stand_ins.placeholder(pd.Series([value, None], dtype="string")).any()


def test_redacted_texts_are_found_wherever_they_stand():
    kinds = found(awards(Recipient_Org_Name=["[REDACTED]", "B"], Title=["x", "Grant to redacted person"]))
    assert kinds["redacted", "Recipient Org:Name"].rows == kinds["redacted", "Title"].rows == 1
    assert ("private individual", "Recipient Org:Name") not in kinds


@pytest.mark.parametrize(
    ("name", "hidden"),
    [
        ("redacted", True),
        ("Recipient name redacted", True),
        ("Individual", True),
        ("Private Individuals", True),
        ("(private individual)", True),
        ("Anonymous", True),
        ("Individual Giving Ltd", False),
        ("Personal Support Unit", False),
        (None, False),
    ],
)
def test_recipients_without_a_name_are_told_apart(name, hidden):
    assert stand_ins.redacted(awards(Recipient_Org_Name=[name])).tolist() == [hidden]


def test_missing_postcodes_count_only_where_the_file_has_any():
    missing = "missing postcode", "Recipient Org:Postal Code"
    assert found(awards(Recipient_Org_Postal_Code=["LS3 1HH", None, None]))[missing].rows == 2
    assert missing not in found(awards(3))


@pytest.mark.parametrize(
    ("kind", "field", "fields"),
    [
        ("implausible date", "Award Date", {"Award_Date": ["1900-01-01"]}),
        ("implausible date", "Planned Dates:End Date", {"Planned_Dates_End_Date": ["2106-03-31"]}),
        (
            "award after last modified",
            "Award Date",
            {"Award_Date": ["2018-01-01"], "Last_modified": ["2017-12-31"]},
        ),
        ("award after its year", "Award Date", {"Award_Date": ["2017-04-01"], "year": ["2016-17"]}),
        (
            "ends before it starts",
            "Planned Dates:End Date",
            {"Planned_Dates_Start_Date": ["2017-04-01"], "Planned_Dates_End_Date": ["2016-04-01"]},
        ),
    ],
)
def test_impossible_dates_are_found(kind, field, fields):
    assert set(found(awards(**fields))) == {(kind, field)}


@pytest.mark.parametrize(
    "fields",
    [
        {"Award_Date": ["2017-03-31"], "year": ["2016-17"]},
        {"Award_Date": ["2015-01-01"], "year": ["2016-17"]},
        {"Award_Date": ["2017-12-31"], "Last_modified": ["2017-12-31"]},
        {"Award_Date": ["2000-03-31"], "year": ["1999-00"]},
        {"Planned_Dates_Start_Date": ["2017-04-01"], "Planned_Dates_End_Date": ["2017-04-01"]},
        {"Last_modified": ["2017-12-31"]},
    ],
)
def test_possible_dates_are_not(fields):
    assert suspicions.find(awards(**fields)) == []


def test_spellings_of_one_name_are_counted_as_groups():
    names = ["Age UK", "AGE-UK LTD.", "Age UK", "Trust & Co", "The Trust and Company", "Other", None]
    item = found(awards(Recipient_Org_Name=names))["name variants", "Recipient Org:Name"]
    assert (item.rows, item.value, item.meaning.split()[0]) == (5, 500, "2")
    assert item.examples == ("Age UK / AGE-UK LTD.", "Trust & Co / The Trust and Company")


@pytest.mark.parametrize(
    ("one", "other"),
    [("Age UK", "Age UK Leeds"), ("Leeds Council", "Leeds City Council"), ("Co Ltd", "The Company")],
)
def test_other_names_are_no_variants(one, other):
    assert suspicions.find(awards(Recipient_Org_Name=[one, other])) == []


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(max_size=15), min_size=10, max_size=20))
def test_a_names_key_does_not_depend_on_case_or_punctuation(names):
    plain = [name for name in names if name.isascii()]
    keys = stand_ins.name_key(pd.Series(plain, dtype="string"))
    shouted = stand_ins.name_key(pd.Series([f" ({name.upper()}), Ltd" for name in plain], dtype="string"))
    assert keys.equals(shouted)
