"""Prices: the WELLBY rebased as Treasury guidance asks, any index, there and back, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven as be
from pfpp_utils.methods import prices

years = st.sampled_from(sorted(prices.GDP_DEFLATOR))


def test_wellby_in_prices_of_later_years():
    def rebased(amount, year):
        return round(prices.rebase(amount, be.WELLBY_PRICE_YEAR, year))

    assert [rebased(be.WELLBY_GBP, year) for year in (2019, 2022, 2024)] == [13_000, 14_505, 16_028]
    assert [rebased(end, 2022) for end in (be.WELLBY_LOW_GBP, be.WELLBY_HIGH_GBP)] == [11_158, 17_853]


def test_rebase_with_an_index_of_ones_own():
    assert prices.rebase(300, 2001, 2002, {2001: 1.5, 2002: 1.6}) == Fraction(320)


@given(st.fractions(0, 10**7), years, years)
def test_rebasing_there_and_back_changes_nothing(amount, first, second):
    assert prices.rebase(prices.rebase(amount, first, second), second, first) == amount


@pytest.mark.parametrize(
    "arguments",
    [
        (13_000, 2019, 1066),
        (13_000, 1066, 2022),
        (13_000, 2019, 2022, {2019: 0, 2022: 90}),
        ("much", 2019, 2022),
    ],
)
def test_impossible_prices(arguments):
    with pytest.raises(InputError):
        prices.rebase(*arguments)
