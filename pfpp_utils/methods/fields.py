"""Fields of a case: the numbers it holds, by the names that they have in a case file."""

from __future__ import annotations

from fractions import Fraction
from math import inf

from pfpp_utils.methods.additionality import Additionality, Effects
from pfpp_utils.methods.case import Case, Outcome
from pfpp_utils.methods.quantities import LONGEST

Found = dict[str, Fraction | None]
EFFECTS = ("leakage", "displacement", "substitution", "multiplier")


def settings(case: Case) -> dict[str, float]:
    """List the numbers of a case for which draws may be given.

    Parameters
    ----------
    case
        The assumptions.

    Returns
    -------
    dict of str to float
        What each field is set to, in the field's unit; a number of beneficiaries that is unknown is left
        out, and so is deadweight where it is taken off in another place or form.
    """
    found: Found = {"optimism_bias.rate": case.optimism_bias, "beneficiaries": case.beneficiaries}
    for cost in case.costs:
        found |= {f"costs[{cost.name}].amount_gbp": cost.amount.gbp}
        found |= {f"costs[{cost.name}].optimism_bias": cost.optimism_bias}
    for outcome in case.outcomes:
        found |= _of_outcome(outcome, f"outcomes[{outcome.name}]")
    if case.conversion:
        found |= {
            "conversion.rate": case.conversion.rate,
            "conversion.deadweight": case.conversion.deadweight,
        }
    return {field: float(value) for field, value in found.items() if value is not None}


def limits(field: str) -> tuple[float, float]:
    """Give the lowest and the highest value that a field can have, in its unit."""
    match field.rpartition(".")[2]:
        case "amount_gbp" | "value_gbp" | "units" | "weight" | "beneficiaries":
            return 0, inf
        case "multiplier":
            return 1, inf
        case "duration_years":
            return 0, LONGEST
    return 0, 1


def _of_outcome(outcome: Outcome, at: str) -> Found:
    """List the numbers of an outcome, by field."""
    own = ("units", "drop_off", "share", "beneficiaries", "weight")
    found: Found = {f"{at}.{name}": getattr(outcome, name) for name in own}
    found |= {f"{at}.unit_value.value_gbp": outcome.unit_value.value.gbp}
    found |= {f"{at}.duration_years": outcome.duration}
    return found | _of_additionality(outcome.additionality, f"{at}.additionality")


def _of_additionality(net: Additionality, at: str) -> Found:
    def steps(effects: Effects, at: str) -> Found:
        return {f"{at}.{name}": getattr(effects, name) for name in EFFECTS}

    found = {**steps(net.effects, at), f"{at}.deadweight": net.deadweight}
    if net.reference:
        inner = f"{at}.reference"
        found |= {f"{inner}.impact": net.reference.impact} | steps(net.reference.effects, inner)
    return found
