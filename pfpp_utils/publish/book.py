"""The book: pages and prose gathered, built by Jupyter Book beside the last one, then moved into place."""

from __future__ import annotations

import ctypes
import hashlib
import importlib
import json
import os
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import click
import nbformat
import yaml

from pfpp_utils import project
from pfpp_utils.data import publication, tables
from pfpp_utils.errors import Failure, InputError
from pfpp_utils.publish import (
    attachments,
    dictionary,
    execute,
    gate,
    notebook,
    page,
    plan,
    record,
    settings,
    stamp,
)
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.plan import Page


def folder() -> Path:
    """Folder of the built book."""
    return project.build() / "book"


def build(pages: list[Page], builder: Builder, *, on_paper: bool = False) -> Path:
    """Build the book from the executed pages and the prose.

    Parameters
    ----------
    pages
        The plan; every notebook page has been executed.
    builder
        Jupyter Book, ready.
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
    source = project.build() / "source"
    fresh, last = folder().with_name("book.new"), folder().with_name("book.old")
    if last.exists() and not folder().exists():
        last.rename(folder())  # a run was ended between the two moves below
    if _gather(pages, source):
        shutil.rmtree(_sphinx_folder(), ignore_errors=True)  # what a page left behind goes with it
    html = _sphinx(source, builder)
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
    if not _exchange(fresh, folder()):
        if folder().exists():
            folder().rename(last)
        fresh.rename(folder())
    for leftover in (fresh, last):
        shutil.rmtree(leftover, ignore_errors=True)
    return folder()


def _print(fresh: Path, pages: list[Page]) -> None:
    from pfpp_utils.publish.paper import offer  # noqa: PLC0415 few builds are printed

    offer.put(fresh, pages)


def begin(builder: Builder) -> None:
    """Let a build begin before its pages are there, if there is a last one that it can go on from.

    Parameters
    ----------
    builder
        Jupyter Book, ready.
    """
    source = project.build() / "source"
    if (source / "_toc.yml").is_file() and not (_sphinx_folder() / "unfinished").exists():
        config = settings.put(_sphinx_folder())
        builder.begin(*_arguments(source, config), settings=_settings(source, config))
    importlib.import_module("gptables")  # slow to load; every page with a table needs it


def _arguments(source: Path, config: Path) -> list[str]:
    output = str(_sphinx_folder())
    where = ["--config", str(config), "--toc", str(source / "_toc.yml"), "--path-output", output]
    return ["build", str(source), *where, "-n", "-W", "--keep-going", "-q"]


def _settings(source: Path, config: Path) -> str:
    """Fingerprint what Sphinx reads before it looks for pages: settings, what it knows of the last build."""
    static = sorted(str(path) for kind in ("css", "js") for path in (source / "_static").rglob(f"*.{kind}"))
    read = [config, source / "_toc.yml", *sorted(source.rglob("*.bib"))]
    known = _sphinx_folder() / "_build" / ".doctrees" / "environment.pickle"
    parts = (static, [path.read_bytes() for path in read], known.is_file() and _look(known))
    return _digest(repr(parts).encode())


def _exchange(one: Path, other: Path) -> bool:
    """Let two folders change places at once, so that there always is a book; False where that cannot be."""
    rename: Any = getattr(ctypes.CDLL(None), "renameat2", None)
    here, exchange = -100, 2  # AT_FDCWD and RENAME_EXCHANGE of Linux
    return bool(rename) and rename(here, bytes(one), here, bytes(other), exchange) == 0


def _copy(html: Path) -> Callable[[str, str], object]:
    """Copy a file, or link it to the last book's if that is the same: no file of a book is ever changed."""
    book = folder()

    def copy(source: str, target: str) -> None:
        last = book / os.path.relpath(source, html)
        if last.is_file() and _look(last) == _look(Path(source)):
            os.link(last, target)
        else:
            shutil.copy2(source, target)

    return copy


