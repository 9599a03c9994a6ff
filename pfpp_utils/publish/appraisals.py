"""Appraisals in words and as JSON: low, central and high, with the conventions and sources behind them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from pfpp_utils.methods.appraisal import Appraisal, appraise
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.spreads import VIEWS, Spread
from pfpp_utils.methods.switching import UNITS, drivers, setting, switching_value
from pfpp_utils.methods.unit_values import UnitValue, require_shareable

if TYPE_CHECKING:  # numbers typed on the command line need no file, and no waiting for what reads one
    from pfpp_utils.data.cases import CaseFile

Number = int | float | None
Json = dict[str, Any]

#: Keys of a result with its range.
ENDS = ("low", "central", "high")


def conventions(case: Case) -> Json:
    """List the choices that published analyses differ in, as a case makes them."""
    places = {
        "conversion": case.conversion is not None and case.conversion.deadweight,
        "value": any(outcome.additionality.takes_deadweight for outcome in case.outcomes),
    }
    return {
        "ob_convention": case.convention,
        "deadweight_in": next((place for place, taken in places.items() if taken), "nowhere"),
        "rounding": case.rounding,
        "discount": case.schedule.name,
        "discount_vintage": case.schedule.vintage,
        "price_year": case.price_year,
        "deflator_vintage": case.deflator.vintage if case.deflator else None,
        "distributional_weights": case.distributional_weights,
    }


def plain(case: Case) -> Json:
    """Results of a case without ranges, for JSON.

    Parameters
    ----------
    case
        With one outcome, which every person who benefits has.

    Returns
    -------
    dict
        ``net_value_per_beneficiary`` (pounds), ``beneficiaries`` and ``reach`` (people; None where no number
        is enough, and for the reach without a conversion), ``cost`` (pounds, with any uplift), and the
        conventions with the duration (years).
    """
    result = appraise(case)
    return {
        "net_value_per_beneficiary": _number(result.net_value_per_beneficiary),
        "beneficiaries": result.beneficiaries,
        "reach": result.reach,
        "cost": _number(result.cost),
        "conventions": {**conventions(case), "duration_years": _number(case.outcomes[0].duration)},
    }


def ranged(file: CaseFile) -> Json:
    """Results of a case file, for JSON: what one's own eyes may see, not for publication.

    Each result is a mapping of ``low``, ``central`` and ``high``, the ends being those that it takes with
    every assumption at its worst and at its best. None stands for people where no number is enough, and for
    what cannot be known without the number of beneficiaries.

    Parameters
    ----------
    file
        The case and its ranges.

    Returns
    -------
    dict
        Results, switching values at the centre, outcomes with the source and licence of their values,
        outcomes left unmonetised, conventions, and every assumption with its source.
    """
    worst, central, best = (appraise(file.case(view)) for view in VIEWS)
    rising, case = (worst, central, best), file.case()
    falling = rising[::-1]
    return {
        "case": case.name,
        "price_year": case.price_year,
        "net_value_per_beneficiary": _ends(each.net_value_per_beneficiary for each in rising),
        "cost": _ends(each.cost for each in falling),
        "beneficiaries": _ends(each.beneficiaries for each in falling),
        "reach": _ends(each.reach for each in falling) if case.conversion else None,
        "npsv": _ends(each.npsv for each in rising),
        "bcr": _ends(each.bcr for each in rising),
        "switching_values": _switching(case),
        "outcomes": [_outcome(name, value, rising) for name, value in file.values.items()],
        "unmonetised": list(case.unmonetised),
        "publishable": all(value.shareable for value in file.values.values()),
        "conventions": conventions(case),
        "inputs": [_input(each) for each in file.spreads.values()],
    }


def publishable(file: CaseFile) -> Json:
    """Results of a case file, for pages and downloads.

    Parameters
    ----------
    file
        The case and its ranges.

    Returns
    -------
    dict
        As from :func:`ranged`.

    Raises
    ------
    InputError
        If a unit value's licence forbids sharing it.
    """
    require_shareable(file.values.values())
    return ranged(file)


def sentence(results: Json) -> str:
    """Say in words what must be true for benefits to meet the cost.

    Parameters
    ----------
    results
        From :func:`plain` or :func:`ranged`.

    Returns
    -------
    str
        One paragraph.
    """
    needed, cost = results["beneficiaries"], _said(results["cost"], _pounds)
    said = f"{results['case']}: with" if "case" in results else "With"
    said += f" a net value of {_said(results['net_value_per_beneficiary'], _pence)} a beneficiary, "
    if _central(needed) is None:
        said += f"no number of people is enough to meet the cost of {cost}"
    else:
        said += f"{_people(needed)} must benefit to meet the cost of {cost}"
    if _central(results["reach"]) is not None:
        said += f", and {_people(results['reach'])} must be reached for that"
    elif isinstance(results["reach"], dict) and _central(needed) is not None:
        said += ", and no reach is enough, because nobody who is reached benefits"
    return f"{said}.{_worth(results)} {_choices(results['conventions'])}"


def _worth(results: Json) -> str:
    """Say what is known beyond the number needed: net present social value, outcomes not valued, licences."""
    said = ""
    if _central(results.get("npsv")) is not None:
        said += f" Net present social value: {_said(results['npsv'], _pounds)}."
    if _central(results.get("bcr")) is not None:
        said += f" Benefit-cost ratio: {_said(results['bcr'], '{:.2f}'.format)}."
    if results.get("unmonetised"):
        said += f" Not valued: {'; '.join(results['unmonetised'])}."
    if not results.get("publishable", True):
        said += " Not for publication: the licence of a unit value forbids sharing it."
    return said


def _choices(chosen: Json) -> str:
    bias = {"benefits": "taken off benefits", "divide": "dividing benefits", "cost": "added to the cost"}
    taken = "" if chosen["deadweight_in"] == "nowhere" else f"; deadweight in the {chosen['deadweight_in']}"
    year = f"; prices of {chosen['price_year']}" if chosen["price_year"] else ""
    discounting = f"discounting {chosen['discount']} ({chosen['discount_vintage']})"
    bias_in = bias[chosen["ob_convention"]]
    return f"Optimism bias {bias_in}{taken}; {discounting}; rounding {chosen['rounding']}{year}."


def _said(value: Json | Number, form: Callable[[int | float], str]) -> str:
    """Write a number, or a central one with its range."""
    if not isinstance(value, dict):
        return "" if value is None else form(value)
    low, central, high = ("no number" if value[end] is None else form(value[end]) for end in ENDS)
    return central if low == central == high else f"{central} ({low} to {high})"


def _pounds(value: float) -> str:
    return f"{'-' if value < 0 else ''}£{abs(value):,.0f}"


def _pence(value: float) -> str:
    return f"£{value:,.2f}"


def _people(value: Json | Number) -> str:
    return _said(value, "{:,}".format) + (" person" if _central(value) == 1 else " people")


def _central(value: Json | Number) -> Number:
    return value["central"] if isinstance(value, dict) else value


def _switching(case: Case) -> list[Json]:
    found = []
    for driver in drivers(case):
        now, then = setting(case, driver), switching_value(case, driver)
        row = {"driver": driver.name, "outcome": driver.outcome or None, "unit": UNITS[driver.name]}
        found.append({**row, "setting": _number(now), "switching_value": _number(then)})
    return found


def _outcome(name: str, value: UnitValue, views: tuple[Appraisal, ...]) -> Json:
    terms = {key: getattr(value, key) for key in ("unit", "source", "vintage", "licence", "shareable")}
    return {
        "outcome": name,
        "net_value": _ends(each.by_outcome[name] for each in views),
        "beneficiaries_if_alone": _ends(each.alone[name] for each in views[::-1]),
        "unit_value": {"name": value.name, "price_year": value.value.price_year, **terms},
    }


def _input(each: Spread) -> Json:
    ends = {"low": _number(each.low), "central": _number(each.central), "high": _number(each.high)}
    return {"field": each.field, **ends, "source": each.source or "assumed"}


def _ends(values: Iterable[Money | Fraction | int | None]) -> Json:
    return dict(zip(ENDS, map(_number, values), strict=True))


def _number(value: Money | Fraction | int | None) -> Number:
    if isinstance(value, Money):
        value = value.gbp
    return float(value) if isinstance(value, Fraction) else value
