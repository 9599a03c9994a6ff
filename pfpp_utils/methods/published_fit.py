"""Whether the breakeven section of the report fits itself and the table of what the pilots reached."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any, Literal

import pandas as pd

from pfpp_utils.methods import conversions

Figures = Mapping[Any, float]
Verdict = Literal["fits", "does not fit", "cannot be told", "not comparable"]
#: Percentage points by which "around half" may be off half and still be called so.
AROUND = 5


@dataclass(frozen=True)
class Fit:
    """Two statements set against each other.

    Attributes
    ----------
    pilot
        Whom they are about.
    statements
        The two, in short.
    figures
        What they come to.
    verdict
        Whether both can be true of the same people and time; ``not comparable`` where they are about
        different things and stand side by side for scale alone.
    """

    pilot: str
    statements: str
    figures: str
    verdict: Verdict


def check(steps: pd.DataFrame, reach: pd.DataFrame) -> pd.DataFrame:
    """Set the statements of section 5.3.3 against each other and against Table 9.

    Parameters
    ----------
    steps
        The table ``breakeven_steps``.
    reach
        The table ``reach``: ``pilot``, ``figure``, ``value`` and ``target_low``, the pilot's own target.

    Returns
    -------
    pandas.DataFrame
        One row a pair of statements, with the columns of `Fit`. Every verdict follows from the figures.

    References
    ----------
    Sections 2.5 and 5.3.3 and Table 9 of the evaluation report.
    """
    found: list[Fit] = []
    for pilot, fits in {"cornwall": _cornwall, "liverpool": _liverpool, "newcastle": _newcastle}.items():
        printed = steps[steps["pilot"] == pilot].set_index("step")["value"].astype(float)
        found += fits(printed.to_dict(), reach[reach["pilot"] == pilot].set_index("figure"))
    return pd.DataFrame([asdict(each) for each in found])


def counted(found: pd.DataFrame) -> str:
    """Count the verdicts in words.

    Parameters
    ----------
    found
        From `check`.

    Returns
    -------
    str
        Such as "fits 3, not comparable 2", the most frequent first.

    Examples
    --------
    >>> counted(pd.DataFrame({"verdict": ["fits", "does not fit", "fits"]}))
    'fits 2, does not fit 1'
    """
    return ", ".join(f"{what} {size}" for what, size in found["verdict"].value_counts().items())


def _cornwall(figure: Figures, table9: pd.DataFrame) -> Iterator[Fit]:
    referred, jobs, needed = figure["referrals"], figure["into_employment"], figure["reach_needed"]
    both = (table9["value"]["people_referred"], table9["value"]["job_starts"])
    yield Fit(
        "cornwall",
        "people referred and into work, in the section and in Table 9",
        f"{referred:.0f} and {jobs:.0f}; {both[0]:.0f} and {both[1]:.0f}",
        "fits" if both == (referred, jobs) else "does not fit",
    )
    yield Fit(
        "cornwall",
        "enough people were reached to meet the cost; so many must be reached",
        f"{referred:.0f} reached, {needed:.0f} needed",
        "fits" if referred >= needed else "does not fit",
    )
    yield _own_target("cornwall", table9["target_low"]["people_referred"], needed, "people to be reached")
    once = conversions.reach_needed(figure["target"], conversions.conversion(int(jobs), int(referred)))
    yield Fit(
        "cornwall",
        "the targets allow for deadweight; deadweight comes off the conversion",
        f"{needed:.0f} to be reached if taken off there, {once} if the target has it already",
        "fits" if needed == once else "cannot be told",
    )


def _liverpool(figure: Figures, table9: pd.DataFrame) -> Iterator[Fit]:
    target, months = figure["target"], figure["months_delivered"]
    counts = (figure["people_reached"], float(table9["value"]["hub_visitors"]))
    halves = [abs(100 * target / count - figure["share_needed"]) <= AROUND for count in counts]
    uptake = [
        round(100 * float(conversions.take_up_needed(target, count, months))) <= figure["take_up"]
        for count in counts
    ]
    shares = " and ".join(f"{100 * target / count:.0f}% of {count:,.0f}" for count in counts)
    yield Fit(
        "liverpool",
        f"{figure['take_up']:.0f}% of a year's people suffice; so does around half of those reached",
        f"the target is {shares}; in a year at that pace, "
        + " and ".join(f"{100 * target * months / 12 / count:.0f}%" for count in counts),
        "fits" if any(map(all, zip(halves, uptake, strict=True))) else "does not fit",
    )
    year = float(conversions.annualise(counts[0], months))
    uses = year * figure["take_up"] / 100
    yield Fit(
        "liverpool",
        f"{figure['take_up']:.0f}% of a year's people use the advice; that meets the target",
        f"{uses:,.0f} of {year:,.0f}, {target:.0f} needed",
        "fits" if uses >= target else "does not fit",
    )
    yield _own_target("liverpool", table9["target_low"]["hub_visitors"], target, "people who must gain")


def _newcastle(figure: Figures, table9: pd.DataFrame) -> Iterator[Fit]:
    referrals = table9["value"]["referrals"]
    yield Fit(
        "newcastle",
        "foodbank users studied; what Table 9 counts",
        f"{figure['users_studied']:.0f} users; {referrals:.0f} referrals, and no number of all users",
        "cannot be told",
    )


def _own_target(pilot: str, own: float, needed: float, what: str) -> Fit:
    return Fit(
        pilot,
        f"the pilot's own target in Table 9; {what} to break even",
        f"{own:.0f} planned, {needed:.0f} needed",
        "not comparable",
    )
