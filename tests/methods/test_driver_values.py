"""Value by funder and authority: every pound is somewhere, and areas put together keep their sums."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import driver_values

CODES = pd.Index(["E06000001", "E07000001", "E07000002"], name="authority")
AWARDS = pd.DataFrame(
    [
        ("DfT", "E06000001", 10.0),
        ("DfT", "E06000001", 5.0),
        ("DfT", "E10000001", 20.0),
        ("DfT", "W06000001", 3.0),
        ("DfT", None, 2.0),
        ("MoJ", "E07000002", 4.0),
    ],
    columns=["funder", "authority", "amount_gbp"],
)


def test_authorities_without_an_award_stand_with_nought() -> None:
    values = driver_values.by_authority(AWARDS, CODES)
    assert values.to_dict("index") == {
        "E06000001": {"DfT": 15.0, "MoJ": 0.0},
        "E07000001": {"DfT": 0.0, "MoJ": 0.0},
        "E07000002": {"DfT": 0.0, "MoJ": 4.0},
    }


def test_value_that_is_not_compared_is_accounted_for() -> None:
    table = driver_values.located(AWARDS, CODES).set_index(["funder", "where"])
    assert table.loc["DfT", "value_gbp"].to_dict() == {
        "compared": 15.0, "wider": 20.0, "elsewhere": 3.0, "not placed": 2.0
    }  # fmt: skip
    assert table.loc[("DfT", "wider"), "share"] == 0.5
    assert table.loc[("MoJ", "not placed"), "awards"] == 0


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["A", "B"]),
            st.sampled_from([*CODES, "E10000001", "S12000001", None]),
            st.integers(0, 10**9),
        ),
        min_size=1,
    )
)
def test_no_pound_is_lost(rows: list[tuple[str, str | None, int]]) -> None:
    awards = pd.DataFrame(rows, columns=["funder", "authority", "amount_gbp"])
    table = driver_values.located(awards, CODES)
    given_out = awards.groupby("funder")["amount_gbp"].sum()
    assert table.groupby("funder")["value_gbp"].sum().to_dict() == given_out.to_dict()
    compared = table[table["where"] == "compared"].set_index("funder")["value_gbp"]
    values = driver_values.by_authority(awards, CODES)
    assert (values.sum() == compared.reindex(values.columns)).all()


def test_claimed_funders_come_first_and_rare_ones_not_at_all() -> None:
    values = pd.DataFrame({"rare": [9, 0, 0], "large": [5, 5, 5], "small": [1, 1, 1], "claimed": [2, 1, 0]})
    assert driver_values.chosen(values, ["claimed"], fewest=2, most=2) == ["claimed", "large"]
    assert driver_values.chosen(values, ["rare"], fewest=3) == ["large", "small"]


def test_counts_add_up_and_scores_are_weighted_by_people() -> None:
    measures = pd.DataFrame(
        {"population": [10.0, 30.0, 5.0], "deprivation": [20.0, 40.0, None]}, index=list("abc")
    )
    area = pd.Series({"a": "north", "b": "north", "c": "south"})
    table = driver_values.together(measures, area)
    assert table.loc["north"].to_dict() == {"population": 40.0, "deprivation": 35.0}
    assert pd.isna(table.loc["south", "deprivation"])
    missing = driver_values.together(measures.assign(deprivation=[20.0, None, 1.0]), area)
    assert pd.isna(missing.loc["north", "deprivation"]), "a mean of some of its people is not the area's"


def test_a_missing_column_is_named() -> None:
    with pytest.raises(InputError, match="authority"):
        driver_values.by_authority(AWARDS.drop(columns="authority"), CODES)
    with pytest.raises(InputError, match="amount_gbp"):
        driver_values.located(AWARDS.drop(columns="amount_gbp"), CODES)
