"""Implied values: what one outcome must be worth, net and gross, for a published target to come out."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import get_args

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.breakeven import gross_value
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.optimism import Convention
from pfpp_utils.methods.quantities import positive


@dataclass(frozen=True)
class Interval:
    """The values from `low` (included) to `high` (excluded; infinite if there is no upper limit)."""

    low: Fraction
    high: Fraction | float

    def __contains__(self, value: Number) -> bool:
        return self.low <= exact(value) < self.high

    def __format__(self, spec: str) -> str:
        return f"{float(self.low):{spec}} to {float(self.high):{spec}}"


def implied_value(cost_gbp: Number, target: int) -> Interval:
    """Find the net values per beneficiary with which a target comes out: C / N <= V < C / (N - 1).

    This inverts `breakeven.beneficiaries_needed`. With a target N of 1 there is no upper limit.

    Parameters
    ----------
    cost_gbp
        Cost C that benefits must meet, in pounds.
    target
        Published target N, in whole people, 1 or more.

    Returns
    -------
    Interval
        Net values of one outcome for one person, in pounds: the lower limit included, the upper not.

    Raises
    ------
    InputError
        If the cost C is not positive or the target is not a whole number of 1 or more.

    References
    ----------
    The inverse of a switching value (HM Treasury, The Green Book (2022)); the targets are those of section
    5.3.3 of the evaluation report, which prints no formula.

    Examples
    --------
    >>> f"{implied_value(314_000, 22):,.2f}"
    '14,272.73 to 14,952.38'
    """
    cost, count = positive(cost_gbp, "cost_gbp"), exact(target, where="target")
    if count < 1 or count.denominator != 1:
        raise InputError("not a target", where="target", found=target, allowed="a whole number, 1 or more")
    return Interval(cost / count, cost / (count - 1) if count > 1 else inf)


def implied_values(frame: pd.DataFrame, deadweight: Number, optimism_bias: Number) -> pd.DataFrame:
    """Turn every target of a table into values of one outcome.

    Parameters
    ----------
    frame
        One row a target: ``cost_gbp`` and ``target`` (people).
    deadweight, optimism_bias
        Shares, as for `breakeven.cost_met`.

    Returns
    -------
    pandas.DataFrame
        A copy with the limits of `implied_value`, ``net_low_gbp`` and ``net_high_gbp``. The gross value
        at the lower limit stands in a column for each convention. All are in pounds.

    Raises
    ------
    InputError
        As for `implied_value` and `breakeven.gross_value`.

    References
    ----------
    As for `implied_value` and `breakeven.cost_met`.

    Examples
    --------
    >>> target = pd.DataFrame({"cost_gbp": [314_000], "target": [22]})
    >>> implied_values(target, 0.2, 0.2)["benefits"].round().tolist()
    [22301.0]
    """
    pairs = zip(frame["cost_gbp"], frame["target"], strict=True)
    limits = [implied_value(cost, target) for cost, target in pairs]
    table = frame.assign(
        net_low_gbp=[float(limit.low) for limit in limits],
        net_high_gbp=[float(limit.high) for limit in limits],
    )
    for how in get_args(Convention):
        factor = gross_value(1, deadweight, optimism_bias, how)
        table[how] = [float(limit.low * factor) for limit in limits]
    return table
