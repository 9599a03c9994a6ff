"""Totals that nobody declared: rows and columns of a table that in fact add up others."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pfpp_utils.methods import disclosure_layout
from pfpp_utils.methods.disclosure import Counts
from pfpp_utils.methods.disclosure_agree import MOST, Sum
from pfpp_utils.methods.disclosure_layout import Layout, Relation
from pfpp_utils.methods.disclosure_sums import sums


def totals(frame: pd.DataFrame, counts: pd.DataFrame, layout: Layout) -> list[list[Relation]]:
    """Find the totals of a table that its layout does not name.

    A reader who knows the places knows that one adds up others, whatever the layout says.

    Parameters
    ----------
    frame
        The table, checked.
    counts
        Its counts as numbers.
    layout
        Its layout.

    Returns
    -------
    list of list
        Totals as :func:`pfpp_utils.methods.disclosure_layout.relations` gives them: of labels, of rows and of
        columns. There is more than one such list where noughts leave open which is the total.

    Examples
    --------
    >>> table = pd.DataFrame({"Place": ["North", "South", "Both"], "People": [3, 12, 15]})
    >>> totals(table, table[["People"]].astype(float), Layout(("People",)))
    [[(2, (0, 1))]]
    """
    values = counts.to_numpy(dtype=np.float64)
    plain = values[:, [place for place, name in enumerate(counts) if name not in layout.sums]]
    declared = [(total, tuple(parts)) for total, parts in disclosure_layout.over_rows(frame, layout)]
    ways = [declared]
    for name in disclosure_layout.by(frame, layout):
        ways = [[*way, *more] for way in ways for more in _by_label(frame, name, plain, layout, way)][:MOST]
    if len(disclosure_layout.by(frame, layout)) > 1:
        ways = [[*way, *more] for way in ways for more in sums(plain, way)][:MOST]
    return [
        _cells(way[len(declared) :], more, values.shape)
        for way in ways
        for more in _across(values, counts, layout, way)
    ][:MOST]


def _cells(rows: list[Sum], columns: list[Sum], shape: tuple[int, ...]) -> list[Relation]:
    """Write sums of rows and of columns as sums of cells."""
    height, width = shape
    return [
        (total * width + column, tuple(part * width + column for part in parts))
        for total, parts in rows
        for column in range(width)
    ] + [
        (row * width + total, tuple(row * width + part for part in parts))
        for total, parts in columns
        for row in range(height)
    ]


def _across(values: Counts, counts: pd.DataFrame, layout: Layout, rows: list[Sum]) -> list[list[Sum]]:
    """Columns that add up others, as rows tell that are no totals themselves."""
    place = {str(name): number for number, name in enumerate(counts)}
    known = [(place[name], tuple(place[part] for part in parts)) for name, parts in layout.sums.items()]
    single = np.setdiff1d(np.arange(len(values)), [total for total, _ in rows])
    return sums(values[single].T, known)


def _by_label(
    frame: pd.DataFrame, name: str, values: Counts, layout: Layout, declared: list[Sum]
) -> list[list[Sum]]:
    """Find labels of one column that add up others wherever they stand, as rows."""
    keys = frame[list(disclosure_layout.by(frame, layout))].astype(str).reset_index(drop=True)
    labels = {label: number for number, label in enumerate(dict.fromkeys(keys[name]))}
    others = [other for other in keys if other != name]
    group = keys.groupby(others, sort=False).ngroup().to_numpy() if others else np.zeros(len(keys), dtype=int)
    own = keys[name].map(labels).to_numpy(dtype=int)
    numbers = np.zeros((len(labels), int(group.max(initial=0)) + 1, values.shape[1]))
    numbers[own, group] = values
    row = {pair: place for place, pair in enumerate(zip(own.tolist(), group.tolist(), strict=True))}
    known = [
        (int(own[total]), tuple(dict.fromkeys(own[list(parts)].tolist())))
        for total, parts in declared
        if len({*group[[total, *parts]].tolist()}) == 1
    ]
    found = sums(
        numbers.reshape(len(labels), -1), list(dict.fromkeys(known)), _hints(frame, keys[name], labels)
    )
    return [_rows(way, row, range(numbers.shape[1])) for way in found]


def _rows(found: list[Sum], row: dict[tuple[int, int], int], groups: range) -> list[Sum]:
    """Write sums of labels as sums of rows, in each group that has the total."""
    listed = [
        ((total, which), tuple(row[part, which] for part in parts if (part, which) in row))
        for total, parts in found
        for which in groups
    ]
    return [(row[total], parts) for total, parts in listed if total in row and parts]


def _hints(frame: pd.DataFrame, own: pd.Series[str], labels: dict[str, int]) -> dict[int, tuple[int, ...]]:
    """Tell which labels another column puts under a label, as a region that has rows of its own."""
    found: dict[int, dict[int, None]] = {}
    for name in frame:
        over = frame[name].astype(str).reset_index(drop=True)
        for above, below in zip(over, own, strict=True):
            if above in labels and above != below:
                found.setdefault(labels[above], {})[labels[below]] = None
    return {above: tuple(below) for above, below in found.items()}
