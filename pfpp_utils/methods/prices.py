"""Prices: an amount of one year in the prices of another."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.conversions import positive

#: GDP deflator, United Kingdom, by calendar year; 2024 is 100. HM Treasury, GDP deflators at market prices,
#: in the vintage below; another vintage gives slightly other amounts.
GDP_DEFLATOR = {2019: 81.1085, 2020: 85.2137, 2021: 85.6358, 2022: 90.5005, 2023: 96.2507, 2024: 100}
DEFLATOR_VINTAGE = "December 2025"


def rebase(
    amount_gbp: Number, from_year: int, to_year: int, deflator: Mapping[int, Number] = GDP_DEFLATOR
) -> Fraction:
    """Express an amount of one year's prices in those of another: amount x index of to_year / of from_year.

    Parameters
    ----------
    amount_gbp
        Amount in pounds of `from_year`.
    from_year, to_year
        Calendar years. The programme's costs are in cash of the financial year 2022-23; nine months of
        it lie in 2022.
    deflator
        Index of prices by calendar year; by default the one of HM Treasury, `GDP_DEFLATOR`.

    Raises
    ------
    InputError
        If there is no index for a year, or the index is not positive.

    Examples
    --------
    >>> round(rebase(13_000, 2019, 2022))
    14505
    """
    for where, year in (("from_year", from_year), ("to_year", to_year)):
        if year not in deflator:
            raise InputError("no deflator for the year", where=where, found=year, allowed=map(str, deflator))
    index = positive(deflator[to_year], "deflator") / positive(deflator[from_year], "deflator")
    return exact(amount_gbp, where="amount_gbp") * index
