"""An edited page shown ahead of its book: what a server shows first, until the book itself is there."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from pfpp_utils.publish import book, execute, gate, gathering, plan, site, stamp
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.plan import Page

#: Of so many pages that are run at once, each is shown; more would only hold up the book.
FEW = 3


def shown(builder: Builder, say: Callable[[str], None]) -> Callable[[int], execute.Progress]:
    """Show pages as soon as they have been run.

    Parameters
    ----------
    builder
        Jupyter Book, with a book begun.
    say
        Told of each page that is shown.

    Returns
    -------
    callable
        As :class:`pfpp_utils.publish.edition.Order` wants it.
    """

    def begin(number: int) -> execute.Progress:
        began = time.perf_counter()
        meanwhile = ThreadPoolExecutor(1)
        pages = meanwhile.submit(plan.load)
        meanwhile.shutdown(wait=False)
        outcomes: list[execute.Outcome] = []

        def show(outcome: execute.Outcome) -> None:
            outcomes.append(outcome)
            if len(outcomes) < number:  # what all that run together withhold must be known
                return
            with suppress(Exception):  # whatever is wrong comes up when the book is built
                for one in outcomes:
                    if not one.error and put(one.page, pages.result(), builder):
                        seconds = time.perf_counter() - began
                        say(f"Page {one.page.name} is shown, {seconds:.2f} s; the book follows")

        return show if number <= FEW else lambda _: None

    return begin


def put(one: Page, pages: list[Page], builder: Builder) -> bool:
    """Make a page and put it where a server looks first, if nothing in it must not be shown.

    Parameters
    ----------
    one
        A page that has been run.
    pages
        The plan.
    builder
        Jupyter Book, with a book begun.

    Returns
    -------
    bool
        Whether it is there.

    Raises
    ------
    pfpp_utils.errors.Failure
        If the gate found something.
    """
    fresh = site.ahead().with_name("ahead.new")
    try:
        return _made(one, pages, builder, fresh) and _shown(fresh)
    finally:  # it must not lie about
        shutil.rmtree(fresh, ignore_errors=True)


def _made(one: Page, pages: list[Page], builder: Builder, fresh: Path) -> bool:
    """Make the page, with those of its files that the last book has not got; refuse what the gate refuses."""
    source = gathering.folder()
    for file in gathering.Gathering(pages).page(one):
        name = file.relative_to(source)
        if name.parts[0] == "_static" and not _same(file, book.folder() / name):
            (fresh / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy(file, fresh / name)
    fresh.mkdir(exist_ok=True, parents=True)
    with ThreadPoolExecutor(1) as meanwhile:
        watched = meanwhile.submit(gate.watch, [page.name for page in plan.notebooks(pages)])
        written = builder.page(one.name, fresh / f"{one.name}.html")
    if written:
        gate.require(fresh, watched.result(), jobs=1)
    return written


def _shown(fresh: Path) -> bool:
    """Put the folder where the server looks, with the pages that are shown already."""
    place = site.ahead()
    for file in stamp.below(place):
        if not (kept := fresh / file.relative_to(place)).exists():
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.hardlink_to(file)
    if not book.exchange(fresh, place):
        shutil.rmtree(place, ignore_errors=True)
        fresh.rename(place)
    return True


def _same(one: Path, other: Path) -> bool:
    return other.is_file() and one.read_bytes() == other.read_bytes()
