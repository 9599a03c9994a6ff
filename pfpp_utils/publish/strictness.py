"""Whether a rule that a page states is at least as strict as that of the tables that it reads."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import publication, tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods.disclosure_table import Control
from pfpp_utils.publish import leaks


def require(frame: pd.DataFrame, control: Control, *, where: str) -> None:
    """Refuse a rule that is weaker than that of the table which data come from.

    Parameters
    ----------
    frame
        The data; pandas keeps their table's name through most of what is done to them.
    control
        The rule that is stated for them.
    where
        What to call the place in a message.

    Raises
    ------
    InputError
        If they come from a table with a stricter rule; or if it is not known where they come from, the rule
        withholds something, and all tables of the page withhold more. Preset ``none`` can be stated then, for
        there may be nothing to withhold.
    """
    table = frame.attrs.get("table")
    if table is None and control.rule.off:
        return
    named = [str(table)] if table is not None else sorted(tables.protected)
    faults = {name: _weaker(frame, control, publication.of(name)) for name in named}
    if faults and all(faults.values()) and not (control.rule.off and not _has_numbers(frame)):
        found = "; ".join(f"{fault}, unlike table {name}" for name, fault in faults.items())
        allowed = f"the rule of {' or '.join(named)}, or a stricter one"
        raise InputError("a weaker rule than that of the table", where=where, found=found, allowed=allowed)


def _weaker(frame: pd.DataFrame, control: Control, own: Control) -> str:
    """Say by what a rule is weaker than another; nothing if it is not."""
    mine, theirs = control.rule, own.rule
    if theirs.off:
        return ""
    if mine.least < theirs.least:
        return f"counts of {mine.least} and more are shown"
    if mine.base % theirs.base:
        return f"counts are rounded to {mine.base}"
    if (mine.zeros, theirs.zeros) == ("show", "hide"):
        return "noughts are shown"
    if (mine.totals, theirs.totals) == ("own", "shown"):
        return "totals are not sums of what is shown"
    counted = {*own.layout.counts, *own.layout.ratios} if own.layout else set()
    treated = {*control.layout.counts, *control.layout.ratios} if control.layout else set()
    bare = [str(name) for name in frame if name in counted - treated]
    return f"{', '.join(bare)} is not treated" if bare else ""


def _has_numbers(frame: pd.DataFrame) -> bool:
    columns = [frame[name] for name in frame]
    texts = [column for column in columns if not pd.api.types.is_numeric_dtype(column)]
    return len(texts) < len(columns) or any(leaks.numbers(str(value)) for column in texts for value in column)
