"""Dates: read as written or by an order that is known or proved; left empty, with a reason, otherwise."""

import datetime as dt

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.data.awards import dates


def read(*texts, **options):
    return dates.read(pd.Series(texts, dtype="string"), **options)


def days(found):
    return [None if pd.isna(day) else day.date().isoformat() for day in found.dates]


def reasons(found):
    return [None if pd.isna(reason) else reason for reason in found.reason]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2016-10-03", "2016-10-03"),
        ("2016-10-03 00:00:00", "2016-10-03"),
        ("2016-10-03T23:59:59.123", "2016-10-03"),
        ("2015-06-01T00:00:00+00:00", "2015-06-01"),
        ("2017-02-14T00:00:00Z", "2017-02-14"),
        ("2015-05-31T23:00:00Z", "2015-05-31"),
        ("2016/4/1", "2016-04-01"),
        ("20160401", "2016-04-01"),
        ("25/06/2014", "2014-06-25"),
        ("06/25/2014", "2014-06-25"),
        ("25.06.14", "2014-06-25"),
        ("5/5/2014", "2014-05-05"),
        ("1 April 2016", "2016-04-01"),
        ("1st April 2016", "2016-04-01"),
        ("01-Apr-16", "2016-04-01"),
        ("12 Sept. 2016".replace(".", ""), "2016-09-12"),
        ("April 1, 2016", "2016-04-01"),
        ("31/12/99", "1999-12-31"),
        ("29/02/2016", "2016-02-29"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_a_date_that_says_its_own_order_is_read(text, day):
    found = read(text)
    assert (days(found), reasons(found)) == ([day], [None])


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("05/06/2014", "day or month first"),
        ("05-06-14", "day or month first"),
        ("31/02/2015", "no such date"),
        ("29/02/2015", "no such date"),
        ("2014-02-30", "no such date"),
        ("2014-13-01", "no such date"),
        ("13/13/2014", "no such date"),
        ("00/00/0000", "no such date"),
        ("42461", "a number, not a date"),
        ("42461.5", "a number, not a date"),
        ("2016", "not a date"),
        ("2016-04", "not a date"),
        ("Apr-16", "not a date"),
        ("2016401", "not a date"),
        ("01-04/2016", "not a date"),
        ("1/4/016", "not a date"),
        ("spring 2016", "not a date"),
        ("2016-10-03 and 2016-10-04", "not a date"),
        ("\u0662\u0660\u0661\u0666-04-01", "not a date"),
    ],
)
def test_what_is_no_certain_date_is_empty_with_a_reason(text, why):
    found = read(text)
    assert (days(found), reasons(found)) == ([None], [why])


@pytest.mark.parametrize("text", [None, "", "n/a", "TBC", "-"])
def test_no_date_is_no_fault(text):
    found = read(text)
    assert (days(found), reasons(found)) == ([None], [None])


@pytest.mark.parametrize(("order", "day"), [("dmy", "2014-06-05"), ("mdy", "2014-05-06")])
def test_the_publishers_order_decides(order, day):
    found = read("05/06/2014", order=order)
    assert (days(found), found.order, found.proof, found.settled) == ([day], order, "", 1)


@pytest.mark.parametrize(
    ("proof", "day", "order"),
    [
        ("25/06/2014", "2014-06-05", "dmy"),
        ("06/25/2014", "2014-05-06", "mdy"),
        ("25.6.14", "2014-06-05", "dmy"),
    ],
)
def test_one_value_of_the_column_proves_the_order(proof, day, order):
    found = read("05/06/2014", proof, "2014-01-01", "07/08/2014")
    assert days(found)[0] == day
    assert (found.order, found.proof, found.settled) == (order, proof, 2)


def test_values_that_contradict_each_other_prove_nothing():
    found = read("05/06/2014", "25/06/2014", "06/26/2014")
    assert days(found) == [None, "2014-06-25", "2014-06-26"]
    assert reasons(found) == ["day or month first", None, None]
    assert found.order is None


def test_the_publishers_order_gives_way_to_a_column_that_has_only_the_other():
    found = read("05/06/2014", "06/25/2014", order="dmy")
    assert (days(found), reasons(found)) == ([None, "2014-06-25"], ["day or month first", None])


def test_the_publishers_order_stands_where_values_bear_it_out():
    found = read("05/06/2014", "25/06/2014", "06/26/2014", order="dmy")
    assert (days(found), reasons(found)) == (["2014-06-05", "2014-06-25", None], [None, None, "no such date"])


@pytest.mark.parametrize("impossible", ["32/01/2014", "2014-06-25", "25 June 2014", "13/13/2014"])
def test_what_says_nothing_of_the_order_proves_nothing(impossible):
    assert reasons(read("05/06/2014", impossible))[0] == "day or month first"


def test_the_index_is_kept_and_values_may_repeat():
    found = dates.read(pd.Series(["2016-10-03", "x", "2016-10-03"], index=[7, 3, 5]))
    assert found.dates.index.tolist() == found.reason.index.tolist() == [7, 3, 5]
    assert days(found) == ["2016-10-03", None, "2016-10-03"]


def test_nothing_gives_nothing():
    found = read()
    assert (len(found.dates), len(found.reason), found.dates.dtype.kind) == (0, 0, "M")


@pytest.mark.parametrize(
    ("text", "late"),
    [
        ("2015-05-31T23:00:00Z", True),
        ("2015-05-31T23:00:00+00:00", True),
        ("2015-12-31T23:00:00Z", False),
        ("2015-05-31T23:00:00+01:00", False),
        ("2015-05-31T00:00:00Z", False),
        (None, False),
    ],
)
def test_eleven_in_the_evening_of_universal_time_in_summer_is_noticed(text, late):
    assert dates.late_evening(pd.Series([text], dtype="string")).tolist() == [late]


calendar = st.dates(dt.date(1970, 1, 1), dt.date(2099, 12, 31))
PLAIN = ["%Y-%m-%d", "%Y-%m-%dT00:00:00Z", "%Y/%m/%d", "%Y%m%d", "%d %B %Y", "%d-%b-%Y", "%B %d, %Y"]


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(calendar, st.sampled_from(PLAIN)), min_size=1, max_size=20))
def test_every_day_is_read_however_it_is_written(values):
    found = read(*(day.strftime(form) for day, form in values))
    assert days(found) == [day.isoformat() for day, _ in values]


@settings(deadline=None, max_examples=40)
@given(st.lists(calendar, min_size=1, max_size=20), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_column_in_one_order_is_read_right_or_not_at_all(column, form):
    found = read(*(day.strftime(form) for day in column))
    proved = any(day.day > 12 for day in column)
    for day, text in zip(column, days(found), strict=True):
        assert text == (day.isoformat() if proved or day.day == day.month else None)


@settings(deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=12), min_size=20, max_size=50))
def test_no_text_has_both_a_date_and_a_reason(texts):
    found = read(*texts)
    assert not (found.dates.notna() & found.reason.notna()).any()
