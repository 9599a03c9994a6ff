"""The book: pages and prose gathered, built by Jupyter Book beside the last one, then moved into place."""

from __future__ import annotations

import ctypes
import hashlib
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from pfpp_utils import project
from pfpp_utils.errors import Failure, InputError
from pfpp_utils.publish import (
    attachments,
    gate,
    gathering,
    plan,
    settings,
    stamp,
)
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.gathering import Gathering
from pfpp_utils.publish.plan import Page


def folder() -> Path:
    """Folder of the built book."""
    return project.build() / "book"


def build(
    pages: list[Page], builder: Builder, *, begun: Gathering | None = None, on_paper: bool = False
) -> Path:
    """Build the book from the executed pages and the prose.

    Parameters
    ----------
    pages
        The plan; every notebook page has been executed.
    builder
        Jupyter Book, ready.
    begun
        What it reads, begun while pages ran; begun now by default.
    on_paper
        Whether to print it as one PDF too, with a link to that on its pages.

    Returns
    -------
    pathlib.Path
        The folder of the new book, ``_build/book``.

    Raises
    ------
    Failure
        With the builder's warnings, all of which are errors here; or with what the gate found.
    InputError
        If it is not known what a page withheld, a file of the book is not what its name says, or there is no
        browser to print it.
    """
    attachments.require()
    watched = gate.watch([one.name for one in plan.notebooks(pages)])
    fresh, last = folder().with_name("book.new"), folder().with_name("book.old")
    if last.exists() and not folder().exists():
        last.rename(folder())  # a run was ended between the two moves below
    if (begun or Gathering(pages)).finish():
        shutil.rmtree(_sphinx_folder(), ignore_errors=True)  # what a page left behind goes with it
    html = _sphinx(builder)
    for leftover in (fresh, last):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(html, fresh, copy_function=_copy(html))
    memory = project.build() / "gate.json"
    try:
        gate.require(fresh, watched, memory=memory)
        if on_paper:  # of pages that may be published, and of nothing else
            _print(fresh, pages)
            gate.require(fresh, watched, memory=memory)
    except (Failure, InputError):
        shutil.rmtree(fresh)  # it must not lie about
        raise
    if not exchange(fresh, folder()):
        if folder().exists():
            folder().rename(last)
        fresh.rename(folder())
    for leftover in (fresh, last):
        shutil.rmtree(leftover, ignore_errors=True)
    return folder()


def _print(fresh: Path, pages: list[Page]) -> None:
    from pfpp_utils.publish.paper import offer  # noqa: PLC0415 few builds are printed

    offer.put(fresh, pages)


def begin(builder: Builder) -> bool:
    """Let the next build begin before its pages are there, if there is a last one that it can go on from.

    Parameters
    ----------
    builder
        Jupyter Book, ready.

    Returns
    -------
    bool
        Whether there is one.
    """
    there = (gathering.folder() / "_toc.yml").is_file() and not (_sphinx_folder() / "unfinished").exists()
    if there:
        config = settings.put(_sphinx_folder())
        builder.begin(*_arguments(config), settings=_settings(config))
    return there


def _arguments(config: Path) -> list[str]:
    source, output = gathering.folder(), str(_sphinx_folder())
    where = ["--config", str(config), "--toc", str(source / "_toc.yml"), "--path-output", output]
    return ["build", str(source), *where, "-n", "-W", "--keep-going", "-q"]


def _settings(config: Path) -> str:
    """Fingerprint all that Sphinx has taken in when it looks for pages.

    Settings, scripts, styles, references, templates, our extensions, and what it knows of the last build.
    """
    source = gathering.folder()
    kinds = ("css", "js", "bib", "html")
    others = sorted(path for kind in kinds for path in source.rglob(f"*.{kind}"))
    read = {str(path): path.read_bytes() for path in (config, source / "_toc.yml", *others)}
    known = _sphinx_folder() / "_build" / ".doctrees" / "environment.pickle"
    parts = (stamp.package(), read, _look(known))
    return hashlib.sha256(repr(parts).encode()).hexdigest()


def exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once, so that there always is a book; False where that cannot be."""
    rename: Any = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    return bool(rename) and rename(here, bytes(one), here, bytes(other), exchange) == 0


def _copy(html: Path) -> Callable[[str, str], object]:
    """Copy a file, or link it to the last book's if that is the same: no file of a book is ever changed."""
    last, start = str(folder()), len(str(html))

    def copy(source: str, target: str) -> None:
        if (there := _look(last + source[start:])) and there == _look(source):
            os.link(last + source[start:], target)
        else:
            shutil.copy2(source, target)

    return copy


def _look(path: Path | str) -> tuple[int, int] | None:
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _sphinx_folder() -> Path:
    return project.build() / "sphinx"


def _sphinx(builder: Builder) -> Path:
    output = _sphinx_folder()
    unfinished = output / "unfinished"  # a page read once is not read, nor warned of, again
    if unfinished.exists():
        shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    config = settings.put(output)
    done, printed = builder.build(*_arguments(config), settings=_settings(config))
    if not done:
        raise Failure(_explain(click.unstyle(printed)))
    unfinished.unlink()
    return output / "_build" / "html"


def _explain(printed: str) -> str:
    log = project.build() / "sphinx.log"
    log.write_text(printed, encoding="utf-8")
    read, written = f"{gathering.folder()}/", "book/"
    faults = [
        line.replace(read, written) for line in printed.splitlines() if "WARNING" in line or "ERROR" in line
    ]
    listed = "\n  ".join(faults or printed.strip().splitlines()[-5:])
    return f"the book was not built; the last good one still stands\n  {listed}\n  full log: {log}"
