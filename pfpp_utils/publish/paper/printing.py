"""A document printed by the browser: tagged, with bookmarks, and page numbers in its contents."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import pikepdf

from pfpp_utils.publish import browser, site
from pfpp_utils.publish.paper.volume import NUMBER, Cover

if TYPE_CHECKING:
    from playwright.sync_api import Page, ViewportSize

#: Longest time for a step, in milliseconds: a book of a thousand pages on a busy machine.
PATIENCE = 600_000
#: What a page of paper holds between its margins, in pixels: see ``@page`` in ``paper.css``.
TEXT_AREA: Final[ViewportSize] = {"width": 658, "height": 964}
#: Draws the flow diagrams as they are in the book, all at once; returns how many.
DRAW = """async () => {
  const places = [...document.querySelectorAll(".pfpp-diagram[data-figure]")];
  if (!places.length) return 0;
  await new Promise((done, failed) => {
    const script = document.createElement("script");
    Object.assign(script, { src: "_static/plotly.min.js", onload: done, onerror: failed });
    document.head.append(script);
  });
  for (const place of places) {
    const figure = await (await fetch(place.dataset.figure)).json();
    const layout = { ...figure.layout, width: 640 };
    await Plotly.newPlot(place, figure.data, layout, { staticPlot: true });
  }
  return places.length;
}"""
READY = """async () => {
  await document.fonts.ready;
  await Promise.all([...document.images].map((one) => one.decode()));
}"""
#: Lets words break in tables that would be wider than the page.
TIGHTEN = """() => {
  for (const table of document.querySelectorAll("table")) {
    table.classList.toggle("tight", table.offsetWidth > document.querySelector("main").clientWidth);
  }
}"""
FILL = """numbers => {
  for (const [id, number] of Object.entries(numbers)) document.getElementById(id).textContent = number;
}"""


def pdf(folder: Path, page: str, target: Path, cover: Cover) -> int:
    """Print a document of the book's folder.

    Parameters
    ----------
    folder
        The built book.
    page
        File of the document in it, from :func:`pfpp_utils.publish.paper.volume.document`.
    target
        Where to.
    cover
        For the properties of the PDF.

    Returns
    -------
    int
        How many pages it has.

    Raises
    ------
    InputError
        If there is no browser.
    """
    with browser.opened() as chromium, site.served(folder) as at:
        window = chromium.new_page(viewport=TEXT_AREA)
        window.set_default_timeout(PATIENCE)
        window.emulate_media(media="print", color_scheme="light")
        window.goto(f"{at}/{page}", wait_until="load")
        window.evaluate(DRAW)
        window.evaluate(READY)
        window.evaluate(TIGHTEN)
        window.evaluate(FILL, _numbers(_printed(window)))
        return _finish(_printed(window), target, cover)


def _printed(window: Page) -> bytes:
    return window.pdf(prefer_css_page_size=True, print_background=True, tagged=True, outline=True)


def _numbers(printed: bytes) -> dict[str, str]:
    """Read on which page each chapter begins; a link in the contents names where it leads."""
    with pikepdf.open(io.BytesIO(printed)) as document:
        pages = {page.obj.objgen: number for number, page in enumerate(document.pages, start=1)}
        ends: Any = document.Root.Dests
        found = {str(name).removeprefix("/"): pages[end[0].objgen] for name, end in ends.items()}
    return {f"{NUMBER}{name}": str(page) for name, page in found.items() if "--" not in name}


def _finish(printed: bytes, target: Path, cover: Cover) -> int:
    """Say what the document is, which the browser does only in part, and keep what is the same once."""
    with pikepdf.open(io.BytesIO(printed)) as document:
        with document.open_metadata() as said:
            said["dc:title"], said["dc:creator"] = cover.title, [cover.author]
            said["dc:language"], said["xmp:CreatorTool"] = [cover.language], cover.maker
        document.Root.PageMode = pikepdf.Name.UseOutlines
        document.Root.ViewerPreferences = pikepdf.Dictionary(DisplayDocTitle=True)
        for item in _bookmarks(document.Root.get("/Outlines")):
            item.Title = _once(str(item.Title))
        share(document)
        count = len(document.pages)
        document.save(target, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    return count


def share(document: pikepdf.Pdf) -> None:
    """Keep each picture once: the browser writes a hatching again for every shape that has it.

    Parameters
    ----------
    document
        A PDF, which is changed.
    """
    first: dict[bytes, Any] = {}
    for user in document.objects:
        if isinstance(user, pikepdf.Stream) and "/Resources" in user:
            named = user.Resources.get("/XObject", pikepdf.Dictionary())
            for name, one in dict(named).items():
                same = one.read_raw_bytes() + repr(sorted(map(str, one.keys()))).encode()
                named[name] = first.setdefault(hashlib.sha256(same).digest(), one)


def _bookmarks(outline: Any) -> Iterator[Any]:  # noqa: ANN401 objects of pikepdf are what they are read as
    """Walk the outline, each entry before those below it."""
    waiting = [outline]
    while waiting:
        if (item := waiting.pop()) is not None:
            if "/Title" in item:
                yield item
            waiting += [item.get("/Next"), item.get("/First")]


def _once(title: str) -> str:
    """Write a title once: of a heading at the top of a page, the browser writes it twice."""
    half = len(title) // 2
    return title[:half] if title[:half] == title[half:] else title
