"""Tables shown one after the other: whether they tell together what none of them tells alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import disclosure
from pfpp_utils.methods.disclosure import Counts, Preset
from pfpp_utils.methods.disclosure_attack import Attack
from pfpp_utils.methods.disclosure_layout import Relation

#: What a count counts: its column, and every label of its row by the column that it stands in.
Name = tuple[str, frozenset[tuple[str, str]]]


@dataclass(frozen=True)
class Cells:
    """The counts of a table, and which of them are withheld. Not to be published.

    Attributes
    ----------
    names
        What each counts, whatever the case of its letters.
    values
        All counts by number of cell; not a number where one is missing.
    relations
        Totals with their parts.
    hidden
        Numbers of the cells withheld.
    rule
        The rule by which they are.
    """

    names: tuple[Name, ...]
    values: Counts
    relations: list[Relation]
    hidden: frozenset[int]
    rule: Preset


def names(keys: pd.DataFrame, counts: list[str]) -> tuple[Name, ...]:
    """Name the cells of a table, row by row.

    Parameters
    ----------
    keys
        The columns that tell rows apart.
    counts
        Columns of counts.
    """
    columns = [str(name).casefold() for name in keys]
    labels = [
        frozenset(zip(columns, (str(label).casefold() for label in row), strict=True))
        for row in keys.to_numpy().tolist()
    ]
    return tuple((name.casefold(), row) for row in labels for name in counts)


def check(now: Cells, earlier: Mapping[str, Cells], *, where: str) -> None:
    """Refuse a table that gives away, with those shown before it, what is withheld in any of them.

    Parameters
    ----------
    now
        Its counts.
    earlier
        Those of tables shown before, by their names.
    where
        What to call the table in a message.

    Raises
    ------
    InputError
        If a withheld count could be worked out too closely from all of them, or a count differs by too little
        from the same one of a larger group, so that the difference is a small count.
    """
    tied = {title: one for title, one in earlier.items() if set(one.names) & set(now.names)}
    for title, one in tied.items():
        if near := _near(now, one):
            raise InputError(
                "counts that differ from those of another table by a small count",
                where=where,
                found=f"{near[0][0]} of {', '.join(label for _, label in sorted(near[0][1]))}, as in {title}",
                allowed="one of the two tables; or a column named otherwise, if it counts other people",
            )
    if tied and _opens([now, *tied.values()]):
        raise InputError(
            "a table that gives away what another withholds",
            where=where,
            found=f"the same counts in {', '.join(tied)}, withheld otherwise",
            allowed="rows of the treated table; or one table with all of them and their totals",
        )


def _near(now: Cells, one: Cells) -> list[Name]:
    """Find counts of a part of a group that are shown and differ from those of the whole by a small count."""
    mine, theirs = _shown(now), _shown(one)
    both = [name for name in mine if name in theirs]
    ours, others = (np.array([shown[name] for name in both]) for shown in (mine, theirs))
    # A count beside its own rounding is no part of a group.
    same = (ours == disclosure.rounded(others, one.rule)) | (others == disclosure.rounded(ours, now.rule))
    differences = np.where(same, 0, ours - others)
    if not ((differences >= 0).all() or (differences <= 0).all()):
        return []  # neither is a part of the other
    least = max(now.rule.least, one.rule.least)
    return [name for name, gap in zip(both, differences, strict=True) if 0 < abs(gap) < least]


def _shown(cells: Cells) -> dict[Name, float]:
    gone = np.isnan(cells.values)
    gone[list(cells.hidden)] = True
    return {name: cells.values[place] for place, name in enumerate(cells.names) if not gone[place]}


def _opens(tables: list[Cells]) -> bool:
    """Whether a count withheld in one of the tables can be worked out from all."""
    place: dict[tuple[Name, float], int] = {}
    values, relations = list[float](), dict[Relation, None]()
    shown, hidden = set[int](), set[int]()
    for cells in tables:
        at = []
        for name, value in zip(cells.names, cells.values.tolist(), strict=True):
            known = place.setdefault((name, -1.0 if np.isnan(value) else value), len(values))
            values += [value] if known == len(values) else []
            at.append(known)
        hidden |= {at[cell] for cell in cells.hidden}
        shown |= {at[cell] for cell in range(len(at)) if cell not in cells.hidden}
        moved = [(at[total], tuple(at[part] for part in parts)) for total, parts in cells.relations]
        relations |= dict.fromkeys(moved)
    rule = max((cells.rule for cells in tables), key=lambda one: one.least)
    rule = replace(rule, zeros="show" if all(cells.rule.zeros == "show" for cells in tables) else "hide")
    counts = np.array(values)
    small = set(np.flatnonzero(disclosure.small(counts, rule)).tolist())
    if small & hidden & shown:
        return True
    attack = Attack(counts, list(relations), rule, small & hidden)
    return attack.open(hidden - shown) is not None
