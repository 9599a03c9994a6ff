"""Running pages: papermill in parallel processes, each page written only when it is whole."""

from __future__ import annotations

import multiprocessing
import os
import signal
import time
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from pathlib import Path

from pfpp_utils import project
from pfpp_utils.publish import notebook
from pfpp_utils.publish.plan import Page

#: What jupyter_client says of a kernel that never ran: kernels that start at once can meet at a port.
NOT_STARTED = "Kernel died before replying"

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
    """

    page: Page
    seconds: float
    error: str = ""


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


def run(pages: list[Page], *, jobs: int | None = None, progress: Progress = lambda _: None) -> list[Outcome]:
    """Execute pages in parallel processes.

    Every page is tried, also after another has failed. An executed notebook replaces the last one
    only when all its cells have run.

    Parameters
    ----------
    pages
        Pages of kind ``notebook``.
    jobs
        How many to run at once; all cores by default.
    progress
        Called with each outcome as it comes.

    Returns
    -------
    list of Outcome
        In the order of `pages`.
    """
    folder().mkdir(parents=True, exist_ok=True)
    workers = max(1, min(jobs or os.cpu_count() or 1, len(pages)))
    outcomes: dict[str, Outcome] = {}
    context = multiprocessing.get_context("spawn")  # kernels start threads: forking after that is unsafe
    log = str(project.build() / "run.log")
    with ProcessPoolExecutor(workers, mp_context=context, initializer=_isolate, initargs=(log,)) as pool:
        futures = {pool.submit(execute, page): page for page in pages}
        try:
            for future in as_completed(futures):
                outcome = _outcome(future, futures[future])
                outcomes[outcome.page.name] = outcome
                progress(outcome)
        except BaseException:  # Ctrl-C: pages under way end, the others are not begun
            pool.shutdown(wait=True, cancel_futures=True)
            raise
    return [outcomes[page.name] for page in pages]


def execute(page: Page, *, again: bool = True) -> Outcome:
    """Execute one page with papermill, here and now.

    Parameters
    ----------
    page
        A page of kind ``notebook``.
    again
        Whether to try once more if the kernel dies before it runs anything.

    Returns
    -------
    Outcome
        Seconds taken, and the error if it failed: a failing page does not raise.
    """
    import papermill  # noqa: PLC0415 more than a second: not for commands that run nothing
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415

    started = time.perf_counter()
    beside = folder() / f".{page.name}.part.ipynb"
    try:
        papermill.execute_notebook(
            str(notebook.path_of(page.source)),
            str(beside),
            parameters=page.parameters,
            kernel_name="python3",
            cwd=str(project.notebooks()),
            progress_bar=False,
            request_save_on_cell_execute=False,
        )
    except PapermillExecutionError as error:
        return Outcome(
            page,
            time.perf_counter() - started,
            _explain(page, _number(page, error.cell_index), f"{error.ename}: {error.evalue}"),
        )
    except Exception as error:  # a dead kernel or a full disk must not end the other pages
        if again and NOT_STARTED in str(error):
            return execute(page, again=False)
        return Outcome(
            page, time.perf_counter() - started, _explain(page, None, f"{type(error).__name__}: {error}")
        )
    else:
        beside.replace(output(page))
        return Outcome(page, time.perf_counter() - started)
    finally:
        beside.unlink(missing_ok=True)


def _number(page: Page, index: int) -> int:
    """Find a cell's number in the notebook as it is edited; papermill counts the cell it injects."""
    cells = notebook.read(notebook.path_of(page.source)).cells
    given = next(i for i, cell in enumerate(cells) if "parameters" in cell.metadata.get("tags", []))
    injected = bool(page.parameters) and index > given
    return index + 1 - injected


def _outcome(future: Future[Outcome], page: Page) -> Outcome:
    try:
        return future.result()
    except BrokenProcessPool:
        return Outcome(page, 0.0, _explain(page, None, "the process that ran it was ended from outside"))


def _explain(page: Page, cell: int | None, error: str) -> str:
    parameters = ", ".join(f"{key}={value!r}" for key, value in page.parameters.items()) or "the defaults"
    place = f"cell {cell}" if cell is not None else "outside its cells"
    return (
        f"page {page.name} failed\n"
        f"  notebook:   notebooks/{page.source}.ipynb, {place}\n"
        f"  parameters: {parameters}\n"
        f"  error:      {error}"
    )


def _isolate(log: str) -> None:
    """Keep a user's kernels and profile out of the run, and kernels' chatter out of the terminal."""
    signal.signal(signal.SIGINT, lambda *_: None)  # the parent decides; kernels do not inherit this
    os.environ["JUPYTER_PREFER_ENV_PATH"] = "1"
    os.environ["IPYTHONDIR"] = str(project.build() / "ipython")
    os.dup2(os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND), 2)
