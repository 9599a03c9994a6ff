"""Running pages: as many at once as there are workers, each page written only when it is whole."""

from __future__ import annotations

import hashlib
import os
import signal
import tempfile
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from pfpp_utils import project
from pfpp_utils.data import reads
from pfpp_utils.publish import fingerprint, notebook, withheld, work
from pfpp_utils.publish.kernels import forks
from pfpp_utils.publish.plan import Page

Progress = Callable[["Outcome"], None]


@dataclass(frozen=True)
class Outcome:
    """What became of one page.

    Attributes
    ----------
    page
        The page that was run.
    seconds
        Wall-clock time it took.
    error
        Empty if it succeeded; otherwise a message that names page, notebook, cell, parameters
        and the Python error.
    memory
        The most resident memory that it had, in bytes; 0 if not known.
    """

    page: Page
    seconds: float
    error: str = ""
    memory: int = 0


@dataclass(frozen=True)
class Way:
    """How pages are run.

    Attributes
    ----------
    kernel
        ``warm``: forked from a process that has the heavy modules loaded; ``plain``: a fresh kernel each.
    seconds
        Time that a page may take; None is no limit.
    memory
        Bytes of resident memory that a page may take (warm kernels); None is no limit.
    """

    kernel: work.Kernel = "warm"
    seconds: float | None = None
    memory: int | None = None


def folder() -> Path:
    """Folder of the executed notebooks, one for each page."""
    return project.build() / "pages"


def output(page: Page) -> Path:
    """Path of a page's executed notebook.

    Parameters
    ----------
    page
        A page of kind ``notebook``.

    Returns
    -------
    pathlib.Path
        In ``_build/pages``; the file need not exist.
    """
    return folder() / f"{page.name}.ipynb"


def missing(pages: list[Page]) -> list[Page]:
    """Pages that have never been executed.

    Parameters
    ----------
    pages
        Pages of kind ``notebook``.

    Returns
    -------
    list of Page
        In the same order; empty if all have been executed.
    """
    return [page for page in pages if not output(page).is_file()]


def changed(pages: list[Page]) -> dict[str, list[str]]:
    """Say of each page what has changed since it was last run.

    Parameters
    ----------
    pages
        Pages of kind ``notebook``.

    Returns
    -------
    dict
        What changed, in plain words, by name of page; an empty list where nothing did.
    """
    digest = cache(reads.digest)  # pages share most of what they read
    return {page.name: fingerprint.changed(page, output(page), digest) for page in pages}


def waves(pages: list[Page], first: Collection[str] = ()) -> list[list[Page]]:
    """Split pages into those that are waited for, the others, and those that read other pages' results.

    Parameters
    ----------
    pages
        Pages of kind ``notebook``.
    first
        Names of notebooks whose pages are waited for.

    Returns
    -------
    list of list of Page
        In the order in which to run them; no list is empty.
    """
    split: tuple[list[Page], ...] = [], [], []
    for page in pages:
        split[2 if page.after else int(page.source not in first)].append(page)
    return [wave for wave in split if wave]


def run(
    pages: list[Page],
    *,
    jobs: int | None = None,
    way: Way = Way(),
    executor: Executor | None = None,
    progress: Progress = lambda _: None,
) -> list[Outcome]:
    """Execute pages, the longest first, as many at once as there are workers.

    Every page is tried, also after another has failed. An executed notebook replaces the last one
    only when all its cells have run.

    Parameters
    ----------
    pages
        Pages of kind ``notebook``.
    jobs
        How many to run at once on this machine; all cores by default.
    way
        Kernel and limits.
    executor
        Who does the work, such as a cluster's executor; by default, or if they are gone, processes of this
        machine.
    progress
        Called with each outcome as it comes.

    Returns
    -------
    list of Outcome
        In the order of `pages`.

    Raises
    ------
    KeyboardInterrupt
        Naming the pages that were under way; their processes have been ended.
    """
    if not pages:
        return []
    folder().mkdir(parents=True, exist_ok=True)
    if executor:
        with suppress(BrokenProcessPool):  # who waited for pages has been ended from outside
            return _collect(pages, way, executor, progress)
    workers = max(1, min(jobs or os.cpu_count() or 1, len(pages)))
    with ready(workers, len(pages)) as pool:
        return _collect(pages, way, pool, progress, workers)


def _collect(
    pages: list[Page], way: Way, pool: Executor, progress: Progress, at_once: int | None = None
) -> list[Outcome]:
    """Have pages run, and keep each as soon as it is done."""
    futures: dict[Future[work.Done], tuple[Page, fingerprint.Parts]] = {}
    outcomes: dict[str, Outcome] = {}
    try:
        with forks.without_main():
            text = cache(_text)  # many pages are of one notebook
            for page in sorted(pages, key=_seconds, reverse=True):
                future = pool.submit(work.perform, _task(page, way, text(page.source)))
                futures[future] = page, fingerprint.parts(page)
        for future in as_completed(futures):
            page, parts = futures.pop(future)  # or all executed notebooks would be held until the end
            outcomes[page.name] = outcome = _keep(page, parts, _done(future))
            progress(outcome)
    except KeyboardInterrupt:
        waiting = [page.name for future, (page, _) in futures.items() if not future.done()]
        raise KeyboardInterrupt(", ".join(waiting[:at_once])) from None
    return [outcomes[page.name] for page in pages]


