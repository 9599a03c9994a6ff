"""Ids of organisations: a number from a public register where there is one, else the name."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

import pandas as pd

from pfpp_utils.methods.organisation_groups import Labels
from pfpp_utils.methods.organisation_names import is_common, key
from pfpp_utils.methods.organisation_records import Record, scheme

NUMBERS = ["GB-CHC", "GB-SC", "GB-NIC", "GB-REV", "GB-COH"]
"""Registers of charities and companies, in order of preference for an id; others come after, VAT last."""


def identify(preferred: Iterable[str], records: Sequence[Record], joined: Labels) -> list[str]:
    """Give each organisation its best number that no other has, else its name (with place, if common).

    Parameters
    ----------
    preferred
        Name of each group.
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    joined
        Group of each record, shape (n,).

    Returns
    -------
    list of str
        One a group, all different.
    """
    usable = undisputed(records, joined)
    ids = []
    rows_of = pd.Series(joined).groupby(joined).indices
    for name, rows in zip(preferred, rows_of.values(), strict=True):
        tokens = {token for row in rows for token in usable[row]}
        places = [records[row].place for row in rows]
        ids.append(min(tokens, key=_rank) if tokens else _name_id(name, places))
    again = pd.Series(ids).groupby(ids).cumcount()
    return [f"{name} #{n + 1}" if n else name for name, n in zip(ids, again, strict=True)]


def _name_id(name: str, places: list[str]) -> str:
    place = max(places) if is_common(key(name)) else ""
    return f"name:{key(name)}, {place}" if place else f"name:{key(name)}"


def _rank(token: str) -> tuple[int, str]:
    kind = scheme(token)
    return (NUMBERS.index(kind) if kind in NUMBERS else len(NUMBERS) + (kind == "vat")), token


def undisputed(records: Sequence[Record], joined: Labels) -> list[tuple[str, ...]]:
    """Return of each record the numbers and identifiers that no other group has."""
    groups: defaultdict[str, set[int]] = defaultdict(set)
    for group, record in zip(joined, records, strict=True):
        for token in record.tokens:
            groups[token].add(int(group))
    return [tuple(token for token in record.tokens if len(groups[token]) == 1) for record in records]
