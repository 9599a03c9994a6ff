"""How a page is cited: from the project's own ``CITATION.cff`` or settings; nothing is made up."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from html import escape
from typing import Any, Final

#: What BibTeX takes for a command, and how it is written as a character.
_MARKS: Final = {mark: f"\\{mark}" for mark in "&%$#_{}"} | {
    "\\": r"\textbackslash{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


@dataclass(frozen=True)
class Work:
    """The book that a page is a part of.

    Attributes
    ----------
    title
        Of the book.
    authors
        Names as they are to be written; none if nobody is named.
    year
        Of the edition; empty if not known.
    version
        Of the edition; empty if not known.
    """

    title: str
    authors: tuple[str, ...] = ()
    year: str = ""
    version: str = ""


@dataclass(frozen=True)
class Part:
    """A page, as it is cited.

    Attributes
    ----------
    book
        What it is a part of.
    page, title
        Its name and its title.
    made
        The day on which it was made.
    address
        Where it is published; empty if that is not known.
    """

    book: Work
    page: str
    title: str
    made: date
    address: str = ""


def work(settings: Mapping[str, Any], cff: Mapping[str, Any] | None) -> dict[str, Any]:
    """Say how the book is cited.

    Parameters
    ----------
    settings
        The book's ``_config.yml``.
    cff
        Its ``CITATION.cff``, if there is one.

    Returns
    -------
    dict
        Fields of :class:`Work`.
    """
    cff = cff or {}
    listed = [_author(one) for one in cff.get("authors") or ()] or [settings.get("author") or ""]
    year = re.search(r"\d{4}", str(cff.get("date-released") or settings.get("copyright") or ""))
    title = str(cff.get("title") or settings.get("title") or "")
    made = Work(title, tuple(filter(None, listed)), year[0] if year else "", str(cff.get("version") or ""))
    return asdict(made) | {"authors": list(made.authors)}


def _author(one: Mapping[str, Any]) -> str:
    if name := one.get("name"):
        return str(name)
    parts = (one.get(part) for part in ("given-names", "name-particle", "family-names"))
    return " ".join(str(part) for part in parts if part) or str(one.get("alias") or "")


def today() -> date:
    """Tell the day of the build; the one that ``SOURCE_DATE_EPOCH`` names, if it is set."""
    said = os.environ.get("SOURCE_DATE_EPOCH")
    return datetime.fromtimestamp(int(said), UTC).date() if said else datetime.now(UTC).date()


def bibtex(part: Part) -> str:
    """Write the entry of a page, in BibTeX."""
    book = part.book
    fields = {
        "author": " and ".join(f"{{{_bib(name)}}}" for name in book.authors),
        "title": f"{{{_bib(part.title)}}}",
        "booktitle": f"{{{_bib(book.title)}}}",
        "year": book.year,
        "edition": f"Version {_bib(book.version)}" if book.version else "",
        "note": f"Page {_bib(part.page)}.html, made on {part.made:%Y-%m-%d}",
        "url": part.address,
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@incollection{{{re.sub(r'[^A-Za-z0-9-]+', '-', part.page)},\n{lines}}}\n"


def _bib(text: str) -> str:
    return "".join(_MARKS.get(mark, mark) for mark in " ".join(text.split()))


def sentence(part: Part) -> str:
    """Write how a page is cited in prose, in HTML."""
    book, address = part.book, escape(part.address)
    who = " and ".join(book.authors)
    year = f" ({book.year})" if book.year else ""
    named = f"{escape(who)}{year}. " if who else ""
    version = f", version {escape(book.version)}" if book.version else ""
    day = f"{part.made.day} {part.made:%B %Y}"
    where = f'<a href="{address}">{address}</a>' if address else f"Page {escape(part.page)}.html."
    told = f"<cite>{escape(book.title)}</cite>{version}. Made on {day}. {where}"
    return f"{named}“{escape(part.title)}.” In {told}"


def details(said: str, entry: str, file: str) -> str:
    """Write what a reader opens to cite a page.

    Parameters
    ----------
    said
        From :func:`sentence`.
    entry
        From :func:`bibtex`.
    file
        Where the entry can be downloaded, as seen from the page.

    Returns
    -------
    str
        HTML.
    """
    link = f'<a href="{escape(file)}" download>Download this citation (BibTeX)</a>'
    inner = f"<p>{said}</p>\n<pre>{escape(entry)}</pre>\n<p>{link}</p>"
    return f'\n<details class="pfpp-cite"><summary>Cite this page</summary>\n{inner}\n</details>\n'
