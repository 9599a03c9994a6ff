"""The whole book as one PDF beside its pages, and a link to it on each of them."""

from __future__ import annotations

import os
import shutil
from datetime import UTC, datetime
from html import escape
from pathlib import Path
from typing import Final

import yaml
from bs4 import BeautifulSoup

from pfpp_utils.publish import record, settings
from pfpp_utils.publish.finish import icons
from pfpp_utils.publish.paper import chapters, printing
from pfpp_utils.publish.paper.volume import Cover, document
from pfpp_utils.publish.plan import Page

#: The PDF, and what it is printed from, in the folder of the book.
NAME: Final = "whole-book.pdf"
PAGE, STYLE = "_paper.html", "_paper.css"
_BUTTONS = '<div class="article-header-buttons">'


def put(folder: Path, pages: list[Page]) -> Path:
    """Print a built book and offer the PDF on its pages.

    Parameters
    ----------
    folder
        The book; pages that are linked to another book are replaced, not changed.
    pages
        Top-level pages of the plan.

    Returns
    -------
    pathlib.Path
        The PDF.

    Raises
    ------
    InputError
        If there is no browser.
    """
    listed, cover = list(chapters.listed(pages)), _cover()
    front = (folder / f"{listed[0].name}.html").read_text(encoding="utf-8")
    styles = [*_styles(front), STYLE]
    try:
        shutil.copyfile(Path(__file__).with_name("paper.css"), folder / STYLE)
        (folder / PAGE).write_text(document(folder, listed, cover, styles=styles), encoding="utf-8")
        count = printing.pdf(folder, PAGE, folder / NAME, cover)
    finally:
        for name in (PAGE, STYLE):
            (folder / name).unlink(missing_ok=True)
    told = f"the whole book (PDF, {count:,} pages, {(folder / NAME).stat().st_size / 1e6:.1f} MB)"
    for page in folder.rglob("*.html"):
        _link(page, folder, told, front=page.stem == listed[0].name)
    return folder / NAME


def _styles(front: str) -> list[str]:
    head = BeautifulSoup(front.partition("</head>")[0], "html.parser")
    return [str(one["href"]) for one in head.select('link[rel="stylesheet"]:not(noscript *)')]


def _cover() -> Cover:
    said = yaml.safe_load(settings.text())
    language = said["sphinx"]["config"].get("language", "en")
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    today = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC)
    lines = (f"Printed from the book on {today.day} {today:%B %Y}.", record.line())
    return Cover(said.get("title", ""), said.get("author", ""), language, record.line(), lines)


def _link(page: Path, folder: Path, told: str, *, front: bool) -> None:
    before = page.read_text(encoding="utf-8")
    way = f"{'../' * (len(page.relative_to(folder).parts) - 1)}{NAME}"
    named = escape(f"Download {told}")
    icon = icons.drawn('<i class="fa-solid fa-file-pdf"></i>')
    button = (
        f'<a class="btn btn-sm pst-navbar-icon" href="{way}" title="{named}" aria-label="{named}">{icon}</a>'
    )
    after = before.replace(_BUTTONS, f"{_BUTTONS}\n{button}", 1)
    if front:
        words = f'<p class="pfpp-download"><a href="{way}">{named}</a></p>'
        after = f"{words}\n</article>".join(after.rsplit("</article>", 1))
    if after != before:
        page.unlink()  # it may be the last book's too
        page.write_text(after, encoding="utf-8")
