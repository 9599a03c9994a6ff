"""Concentration and inequality: known values, bounds and invariances."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.concentration import concentration, gini, measure

holdings = st.lists(st.floats(0, 1e12, allow_subnormal=False), min_size=1, max_size=30).filter(any)


@pytest.mark.parametrize(
    ("values", "hhi"),
    [
        ([60, 20, 10, 10], 4_200),
        ([1, 1, 1], 10_000 / 3),
        ([40, 30, 10, 10, 10], 2_800),
        ([7], 10_000),
        ([7, 0, 0], 10_000),
    ],
)
def test_known_concentrations(values, hhi):
    found = concentration(values)
    assert found.hhi == pytest.approx(hhi)
    assert found.effective_number == pytest.approx(10_000 / hhi)


@pytest.mark.parametrize(
    ("values", "expected"),
    [([5, 5, 5], 0), ([0, 0, 0, 8], 0.75), ([1, 3], 0.25), ([1, 2, 3, 4], 0.25), ([9], 0)],
)
def test_known_ginis(values, expected):
    assert gini(values) == pytest.approx(expected)


@settings(deadline=None, max_examples=60)
@given(holdings)
def test_concentration_is_between_equal_shares_and_one_holder(values):
    found = concentration(values)
    assert 10_000 / len(values) - 1e-6 <= found.hhi <= 10_000 + 1e-6
    assert 1 - 1e-9 <= found.effective_number <= len(values) + 1e-6


@settings(deadline=None, max_examples=60)
@given(holdings)
def test_gini_is_half_the_mean_difference_relative_to_the_mean(values):
    x = np.array(values) / max(values)
    difference = np.abs(x[:, None] - x[None, :]).mean()
    assert gini(values) == pytest.approx(difference / (2 * x.mean()), abs=1e-9)
    assert 0 <= gini(values) <= 1 - 1 / len(values) + 1e-9


@settings(deadline=None, max_examples=60)
@given(holdings, st.randoms(use_true_random=False))
def test_order_does_not_matter(values, random):
    shuffled = random.sample(values, len(values))
    assert concentration(shuffled).hhi == pytest.approx(concentration(values).hhi)
    assert gini(shuffled) == pytest.approx(gini(values), abs=1e-12)


@settings(deadline=None, max_examples=60)
@given(holdings, st.floats(1e-3, 1e6))
def test_unit_does_not_matter(values, factor):
    scaled = [value * factor for value in values]
    assert concentration(scaled).hhi == pytest.approx(concentration(values).hhi)
    assert gini(scaled) == pytest.approx(gini(values), abs=1e-9)


@settings(deadline=None, max_examples=60)
@given(holdings)
def test_holders_of_nothing_count_for_gini_but_not_for_concentration(values):
    assert concentration([*values, 0]).hhi == pytest.approx(concentration(values).hhi)
    assert gini([*values, 0]) >= gini(values) - 1e-12


@settings(deadline=None, max_examples=60)
@given(holdings)
def test_merging_two_holders_never_lowers_concentration(values):
    merged = [values[0] + (values[1] if len(values) > 1 else 0), *values[2:]]
    assert concentration(merged).hhi >= concentration(values).hhi - 1e-6


@pytest.mark.parametrize("values", [[], [0, 0], [1, -1], [1, float("nan")], [float("inf")], 5, [[1, 2]]])
@pytest.mark.parametrize("function", [concentration, gini])
def test_values_without_shares_are_refused(function, values):
    with pytest.raises(InputError, match="no shares"):
        function(values)


AWARDS = pd.DataFrame(
    {
        "funder": ["A", "A", "B", "B"],
        "recipient": ["R1", "R2", None, None],
        "amount_gbp": [1, 3, 2, 2],
    }
)


def test_awards_of_one_holder_are_added_up_and_those_without_one_are_left_out():
    table = measure(AWARDS, {"funders": "funder", "recipients": "recipient"})
    assert table.to_dict("list") == {
        "kind": ["funders", "recipients"],
        "holders": [2, 2],
        "hhi": [5_000, 6_250],
        "effective_number": [2, 1.6],
        "gini": [0, 0.25],
    }


def test_a_kind_of_holder_that_is_no_column_is_named():
    with pytest.raises(InputError) as caught:
        measure(AWARDS, {"regions": "region"})
    assert caught.value.found == ["region"]


def test_a_holder_who_pays_back_more_than_it_got_is_refused():
    with pytest.raises(InputError, match="no shares"):
        measure(AWARDS.assign(amount_gbp=[-9, 3, 2, 2]), {"funders": "funder"})
