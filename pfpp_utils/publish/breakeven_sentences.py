"""Sentences of the breakeven pages: what must be true for a pilot to be worth its cost."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import ceil, inf

import pandas as pd

from pfpp_utils.methods.appraisal import Appraisal
from pfpp_utils.methods.evidence_ladder import LIKELY
from pfpp_utils.methods.optimism import Convention

#: Percent from which a probability is "more than" the whole number below 100.
MOST = 99
#: Points of life satisfaction for a year from which a gain is called large, and up to which small.
LARGE, SMALL = 1, 0.1
#: What a survey measures to learn a number, and what is said of one that no survey finds.
ASKED = {
    "conversion": "who of those reached has the outcome",
    "units gained": "life satisfaction from 0 to 10 before and after, also of people not reached",
    "duration in years": "whether the outcome is still there a year or two later",
    "deadweight": "how many people who were not reached have the outcome too",
}
OTHER = "nothing, since no survey finds the {}"


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


@dataclass(frozen=True)
class Printed:
    """What the report prints of people.

    Attributes
    ----------
    reached
        By the pilot; None if not stated.
    studied
        By researchers, where those reached were not counted; None if there was no study.
    target
        Who must benefit; None if no target is printed.
    """

    reached: float | None = None
    studied: float | None = None
    target: int | None = None


@dataclass(frozen=True)
class Terms:
    """Assumptions behind the number of people who must benefit.

    Attributes
    ----------
    deadweight, optimism_bias
        Shares taken off.
    convention
        How optimism bias enters; by ``cost`` it is added to the cost instead.
    conversion
        Share of people reached who benefit; None if there is none.
    placeholder
        Whether the outcome is a stand-in, because the report names none to be valued.
    """

    deadweight: float
    optimism_bias: float
    convention: Convention = "benefits"
    conversion: float | None = None
    placeholder: bool = False

    @property
    def deducted(self) -> str:
        """What is taken off the value of an outcome."""
        bias = f"{self.optimism_bias:.0%} optimism bias"
        added = f", with {bias} added to the cost"
        return f"after {self.deadweight:.0%} deadweight" + (
            added if self.convention == "cost" else f" and {bias}"
        )


def must_be_true(
    place: str, gained: str, result: Appraisal, needed: Likely, terms: Terms, printed: Printed
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
    terms
        Assumptions behind the appraisal.
    printed
        What the report prints of people.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    cost, count = float(result.cost.gbp), result.beneficiaries
    start = f"**What must be true.** For {place}'s pilot to be worth its cost of £{cost:,.0f}"
    if count is None:
        return f"{start}, no number of people is enough under this page's assumptions."
    if count == 0:
        return f"{start}, nobody else must benefit: outcomes of a fixed number meet it already."
    people = "one person" if count == 1 else f"{count:,} people"
    worth = float(result.net_value_per_beneficiary.gbp)
    return (
        f"{start}: if each outcome is worth £{worth:,.0f} a person {terms.deducted} (our assumption), "
        f"{people} must benefit by {gained}. {_target(cost, printed)} {_stand_in(terms)}"
        f"{_centrally(result, terms)}{_reach(needed, result)} {_counted(printed)}"
    )


def how_sure(table: pd.DataFrame, first: Mapping[str, str], worth: Mapping[str, float]) -> str:
    """Say how sure breakeven is, and what to measure next.

    Parameters
    ----------
    table
        From `pilot_appraisals.overview`.
    first
        By place, the number most worth measuring next.
    worth
        By place whose reach is stated, the most that knowing one number is worth there, in pounds.

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
        said = "The report counts no people reached, so there is no probability of breaking even to give."
    places = {what: [place for place in first if first[place] == what] for what in first.values()}
    next_ = "; ".join(f"the {what} in {_listed(names)}" for what, names in places.items())
    return f"**In short.** {said} At the reach of even odds, most worth measuring is {next_}.{_worth(worth)}"


def _worth(worth: Mapping[str, float]) -> str:
    """Say what knowing one number is worth for the people reached, with a blank before it."""
    some = [f"£{gbp:,.0f} in {place}" for place, gbp in worth.items() if round(gbp)]
    none = [place for place, gbp in worth.items() if not round(gbp)]
    nothing = f"nothing in {_listed(none)}, where no single number would change the decision" if none else ""
    said = "; ".join([*([f"at most {_listed(some)}"] if some else []), *([nothing] if nothing else [])])
    return f" For a pilot with the reach it had, knowing one number better is worth {said}." if said else ""


