"""Refreshing committed notebooks: outputs fresh, form normal, and all of it or nothing."""

from __future__ import annotations

import importlib

import nbformat
import pytest
from conftest import files, make_notebook

from pfpp_utils.errors import Failure
from pfpp_utils.publish import execute, notebook

refreshing = importlib.import_module("pfpp_utils.publish.refresh")
refresh = refreshing.refresh


def test_a_notebook_is_brought_into_normal_form_once(small_project):
    assert refresh(["place"]) == {"place": True}
    assert notebook.is_normal(notebook.path_of("place"))
    assert refresh(["place"]) == {"place": False}


def test_a_rerun_stores_fresh_outputs_of_the_defaults(small_project):
    assert refresh(["place"], rerun=True) == {"place": True}
    path = notebook.path_of("place")
    cells = notebook.read(path).cells
    assert [cell.source for cell in cells] == [cell.source for cell in make_notebook().cells]
    assert "37" in cells[2].outputs[0].data["text/csv"]
    assert notebook.is_normal(path)
    assert notebook.executed(path)
    assert list((small_project / "_build/pages").iterdir()) == []


def test_no_notebook_changes_if_one_fails(small_project, monkeypatch):
    nbformat.write(make_notebook("1 / 0"), notebook.path_of("bad"))
    before = files(small_project / "notebooks")

    def run(pages):
        good, bad = pages
        nbformat.write(make_notebook("1 + 1"), execute.output(good))
        return [execute.Outcome(good, 1.0), execute.Outcome(bad, 1.0, "page bad failed")]

    execute.folder().mkdir(parents=True)
    monkeypatch.setattr(refreshing.execute, "run", run)
    with pytest.raises(Failure, match="page bad failed"):
        refresh(["place", "bad"], rerun=True)
    assert files(small_project / "notebooks") == before
    assert list(execute.folder().iterdir()) == []
