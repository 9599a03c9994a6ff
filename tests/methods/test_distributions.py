"""Distributions: against scipy's own, their limits, and ranges of a case file read into them."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import special

from pfpp_utils.errors import InputError
from pfpp_utils.methods import beta_quantiles
from pfpp_utils.methods.distributions import Counts, Interval, ThreePoint
from pfpp_utils.methods.inputs import of_ranges
from pfpp_utils.methods.spreads import spread

numbers = st.floats(-1e6, 1e6, allow_nan=False)


@st.composite
def three_points(draw):
    low = draw(numbers)
    width = draw(st.floats(1e-3, 1e6))
    mode = draw(st.sampled_from([0.0, 1.0]) | st.floats(0, 1))
    shape = draw(st.sampled_from(["pert", "triangular"]))
    return ThreePoint(low, min(low + mode * width, low + width), low + width, shape)


@st.composite
def intervals(draw):
    low = draw(numbers)
    return Interval(low, low + draw(st.floats(1e-3, 1e6)))


@st.composite
def counts(draw):
    of = draw(st.integers(1, 10**4))
    return Counts(draw(st.integers(0, of)), of, draw(st.sampled_from(["jeffreys", "uniform"])))


distributions = three_points() | intervals() | counts()
GRID = np.linspace(0, 1, 257)


@settings(deadline=None)
@given(distributions)
def test_quantiles_are_those_of_scipy(each):
    found = each.quantile(GRID)
    expected = each.frozen().cdf(found)
    width = each.support[1] - each.support[0]
    resolution = np.spacing(max(map(abs, each.support))) / width  # of floats far from zero
    steep = each.frozen().pdf(np.clip(found, *each.support)) * width
    tolerance = 1e-9 + 4 * resolution * np.where(np.isfinite(steep), np.maximum(steep, 1), 1e9)
    assert (np.abs(expected - GRID) <= tolerance).all()
    assert (np.diff(found) >= 0).all()
    assert each.support[0] <= found[0] <= found[-1] <= each.support[1] + abs(each.support[1]) * 1e-12


@pytest.mark.parametrize("mode", [0.755, 0.76, 0.775, 0.149833110641792, 0.5])
def test_a_fit_that_would_never_end_is_given_up(mode):
    each = ThreePoint(0, mode, 1)
    assert each.quantile(GRID) == pytest.approx(each.frozen().ppf(GRID), abs=1e-8)


def test_what_stands_in_for_it_is_scipys_own_inverse():
    first, second = 1.5993324425671867, 1.7998231222886574
    assert beta_quantiles._polynomials(first, second) is None
    assert beta_quantiles.quantile(first, second, GRID) == pytest.approx(
        special.betaincinv(first, second, GRID)
    )


@given(distributions)
def test_central_lies_between_low_and_high_within_what_is_possible(each):
    least, most = each.support
    assert least <= each.low <= each.central <= each.high <= most
    assert each.low < each.high


def test_pert_and_triangle_by_hand():
    # PERT 0, 1, 5: mean (0 + 4 + 5) / 6; variance (mean - low) (high - mean) / 7
    pert, triangle = ThreePoint(0, 1, 5).frozen(), ThreePoint(0, 1, 5, "triangular")
    assert pert.mean() == pytest.approx(1.5)
    assert pert.var() == pytest.approx(1.5 * 3.5 / 7)
    # triangle: below the mode lies (1 - 0) / (5 - 0) = 0.2; half of that at sqrt(0.1 x 5 x 1)
    assert triangle.quantile(np.array([0.1, 0.2, 1.0])) == pytest.approx([np.sqrt(0.5), 1, 5])
    assert triangle.frozen().mean() == pytest.approx(2)


def test_cornwalls_seven_of_37():
    """Posterior Beta(7.5, 30.5) with Jeffreys' prior, Beta(8, 31) with a uniform one."""
    jeffreys, uniform = Counts(7, 37), Counts(7, 37, "uniform")
    assert jeffreys.central == pytest.approx(7 / 37)
    assert jeffreys.frozen().mean() == pytest.approx(7.5 / 38)
    assert uniform.frozen().mean() == pytest.approx(8 / 39)
    assert jeffreys.frozen().cdf([jeffreys.low, jeffreys.high]) == pytest.approx([0.025, 0.975])


def test_limits_of_none_and_of_all_contain_the_share_counted():
    none, everybody = Counts(0, 10), Counts(10, 10)
    assert (none.low, none.central) == (0, 0)
    assert (everybody.central, everybody.high) == (1, 1)
    assert none.high == pytest.approx(1 - everybody.low)


@pytest.mark.parametrize(
    ("make", "where"),
    [
        (lambda: Interval(2, 1), "low, central, high"),
        (lambda: Interval(1, 1), "low, central, high"),
        (lambda: Interval(0, np.inf), "low, central, high"),
        (lambda: Interval(0, np.nan), "low, central, high"),
        (lambda: ThreePoint(0, 6, 5), "low, central, high"),
        (lambda: ThreePoint(0, 1, 5, "normal"), "shape"),
        (lambda: Counts(8, 7), "count"),
        (lambda: Counts(-1, 7), "count"),
        (lambda: Counts(0, 0), "of"),
        (lambda: Counts(1.5, 7), "count and of"),
        (lambda: Counts(1, 7, "haldane"), "prior"),
        (lambda: of_ranges({}, intervals=["cost"]), "intervals"),
    ],
)
def test_impossible_ranges(make, where):
    with pytest.raises(InputError) as caught:
        make()
    assert caught.value.where == where


def test_ranges_of_a_case_file():
    given_as = {
        "fixed": 3,
        "sourced": {"central": 3, "source": "a table"},
        "ends": {"low": 1, "high": 3},
        "points": {"low": 1, "central": Fraction(3, 2), "high": 3},
        "counted": {"count": 7, "of": 37},
        "all": {"count": 4, "of": 4},
    }
    spreads = {key: spread(key, value, falls=False, where=key) for key, value in given_as.items()}
    assert of_ranges(spreads, shape="triangular", prior="uniform", intervals=["ends"]) == {
        "ends": Interval(1, 3),
        "points": ThreePoint(1, 1.5, 3, "triangular"),
        "counted": Counts(7, 37, "uniform"),
        "all": Counts(4, 4, "uniform"),
    }


def test_unit_values_of_one_source_share_one_number():
    a, b, other = (f"outcomes[{name}].unit_value.value_gbp" for name in ("a", "b", "other"))
    units = "outcomes[a].units"
    points = {"low": 1, "central": 2, "high": 3, "source": "a table"}
    given_as = {a: points, units: points, b: points, other: {**points, "source": "another"}}
    spreads = {key: spread(key, value, falls=False, where=key) for key, value in given_as.items()}
    assert list(of_ranges(spreads)) == [(a, b), units, other]
    assumed = {key: spread(key, {"low": 1, "high": 3}, falls=False, where=key) for key in (a, b)}
    assert list(of_ranges(assumed)) == [a, b]


@pytest.mark.parametrize("shapes", [(0.5, 0.5), (0.5, 30), (1, 1), (1, 5), (5, 1), (7.5, 30.5), (1e5, 2e5)])
def test_the_beta_inverse(shapes):
    from scipy.stats import beta

    uniform = np.random.default_rng(1).random((2, 500))
    found = beta_quantiles.quantile(*shapes, uniform)
    assert found.shape == uniform.shape
    assert np.abs(beta(*shapes).cdf(found) - uniform).max() < 1e-9
