"""Chance: how often a randomly shuffled outcome would look as consistent, counted exactly."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from math import comb

from pfpp_utils.methods.qca.memberships import Memberships
from pfpp_utils.methods.qca.truth_table import build


def consistent_cases(sets: Memberships) -> int:
    """Count the cases in rows whose cases all have the outcome.

    Parameters
    ----------
    sets
        The cases; only on which side of 0.5 they lie counts, and 0.5 in the outcome is without it.

    Returns
    -------
    int
        Cases that some combination of conditions sets apart from all cases without the outcome.
    """
    return sum(len(row.cases) for row in build(sets).rows if len(row.with_outcome) == len(row.cases))


def share_without_contradiction(sizes: list[int], having: int) -> Fraction:
    """Compute how often a shuffled outcome leaves no contradictory row.

    There are C(N, having) ways to give the outcome to so many of N cases. A row is free of contradiction if
    all or none of its cases have it, so that the ways without contradiction are the subsets of rows whose
    sizes add up to `having`.

    Parameters
    ----------
    sizes
        Number of cases in each observed row.
    having
        Number of cases with the outcome.

    Returns
    -------
    fractions.Fraction
        Share of the ways, exact.

    Examples
    --------
    >>> share_without_contradiction([2, 1, 1], 2)  # the pair, or both single cases, of 6 ways
    Fraction(1, 3)
    """
    ways: Counter[int] = Counter({0: 1})
    for size in sizes:
        ways = ways + Counter({total + size: count for total, count in ways.items()})
    return Fraction(ways[having], comb(sum(sizes), having))


def share_as_consistent(sizes: list[int], having: int, explained: int) -> Fraction:
    """Compute how often a shuffled outcome lets consistent rows explain at least as many cases.

    A case is explained if it has the outcome and so have all others of its row: then some combination of the
    conditions goes with the outcome without exception and covers the case.

    Parameters
    ----------
    sizes
        Number of cases in each observed row.
    having
        Number of cases with the outcome.
    explained
        Number of cases explained in the real data, such as `consistent_cases` counts.

    Returns
    -------
    fractions.Fraction
        Share of the C(N, having) ways to shuffle the outcome, exact; 1 where `explained` is 0.

    Examples
    --------
    >>> share_as_consistent([2, 1, 1], 2, 2)
    Fraction(1, 3)
    """
    ways: Counter[tuple[int, int]] = Counter({(0, 0): 1})
    for size in sizes:
        longer: Counter[tuple[int, int]] = Counter()
        for (total, whole), count in ways.items():
            for chosen in range(size + 1):
                key = (total + chosen, whole + (size if chosen == size else 0))
                longer[key] += count * comb(size, chosen)
        ways = longer
    enough = sum(count for (total, whole), count in ways.items() if total == having and whole >= explained)
    return Fraction(enough, comb(sum(sizes), having))


def row_sizes(sets: Memberships) -> list[int]:
    """Count the cases in each observed row.

    Parameters
    ----------
    sets
        The cases.

    Returns
    -------
    list of int
        Sizes, the largest first.
    """
    return sorted((len(row.cases) for row in build(sets).rows), reverse=True)
