"""Redraw the README's picture: a page of the built book, in headless Chromium.

Run it with `make picture` after `make book`. It starts its own server on the loopback address and
stops it again. Chromium is looked for as `chromium`, `chromium-browser` or `google-chrome`; the
environment variable CHROMIUM names another.
"""

from __future__ import annotations

import functools
import http.server
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from pathlib import Path

import click

from pfpp_utils.errors import Failure
from pfpp_utils.publish import book

PICTURE = Path("book/_static/picture.png")
BROWSERS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


def browser() -> str:
    """Find Chromium on this machine."""
    named = os.environ.get("CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), None)
    if not found:
        raise Failure(f"no Chromium found; install one of {', '.join(BROWSERS)} or set CHROMIUM")
    return found


def picture(page: str, target: Path, *, width: int, height: int) -> None:
    """Save a picture of one page of the built book as PNG."""
    handler = functools.partial(_Quiet, directory=str(book.folder()))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        with tempfile.TemporaryDirectory() as profile:
            address = f"http://127.0.0.1:{server.server_port}/{page}"
            command = [browser(), *QUIET, f"--user-data-dir={profile}", f"--window-size={width},{height}"]
            command += ["--virtual-time-budget=8000", f"--screenshot={target.resolve()}", address]
            subprocess.run(command, check=True, capture_output=True, timeout=120)
        server.shutdown()


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Log nothing."""


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
    except Failure as error:
        sys.exit(str(error))
    print(f"{target} drawn from {page}")


if __name__ == "__main__":
    main()
