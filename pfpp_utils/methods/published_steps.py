"""The conversions that section 5.3.3 of the report prints: redone as rounded there, and exactly."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any, Literal

import pandas as pd

from pfpp_utils.methods import conversions
from pfpp_utils.methods.claims import Number, exact, rounded

Figures = Mapping[Any, Mapping[Any, Any]]
Verdict = Literal["holds", "holds if rounded at each step", "does not hold", "compatible", "not printed"]
#: Results that the report prints for Cornwall, in the order of `conversions.chain`.
CORNWALL = ("gross_conversion", "net_conversion", "reach_needed", "referrals_full_year", "employed_full_year")
#: The report's own words for a result that is only a bound.
BOUNDS = ("over", "more_than", "at_least")


def redo(steps: pd.DataFrame) -> pd.DataFrame:
    """Redo every conversion of the section, side by side in both orders of rounding.

    Parameters
    ----------
    steps
        The table ``breakeven_steps``: one row a figure, with ``pilot``, ``step``, ``value`` (people, months
        or percent) and ``value_qualifier``.

    Returns
    -------
    pandas.DataFrame
        One row a conversion: ``pilot``, ``step``, ``formula``, ``unit``, ``printed`` (missing where the step
        is needed and not printed), ``rounded_published`` (each result rounded and carried on),
        ``value_exact``, ``rounded_exact`` and a ``verdict``: whether the printed figure comes out in both
        orders, only in the report's, or in neither; ``compatible`` where it is a bound that is kept.

    References
    ----------
    Section 5.3.3 of the evaluation report.
    """
    known = {pilot: rows.set_index("step").to_dict("index") for pilot, rows in steps.groupby("pilot")}
    found = [*_cornwall(known["cornwall"]), *_liverpool(known["liverpool"]), *_newcastle(known["newcastle"])]
    return pd.DataFrame(found)


def verdict(printed: Number | None, in_order: Number, exactly: Number, *, bound: bool = False) -> Verdict:
    """Settle one conversion by comparing whole percent or people.

    Parameters
    ----------
    printed
        The figure in the report; None if there is none.
    in_order, exactly
        The same figure redone in the report's order of rounding and exactly, rounded once.
    bound
        Whether the printed figure is a lower bound, such as "more than".

    Returns
    -------
    str
        One of `Verdict`.
    """
    if printed is None:
        return "not printed"
    if bound:
        return "compatible" if exactly > printed else "does not hold"
    if in_order == printed:
        return "holds" if exactly == printed else "holds if rounded at each step"
    return "does not hold"


def _cornwall(known: Figures) -> Iterator[dict[str, Any]]:
    value = {name: each["value"] for name, each in known.items()}
    both = conversions.side_by_side(
        reached=value["referrals"],
        outcomes=value["into_employment"],
        deadweight=exact(value["deadweight"]) / 100,
        target=value["target"],
        months=value["months_delivered"],
        year_months=value["months_planned"],
    )
    for name, row in zip(CORNWALL, both.to_dict("records"), strict=True):
        orders = (row["rounded_published"], row["value_exact"], row["rounded_exact"])
        yield _row("cornwall", row["step"], row["formula"], row["unit"], known[name], *orders)


def _liverpool(known: Figures) -> Iterator[dict[str, Any]]:
    target, reached, months = (
        exact(known[name]["value"]) for name in ("target", "people_reached", "months_delivered")
    )
    year = conversions.annualise(reached, months)
    yield _same("liverpool", "people in a year", "people reached x 12 / months", "people", None, year)
    take_up = 100 * target / year
    formula = "target / people in a year"
    yield _same("liverpool", "take-up needed", formula, "percent", known["take_up"], take_up)
    orders = (rounded(year * rounded(take_up) / 100), target, target)
    yield _row("liverpool", "outcomes in a year", "people in a year x take-up", "people", None, *orders)
    share = 100 * target / reached
    formula = "target / people reached"
    yield _same("liverpool", "share of those reached", formula, "percent", known["share_needed"], share)


def _newcastle(known: Figures) -> Iterator[dict[str, Any]]:
    share = 100 * exact(known["target"]["value"]) / exact(known["users_studied"]["value"])
    yield _same("newcastle", "share of those studied", "target / users studied", "percent", None, share)


def _same(
    pilot: str, step: str, formula: str, unit: str, printed: Mapping[Any, Any] | None, value: Fraction
) -> dict[str, Any]:
    """Make the row of a conversion into which no rounded figure was carried."""
    return _row(pilot, step, formula, unit, printed, rounded(value), value, rounded(value))


def _row(
    pilot: str,
    step: str,
    formula: str,
    unit: str,
    printed: Mapping[Any, Any] | None,
    in_order: Number,
    value: Number,
    exactly: Number,
) -> dict[str, Any]:
    figure = None if printed is None else float(printed["value"])
    bound = printed is not None and printed["value_qualifier"] in BOUNDS
    same = {"pilot": pilot, "step": step, "formula": formula, "unit": unit, "printed": figure}
    orders = {
        "rounded_published": float(in_order),
        "value_exact": float(value),
        "rounded_exact": float(exactly),
    }
    return {**same, **orders, "verdict": verdict(figure, float(in_order), float(exactly), bound=bound)}


def moved(survey: pd.DataFrame, scale: pd.DataFrame, people: Number) -> pd.DataFrame:
    """Find how many answers of Newcastle's survey must have moved between its two rounds.

    Parameters
    ----------
    survey
        The table ``newcastle_survey``: ``statement``, ``label``, ``wave`` and ``mean_score``.
    scale
        The table ``newcastle_scale``: ``statement``, ``scale_minimum`` and ``scale_maximum``.
    people
        People who answered both times.

    Returns
    -------
    pandas.DataFrame
        One row a statement: ``label``, the means at ``entry`` and ``exit``, their ``change`` and ``moved``,
        the least number of answers, as from `conversions.least_movers`.
    """
    wide = survey.pivot_table(index=["statement", "label"], columns="wave", values="mean_score")
    both = wide.reset_index().merge(scale, on="statement")
    both["change"] = both["exit"] - both["entry"]
    ends = zip(both["entry"], both["exit"], both["scale_maximum"] - both["scale_minimum"], strict=True)
    return both.assign(moved=[conversions.least_movers(*each, people) for each in ends])
