"""Accessible HTML for tables and the parts around a figure; all text from data is escaped here."""

from __future__ import annotations

import html
import numbers
import re
from datetime import date
from typing import Any

import pandas as pd

from pfpp_utils.characters import shown
from pfpp_utils.methods.disclosure import WITHHELD

#: Marks an output so that the book builder can turn it into one HTML figure.
MARK = "pfpp"
MISSING = "not stated"
#: A column with a longer text holds sentences: it has room for several words, however narrow the page.
SENTENCE = 50
#: Tables longer than this are offered as a download only.
ROWS = 200

_PAGE = r"([A-Za-z0-9][\w-]*)(?:\.md|\.ipynb)?"
#: Links to other pages, in HTML and in Markdown: no folder, no scheme, no other ending.
_ADDRESS = re.compile(rf"""(<a\s[^>]*?\bhref=["']){_PAGE}(?=[#?"'])""")
_LINK = re.compile(rf"(\]\(<?){_PAGE}(?=[#?>)\s])")
_TAG = re.compile(r"<[^>]*>")
#: What begins something in Markdown, or in the extensions of it that the book builder knows.
_MARKS = re.compile(r"([\\`*_{}\[\]$~^|]|(?<!\S)[#+\-:=](?=[\s:=-]|$)|(?<=\d)[.)](?=\s)|:(?=//))")
#: What begins a formula in some spreadsheet, also after spaces and in the wide forms of the signs.
_FORMULA = re.compile(r"[ \xa0]*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")


class Html(str):
    """Text that is HTML already, with everything from data in it escaped; `cell` leaves it as it is."""

    __slots__ = ()


def escape(value: object) -> str:
    """Escape text for HTML.

    Parameters
    ----------
    value
        Anything; it is turned into text first.

    Returns
    -------
    str
        Text that is safe in HTML, also in attributes; characters that act are shown as what they are.
    """
    return html.escape(shown(str(value)))


def plain(value: object) -> str:
    r"""Escape text for a sentence in Markdown.

    Parameters
    ----------
    value
        Anything; it is turned into text first, on one line.

    Returns
    -------
    str
        Text that shows as it is: no emphasis, link, picture, code, formula, list or HTML.

    Examples
    --------
    >>> plain("*Arts* & [Crafts](x)")
    '\\*Arts\\* &amp; \\[Crafts\\](x)'
    """
    text = html.escape(" ".join(shown(str(value)).split()), quote=False)
    return _MARKS.sub(r"\\\1", text)


def linked(text: str, *, markdown: bool = False) -> str:
    """Give links to other pages of the book the ending that these have once they are built.

    The book builder does so in what is written as prose, but not in what a notebook's code has made.

    Parameters
    ----------
    text
        HTML, or Markdown with some.
    markdown
        Whether it is Markdown.

    Returns
    -------
    str
        The same, with ``.html`` after the name of a page; anchors and all other links as they were.

    Examples
    --------
    >>> linked('<a href="methods#matching">How</a>')
    '<a href="methods.html#matching">How</a>'
    >>> linked("[Durham](spend-durham#claim-1), [data](_static/x.csv)", markdown=True)
    '[Durham](spend-durham.html#claim-1), [data](_static/x.csv)'
    """
    text = _ADDRESS.sub(r"\1\2.html", text)
    return _LINK.sub(r"\1\2.html", text) if markdown else text


def defuse(value: object) -> object:
    """Keep a spreadsheet from running text that looks like a formula.

    Parameters
    ----------
    value
        The value of one cell.

    Returns
    -------
    object
        Text that begins like a formula, with an apostrophe before it, and with characters that act shown as
        what they are; any other value as given.

    Examples
    --------
    >>> defuse("=1+1"), defuse(-3), defuse("Durham")
    ("'=1+1", -3, 'Durham')
    """
    if not isinstance(value, str):
        return value
    return f"'{shown(value)}" if _FORMULA.match(value) else shown(value)


def links(texts: pd.Series[str], pages: list[str]) -> pd.Series[Any]:
    """Write a column of links, which pandas would otherwise take for plain text.

    Parameters
    ----------
    texts
        What the links say.
    pages
        Where each leads, in the same order.

    Returns
    -------
    pandas.Series
        Of :class:`Html`, with the index of `texts`.
    """
    return pd.Series(list(map(link, texts, pages)), index=texts.index, dtype=object)


def bare(value: object) -> object:
    """Take the tags off what is HTML, for a download; anything else is left as it is.

    Examples
    --------
    >>> bare(link("Bread & Co", "place-north")), bare("<b>")
    ('Bread & Co', '<b>')
    """
    return html.unescape(_TAG.sub("", value)) if isinstance(value, Html) else value


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
    if isinstance(value, Html):
        return str(value)
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


def link(text: object, page: str) -> Html:
    """Write a link to a page of the book, or to a place on it.

    Examples
    --------
    >>> link("Bread & Co", "place-north")
    '<a href="place-north">Bread &amp; Co</a>'
    """
    return Html(f'<a href="{escape(page)}">{escape(text)}</a>')


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
        f'<th scope="col"{_side(places) or _room(frame[name])}>{escape(name)}</th>'
        for name, places in zip(frame, decimals, strict=True)
    )
    body = "\n".join(_row(row, decimals) for row in frame.astype(object).itertuples(index=False))
    named = f'aria-labelledby="{identity}-title"'
    return (
        f'<div class="pfpp-block" id="{identity}">\n'
        f"{named_by(identity, caption, subtitle)}\n"
        f'<div class="pfpp-table" role="region" tabindex="0" {named}>\n<table {named}>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n</div>"
    )


def named_by(identity: str, caption: str, subtitle: str = "") -> str:
    """Write the lines above a table, the first of which names it.

    Parameters
    ----------
    identity, caption, subtitle
        As for :func:`table`.

    Returns
    -------
    str
        HTML: a paragraph or two; the first one's ``id`` ends in ``-title``.
    """
    small = f'\n<p class="pfpp-subtitle">{escape(subtitle)}</p>' if subtitle else ""
    return f'<p class="pfpp-title" id="{identity}-title">{escape(caption)}</p>{small}'


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
    if pd.api.types.is_object_dtype(column) and column.eq(WITHHELD).any():
        column = column.mask(column.eq(WITHHELD)).infer_objects()
    if not pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return None
    values = column.dropna().astype(float).round(2)
    return next((places for places in (0, 1) if (values == values.round(places)).all()), 2)


def _row(row: tuple[object, ...], decimals: list[int | None]) -> str:
    first = f'<th scope="row"{_side(decimals[0])}>{cell(row[0], decimals[0])}</th>'
    pairs = zip(row[1:], decimals[1:], strict=True)
    rest = (f"<td{_side(places)}>{cell(value, places)}</td>" for value, places in pairs)
    return f"<tr>{first}{''.join(rest)}</tr>"


def _room(column: pd.Series[Any]) -> str:
    """Mark a column of sentences, which on a phone would else get the room of a word."""
    longest = max((len(_TAG.sub("", str(value))) for value in column), default=0)
    return ' class="pfpp-long"' if longest > SENTENCE else ""


def _side(decimals: int | None) -> str:
    return "" if decimals is None else ' class="pfpp-number"'
