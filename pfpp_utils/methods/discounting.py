"""Discounting: what a pound of a later year is worth in year 0, by Green Book schedules with a vintage."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import lru_cache
from itertools import islice
from math import floor

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.quantities import LONGEST, NOTHING, Share, Years

#: The years after which the Green Book's rate falls; the last rate holds for ever.
STEPS = (30, 75, 125, 200, 300)


@dataclass(frozen=True)
class Schedule:
    """Yearly discount rates by the year they apply to.

    Attributes
    ----------
    name
        ``standard``, ``health``, ``lower-rate`` or ``none``.
    vintage
        Edition of the Green Book that sets it.
    percents
        Rates in percent, as printed: for the years up to each of `STEPS`, and for all years after.
    """

    name: str
    vintage: str
    percents: tuple[Fraction, ...]

    def rate(self, year: int) -> Fraction:
        """Rate at which one is discounted on the way from the year before to this one; a share."""
        return self.percents[sum(year > step for step in STEPS)] / 100


def _schedule(name: str, vintage: str, *percents: str) -> Schedule:
    return Schedule(name, vintage, tuple(map(Fraction, percents)))


#: The schedules at hand. A review of 2026 recommends 3.0% and no rate of its own for health; it had not been
#: adopted by August 2026, and would be a row of another vintage here.
SCHEDULES = (
    _schedule("standard", "Green Book 2022", "3.5", "3.0", "2.5", "2.0", "1.5", "1.0"),
    _schedule("health", "Green Book 2022", "1.5", "1.29", "1.07", "0.86", "0.64", "0.43"),
    _schedule("lower-rate", "Green Book 2026", "3.00", "2.57", "2.14", "1.71", "1.29", "0.86"),
    _schedule("none", "undiscounted", *("0",) * 6),
)


def schedule(name: str, vintage: str | None = None) -> Schedule:
    """Find a schedule by its name.

    Parameters
    ----------
    name
        ``standard``; ``health``, for health and wellbeing effects in their own units; ``lower-rate``, a
        sensitivity for horizons over 50 years; ``none``.
    vintage
        Its edition, where there are several; the last of `SCHEDULES` by default.

    Returns
    -------
    Schedule
        The rates.

    Raises
    ------
    InputError
        If there is none of that name and vintage.
    """
    found = [each for each in SCHEDULES if each.name == name and vintage in (None, each.vintage)]
    if not found:
        allowed = [f"{each.name} ({each.vintage})" for each in SCHEDULES]
        wanted = f"{name} ({vintage})" if vintage else name
        raise InputError("unknown discount schedule", where="discount", found=wanted, allowed=allowed)
    return found[-1]


STANDARD = schedule("standard")


@lru_cache(maxsize=256)
def factors(plan: Schedule, last_year: int) -> tuple[Fraction, ...]:
    """Discount factors of the years 0 to `last_year`: the year-by-year product of 1 / (1 + rate).

    Parameters
    ----------
    plan
        The schedule.
    last_year
        Years after year 0, 0 or more.

    Returns
    -------
    tuple of fractions.Fraction
        ``last_year + 1`` factors; the first, of year 0, is 1.

    References
    ----------
    HM Treasury, The Green Book (2022), annex on discounting.

    Examples
    --------
    >>> [round(float(factor), 6) for factor in factors(schedule("standard"), 2)]
    [1.0, 0.966184, 0.933511]
    """
    return tuple(islice(_factors(plan), last_year + 1))


def present_value(profile: Sequence[Number], plan: Schedule, first_year: int = 0) -> Fraction:
    """Add up a profile over years, each year discounted to year 0.

    Parameters
    ----------
    profile
        Amounts, or shares of one, year by year.
    plan
        The schedule.
    first_year
        Year of the first entry; 0 is undiscounted.

    Returns
    -------
    fractions.Fraction
        In the unit of the profile.
    """
    later = factors(plan, first_year + len(profile))[first_year:]
    return sum((exact(part) * factor for part, factor in zip(profile, later, strict=False)), Fraction(0))


@lru_cache(maxsize=4096)
def level_value(duration: Years, plan: Schedule, drop_off: Share = NOTHING, first_year: int = 0) -> Fraction:
    """Present value of 1 a year for a duration: the sum of factor x (1 - drop_off)^years since the first.

    A duration of Y years means the Y years from `first_year` on, so the years 0 to Y - 1 by default, with
    year 0 undiscounted. Of a last year that is begun, only the part that is lived counts.

    Parameters
    ----------
    duration
        Years, not necessarily whole.
    plan
        The schedule.
    drop_off
        Share of the effect that is lost from one year to the next.
    first_year
        Year in which the effect begins.

    Returns
    -------
    fractions.Fraction
        Years' worth of the value in the first year, at most `duration`.

    References
    ----------
    HM Treasury, The Green Book (2022), annex on discounting. Drop-off as in social return on investment.

    Examples
    --------
    >>> round(float(level_value(Years(Fraction(5, 2)), schedule("standard"))), 6)
    2.432939
    """
    whole = floor(duration)
    worth = tuple(islice(_worth(plan, drop_off, first_year), whole + 1))
    return sum(worth[:whole], Fraction(0)) + (duration - whole) * worth[whole]


def duration_for(
    value: Fraction, plan: Schedule, drop_off: Share = NOTHING, first_year: int = 0
) -> Years | None:
    """Find the duration whose `level_value` is the one given; undoes `level_value`.

    Parameters
    ----------
    value
        Years' worth of the value in the first year.
    plan, drop_off, first_year
        As for `level_value`.

    Returns
    -------
    Years or None
        None if no duration above 0 and up to `quantities.LONGEST` comes to that.
    """
    if value <= 0:
        return None
    rest = value
    for year, worth in enumerate(islice(_worth(plan, drop_off, first_year), LONGEST)):
        if rest <= worth:
            return Years(year + rest / worth)
        rest -= worth
    return None


def _factors(plan: Schedule) -> Iterator[Fraction]:
    factor, year = Fraction(1), 0
    while True:
        yield factor
        year += 1
        factor /= 1 + plan.rate(year)


def _worth(plan: Schedule, drop_off: Share, first_year: int) -> Iterator[Fraction]:
    """Give what each year of an effect is worth in year 0, as a share of its first year's value."""
    left = Fraction(1)
    for factor in islice(_factors(plan), first_year, None):
        yield factor * left
        left *= 1 - drop_off
