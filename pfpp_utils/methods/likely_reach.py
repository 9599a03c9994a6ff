"""Likely reach: how many people must be reached for a case to break even with a given probability."""

from __future__ import annotations

from math import ceil, inf

import numpy as np

from pfpp_utils.errors import InputError
from pfpp_utils.methods.quantities import share
from pfpp_utils.methods.simulation import Simulation


def likely_reach(simulation: Simulation, probability: float) -> float:
    """Find the least number of people reached at which breaking even has the probability asked for.

    It turns `breakeven_curve.curve` round: each draw has a number of people at which its expected net value
    is zero, and the quantile of those numbers is what is looked for.

    Parameters
    ----------
    simulation
        Of a case with a conversion; what it takes for the people reached is not used.
    probability
        From 0 to 1.

    Returns
    -------
    float
        Whole people; infinite if no number is enough.

    Raises
    ------
    InputError
        If the case has no conversion, or the probability is none.
    """
    needed = simulation.batch.reach_quotient()
    if needed is None:
        allowed = "a case with a conversion from people reached to people who benefit"
        raise InputError("nothing says who benefits", where="conversion", found=None, allowed=allowed)
    level = float(share(probability, "probability"))
    drawn = np.broadcast_to(needed, simulation.sample.draws)
    found = float(np.quantile(drawn, level, method="inverted_cdf"))
    return inf if np.isinf(found) else float(ceil(found))
