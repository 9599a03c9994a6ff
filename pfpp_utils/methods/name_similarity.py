"""How alike two names are, where one word can be all the difference, and which names of many are alike.

*Barnet Youth Offending Team* and *Brent Youth Offending Team* differ in three letters and are two bodies;
*Metrolpolitan* is a slip. So words count by how rare they are among the names at hand, and a pair of words
counts as one word only if a slip or two of the pen lie between them.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import product

import numpy as np
from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

SMALL = frozenset({"and", "for", "of", "the"})
AFFIX = 4  # letters at the start or end of a word by which names are looked up
LARGEST_BLOCK = 300  # names: an affix that more share tells too little
REORDERED = 0.9  # what is left of a likeness whose words stand in another order


def weights(keys: Collection[str]) -> dict[str, float]:
    r"""Weigh words by rarity: :math:`\ln(1 + N / n_w)` for a word in :math:`n_w` of :math:`N` names.

    Parameters
    ----------
    keys
        Different names, as of :func:`pfpp_utils.methods.organisation_names.key`.

    Returns
    -------
    dict
        Weight of each word, above 0.

    References
    ----------
    Sparck Jones, K. (1972), A statistical interpretation of term specificity and its application in
    retrieval, Journal of Documentation 28(1), 11-21.

    Examples
    --------
    >>> {word: round(weight, 2) for word, weight in weights(["kent police", "essex police"]).items()}
    {'kent': 1.1, 'police': 0.69, 'essex': 1.1}
    """
    counts = Counter(word for key in keys for word in dict.fromkeys(_words(key)))
    return {word: math.log(1 + len(keys) / count) for word, count in counts.items()}


def similarity(one: str, other: str, weight: Mapping[str, float]) -> float:
    r"""Likeness of two names: the share of their words' weight that the two have in common.

    A word that differs by one slip from its counterpart (two from ten letters on) counts with one less the
    slips over its letters; slips are letters put in, left out, changed or swapped. With :math:`s(w)` that
    likeness of a word, 0 if it has no counterpart, the measure is :math:`\sum_w s(w)\,g_w / \sum_w g_w` over
    the words of both names, times 0.9 where equal words stand in another order; 1 for names that only spaces
    or small words tell apart. It is a symmetric form of soft TF-IDF.

    Parameters
    ----------
    one, other
        Names, as of :func:`pfpp_utils.methods.organisation_names.key`.
    weight
        From :func:`weights`, of names that include both.

    Returns
    -------
    float
        Between 0 and 1.

    References
    ----------
    Cohen, W. W., Ravikumar, P. and Fienberg, S. E. (2003), A comparison of string distance metrics for
    name-matching tasks, IJCAI Workshop on Information Integration on the Web, 73-78.

    Examples
    --------
    >>> names = ["kent police", "essex police", "mersey travel", "merseytravel"]
    >>> round(similarity("kent police", "essex police", weights(names)), 2)
    0.41
    >>> similarity("mersey travel", "merseytravel", weights(names))
    1.0
    """
    left, right = _words(one), _words(other)
    if "".join(left) == "".join(right):
        return 1.0
    common = Counter(left) & Counter(right)
    shared = 2 * sum(weight[word] * count for word, count in common.items())
    shared += _slips(
        list((Counter(left) - common).elements()), list((Counter(right) - common).elements()), weight
    )
    total = sum(weight[word] for word in left) + sum(weight[word] for word in right)
    in_order = [word for word in left if word in common] == [word for word in right if word in common]
    return shared / total * (1 if in_order else REORDERED)


def alike(keys: Sequence[str], floor: float) -> Iterator[tuple[str, str, float]]:
    """Find the pairs of names that are at least so alike.

    Names are compared if a word among the two weightiest of each starts or ends with the same four letters,
    and no more than 300 names share these. A pair that differs in all of them is not found.

    Parameters
    ----------
    keys
        Different names.
    floor
        Least likeness, 0 to 1.

    Yields
    ------
    tuple
        Two names in alphabetical order, and their likeness.

    Examples
    --------
    >>> [pair[:2] for pair in alike(["manchester metropolitan", "manchester metrolpolitan", "kent"], 0.9)]
    [('manchester metrolpolitan', 'manchester metropolitan')]
    """
    weight = weights(keys)
    pairs = {pair for block in _blocks(sorted(keys), weight) for pair in _near(block)}
    for one, other in sorted(pairs):
        if (likeness := similarity(one, other, weight)) >= floor:
            yield one, other, likeness


def _words(key: str) -> list[str]:
    return [word for word in key.split() if word not in SMALL] or key.split()


def _slips(left: list[str], right: list[str], weight: Mapping[str, float]) -> float:
    shared = 0.0
    for likeness, one, other in sorted(((_slip(a, b), a, b) for a, b in product(left, right)), reverse=True):
        if likeness and one in left and other in right:
            left.remove(one)
            right.remove(other)
            shared += likeness * (weight[one] + weight[other])
    return shared


def _slip(one: str, other: str) -> float:
    length = max(len(one), len(other))
    allowed = 0 if length < 5 or one.isdecimal() or other.isdecimal() else 1 + (length >= 10)
    slips = OSA.distance(one, other, score_cutoff=allowed)
    return 1 - slips / length if slips <= allowed else 0.0


def _blocks(keys: Sequence[str], weight: Mapping[str, float]) -> Iterator[list[str]]:
    blocks: defaultdict[tuple[bool, str], list[str]] = defaultdict(list)
    for key in keys:
        heaviest = sorted(dict.fromkeys(_words(key)), key=lambda word: (-weight[word], word))[:2]
        for affix in {
            (end, word[-AFFIX:] if end else word[:AFFIX]) for word in heaviest for end in (False, True)
        }:
            blocks[affix].append(key)
    return (block for block in blocks.values() if 1 < len(block) <= LARGEST_BLOCK)


def _near(block: list[str]) -> Iterator[tuple[str, str]]:
    scores = process.cdist(block, block, scorer=fuzz.token_sort_ratio, score_cutoff=70, dtype=np.uint8)
    for i, j in np.argwhere(np.triu(scores, 1)):
        yield block[i], block[j]
