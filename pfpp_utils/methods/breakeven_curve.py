"""Breakeven curve: the probability of breaking even as more people are reached, or benefit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.sampling import by_block, error_of_mean
from pfpp_utils.methods.simulation import Simulation

Along = Literal["reach", "beneficiaries"]


def curve(simulation: Simulation, people: Sequence[float], along: Along = "reach") -> pd.DataFrame:
    """Find the probability of breaking even for each number of people.

    Each draw has a number of people at which its expected net value is zero: (cost - benefits of fixed
    number) / net value, and that over the conversion rate for people reached; neither is rounded. The
    probability at a number of people is the share of draws whose own number is not higher. So one simulation
    serves the whole curve, and the curve can never fall.

    Parameters
    ----------
    simulation
        Of a case; what it takes for the people reached or for those who benefit is not used.
    people
        Numbers of people, 0 or more.
    along
        Whether `people` are those reached or those who benefit.

    Returns
    -------
    pandas.DataFrame
        One row a number: ``people``, ``probability``, and the limits ``low`` and ``high`` of a 95%
        confidence interval, which tells how far off the simulation may be and shrinks with more draws.

    Raises
    ------
    InputError
        If `along` is unknown or a number negative, or for the people reached the case has no conversion.
    """
    needed = by_block(np.broadcast_to(_needed(simulation, along), simulation.sample.draws))
    wanted = np.asarray(people, dtype=np.float64)
    if not (wanted >= 0).all():
        raise InputError("impossible number", where="people", found=list(people), allowed="0 or more")
    ordered = np.sort(needed, axis=1)
    shares = np.array([np.searchsorted(block, wanted, side="right") for block in ordered]) / ordered.shape[1]
    mean, error = shares.mean(axis=0), error_of_mean(shares)
    limits = {"low": np.clip(mean - error, 0, 1), "high": np.clip(mean + error, 0, 1)}
    return pd.DataFrame({"people": wanted, "probability": mean, **limits})


def _needed(simulation: Simulation, along: Along) -> np.ndarray:
    if along not in get_args(Along):
        raise InputError("unknown axis", where="along", found=along, allowed=get_args(Along))
    batch = simulation.batch
    needed = batch.quotient() if along == "beneficiaries" else batch.reach_quotient()
    if needed is None:
        allowed = "a case with a conversion, or along beneficiaries"
        raise InputError("nothing says who benefits", where="along", found=along, allowed=allowed)
    return np.asarray(needed)
