"""The book: pages and prose gathered, built by Jupyter Book beside the last one, then moved into place."""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import click
import nbformat
import plotly
import yaml

from pfpp_utils import project
from pfpp_utils.data import tables
from pfpp_utils.errors import Failure
from pfpp_utils.publish import dictionary, execute, notebook, page, plan, record
from pfpp_utils.publish.plan import Page


def folder() -> Path:
    """Folder of the built book."""
    return project.build() / "book"


def missing(pages: list[Page]) -> list[Page]:
    """Notebook pages that have never been executed.

    Parameters
    ----------
    pages
        Top-level pages of the plan.

    Returns
    -------
    list of Page
        In the order of the book; empty if all have been executed.
    """
    return [one for one in plan.notebooks(pages) if not execute.output(one).is_file()]


def build(pages: list[Page]) -> Path:
    """Build the book from the executed pages and the prose.

    Parameters
    ----------
    pages
        The plan; every notebook page has been executed.

    Returns
    -------
    pathlib.Path
        The folder of the new book, ``_build/book``.

    Raises
    ------
    Failure
        With the builder's warnings, all of which are errors here.
    """
    source = project.build() / "source"
    if _gather(pages, source):
        shutil.rmtree(_sphinx_folder(), ignore_errors=True)  # what a page left behind goes with it
    html = _sphinx(source)
    fresh, last = folder().with_name("book.new"), folder().with_name("book.old")
    for leftover in (fresh, last):
        shutil.rmtree(leftover, ignore_errors=True)
    shutil.copytree(html, fresh)
    if folder().exists():
        folder().rename(last)
    fresh.rename(folder())
    shutil.rmtree(last, ignore_errors=True)
    return folder()


def _gather(pages: list[Page], source: Path) -> bool:
    """Write everything the builder reads; say whether anything of the last time is no longer wanted.

    A file whose content is the same keeps its time, so that the builder need not read it again.
    """
    wanted = {_put(source / name, content) for name, content in _files(pages)}
    stale = [path for path in source.rglob("*") if path.is_file() and path not in wanted]
    for path in stale:
        path.unlink()
    return bool(stale)


def _files(pages: list[Page]) -> Iterable[tuple[str, bytes]]:
    prose = project.root() / "book"
    for path in prose.rglob("*"):
        if path.is_file():
            yield path.relative_to(prose).as_posix(), path.read_bytes()
    made = record.line()
    for one in plan.notebooks(pages):
        rendered = page.render(notebook.read(execute.output(one)), one, made=made)
        yield f"{one.name}.ipynb", nbformat.writes(rendered.notebook).encode()
        yield from ((f"_static/{path}", content) for path, content in rendered.files.items())
    for name in tables.names():
        described = tables.describe(name)
        yield f"_static/{described['path']}", (project.data() / described["path"]).read_bytes()
    yield "_static/datapackage.json", (project.data() / "datapackage.json").read_bytes()
    yield (
        "_static/plotly.min.js",
        (Path(plotly.__file__).parent / "package_data" / "plotly.min.js").read_bytes(),
    )
    yield "data-dictionary.md", dictionary.markdown().encode()
    yield "how-made.md", record.markdown(pages).encode()
    yield "_toc.yml", yaml.safe_dump(plan.contents(pages), sort_keys=False).encode()


def _put(path: Path, content: bytes) -> Path:
    if not path.is_file() or path.read_bytes() != content:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return path


def _sphinx_folder() -> Path:
    return project.build() / "sphinx"


def _sphinx(source: Path) -> Path:
    output = _sphinx_folder()
    config = project.root() / "_config.yml"
    command = [str(Path(sys.executable).with_name("jupyter-book")), "build", str(source)]
    command += ["--config", str(config), "--toc", str(source / "_toc.yml"), "--path-output", str(output)]
    command += ["-n", "-W", "--keep-going", "-q"]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode:
            raise Failure(_explain(click.unstyle(done.stdout + done.stderr)))
    except BaseException:
        shutil.rmtree(output, ignore_errors=True)  # a page read once is not read, nor warned of, again
        raise
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
