"""The runner: every page is tried, each is whole or as it was, and a failure says where and why."""

from __future__ import annotations

import shutil
import threading
import weakref
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import nbformat
import pytest
from conftest import make_notebook
from nbformat.v4 import new_code_cell

from pfpp_utils.publish import execute, notebook, plan, work

DRY = 'left = [1] if place == "south" else [1, 2]'  # the second `left.pop()` fails for the south


@pytest.fixture(scope="module")
def rerun(run_once, tmp_path_factory):
    """Run again, one page at a time: one whose kernel dies, one that fails, and one that is well."""
    project = shutil.copytree(run_once, tmp_path_factory.mktemp("rerun") / "project")
    book = make_notebook()
    book.cells += [new_code_cell(source) for source in (DRY, "left.pop()", "left.pop()")]
    nbformat.write(book, project / "notebooks/place.ipynb")
    nbformat.write(make_notebook("import os\nos._exit(3)"), project / "notebooks/dying.ipynb")
    (project / "_build/pages/.place-north.part.ipynb").write_text("left over by a run that was killed")
    seen: list[execute.Outcome] = []
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(project))
        north, south = plan.notebooks(plan.load())
        dying = plan.Page("dying", "notebook", "dying", "")
        outcomes = execute.run([dying, south, north], jobs=1, progress=seen.append)
    return SimpleNamespace(project=project, outcomes=outcomes, seen=seen)


def test_every_page_is_tried_also_after_another_has_failed(rerun):
    assert [outcome.page.name for outcome in rerun.outcomes] == ["dying", "place-south", "place-north"]
    assert [bool(outcome.error) for outcome in rerun.outcomes] == [True, True, False]
    assert all(outcome.seconds > 0 for outcome in rerun.outcomes)
    assert sorted(rerun.seen, key=rerun.outcomes.index) == rerun.outcomes


def test_a_failure_names_page_notebook_parameters_and_error(rerun):
    lines = rerun.outcomes[1].error.splitlines()
    assert lines[0] == "page place-south failed"
    assert lines[1].startswith("  notebook:   notebooks/place.ipynb, cell ")
    assert lines[2:] == ["  parameters: place='south'", "  error:      IndexError: pop from empty list"]


def test_a_failure_names_the_cell_as_it_is_numbered_in_the_notebook(rerun):
    assert "notebooks/place.ipynb, cell 6\n" in rerun.outcomes[1].error


def test_a_kernel_that_dies_fails_its_page_only(rerun):
    assert rerun.outcomes[0].error.startswith("page dying failed\n  notebook:   notebooks/dying.ipynb")
    assert "parameters: the defaults" in rerun.outcomes[0].error
    assert "DeadKernelError" in rerun.outcomes[0].error


def test_a_failed_page_stays_as_it_was_last_good(rerun, run_once):
    last, now = (folder / "_build/pages/place-south.ipynb" for folder in (run_once, rerun.project))
    assert now.read_bytes() == last.read_bytes()


def test_nothing_half_done_is_left(rerun):
    left = sorted(path.name for path in (rerun.project / "_build/pages").iterdir())
    assert left == ["place-north.ipynb", "place-south.ipynb"]


def test_pages_run_at_once_are_the_same_as_one_after_the_other(rerun, run_once):
    at_once, one_by_one = (
        notebook.read(folder / "_build/pages/place-north.ipynb") for folder in (run_once, rerun.project)
    )
    assert [cell.get("outputs") for cell in at_once.cells] == [
        cell.get("outputs") for cell in one_by_one.cells[: len(at_once.cells)]
    ]


@pytest.mark.parametrize(("name", "shown", "other"), [("north", "37", "12.5"), ("south", "12.5", "37")])
def test_a_page_is_run_with_its_parameters(run_once, name, shown, other):
    (table,) = notebook.read(run_once / f"_build/pages/place-{name}.ipynb").cells[-1].outputs
    assert shown in table.data["text/csv"]
    assert other not in table.data["text/csv"]


def test_a_run_leaves_the_notebooks_as_they_are(rerun):
    assert sorted(path.name for path in (rerun.project / "notebooks").iterdir()) == [
        "dying.ipynb",
        "place.ipynb",
        "plan.yml",
    ]
    assert all(
        not cell.get("outputs") for cell in notebook.read(rerun.project / "notebooks/place.ipynb").cells
    )


def test_no_pages_no_run(small_project):
    assert execute.run([]) == []


def test_however_many_pages_are_run_few_are_held_at_once(small_project, monkeypatch):
    made, held, turn = [], [], threading.Semaphore()

    def perform(task):
        turn.acquire()
        done = work.Done(0.1, task.notebook)
        made.append(weakref.ref(done))
        return done

    def seen(_):
        held.append(sum(one() is not None for one in made))
        turn.release()

    monkeypatch.setattr(work, "perform", perform)
    pages = [plan.Page(f"page-{number}", "notebook", "place", "") for number in range(30)]
    with ThreadPoolExecutor(1) as executor:
        outcomes = execute.run(pages, executor=executor, progress=seen)
    assert [outcome.error for outcome in outcomes] == [""] * 30
    assert max(held) <= 2


def one(project, code, **limits):
    """Run a page of this code alone; returns its outcome."""
    nbformat.write(make_notebook(code), project / "notebooks/one.ipynb")
    page = plan.Page("one", "notebook", "one", "")
    (outcome,) = execute.run([page], way=execute.Way(**limits))
    return outcome


def test_a_page_over_its_memory_limit_fails_and_says_so(small_project):
    outcome = one(
        small_project, "import time\nx = bytearray(700 * 2**20)\ntime.sleep(30)", memory=600 * 2**20
    )
    assert "DeadKernelError: it used " in outcome.error
    assert "the limit is 600 MiB" in outcome.error
    assert outcome.seconds < 25


@pytest.mark.parametrize("kernel", ["warm", "plain"])
def test_a_page_over_its_time_limit_fails_alike_with_both_kernels(small_project, kernel):
    outcome = one(small_project, "import time\ntime.sleep(300)", seconds=4.0, kernel=kernel)
    assert "CellTimeoutError: A cell timed out while it was being executed, after 4" in outcome.error
    assert outcome.seconds < 60


def test_the_memory_of_a_page_is_reported(run_once, small_project):
    outcome = one(small_project, "x = bytearray(300 * 2**20)")
    assert 300 * 2**20 < outcome.memory < 1500 * 2**20


def test_whoever_waits_for_pages_and_is_ended_fails_its_page_and_is_replaced(small_project):
    """As under serve, where the same processes wait for all pages of one book."""
    killer = make_notebook("import os, signal\nos.kill(os.getppid(), signal.SIGKILL)")
    nbformat.write(killer, small_project / "notebooks/killer.ipynb")
    north, south = plan.notebooks(plan.load())
    with execute.ready(1) as pool:
        (outcome,) = execute.run([plan.Page("killer", "notebook", "killer", "")], executor=pool)
        assert outcome.error.startswith("page killer failed")
        assert "ended from outside" in outcome.error
        assert [one.error for one in execute.run([north, south], executor=pool)] == ["", ""]
