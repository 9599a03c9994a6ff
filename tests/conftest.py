"""A small project on disk that tests may change as they like, and the same with its pages executed."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import hypothesis
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

# Machines are shared: how long an example took says nothing about the code.
hypothesis.settings.register_profile("shared", deadline=None)
hypothesis.settings.load_profile("shared")

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
show.table(reach, name="reach", title="Reach", source="Test")
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
        "schema": {"fields": described, "primaryKey": [described[0]["name"]]},
    }
    path = project / "data/datapackage.json"
    package = json.loads(path.read_text())
    path.write_text(json.dumps({**package, "resources": [*package["resources"], resource]}))
    (project / f"data/tables/{name}.csv").write_text(text)


def files(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, to see that nothing was written."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()
    }


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


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> list[nbformat.NotebookNode]:
    """Collect the outputs that `show` displays, as a notebook would keep them; numbering starts anew."""
    from pfpp_utils.publish import show

    outputs: list[nbformat.NotebookNode] = []

    def display(content: dict[str, Any], *, raw: bool, metadata: dict[str, Any]) -> None:
        assert raw
        outputs.append(new_output("display_data", data=content, metadata=metadata))

    monkeypatch.setattr(show, "display", display)
    monkeypatch.setattr(show, "_numbers", {"Figure": {}, "Table": {}})
    return outputs
