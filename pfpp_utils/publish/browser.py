"""The browser of this machine, Chromium, driven by Playwright; none is fetched."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from pfpp_utils.errors import InputError

if TYPE_CHECKING:
    from playwright.sync_api import Browser

#: Commands that start it, the first that there is.
COMMANDS: Final = ("chromium", "chromium-browser", "google-chrome")
#: What keeps it to itself: no sandbox within a container, and no calls home.
QUIET: Final = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


def find() -> str:
    """Find the browser.

    Returns
    -------
    str
        Its command: what the environment variable ``CHROMIUM`` names, or else the first of :data:`COMMANDS`.

    Raises
    ------
    InputError
        If there is none.
    """
    named = os.environ.get("CHROMIUM", "")
    found = next(filter(None, map(shutil.which, [named] if named else COMMANDS)), None)
    if not found:
        allowed = f"Chromium or Chrome, installed as {', '.join(COMMANDS)}, or named in CHROMIUM"
        raise InputError("no browser", where="this machine", found=named or "none", allowed=allowed)
    return found


@contextmanager
def opened() -> Iterator[Browser]:
    """Start the browser without a window, for as long as a ``with`` lasts.

    Yields
    ------
    playwright.sync_api.Browser
        The browser.

    Raises
    ------
    InputError
        If there is none.
    """
    command = find()
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 slow to load

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=command, args=list(QUIET))
        try:
            yield browser
        finally:
            browser.close()
