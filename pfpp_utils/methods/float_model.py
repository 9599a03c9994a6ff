"""The model of `appraisal` in floats, for many draws of a case's assumptions at once.

A draw may be given for any number of a case that is a field of a case file; the others stay as they are. The
fields are those of `fields.settings`, such as ``outcomes[work].duration_years``.
"""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import lru_cache

import numpy as np

from pfpp_utils.errors import InputError
from pfpp_utils.methods.batch import Batch, Values
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Case, Cost, Outcome
from pfpp_utils.methods.discounting import Schedule, present_value
from pfpp_utils.methods.fields import EFFECTS, settings
from pfpp_utils.methods.prices import in_prices_of
from pfpp_utils.methods.quantities import LONGEST, Money

Settings = Mapping[str, Values]


def evaluate(case: Case, draws: Mapping[str, Values], *, reached: Values | None = None) -> Batch:
    """Appraise a case for every draw.

    Parameters
    ----------
    case
        The assumptions for which there are no draws, and all conventions.
    draws
        Values of fields, in the fields' units: a number, or one for each draw. They must lie within
        `fields.limits`, which is not checked here.
    reached
        People reached. Those who benefit are then not taken from the case, but are people reached x
        conversion.

    Returns
    -------
    Batch
        As `appraisal.appraise` has it, to about 12 digits. A reference case that does better than the
        intervention gives a negative value here, and not an error.

    Raises
    ------
    InputError
        If a field is unknown, people are reached without a conversion, or price bases do not fit.

    References
    ----------
    HM Treasury (2022), The Green Book.
    """
    now = settings(case)
    for field in draws:
        if field not in now:
            raise InputError("unknown field", where="draws", found=field, allowed=list(now))
    values = {**now, **draws}
    each: Values = 0.0
    fixed: Values = 0.0
    for outcome in case.outcomes:
        value, at = _net_value(case, outcome, values), f"outcomes[{outcome.name}]"
        if outcome.beneficiaries is None:
            each = each + value * values[f"{at}.share"]
        else:
            fixed = fixed + value * values[f"{at}.beneficiaries"]
    cost, conversion = sum(_cost(case, cost, values) for cost in case.costs), _conversion(values)
    known = _known(case, values, conversion, reached)
    return Batch(cost, fixed, each, conversion, known, case.rounding)


def _net_value(case: Case, outcome: Outcome, values: Settings) -> Values:
    """As `appraisal.net_value`."""
    at = f"outcomes[{outcome.name}]"
    plan, price = outcome.schedule or case.schedule, outcome.unit_value.value.price_year
    value = values[f"{at}.unit_value.value_gbp"] * _in_prices(case, price, f"{at}.unit_value")
    lasting = level_values(values[f"{at}.duration_years"], plan, values[f"{at}.drop_off"], outcome.first_year)
    weight = values[f"{at}.weight"] if case.distributional_weights else 1.0
    bias = values["optimism_bias.rate"]
    kept = {"benefits": 1 - bias, "divide": 1 / (1 + bias), "cost": 1.0}[case.convention]
    return value * values[f"{at}.units"] * lasting * _net_share(outcome, values) * (kept * weight)


def _net_share(outcome: Outcome, values: Settings) -> Values:
    """As `Additionality.net_share`."""
    at = f"outcomes[{outcome.name}].additionality"
    if outcome.additionality.reference is None:
        return _kept(values, at) * (1 - values.get(f"{at}.deadweight", 0.0))
    inner = f"{at}.reference"
    return _kept(values, at) - values[f"{inner}.impact"] * _kept(values, inner)


def _kept(values: Settings, at: str) -> Values:
    """As `Effects.kept`."""
    leakage, displacement, substitution, multiplier = (values[f"{at}.{name}"] for name in EFFECTS)
    return (1 - leakage) * (1 - displacement) * (1 - substitution) * multiplier


def _cost(case: Case, cost: Cost, values: Settings) -> Values:
    at, bias = f"costs[{cost.name}]", values["optimism_bias.rate"]
    spread = float(present_value(cost.profile, case.schedule, cost.first_year))
    price = _in_prices(case, cost.amount.price_year, f"{at}.amount_gbp") * spread
    uplift = (1 + values[f"{at}.optimism_bias"]) * (1 + bias if case.convention == "cost" else 1.0)
    return values[f"{at}.amount_gbp"] * (price * uplift)


def _conversion(values: Settings) -> Values | None:
    """As `Conversion.net`."""
    if "conversion.rate" not in values:
        return None
    return values["conversion.rate"] * (1 - values.get("conversion.deadweight", 0.0))


def _known(case: Case, values: Settings, conversion: Values | None, reached: Values | None) -> Values | None:
    """People who benefit: from those reached, or as the case has it; any number if it does not matter."""
    if reached is None:
        fixed = all(outcome.beneficiaries is not None for outcome in case.outcomes)
        return values.get("beneficiaries", 0.0 if fixed else None)
    if conversion is None:
        allowed = "a case with a conversion from people reached to people who benefit"
        raise InputError("nothing says who benefits", where="reached", found=case.name, allowed=allowed)
    return reached * conversion


def _in_prices(case: Case, price_year: int | None, where: str) -> float:
    """Pounds of the case for one pound of a price year."""
    return float(in_prices_of(Money(Fraction(1), price_year), case.price_year, case.deflator, where).gbp)


def level_values(duration: Values, plan: Schedule, drop_off: Values, first_year: int) -> Values:
    """As `discounting.level_value`, for many durations (years) and shares of drop-off at once."""
    years = int(np.ceil(np.max(duration)))
    factors = _factors(plan)[first_year : first_year + years]
    if np.ndim(drop_off) == 0:
        worth = np.append(factors * (1 - drop_off) ** np.arange(years), 0.0)
        until = np.append(0.0, np.cumsum(worth))
        whole = np.floor(duration).astype(int)
        return until[whole] + (duration - whole) * worth[whole]
    total, left = np.zeros_like(drop_off), np.ones_like(drop_off)
    for year, factor in enumerate(factors):
        total = total + factor * left * np.clip(np.subtract(duration, year), 0, 1)
        left = left * (1 - drop_off)
    return total


@lru_cache(maxsize=32)
def _factors(plan: Schedule) -> Floats:
    """Discount factors of all years that a case can reach, from year 0."""
    rates = [0.0, *(float(plan.rate(year)) for year in range(1, 2 * LONGEST))]
    factors: Floats = (1 / (1 + np.array(rates))).cumprod()
    return factors
