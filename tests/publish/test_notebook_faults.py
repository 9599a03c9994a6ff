"""Everything wrong is listed at once."""

from __future__ import annotations

import nbformat
import pytest
from conftest import PLAN, make_notebook
from nbformat.v4 import new_output

from pfpp_utils.publish import faults, notebook


def save(project, name="place", code="x = 1 + 1", *, ran=True, normal=True, prints=False):
    book = make_notebook(code)
    for cell in book.cells[1:]:
        cell.execution_count = 1 if ran else None
        cell.outputs = [new_output("stream", name="stderr", text="a warning")] if prints else []
    path = project / f"notebooks/{name}.ipynb"
    nbformat.write(notebook.normalise(book) if normal else book, path)


@pytest.fixture
def sound(small_project):
    save(small_project)
    return small_project


def test_a_sound_project_has_none(sound):
    assert faults.every() == []


@pytest.mark.parametrize(
    ("options", "where", "what"),
    [
        ({"normal": False}, "notebooks/place.ipynb: ", "run `pfpp normalise place`"),
        ({"ran": False}, "notebooks/place.ipynb: ", "run `pfpp normalise --execute place`"),
        ({"code": "x = 1\n" * 16}, "notebooks/place.ipynb, cell 3: ", "16 lines of code; allowed: 15"),
        ({"code": "x" * 117 + " = 1"}, "notebooks/place.ipynb, cell 3: ", "wider than 120 characters"),
        (
            {"code": "1 + 1"},
            "notebooks/place.ipynb, cell 3: ",
            "the cell ends in `1 + 1`; output goes through show",
        ),
        ({"prints": True}, "notebooks/place.ipynb, cell ", "prints, warns or fails"),
    ],
)
def test_a_fault_of_a_notebook(sound, options, where, what):
    save(sound, **options)
    found = faults.every()
    assert found
    assert all(fault.startswith(where) and what in fault for fault in found), found


def test_fifteen_lines_of_code_are_allowed(sound):
    save(sound, code=("x" * 116 + " = 1\n") * 15)
    assert faults.every() == []


def test_data_plan_and_notebooks_are_all_checked_whatever_else_is_wrong(sound):
    (sound / "data/tables/reach.csv").write_text("pilot,people,kind\nnorth,many,reached\nwest,1,hoped\n")
    (sound / "notebooks/plan.yml").write_text(PLAN.replace("place: south", "place: west"))
    save(sound, "first", "x = 1\n" * 16)
    (sound / "notebooks/second.ipynb").write_text("{")
    found = faults.every()
    for part in (
        "data/tables/reach.csv, line 2, column people",
        "data/tables/reach.csv, line 3, column pilot",
        "data/tables/reach.csv, line 3, column kind",
        "notebooks/plan.yml, line 10",
        "notebooks/first.ipynb, cell 3",
        "notebooks/second.ipynb",
    ):
        assert sum(part in fault for fault in found) == 1, part
    assert len(found) == 6


def test_every_fault_of_the_plan_is_listed(sound):
    text = PLAN.replace("place: north", "place: east").replace("place: south", "place: west")
    (sound / "notebooks/plan.yml").write_text(text.replace("how-made", "how"))
    found = "\n".join(faults.every())
    for part in ("line 7", "'east'", "line 10", "'west'", "line 16", "'how'"):
        assert part in found


def test_a_fault_that_stops_two_checks_is_listed_once(sound):
    (sound / "data/datapackage.json").write_text("{")
    found = faults.every()
    assert len(found) == len(set(found)) == 1


def test_a_fault_of_a_case_file_is_listed(sound):
    (sound / "data/cases").mkdir()
    (sound / "data/cases/north.yml").write_text("case: North\nprice_year: soon\n")
    (fault,) = faults.every()
    assert "north.yml, line 1" in fault
