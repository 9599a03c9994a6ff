"""Quantities with their units: pounds of a named year, shares, people, years; all of them exact.

An amount is a `Money`, which knows in whose prices it is and refuses to be added to another price base.
Shares, people and years are exact fractions under a name of their own, so that the type checker tells them
apart; the functions `share`, `people` and `years` make them and check their limits. Nothing is a binary
float, because a ceiling taken of one can be one too high.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import NewType, overload

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact

Share = NewType("Share", Fraction)
People = NewType("People", Fraction)
Years = NewType("Years", Fraction)

NOTHING, WHOLE = Share(Fraction(0)), Share(Fraction(1))
ONE_YEAR = Years(Fraction(1))
#: Longest duration that is computed, in years.
LONGEST = 500


@dataclass(frozen=True)
class Money:
    """An amount in pounds, in the prices of one year.

    Attributes
    ----------
    gbp
        Pounds, exactly; negative where costs exceed benefits.
    price_year
        Calendar year of the prices; None where it is not stated. Amounts of different price years, or of a
        stated and an unstated one, cannot be added or compared: see `prices.in_prices_of`.

    Examples
    --------
    >>> Money(Fraction(300), 2022) / Money(Fraction(10), 2022)
    Fraction(30, 1)
    """

    gbp: Fraction
    price_year: int | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "gbp", exact(self.gbp, where="gbp"))

    def __add__(self, other: Money) -> Money:
        return Money(self.gbp + self._of(other), self.price_year)

    def __sub__(self, other: Money) -> Money:
        return Money(self.gbp - self._of(other), self.price_year)

    def __mul__(self, factor: Fraction | int) -> Money:
        return Money(self.gbp * factor, self.price_year)

    @overload
    def __truediv__(self, other: Money) -> Fraction: ...
    @overload
    def __truediv__(self, other: Fraction | int) -> Money: ...
    def __truediv__(self, other: Money | Fraction | int) -> Fraction | Money:
        if isinstance(other, Money):
            return self.gbp / self._of(other)
        return Money(self.gbp / other, self.price_year)

    def _of(self, other: Money) -> Fraction:
        """Pounds of another amount, if they are pounds of the same year."""
        if self.price_year != other.price_year:
            found = f"{self.price_year or 'not stated'} and {other.price_year or 'not stated'}"
            allowed = "amounts of one price year; name a deflator to bring them to one"
            raise InputError("mixed price bases", where="price_year", found=found, allowed=allowed)
        return other.gbp


def money(value: Number, price_year: int | None, where: str) -> Money:
    """Read an amount that cannot be negative, such as a cost or a value.

    Parameters
    ----------
    value
        Pounds, 0 or more.
    price_year
        Calendar year of the prices; None where it is not stated.
    where
        What the message of an error names.

    Returns
    -------
    Money
        The same amount, exactly.

    Raises
    ------
    InputError
        If it is negative or not finite.
    """
    return Money(between(value, 0, inf, where), price_year)


def share(value: Number, where: str) -> Share:
    """Read a share from 0 to 1, exactly; InputError, naming `where`, if it is none."""
    return Share(between(value, 0, 1, where))


def factor(value: Number, where: str) -> Fraction:
    """Read a factor, 0 or more; InputError, naming `where`, if it is none."""
    return between(value, 0, inf, where)


def people(value: Number, where: str) -> People:
    """Read a number of people, 0 or more, whole or not; InputError, naming `where`, if it is none."""
    return People(between(value, 0, inf, where))


def years(value: Number, where: str) -> Years:
    """Read a duration: above 0 and at most `LONGEST` years; InputError, naming `where`, if it is none."""
    number = exact(value, where=where)
    if not 0 < number <= LONGEST:
        allowed = f"more than 0, at most {LONGEST} years"
        raise InputError("impossible number", where=where, found=_shown(value), allowed=allowed)
    return Years(number)


def positive(value: Number, where: str) -> Fraction:
    """Read a number that must be more than 0, exactly.

    Parameters
    ----------
    value
        A number.
    where
        What the message of an error names.

    Returns
    -------
    fractions.Fraction
        The same number, exactly.

    Raises
    ------
    InputError
        If it is not finite or not more than 0.
    """
    number = exact(value, where=where)
    if number <= 0:
        raise InputError("impossible number", where=where, found=_shown(value), allowed="more than 0")
    return number


def between(value: Number, low: Number, high: Number, where: str) -> Fraction:
    """Read a number that must lie from `low` to `high`, exactly.

    Parameters
    ----------
    value
        A number.
    low, high
        Limits, both allowed; `high` may be infinite.
    where
        What the message of an error names.

    Returns
    -------
    fractions.Fraction
        The same number, exactly.

    Raises
    ------
    InputError
        If it is not finite or lies outside the limits.
    """
    number = exact(value, where=where)
    if not low <= number <= high:
        allowed = f"{low} or more" if high == inf else f"from {low} to {high}"
        raise InputError("impossible number", where=where, found=_shown(value), allowed=allowed)
    return number


def _shown(value: Number) -> Number:
    """Write a fraction as people would."""
    return value if not isinstance(value, Fraction) else float(value) if value.denominator > 1 else int(value)
