"""The pilots as they are appraised on their pages: case, results and what the ranges make of them."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil
from typing import Any

import numpy as np
import pandas as pd

from pfpp_utils.data import pilot_cases, tables
from pfpp_utils.data.cases import CaseFile
from pfpp_utils.methods.appraisal import Appraisal, appraise
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.claims import exact
from pfpp_utils.methods.cost_bases import cost_bases
from pfpp_utils.methods.evidence_ladder import LIKELY
from pfpp_utils.methods.inputs import Inputs, of_ranges
from pfpp_utils.methods.likely_reach import likely_reach
from pfpp_utils.methods.optimism import Convention
from pfpp_utils.methods.prices import in_prices_of, rebase
from pfpp_utils.methods.sampling import SAMPLE, Sample
from pfpp_utils.methods.simulation import Simulation, simulate
from pfpp_utils.publish.breakeven_sentences import Likely, Printed, Terms

#: The field of the cost that benefits must meet.
COST = "costs[programme funding].amount_gbp"
COST_YEAR = 2022


@dataclass(frozen=True)
class Pilot:
    """One pilot's appraisal.

    Attributes
    ----------
    pilot, place
        Slug and name.
    file
        Its assumptions, with ranges and sources.
    case
        Its central assumptions, in the cost and conventions asked for.
    reached
        People reached; None if not stated.
    studied
        People whom a study followed, where those reached are not counted; None if there was none.
    target
        People by the report's own target; None if none is printed.
    sample
        How the ranges are drawn from.
    """

    pilot: str
    place: str
    file: CaseFile
    case: Case
    reached: float | None
    studied: float | None
    target: int | None
    sample: Sample = SAMPLE

    @property
    def gained(self) -> str:
        """What each person gains."""
        return self.case.outcomes[0].name

    @property
    def placeholder(self) -> bool:
        """Whether the outcome is a stand-in, because the report names none to be valued."""
        return self.gained == pilot_cases.PLACEHOLDER

    @property
    def terms(self) -> Terms:
        """What the first paragraph of a page says of the assumptions behind its number."""
        dead = self.case.outcomes[0].additionality.deadweight or 0
        rate = None if self.case.conversion is None else float(self.case.conversion.rate)
        return Terms(
            float(dead), float(self.case.optimism_bias), self.case.convention, rate, self.placeholder
        )

    @property
    def printed(self) -> Printed:
        """What the report prints of the people reached, studied and needed."""
        return Printed(self.reached, self.studied, self.target)

    @property
    def cost_gbp(self) -> float:
        """Cost in pounds of the case's price year, before any uplift for optimism bias."""
        amounts = (
            in_prices_of(each.amount, self.case.price_year, self.case.deflator) for each in self.case.costs
        )
        return float(sum(each.gbp for each in amounts))

    @cached_property
    def result(self) -> Appraisal:
        """What follows from the central assumptions."""
        return appraise(self.case)

    @cached_property
    def ranges(self) -> Inputs:
        """Distributions of the numbers that have a range."""
        return of_ranges(self.file.spreads)

    @cached_property
    def drawn(self) -> Simulation:
        """What follows from the ranges, without a number of people reached."""
        return simulate(self.case, self.ranges, sample=self.sample)

    @cached_property
    def needed(self) -> Likely:
        """People to be reached for even odds and for breaking even to be likely."""
        return Likely(*(likely_reach(self.drawn, share) for share in (0.5, LIKELY)))


def appraised(
    slugs: list[str],
    *,
    cost_basis: str = "as_printed",
    convention: Convention = "benefits",
    price_year: int = 2022,
    sample: Sample = SAMPLE,
) -> list[Pilot]:
    """Appraise pilots.

    Parameters
    ----------
    slugs
        Which of those analysed; all of them if empty.
    cost_basis
        As for `cost_bases.cost_bases`. It sets the central cost; the range stays that of the case file.
    convention
        How the optimism bias enters.
    price_year
        Calendar year in whose prices results are.
    sample
        How the ranges are drawn from.

    Returns
    -------
    list of Pilot
        In the order of `slugs`, or of the report.

    Raises
    ------
    InputError
        If a pilot was not analysed, or a choice is unknown.
    """
    files = {pilot: pilot_cases.load(pilot) for pilot in slugs or pilot_cases.analysed()["pilot"]}
    known = costs(cost_basis).query("in_force").set_index("pilot")
    found = []
    for pilot, file in files.items():
        row = known.loc[pilot].to_dict()
        case = file.case(given={COST: exact(row["cost_gbp"])})
        case = replace(case, convention=convention, price_year=price_year)
        reached, studied, target = (
            None if pd.isna(row[name]) else row[name] for name in ("reached", "studied", "target")
        )
        found.append(Pilot(pilot, row["place"], file, case, reached, studied, target and int(target), sample))
    return found


