"""Distributions: what an uncertain number may be, from three points, from an interval or from a count.

Each knows its `low`, `central` and `high` value, for pictures that move one number at a time, and turns
uniform numbers into its own (`quantile`), for simulation. scipy has the distribution itself (`frozen`).
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from math import inf
from typing import Any, Literal, get_args

import numpy as np
from scipy import stats

from pfpp_utils.errors import InputError
from pfpp_utils.methods import beta_quantiles
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.quantities import between

Shape = Literal["pert", "triangular"]
Prior = Literal["jeffreys", "uniform"]
#: Both parameters of the beta distribution that is assumed of a share before anybody was counted.
PRIORS: dict[Prior, float] = {"jeffreys": 0.5, "uniform": 1.0}
#: Probability that a share lies between the `low` and the `high` of `Counts`.
CREDIBLE = 0.95


@dataclass(frozen=True)
class Interval:
    """A number of which only its limits are known: uniform between them.

    Attributes
    ----------
    low, high
        Limits, in rising order.

    Examples
    --------
    >>> Interval(2, 6).central
    4.0
    """

    low: float
    high: float

    def __post_init__(self) -> None:
        _rising(self.low, self.high)

    @property
    def central(self) -> float:
        """Middle of the interval."""
        return (self.low + self.high) / 2

    @property
    def support(self) -> tuple[float, float]:
        """The limits."""
        return self.low, self.high

    def frozen(self) -> Any:  # noqa: ANN401
        """Return the same as a distribution of scipy."""
        return stats.uniform(self.low, self.high - self.low)

    def quantile(self, uniform: Floats) -> Floats:
        """Turn uniform numbers into numbers of this interval: low + u (high - low)."""
        return self.low + uniform * (self.high - self.low)


@dataclass(frozen=True)
class ThreePoint:
    """A number with a low, a most likely and a high value.

    Attributes
    ----------
    low, central, high
        Lowest, most likely and highest value; the ends differ.
    shape
        ``pert``: a beta distribution from `low` to `high` with the parameters 1 + 4 m and 5 - 4 m, where m is
        (central - low) / (high - low); its mean is (low + 4 central + high) / 6.
        ``triangular``: a density that rises and falls in straight lines, with more weight at the ends.

    References
    ----------
    Malcolm, Roseboom, Clark and Fazar (1959), Application of a technique for research and development program
    evaluation, Operations Research 7, 646-669. HM Treasury (2022), The Green Book, on Monte Carlo analysis.

    Examples
    --------
    >>> round(float(ThreePoint(0, 1, 5).frozen().mean()), 6)  # (0 + 4 + 5) / 6
    1.5
    """

    low: float
    central: float
    high: float
    shape: Shape = "pert"

    def __post_init__(self) -> None:
        _rising(self.low, self.central, self.high)
        _known(self.shape, "shape", get_args(Shape))

    @property
    def support(self) -> tuple[float, float]:
        """The outer two points."""
        return self.low, self.high

    @property
    def _mode(self) -> float:
        return (self.central - self.low) / (self.high - self.low)

    def frozen(self) -> Any:  # noqa: ANN401
        """Return the same as a distribution of scipy."""
        width = self.high - self.low
        if self.shape == "triangular":
            return stats.triang(self._mode, self.low, width)
        return stats.beta(1 + 4 * self._mode, 5 - 4 * self._mode, self.low, width)

    def quantile(self, uniform: Floats) -> Floats:
        """Turn uniform numbers into numbers of this distribution, by the inverse of its cumulative one."""
        if self.shape == "pert":
            inverse = beta_quantiles.quantile(1 + 4 * self._mode, 5 - 4 * self._mode, uniform)
        else:  # two square roots that meet at the most likely value
            rising = uniform < self._mode
            root = np.sqrt(np.where(rising, uniform * self._mode, (1 - uniform) * (1 - self._mode)))
            inverse = np.where(rising, root, 1 - root)
        return self.low + inverse * (self.high - self.low)


@dataclass(frozen=True)
class Counts:
    """A share that was counted: what it may be in general, given how many of how few had it.

    With x of n and a prior Beta(c, c), the posterior is Beta(x + c, n - x + c).

    Attributes
    ----------
    count, of
        People with it, of people observed; 0 <= count <= of, of >= 1.
    prior
        ``jeffreys`` (c = 1/2, whose limits cover close to what they claim) or ``uniform`` (c = 1).

    References
    ----------
    Brown, Cai and DasGupta (2001), Interval estimation for a binomial proportion, Statistical Science 16,
    101-133; the limits are set to 0 and 1 for counts of none and of all, as they do.

    Examples
    --------
    >>> share = Counts(7, 37)
    >>> [round(value, 3) for value in (share.low, share.central, share.high)]
    [0.089, 0.189, 0.336]
    """

    count: int
    of: int
    prior: Prior = "jeffreys"

    def __post_init__(self) -> None:
        _known(self.prior, "prior", PRIORS)
        between(self.of, 1, inf, "of")
        between(self.count, 0, self.of, "count")
        if self.count != int(self.count) or self.of != int(self.of):
            found = f"{self.count} of {self.of}"
            raise InputError("not a count", where="count and of", found=found, allowed="whole numbers")

    @property
    def low(self) -> float:
        """Lower limit of the central `CREDIBLE` interval."""
        return float(self.frozen().ppf((1 - CREDIBLE) / 2)) if self.count else 0.0

    @property
    def central(self) -> float:
        """Share counted."""
        return self.count / self.of

    @property
    def high(self) -> float:
        """Upper limit of the central `CREDIBLE` interval."""
        return float(self.frozen().ppf((1 + CREDIBLE) / 2)) if self.count < self.of else 1.0

    @property
    def support(self) -> tuple[float, float]:
        """Any share."""
        return 0.0, 1.0

    @property
    def _shapes(self) -> tuple[float, float]:
        prior = PRIORS[self.prior]
        return self.count + prior, self.of - self.count + prior

    def frozen(self) -> Any:  # noqa: ANN401
        """Return the same as a distribution of scipy."""
        return stats.beta(*self._shapes)

    def quantile(self, uniform: Floats) -> Floats:
        """Turn uniform numbers into shares, by the inverse of the cumulative posterior."""
        return beta_quantiles.quantile(*self._shapes, uniform)


Distribution = Interval | ThreePoint | Counts


def _rising(*values: float) -> None:
    if not all(np.isfinite(values)) or list(values) != sorted(values) or values[0] == values[-1]:
        allowed = "finite numbers in rising order, the first below the last; a number without range is fixed"
        raise InputError("not a range", where="low, central, high", found=list(values), allowed=allowed)


def _known(name: str, where: str, allowed: Collection[str]) -> None:
    if name not in allowed:
        raise InputError(f"unknown {where}", where=where, found=name, allowed=list(allowed))
