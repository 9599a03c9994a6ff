"""Parameters of fit: how well cases bear out that a combination is sufficient, or a condition necessary."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pfpp_utils.methods.qca.memberships import TOLERANCE, Memberships

Degrees = NDArray[np.float64]


@dataclass(frozen=True)
class Fit:
    """Fit of a sufficient combination or model, each from 0 to 1, or None where it is 0 divided by 0.

    Attributes
    ----------
    consistency
        Share of the memberships in X that lies within the outcome Y: sum of min(X, Y) / sum of X.
    pri
        Proportional reduction in inconsistency: the same after what X shares with both Y and not-Y is taken
        out.
    coverage
        Share of the outcome that X accounts for: sum of min(X, Y) / sum of Y.
    """

    consistency: float | None
    pri: float | None
    coverage: float | None


@dataclass(frozen=True)
class Necessity:
    """Fit of a necessary condition, each from 0 to 1, or None where it is 0 divided by 0.

    Attributes
    ----------
    condition
        Name, with ``~`` before it for its absence.
    consistency
        Share of the outcome that lies within the condition: sum of min(X, Y) / sum of Y.
    coverage
        sum of min(X, Y) / sum of X; low if the condition is much more common than the outcome.
    ron
        Relevance: sum of (1 - X) / sum of (1 - min(X, Y)); low if nearly every case has the condition anyway.
    """

    condition: str
    consistency: float | None
    coverage: float | None
    ron: float | None


def sufficiency(x: Degrees, y: Degrees) -> Fit:
    """Measure how far X is sufficient for Y.

    Parameters
    ----------
    x, y
        Memberships from 0 to 1, one a case.

    Returns
    -------
    Fit
        Consistency, PRI and coverage.

    References
    ----------
    Ragin (2006), Set relations in social research, Political Analysis 14, 291-310; Schneider and Wagemann
    (2012), Set-theoretic methods for the social sciences, section 9.2 (PRI).

    Examples
    --------
    >>> sufficiency(np.array([0.8, 0.4]), np.array([0.6, 0.9])).consistency.__round__(3)
    0.833
    """
    both = np.minimum(x, y)
    shared = np.minimum(both, 1 - y).sum()
    return Fit(
        consistency=ratio(both.sum(), x.sum()),
        pri=ratio(both.sum() - shared, x.sum() - shared),
        coverage=ratio(both.sum(), y.sum()),
    )


def necessity(sets: Memberships) -> list[Necessity]:
    """Measure how far each condition, and its absence, is necessary for the outcome.

    Parameters
    ----------
    sets
        The cases.

    Returns
    -------
    list of Necessity
        Two entries a condition, in order: the condition, its absence.

    References
    ----------
    Schneider and Wagemann (2012), Set-theoretic methods for the social sciences, section 9.2 (relevance).
    """
    columns = zip(sets.conditions, sets.x.T, strict=True)
    return [
        entry
        for name, x in columns
        for entry in (_needed(name, x, sets.y), _needed(f"~{name}", 1 - x, sets.y))
    ]


def _needed(name: str, x: Degrees, y: Degrees) -> Necessity:
    both = np.minimum(x, y)
    shares = (ratio(both.sum(), y.sum()), ratio(both.sum(), x.sum()), ratio((1 - x).sum(), (1 - both).sum()))
    return Necessity(name, *shares)


def unique_coverage(parts: Sequence[Degrees], y: Degrees) -> list[float]:
    """Compute what each part of a model covers that no other part does.

    Parameters
    ----------
    parts
        Memberships in each of the model's terms, one a case.
    y
        Memberships in the outcome.

    Returns
    -------
    list of float
        Coverage of the model minus that of the model without the part, from 0 to 1.

    Examples
    --------
    >>> unique_coverage([np.array([1.0, 1.0]), np.array([0.0, 1.0])], np.array([1.0, 1.0]))
    [0.5, 0.0]
    """
    table = np.vstack([*parts, np.zeros(len(y))])  # the row of zeros stands for a model without terms
    first, cases = table.argmax(axis=0), np.arange(len(y))
    best = table[first, cases]
    table[first, cases] = 0
    alone = np.minimum(best, y) - np.minimum(table.max(axis=0), y)  # what a case loses without its best term
    lost = np.bincount(first, weights=alone, minlength=len(table)) / y.sum()
    return [float(share) for share in lost[: len(parts)]]


def union(parts: Sequence[Degrees], cases: int) -> Degrees:
    """Join terms into a model: the largest of the memberships in them.

    Parameters
    ----------
    parts
        Memberships in each term, one a case.
    cases
        How many cases there are.

    Returns
    -------
    numpy.ndarray
        Memberships in the model; 0 for one without terms.
    """
    return np.max(parts, axis=0) if len(parts) else np.zeros(cases)


def ratio(above: float, below: float) -> float | None:
    """Divide, with None for 0 divided by 0, within rounding.

    Parameters
    ----------
    above, below
        Sums of memberships, 0 or more.

    Returns
    -------
    float or None
        The share.
    """
    return float(above / below) if below > TOLERANCE else None
