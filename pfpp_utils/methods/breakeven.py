"""Breakeven: people who must benefit, and the value per person that a published target implies.

Amounts are in pounds, rates are shares from 0 to 1, counts are people. Results are exact fractions, because a
ceiling taken of a binary float can be one too high; write ``float(result)`` to format one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import product
from math import ceil, inf
from typing import Literal, get_args

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.quantities import between, positive

Convention = Literal["reduce_benefits", "divide_benefits", "uplift_cost"]

#: Value of one wellbeing-adjusted life year, in pounds of 2019, with its low and high: one point of life
#: satisfaction (0 to 10) for one person for one year. HM Treasury (July 2021), Wellbeing Guidance for
#: Appraisal, supplementary to the Green Book.
WELLBY_GBP = 13_000
WELLBY_LOW_GBP = 10_000
WELLBY_HIGH_GBP = 16_000
WELLBY_PRICE_YEAR = 2019


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

    This inverts `beneficiaries_needed`. With a target N of 1 there is no upper limit.

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


def beneficiaries_needed(cost: Number, net_value: Number) -> int:
    """Beneficiaries at which benefits meet the cost: cost / net_value (pounds), rounded up.

    Parameters
    ----------
    cost
        In pounds.
    net_value
        Net value of one outcome for one person, in pounds of the same price base.

    Returns
    -------
    int
        Whole people.

    Raises
    ------
    InputError
        If the cost or the value is not positive.

    References
    ----------
    A switching value as in HM Treasury, The Green Book (2022); section 5.3.3 of the evaluation report
    prints no formula.
    """
    return ceil(positive(cost, "cost") / positive(net_value, "net_value"))


def net_value(
    unit_value: Number, deadweight: Number, optimism_bias: Number, convention: Convention
) -> Fraction:
    """Turn the gross value of one outcome into the cost, as stated, that one beneficiary pays for.

    With V gross, d deadweight and b optimism bias: ``reduce_benefits`` V (1 - d) (1 - b); ``divide_benefits``
    V (1 - d) / (1 + b); ``uplift_cost`` the same, because (1 + b) C / (V (1 - d)) is the same number of
    beneficiaries: compare the result with the cost before any uplift. Take deadweight off here or in the
    conversion rate (`conversions.net_of_deadweight`), never in both.

    Parameters
    ----------
    unit_value
        Present value of one outcome, in pounds.
    deadweight, optimism_bias
        Shares: 0 to 1, and 0 or more (at most 1 for ``reduce_benefits``).
    convention
        How the optimism bias enters.

    Returns
    -------
    fractions.Fraction
        Net value of one outcome for one person, in pounds.

    Raises
    ------
    InputError
        If a number is impossible or the convention unknown.

    References
    ----------
    The Green Book's optimism bias is an uplift on cost. Section 2.5 of the report states a further 20% on the
    number of beneficiaries, and not how it enters.
    Deadweight: HCA, Additionality Guide (2014).

    Examples
    --------
    >>> [round(float(net_value(1000, 0.2, 0.2, how)), 1) for how in ("reduce_benefits", "divide_benefits")]
    [640.0, 666.7]
    """
    return positive(unit_value, "unit_value") * _kept(deadweight, optimism_bias, convention)


def gross_value(net: Number, deadweight: Number, optimism_bias: Number, convention: Convention) -> Fraction:
    """Find the gross value per outcome that leaves a net one; undoes `net_value`.

    Parameters
    ----------
    net
        Net value of one outcome, in pounds.
    deadweight
        Share from 0 to below 1.
    optimism_bias
        Share, 0 or more (below 1 for ``reduce_benefits``).
    convention
        How the optimism bias enters, as for `net_value`.

    Returns
    -------
    fractions.Fraction
        Gross value of one outcome, in pounds.

    Raises
    ------
    InputError
        As for `net_value`, and if nothing would be left (deadweight of 1).

    References
    ----------
    As for `net_value`.

    Examples
    --------
    >>> int(gross_value(640, 0.2, 0.2, "reduce_benefits"))
    1000
    """
    kept = _kept(deadweight, optimism_bias, convention)
    return positive(net, "net") / positive(kept, "deadweight and optimism_bias leave")


def surface(
    costs: Mapping[str, Number],
    values: Sequence[Number],
    deadweights: Sequence[Number],
    optimism_bias: Number,
    convention: Convention,
) -> pd.DataFrame:
    """Compute the beneficiaries needed for each cost over a grid of gross values and deadweights.

    Parameters
    ----------
    costs
        Name of a pilot to its cost, in pounds.
    values
        Gross values of one outcome, in pounds.
    deadweights
        Shares from 0 to below 1.
    optimism_bias
        Share, 0 or more (below 1 for ``reduce_benefits``).
    convention
        How the optimism bias enters, as for `net_value`.

    Returns
    -------
    pandas.DataFrame
        One row a combination: ``name``, ``value_gbp`` (pounds), ``deadweight`` (share),
        ``beneficiaries`` (whole people).

    Raises
    ------
    InputError
        As for `net_value` and `beneficiaries_needed`.

    References
    ----------
    As for `net_value` and `beneficiaries_needed`.

    Examples
    --------
    >>> surface({"Cornwall": 314_000}, [13_000], [0, 0.2], 0.2, "reduce_benefits")["beneficiaries"].tolist()
    [31, 38]
    """
    rows = []
    for (name, cost), value, share in product(costs.items(), values, deadweights):
        net = net_value(value, share, optimism_bias, convention)
        rows.append((name, float(value), float(share), beneficiaries_needed(cost, net)))
    return pd.DataFrame(rows, columns=["name", "value_gbp", "deadweight", "beneficiaries"])


def cost_bases(frame: pd.DataFrame, grant_gbp: float, basis: str) -> pd.DataFrame:
    """Give each pilot the three costs that its benefits may have to meet.

    Section 2.2 of the report says only for the lowest tier that the total includes the grant for planning.

    Parameters
    ----------
    frame
        One row a pilot: ``funding_gbp`` as in the report's Table 1, and ``funding_tier``.
    grant_gbp
        Grant for planning, in pounds.
    basis
        Which of the three to mark in the result.

    Returns
    -------
    pandas.DataFrame
        The rows three times, with ``basis`` and ``cost_gbp``: ``as_printed``; ``with_grant``, where the
        grant is added except to the lowest tier; ``without_grant``, where it is taken off. ``in_force`` is
        true for the basis asked for.

    Raises
    ------
    InputError
        If the basis is unknown.

    Examples
    --------
    >>> pilot = pd.DataFrame({"funding_gbp": [100_000], "funding_tier": ["low"]})
    >>> cost_bases(pilot, 50_000, "as_printed")["cost_gbp"].tolist()
    [100000.0, 100000.0, 50000.0]
    """
    funding, lowest = frame["funding_gbp"].astype(float), frame["funding_tier"] == "low"
    costs = {
        "as_printed": funding,
        "with_grant": funding.where(lowest, funding + grant_gbp),
        "without_grant": funding - grant_gbp,
    }
    if basis not in costs:
        raise InputError("unknown cost", where="cost_basis", found=basis, allowed=costs)
    return pd.concat(
        [frame.assign(basis=name, cost_gbp=cost, in_force=name == basis) for name, cost in costs.items()]
    )


def implied_values(frame: pd.DataFrame, deadweight: Number, optimism_bias: Number) -> pd.DataFrame:
    """Turn every target of a table into values of one outcome.

    Parameters
    ----------
    frame
        One row a target: ``cost_gbp`` and ``target`` (people).
    deadweight, optimism_bias
        Shares, as for `net_value`.

    Returns
    -------
    pandas.DataFrame
        A copy with the limits of `implied_value`, ``net_low_gbp`` and ``net_high_gbp``. The gross value
        at the lower limit stands in a column for each convention. All are in pounds.

    Raises
    ------
    InputError
        As for `implied_value` and `gross_value`.

    References
    ----------
    As for `implied_value` and `net_value`.

    Examples
    --------
    >>> target = pd.DataFrame({"cost_gbp": [314_000], "target": [22]})
    >>> implied_values(target, 0.2, 0.2)["reduce_benefits"].round().tolist()
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


def _kept(deadweight: Number, optimism_bias: Number, convention: Convention) -> Fraction:
    """Compute the share of the gross value that deadweight and optimism bias leave."""
    if convention not in get_args(Convention):
        raise InputError(
            "unknown convention", where="convention", found=convention, allowed=get_args(Convention)
        )
    rest = 1 - between(deadweight, 0, 1, "deadweight")
    if convention == "reduce_benefits":
        return rest * (1 - between(optimism_bias, 0, 1, "optimism_bias"))
    return rest / (1 + between(optimism_bias, 0, inf, "optimism_bias"))
