"""An edition of the book: the pages that must be run are run, then the book is built from them all."""

from __future__ import annotations

import importlib
import threading
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pfpp_utils.errors import Failure, InputError
from pfpp_utils.publish import attachments, cluster, execute, fingerprint, plan, stamp, turns
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.kernels import forks
from pfpp_utils.publish.plan import Page

#: What makes the book of the pages; slow to load.
BOOK = "pfpp_utils.publish.book"
#: Told how many pages are about to be run; what it returns is told each outcome.
Begin = Callable[[int], execute.Progress]


def _quiet(_: int) -> execute.Progress:
    return lambda outcome: None


@dataclass(frozen=True)
class Order:
    """What is wanted.

    Attributes
    ----------
    pages
        Names of pages or notebooks; all if none is given.
    everything
        Run also pages of which nothing has changed.
    jobs
        How many pages to run at once on this machine; all cores by default.
    scheduler
        Address of a Dask cluster to run them on instead; empty for none.
    first
        Names of notebooks whose pages are waited for: they are run before others are looked at.
    pool
        Processes that wait for pages; new ones by default.
    way
        Kernel and limits.
    begin
        Who is told of progress.
    on_paper
        Print the book too.
    """

    pages: tuple[str, ...] = ()
    everything: bool = False
    jobs: int | None = None
    scheduler: str = ""
    first: Collection[str] = ()
    pool: Executor | None = None
    way: execute.Way = field(default_factory=execute.Way)
    begin: Begin = _quiet
    on_paper: bool = False


def run(order: Order, pages: list[Page]) -> list[execute.Outcome]:
    """Run those of the pages that changed since they were run, or all if that is wanted.

    Parameters
    ----------
    order
        What is wanted.
    pages
        Pages of kind ``notebook``.

    Returns
    -------
    list of Outcome
        Of the pages that were run.

    Raises
    ------
    Failure
        If one failed or the run was interrupted; the others have been run or are as they were.
    """
    stamp.require_sound()
    with _causes(), turns.turn():
        return _run(order, pages)


@contextmanager
def _causes() -> Iterator[None]:
    """Name the cause of what ends a run from outside."""
    try:
        yield
    except KeyboardInterrupt as stop:
        when = f"stopped while it ran {stop}" if str(stop) else "stopped"
        what = f"{when}; pages done by then are kept, the others and the book stay as they were"
        raise Failure(what) from None
    except OSError as error:  # such as a full disk
        raise Failure(f"a file cannot be kept or read; the last good book still stands\n  {error}") from error


def _run(
    order: Order, pages: list[Page], meanwhile: Callable[[], None] = lambda: None
) -> list[execute.Outcome]:
    outcomes: list[execute.Outcome] = []
    for wave in execute.waves(pages, order.first):
        outcomes += _wave(order, wave, meanwhile)
    if failed := [outcome.error for outcome in outcomes if outcome.error]:
        raise Failure("\npfpp: ".join(failed))
    return outcomes


def _wave(order: Order, wave: list[Page], meanwhile: Callable[[], None]) -> list[execute.Outcome]:
    changed = {} if order.everything else execute.changed(wave)
    due = [page for page in wave if order.everything or changed[page.name]]
    if not due:
        return []
    if not order.scheduler:
        forks.server(len(due))  # it loads what pages need while the rest is made ready
    meanwhile()
    with cluster.executor(order.scheduler) as executor:
        return execute.run(
            due,
            jobs=order.jobs,
            way=order.way,
            executor=executor or order.pool,
            progress=order.begin(len(due)),
        )


def make(order: Order, builder: Builder, *, made_from: str, no_run: bool = False) -> Path:
    """Run what is to be run, and build the book.

    Parameters
    ----------
    order
        What is wanted.
    builder
        Jupyter Book.
    made_from
        :func:`pfpp_utils.publish.stamp.inputs`, taken before this began.
    no_run
        Run nothing; build from the pages as last executed.

    Returns
    -------
    pathlib.Path
        The book.

    Raises
    ------
    Failure
        If a page or the book failed; the last good book still stands.
    InputError
        If something that a person supplied cannot be used.
    """
    attachments.require()  # before a page is run, and anything written
    planned = plan.load()
    absent = tuple(page.name for page in execute.missing(plan.notebooks(planned)))
    chosen = plan.select(planned, (*order.pages, *absent) if order.pages else ())
    if no_run and absent:
        found, allowed = ", ".join(absent), "a book whose pages were all run; leave out --no-run"
        raise InputError("pages have never been run", where="--no-run", found=found, allowed=allowed)
    sound = stamp.require_sound()
    ready = _Ready(builder, planned)
    with _causes(), turns.turn():
        if not no_run:
            try:
                _run(order, chosen, ready.start)
            except Exception:
                ready.join()  # it must not write when another's turn has come
                raise
            ready.join()
        stamp.once("claims", _settled(planned, sound), lambda: _require_claims(planned))
        make: Any = importlib.import_module(BOOK)
        built: Path = make.build(planned, builder, begun=ready.begun, on_paper=order.on_paper)
        if not any(execute.changed(plan.notebooks(planned)).values()):
            stamp.keep(made_from)
    return built


class _Ready:
    """While pages run, what makes the book of them is loaded, and the build begins, if it has not by then."""

    def __init__(self, builder: Builder, planned: list[Page]) -> None:
        self.begun: Any = None
        # If it waits already, little is left to do, and a page that is waited for needs the cores.
        self._waits = builder.waits
        self._thread = threading.Thread(target=self._get, args=(builder, planned), daemon=True)

    def _get(self, builder: Builder, planned: list[Page]) -> None:
        with suppress(Exception):  # whatever is wrong comes up when the book is built
            make = importlib.import_module(BOOK)
            if not make.begin(builder):
                importlib.import_module("gptables")  # slow to load; every page with a table needs it
            begun = make.Gathering(planned)
            begun.begin()
            self.begun = begun

    def start(self) -> None:
        if not (self._waits or self._thread.ident):
            self._thread.start()

    def join(self) -> None:
        if self._thread.ident:
            self._thread.join()


def _settled(planned: list[Page], sound: str) -> object:
    """All that the verdicts on the claims are made from."""
    shown = {page.name: fingerprint.shown(page, execute.output(page)) for page in plan.notebooks(planned)}
    return sound, stamp.package(), shown


def _require_claims(planned: list[Page]) -> None:
    from pfpp_utils.publish import records  # noqa: PLC0415 slow to load

    records.require(planned)
