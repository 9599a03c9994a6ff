"""Prime implicants: the shortest terms that hold for a positive row and for no forbidden one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pfpp_utils.methods.qca.terms import Term, order


def prime_implicants(positive: Sequence[int], forbidden: NDArray[np.bool_], size: int) -> list[Term]:
    """Find all prime implicants that cover at least one positive row.

    For each positive row and each set of conditions set free, it is asked whether a forbidden row differs
    from the positive one in those conditions only; the answers for larger sets follow from those for smaller
    ones. An implicant is prime if setting free any further condition would admit a forbidden row.

    Parameters
    ----------
    positive
        Codes of the rows to be covered.
    forbidden
        For each of the 2**size rows, whether no term may cover it: the negative rows where remainders may be
        used freely, all but the positive rows where they may not be used.
    size
        Number of conditions.

    Returns
    -------
    list of Term
        The prime implicants, those with the fewest conditions first.

    References
    ----------
    Quine (1952), The problem of simplifying truth functions, American Mathematical Monthly 59, 521-531.

    Examples
    --------
    >>> forbidden = np.array([True, False, False, False])  # rows 00, 01, 10, 11: neither A nor B is negative
    >>> prime_implicants([0b11], forbidden, 2)
    [Term(care=2, value=2), Term(care=1, value=1)]
    """
    rows = np.array(positive, dtype=np.int64)
    hit = forbidden[rows[:, None] ^ np.arange(2**size)]  # by positive row and the bits that differ
    for fewer, more in _halves(hit, size):
        np.logical_or(fewer, more, out=more)  # in the end: a forbidden row differs in these bits at most
    prime = ~hit
    for (kept, _), (_, wider) in zip(_halves(prime, size), _halves(hit, size), strict=True):
        np.logical_and(kept, wider, out=kept)
    at, free = np.nonzero(prime)
    care = (2**size - 1) ^ free
    found = np.unique(care * 2**size + (rows[at] & care))
    terms = [Term(int(code >> size), int(code % 2**size)) for code in found]
    return sorted(terms, key=order)


def _halves(table: NDArray[np.bool_], size: int) -> list[tuple[NDArray[np.bool_], NDArray[np.bool_]]]:
    """View the columns without and with each bit, for every bit."""
    split = [table.reshape(len(table), -1, 2, 2**place) for place in range(size)]
    return [(view[:, :, 0], view[:, :, 1]) for view in split]
