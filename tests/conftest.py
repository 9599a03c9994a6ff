"""A small project on disk that tests may change as they like, and the same with its pages executed."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import hypothesis
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# Machines are shared: how long an example took says nothing about the code. What explains a failure traces
# every line, for minutes; continuous integration tries the same examples each time, other runs new ones.
hypothesis.settings.register_profile(
    "shared",
    deadline=None,
    derandomize="CI" in os.environ,
    database=None if "CI" in os.environ else hypothesis.settings.default.database,
    phases=[phase for phase in hypothesis.Phase if phase is not hypothesis.Phase.explain],
)
hypothesis.settings.load_profile("shared")

# The commands under test heed Ctrl-C, also where the tests are run in the background, which would ignore it.
if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

PUBLISHED = {"preset": "none", "reason": "For a test."}
PACKAGE = {
    "name": "small",
    "version": "1.2.3",
    "title": "A small data package",
    "description": "Two tables for tests.",
    "resources": [
        {
            "name": "pilots",
            "type": "table",
            "path": "tables/pilots.csv",
            "title": "Pilots",
            "description": "One row is a place.",
            "encoding": "utf-8",
            "pfpp:disclosure": PUBLISHED,
            "schema": {
                "fields": [
                    {
                        "name": "pilot",
                        "type": "string",
                        "description": "Slug.",
                        "constraints": {"required": True},
                    },
                    {"name": "place", "type": "string", "description": "Name."},
                    {
                        "name": "funding_gbp",
                        "type": "integer",
                        "unit": "GBP",
                        "description": "Funding.",
                        "constraints": {"minimum": 0, "maximum": 400000},
                    },
                ],
                "primaryKey": ["pilot"],
            },
        },
        {
            "name": "reach",
            "type": "table",
            "path": "tables/reach.csv",
            "title": "Reach",
            "description": "One row is a figure.",
            "encoding": "utf-8",
            "pfpp:disclosure": PUBLISHED,
            "schema": {
                "fields": [
                    {
                        "name": "pilot",
                        "type": "string",
                        "description": "Slug.",
                        "constraints": {"required": True},
                    },
                    {"name": "people", "type": "number", "unit": "people", "description": "Reached."},
                    {
                        "name": "kind",
                        "type": "string",
                        "description": "Kind.",
                        "constraints": {"enum": ["reached", "target"]},
                    },
                ],
                "primaryKey": ["pilot", "kind"],
                "foreignKeys": [
                    {"fields": ["pilot"], "reference": {"resource": "pilots", "fields": ["pilot"]}}
                ],
            },
        },
    ],
}
PLAN = """\
front: overview
parts:
  - part: Places
    pages:
      - notebook: place
        runs:
          - page: place-north
            title: North
            parameters: {place: north}
          - page: place-south
            title: South
            parameters: {place: south}
  - part: Reference
    pages:
      - generated: data-dictionary
      - generated: how-made
"""
CODE = """\
from pfpp_utils.data import places, tables
from pfpp_utils.publish import show

places.check(place)
reach = tables.load("reach").query("pilot == @place")
show.table(reach, name="reach", title="Reach", subtitle="People by place", source="Test")
"""


def make_notebook(
    code: str = CODE, parameters: str = 'place = "north"  # slug of the place'
) -> nbformat.NotebookNode:
    """Return a notebook with a title, one parameters cell and one code cell."""
    cells = [
        new_markdown_cell("# A place"),
        new_code_cell(parameters, metadata={"tags": ["parameters"]}),
        new_code_cell(code),
    ]
    metadata = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
    return new_notebook(cells=cells, metadata=metadata)


def write_project(folder: Path) -> None:
    """Write a project with two places, one notebook, a plan and a front page."""
    for room in ("data/tables", "notebooks", "book"):
        (folder / room).mkdir(parents=True)
    (folder / "data/datapackage.json").write_text(json.dumps(PACKAGE))
    (folder / "data/tables/pilots.csv").write_text(
        "pilot,place,funding_gbp\nnorth,North,100000\nsouth,South,50000\n"
    )
    (folder / "data/tables/reach.csv").write_text(
        "pilot,people,kind\nnorth,37,reached\nnorth,50,target\nsouth,12.5,reached\n",
    )
    (folder / "notebooks/plan.yml").write_text(PLAN)
    nbformat.write(make_notebook(), folder / "notebooks/place.ipynb")
    (folder / "book/overview.md").write_text("# Overview\n\nA small book.\n")
    (folder / "_config.yml").write_text(
        'title: Small\nonly_build_toc_files: true\nexecute: {execute_notebooks: "off"}\n',
    )


def add_table(project: Path, name: str, fields: dict[str, dict[str, Any]], text: str) -> None:
    """Add a table to a project's data package: field descriptors by name, and the text of its file."""
    described = [{"name": key, "description": "For a test.", **field} for key, field in fields.items()]
    resource = {
        "name": name,
        "type": "table",
        "path": f"tables/{name}.csv",
        "title": name,
        "description": "For a test.",
        "encoding": "utf-8",
        "pfpp:disclosure": PUBLISHED,
        "schema": {"fields": described, "primaryKey": [described[0]["name"]]},
    }
    path = project / "data/datapackage.json"
    package = json.loads(path.read_text())
    path.write_text(json.dumps({**package, "resources": [*package["resources"], resource]}))
    (project / f"data/tables/{name}.csv").write_text(text)


