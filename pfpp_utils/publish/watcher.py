"""Makes the book again whenever something that it is made from is saved, with everything warm."""

from __future__ import annotations

import contextlib
import functools
import importlib
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterator
from pathlib import Path

import watchfiles

from pfpp_utils import project
from pfpp_utils.publish import ahead, stamp
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.kernels import forks

#: How long to wait for further files of one save, in milliseconds.
SETTLE = 20


def watch() -> None:
    """Make the book now if it is not as it should be, then after every change; runs until its parent ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the parent decides
    forks.end_with_parent()
    forks.server()
    ahead.clear()  # what an end from outside left there
    with Builder() as builder:
        base = ""
        for _ in _saves():
            if (now := stamp.base()) != base:
                _reload()
            base = now
            _say(functools.partial(_make, builder, now))
            with contextlib.suppress(Exception):  # whatever is wrong comes up when the book is made
                importlib.import_module("pfpp_utils.publish.book").begin(builder)


def _reload() -> None:
    """Forget the package, and with it what it remembers of the data and the settings."""
    for name in [name for name in sys.modules if name.partition(".")[0] == "pfpp_utils"]:
        del sys.modules[name]
    importlib.invalidate_caches()


def _saves() -> Iterator[object]:
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


def _make(builder: Builder, base: str) -> str:
    """Make the book with the package as it is now on the disk."""
    stamps = importlib.import_module("pfpp_utils.publish.stamp")
    made_from = stamps.inputs(base)
    if stamps.holds(made_from):
        return "The book is as it would be made now"
    edition, early = (importlib.import_module(f"pfpp_utils.publish.{name}") for name in ("edition", "ahead"))
    order = edition.Order(begin=early.shown(builder, lambda said: print(said, flush=True)))
    try:
        return f"Book built: {edition.make(order, builder, made_from=made_from)}"
    finally:
        early.clear()


def _say(make: Callable[[], str]) -> None:
    started = time.perf_counter()
    try:
        said = f"{make()}, {time.perf_counter() - started:.2f} s"
    except Exception as error:  # whatever is wrong, it is being worked on
        known = type(error).__name__ in {"InputError", "Failure"}
        said = f"pfpp: {error}" if known else traceback.format_exc()
    print(said, flush=True)
