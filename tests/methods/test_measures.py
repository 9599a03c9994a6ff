"""All measures at once: the parts agree with the single measures, and nothing is counted twice."""

from __future__ import annotations

import json

import duckdb
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import limits, measures, spend
from pfpp_utils.methods.concentration import concentration

AWARDS = pd.DataFrame(
    [
        ("x", "P1", "r1", "A", "Roads", 50_000.0),
        ("x", "P1", "r1", "A", "Roads", 9_999.99),
        ("x", "P2", "r2", "A", "Roads", 100_000.0),
        ("x", "P3", None, "B", "Roads", 250_000.5),
        ("y", "P1", "r1", "A", None, 1.0),
        (None, "P4", "r9", "C", "Housing", 7.0),
    ],
    columns=["place", "programme", "recipient", "funder", "policy_area", "amount_gbp"],
)


def test_counts_of_a_place() -> None:
    found = measures.measure(AWARDS)["x"]
    counts = [found[name] for name in ("awards", "grants", "recipients", "funders")]
    assert counts == [4, 3, 2, 2]  # a redacted recipient is an award and no recipient
    assert found["value"] == 410_000.49
    assert (found["share_under_10k"], found["share_under_100k"]) == (0.25, 0.5)
    assert found["recipients_per_grant"] == pytest.approx(2 / 3)


def test_awards_without_a_place_count_in_all_only() -> None:
    assert set(measures.measure(AWARDS)) == {"x", "y"}
    assert measures.in_all(AWARDS)["awards"] == 6


def test_concentration_is_that_of_the_formula() -> None:
    found = measures.measure(AWARDS)["x"]["concentration"]["funders"]
    expected = concentration([159_999.99, 250_000.5])
    assert (found["hhi"], found["effective_number"]) == pytest.approx(expected)


def test_overlap_names_funders_and_grants() -> None:
    overlap = measures.measure(AWARDS)["x"]["overlap"]
    assert [row["funder_names"] for row in overlap["across_funders"]] == ["A, B"]
    (within,) = overlap["within_funder"]
    assert (within["funder"], within["grants"], within["recipients"]) == ("A", 2, 2)


def test_result_is_json_without_nan() -> None:
    nothing = AWARDS.assign(amount_gbp=0.0, recipient=None)
    for found in (measures.measure(AWARDS), measures.measure(nothing)):
        json.loads(json.dumps(found, allow_nan=False))


def test_a_missing_column_is_refused() -> None:
    with pytest.raises(InputError, match="missing column"):
        measures.measure(AWARDS.drop(columns="policy_area"))


@settings(max_examples=25)
@given(
    st.lists(
        st.tuples(st.sampled_from("xyz"), st.sampled_from("PQ"), st.sampled_from(["r", "s", None])),
        min_size=1,
    )
)
def test_places_add_up_and_agree_with_single_measures(rows: list[tuple[str, str, str | None]]) -> None:
    awards = pd.DataFrame(rows, columns=["place", "programme", "recipient"])
    awards = awards.assign(
        funder=awards["programme"], policy_area="Roads", amount_gbp=range(1, len(rows) + 1)
    )
    found, single = measures.measure(awards), spend.summarise(awards).set_index("place")
    assert sum(row["awards"] for row in found.values()) == measures.in_all(awards)["awards"] == len(rows)
    assert {place: row["recipients"] for place, row in found.items()} == single["recipients"].to_dict()


@pytest.mark.parametrize("engine", [lambda awards: awards, duckdb.from_df])
def test_awards_to_councils_are_measured_apart(engine) -> None:
    awards = pd.DataFrame(
        {
            "place": ["Ely"] * 4 + ["Leeds"],
            "amount_gbp": [5_000.0, 20_000.0, 200_000.0, 1.5, 7.0],
            "council": ["E1", "E1", "E1", None, None],
            **dict.fromkeys(("programme", "recipient", "funder", "policy_area"), "x"),
        }
    )
    found = measures.measure(engine(awards))
    council = found["Ely"]["to_councils"]
    assert council == {
        "awards": 3,
        "value": 225_000,
        "share_under_10k": pytest.approx(1 / 3),
        "share_under_100k": pytest.approx(2 / 3),
    }
    assert found["Leeds"]["to_councils"]["awards"] == 0
    assert measures.measure(awards.drop(columns="council"))["Ely"]["to_councils"] is None


@given(st.lists(st.tuples(st.sampled_from(["2016-17", "2017-18", None]), *[st.booleans()] * 4), min_size=1))
@settings(max_examples=25, deadline=None)
def test_what_the_measures_leave_out_is_said_and_nothing_else(rows: list[tuple[str | None, bool]]) -> None:
    table = pd.DataFrame(rows, columns=["year", "area", "name", "headquarters", "county"])
    awards = table.assign(
        amount_gbp=1.0,
        policy_area=table["area"].map({True: "Roads"}),
        recipient=table["name"].map({True: "a"}),
        authority=table["county"].map({True: "E10000011", False: "E08000036"}),
    )
    said = " ".join(limits.said(awards))
    expected = {
        "no policy area": (~table["area"]).sum(),
        "no recipient": (~table["name"]).sum(),
        "head offices": table["headquarters"].sum(),
        "a county": table["county"].sum(),
    }
    for words, count in expected.items():
        assert (f"{count} awards with GBP {count}.00" in said) or not count
        assert (words in said) == bool(count)
    assert ("2 years" in said) == (table["year"].nunique() == 2)
    assert "cannot be seen" in said
