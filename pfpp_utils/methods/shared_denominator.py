"""Ratios that share a denominator: how closely two of them go together when nothing else binds them."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import pandas as pd
from scipy.stats import spearmanr

from pfpp_utils.errors import InputError
from pfpp_utils.methods.drivers import FEWEST


class Shared(NamedTuple):
    """Rank correlations (-1 to 1) of two amounts, and of their ratios to one denominator.

    `amounts` and `ratios` are observed; `dealt`, `low` and `high` are the mean and the middle 95% of the
    correlation of the ratios when both amounts are dealt out at random; `n` is the number of authorities.
    """

    n: int
    amounts: float
    ratios: float
    dealt: float
    low: float
    high: float


def compare(
    first: pd.Series[float],
    second: pd.Series[float],
    denominator: pd.Series[float],
    *,
    permutations: int = 999,
    seed: int = 2024,
) -> Shared:
    """Compare two ratios as they are with what their common denominator does by itself.

    Both amounts are dealt out among the authorities in random orders, each apart, so that they have to do
    neither with one another nor with the place. Each is then divided by the place's own denominator. What
    is left of correlation is made by the division alone.

    Parameters
    ----------
    first, second
        Amounts by authority (the index), such as value in GBP and business births.
    denominator
        What both are divided by, above 0, such as population.
    permutations
        Random orders.
    seed
        Of the random orders.

    Returns
    -------
    Shared
        Spearman's rank correlations.

    Raises
    ------
    InputError
        If fewer than 10 authorities have all three, or a denominator is not above 0.

    References
    ----------
    Pearson, K. (1897), On a form of spurious correlation which may arise when indices are used in the
    measurement of organs, Proceedings of the Royal Society 60, 489-498.
    """
    frame = pd.concat([first, second, denominator], axis=1, join="inner").dropna()
    x, y, z = frame.to_numpy(dtype=float).T
    if len(x) < FEWEST or not (z > 0).all():
        found = f"{len(x)} authorities, {int((z <= 0).sum())} of them with a denominator of 0 or less"
        raise InputError(
            "no ratios to compare", where="denominator", found=found, allowed=f"{FEWEST} above 0"
        )
    random = np.random.default_rng(seed)
    dealt = [_rank(random.permutation(x) / z, random.permutation(y) / z) for _ in range(permutations)]
    low, high = np.quantile(dealt, [0.025, 0.975])
    return Shared(len(x), _rank(x, y), _rank(x / z, y / z), float(np.mean(dealt)), float(low), float(high))


def _rank(x: np.ndarray, y: np.ndarray) -> float:
    return float(spearmanr(x, y).statistic)
