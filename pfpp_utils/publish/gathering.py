"""What the book builder reads: pages, prose, tables and lists, gathered into one folder."""

from __future__ import annotations

import hashlib
import json
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
import yaml

from pfpp_utils import project
from pfpp_utils.data import publication, tables
from pfpp_utils.publish import dictionary, execute, notebook, page, plan, record, stamp, workbook
from pfpp_utils.publish.plan import Page

Files = dict[str, bytes]
#: A page can be asked for while all are gathered.
_TURN = threading.Lock()


def folder() -> Path:
    """Folder that the book builder reads."""
    return project.build() / "source"


class Gathering:
    """Gathers for one build. What no run changes can be gathered while pages still run.

    A file whose content is the same keeps its time, so that the builder need not read it again.

    Parameters
    ----------
    pages
        The plan.
    """

    def __init__(self, pages: list[Page]) -> None:
        self._pages = pages
        self._tools = stamp.tools()
        self._fixed: set[Path] = set()
        self._put: dict[str, tuple[str, set[Path]]] = {}

    def begin(self) -> None:
        """Gather what no run changes, and the pages as they are by now."""
        self._fix()
        for one in plan.notebooks(self._pages):
            if execute.output(one).is_file():
                self.page(one)

    def page(self, one: Page) -> set[Path]:
        """Write what a page consists of, as it was last run.

        Parameters
        ----------
        one
            A page of kind ``notebook``.

        Returns
        -------
        set of pathlib.Path
            Its files.
        """
        with _TURN:
            made = record.line(one)
            key = _digest(execute.output(one).read_bytes() + repr((one, made, self._tools)).encode())
            if self._put.get(one.name, ("",))[0] != key:
                files = _rendered(one, made, key, self._tools)
                self._put[one.name] = key, {_put(name, content) for name, content in files.items()}
            return self._put[one.name][1]

    def finish(self) -> bool:
        """Gather all that is not gathered yet, and remove what is no longer wanted.

        Returns
        -------
        bool
            Whether anything was removed.
        """
        if not self._fixed:
            self._fix()
        wanted = self._fixed.union(*(self.page(one) for one in plan.notebooks(self._pages)))
        wanted.add(_put("how-made.md", record.markdown(self._pages).encode()))
        contents = yaml.safe_dump(plan.contents(self._pages), sort_keys=False)
        wanted.add(_put("_toc.yml", contents.encode()))
        stale = [path for path in folder().rglob("*") if path.is_file() and path not in wanted]
        for path in stale:
            path.unlink()
        return bool(stale)

    def _fix(self) -> None:
        self._fixed = {_put(name, content) for name, content in _fixed()}


def _fixed() -> Iterator[tuple[str, bytes]]:
    prose = project.root() / "book"
    for path in prose.rglob("*"):
        if path.is_file():
            yield path.relative_to(prose).as_posix(), path.read_bytes()
    for name in tables.names():
        described = tables.describe(name)
        yield f"_static/{described['path']}", publication.content(name)
    yield "_static/datapackage.json", (project.data() / "datapackage.json").read_bytes()
    yield "data-dictionary.md", dictionary.markdown().encode()


def _rendered(one: Page, made: str, key: str, tools: str) -> Files:
    """Files of one page, rendered anew only if what they are made from has changed."""
    kept = project.build() / "rendered" / one.name
    listed, files = _recall(kept)
    if listed.get("key") == key:
        return files
    known = {str(of): files[name] for name, of in listed.get("sheets", {}).items() if name in files}

    def sheet(*given: str) -> bytes:  # they take longer than all the rest, and seldom change
        return known.get(_sheet(given, tools)) or workbook.written(*given)

    rendered = page.render(notebook.read(execute.output(one)), one, made=made, sheet=sheet)
    for number, cell in enumerate(rendered.notebook.cells, start=1):
        cell.id = f"cell-{number}"  # a new one each time would make the builder read the page again
    files = {f"{one.name}.ipynb": nbformat.writes(rendered.notebook).encode()}
    files |= {f"_static/{path}": content for path, content in rendered.files.items()}
    sheets = {f"_static/{path}": _sheet(given, tools) for path, given in rendered.sheets.items()}
    _keep(kept, {"key": key, "sheets": sheets}, files)
    return files


def _sheet(given: tuple[str, ...], tools: str) -> str:
    return _digest(repr((given, tools)).encode())


def _recall(kept: Path) -> tuple[dict[str, Any], Files]:
    """Read what a page last consisted of, with what is said of it; nothing if any of it is not as it was."""
    try:
        listed = json.loads((kept / "files.json").read_text(encoding="utf-8"))
        files = {name: (kept / digest).read_bytes() for name, digest in listed["files"].items()}
        sound = all(_digest(content) == listed["files"][name] for name, content in files.items())
        return (listed, files) if sound and isinstance(listed["sheets"], dict) else ({}, {})
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return {}, {}


def _keep(kept: Path, said: dict[str, Any], files: Files) -> None:
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir(parents=True)
    for content in files.values():
        (kept / _digest(content)).write_bytes(content)
    listed = {**said, "files": {name: _digest(content) for name, content in files.items()}}
    (kept / "files.json").write_text(json.dumps(listed), encoding="utf-8")


def _put(name: str, content: bytes) -> Path:
    path = folder() / name
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()
