"""A crawl over the files of a book: every address in pages, pictures and style sheets, and where it leads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

#: Attributes that hold an address, in HTML and in SVG.
ADDRESSES = ("href", "src", "action", "poster", "data-figure", "xlink:href")


class Page(HTMLParser):
    """Collects the addresses that a page names, and what can be linked to in it."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.anchors: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.anchors |= {given[key] or "" for key in ("id", "name") if given.get(key)}
        self.links += [given[key] or "" for key in ADDRESSES if key in given]
        if tag == "meta" and given.get("http-equiv") == "refresh":
            self.links.append((given["content"] or "").partition("url=")[2])


def _read(path: Path) -> Page:
    text = path.read_text(encoding="utf-8")
    if path.suffix != ".css":
        return Page(text)
    page = Page("")
    page.links = re.findall(r"""url\(["']?([^"')]+)|@import\s+["']([^"']+)""", text)
    page.links = [first or second for first, second in page.links]
    return page


def pages(folder: Path) -> dict[Path, Page]:
    """Read everything in a book that names addresses; what it names is asked for without being clicked."""
    found = [path for kind in ("html", "svg", "css") for path in folder.rglob(f"*.{kind}")]
    return {path.resolve(): _read(path) for path in found}


def lost(folder: Path) -> list[str]:
    """List the links of a book that lead nowhere in it."""
    return list(_lost(pages(folder)))


def _lost(read: dict[Path, Page]) -> Iterator[str]:
    for path, page in read.items():
        for link in dict.fromkeys(page.links):
            address = urlsplit(link)
            if address.scheme or address.netloc:
                continue
            target = (path.parent / unquote(address.path)).resolve() if address.path else path
            anchor = unquote(address.fragment)
            if not target.is_file() or (anchor and target in read and anchor not in read[target].anchors):
                yield f"{path.name}: {link}"
