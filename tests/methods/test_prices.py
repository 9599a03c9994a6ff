"""Prices: the WELLBY rebased as Treasury guidance asks, any index, there and back, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods import prices
from pfpp_utils.methods.quantities import Money

years = st.sampled_from(sorted(prices.GDP_DEFLATOR))


def test_wellby_in_prices_of_later_years():
    def rebased(amount, year):
        return round(prices.rebase(amount, 2019, year))

    assert [rebased(13_000, year) for year in (2019, 2022, 2024)] == [13_000, 14_505, 16_028]
    assert [rebased(end, 2022) for end in (10_000, 16_000)] == [11_158, 17_853]


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


def test_wellby_in_prices_of_each_year_by_the_vintage_of_december_2025():
    # 13,000 x 96.2507 / 81.1085 = 15,426.98; another vintage prints 15,258
    table = prices.deflator("December 2025")
    rebased = [prices.in_prices_of(Money(13_000, 2019), year, table) for year in (2022, 2023, 2024)]
    assert [round(amount.gbp) for amount in rebased] == [14_505, 15_427, 16_028]
    assert [amount.price_year for amount in rebased] == [2022, 2023, 2024]
    assert "HM Treasury" in table.source


def test_amounts_in_the_prices_wanted_need_no_deflator():
    assert prices.in_prices_of(Money(5, 2022), 2022, None) == Money(5, 2022)
    assert prices.in_prices_of(Money(5), None, None) == Money(5)


@pytest.mark.parametrize(
    ("amount", "year", "table", "parts"),
    [
        (Money(5, 2019), 2022, None, ("mixed price bases without a deflator", "2019 and 2022", "a deflator")),
        (Money(5), 2022, prices.deflator("December 2025"), ("mixed price bases", "not stated and 2022")),
        (Money(5, 2019), None, None, ("mixed price bases", "2019 and not stated")),
        (Money(5, 2018), 2022, prices.deflator("December 2025"), ("no deflator", "2018", "2019 to 2024")),
        (Money(5, 2019), 2025, prices.deflator("December 2025"), ("no deflator", "2025", "2019 to 2024")),
    ],
)
def test_price_bases_that_cannot_be_brought_together(amount, year, table, parts):
    with pytest.raises(InputError) as caught:
        prices.in_prices_of(amount, year, table)
    assert [part for part in parts if part not in str(caught.value)] == []


def test_an_unknown_vintage_is_answered_with_the_known():
    with pytest.raises(InputError, match="December 2025"):
        prices.deflator("March 1999")
