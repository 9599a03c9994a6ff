"""Official files: the figures that their publishers and others state of them."""

from collections import Counter

import openpyxl
import pandas as pd
import pytest

from pfpp_utils.data.awards import table
from pfpp_utils.errors import InputError

AWARDS = "register/government-grant-awards-2016-17.xlsx"
SCHEMES = "register/government-grant-schemes-2016-17.csv"
CULTURE = "local_funding/CRF_investment_data_published_020421.xlsx"
POWER = "360giving/grantnav-sample-power-to-change.json"


@pytest.fixture(scope="module")
def register(external):
    return table.read([external / AWARDS])


@pytest.fixture(scope="module")
def schemes(external):
    return table.read([external / SCHEMES])


@pytest.fixture(scope="module")
def culture(external):
    return table.read([external / CULTURE])


@pytest.fixture(scope="module")
def power(external):
    return table.read([external / POWER])


def found(reading):
    return {(item.kind, item.field): (item.rows, item.value) for item in reading.files[0].suspicious}


@pytest.mark.parametrize("name", ["register", "schemes", "culture", "power"])
def test_every_row_and_penny_is_an_award(name, request):
    reading = request.getfixturevalue(name)
    (report,) = reading.files
    assert (report.set_aside, report.warnings) == ((), ())
    assert report.rows_read == report.awards == len(reading.awards)
    assert report.value_read == report.value
    for sheet in report.sheets:
        assert sheet.rows == sheet.header + sheet.above + sheet.blank + sheet.read


def test_the_register_of_2016_17_has_the_figures_that_are_known_of_it(register):
    awards, (report,) = register.awards, register.files
    assert (report.layout, report.year, report.awards, report.value) == (
        "register_awards",
        "2016-17",
        3_351,
        3_920_986_733,
    )
    assert awards["Grant Programme:Code"].nunique() == 105
    numbers = awards[["Recipient Org:Charity Number", "Recipient Org:Company Number"]]
    assert numbers.notna().any(axis=1).sum() == 792
    assert awards["Award Date"].notna().all()
    assert awards["row"].tolist() == list(range(2, 3_353))


def test_the_register_of_2016_17_is_kept_whole_and_its_traps_are_flagged(register):
    suspicious = found(register)
    assert {kind: rows for kind, (rows, _) in suspicious.items()} == {
        ("zero amount", "Amount Awarded"): 109,
        ("missing postcode", "Recipient Org:Postal Code"): 1_204,
        ("placeholder", "Description"): 2_211,
        ("placeholder", "Recipient Org:Identifier"): 2,
        ("placeholder", "Recipient Org:Street Address"): 685,
        ("placeholder", "Recipient Org:City"): 166,
        ("placeholder", "Recipient Org:Postal Code"): 164,
        ("name variants", "Recipient Org:Name"): 28,
        ("possible duplicate", "Identifier"): 40,
    }
    assert suspicious["zero amount", "Amount Awarded"][1] == 0


def test_the_schemes_of_2016_17_keep_their_negative_amounts(schemes):
    (report,) = schemes.files
    assert (report.layout, report.awards, report.value) == ("register_schemes", 1_207, 99_835_148_027)
    suspicious = found(schemes)
    assert suspicious["negative amount", "Amount Awarded"] == (7, -2_487_315_037)
    assert suspicious["scheme, not award", "Grant Programme:Title"][0] == 1_207
    assert schemes.awards["Amount Awarded"].min() == -2_442_056_000
    repaired = {item.what: item.count for item in report.repaired}
    assert repaired["amount with separators"] == 1_198
    assert repaired["Planned Dates:Start Date: day read before the other, as the layout says"] == 951
    assert schemes.awards["Planned Dates:Start Date"].notna().all()


def headline(path):
    """Read every figure of the summary sheet: awards and pounds by section, and by section and region."""
    section, rows = "", {}
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    for cells in book["Headline Data"].values:
        first, second, third = cells[:3]
        if first and second is None:
            section = first.strip()
        elif isinstance(third, int):
            rows[section, first.strip()] = (second, third)
        elif first and isinstance(second, int):
            rows[section, first.strip()] = second
    return rows


SECTIONS = {
    "CRF 1": "CRF 1 Grants",
    "CRF 1 Captial Kickstart": "CRF 1 Capital Kickstart",
    "CRF 2": "CRF 2 Grants",
}


def test_the_culture_recovery_fund_equals_its_headline_sheet_to_the_pound(culture, external):
    stated = headline(external / CULTURE)
    for section, sheet in SECTIONS.items():
        awards = culture.awards[culture.awards["sheet"] == sheet]
        value = awards["Amount Awarded"].sum()
        assert stated[section, "Total awarded organisations"] == len(awards)
        assert stated[section, "Total amount awarded"] == value
        assert stated[section, "Totals"] == (len(awards), value)
    assert culture.files[0].value == 430_260_856 + 58_881_334 + 261_582_823
    assert len(culture.files[0].checks) == 3


def test_the_culture_recovery_fund_equals_its_headline_sheet_in_every_region(culture, external):
    stated = headline(external / CULTURE)
    book = openpyxl.load_workbook(external / CULTURE, read_only=True)
    computed = {}
    for section, sheet in SECTIONS.items():
        regions = [row[4] for row in book[sheet].values]
        awards = culture.awards[culture.awards["sheet"] == sheet]
        by_region = awards.assign(region=[regions[row - 1] for row in awards["row"]]).groupby("region")
        for region, those in by_region:
            computed[section, region] = (len(those), those["Amount Awarded"].sum())
    regional = {key: both for key, both in stated.items() if isinstance(both, tuple) and key[1] != "Totals"}
    assert computed == regional
    assert Counter(section for section, _ in regional) == {
        "CRF 1": 11,
        "CRF 1 Captial Kickstart": 9,
        "CRF 2": 11,
    }


def test_360giving_amounts_are_exact_to_the_penny(power):
    (report,) = power.files
    assert (report.layout, report.year, report.awards, report.value) == (
        "threesixtygiving",
        None,
        870,
        51_625_696.54,
    )
    assert power.awards["Award Date"].notna().all()


def test_360giving_awards_of_one_year_are_those_dated_in_it(external, power):
    reading = table.read([external / POWER], year="2017-18")
    dates = power.awards["Award Date"]
    assert len(reading.awards) == dates.between("2017-04-01", "2018-03-31").sum()
    assert set(reading.awards["year"]) == {"2017-18"}
    (report,) = reading.files
    assert report.awards + report.set_aside[0].rows == 870


def test_awards_and_schemes_of_one_year_are_not_counted_together(external):
    with pytest.raises(InputError, match="two files of the same year"):
        table.read([external / AWARDS, external / SCHEMES])


def test_different_publishers_are_read_together(external, register, culture):
    reading = table.read([external / AWARDS, external / CULTURE])
    pd.testing.assert_frame_equal(
        reading.awards, pd.concat([register.awards, culture.awards], ignore_index=True)
    )
    assert [report.awards for report in reading.files] == [3_351, 4_357]
