"""Processes forked from one that has the heavy modules loaded, and that take nothing else over from it."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from multiprocessing import connection, forkserver
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from types import ModuleType
from typing import Any

_GROUND, _ALL = (f"{__package__}.{name}" for name in ("ground", "preload"))
_WATCH = "end with parent"
_SAFE = "PYTHONSAFEPATH"
_starting = threading.Lock()


def context() -> BaseContext:
    """How to fork: from here if this process is warm and has one thread, otherwise from a server that is so.

    Returns
    -------
    multiprocessing.context.BaseContext
        ``fork``, or ``forkserver`` with the heavy modules loaded.
    """
    others = {thread.name for thread in threading.enumerate()} - {"MainThread", _WATCH}
    return multiprocessing.get_context("fork") if _GROUND in sys.modules and not others else server()


def server(pages: int | None = None) -> BaseContext:
    """Fork from a server with the heavy modules loaded, which starts to load them now, if not before.

    Parameters
    ----------
    pages
        How many pages are to be run, if that is known: for a few, only what all need is loaded beforehand.

    Returns
    -------
    multiprocessing.context.BaseContext
        ``forkserver``.
    """
    context = multiprocessing.get_context("forkserver")
    few = pages is not None and pages <= (os.cpu_count() or 1)
    context.set_forkserver_preload([_GROUND] if few else [_ALL])
    with without_main(), _without_here():
        forkserver.ensure_running()
    return context


def start(
    target: Callable[..., None],
    *arguments: Any,
    cwd: str | None = None,
    environment: Mapping[str, str] | None = None,
    by: BaseContext | None = None,
) -> BaseProcess:
    """Run a function in a forked process, in a process group of its own.

    Parameters
    ----------
    target, arguments
        The function and what it takes; both can be pickled.
    cwd
        Working directory of the process; that of this one by default.
    environment
        All its environment variables; those of this process by default.
    by
        A context from :func:`context`, if the arguments were made with it.

    Returns
    -------
    multiprocessing.process.BaseProcess
        The process, started.
    """
    given = (cwd or os.getcwd(), dict(environment or os.environ))
    process: BaseProcess = (by or context()).Process(  # type: ignore[attr-defined]
        target=_run, args=(target, arguments, *given)
    )
    with without_main():
        process.start()
    return process


def end(process: BaseProcess) -> None:
    """End a process and all that it has started, at once; nobody waits until it is gone.

    Parameters
    ----------
    process
        From :func:`start`; it may have ended by itself.
    """
    if process.pid and process.exitcode is None:
        try:
            os.killpg(process.pid, signal.SIGKILL)
        except ProcessLookupError:  # it has not got its own group yet, or is gone
            process.kill()


@contextmanager
def without_main() -> Iterator[None]:
    """Hide this program from processes started meanwhile, which would otherwise import it unguarded."""
    with _starting:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextmanager
def _without_here() -> Iterator[None]:
    """Have a Python started meanwhile load nothing from the working directory, whatever lies there."""
    before = {name: value for name, value in os.environ.items() if name == _SAFE}
    os.environ[_SAFE] = "1"
    try:
        yield
    finally:
        del os.environ[_SAFE]
        os.environ.update(before)


def _run(
    target: Callable[..., None], arguments: tuple[Any, ...], cwd: str, environment: dict[str, str]
) -> None:
    os.setsid()  # as jupyter_client does: its own process group, and its own share of a busy machine
    end_with_parent()
    signal.signal(signal.SIGINT, signal.default_int_handler)
    os.environ.clear()
    os.environ.update(environment)
    os.environ.setdefault("MPLBACKEND", "module://matplotlib_inline.backend_inline")
    tempfile.tempdir = None
    os.chdir(cwd)
    if not environment.get(_SAFE):
        _find_modules_here()
    random.seed()
    if numpy := sys.modules.get("numpy"):
        numpy.random.seed()
    if ground := sys.modules.get(_GROUND):
        ground.forget()
    target(*arguments)


def _find_modules_here() -> None:
    """Find modules of the working directory as any kernel does: after Python's own, before the installed."""
    kinds = "site-packages", "dist-packages"
    if "" not in sys.path:
        sys.path.insert(next((n for n, path in enumerate(sys.path) if path.endswith(kinds)), 0), "")


def end_with_parent() -> None:
    """See to it that this process ends when the one that started it is gone, however it went."""
    if parent := multiprocessing.parent_process():
        threading.Thread(target=_watch, args=(parent.sentinel,), name=_WATCH, daemon=True).start()


def _watch(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)
