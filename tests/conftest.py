"""A small project on disk that tests may change as they like."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

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


@pytest.fixture
def small_project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Make a project with two places, one notebook, a plan and a front page the project at hand."""
    for folder in ("data/tables", "notebooks", "book"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "data/datapackage.json").write_text(json.dumps(PACKAGE))
    (tmp_path / "data/tables/pilots.csv").write_text(
        "pilot,place,funding_gbp\nnorth,North,100000\nsouth,South,50000\n"
    )
    (tmp_path / "data/tables/reach.csv").write_text(
        "pilot,people,kind\nnorth,37,reached\nnorth,50,target\nsouth,12.5,reached\n",
    )
    (tmp_path / "notebooks/plan.yml").write_text(PLAN)
    nbformat.write(make_notebook(), tmp_path / "notebooks/place.ipynb")
    (tmp_path / "book/overview.md").write_text("# Overview\n\nA small book.\n")
    (tmp_path / "_config.yml").write_text(
        'title: Small\nonly_build_toc_files: true\nexecute: {execute_notebooks: "off"}\n',
    )
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return tmp_path
