"""What other sites show of a page when somebody shares it: title, summary and a picture of both."""

from __future__ import annotations

import functools
import hashlib
import importlib.util
import io
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PIL.ImageFont import FreeTypeFont

#: In pixels: the size that sites ask for, and the space at the edges.
WIDTH, HEIGHT, EDGE = 1200, 630, 72
GROUND, INK, SOFT, BAR = "#ffffff", "#1a1a1a", "#4d4d4d", "#12436d"
#: Sizes of letters, the most lines they may take, and what one line needs.
TITLE, SAID, SMALL = (60, 3, 74), (33, 6, 46), (28, 1, 40)
#: Changes with what is drawn, so that pictures of another look are drawn again.
LOOK: Final = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()


def name(*texts: str) -> str:
    """Name a picture by what it shows: the same texts have the same name."""
    return f"{hashlib.sha256(repr((LOOK, texts)).encode()).hexdigest()[:16]}.png"


def draw(book: str, title: str, said: str) -> bytes:
    """Draw the picture of a page.

    Parameters
    ----------
    book
        Title of the book.
    title
        Title of the page.
    said
        Its summary; it ends in an ellipsis where there is no more room.

    Returns
    -------
    bytes
        PNG of 1200 by 630 pixels; always the same for the same texts.
    """
    from PIL import Image, ImageDraw  # noqa: PLC0415 slow to load, and only needed where a text is new

    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((0, 0, 24, HEIGHT), fill=BAR)
    down = EDGE - 16
    texts = ((book, SMALL, False, SOFT), (title, TITLE, True, INK), (said, SAID, False, SOFT))
    for text, (size, most, line), bold, ink in texts:
        font = _font(size, bold=bold)
        for words in lines(text, font, most):
            pen.text((EDGE, down), words, font=font, fill=ink)
            down += line
        down += 24
    file = io.BytesIO()
    picture.quantize(32, method=Image.Quantize.FASTOCTREE).save(file, "PNG", optimize=False)
    return file.getvalue()


@functools.cache
def _font(size: int, *, bold: bool) -> FreeTypeFont:
    """Load the letters that matplotlib brings along, without loading it."""
    from PIL import ImageFont  # noqa: PLC0415

    (room,) = importlib.util.find_spec("matplotlib").submodule_search_locations  # type: ignore[union-attr, misc]
    file = "DejaVuSans-Bold.ttf" if bold else "DejaVuSans.ttf"
    return ImageFont.truetype(Path(room, "mpl-data/fonts/ttf", file), size)


def lines(text: str, font: FreeTypeFont, most: int) -> list[str]:
    """Break a text into lines that fit the picture.

    Parameters
    ----------
    text
        Words parted by spaces.
    font
        The letters.
    most
        How many lines there may be; the last one ends in an ellipsis if there are more.

    Returns
    -------
    list of str
        No line is wider than the picture.
    """
    broken = list(_broken(text, font, WIDTH - 2 * EDGE))
    if len(broken) > most:
        last = broken[most - 1]
        while font.getlength(f"{last} …") > WIDTH - 2 * EDGE:
            last = last[:-1]
        broken = [*broken[: most - 1], f"{last.rstrip(' ,;:.')} …"]
    return broken


def _broken(text: str, font: FreeTypeFont, width: float) -> Iterator[str]:
    line = ""
    for word in text.split():
        longer = f"{line} {word}".strip()
        if line and font.getlength(longer) > width:
            yield line
            longer = word
        while font.getlength(longer) > width:  # one word alone
            fits = next(cut for cut in range(len(longer), 0, -1) if font.getlength(longer[:cut]) <= width)
            yield longer[:fits]
            longer = longer[fits:]
        line = longer
    if line:
        yield line


def tags(book: str, title: str, said: str, *, picture: str, address: str) -> str:
    """Write what other sites read.

    Parameters
    ----------
    book, title, said
        As for :func:`draw`.
    picture
        Address of the picture; a whole one, or none is told: other sites follow no other.
    address
        Address of the page; empty if it is not known.

    Returns
    -------
    str
        HTML for the head of the page.
    """
    told = {"og:type": "article", "og:site_name": book, "og:title": title, "og:description": said}
    if address:
        told |= {"og:url": address, "og:image": picture, "og:image:alt": f"{title}. {said}"}
        told |= {"og:image:width": str(WIDTH), "og:image:height": str(HEIGHT)}
    listed = [f'<meta property="{key}" content="{escape(value)}" />' for key, value in told.items() if value]
    if said:
        listed.append(f'<meta name="description" content="{escape(said)}" />')
    return "\n    ".join(["", *listed, '<meta name="twitter:card" content="summary_large_image" />', ""])
