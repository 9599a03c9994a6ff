"""A table treated for disclosure: counts withheld and rounded, ratios from treated counts, and a log."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from pfpp_utils.methods import (
    disclosure,
    disclosure_fit,
    disclosure_found,
    disclosure_layout,
    disclosure_linked,
)
from pfpp_utils.methods.disclosure import WITHHELD, Counts, Preset
from pfpp_utils.methods.disclosure_layout import Layout, Relation
from pfpp_utils.methods.disclosure_linked import Cells
from pfpp_utils.methods.disclosure_suppression import suppress

#: Columns of the log, as readers see it.
LOG = ["Column", "Figures withheld"]
#: Why a figure was withheld or changed: for the gate only. To know which are small would narrow them down.
PARTNER = "so that another count cannot be worked out"
EMPTY = "no part of the total is shown"
RATIO = "a count that it is worked out from is withheld"
ROUNDED = "rounded"


@dataclass(frozen=True)
class Control:
    """What is to be done to a table: a rule, and how the table adds up.

    Attributes
    ----------
    rule
        The rule; one that changes nothing needs no layout.
    layout
        How the table adds up.
    """

    rule: Preset
    layout: Layout | None = None


@dataclass(frozen=True)
class Treated:
    """A table that can be shown.

    Attributes
    ----------
    frame
        The table, with ``[c]`` where a figure is withheld.
    log
        How many figures of each column were withheld; not which of them are small, nor which protect others.
    secrets
        What must not be found in what is published: `row` (labels), `column`, `value` and `why` of every
        figure withheld or rounded. Not to be published.
    cells
        The counts, to be checked against other tables; None if nothing is withheld. Not to be published.
    """

    frame: pd.DataFrame
    log: pd.DataFrame
    secrets: list[dict[str, Any]]
    cells: Cells | None = None


def treat(frame: pd.DataFrame, control: Control, *, where: str) -> Treated:
    """Treat a table: withhold small counts and partners, round, and compute ratios anew.

    Parameters
    ----------
    frame
        The table as it is.
    control
        Rule and layout.
    where
        What to call the table in a message.

    Returns
    -------
    Treated
        The table with its log. Columns that lose a figure hold objects: numbers and ``[c]``.

    Raises
    ------
    InputError
        If the layout does not fit the table, a value is no count, or the counts cannot be protected.

    Examples
    --------
    >>> table = pd.DataFrame({"Place": ["North", "South", "West", "All"], "People": [3, 12, 41, 56]})
    >>> layout = Layout(("People",), totals={"Place": {"All": []}})
    >>> done = treat(table, Control(disclosure.preset("ons-10-5"), layout), where="example")
    >>> done.frame["People"].tolist()
    ['[c]', '[c]', 40, 55]
    >>> done.log.to_numpy().tolist()
    [['People', 2]]
    """
    rule, layout = control.rule, control.layout
    if rule.off or layout is None:
        return Treated(frame, pd.DataFrame(columns=LOG), [])
    counts = disclosure_fit.check(frame, layout, where=where)
    relations = disclosure_layout.relations(counts.assign(**_keys(frame, layout)), layout, where=where)
    values = counts.to_numpy().ravel()
    ways = [[*relations, *found] for found in disclosure_found.totals(frame, counts, layout)]
    primary, secondary = suppress(values, ways, rule, where=where)
    reasons = dict.fromkeys(secondary, PARTNER) | dict.fromkeys(primary, f"under {rule.least}")
    kept, empty = _published(values, relations, rule, set(reasons))
    reasons |= dict.fromkeys(empty, EMPTY)
    named = disclosure_linked.names(pd.DataFrame(_keys(frame, layout)), list(layout.counts))
    cells = Cells(named, values, ways[0], frozenset(reasons), rule)
    shown = pd.DataFrame(kept.reshape(counts.shape), columns=counts.columns)
    why = {
        (cell // len(layout.counts), layout.counts[cell % len(layout.counts)]): reasons[cell]
        for cell in sorted(reasons)
    }
    ratios = _ratios(shown, layout)
    why |= {
        (row, name): RATIO
        for name, ratio in layout.ratios.items()
        for row in range(len(frame))
        if (row, ratio["count"]) in why or (row, ratio["of"]) in why
    }
    return replace(_treated(frame, layout, pd.concat([shown, ratios], axis="columns"), why), cells=cells)


def _keys(frame: pd.DataFrame, layout: Layout) -> dict[str, pd.Series[Any]]:
    return {name: frame[name] for name in disclosure_layout.by(frame, layout)}


def _published(
    values: Counts, relations: list[Relation], rule: Preset, hidden: set[int]
) -> tuple[Counts, set[int]]:
    """Round what is shown; totals are sums of what is shown if the rule says so. And totals of nothing."""
    kept = disclosure.rounded(values, rule)
    kept[list(hidden)] = np.nan
    if rule.totals == "own":
        return kept, set()
    parts: dict[int, tuple[int, ...]] = {}
    for total, listed in relations:
        parts.setdefault(total, listed)
    leaves = {total: sorted(set(_leaves(total, parts)) - hidden) for total in parts}
    stated = {
        total: [leaf for leaf in found if not np.isnan(values[leaf])] for total, found in leaves.items()
    }
    empty = {total for total, found in stated.items() if not found and total not in hidden}
    for total in parts.keys() - hidden:
        kept[total] = kept[stated[total]].sum() if stated[total] else np.nan
    return kept, empty


def _leaves(cell: int, parts: dict[int, tuple[int, ...]]) -> list[int]:
    """Cells that a total adds up in the end."""
    return [leaf for part in parts[cell] for leaf in _leaves(part, parts)] if cell in parts else [cell]


def _ratios(shown: pd.DataFrame, layout: Layout) -> pd.DataFrame:
    columns = {}
    for name, ratio in layout.ratios.items():
        of = shown[ratio["of"]]
        share = ratio.get("times", 1) * shown[ratio["count"]] / of.mask(of == 0)
        columns[name] = share.round(ratio.get("decimals", 1))
    return pd.DataFrame(columns, index=shown.index)


def _treated(
    frame: pd.DataFrame, layout: Layout, shown: pd.DataFrame, why: dict[tuple[int, str], str]
) -> Treated:
    """Put treated columns into the table, and list what became of each figure."""
    done, secrets = frame.copy(), []
    labels = frame[list(disclosure_layout.by(frame, layout))].astype(str).to_numpy().tolist()
    for name in shown:
        cells: list[Hashable] = []
        for row, (before, after) in enumerate(zip(frame[name], shown[name], strict=True)):
            reason = why.get((row, str(name)), "" if pd.isna(after) or before == after else ROUNDED)
            cells.append(WITHHELD if (row, name) in why else _plain(after))
            if reason and pd.notna(before):
                secret = {"row": labels[row], "column": str(name), "value": float(before), "why": reason}
                secrets.append(secret)
        done[name] = pd.Series(cells, index=frame.index, dtype=object).infer_objects()
    return Treated(done, log(done, [str(name) for name in shown]), secrets)


def log(frame: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    """Count what is withheld, as anybody can who sees the table.

    Parameters
    ----------
    frame
        A treated table.
    columns
        Those that were treated.

    Returns
    -------
    pandas.DataFrame
        One row for each column of which something is withheld.
    """
    counts = [(name, int(frame[name].isin([WITHHELD]).sum())) for name in columns]
    return pd.DataFrame([(name, count) for name, count in counts if count], columns=LOG)


def _plain(value: float) -> float | int | None:
    """Write a whole number as one; None for a missing one."""
    return None if pd.isna(value) else int(value) if float(value).is_integer() else float(value)
