"""What a page puts out: figures in three parts and tables, numbered, each marked for the book builder."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pandas as pd
from IPython.display import display

from pfpp_utils.publish import downloads, markup

_numbers: dict[str, dict[str, int]] = {"Figure": {}, "Table": {}, "List": {}}


def figure(
    name: str,
    title: str,
    subtitle: str,
    source: str,
    data: pd.DataFrame,
    content: dict[str, Any],
    alt: str,
    withheld: Callable[[str], str],
) -> None:
    """Put out heading, picture and foot; the book builder joins the three into one HTML figure.

    Parameters
    ----------
    name, title, subtitle, source, data, alt
        As in :func:`pfpp_utils.publish.show.figure`.
    content
        The picture, by media type.
    withheld
        Says for a label what was withheld, as HTML.
    """
    label = f"Figure {number('Figure', name)}"
    head = {
        "text/html": markup.heading(f"{label}. {title}", subtitle),
        "text/plain": f"{label}. {title}\n{subtitle}",
    }
    emit(head, part="head", name=name)
    emit(content, part="picture", name=name, alt=alt)
    foot = markup.foot(source) + withheld(label) + markup.details(data, label, title)
    content = {"text/html": foot, "text/csv": downloads.csv(data), "text/plain": f"Source: {source}"}
    sheet = downloads.sheet(label, title, subtitle, source, about=(f"The figure in words: {alt}",))
    emit(content, part="foot", name=name, label=label, workbook=sheet)


def emit(content: dict[str, Any], **mark: str) -> None:
    """Put out one thing by its media types, with the mark without which no page takes it."""
    display(content, raw=True, metadata={markup.MARK: mark})


def number(kind: str, name: str) -> int:
    """Return a figure's or table's number, in order of appearance; running a cell again keeps it."""
    return _numbers[kind].setdefault(name, len(_numbers[kind]) + 1)
