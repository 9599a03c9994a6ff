"""Makes the book again whenever something that it is made from is saved, with everything warm."""

from __future__ import annotations

import contextlib
import functools
import gc
import importlib
import os
import signal
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import watchfiles

from pfpp_utils import project
from pfpp_utils.publish import stamp
from pfpp_utils.publish.kernels import forks

#: How long to wait for further files of one save, in milliseconds.
SETTLE = 10


def watch(scratch: str) -> None:
    """Make the book now if it is not as it should be, then after every change; runs until its parent ends.

    Parameters
    ----------
    scratch
        Folder for what is needed only meanwhile, by all that this starts; its parent removes it.
    """
    tempfile.tempdir = os.environ["TMPDIR"] = scratch
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    forks.end_with_parent()
    forks.server()
    with contextlib.closing(_Warm()) as warm:
        for changes in _saves():
            _say(functools.partial(warm.make, [Path(path) for _, path in changes]))
            with contextlib.suppress(Exception):  # whatever is wrong comes up when the book is made
                warm.get_ready()


class _Warm:
    """What stays loaded from save to save, for as long as it is what would be loaded now."""

    def __init__(self) -> None:
        self._builder: Any = None
        self._base = ""
        self._ready = contextlib.ExitStack()
        self._pool: Any = None

    def get_ready(self) -> None:
        """Have the next book begun, and a process that waits for its page."""
        book, execute = (
            importlib.import_module(f"pfpp_utils.publish.{name}") for name in ("book", "execute")
        )
        if book.begin(self._builder) and not self._pool:
            self._pool = self._ready.enter_context(execute.ready(os.cpu_count() or 1))
            self._pool.submit(os.getpid)
        gc.unfreeze()
        gc.collect()
        gc.freeze()  # or whoever waits for a page would wait until all of this is looked through for garbage

    def make(self, changed: list[Path]) -> str:
        """Make the book with package, data and settings as they are now on the disk."""
        alone = all(path.suffix == ".ipynb" for path in changed)
        saved = {path.stem for path in changed} if alone else set()
        if (now := stamp.base()) != self._base or any(map(_loaded, changed)):
            self._renew()
            self._base, saved = now, set()  # more than these pages can be another
        stamps = importlib.import_module("pfpp_utils.publish.stamp")
        made_from = stamps.inputs(now)
        if stamps.holds(made_from):
            return "The book is as it would be made now"
        names = ("edition", "ahead", "site")
        edition, ahead, site = (importlib.import_module(f"pfpp_utils.publish.{name}") for name in names)
        shown = ahead.shown(self._builder, lambda said: print(said, flush=True))
        try:
            with self._ready:
                order = edition.Order(begin=shown, first=saved, pool=self._pool)
                return f"Book built: {edition.make(order, self._builder, made_from=made_from)}"
        finally:
            self._pool = None
            site.clear()

    def close(self) -> None:
        """End the process that waits."""
        self._pool = None
        self._ready.close()

    def _renew(self) -> None:
        """Forget the package, with what it remembers, and the builder, which has some of it loaded too."""
        self._base = ""
        self.close()
        if self._builder:
            self._builder.end()
            self._builder = None
        for name in [name for name in sys.modules if name.partition(".")[0] == "pfpp_utils"]:
            del sys.modules[name]
        importlib.invalidate_caches()
        self._builder = importlib.import_module("pfpp_utils.publish.builder").Builder()


def _loaded(path: Path) -> bool:
    """Whether what was loaded or remembered can be of another time than a file that was saved."""
    return not any(path.is_relative_to(project.root() / room) for room in ("notebooks", "book"))


def _saves() -> Iterator[set[watchfiles.main.FileChange]]:
    """Yield once saves are watched for, and after every save of what the book is made from.

    What is saved while the consumer works is collected, also the first time: nothing falls between.
    """
    root = project.root()
    rooms = [root / "notebooks", root / "data", root / "book", stamp.PACKAGE, root]
    changes = watchfiles.watch(
        *(room for room in rooms if room.is_dir()),
        watch_filter=lambda _, path: _counts(Path(path), root),
        debounce=20 * SETTLE,
        step=SETTLE,
        rust_timeout=2 * SETTLE,
        yield_on_timeout=True,
        recursive=True,
    )
    yield next(changes)
    yield from filter(None, changes)


def _counts(path: Path, root: Path) -> bool:
    """Whether a file is one that the book is made from."""
    if path.is_relative_to(stamp.PACKAGE):
        return path.suffix != ".pyc" and "__pycache__" not in path.parts
    within = path.relative_to(root).parts if path.is_relative_to(root) else path.parts
    if any(part.startswith(".") for part in within):
        return False
    return within[0] in {"notebooks", "data", "book"} or path.name in {"_config.yml", "requirements.lock"}


def _say(make: Callable[[], str]) -> None:
    started = time.perf_counter()
    try:
        said = f"{make()}, {time.perf_counter() - started:.2f} s"
    except Exception as error:  # whatever is wrong, it is being worked on
        known = type(error).__name__ in {"InputError", "Failure"}
        said = f"pfpp: {error}" if known else traceback.format_exc()
    print(said, flush=True)
