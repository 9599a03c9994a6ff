"""Chapters of a printed book: the articles of its pages, fit to stand in one document."""

from __future__ import annotations

import posixpath
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import unquote, urlsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from pfpp_utils.publish.plan import Page

#: What is no use on paper: scripts, controls, folded code and folded data, signs that link to themselves.
UNPRINTED: Final = (
    "script, noscript, form, button, dialog, .headerlink, .pfpp-permalink, .pfpp-download, a.download, "
    ".pfpp-close, "
    ".cell_input, details.hide, details.pfpp-details, [hidden]"
)
#: Attributes that name elements of the same page, one or several.
NAMING: Final = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
#: What only makes sense where a reader can scroll.
SCROLLING: Final = ("tabindex", "loading", "decoding")


@dataclass(frozen=True)
class Chapter:
    """A page of the book as a chapter.

    Attributes
    ----------
    name
        Of the page: its file without ``.html``.
    part
        Part of the book; empty for the front page.
    depth
        How deep it lies: 0 for the front page, 1 in a part, 2 below another page.
    """

    name: str
    part: str
    depth: int


def listed(pages: list[Page], depth: int = 0) -> Iterator[Chapter]:
    """Take the chapters from the plan.

    Parameters
    ----------
    pages
        Top-level pages.
    depth
        How deep they lie below those of their part.

    Yields
    ------
    Chapter
        Each page, in the order of the book.
    """
    for page in pages:
        yield Chapter(page.name, page.part, depth + bool(page.part))
        yield from listed(list(page.children), depth + 1)


def article(html: str, chapter: Chapter, names: set[str]) -> Tag:
    """Take the article out of a page.

    Parameters
    ----------
    html
        The page.
    chapter
        What it is.
    names
        Of all chapters: links to these become links within the document.

    Returns
    -------
    bs4.element.Tag
        The article: its headings as deep as the chapter lies, its names the chapter's own, its files named
        from the folder of the book. Links to anything else in the book's folder are text.
    """
    start, end = html.find("<article"), html.rfind("</article>")  # the menu beside it is longer than it is
    found = BeautifulSoup(html[start:end] if start >= 0 else "", "html.parser").article
    if found is None:
        raise ValueError(f"{chapter.name}: a page without an article")
    for one in found.select(UNPRINTED):
        one.decompose()
    for one in found.find_all(True):
        _fit(one, chapter, names)
    found.name, found.attrs = "section", {"class": f"chapter depth-{chapter.depth}", "id": chapter.name}
    return found


def _fit(one: Tag, chapter: Chapter, names: set[str]) -> None:
    for key in SCROLLING:
        one.attrs.pop(key, None)
    if one.get("id"):
        one["id"] = f"{chapter.name}--{one['id']}"
    for key in NAMING:
        if key in one.attrs:
            one[key] = " ".join(f"{chapter.name}--{name}" for name in str(one[key]).split())
    for key in ("src", "data-figure"):
        if key in one.attrs:
            one[key] = _inside(str(one[key]), chapter.name)
    if one.name == "a":
        _link(one, chapter, names)
    elif one.name in ("h1", "h2", "h3", "h4", "h5", "h6"):
        rank = int(one.name[1])
        one["class"] = " ".join([*filter(None, one.get_attribute_list("class")), f"rank-{rank}"])
        one.name = f"h{min(6, rank + chapter.depth)}"


def _inside(address: str, page: str) -> str:
    """Give the address of a file of the book from the folder of the book."""
    return address if urlsplit(address).scheme else posixpath.normpath(posixpath.join(page, "..", address))


def _link(one: Tag, chapter: Chapter, names: set[str]) -> None:
    address = urlsplit(str(one.get("href", "")))
    if address.scheme in ("http", "https", "mailto"):
        return
    path = _inside(unquote(address.path), chapter.name) if address.path else f"{chapter.name}.html"
    name, suffix = posixpath.splitext(path)
    if suffix == ".html" and name in names and not address.netloc and not address.scheme:
        one["href"] = f"#{name}--{unquote(address.fragment)}" if address.fragment else f"#{name}"
    else:
        one.attrs.pop("href", None)
