"""How sure a pilot's appraisal is: what moves it, what to measure next, and by which evidence it stands."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd

from pfpp_utils.methods import breakeven_curve, sensitivity, switching, switching_tables, tornado
from pfpp_utils.methods.claims import exact
from pfpp_utils.methods.distributions import Counts
from pfpp_utils.methods.evidence_ladder import Evidence
from pfpp_utils.methods.float_model import evaluate
from pfpp_utils.methods.information import value_of_information
from pfpp_utils.methods.switching import Driver
from pfpp_utils.publish.assumptions import DRIVERS, label, written
from pfpp_utils.publish.pilot_appraisals import Pilot

#: Points of a curve, and of a line in a switching chart.
POINTS, STEPS = 101, 9
#: Times its value now up to which a switching value is drawn.
FURTHEST = 6


def at_stake(pilot: Pilot) -> float:
    """People reached for whom the decision is looked at: those stated, else as many as give even odds."""
    return pilot.needed.even if pilot.reached is None else pilot.reached


def stake(pilot: Pilot) -> str:
    """Name the people of `at_stake`: those reached, or, where nobody counted them, the reach of even odds."""
    people = f"{at_stake(pilot):,.0f} people"
    return f"the {people} reached" if pilot.reached is not None else f"{people}, the reach of even odds"


def curve(pilot: Pilot) -> pd.DataFrame:
    """Find the probability of breaking even as reach grows, as from `breakeven_curve.curve`."""
    furthest = max(1.2 * pilot.needed.likely, 1.1 * at_stake(pilot))
    return breakeven_curve.curve(pilot.drawn, np.linspace(0, furthest, POINTS).tolist())


def marks(pilot: Pilot) -> dict[str, float]:
    """Name the numbers of people that a reader looks for on the curve."""
    found = {"even odds": pilot.needed.even, "likely": pilot.needed.likely}
    return found if pilot.reached is None else {"reached": pilot.reached, **found}


def moved(pilot: Pilot) -> pd.DataFrame:
    """Find how far each uncertain number moves the people to be reached.

    Parameters
    ----------
    pilot
        Appraised.

    Returns
    -------
    pandas.DataFrame
        As from `tornado.tornado`, with ``label``, and ``low`` and ``high`` as texts.
    """
    frame = tornado.tornado(pilot.case, pilot.ranges, output="reach")
    named = frame.assign(label=frame["field"].map(label))
    for end in ("low", "high"):
        named[end] = [written(field, value) for field, value in zip(frame["field"], frame[end], strict=True)]
    return named


def crucial(pilot: Pilot) -> pd.DataFrame:
    """Rank the uncertain numbers of a pilot by what it is worth to measure each.

    Parameters
    ----------
    pilot
        Appraised, with a finite number of people for even odds.

    Returns
    -------
    pandas.DataFrame
        One row a number, the one most worth measuring first: ``label``; ``even_gbp``, the expected value of
        knowing it alone where the odds are even, and ``stated_gbp``, at the people reached (missing where
        they are not stated); and in percent the Sobol indices of the net present social value, ``first`` and
        ``total``, at even odds.
    """
    even, seed = pilot.needed.even, pilot.sample.seed
    moves = sensitivity.of_case(pilot.case, pilot.ranges, reached=even, seed=seed).set_index("field")
    table = 100 * moves[["first", "total"]]
    table = table.assign(even_gbp=_worth(pilot, even), stated_gbp=np.nan)
    if pilot.reached is not None:
        table["stated_gbp"] = _worth(pilot, pilot.reached)
    named = table.sort_values("even_gbp", ascending=False, kind="stable").reset_index()
    return named.assign(label=named["field"].map(label))


def _worth(pilot: Pilot, reached: float) -> pd.Series[float]:
    """Value in pounds of knowing each number alone, by its field."""
    found = value_of_information(pilot.case, pilot.ranges, reached=reached, sample=pilot.sample)
    return found.each.set_index("field")["evppi_gbp"]


def one_way(pilot: Pilot) -> pd.DataFrame:
    """Draw each driver of a pilot over a range, the others at their centre, for the people at stake.

    Parameters
    ----------
    pilot
        Appraised.

    Returns
    -------
    pandas.DataFrame
        Nine rows a driver: its ``label``, a ``value``, the ``result`` there, which is the net present social
        value in thousands of pounds, and the driver's ``switch``, the value at which that is zero (missing
        where there is none).
    """
    benefit = exact(round(at_stake(pilot))) * (pilot.case.conversion.net if pilot.case.conversion else 1)
    case = switching.put(pilot.case, Driver("beneficiaries"), benefit)
    panels = []
    for driver in switching.drivers(case):
        now, then = switching.setting(case, driver), switching.switching_value(case, driver)
        if not now or driver.name == "optimism_bias":
            continue
        last = _last(driver, float(now), then)
        values = [exact(round(each, 6)) for each in np.linspace(last / 1000, last, STEPS)]
        found = switching_tables.one_way(case, driver, values)[["value", "npsv_gbp"]]
        switch = np.nan if then is None else float(then)
        panels.append(found.assign(label=label(DRIVERS[driver.name]), switch=switch))
    frame = pd.concat(panels, ignore_index=True)
    return frame.assign(result=frame["npsv_gbp"] / 1000)[["label", "value", "result", "switch"]]


def _last(driver: Driver, now: float, then: Fraction | None) -> float:
    """Decide how far a driver is drawn: twice what it is now, or further if it breaks even not much later."""
    if driver.name == "deadweight":
        return 1.0
    return max(2 * now, 1.2 * float(then)) if then is not None and then <= FURTHEST * now else 2 * now


def two_way(pilot: Pilot, units: list[float], rates: list[float]) -> pd.DataFrame:
    """Find the people to be reached over a grid of units gained and conversion rates.

    Parameters
    ----------
    pilot
        Appraised.
    units
        Units of the outcome that one person gains, more than 0.
    rates
        Conversion rates, above 0 and at most 1.

    Returns
    -------
    pandas.DataFrame
        Whole people, a row for each of `units` and a column for each of `rates`.
    """
    field = f"outcomes[{pilot.gained}].units"
    found = {}
    for rate in rates:
        batch = evaluate(pilot.case, {field: np.array(units), "conversion.rate": rate})
        found[f"{rate:.0%}"] = np.asarray(batch.reach())
    return pd.DataFrame(found, index=[f"{each:g}" for each in units])


def evidence(pilot: Pilot) -> Evidence:
    """Put together what the evidence ladder asks of a pilot.

    Parameters
    ----------
    pilot
        Appraised. Outcomes count as observed where its conversion was counted, and as published in means
        alone where people were studied.

    Returns
    -------
    Evidence
        With this page's number of people who must benefit, in which deadweight is taken off already.
    """
    counted = pilot.file.spreads["conversion.rate"].counts
    observed = None if counted is None else Counts(*counted)
    return Evidence(
        pilot.place,
        target=pilot.result.beneficiaries,
        reached=pilot.reached,
        observed=observed,
        means=pilot.studied is not None,
    )
