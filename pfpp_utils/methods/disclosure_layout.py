"""How a table of counts adds up: which columns are counts, and which cells are totals of which others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError

#: A total and its parts, each a cell by its number: row times number of count columns, plus column.
Relation = tuple[int, tuple[int, ...]]


@dataclass(frozen=True)
class Layout:
    """What must be known of a table before its counts can be treated.

    Attributes
    ----------
    counts
        Columns of counts.
    by
        Columns that tell rows apart, such as place and year; the first column by default.
    totals
        By column of `by`: each label of a total with the labels that it adds up; an empty list stands for
        all other labels that are no totals. Totals can be parts of others.
    sums
        Columns of counts that are totals of other columns of counts.
    ratios
        Columns that are computed anew from treated counts: ``count``, ``of``, and optional ``times`` and
        ``decimals`` (1 by default).
    other
        Columns of numbers that are no counts and may be shown as they are, such as a year.
    """

    counts: tuple[str, ...]
    by: tuple[str, ...] = ()
    totals: Mapping[str, Mapping[str, list[str]]] = field(default_factory=dict)
    sums: Mapping[str, list[str]] = field(default_factory=dict)
    ratios: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    other: tuple[str, ...] = ()


#: What a schema may say, with the type of each.
KEYS = {"counts": list, "by": list, "totals": dict, "sums": dict, "ratios": dict, "other": list}


def from_descriptor(given: Mapping[str, Any], *, where: str) -> Layout:
    """Read a layout as a table's schema states it.

    Parameters
    ----------
    given
        Attributes of :class:`Layout` by their names, among other keys.
    where
        What to call the place in a message.

    Returns
    -------
    Layout
        The layout.

    Raises
    ------
    InputError
        If counts are missing or a value is of another kind.
    """
    kept = {key: given[key] for key in KEYS if key in given}
    for key, value in kept.items():
        if not isinstance(value, KEYS[key]):
            allowed = "a list" if KEYS[key] is list else "an object"
            raise InputError(f"{key} is of the wrong kind", where=where, found=value, allowed=allowed)
    if not kept.get("counts"):
        allowed = "the names of the columns that are counts"
        raise InputError("no column of counts is named", where=where, found=None, allowed=allowed)
    for name, ratio in kept.get("ratios", {}).items():
        if not isinstance(ratio, dict) or not {"count", "of"} <= set(ratio) <= {
            "count",
            "of",
            "times",
            "decimals",
        }:
            allowed = "count and of, both columns of counts; times and decimals"
            raise InputError(f"ratio {name} is not right", where=where, found=ratio, allowed=allowed)
    made: dict[str, Any] = {key: tuple(one) if KEYS[key] is list else one for key, one in kept.items()}
    return Layout(**made)


def by(frame: pd.DataFrame, layout: Layout) -> tuple[str, ...]:
    """Columns that tell a table's rows apart."""
    return layout.by or tuple(layout.totals) or (str(frame.columns[0]),)


def relations(frame: pd.DataFrame, layout: Layout, *, where: str) -> list[Relation]:
    """Find all totals of a table with their parts, over rows and over columns.

    Parameters
    ----------
    frame
        The table, checked.
    layout
        Its layout.
    where
        What to call the table in a message.

    Returns
    -------
    list of tuple
        Number of the total's cell, and numbers of the cells that it adds up.

    Raises
    ------
    InputError
        If counts that are all stated do not add up to their total.
    """
    width = len(layout.counts)
    found = [
        (total * width + column, tuple(part * width + column for part in parts))
        for total, parts in over_rows(frame, layout)
        for column in range(width)
    ]
    place = {column: number for number, column in enumerate(layout.counts)}
    for name, listed in layout.sums.items():
        columns_of = [place[part] for part in listed]
        found += [
            (row * width + place[name], tuple(row * width + column for column in columns_of))
            for row in range(len(frame))
        ]
    values = frame[list(layout.counts)].astype(float).to_numpy().ravel()
    for total, parts in found:
        stated = float(np.nansum(values[list(parts)]))
        whole = not np.isnan(values[list(parts)]).any()
        if stated > values[total] or (whole and stated < values[total]):  # never where the total is missing
            label = ", ".join(map(str, frame[list(by(frame, layout))].iloc[total // width]))
            raise InputError(
                "parts do not add up to their total",
                where=f"{where}, {label}, {layout.counts[total % width]}",
                found=f"{values[total]:g} and {stated:g}",
                allowed="totals of exactly the rows or columns that the layout names",
            )
    return found


def over_rows(frame: pd.DataFrame, layout: Layout) -> Iterator[tuple[int, list[int]]]:
    """Find rows that are totals.

    Parameters
    ----------
    frame
        The table, checked.
    layout
        Its layout.

    Yields
    ------
    tuple
        Number of the row, and numbers of the rows that it adds up.
    """
    names = list(by(frame, layout))
    labels = frame[names].astype(str).reset_index(drop=True)
    for column, totals in layout.totals.items():
        others = [name for name in names if name != column]
        groups = labels.groupby(others, sort=False).indices.values() if others else [np.arange(len(labels))]
        for group in groups:
            at = {labels[column].iloc[row]: int(row) for row in group}
            for total, parts in totals.items():
                listed = parts or [label for label in at if label not in totals]
                rows = [at[str(label)] for label in listed if str(label) in at]
                if str(total) in at and rows:
                    yield at[str(total)], rows
