"""Breakeven in one formula: the people who must benefit at a value, and that over a grid of values.

Amounts are in pounds, rates are shares from 0 to 1, counts are people. Results are exact fractions, because a
ceiling taken of a binary float can be one too high; write ``float(result)`` to format one. A whole case, with
several outcomes, ranges and discounting, is appraised in `appraisal`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from itertools import product
from math import ceil

import pandas as pd

from pfpp_utils.methods import optimism
from pfpp_utils.methods.claims import Number
from pfpp_utils.methods.optimism import Convention
from pfpp_utils.methods.quantities import positive, share


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


def cost_met(
    unit_value: Number, deadweight: Number, optimism_bias: Number, convention: Convention
) -> Fraction:
    """Compute the cost, as stated, that one beneficiary pays for.

    With V gross, d deadweight and b optimism bias: V (1 - d) (1 - b) for ``benefits``; V (1 - d) / (1 + b)
    for ``divide``, and also for ``cost``, because (1 + b) C / (V (1 - d)) is the same number of
    beneficiaries: compare the result with the cost before any uplift. Take deadweight off here or in the
    conversion rate (`conversions.net_of_deadweight`), never in both.

    Parameters
    ----------
    unit_value
        Present value of one outcome, in pounds.
    deadweight, optimism_bias
        Shares from 0 to 1.
    convention
        How the optimism bias enters; see `optimism`.

    Returns
    -------
    fractions.Fraction
        Pounds.

    Raises
    ------
    InputError
        If a number is impossible or the convention unknown.

    References
    ----------
    HM Treasury, The Green Book (2022), raises costs by optimism bias; section 2.5 of the evaluation report
    states a further 20% on the number of beneficiaries, and not how it enters. Deadweight: HCA, Additionality
    Guide (2014).

    Examples
    --------
    >>> [round(float(cost_met(1000, 0.2, 0.2, how)), 1) for how in ("benefits", "divide", "cost")]
    [640.0, 666.7, 666.7]
    """
    return positive(unit_value, "unit_value") * _kept(deadweight, optimism_bias, convention)


def gross_value(net: Number, deadweight: Number, optimism_bias: Number, convention: Convention) -> Fraction:
    """Find the gross value per outcome that leaves a net one; undoes `cost_met`.

    Parameters
    ----------
    net
        Net value of one outcome, in pounds.
    deadweight
        Share from 0 to below 1.
    optimism_bias
        Share from 0 to 1 (below 1 for ``benefits``).
    convention
        How the optimism bias enters, as for `cost_met`.

    Returns
    -------
    fractions.Fraction
        Gross value of one outcome, in pounds.

    Raises
    ------
    InputError
        As for `cost_met`, and if nothing would be left (deadweight of 1).

    References
    ----------
    As for `cost_met`.

    Examples
    --------
    >>> int(gross_value(640, 0.2, 0.2, "benefits"))
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
        Share from 0 to 1 (below 1 for ``benefits``).
    convention
        How the optimism bias enters, as for `cost_met`.

    Returns
    -------
    pandas.DataFrame
        One row a combination: ``name``, ``value_gbp`` (pounds), ``deadweight`` (share),
        ``beneficiaries`` (whole people).

    Raises
    ------
    InputError
        As for `cost_met` and `beneficiaries_needed`.

    References
    ----------
    As for `cost_met` and `beneficiaries_needed`.

    Examples
    --------
    >>> surface({"Cornwall": 314_000}, [13_000], [0, 0.2], 0.2, "benefits")["beneficiaries"].tolist()
    [31, 38]
    """
    rows = []
    for (name, cost), value, rate in product(costs.items(), values, deadweights):
        net = cost_met(value, rate, optimism_bias, convention)
        rows.append((name, float(value), float(rate), beneficiaries_needed(cost, net)))
    return pd.DataFrame(rows, columns=["name", "value_gbp", "deadweight", "beneficiaries"])


def _kept(deadweight: Number, optimism_bias: Number, convention: Convention) -> Fraction:
    """Compute the share of the gross value that deadweight and optimism bias leave."""
    how = optimism.convention(convention)
    bias = share(optimism_bias, "optimism_bias")
    factor = optimism.on_benefits(bias, how) / optimism.on_cost(bias, how)
    return (1 - share(deadweight, "deadweight")) * factor