def state_rule(project: Path, rule: dict[str, Any] | None, name: str) -> None:
    """State another rule of disclosure for a table of a project's data package; None states none."""
    path = project / "data/datapackage.json"
    package = json.loads(path.read_text())
    (resource,) = (one for one in package["resources"] if one["name"] == name)
    resource.pop("pfpp:disclosure", None)
    resource.update({} if rule is None else {"pfpp:disclosure": rule})
    path.write_text(json.dumps(package))


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, to see that nothing was written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


@pytest.fixture(autouse=True)
def _nothing_protected(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let each test begin as a page does: no table that may not be shown as it is has been read or shown."""
    from pfpp_utils.data import tables
    from pfpp_utils.publish import controlled

    monkeypatch.setattr(tables, "protected", set())
    monkeypatch.setattr(controlled, "_shown", {})


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make the small project the project at hand."""
    write_project(tmp_path)
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return tmp_path


@pytest.fixture(scope="session")
def run_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write the small project and execute both its pages at once: once for all tests, not to be changed."""
    from pfpp_utils.publish import execute, plan

    folder = tmp_path_factory.mktemp("run") / "project"
    folder.mkdir()
    write_project(folder)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(folder))
        outcomes = execute.run(plan.notebooks(plan.load()), jobs=2)
    assert [outcome.error for outcome in outcomes] == ["", ""]
    return folder


@pytest.fixture
def executed_project(run_once: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a copy of the small project, its pages executed, the project at hand."""
    shutil.copytree(run_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return tmp_path


@contextmanager
def serving(project: Path, **environment: str) -> Iterator[tuple[str, Callable[..., str]]]:
    """Run ``pfpp serve``, ended by Ctrl-C; give its address, and what waits for a line."""
    environment = {**os.environ, "PFPP_PROJECT": str(project), **environment}
    command = [sys.executable, "-m", "pfpp_utils.cli", "serve", "--port", "0"]
    pipes: dict[str, Any] = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    with subprocess.Popen(command, cwd=project, env=environment, start_new_session=True, **pipes) as server:
        limit = threading.Timer(300, server.kill)  # what never comes fails the test
        limit.start()
        try:
            said: list[str] = []

            def wait(*texts: str) -> str:
                for line in iter(server.stdout.readline, ""):
                    said.append(line)
                    if any(text in line for text in texts):
                        return line
                pytest.fail(f"it ended without {texts}\n{''.join(said)}")

            yield re.search(r"http://127\.0\.0\.1:\d+", wait("Serving")).group(), wait
            os.killpg(server.pid, signal.SIGINT)
            assert server.wait(30) == 0
        finally:
            limit.cancel()
            server.kill()


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[nbformat.NotebookNode]:
    """Collect the outputs that `show` displays, as a notebook would keep them; numbering starts anew."""
    from pfpp_utils.publish import outputs as way_out

    outputs: list[nbformat.NotebookNode] = []

    def display(content: dict[str, Any], *, raw: bool, metadata: dict[str, Any]) -> None:
        assert raw
        outputs.append(new_output("display_data", data=content, metadata=metadata))

    monkeypatch.setattr(way_out, "display", display)
    monkeypatch.setattr(way_out, "_numbers", {"Figure": {}, "Table": {}, "List": {}})
    return outputs


@pytest.fixture(scope="session")
def external() -> Path:
    """Folder with official files, which are not part of the project: tests on them are skipped without it."""
    folder = os.environ.get("PFPP_EXTERNAL")
    if not folder:
        pytest.skip("PFPP_EXTERNAL names no folder with official files")
    return Path(folder)
