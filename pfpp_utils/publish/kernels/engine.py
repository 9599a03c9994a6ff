"""A papermill engine that runs the cells in a forked process, with no network and no start-up between.

papermill finds it by its entry point: ``papermill in.ipynb out.ipynb --engine forked``.
"""

from __future__ import annotations

import math
import os
import resource
import tempfile
import time
from multiprocessing.connection import Connection
from typing import Any

import psutil
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from nbformat import NotebookNode
from papermill.engines import Engine, NotebookExecutionManager

from pfpp_utils.publish.kernels import forks, shell

#: How often a running process is looked at for its memory and its time, in seconds.
LOOK = 0.2


class ForkedEngine(Engine):  # type: ignore[misc] # papermill has no types
    """Runs notebooks in forked processes."""

    @classmethod
    def execute_managed_notebook(
        cls,
        nb_man: NotebookExecutionManager,
        kernel_name: str,
        *,
        cwd: str | None = None,
        execution_timeout: float | None = None,
        seconds: float | None = None,
        memory: int | None = None,
        **_: Any,
    ) -> None:
        """Run the notebook's cells; papermill calls this.

        Parameters
        ----------
        nb_man
            papermill's record of the run.
        kernel_name
            Taken for papermill's sake; the interpreter is always this one.
        cwd
            Working directory of the cells.
        execution_timeout
            Seconds that one cell may take; None is no limit.
        seconds
            Seconds that all cells together may take; None is no limit.
        memory
            Bytes of resident memory that the process may take; None is no limit.

        Raises
        ------
        nbclient.exceptions.CellTimeoutError, nbclient.exceptions.DeadKernelError
            As with a plain kernel; a process ended for its memory counts as dead.
        """
        deadline = time.monotonic() + seconds if seconds else None
        cells = [cell for cell in nb_man.nb.cells if _runs(cell)]
        index = {id(cell): number for number, cell in enumerate(nb_man.nb.cells)}
        # What runs the cells is not waited for when it is ended, and may still write there.
        with tempfile.TemporaryDirectory(prefix="pfpp-", ignore_cleanup_errors=True) as scratch:
            child = _Child([cell.source for cell in cells], cwd, scratch)
            try:
                for cell in cells:
                    nb_man.cell_start(cell, index[id(cell)])
                    outputs, count, failed = child.next(cell, execution_timeout, deadline, memory)
                    cell.outputs = [NotebookNode(output) for output in outputs]
                    cell.execution_count = count
                    if failed:
                        nb_man.cell_exception(cell, index[id(cell)])
                    nb_man.cell_complete(cell, index[id(cell)])
                    if failed:
                        break
            finally:
                child.end()
        nb_man.nb.metadata["pfpp_memory"] = child.memory


def _runs(cell: NotebookNode) -> bool:
    """Whether nbclient would run it."""
    skipped = "skip-execution" in cell.metadata.get("tags", [])
    return cell.cell_type == "code" and bool(cell.source.strip()) and not skipped


class _Child:
    """The process that runs the cells."""

    def __init__(self, sources: list[str], cwd: str | None, scratch: str) -> None:
        by = forks.context()
        self.memory = 0
        self._here, there = by.Pipe(duplex=False)
        environment = {**os.environ, "TMPDIR": scratch}
        self._process = forks.start(_cells, there, sources, cwd=cwd, environment=environment, by=by)
        there.close()

    def next(
        self, cell: NotebookNode, timeout: float | None, deadline: float | None, memory: int | None
    ) -> tuple[list[shell.Output], int, bool]:
        end = min(time.monotonic() + timeout if timeout else math.inf, deadline or math.inf)
        while not self._here.poll(min(LOOK, max(0.0, end - time.monotonic()))):
            if time.monotonic() >= end:
                raise CellTimeoutError.error_from_timeout_and_cell("timed out", int(timeout or 0), cell)
            if memory and (used := self._memory()) > memory:
                raise DeadKernelError(
                    f"it used {used / 2**20:,.0f} MiB; the limit is {memory / 2**20:,.0f} MiB"
                )
        try:
            *ran, self.memory = self._here.recv()
            return ran
        except EOFError:
            self._process.join()
            raise DeadKernelError(f"Kernel died (exit code {self._process.exitcode})") from None

    def _memory(self) -> int:
        try:
            return int(psutil.Process(self._process.pid).memory_info().rss)
        except psutil.Error:
            return 0

    def end(self) -> None:
        self._here.close()
        forks.end(self._process)


def _cells(pipe: Connection, sources: list[str]) -> None:
    def send(outputs: list[shell.Output], count: int, failed: bool) -> None:
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
        pipe.send((outputs, count, failed, peak))

    shell.run(sources, send)
