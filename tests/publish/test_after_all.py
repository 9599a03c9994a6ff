"""Pages that come last are run when all others are done, whatever their place in the plan."""

from __future__ import annotations

import nbformat
import pytest
from conftest import PLAN, make_notebook

from pfpp_utils.errors import InputError
from pfpp_utils.publish import edition, execute, plan, refresh

READS = """\
from pfpp_utils.publish import execute, show

there = sorted(path.stem for path in execute.folder().glob("place-*.ipynb"))
show.text(f"{note}: {', '.join(there)}")
"""
AFTER = """\
parts:
  - part: First
    pages:
      - notebook: collected
        after: all
        runs:
          - page: collected
"""


@pytest.fixture
def project(small_project):
    collected = make_notebook(READS, 'note = "seen"  # what to say first')
    nbformat.write(collected, small_project / "notebooks/collected.ipynb")
    (small_project / "notebooks/plan.yml").write_text(PLAN.replace("parts:\n", AFTER))
    return small_project


def test_the_plan_says_so(project):
    pages = plan.notebooks(plan.load())
    assert [(page.name, page.last) for page in pages] == [
        ("collected", True),
        ("place-north", False),
        ("place-south", False),
    ]


def test_it_sees_what_the_others_made_and_outcomes_keep_their_order(project):
    done = edition.run(edition.Order(jobs=2), plan.notebooks(plan.load()))
    assert [(outcome.page.name, outcome.error) for outcome in done] == [
        ("place-north", ""),
        ("place-south", ""),
        ("collected", ""),
    ]
    text = (execute.folder() / "collected.ipynb").read_text(encoding="utf-8")
    assert "seen: place-north, place-south" in text


def test_refreshed_notebooks_are_written_before_the_last_is_run(project):
    assert refresh.refresh(["collected", "place"], rerun=True) == {"collected": True, "place": True}
    assert not list(execute.folder().glob(".defaults-*"))


@pytest.mark.parametrize("wrong", ["place", "[all]", "yes"])
def test_nothing_else_can_be_waited_for(project, wrong):
    path = project / "notebooks/plan.yml"
    path.write_text(path.read_text().replace("after: all", f"after: {wrong}"))
    with pytest.raises(InputError, match=r"plan.yml, line 5"):
        plan.load()