def _look(path: Path) -> tuple[int, int]:
    return path.stat().st_size, path.stat().st_mtime_ns


def _gather(pages: list[Page], source: Path) -> bool:
    """Write everything the builder reads; say whether anything of the last time is no longer wanted.

    A file whose content is the same keeps its time, so that the builder need not read it again.
    """
    wanted = {_put(source / name, content) for name, content in _files(pages)}
    stale = [path for path in source.rglob("*") if path.is_file() and path not in wanted]
    for path in stale:
        path.unlink()
    return bool(stale)


def _files(pages: list[Page]) -> Iterator[tuple[str, bytes]]:
    prose = project.root() / "book"
    for path in prose.rglob("*"):
        if path.is_file():
            yield path.relative_to(prose).as_posix(), path.read_bytes()
    package = stamp.package()
    for one in plan.notebooks(pages):
        yield from _rendered(one, package)
    for name in tables.names():
        described = tables.describe(name)
        yield f"_static/{described['path']}", publication.content(name)
    yield "_static/datapackage.json", (project.data() / "datapackage.json").read_bytes()
    yield "data-dictionary.md", dictionary.markdown().encode()
    yield "how-made.md", record.markdown(pages).encode()
    yield "_toc.yml", yaml.safe_dump(plan.contents(pages), sort_keys=False).encode()


def _rendered(one: Page, package: str) -> Iterator[tuple[str, bytes]]:
    """Files of one page, rendered anew only if what they are made from has changed."""
    executed, made = execute.output(one), record.line(one)
    key = hashlib.sha256(executed.read_bytes() + repr((one, made, package)).encode()).hexdigest()
    kept = project.build() / "rendered" / one.name
    try:
        listed = json.loads((kept / "files.json").read_text(encoding="utf-8"))
        files = {name: (kept / digest).read_bytes() for name, digest in listed["files"].items()}
        if listed["key"] == key and all(_digest(files[name]) == listed["files"][name] for name in files):
            yield from files.items()
            return
    except (OSError, ValueError, LookupError, TypeError):
        pass
    rendered = page.render(notebook.read(executed), one, made=made)
    for number, cell in enumerate(rendered.notebook.cells, start=1):
        cell.id = f"cell-{number}"  # a new one each time would make the builder read the page again
    files = {f"{one.name}.ipynb": nbformat.writes(rendered.notebook).encode()}
    files |= {f"_static/{path}": content for path, content in rendered.files.items()}
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for content in files.values():
        (kept / _digest(content)).write_bytes(content)
    listed = {"key": key, "files": {name: _digest(content) for name, content in files.items()}}
    (kept / "files.json").write_text(json.dumps(listed), encoding="utf-8")
    yield from files.items()


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _put(path: Path, content: bytes) -> Path:
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def _sphinx_folder() -> Path:
    return project.build() / "sphinx"


def _sphinx(source: Path, builder: Builder) -> Path:
    output = _sphinx_folder()
    unfinished = output / "unfinished"  # a page read once is not read, nor warned of, again
    if unfinished.exists():
        shutil.rmtree(output, ignore_errors=True)
    output.mkdir(parents=True, exist_ok=True)
    unfinished.touch()
    config = settings.put(output)
    done, printed = builder.build(*_arguments(source, config), settings=_settings(source, config))
    if not done:
        raise Failure(_explain(click.unstyle(printed)))
    unfinished.unlink()
    return output / "_build" / "html"


def _explain(printed: str) -> str:
    log = project.build() / "sphinx.log"
    log.write_text(printed, encoding="utf-8")
    read, written = f"{project.build() / 'source'}/", "book/"
    faults = [
        line.replace(read, written) for line in printed.splitlines() if "WARNING" in line or "ERROR" in line
    ]
    listed = "\n  ".join(faults or printed.strip().splitlines()[-5:])
    return f"the book was not built; the last good one still stands\n  {listed}\n  full log: {log}"
