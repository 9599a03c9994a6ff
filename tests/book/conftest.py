"""A real browser, the Chromium of this machine, and a server for it on the loopback address."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from pfpp_utils import project
from pfpp_utils.errors import InputError
from pfpp_utils.publish import browser as chrome
from pfpp_utils.publish import site as local

expect.set_options(timeout=30_000)  # machines are shared
#: The book as it was built last, in continuous integration just before the tests.
BOOK = project.CHECKOUT / "_build/book"


@pytest.fixture(scope="session")
def serve() -> Callable[[Path], AbstractContextManager[str]]:
    """Serve a folder at an address of its own, for as long as a `with` lasts."""
    return local.served


def _patient(open_window: Callable[..., BrowserContext]) -> Callable[..., BrowserContext]:
    """Windows that wait longer than half a minute for a page, since machines are shared."""

    def opened(**how: object) -> BrowserContext:
        context = open_window(**how)
        context.set_default_timeout(180_000)
        return context

    return opened


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests fail in continuous integration, and are skipped elsewhere."""
    try:
        chrome.find()
    except InputError as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
    with chrome.opened() as chromium:
        chromium.new_context = _patient(chromium.new_context)
        yield chromium


@pytest.fixture(scope="session")
def site(published: Path, serve: Callable[[Path], AbstractContextManager[str]]) -> Iterator[str]:
    """Serve the built book."""
    with serve(published) as at:
        yield at


def _file(url: str, at: str) -> str:
    return unquote(url.removeprefix(f"{at}/").partition("?")[0])


@pytest.fixture(scope="session")
def watched(browser: Browser) -> Callable[..., AbstractContextManager[Page]]:
    """Open a window whose page keeps a list of `complaints`: all that it must not do.

    These are requests to another address than the one given, answers that are errors, errors of scripts,
    messages of the console that are errors (what the content security policy bars is one), and dialogs.
    """

    @contextmanager
    def watch(at: str, *, width: int = 1280) -> Iterator[Page]:
        context = browser.new_context(viewport={"width": width, "height": 900})
        page, found = context.new_page(), []
        near = (f"{at}/", "data:")
        page.on("request", lambda one: one.url.startswith(near) or found.append(f"asks for {one.url}"))
        page.on("request", lambda one: one.url.startswith(at) and page.asked.add(_file(one.url, at)))
        page.on("response", lambda one: one.status < 400 or found.append(f"{one.status}: {one.url}"))
        page.on("pageerror", lambda error: found.append(f"error: {error}"))
        page.on("console", lambda said: said.type not in ("error", "warning") or found.append(said.text))
        page.on("dialog", lambda dialog: (found.append(f"dialog: {dialog.message}"), dialog.dismiss()))
        page.complaints, page.asked = found, set()
        try:
            yield page
        finally:
            context.close()

    return watch


@pytest.fixture(scope="session")
def unsound() -> Callable[[list[Path]], list[str]]:
    """List the errors of HTML in files, by the Nu Html Checker, which `make html` installs."""
    checker = project.CHECKOUT / ".venv/html/node_modules/vnu-jar/build/dist/vnu.jar"
    java = shutil.which("java")
    if not checker.is_file() or not java:
        reason = "no HTML checker: run `make html`, with Java and npm installed"
        (pytest.fail if os.environ.get("CI") else pytest.skip)(reason)

    def check(pages: list[Path]) -> list[str]:
        command = [java, "-jar", str(checker), "--errors-only", "--format", "json", "--stdout"]
        answer = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=False)
        found = json.loads(answer.stdout)["messages"]
        return [f"{Path(one['url']).name}:{one.get('lastLine')}: {one['message']}" for one in found]

    return check


@pytest.fixture(scope="session")
def published() -> Path:
    """The project's own book, as last built; without one the tests fail in continuous integration."""
    if not (BOOK / "index.html").is_file():
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no book: run `make book`")
    return BOOK


@pytest.fixture(scope="session")
def visited(
    published: Path, serve: Callable[..., AbstractContextManager[str]], watched: Callable[..., object]
) -> dict[str, tuple[list[str], set[str]]]:
    """Every page of the published book to its complaints and the files it asked for, loaded in one window."""
    found = {}
    with serve(published) as at, watched(at) as page:
        for path in sorted(published.rglob("*.html")):
            page.complaints.clear()
            page.asked.clear()
            page.goto(f"{at}/{path.relative_to(published).as_posix()}", wait_until="load")
            if 'http-equiv="refresh"' in path.read_text(encoding="utf-8"):  # it leads on by itself
                page.wait_for_url(lambda url: not url.endswith("/index.html"))
            found[path.relative_to(published).as_posix()] = list(page.complaints), set(page.asked)
    return found
