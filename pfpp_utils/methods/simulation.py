"""Simulation of a case: its results when every number that has a range is drawn at random."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import pandas as pd

from pfpp_utils.methods.batch import PARTS, UNITS, Batch, Output, Values
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.float_model import evaluate
from pfpp_utils.methods.inputs import Inputs, draw, require
from pfpp_utils.methods.sampling import CHUNK, SAMPLE, Sample, by_block, error_of_mean

QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.95)


@dataclass(frozen=True)
class Estimate:
    """A number found by simulation.

    Attributes
    ----------
    value
        The number.
    error
        Half the width of its 95% confidence interval: what more draws would make smaller, and not how
        uncertain the case is.
    """

    value: float
    error: float


@dataclass(frozen=True)
class Simulation:
    """The results of all draws.

    Attributes
    ----------
    batch
        What the draws come to: at most five numbers for each draw, however many numbers were drawn for it.
    sample
        How they were drawn.
    """

    batch: Batch
    sample: Sample

    def values(self, output: Output) -> Floats | None:
        """Give one result of every draw, in the order of the draws; None if the case does not have it."""
        values, step = np.empty(self.sample.draws), min(CHUNK, self.sample.draws)
        for start in range(0, self.sample.draws, step):  # what fits the processor's cache is quicker
            where = slice(start, start + step)
            found = self.batch.part(where).result(output)
            if found is None:
                return None
            values[where] = found
        return values

    def quantiles(self, output: Output, probabilities: Sequence[float] = QUANTILES) -> dict[float, float]:
        """Find quantiles of a result: the least value that at least that share of draws does not exceed.

        Parameters
        ----------
        output
            Which result; its unit is in `batch.UNITS`.
        probabilities
            Shares from 0 to 1.

        Returns
        -------
        dict of float to float
            By probability; infinite for people where no number is enough, empty if the case does not have
            the result.
        """
        values = self.values(output)
        if values is None:
            return {}
        values.sort()
        places = [min(int(np.ceil(share * len(values))), len(values)) - 1 for share in probabilities]
        return {
            share: float(values[max(place, 0)]) for share, place in zip(probabilities, places, strict=True)
        }

    def mean(self, output: Output) -> Estimate | None:
        """Average one result over the draws; None if the case does not have it."""
        values = self.values(output)
        return None if values is None else estimate(values)

    def chance(self) -> Estimate | None:
        """Find the probability of breaking even: that the net present social value is 0 or more."""
        values = self.values("npsv")
        return None if values is None else estimate((values >= 0).astype(np.float64))

    def summary(self) -> pd.DataFrame:
        """Tabulate the quantiles of every result that the case has.

        Returns
        -------
        pandas.DataFrame
            One row a result: ``output``, ``unit``, and ``q05`` to ``q95`` for `QUANTILES`.
        """
        rows: list[dict[str, Any]] = []
        for output in get_args(Output):
            if found := self.quantiles(output):
                named = {f"q{100 * share:02.0f}": value for share, value in found.items()}
                rows.append({"output": output, "unit": UNITS[output], **named})
        return pd.DataFrame(rows)


def simulate(
    case: Case, inputs: Inputs, *, reached: float | None = None, sample: Sample = SAMPLE
) -> Simulation:
    """Draw the uncertain numbers of a case many times and appraise it for each draw.

    The numbers are drawn independently of each other. Points are made and used a chunk at a time; only the
    results are kept.

    Parameters
    ----------
    case
        Everything else.
    inputs
        Distributions by field, as in `fields.settings`.
    reached
        People reached; those who benefit are then people reached x conversion.
    sample
        Number of draws, seed and method.

    Returns
    -------
    Simulation
        The results; the same to the last bit for the same arguments.

    Raises
    ------
    InputError
        If a field is unknown, a distribution reaches beyond what its field allows, nothing is uncertain, or
        the case cannot be appraised.

    References
    ----------
    HM Treasury (2022), The Green Book, on Monte Carlo analysis.
    """
    require(case, inputs)
    kept: dict[str, Any] = {}
    for where, points in sample.chunks(len(inputs)):
        batch = evaluate(case, draw(inputs, points), reached=reached)
        for part in PARTS:
            _keep(kept, part, getattr(batch, part), where, sample.draws)
    return Simulation(Batch(**kept, rounding=case.rounding), sample)


def _keep(kept: dict[str, Any], part: str, values: Values | None, where: slice, draws: int) -> None:
    """Store the part of a chunk; one number that all draws share is stored once."""
    if values is None or np.ndim(values) == 0:
        kept[part] = values
    else:
        kept.setdefault(part, np.empty(draws))[where] = values


def estimate(values: Floats) -> Estimate:
    """Average over all draws, with an error from the difference between blocks."""
    means = by_block(values).mean(axis=1)
    return Estimate(float(means.mean()), float(error_of_mean(means)))
