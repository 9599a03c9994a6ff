"""Regional spending shared out to authorities: nothing lost, in proportion, to the pound."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.allocation import allocate

AREAS = pd.DataFrame(
    {"authority": ["E1", "E2", "E3"], "region": ["North", "North", "South"], "population": [100, 300, 50]}
)


def test_shares_follow_the_weight() -> None:
    spending = pd.DataFrame({"region": ["North", "South"], "department": ["A", "A"], "value_gbp": [4000, 7]})
    out = allocate(spending, AREAS)
    assert list(out.columns) == ["region", "department", "authority", "value_gbp"]
    assert out["value_gbp"].tolist() == [1000, 3000, 7]


@given(
    st.lists(st.integers(-(10**12), 10**12), min_size=1, max_size=6),
    st.lists(st.integers(0, 10**7), min_size=1, max_size=40).filter(any),
)
def test_sums_back_to_the_region(values: list[int], weights: list[int]) -> None:
    areas = pd.DataFrame({"authority": range(len(weights)), "region": "R", "population": weights})
    spending = pd.DataFrame({"region": "R", "line": range(len(values)), "value_gbp": values})
    out = allocate(spending, areas)
    assert out.groupby("line")["value_gbp"].sum().tolist() == values
    exact = np.outer(values, np.array(weights) / sum(weights)).ravel()
    assert np.abs(out["value_gbp"] - exact).max() <= 1.01  # never a pound and more off the exact share


def test_nobody_gets_a_negative_share_of_income() -> None:
    out = allocate(pd.DataFrame({"region": ["North"], "value_gbp": [-5]}), AREAS)
    assert out["value_gbp"].tolist() == [-1, -4]


@pytest.mark.parametrize(
    ("spending", "areas", "words"),
    [
        ({"region": ["West"], "value_gbp": [1]}, AREAS, "no authority to share it out to"),
        ({"region": ["North"], "value_gbp": [1.5]}, AREAS, "not in whole pounds"),
        (
            {"region": ["North"], "value_gbp": [1]},
            AREAS.assign(population=[1, np.nan, 2]),
            "cannot be a weight",
        ),
        ({"region": ["North"], "value_gbp": [1]}, AREAS.assign(population=[1, -1, 2]), "cannot be a weight"),
        ({"region": ["South"], "value_gbp": [1]}, AREAS.assign(population=[1, 1, 0]), "no authority"),
        ({"region": ["North"], "value_gbp": [1]}, AREAS.assign(authority="E1"), "listed twice"),
        ({"region": ["North"]}, AREAS, "missing column"),
    ],
)
def test_refuses(spending: dict[str, list[object]], areas: pd.DataFrame, words: str) -> None:
    with pytest.raises(InputError, match=words):
        allocate(pd.DataFrame(spending), areas)
