"""Sentences of the breakeven pages: what must be true for a pilot to be worth its cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

import pandas as pd

from pfpp_utils.methods.appraisal import Appraisal
from pfpp_utils.methods.evidence_ladder import LIKELY

#: Percent from which a probability is "more than" the whole number below 100.
MOST = 99
#: Points of life satisfaction for a year from which a gain is called large, and up to which small.
LARGE, SMALL = 1, 0.1


@dataclass(frozen=True)
class Likely:
    """People to be reached for a pilot to break even, under ranges.

    Attributes
    ----------
    even
        At which breaking even is as likely as not.
    likely
        At which its probability is `evidence_ladder.LIKELY`. Infinite where no number is enough.
    """

    even: float
    likely: float


def must_be_true(
    place: str,
    gained: str,
    result: Appraisal,
    needed: Likely,
    *,
    reached: float | None,
    target: int | None = None,
) -> str:
    """Say what must be true for a pilot to be worth its cost.

    Parameters
    ----------
    place
        Name of the place.
    gained
        What each person gains, such as "finding employment".
    result
        The pilot's appraisal at its central assumptions.
    needed
        People to be reached, from a simulation over the ranges.
    reached
        People the pilot reached; None if not stated.
    target
        The report's own target, in people; None if none is printed.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    cost, count = float(result.cost.gbp), result.beneficiaries
    start = f"**What must be true.** For {place}'s pilot to be worth its cost of £{cost:,.0f}, "
    if count is None:
        return f"{start}no number of people is enough under this page's assumptions."
    if count == 0:
        return f"{start}nobody else must benefit: outcomes of a fixed number meet it already."
    people = "one person" if count == 1 else f"{count:,} people"
    worth = f"{'each ' if count > 1 else ''}worth at least £{ceil(cost / count):,}"
    taken = float(result.net_value_per_beneficiary.gbp)
    return (
        f"{start}at least {people} must benefit by {gained}, {worth} beyond what would have happened anyway "
        f"(this page assumes £{taken:,.0f}); {_reach(needed)}. {_printed(cost, reached, target)}"
    )


def how_sure(table: pd.DataFrame, first: Mapping[str, str]) -> str:
    """Say how sure breakeven is, and what to measure next.

    Parameters
    ----------
    table
        From `pilot_appraisals.overview`.
    first
        By place, the number most worth measuring next.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    known = table.dropna(subset="chance")
    odds = "; ".join(
        f"{percent(chance)} in {place} with the {reached:,} people reached"
        for place, chance, reached in known[["place", "chance", "reached"]].itertuples(index=False)
    )
    said = f"Under the ranges assumed, the probability of breaking even is {odds}."
    if not odds:
        said = "The report states no number of people reached, so that no probability can be given."
    places = {what: [place for place in first if first[place] == what] for what in first.values()}
    next_ = "; ".join(f"the {what} in {_listed(names)}" for what, names in places.items())
    return f"**In short.** {said} Most worth measuring next: {next_}."


def plausible(place: str, points: Sequence[float]) -> str:
    """Say how much of a gain a target asks for, whatever a WELLBY is worth within the guidance's range.

    Parameters
    ----------
    place
        Name of the place.
    points
        Points of life satisfaction for one year, at the guidance's several values.

    Returns
    -------
    str
        A sentence.
    """
    low, high = min(points), max(points)
    if low > LARGE:
        size = "more than a whole point for a year, which few things in life bring unless they last"
    elif high < SMALL:
        size = "less than a tenth of a point for a year, which asks little of each person"
    else:
        size = f"between {low:.2f} and {high:.2f} points for a year"
    return f"At every value in the guidance's range, {place}'s target asks for {size}."


def percent(chance: float) -> str:
    """Write a probability in percent; one that only rounds to 0 or 100 is not called so."""
    if chance < 1:
        return "less than 1%"
    return "more than 99%" if chance > MOST else f"{chance:.0f}%"


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _printed(cost: float, reached: float | None, target: int | None) -> str:
    """Say what the report prints of people reached and needed."""
    count = "no number of people reached" if reached is None else f"{reached:,.0f} people reached"
    if target is None:
        return f"The report gives {count}, and no target."
    implied = f"for which each outcome must be worth at least £{ceil(cost / target):,}"
    return f"The report gives {count}, and a target of {target:,} who benefit, {implied}."


def _reach(needed: Likely) -> str:
    if needed.even == inf:
        return "under the ranges assumed, no number of people reached makes that as likely as not"
    even = f"for that to be as likely as not, it has to reach {needed.even:,.0f} people"
    if needed.likely == inf:
        return f"{even}, and no number makes it {LIKELY:.0%} likely"
    return f"{even}, and to be {LIKELY:.0%} likely, {needed.likely:,.0f}"


def must_be_true_of_all(table: pd.DataFrame) -> str:
    """Say what must be true for several pilots.

    Parameters
    ----------
    table
        From `pilot_appraisals.overview`.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    least, most = (table.loc[getattr(table["needed"], f"idx{end}")()] for end in ("min", "max"))
    known = table.dropna(subset="reached")
    even, likely = (int((known["reached"] >= known[name]).sum()) for name in ("even", "likely"))
    costs, worth = (
        f"£{table[name].min():,.0f} to £{table[name].max():,.0f}" for name in ("cost_gbp", "worth_gbp")
    )
    return (
        f"**What must be true.** For the {len(table)} pilots to be worth their cost of {costs}, from "
        f"{least['needed']:,} people (in {least['place']}) to {most['needed']:,} (in {most['place']}) must "
        f"benefit, each by {worth}, as assumed here, beyond what would have happened anyway. Of the "
        f"{len(known)} pilots of which the report counts people, {even} reached as many as make breaking "
        f"even as likely as not, and {likely} as many as make it {LIKELY:.0%} likely."
    )
