"""Which records of recipients belong together, by number and by name, and which only seem to.

Each function gives links (pairs of records that are one organisation) and doubts (pairs that a person should
look at). Records are named by their place in the list. Nothing depends on where a publisher put them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from itertools import combinations
from typing import NamedTuple

import numpy as np
from rapidfuzz import fuzz, process
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from pfpp_utils.methods.name_similarity import SMALL
from pfpp_utils.methods.organisation_groups import Groups, Labels
from pfpp_utils.methods.organisation_names import is_common
from pfpp_utils.methods.organisation_records import Record

AGREE = 70  # rapidfuzz token_set_ratio, 0 to 100: names with one number that are further apart are not joined

Link = tuple[int, int]
Apart = Collection[frozenset[str]]


class Doubt(NamedTuple):
    """Two records (rows) that may be one organisation, their likeness (0 to 1), and what the doubt is."""

    one: int
    other: int
    likeness: float
    reason: str


Found = tuple[list[Link], list[Doubt]]


def label(links: Sequence[Link], size: int) -> Labels:
    """Return the group that links make of each of `size` records: shape (size,).

    Examples
    --------
    >>> label([(1, 3)], 4).tolist()
    [0, 1, 2, 1]
    """
    ends = np.array(links, dtype=np.intp).reshape(-1, 2)
    graph = coo_array((np.ones(len(ends), dtype=bool), (ends[:, 0], ends[:, 1])), shape=(size, size))
    labels: Labels = connected_components(graph, directed=False)[1]
    return labels


def by_number(records: Sequence[Record], apart: Apart) -> Found:
    """Join records that share a number or an identifier and whose names agree.

    A shared number alone is not enough: publishers repeat one by mistake. Names agree if their words overlap
    (`AGREE`) or one is the other's initials.

    Parameters
    ----------
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    apart
        Pairs of keys that a person has said are different.

    Returns
    -------
    tuple
        Links and doubts.
    """
    links: list[Link] = []
    doubts: list[Doubt] = []
    for rows in _holders(records).values():
        first = {records[row].key: row for row in reversed(rows)}
        links += [(first[records[row].key], row) for row in rows]
        if len(first) > 1:
            more, unsure = _by_agreement(first, apart)
            links += more
            doubts += unsure
    return links, doubts


def by_name(records: Sequence[Record], labels: Labels) -> Found:
    """Join groups of records that have the same name, unless their numbers contradict each other.

    A name that many can bear (:func:`pfpp_utils.methods.organisation_names.is_common`) joins only what stands
    at one postcode.

    Parameters
    ----------
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    labels
        Group of each record, shape (n,).

    Returns
    -------
    tuple
        Links and doubts.
    """
    links: list[Link] = []
    doubts: list[Doubt] = []
    groups = Groups(records, labels)
    for key, rows in groups.rows.items():
        if len({labels[row] for row in rows}) > 1:
            parts = _parts(records, rows) if is_common(key) else [rows]
            heads = [part[0] for part in parts]
            doubts += [Doubt(heads[0], head, 1.0, "one common name, several places") for head in heads[1:]]
            for more, unsure in (_joined(part, groups) for part in parts):
                links += more
                doubts += unsure
    return links, doubts


def _holders(records: Sequence[Record]) -> dict[str, list[int]]:
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for row, record in enumerate(records):
        for token in (*record.tokens, record.own) if record.own else record.tokens:
            holders[token].append(row)
    return {token: rows for token, rows in holders.items() if len(rows) > 1}


def _by_agreement(first: dict[str, int], apart: Apart) -> Found:
    keys = sorted(first)
    agreed = [(i, j) for i, j in _agreements(keys) if frozenset((keys[i], keys[j])) not in apart]
    heads = [keys[k] for k in np.unique(label(agreed, len(keys)), return_index=True)[1]]
    return [(first[keys[i]], first[keys[j]]) for i, j in agreed], [
        Doubt(first[heads[0]], first[key], fuzz.ratio(heads[0], key) / 100, "one number, different names")
        for key in heads[1:]
    ]


def _agreements(keys: list[str]) -> Iterator[Link]:
    scores = process.cdist(keys, keys, scorer=fuzz.token_set_ratio, dtype=np.uint8)
    for i, j in combinations(range(len(keys)), 2):
        if scores[i, j] >= AGREE or keys[i] == _initials(keys[j]) or keys[j] == _initials(keys[i]):
            yield i, j


def _initials(key: str) -> str:
    return "".join(word[0] for word in key.split() if word not in SMALL)


def _parts(records: Sequence[Record], rows: list[int]) -> list[list[int]]:
    places: defaultdict[str, list[int]] = defaultdict(list)
    for row in rows:
        places[records[row].place].append(row)
    return [places[place] for place in sorted(places)]


def _joined(part: list[int], groups: Groups) -> Found:
    heads = {groups.labels[row]: row for row in reversed(part)}
    numbered = sorted(row for group, row in heads.items() if groups.numbers[group])
    bare = sorted(row for group, row in heads.items() if not groups.numbers[group])
    if not any(
        groups.contradict([groups.labels[one]], [groups.labels[other]])
        for one, other in combinations(numbered, 2)
    ):
        return [(part[0], row) for row in heads.values()], []
    return [(bare[0], row) for row in bare[1:]], [
        Doubt(numbered[0], row, 1.0, "one name, several numbers") for row in [*numbered[1:], *bare[:1]]
    ]
