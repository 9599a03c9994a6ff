"""Grants and recipients that go on, end and begin."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.turnover import DISCONTINUED, consecutive, grants, listing, recipients

COLUMNS = ["year", "programme", "programme_title", "amount_gbp"]


def awards(*rows):
    return pd.DataFrame(rows, columns=COLUMNS)


TWO_YEARS = awards(
    ("2016-17", "P1", "Bus fund", 4.0),
    ("2016-17", "P1", "Bus fund", 1.0),
    ("2016-17", "P2", "Road fund 2016-17", 3.0),
    ("2016-17", "P3", "Rail fund", 2.0),
    ("2016-17", None, "Cycling", 0.5),
    ("2017-18", "P1", "Bus Grant", 6.0),
    ("2017-18", "Q2", "ROAD FUND (2017/18)", 2.0),
    ("2017-18", "Q3", "Ferries", 1.0),
    ("2017-18", "Q4", "cycling", 0.25),
)


def test_three_ways_of_matching_grants():
    table = grants(TWO_YEARS).set_index("matched_by")
    assert table["continue"].to_dict() == {"code": 1, "title": 2, "code, then title": 3}
    assert table["end"].to_dict() == {"code": 3, "title": 2, "code, then title": 1}
    assert table["begin"].to_dict() == {"code": 3, "title": 2, "code, then title": 1}
    both = table.loc["code, then title"]
    assert both[["before", "after", "share_ended", "share_begun"]].tolist() == [4, 4, 0.25, 0.25]
    values = ["ended_gbp", "begun_gbp", "continued_from_gbp", "continued_to_gbp"]
    assert both[values].tolist() == [2.0, 1.0, 8.5, 8.25]


def test_what_became_of_each_grant():
    table = listing(TWO_YEARS, "2016-17", "2017-18")
    assert table["state"].tolist() == ["continue", "continue", "end", "begin", "continue"]
    assert table["matched_by"].fillna("").tolist() == ["code", "title", "", "", "title"]
    assert table["from_gbp"].fillna(0).tolist() == [5, 3, 2, 0, 0.5]
    assert table["to_gbp"].fillna(0).tolist() == [6, 2, 0, 1, 0.25]
    assert table["title_to"].fillna("").tolist() == [
        "Bus Grant",
        "ROAD FUND (2017/18)",
        "",
        "Ferries",
        "cycling",
    ]


def test_a_title_that_several_grants_have_matches_none():
    table = awards(
        ("2016-17", "P1", "Core funding", 1.0),
        ("2016-17", "P2", "Core funding", 1.0),
        ("2017-18", "Q1", "Core funding", 1.0),
    )
    assert grants(table).set_index("matched_by")["continue"].to_dict()["code, then title"] == 0


def test_grants_without_code_and_title_are_left_out():
    table = awards(("2016-17", None, None, 9.0), ("2016-17", "", " ", 9.0), ("2017-18", "P1", "Bus", 1.0))
    found = grants(table).iloc[0]
    assert (found["before"], found["after"], found["begin"]) == (0, 1, 1)
    assert pd.isna(found["share_ended"])


def test_recipients_that_go_on_end_and_begin():
    table = pd.DataFrame(
        [
            ("2016-17", "a", 1.0), ("2016-17", "a", 2.0), ("2016-17", "b", 5.0), ("2016-17", None, 9.0),
            ("2017-18", "a", 4.0), ("2017-18", "c", 7.0), ("2017-18", "d", 8.0), ("2017-18", None, 9.0),
        ],
        columns=["year", "recipient", "amount_gbp"],
    )  # fmt: skip
    [found] = recipients(table).to_dict("records")
    assert found == {
        "from_year": "2016-17", "to_year": "2017-18",
        "before": 2, "after": 3, "continue": 1, "end": 1, "begin": 2,
        "share_ended": 0.5, "share_begun": 2 / 3, "ended_gbp": 5.0, "begun_gbp": 15.0,
        "continued_from_gbp": 3.0, "continued_to_gbp": 4.0,
    }  # fmt: skip


def test_only_years_that_follow_each_other_are_compared():
    table = pd.DataFrame({"year": ["1999-00", "2000-01", "2002-03"], "recipient": "a", "amount_gbp": 1.0})
    assert consecutive(table) == [("1999-00", "2000-01")]
    assert len(recipients(table)) == 1


@pytest.mark.parametrize(
    "years", [["2016-17"], ["2016-17", "2018-19"], ["2016-17", "2017"], ["2016-18", "2017-18"], []]
)
def test_years_that_cannot_be_compared_are_refused(years):
    table = pd.DataFrame({"year": pd.Series(years, dtype="string")}).assign(recipient="a", amount_gbp=1.0)
    with pytest.raises(InputError, match="consecutive"):
        recipients(table)


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["2016-17", "2017-18"]),
            st.sampled_from(["P1", "P2", "P3", None]),
            st.sampled_from(["Bus fund", "BUS FUND", "Road fund 2016", None]),
            st.integers(0, 9).map(float),
        ),
        max_size=20,
    )
)
def test_nothing_is_lost(rows):
    table = awards(("2016-17", "P0", "Rail", 1.0), ("2017-18", "P0", "Rail", 2.0), *rows)
    named = table[table["programme"].notna() | table["programme_title"].notna()]
    for found in grants(table).to_dict("records"):
        rest = table[table["programme_title"].notna()] if found["matched_by"] == "title" else named
        assert found["before"] == found["continue"] + found["end"]
        assert found["after"] == found["continue"] + found["begin"]
        value = rest.groupby("year")["amount_gbp"].sum()
        assert found["ended_gbp"] + found["continued_from_gbp"] == value["2016-17"]
        assert found["begun_gbp"] + found["continued_to_gbp"] == value["2017-18"]


def test_the_benchmark_is_a_third():
    assert pytest.approx(1 / 3) == DISCONTINUED