@contextmanager
def ready(workers: int, pages: int | None = None) -> Iterator[ProcessPoolExecutor]:
    """Have processes ready that run pages on this machine, for as long as a ``with`` lasts.

    If anything goes wrong, they are ended at once, and the kernels that they have started too.

    Parameters
    ----------
    workers, pages
        As for :func:`processes`.

    Yields
    ------
    concurrent.futures.ProcessPoolExecutor
        For :func:`pfpp_utils.publish.work.perform`.
    """
    with (
        tempfile.TemporaryDirectory(prefix="pfpp-run-", ignore_cleanup_errors=True) as scratch,
        processes(workers, pages, scratch) as pool,
    ):
        try:
            yield pool
        except BaseException:
            _kill(pool)
            raise


def _kill(pool: ProcessPoolExecutor) -> None:
    import psutil  # noqa: PLC0415 seldom needed

    for worker in list(pool._processes):  # from Python 3.14 on: pool.kill_workers()
        with suppress(psutil.Error):
            process = psutil.Process(worker)
            for one in (process, *process.children(recursive=True)):
                with suppress(psutil.NoSuchProcess):
                    one.kill()


def _text(source: str) -> str:
    return notebook.path_of(source).read_text(encoding="utf-8")


def _task(page: Page, way: Way, text: str) -> work.Task:
    return work.Task(page.name, text, page.parameters, way.kernel, way.seconds, way.memory)


def _seconds(page: Page) -> float:
    """Time that a page took last; what was never run comes first."""
    made = fingerprint.recall(page)
    return made.seconds if made else float("inf")


def _done(future: Future[work.Done]) -> work.Done:
    try:
        return future.result()
    except BrokenProcessPool:
        return work.Done(0.0, error="the process that ran it was ended from outside")


def _keep(page: Page, parts: fingerprint.Parts, done: work.Done) -> Outcome:
    """Move an executed notebook into its place, and remember what it was made from."""
    if not done.error:
        beside = folder() / f".{page.name}.part.ipynb"
        try:
            beside.write_text(done.notebook, encoding="utf-8")
            withheld.keep(page.name, done.secrets)
            beside.replace(output(page))
            digest = hashlib.sha256(done.notebook.encode()).hexdigest()
            parts = parts | {f"data {name}": value for name, value in done.reads.items()}
            results = fingerprint.results(done.notebook)
            fingerprint.remember(page, fingerprint.Made(parts, digest, results, done.seconds, done.memory))
            return Outcome(page, done.seconds, memory=done.memory)
        except OSError as error:
            done = work.Done(done.seconds, error=f"it could not be kept: {error}")
        finally:
            beside.unlink(missing_ok=True)
    return Outcome(page, done.seconds, _explain(page, done), done.memory)


def _explain(page: Page, done: work.Done) -> str:
    parameters = ", ".join(f"{key}={value!r}" for key, value in page.parameters.items()) or "the defaults"
    place = f"cell {_number(page, done.cell)}" if done.cell is not None else "outside its cells"
    return (
        f"page {page.name} failed\n"
        f"  notebook:   notebooks/{page.source}.ipynb, {place}\n"
        f"  parameters: {parameters}\n"
        f"  error:      {done.error}"
    )


def _number(page: Page, index: int) -> int:
    """Find a cell's number in the notebook as it is edited; papermill counts the cell it injects."""
    cells = notebook.read(notebook.path_of(page.source)).cells
    given = next(i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", []))
    injected = bool(page.parameters) and index > given
    return index + 1 - injected


def processes(workers: int, pages: int | None = None, scratch: str = "") -> ProcessPoolExecutor:
    """Start processes that run pages on this machine.

    Parameters
    ----------
    workers
        How many.
    pages
        How many pages are to be run, if that is known.
    scratch
        Folder for what they need only meanwhile; the system's by default.

    Returns
    -------
    concurrent.futures.ProcessPoolExecutor
        For :func:`pfpp_utils.publish.work.perform`.
    """
    log = str(project.build() / "run.log")
    # The server may have been started in another environment.
    environment = {**os.environ, **({"TMPDIR": scratch} if scratch else {})}
    return ProcessPoolExecutor(
        workers, mp_context=forks.server(pages), initializer=_isolate, initargs=(log, environment)
    )


def _isolate(log: str, environment: dict[str, str]) -> None:
    """Keep a user's kernels and profile out of the run, and kernels' chatter out of the terminal."""
    forks.end_with_parent()
    signal.signal(signal.SIGINT, lambda *_: None)  # the parent decides; kernels do not inherit this
    os.environ.clear()
    os.environ.update(environment)
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["IPYTHONDIR"] = str(project.build() / "ipython")
    tempfile.tempdir = None
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