def to_ask(first: Mapping[str, str]) -> str:
    """Say what a survey must measure where a number is most worth knowing.

    Parameters
    ----------
    first
        By place, that number, as a label in lower case.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    places = {
        what: [place for place in first if first[place] == what] for what in dict.fromkeys(first.values())
    }
    said = [f"in {_listed(names)}, {ASKED.get(what, OTHER.format(what))}" for what, names in places.items()]
    return f"**What to ask.** A survey must measure, {'; '.join(said)}."


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


def _target(cost: float, printed: Printed) -> str:
    """Say which value the report's target asks for."""
    if printed.target is None:
        return "The report prints no target to hold this against."
    asked = f"£{ceil(cost / printed.target):,}"
    return f"For the report's target of {printed.target:,} to be enough, each must be worth at least {asked}."


def _stand_in(terms: Terms) -> str:
    """Say that an outcome is a placeholder, with a blank after it; nothing where it is not."""
    said = "The gain in wellbeing is a placeholder, our yardstick: the report names no outcome to be valued. "
    return said if terms.placeholder else ""


def _centrally(result: Appraisal, terms: Terms) -> str:
    """Say how many must be reached at the central conversion, with a blank after it."""
    if result.reach is None or terms.conversion is None:
        return ""
    return (
        f"If {terms.conversion:.0%} of those reached benefit, as we assume centrally, "
        f"{result.reach:,} must be reached. "
    )


def _counted(printed: Printed) -> str:
    """Say whom the report counts."""
    if printed.reached is not None:
        return f"The report counts {printed.reached:,.0f} people reached."
    if printed.studied is not None:
        studied = f"{printed.studied:,.0f} were studied, the total not counted"
        return f"The report counts no people reached: {studied}."
    return "The report counts no people reached."


def _reach(needed: Likely, result: Appraisal) -> str:
    """Say how many must be reached under the ranges, and why that is another number than at the centres."""
    if needed.even == inf:
        return "With all our ranges at once, no reach makes benefits as likely as not to meet the cost."
    sure = "no reach makes" if needed.likely == inf else f"{needed.likely:,.0f} make"
    said = (
        "With all our ranges at once, benefits are as likely as not to meet the cost if "
        f"{needed.even:,.0f} are reached, and {sure} that {LIKELY:.0%} likely"
    )
    if result.reach is None or round(needed.even) == result.reach:
        return f"{said}."
    lower = needed.even < result.reach
    side, number = ("better", "lower") if lower else ("worse", "higher")
    return f"{said}; even odds take a {number} number because the ranges reach further to the {side} side."


def must_be_true_of_all(table: pd.DataFrame, terms: Terms) -> str:
    """Say what must be true for several pilots.

    Parameters
    ----------
    table
        From `pilot_appraisals.overview`.
    terms
        Of any of them; they share their deductions.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    least, most = (table.loc[getattr(table["needed"], f"idx{end}")()] for end in ("min", "max"))
    known, asked = table.dropna(subset="reached"), table.dropna(subset="target")
    even, likely = (int((known["reached"] >= known[name]).sum()) for name in ("even", "likely"))
    costs, worth = (
        f"£{table[name].min():,.0f} to £{table[name].max():,.0f}" for name in ("cost_gbp", "worth_gbp")
    )
    values = _listed(
        [
            f"£{value:,.0f} in {place}"
            for place, value in asked[["place", "asked_gbp"]].itertuples(index=False)
        ]
    )
    targets = f" For the report's targets to be enough, each must be worth at least {values}." * bool(values)
    stand_in = _listed(table.loc[table["placeholder"], "place"].tolist())
    placeholder = f" In {stand_in} the gain in wellbeing is a placeholder, our yardstick." * bool(stand_in)
    return (
        f"**What must be true.** The {len(table)} pilots cost {costs}. If each outcome is worth {worth} a "
        f"person {terms.deducted} (our assumptions, by pilot), {least['needed']:,} people (in "
        f"{least['place']}) to {most['needed']:,} (in {most['place']}) must benefit for a pilot to be worth "
        f"its cost.{targets}{placeholder} Of the {len(known)} pilots of which the report counts the people "
        f"reached, {even} reached so many that benefits are, under our ranges, as likely as not to meet the "
        f"cost, and {likely} so many that it is {LIKELY:.0%} likely."
    )
