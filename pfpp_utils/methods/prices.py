"""Prices: an amount of one year in the prices of another, by a GDP deflator of a named vintage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.quantities import Money, positive


@dataclass(frozen=True)
class Deflator:
    """An index of prices by calendar year, and where it comes from.

    Attributes
    ----------
    vintage
        The national accounts it rests on; another vintage gives slightly other amounts.
    index
        Level of prices by calendar year, on any base.
    source
        Publisher and title.
    """

    vintage: str
    index: Mapping[int, Number]
    source: str


#: The deflators at hand, by vintage. A case file may bring one of its own.
DEFLATORS = {
    table.vintage: table
    for table in (
        Deflator(
            "December 2025",
            {2019: 81.1085, 2020: 85.2137, 2021: 85.6358, 2022: 90.5005, 2023: 96.2507, 2024: 100},
            "HM Treasury, GDP deflators at market prices; United Kingdom, calendar years, 2024 is 100",
        ),
    )
}
DEFLATOR_VINTAGE = "December 2025"
GDP_DEFLATOR = DEFLATORS[DEFLATOR_VINTAGE].index


def deflator(vintage: str) -> Deflator:
    """Find a deflator by its vintage.

    Parameters
    ----------
    vintage
        A key of `DEFLATORS`, such as ``"December 2025"``.

    Returns
    -------
    Deflator
        The table of that vintage.

    Raises
    ------
    InputError
        If there is none of that vintage.
    """
    if vintage not in DEFLATORS:
        raise InputError("unknown vintage", where="deflator", found=vintage, allowed=DEFLATORS)
    return DEFLATORS[vintage]


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

    Returns
    -------
    fractions.Fraction
        Pounds of `to_year`.

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
        _require(year, deflator, where)
    index = positive(deflator[to_year], "deflator") / positive(deflator[from_year], "deflator")
    return exact(amount_gbp, where="amount_gbp") * index


def in_prices_of(
    amount: Money, price_year: int | None, table: Deflator | None, where: str = "price_year"
) -> Money:
    """Bring an amount to a price base; without a deflator only if it is there already.

    Parameters
    ----------
    amount
        Pounds of its own price year.
    price_year
        Calendar year of the prices wanted; None where amounts state none.
    table
        The deflator, or None if none was named.
    where
        What the message of an error names; a year wanted that has no index is ``price_year``.

    Returns
    -------
    Money
        Pounds of `price_year`.

    Raises
    ------
    InputError
        If the price bases differ and there is no deflator, one of them is not stated, or a year lies outside
        the deflator.

    Examples
    --------
    >>> wellby = Money(Fraction(13_000), 2019)
    >>> f"{float(in_prices_of(wellby, 2023, deflator('December 2025')).gbp):,.0f}"
    '15,427'
    """
    known, wanted = amount.price_year, price_year
    if known == wanted:
        return amount
    if table is None or known is None or wanted is None:
        found = f"{known or 'not stated'} and {wanted or 'not stated'}"
        allowed = "one price year for all amounts, or a deflator and a price year for each of them"
        what = "mixed price bases" + (" without a deflator" if table is None else "")
        raise InputError(what, where=where, found=found, allowed=allowed)
    _require(wanted, table.index, "price_year")
    _require(known, table.index, where)
    return Money(rebase(amount.gbp, known, wanted, table.index), wanted)


def _require(year: int, index: Mapping[int, Number], where: str) -> None:
    if year not in index:
        span = f"{min(index)} to {max(index)}, the years of the deflator"
        raise InputError("no deflator for the year", where=where, found=year, allowed=span)
