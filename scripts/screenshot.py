"""Redraw the README's picture: a page of the built book, in headless Chromium.

Run it with `make picture` after `make book`. It starts its own server on the loopback address and
stops it again. Chromium is looked for as `chromium`, `chromium-browser` or `google-chrome`; the
environment variable CHROMIUM names another.
"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from pfpp_utils.errors import InputError
from pfpp_utils.publish import book, browser, site

PICTURE = Path("book/_static/picture.png")


def picture(page: str, target: Path, *, width: int, height: int) -> None:
    """Save a picture of one page of the built book as PNG."""
    with browser.opened() as chromium, site.served(book.folder()) as at:
        window = chromium.new_page(viewport={"width": width, "height": height})
        window.goto(f"{at}/{page}", wait_until="networkidle")
        window.screenshot(path=target)


@click.command()
@click.option("--page", default="effective-interventions.html", show_default=True, help="Page of the book.")
@click.option("--to", "target", type=click.Path(path_type=Path), default=PICTURE, show_default=True)
@click.option("--width", default=1280, show_default=True, help="Width of the window in pixels.")
@click.option("--height", default=1980, show_default=True, help="Height of the window in pixels.")
def main(page: str, target: Path, width: int, height: int) -> None:
    """Save a picture of a page of the built book."""
    if not (book.folder() / page).is_file():
        sys.exit(f"{page} is not in the built book; run `make book` first")
    try:
        picture(page, target, width=width, height=height)
    except InputError as error:
        sys.exit(str(error))
    print(f"{target} drawn from {page}")


if __name__ == "__main__":
    main()
