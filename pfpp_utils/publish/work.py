"""One page's work: notebook and parameters in, the executed notebook out, here or on another machine."""

from __future__ import annotations

import os
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

import nbformat

from pfpp_utils import project
from pfpp_utils.data import reads, secrets

Kernel = Literal["warm", "plain"]
#: What jupyter_client says of a kernel that never ran: kernels that start at once can meet at a port.
NOT_STARTED = "Kernel died before replying"


@dataclass(frozen=True)
class Task:
    """What a worker is given.

    Attributes
    ----------
    page
        Name of the page.
    notebook
        The notebook, as JSON.
    parameters
        Its parameters.
    kernel
        ``warm``: a forked process that has the heavy modules loaded; ``plain``: a fresh kernel.
    seconds
        Time that the page may take; None is no limit.
    memory
        Bytes of resident memory that the page may take (warm kernels); None is no limit.
    """

    page: str
    notebook: str
    parameters: dict[str, Any] = field(default_factory=dict)
    kernel: Kernel = "warm"
    seconds: float | None = None
    memory: int | None = None


@dataclass(frozen=True)
class Done:
    """What a worker gives back.

    Attributes
    ----------
    seconds
        Wall-clock time.
    notebook
        The executed notebook, as JSON; empty if it failed.
    reads
        Fingerprint of every input it read, by name.
    secrets
        What it withheld, and names of persons that it read.
    memory
        The most resident memory that it had, in bytes; 0 if not known.
    cell
        Index of the cell that failed, in the notebook that papermill made; None if it was none of them.
    error
        What went wrong; empty if nothing did.
    """

    seconds: float
    notebook: str = ""
    reads: dict[str, str] = field(default_factory=dict)
    secrets: list[dict[str, Any]] = field(default_factory=list)
    memory: int = 0
    cell: int | None = None
    error: str = ""


def perform(task: Task, *, again: bool = True) -> Done:
    """Execute a page with papermill, here and now.

    Parameters
    ----------
    task
        What to do.
    again
        Whether to try once more if a plain kernel dies before it runs anything.

    Returns
    -------
    Done
        The executed notebook or the error: a failing page does not raise.
    """
    from papermill.exceptions import PapermillExecutionError  # noqa: PLC0415 slow to load, and not always needed

    started = time.perf_counter()
    with tempfile.TemporaryDirectory(prefix="pfpp-reads-", ignore_cleanup_errors=True) as folder:
        os.environ[reads.VARIABLE] = str(Path(folder) / "reads")
        os.environ[secrets.VARIABLE] = str(Path(folder) / "secrets")
        try:
            executed = _execute(task, Path(folder) / "executed.ipynb")
        except PapermillExecutionError as error:
            text = f"{error.ename}: {error.evalue}"
            return Done(time.perf_counter() - started, cell=error.cell_index, error=text)
        except Exception as error:  # a dead kernel or a full disk must not end the other pages
            if again and NOT_STARTED in str(error):
                return perform(task, again=False)
            return Done(time.perf_counter() - started, error=f"{type(error).__name__}: {error}")
        finally:
            read = reads.listed(Path(os.environ.pop(reads.VARIABLE)))
            kept = secrets.listed(Path(os.environ.pop(secrets.VARIABLE)))
    memory = executed.metadata.pop("pfpp_memory", 0)
    return Done(time.perf_counter() - started, nbformat.writes(executed), read, kept, memory)


def _execute(task: Task, output: Path) -> nbformat.NotebookNode:
    import papermill  # noqa: PLC0415

    limits: dict[str, Any] = {"execution_timeout": task.seconds}
    if task.kernel == "warm":
        limits |= {"engine_name": "forked", "seconds": task.seconds, "memory": task.memory}
    return papermill.execute_notebook(
        nbformat.reads(task.notebook, as_version=4),
        str(output),
        parameters=task.parameters,
        kernel_name="python3",  # whatever the notebook names
        language="python",
        cwd=str(project.notebooks()),
        progress_bar=False,
        request_save_on_cell_execute=False,
        **limits,
    )
