"""Sampling: evenly spread points between 0 and 1, in independent blocks, from a seed.

A block is one scrambled Sobol sequence or one Latin hypercube. Blocks are independent of each other, so how
much a result differs between them says how far it may be off: `error_of_mean`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np
from scipy.stats import qmc, t

from pfpp_utils.errors import InputError
from pfpp_utils.methods.beta_quantiles import Floats

Method = Literal["sobol", "latin"]
#: Independent blocks of a sample.
BLOCKS = 16
#: Points that are in memory at once, where the method allows it.
CHUNK = 2**14
#: Least and most points of a sample.
LEAST, MOST = 2**8, 2**24


@dataclass(frozen=True)
class Sample:
    """How numbers are drawn.

    Attributes
    ----------
    draws
        Number of points. For ``sobol`` a power of two, because the sequence is balanced only then; for
        ``latin`` a multiple of `BLOCKS`.
    seed
        Of the random scrambling; the same seed gives the same points.
    method
        ``sobol``, scrambled, or ``latin`` for a Latin hypercube, slower and of any size.

    References
    ----------
    Owen (1997), Scrambled net variance for integrals of smooth functions, Annals of Statistics 25, 1541-1562.
    Owen (2020), On dropping the first Sobol' point, arXiv:2008.08051, on powers of two. McKay, Beckman and
    Conover (1979), A comparison of three methods for selecting values of input variables, Technometrics 21,
    239-245.
    """

    draws: int = 2**16
    seed: int = 20230331
    method: Method = "sobol"

    def __post_init__(self) -> None:
        if self.method not in get_args(Method):
            raise InputError("unknown method", where="method", found=self.method, allowed=get_args(Method))
        fits = self.draws & (self.draws - 1) == 0 if self.method == "sobol" else self.draws % BLOCKS == 0
        if not (LEAST <= self.draws <= MOST and fits):
            raise InputError(
                "impossible number of draws", where="draws", found=self.draws, allowed=self._allowed()
            )

    def _allowed(self) -> str:
        if self.method == "latin":
            return f"a multiple of {BLOCKS} from {LEAST} to {MOST}"
        near = 2 ** (min(max(self.draws, LEAST), MOST)).bit_length()
        return f"a power of two from {LEAST} to {MOST}, such as {near // 2} or {min(near, MOST)}"

    def chunks(self, dimensions: int) -> Iterator[tuple[slice, Floats]]:
        """Draw the points, some at a time.

        Parameters
        ----------
        dimensions
            Numbers of a point, 1 or more.

        Yields
        ------
        slice
            Which of the points; they come in order.
        numpy.ndarray
            Those points, of the shape (dimensions, points), with numbers from 0 to 1.
        """
        size, done = self.draws // BLOCKS, 0
        step = min(size, CHUNK) if self.method == "sobol" else size
        engine = qmc.Sobol if self.method == "sobol" else qmc.LatinHypercube
        for child in np.random.SeedSequence(self.seed).spawn(BLOCKS):
            points = engine(dimensions, rng=np.random.default_rng(child))
            for _ in range(size // step):
                yield slice(done, done + step), np.ascontiguousarray(points.random(step).T)
                done += step


SAMPLE = Sample()


def by_block(values: Floats) -> Floats:
    """Arrange the values of all draws with one row a block."""
    return np.reshape(values, (BLOCKS, -1))


def error_of_mean(means: Floats, confidence: float = 0.95) -> Floats:
    """Half the width of a confidence interval for the mean of independent block means.

    t x s / sqrt(B), with s the standard deviation of the means of the B blocks and t the quantile of
    Student's distribution with B - 1 degrees of freedom.

    Parameters
    ----------
    means
        One row a block; each column on its own.
    confidence
        Between 0 and 1.

    Returns
    -------
    numpy.ndarray
        One number a column, in the unit of the means.

    References
    ----------
    L'Ecuyer and Lemieux (2002), Recent advances in randomized quasi-Monte Carlo methods, in: Modeling
    Uncertainty, Kluwer, 419-474, section on independent randomisations.

    Examples
    --------
    >>> float(error_of_mean(np.array([[1.0], [3.0]]))[0].round(4))  # 12.7062 x 1.4142 / 1.4142
    12.7062
    """
    blocks = len(means)
    spread = np.std(means, axis=0, ddof=1) / np.sqrt(blocks)
    return np.asarray(spread * t.ppf((1 + confidence) / 2, blocks - 1))
