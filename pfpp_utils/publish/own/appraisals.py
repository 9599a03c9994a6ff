"""Appraisals of a programme's own places, as the pages on breakeven show them."""

from __future__ import annotations

from math import isfinite

import pandas as pd

from pfpp_utils.data import places, tables
from pfpp_utils.data.own import costed_cases
from pfpp_utils.methods import switching
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.claims import exact
from pfpp_utils.methods.evidence_ladder import LIKELY
from pfpp_utils.methods.sampling import SAMPLE, Sample
from pfpp_utils.methods.switching import Driver
from pfpp_utils.publish import assumptions, markup
from pfpp_utils.publish import pilot_uncertainty as unsure
from pfpp_utils.publish.pilot_appraisals import Pilot, overview, starting
from pfpp_utils.publish.pilot_uncertainty import curve, marks, moved, stake

__all__ = [
    "ASSUMED",
    "Place",
    "appraised",
    "assumed",
    "at_stake",
    "curve",
    "marks",
    "moved",
    "must_be_true",
    "overview",
    "reached",
    "stake",
    "starting",
]

#: What an assumption has in place of a source where nobody stands behind it.
ASSUMED = "none: assumed here"


class Place(Pilot):
    """A place's appraisal; what is printed of a target and of people studied is None."""

    @property
    def slug(self) -> str:
        """Slug of the place."""
        return self.pilot


def appraised(slugs: list[str], *, sample: Sample = SAMPLE) -> list[Place]:
    """Appraise places by their case files.

    Parameters
    ----------
    slugs
        Which; all of them if empty.
    sample
        How the ranges are drawn from.

    Returns
    -------
    list of Place
        In the order of `slugs`, or of table ``places``.

    Raises
    ------
    InputError
        If a place is unknown, or its case file cannot be used: see
        :func:`pfpp_utils.data.own.costed_cases.load`.
    """
    files = {place: costed_cases.load(place) for place in slugs or places.slugs()}
    label, people = places.labels(), reached()
    return [
        Place(place, label[place], file, file.case(), people.get(place), None, None, sample)
        for place, file in files.items()
    ]


def reached() -> dict[str, float]:
    """People reached by place: the row of table ``results`` that column `reach` marks."""
    marked = tables.load("results").query("reach == True").dropna(subset="value")
    return {str(place): float(value) for place, value in zip(marked["place"], marked["value"], strict=True)}


def must_be_true(place: Place) -> str:
    """Say what must be true for a place's work to be worth its cost.

    Parameters
    ----------
    place
        Appraised.

    Returns
    -------
    str
        A paragraph of Markdown.
    """
    result, needed = place.result, place.needed
    name, gained = markup.escape(place.place), markup.escape(place.gained)
    start = f"**What must be true.** For the work in {name} to be worth its cost of £{place.cost_gbp:,.0f}"
    if result.beneficiaries is None:
        return f"{start}, no number of people is enough under these assumptions."
    worth = float(result.net_value_per_beneficiary.gbp)
    said = (
        f"{start}, {result.beneficiaries:,} people must benefit, if the outcome ({gained}) is worth "
        f"£{worth:,.0f} a person {place.terms.deducted}."
    )
    if pd.notna(needed.even) and needed.even != float("inf"):
        sure = f"{needed.likely:,.0f}" if needed.likely != float("inf") else "no number"
        said += f" Over all ranges at once, even odds take {needed.even:,.0f} people reached; {sure} make it "
        said += f"{LIKELY:.0%} likely."
    people = "are not counted" if place.reached is None else f"number {place.reached:,.0f}"
    return f"{said} Those reached {people}."


def assumed(place: Place) -> pd.DataFrame:
    """Tabulate what a place's appraisal assumes: low, central, high and source, all as texts."""
    table = assumptions.table(place.file)[["Assumption", "Low", "Central", "High", "Source"]]
    return table.replace({"Source": {"none": ASSUMED}})


def at_stake(place: Place) -> Case:
    """Put the people at stake into a place's case: those reached, or as many as give even odds.

    Parameters
    ----------
    place
        Appraised.

    Returns
    -------
    Case
        With the number of people who benefit at the central conversion; as it was where no reach is enough.
    """
    people = unsure.at_stake(place)
    if not isfinite(people):
        return place.case
    rate = place.case.conversion.net if place.case.conversion else 1
    return switching.put(place.case, Driver("beneficiaries"), exact(round(people)) * rate)
