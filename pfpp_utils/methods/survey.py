"""Before-and-after surveys: what a change of two mean scores can show, where the spread was not published."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import sqrt

import pandas as pd
import pingouin as pg

from pfpp_utils.errors import InputError
from pfpp_utils.methods.deviations import breaking_sd, change_sd, fewest_people, largest_sd, quantile

#: What no such survey can show, whatever its size.
CANNOT = (
    "Without a comparison group a change between two waves cannot be put down to what was done in between: "
    "people often seek help when things are at their worst and then recover, times change for everybody, and "
    "those who stay to answer again are not all who began."
)


@dataclass(frozen=True)
class WorstCase:
    """What two means and a number of people show whatever the spread and the correlation were.

    Attributes
    ----------
    change
        Mean change, in points.
    widest_sd
        Largest standard deviation of the change that the two means allow: the sum of the two `largest_sd`, as
        if the scores were perfectly opposed. No survey reaches it; it errs on the side of doubt.
    breaking_sd
        Standard deviation beyond which the change could not be told from none.
    distinguishable
        Whether even the widest spread leaves the change distinguishable from none.
    fewest_people
        Number of pairs from which on that holds; None where no number would do.
    """

    change: float
    widest_sd: float
    breaking_sd: float
    distinguishable: bool
    fewest_people: int | None


def worst_case(
    before: float, after: float, people: int, *, minimum: float, maximum: float, confidence: float = 0.95
) -> WorstCase:
    """Work out what the survey shows in the worst case for it: the widest spread that its means allow.

    That the change is no accident of who was asked does not make it an effect: see `CANNOT`.

    Parameters
    ----------
    before, after, people, minimum, maximum, confidence
        As for `change_grid`.

    Raises
    ------
    InputError
        As for `change_grid`.

    Examples
    --------
    >>> found = worst_case(3.86, 2.38, 192, minimum=1, maximum=5)
    >>> round(found.widest_sd, 2), round(found.breaking_sd, 1), found.distinguishable, found.fewest_people
    (3.72, 10.4, True, 28)
    """
    change = after - before
    widest, bound = (
        sum(largest_sd(mean, minimum, maximum, n) for mean in (before, after)) for n in (people, None)
    )
    limit = breaking_sd(change, people, confidence)
    fewest = fewest_people(change, bound, confidence) if change else None
    return WorstCase(change, widest, limit, limit > widest, fewest)


def change_grid(
    before: float,
    after: float,
    people: int,
    *,
    sds: Sequence[float],
    correlations: Sequence[float],
    minimum: float = 1,
    maximum: float = 5,
    confidence: float = 0.95,
    power: float = 0.8,
) -> pd.DataFrame:
    """Work out, for each spread and correlation that may hold, what the survey can tell.

    A paired t test of the mean change is taken, with the same standard deviation before and after. Nothing
    here says why the scores changed: without a comparison group that is out of reach.

    Parameters
    ----------
    before, after
        Mean scores, in points of the scale.
    people
        People who answered both times, at least two.
    sds
        Standard deviations of the scores to try, in points, above 0.
    correlations
        Correlations of the two scores to try, from -1 to below 1.
    minimum, maximum
        Ends of the scale, in points.
    confidence
        Level of the interval of the mean change; the test's alpha is 1 - confidence.
    power
        Chance of detecting the smallest detectable change, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a spread and correlation: ``sd``, ``correlation``, ``possible`` (whether the two means allow
        this spread), ``sd_change``, ``change``, ``low`` and ``high`` (interval of the mean change, points),
        ``smallest_detectable`` (in points, at this power), ``power`` (from 0 to 1, of finding a change as
        large as the one seen), ``distinguishable`` (whether the interval leaves nought out).

    Raises
    ------
    InputError
        As for `largest_sd`, `change_sd` and `breaking_sd`; also if the change could have no spread at all.

    References
    ----------
    Cohen (1988), Statistical Power Analysis for the Behavioral Sciences; computed with pingouin's
    ``power_ttest``.

    Examples
    --------
    >>> grid = change_grid(3.86, 2.38, 192, sds=[1.0], correlations=[0.5])
    >>> grid[["low", "high", "smallest_detectable"]].round(2).to_numpy().tolist()
    [[-1.62, -1.34, 0.2]]
    """
    change, bound = (
        after - before,
        min(largest_sd(mean, minimum, maximum, people) for mean in (before, after)),
    )
    alpha, margin = 1 - confidence, quantile(people, confidence) / sqrt(people)
    smallest = float(pg.power_ttest(n=people, power=power, alpha=alpha, contrast="paired"))
    rows = []
    for sd in sds:
        for correlation in correlations:
            spread = change_sd(sd, sd, correlation)
            if spread == 0:
                found, allowed = (sd, correlation), "sd above 0 and correlation below 1"
                raise InputError(
                    "a change without spread", where="sds, correlations", found=found, allowed=allowed
                )
            sure = float(pg.power_ttest(d=abs(change) / spread, n=people, alpha=alpha, contrast="paired"))
            low, high = change - margin * spread, change + margin * spread
            told = abs(change) > margin * spread
            rows.append(
                (sd, correlation, sd <= bound, spread, change, low, high, smallest * spread, sure, told)
            )
    names = ["sd", "correlation", "possible", "sd_change", "change", "low", "high", "smallest_detectable"]
    return pd.DataFrame(rows, columns=[*names, "power", "distinguishable"])
