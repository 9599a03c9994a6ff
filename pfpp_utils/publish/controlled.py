"""Disclosure control at the way out: nothing is shown before the rule of its table has been applied."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any, TypeVar

import pandas as pd

from pfpp_utils.data import publication, secrets, tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import disclosure_layout, disclosure_linked, disclosure_table
from pfpp_utils.methods.disclosure import WITHHELD
from pfpp_utils.methods.disclosure_linked import Cells
from pfpp_utils.methods.disclosure_table import Control, Treated, treat
from pfpp_utils.publish import leaks, markup, strictness

Given = Mapping[str, Any] | None
T = TypeVar("T")
#: Counts of what this page has shown, by name of figure or table: the next must not give them away.
_shown: dict[str, Cells] = {}


def apply(frame: pd.DataFrame, given: Given, *, name: str) -> tuple[Control | None, Treated]:
    """Treat what is about to be shown.

    Parameters
    ----------
    frame
        The data. If it is a table of the data package, or some of its rows, that table's own rule holds.
    given
        The rule for a computed table, as a schema states it under ``pfpp:disclosure``.
    name
        Name of the figure or table.

    Returns
    -------
    Control or None
        The rule; None if nothing is to be done.
    Treated
        The data as they may be shown.

    Raises
    ------
    InputError
        If the rule forbids showing them, does not fit, or is weaker than that of the table they come from;
        if none is given on a page that has read a table of which something must be withheld; or if the data
        give away what another table of the page withholds.
    """
    where = f"show, {name}"
    control, treated = _controlled(frame, given, where)
    earlier = {title: cells for title, cells in _shown.items() if title != name} | _read()
    for cells in [treated.cells] if treated.cells else _counts(frame, earlier):
        disclosure_linked.check(cells, earlier, where=where)
    if treated.cells:
        _shown[name] = treated.cells
    return control, treated


def _read() -> dict[str, Cells]:
    """Give the counts of tables that this page has read, if something is withheld: they are downloads."""
    found = {f"table {name}": publication.treated(name).cells for name in sorted(tables.protected)}
    return {name: cells for name, cells in found.items() if cells}


def _counts(frame: pd.DataFrame, earlier: Mapping[str, Cells]) -> Iterator[Cells]:
    """Find counts in data of which nothing is withheld, where other tables have counts of the same names."""
    given = frame.rename(columns=lambda name: str(name).casefold())
    for cells in earlier.values():
        keys = sorted({column for _, row in cells.names for column, _ in row})
        counts = [name for name in dict.fromkeys(name for name, _ in cells.names) if name in given]
        if counts and set(keys) <= set(given):
            values = given[counts].apply(pd.to_numeric, errors="coerce").to_numpy(dtype=float).ravel()
            named = disclosure_linked.names(given[keys], counts)
            yield Cells(named, values, [], frozenset(), cells.rule)


def _controlled(frame: pd.DataFrame, given: Given, where: str) -> tuple[Control | None, Treated]:
    if given is not None:
        control = publication.control(given, where=where)
        strictness.require(frame, control, where=where)
        return (None if control.rule.off else control), treat(frame, control, where=where)
    if table := frame.attrs.get("table"):
        return publication.of(table), _rows(frame, table, where)
    if tables.protected:
        found = f"a figure or table on a page that reads {', '.join(sorted(tables.protected))}"
        allowed = 'disclosure={"preset": ...}; preset none with a reason where there is nothing to withhold'
        raise InputError("disclosure control is not stated", where=where, found=found, allowed=allowed)
    return None, Treated(frame, pd.DataFrame(), [])


def _rows(frame: pd.DataFrame, table: str, where: str) -> Treated:
    """Rows of a table of the data package, treated as the whole table is, so that no page tells more."""
    control, whole = publication.of(table), publication.treated(table)
    layout = control.layout
    keys = list(disclosure_layout.by(whole.frame, layout)) if layout else []
    columns = [*layout.counts, *layout.ratios] if layout else []
    if strange := [str(name) for name in frame if name not in whole.frame] + [
        key for key in keys if key not in frame
    ]:
        allowed = f"columns of {table} with {', '.join(keys)}; or state disclosure= for a computed table"
        raise InputError("not the table that was read", where=where, found=strange, allowed=allowed)
    labels = [", ".join(row) for row in frame[keys].astype(str).to_numpy().tolist()]
    safe = whole.frame.set_axis([", ".join(row) for row in whole.frame[keys].astype(str).to_numpy().tolist()])
    if absent := sorted(set(labels) - set(safe.index)):
        raise InputError(
            "a row that is not in the table", where=where, found=absent, allowed=f"rows of {table}"
        )
    shown = [name for name in columns if name in frame]
    done = frame.copy()
    for column in shown:
        done[column] = safe.loc[labels, column].set_axis(frame.index)
    kept = [secret for secret in whole.secrets if ", ".join(secret["row"]) in labels]
    return Treated(done, disclosure_table.log(done, shown), kept, whole.cells)


def require_safe(treated: Treated, *, name: str, texts: Iterable[str] = (), output: str) -> None:
    """Refuse what would show withheld figures of a table that this page has read, whatever road they took.

    Parameters
    ----------
    treated
        From :func:`apply`, under the names that readers see.
    name
        Of the figure or table.
    texts
        Its title and all else that is said with it.
    output
        Its address.

    Raises
    ------
    InputError
        Naming table and column, or row and column, and never the figure.
    """
    where = f"show, {name}"
    if tables.protected:
        columns = leaks.known(tables.protected)
        if found := list(leaks.in_frame(treated.frame, columns)):
            allowed = "the rows as `tables.load` gives them, or computed from `publication.treated`"
            raise InputError(
                "withheld figures would be shown", where=where, found="; ".join(found), allowed=allowed
            )
    secrets = [*treated.secrets, *leaks.secrets_of(tables.protected)]
    if found := list(leaks.in_texts(texts, secrets, output=output)):
        allowed = "texts written from the treated data: title and alt can be functions of them"
        raise InputError(
            "a text tells what was withheld", where=where, found="; ".join(found), allowed=allowed
        )


def numbers(treated: Treated) -> pd.DataFrame:
    """Give treated data for drawing: what is withheld is missing.

    Parameters
    ----------
    treated
        From :func:`apply`.

    Returns
    -------
    pandas.DataFrame
        Columns of numbers as numbers.
    """
    gone = treated.frame.isin([WITHHELD])
    plain = treated.frame.mask(gone)
    return plain.assign(**{str(name): pd.to_numeric(plain[name]) for name in plain if gone[name].any()})


def drawn(
    made: T | Callable[[pd.DataFrame], T], control: Control | None, treated: Treated, *, name: str, what: str
) -> T:
    """Make a chart or a text from treated data.

    Parameters
    ----------
    made
        The chart or text, or a function that makes it from the data.
    control, treated
        From :func:`apply`.
    name, what
        Name of the figure, and what is made.

    Returns
    -------
    object
        The chart or text.

    Raises
    ------
    InputError
        If a chart was made before the data were treated.
    """
    if callable(made):
        return made(numbers(treated))
    if control is not None and not isinstance(made, str):
        allowed = "a function of the data that draws it"
        raise InputError(
            f"a {what} drawn before its data were treated",
            where=f"show, {name}",
            found=type(made).__name__,
            allowed=allowed,
        )
    return made


def told(control: Control | None, treated: Treated, label: str) -> str:
    """Write what was withheld, for below a figure or table.

    Parameters
    ----------
    control, treated
        From :func:`apply`.
    label
        Such as ``"Table 1"``.

    Returns
    -------
    str
        HTML: the rule, and the log as a list that opens on request; empty if there is no rule.
    """
    if control is None:
        return ""
    note = f'\n<p class="pfpp-note">{markup.escape(remarks(control)[0])}</p>'
    if treated.log.empty:
        return note
    inner = markup.table(
        treated.log, identity=f"withheld-{label.lower().replace(' ', '-')}", caption=f"Withheld from {label}"
    )
    summary = f"Withheld from {markup.escape(label)}: {treated.log['Figures withheld'].sum()} figures"
    return f'{note}\n<details class="pfpp-details"><summary>{summary}</summary>\n{inner}\n</details>'


def remarks(control: Control | None) -> tuple[str, ...]:
    """Say what stands for what is withheld, and by which rule; nothing if there is none."""
    said = f"{WITHHELD} stands for a confidential figure, withheld. Disclosure control: "
    return (f"{said}{control.rule.rule}.",) if control else ()


def keep(treated: Treated, *, output: str, columns: Mapping[str, str] | None = None) -> None:
    """List for the gate what was withheld.

    Parameters
    ----------
    treated
        From :func:`apply`.
    output
        Address of the figure or table, such as ``"table-reach"``.
    columns
        Names under which columns are shown.
    """
    named = columns or {}
    shown = treated.frame.astype(str).to_numpy().tolist()
    entries = []
    for secret in treated.secrets:
        mine = [row for row in shown if set(secret["row"]) <= set(row)]
        first = [row[0] for row in mine]
        same = sum(_equal(cell, secret["value"]) for row in mine[:1] for cell in row)
        titles = sorted({secret["column"], named.get(secret["column"], secret["column"])})
        entries.append({**secret, "columns": titles, "first": first[:1], "same": same, "output": output})
    secrets.note(entries)


def _equal(cell: str, value: float) -> bool:
    try:
        return float(cell) == value
    except ValueError:
        return False


def named(treated: Treated, columns: Mapping[str, str] | None) -> Treated:
    """Choose and rename the columns of treated data, in the log too.

    Parameters
    ----------
    treated
        From :func:`apply`.
    columns
        Which to show, with the name for readers of each; all, as named, by default.

    Returns
    -------
    Treated
        With those columns.
    """
    if not columns:
        return treated
    log = treated.log
    if not log.empty:
        log = log[log["Column"].isin(list(columns))].replace({"Column": dict(columns)})
    return replace(treated, frame=treated.frame[list(columns)].rename(columns=dict(columns)), log=log)