def costs(cost_basis: str, price_year: int = COST_YEAR) -> pd.DataFrame:
    """Give each analysed pilot its three costs, in the prices of a year.

    Parameters
    ----------
    cost_basis
        Which of the three to mark.
    price_year
        Calendar year; the costs are cash of the financial year 2022-23, taken for prices of `COST_YEAR`.

    Returns
    -------
    pandas.DataFrame
        As from `cost_bases.cost_bases`.
    """
    grant = tables.load("programme_facts").set_index("fact")["value"]["development_grant"]
    frame = cost_bases(pilot_cases.analysed(), float(grant), cost_basis)
    rebased = [float(rebase(cost, COST_YEAR, price_year)) for cost in frame["cost_gbp"]]
    return frame.assign(cost_gbp=rebased)


def overview(pilots: list[Pilot]) -> pd.DataFrame:
    """Set pilots side by side.

    Parameters
    ----------
    pilots
        Appraised.

    Returns
    -------
    pandas.DataFrame
        One row a pilot: ``place``; ``gained``; ``cost_gbp``, before any uplift; ``needed``, people who must
        benefit, and ``worth_gbp``, the net value taken for each; ``central``, ``even`` and ``likely``,
        people to be reached at the centres, for even odds and for breaking even to be likely; ``reached``;
        ``placeholder``, whether the outcome is a stand-in; ``asked_gbp``, the net value at which the target
        is enough; ``chance``, the probability of breaking even with them (percent); ``target``.
    """
    frame = pd.DataFrame([_row(each) for each in pilots])
    finite = [name for name in ("even", "likely") if np.isfinite(frame[name]).all()]
    whole = ["needed", "central", "reached", "target", *finite]
    return frame.astype(dict.fromkeys(whole, "Float64")).astype(dict.fromkeys(whole, "Int64"))


def _row(pilot: Pilot) -> dict[str, Any]:
    return {
        "place": pilot.place,
        "gained": pilot.gained,
        "cost_gbp": pilot.cost_gbp,
        "needed": pilot.result.beneficiaries,
        "worth_gbp": round(float(pilot.result.net_value_per_beneficiary.gbp)),
        "central": pilot.result.reach,
        "even": pilot.needed.even,
        "likely": pilot.needed.likely,
        "reached": pilot.reached,
        "chance": chance(pilot),
        "target": pilot.target,
        "asked_gbp": None if pilot.target is None else ceil(pilot.result.cost.gbp / pilot.target),
        "placeholder": pilot.placeholder,
    }


def chance(pilot: Pilot) -> float | None:
    """Probability, in percent, of breaking even with the people reached; None if they are not stated."""
    if pilot.reached is None:
        return None
    found = simulate(pilot.case, pilot.ranges, reached=pilot.reached, sample=pilot.sample).chance()
    return None if found is None else round(100 * found.value, 1)


def starting(pilot: Pilot) -> dict[str, Any]:
    """Give the numbers that the calculator of a pilot starts from, at its central assumptions.

    Parameters
    ----------
    pilot
        With one cost in year 0, and one outcome without effects other than deadweight.

    Returns
    -------
    dict
        Keywords of `show.calculator`; the value is that of all units of the outcome, to the penny.
    """
    case, outcome = pilot.case, pilot.case.outcomes[0]
    value = in_prices_of(outcome.unit_value.value, case.price_year, case.deflator) * outcome.units
    return {
        "cost": round(pilot.cost_gbp, 2),
        "value": round(float(value.gbp), 2),
        "deadweight": outcome.additionality.deadweight or 0,
        "optimism_bias": case.optimism_bias,
        "ob_convention": case.convention,
        "conversion": None if case.conversion is None else case.conversion.rate,
        "duration": outcome.duration,
        "discount": case.schedule.name,
        "rounding": case.rounding,
    }
