"""Which records of recipients belong together because their names are nearly alike, and which may.

The thresholds were read off 195 hand-labelled pairs of hard cases (table ``organisation_pairs``, 67 of them
one organisation): from `MERGE` on there are 53 pairs, all of one organisation, and no pair of two is above
0.93; from `REVIEW` up to there 4 pairs of 27 are one organisation.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations

from pfpp_utils.methods.name_similarity import alike
from pfpp_utils.methods.organisation_groups import Groups, Labels
from pfpp_utils.methods.organisation_links import Apart, Doubt, Found, label
from pfpp_utils.methods.organisation_names import is_common
from pfpp_utils.methods.organisation_records import Record

MERGE = 0.95  # likeness from which names are joined
REVIEW = 0.80  # likeness from which they are listed


def by_likeness(records: Sequence[Record], labels: Labels, apart: Apart) -> Found:
    """Join groups whose names only slips or small words tell apart, and list those that are nearly so alike.

    Nothing is joined if the numbers or the postcode areas of the two contradict each other, if a name belongs
    to several groups or is a common one, or if not all of a chain of likenesses are alike. What is less alike
    and contradicts is not listed either.

    Parameters
    ----------
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    labels
        Group of each record, shape (n,).
    apart
        Pairs of keys that a person has said are different.

    Returns
    -------
    tuple
        Links and doubts.
    """
    groups = Groups(records, labels)
    sure: list[Doubt] = []
    doubts: list[Doubt] = []
    for one, other, likeness in alike(list(groups.rows), REVIEW):
        sides = groups.of(one), groups.of(other)
        if sides[0] & sides[1] or frozenset((one, other)) in apart:
            continue
        rows = groups.rows[one][0], groups.rows[other][0]
        if reason := _objection((one, other), likeness, sides, groups):
            is_settled = likeness < MERGE and "different" in reason
            doubts += [] if is_settled else [Doubt(*rows, likeness, reason)]
        else:
            sure.append(Doubt(*rows, likeness, "a chain of likenesses"))
    links, chained = _complete(sure, labels)
    return links, doubts + chained


def _objection(
    keys: tuple[str, str], likeness: float, sides: tuple[set[int], set[int]], groups: Groups
) -> str:
    if difference := groups.contradict(*sides):
        return f"alike, different {difference}"
    if max(map(len, sides)) > 1 or any(map(is_common, keys)):
        return "alike, but several have the name"
    return "" if likeness >= MERGE else "alike, but not enough"


def _complete(sure: list[Doubt], labels: Labels) -> Found:
    """Links of the pairs whose chain has all its members alike; the other pairs as doubts."""
    pairs = [(int(labels[pair.one]), int(labels[pair.other])) for pair in sure]
    chains = label(pairs, len(labels))
    members: defaultdict[int, set[int]] = defaultdict(set)
    for two in pairs:
        members[int(chains[two[0]])].update(two)
    known = {frozenset(two) for two in pairs}
    whole = {
        chain
        for chain, groups in members.items()
        if all(frozenset(two) in known for two in combinations(groups, 2))
    }
    is_whole = [int(chains[one]) in whole for one, _ in pairs]
    links = [(pair.one, pair.other) for pair, kept in zip(sure, is_whole, strict=True) if kept]
    return links, [pair for pair, kept in zip(sure, is_whole, strict=True) if not kept]
