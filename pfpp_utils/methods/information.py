"""Value of information: what it is worth to know a number before deciding whether a case is worth it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.float_model import evaluate
from pfpp_utils.methods.inputs import Inputs, draw, labels, require
from pfpp_utils.methods.sampling import SAMPLE, Sample
from pfpp_utils.methods.simulation import Estimate, estimate
from pfpp_utils.methods.tornado import result

#: Groups of draws with about the same value of a number, over each of which the decision is taken anew.
GROUPS = 32


@dataclass(frozen=True)
class Information:
    """What knowing more is worth, where one can go ahead with a case or leave it, for a net value of nothing.

    Attributes
    ----------
    net_value
        Expected net present social value, in pounds.
    perfect
        Expected value of perfect information, in pounds.
    each
        One row a field, the one most worth measuring first: ``field``; ``evppi_gbp``, the expected value of
        knowing it alone, in pounds; ``error_gbp``, half the width of its 95% confidence interval; and
        ``share``, of the value of perfect information (0 where that is 0).
    """

    net_value: Estimate
    perfect: Estimate
    each: pd.DataFrame


def value_of_information(
    case: Case, inputs: Inputs, *, reached: float | None = None, sample: Sample = SAMPLE
) -> Information:
    """Find what it is worth to know all uncertain numbers of a case, and each of them alone.

    With NB the net present social value: EVPI = E[max(0, NB)] - max(0, E[NB]), and for one number X
    EVPPI = E[max(0, E[NB | X])] - max(0, E[NB]). The inner mean is taken over groups of draws with nearly the
    same X. It is an upper limit to what a study of X is worth, because no study is perfect, and lies
    between 0 and EVPI.

    Parameters
    ----------
    case
        Everything that has no range.
    inputs
        Distributions by field, as in `fields.settings`.
    reached
        People reached; those who benefit are then people reached x conversion.
    sample
        Draws, all of which are in memory at once.

    Returns
    -------
    Information
        In pounds, for the decision about one case.

    Raises
    ------
    InputError
        As for `simulation.simulate`, and if the number of people who benefit is unknown.

    References
    ----------
    Strong and Oakley (2013), An efficient method for computing single-parameter partial expected value of
    perfect information, Medical Decision Making 33, 755-766. Raiffa and Schlaifer (1961), Applied
    Statistical Decision Theory.
    """
    require(case, inputs)
    points = np.hstack([chunk for _, chunk in sample.chunks(len(inputs))])
    batch = evaluate(case, draw(inputs, points), reached=reached)
    net = np.broadcast_to(result(batch, "npsv"), sample.draws)
    ahead = max(float(net.mean()), 0.0)
    perfect = _gain(np.maximum(net, 0), net, ahead)
    each = [_gain(net * _decisions(row, net), net, ahead) for row in points]
    return Information(estimate(net), perfect, _table(inputs, each, perfect))


def _decisions(row: Floats, net: Floats) -> Floats:
    """Decide for groups of draws that are alike in one number: 1 where the mean net value is above 0."""
    groups = np.array_split(np.argsort(row, kind="stable"), GROUPS)
    decisions = np.empty(len(net))
    for group in groups:
        decisions[group] = net[group].mean() > 0
    return decisions


def _gain(informed: Floats, net: Floats, ahead: float) -> Estimate:
    """Set the net value of informed decisions against that of the one decision taken without."""
    uninformed = net if ahead > 0 else np.zeros_like(net)
    return estimate(informed - uninformed)


def _table(inputs: Inputs, each: list[Estimate], perfect: Estimate) -> pd.DataFrame:
    worth = np.array([max(gain.value, 0.0) for gain in each])
    columns = {
        "field": labels(inputs),
        "evppi_gbp": worth,
        "error_gbp": [gain.error for gain in each],
        "share": worth / perfect.value if perfect.value > 0 else np.zeros_like(worth),
    }
    return pd.DataFrame(columns).sort_values("evppi_gbp", ascending=False, kind="stable", ignore_index=True)
