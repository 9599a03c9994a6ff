"""Whether a table is what its layout says: each column accounted for, each total there, each count one."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns, disclosure, disclosure_layout
from pfpp_utils.methods.disclosure_layout import Layout

#: Text that reads as a number: perhaps with a sign, separators, a currency, and a unit of one word.
_NUMBER = re.compile(
    r"[<>≤≥~≈=+\-\u2212]*\s*[£$€]?\s*\d[\d,.'\s]*(?:e[+-]?\d+)?\s*(?:%|[a-z]+)?", re.IGNORECASE
)


def check(frame: pd.DataFrame, layout: Layout, *, where: str) -> pd.DataFrame:
    """Check that a layout fits a table, and give its counts as numbers.

    Parameters
    ----------
    frame
        The table.
    layout
        Its layout.
    where
        What to call the table in a message.

    Returns
    -------
    pandas.DataFrame
        Its columns of counts, not a number where one is missing.

    Raises
    ------
    InputError
        If a column or a label of a total is absent, rows cannot be told apart, a value is no count, or a
        column that holds numbers, be it as text, is neither counts nor said to be anything else.
    """
    ratios = [side for ratio in layout.ratios.values() for side in (ratio["count"], ratio["of"])]
    sums = [*layout.sums, *(part for parts in layout.sums.values() for part in parts)]
    columns.require(frame, [*layout.counts, *layout.by, *layout.totals, *layout.ratios, *layout.other], where)
    if strange := sorted({*ratios, *sums} - set(layout.counts)):
        raise InputError("not a column of counts", where=where, found=strange, allowed=layout.counts)
    known = {*layout.counts, *layout.by, *layout.totals, *layout.ratios, *layout.other}
    bare = [str(name) for name in frame if name not in known and _has_numbers(frame[name])]
    if bare:
        allowed = "each column of numbers, be it as text, under counts, ratios, by or other"
        raise InputError("a column of numbers is not accounted for", where=where, found=bare, allowed=allowed)
    _require_labels(frame, layout, where)
    keys = frame[list(disclosure_layout.by(frame, layout))].astype(str)
    if keys.duplicated().any():
        found = ", ".join(keys[keys.duplicated()].iloc[0])
        raise InputError("two rows are the same", where=where, found=found, allowed="`by` tells rows apart")
    numbers = {name: pd.to_numeric(frame[name], errors="coerce").astype(float) for name in layout.counts}
    for name, values in numbers.items():
        lost = values.isna().to_numpy() & frame[name].notna().to_numpy()
        if lost.any():
            raise InputError(
                "not a count",
                where=f"{where}, {name}",
                found=frame[name][lost].iloc[0],
                allowed="0, 1, 2 ...",
            )
        disclosure.whole(np.array(values, dtype=np.float64), where=f"{where}, column {name}")
    return pd.DataFrame(numbers)


def _require_labels(frame: pd.DataFrame, layout: Layout, where: str) -> None:
    """Refuse totals and parts that the table does not have: what is misspelt would protect nothing."""
    names = disclosure_layout.by(frame, layout)
    if strange := sorted(set(layout.totals) - set(names)):
        raise InputError("totals of a column that is not in `by`", where=where, found=strange, allowed=names)
    for name, totals in layout.totals.items():
        labels = set(frame[name].astype(str))
        named = [str(label) for total, parts in totals.items() for label in (total, *parts)]
        if absent := [label for label in dict.fromkeys(named) if label not in labels]:
            raise InputError(
                "a total or part that the table does not have",
                where=f"{where}, totals of {name}",
                found=absent,
                allowed=sorted(labels),
            )


def _has_numbers(column: pd.Series[Any]) -> bool:
    """Whether a column holds numbers, of whatever type, or text that reads as one, such as "1,204"."""
    if pd.api.types.is_bool_dtype(column) or pd.api.types.is_datetime64_any_dtype(column):
        return False
    return pd.api.types.is_numeric_dtype(column) or any(
        _NUMBER.fullmatch(str(cell).strip()) for cell in column.dropna().unique()
    )
