"""The matrix of caching: each kind of input is changed, and exactly the pages it touches are due."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from conftest import make_notebook, write_project

from pfpp_utils.publish import execute, fingerprint, plan, reach

PLAN = """\
front: overview
parts:
  - part: All
    pages:
      - notebook: place
        runs:
          - page: north
            parameters: {place: north}
          - page: south
            parameters: {place: south}
      - notebook: cases
        runs:
          - page: cases
      - notebook: last
        after: all
        runs:
          - page: last
      - generated: how-made
"""
PLACE = "from pfpp_utils.data import tables\nprint((tables.load('reach').pilot == place).sum())"
#: Reads the cases, of pilots an entry, and says whether an official file is there.
CASES = """\
from pfpp_utils import project
from pfpp_utils.data import reads
from pfpp_utils.methods import rounding

for name in ("cases", "cases/north.yml", "external/roads.csv"):
    reads.note(project.data() / name)
print((project.data() / "cases/north.yml").read_text(), (project.data() / "external/roads.csv").is_file())
"""
LAST = "print('the last')"
EVERY = ["cases", "last", "north", "south"]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    folder = tmp_path_factory.mktemp("matrix") / "project"
    folder.mkdir()
    write_project(folder)
    (folder / "notebooks/plan.yml").write_text(PLAN)
    for name, code in {"place": PLACE, "cases": CASES.replace("rounding", "prices"), "last": LAST}.items():
        nbformat.write(make_notebook(code), folder / f"notebooks/{name}.ipynb")
    (folder / "data/cases").mkdir()
    (folder / "data/cases/north.yml").write_text("case: north\n")
    (folder / "requirements.lock").write_text("pandas==3\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(folder))
        patch.delenv("PFPP_EXTERNAL", raising=False)
        for wave in execute.waves(plan.notebooks(plan.load())):
            assert [outcome.error for outcome in execute.run(wave)] == [""] * len(wave)
    return folder


@pytest.fixture
def matrix(ran, tmp_path, monkeypatch):
    """Make a copy of the project the one at hand, and a copy of the package the one that is read."""
    shutil.copytree(ran, tmp_path / "project")
    shutil.copytree(reach.PACKAGE, tmp_path / "pfpp_utils", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path / "project"))
    monkeypatch.delenv("PFPP_EXTERNAL", raising=False)
    monkeypatch.setattr(reach, "PACKAGE", tmp_path / "pfpp_utils")
    forget()
    yield SimpleNamespace(project=tmp_path / "project", package=tmp_path / "pfpp_utils")
    forget()


def forget():
    reach._module.cache_clear()
    fingerprint._notebook.cache_clear()
    fingerprint._lock.cache_clear()


def due():
    """Say what changed, by page that must be run."""
    forget()
    changed = execute.changed(plan.notebooks(plan.load()))
    return {name: what for name, what in sorted(changed.items()) if what}


def append(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a") as file:
        file.write(text)


def edit_cell(path, kind, more):
    book = nbformat.read(path, 4)
    cell = next(cell for cell in reversed(book.cells) if cell.cell_type == kind)
    cell.source += more
    nbformat.write(book, path)


def edit_entry(path, number):
    package = json.loads(path.read_text())
    package["resources"][number]["description"] = "Another."
    path.write_text(json.dumps(package))


P, D = "notebooks/place.ipynb", "data/datapackage.json"
CHANGES = {
    "nothing": (lambda m: None, []),
    "only times": (lambda m: [path.touch() for path in m.project.rglob("*")], []),
    "outputs of a committed notebook": (
        lambda m: nbformat.write(nbformat.read(m.project / P, 4), m.project / P),
        [],
    ),
    "a notebook's code": (lambda m: edit_cell(m.project / P, "code", "\n1"), ["north", "south"]),
    "a notebook's prose": (lambda m: edit_cell(m.project / P, "markdown", " more"), ["north", "south"]),
    "a parameter in the plan": (
        lambda m: (m.project / "notebooks/plan.yml").write_text(
            PLAN.replace("{place: south}", "{place: north}")
        ),
        ["south"],
    ),
    "the order of the plan": (
        lambda m: (m.project / "notebooks/plan.yml").write_text("# remark\n" + PLAN),
        [],
    ),
    "a table that is read": (
        lambda m: append(m.project / "data/tables/reach.csv", "south,3,target\n"),
        ["north", "south"],
    ),
    "a table that is not read": (lambda m: append(m.project / "data/tables/pilots.csv", "west,West,1\n"), []),
    "a read table's entry": (lambda m: edit_entry(m.project / D, 1), ["north", "south"]),
    "another table's entry": (lambda m: edit_entry(m.project / D, 0), []),
    "a case file": (lambda m: append(m.project / "data/cases/north.yml", "more: 1\n"), ["cases"]),
    "a further case file": (lambda m: append(m.project / "data/cases/south.yml", "case: south\n"), ["cases"]),
    "a module reached directly": (lambda m: append(m.package / "methods/prices.py", "# more\n"), ["cases"]),
    "a module reached through another": (
        lambda m: append(m.package / "data/rows.py", "# more\n"),
        ["north", "south"],
    ),
    "an unrelated module": (lambda m: append(m.package / "methods/rating.py", "# more\n"), []),
    "a file beside the modules": (
        lambda m: append(m.package / "data/case.schema.json", " "),
        ["cases", "north", "south"],
    ),
    "the lock": (lambda m: append(m.project / "requirements.lock", "numpy==2\n"), EVERY),
    "an official file that appears": (
        lambda m: append(m.project / "data/external/roads.csv", "road\n"),
        ["cases"],
    ),
    "an official file not asked for": (lambda m: append(m.project / "data/external/rails.csv", "rail\n"), []),
    "prose of the book": (lambda m: append(m.project / "book/overview.md", "More.\n"), []),
    "an executed notebook deleted": (lambda m: (m.project / "_build/pages/south.ipynb").unlink(), ["south"]),
    "an executed notebook spoilt": (lambda m: append(m.project / "_build/pages/south.ipynb", " "), ["south"]),
    "a record deleted": (lambda m: (m.project / "_build/made/north.json").unlink(), ["last", "north"]),
    "a record cut short": (
        lambda m: (m.project / "_build/made/north.json").write_text('{"parts"'),
        ["last", "north"],
    ),
    "a record of another shape": (
        lambda m: (m.project / "_build/made/cases.json").write_text(
            '{"parts": 1, "output": 2, "results": 3, "seconds": "4"}'
        ),
        ["cases", "last"],
    ),
    "all records deleted": (lambda m: shutil.rmtree(m.project / "_build/made"), EVERY),
}


@pytest.mark.parametrize("change", CHANGES)
def test_exactly_the_pages_that_a_change_touches_are_due(matrix, change):
    make, expected = CHANGES[change]
    make(matrix)
    assert list(due()) == expected, due()


def test_what_changed_is_said_in_plain_words(matrix):
    append(matrix.project / "data/tables/reach.csv", "south,3,target\n")
    append(matrix.package / "data/rows.py", "# more\n")
    assert due()["north"] == ["data data/tables/reach.csv", "module pfpp_utils.data.rows"]


def test_a_page_that_comes_last_is_run_again_when_results_changed_and_not_for_times(matrix):
    (north,) = plan.select(plan.load(), ("north",))
    assert execute.run([north])[0].error == ""
    assert due() == {}, "the same results at another time"
    edit_cell(matrix.project / "notebooks/cases.ipynb", "code", "\nprint('more')")
    (cases,) = plan.select(plan.load(), ("cases",))
    assert execute.run([cases])[0].error == ""
    assert due() == {"last": ["page cases"]}


def test_pages_that_come_last_are_a_wave_of_their_own(matrix):
    first, last = execute.waves(plan.notebooks(plan.load()))
    assert [page.name for page in first] == ["north", "south", "cases"]
    assert [page.name for page in last] == ["last"]
    assert last[0].after == ("north", "south", "cases")


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ({"cases"}, [["cases"], ["north", "south"], ["last"]]),
        ({"cases", "last"}, [["cases"], ["north", "south"], ["last"]]),
        ({"no-such-notebook"}, [["north", "south", "cases"], ["last"]]),
    ],
)
def test_pages_that_are_waited_for_come_first_but_never_before_what_they_read(matrix, first, expected):
    found = execute.waves(plan.notebooks(plan.load()), first)
    assert [[page.name for page in wave] for wave in found] == expected


def test_a_run_after_a_change_makes_the_page_current(matrix):
    append(matrix.project / "data/tables/reach.csv", "south,3,target\n")
    pages = [page for page in plan.notebooks(plan.load()) if page.name in due()]
    assert [outcome.error for outcome in execute.run(pages)] == ["", ""]
    assert list(due()) == ["last"]
    executed = nbformat.read(matrix.project / "_build/pages/south.ipynb", 4)
    assert executed.cells[-1].outputs[0].text == "2\n"


def test_the_fingerprint_of_another_interpreter_is_another(matrix, monkeypatch):
    monkeypatch.setattr(fingerprint.platform, "python_version", lambda: "3.99")
    assert {what for found in due().values() for what in found} == {"interpreter"}
