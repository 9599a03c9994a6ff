"""Accessible HTML for tables and the parts around a figure; all text from data is escaped here."""

from __future__ import annotations

import html
import numbers
from datetime import date
from typing import Any

import pandas as pd

MISSING = "not stated"
#: Tables longer than this are offered as a download only.
ROWS = 200


def escape(value: object) -> str:
    """Escape text for HTML.

    Parameters
    ----------
    value
        Anything; it is turned into text first.

    Returns
    -------
    str
        Text that is safe in HTML, also in attributes.
    """
    return html.escape(str(value))


def defuse(value: object) -> object:
    """Keep a spreadsheet from running text that looks like a formula.

    Parameters
    ----------
    value
        The value of one cell.

    Returns
    -------
    object
        Text that begins like a formula, with an apostrophe before it; any other value as given.

    Examples
    --------
    >>> defuse("=1+1"), defuse(-3), defuse("Durham")
    ("'=1+1", -3, 'Durham')
    """
    return f"'{value}" if isinstance(value, str) and value[:1] in set("=+-@\t\r") else value


def cell(value: object, decimals: int | None = None) -> str:
    """Write one value for a reader: thousands separated, missing values named, text escaped.

    Parameters
    ----------
    value
        Anything that stands in a table.
    decimals
        Decimal places of a number; as few as it needs, at most two, by default.

    Returns
    -------
    str
        Text that is safe in HTML.

    Examples
    --------
    >>> cell(87250), cell(0.3949, 2), cell(None), cell("<b>")
    ('87,250', '0.39', 'not stated', '&lt;b&gt;')
    """
    if pd.api.types.is_scalar(value) and pd.isna(value):  # type: ignore[call-overload]
        return MISSING
    if pd.api.types.is_bool(value):
        return "yes" if value else "no"
    if isinstance(value, numbers.Real):
        places = _decimals(pd.Series([float(value)])) if decimals is None else decimals
        return f"{round(float(value), places) + 0.0:,.{places}f}"  # adding nought turns -0.0 into 0.0
    if isinstance(value, date):
        return value.strftime("%Y-%m-%d")
    return escape(value)


def table(frame: pd.DataFrame, *, identity: str, caption: str, subtitle: str = "") -> str:
    """Write a table with caption, one header row, and the first column as row headers.

    The caption stands above the region that scrolls, so that it can be read whole on a narrow screen,
    and names both region and table.

    Parameters
    ----------
    frame
        At least one column; the index is not shown.
    identity
        Value of its ``id``.
    caption, subtitle
        The caption's first line and the line below it.

    Returns
    -------
    str
        HTML: a region that scrolls sideways on a narrow screen and can be reached by keyboard.
    """
    decimals = [_decimals(frame[name]) for name in frame]
    head = "".join(
        f'<th scope="col"{_side(places)}>{escape(name)}</th>'
        for name, places in zip(frame, decimals, strict=True)
    )
    body = "\n".join(_row(row, decimals) for row in frame.astype(object).itertuples(index=False))
    small = f'<p class="pfpp-subtitle">{escape(subtitle)}</p>\n' if subtitle else ""
    named = f'aria-labelledby="{identity}-title"'
    return (
        f'<div class="pfpp-block" id="{identity}">\n'
        f'<p class="pfpp-title" id="{identity}-title">{escape(caption)}</p>\n{small}'
        f'<div class="pfpp-table" role="region" tabindex="0" {named}>\n<table {named}>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n</div>"
    )


def heading(title: str, subtitle: str) -> str:
    """Write the lines above a figure.

    Parameters
    ----------
    title
        Number and finding, as plain text.
    subtitle
        Measure, geography and period, as plain text.

    Returns
    -------
    str
        HTML: two paragraphs.
    """
    return f'<p class="pfpp-title">{escape(title)}</p>\n<p class="pfpp-subtitle">{escape(subtitle)}</p>'


def foot(source: str, *, notes: tuple[str, ...] = ()) -> str:
    """Write the lines below a figure or table: notes, then the source.

    Parameters
    ----------
    source
        Where the data come from, as plain text.
    notes
        Notes as plain text, numbered from 1 here.

    Returns
    -------
    str
        HTML: one paragraph a note, and one for the source.
    """
    noted = "".join(
        f'<p class="pfpp-note">[note {i}] {escape(note)}</p>\n' for i, note in enumerate(notes, start=1)
    )
    return f'\n{noted}<p class="pfpp-source">Source: {escape(source)}</p>'


def details(frame: pd.DataFrame, label: str, title: str) -> str:
    """Write the data behind a figure as a table that opens on request.

    Parameters
    ----------
    frame
        The data, with column names for readers.
    label
        The figure's number, such as ``"Figure 1"``.
    title
        The figure's title.

    Returns
    -------
    str
        HTML: the closed table; above :data:`ROWS` rows only a note that names the download.
    """
    if len(frame) > ROWS:
        return (
            f'\n<p class="pfpp-note">The data behind this figure: {len(frame):,} rows, in the download.</p>'
        )
    inner = table(
        frame, identity=f"data-{label.lower().replace(' ', '-')}", caption=f"Data of {label}: {title}"
    )
    return f'\n<details class="pfpp-details"><summary>Data of {escape(label)}</summary>\n{inner}\n</details>'


def _decimals(column: pd.Series[Any]) -> int | None:
    """Decimal places for a column of numbers, as few as two places need; None for other columns."""
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return None
    values = column.dropna().astype(float).round(2)
    return next((places for places in (0, 1) if (values == values.round(places)).all()), 2)


def _row(row: tuple[object, ...], decimals: list[int | None]) -> str:
    first = f'<th scope="row"{_side(decimals[0])}>{cell(row[0], decimals[0])}</th>'
    pairs = zip(row[1:], decimals[1:], strict=True)
    rest = (f"<td{_side(places)}>{cell(value, places)}</td>" for value, places in pairs)
    return f"<tr>{first}{''.join(rest)}</tr>"


def _side(decimals: int | None) -> str:
    return "" if decimals is None else ' class="pfpp-number"'
