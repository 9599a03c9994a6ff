"""A value whose licence forbids sharing it is computed with and never published, whichever way one asks."""

from __future__ import annotations

import json

import pytest
from conftest import files
from test_cli import pfpp

BARRED = """\
case: North
price_year: 2022
costs:
  - {cost: grant, amount_gbp: 100000, price_year: 2022}
outcomes:
  - outcome: work
    unit_value: {value_gbp: 17777, price_year: 2022, source: HACT, licence: CC BY-NC-ND, shareable: false}
"""


@pytest.fixture
def barred(small_project):
    (small_project / "data/cases").mkdir()
    path = small_project / "data/cases/north.yml"
    path.write_text(BARRED)
    return path


@pytest.mark.parametrize(
    "words", [("run",), ("run", "place-north"), ("book",), ("check",), ("normalise", "--execute")]
)
def test_it_is_not_published(small_project, barred, words):
    before = files(small_project)
    status, _, errors = pfpp(*words)
    assert status == 2
    for part in (
        "north.yml, line 7, outcomes[work].unit_value",
        "HACT: CC BY-NC-ND",
        "values marked shareable",
    ):
        assert part in errors
    assert "17777" not in errors
    assert files(small_project) == before, "no page may run"


def test_the_book_is_not_built_from_pages_run_before(executed_project):
    (executed_project / "data/cases").mkdir()
    (executed_project / "data/cases/north.yml").write_text(BARRED)
    status, _, errors = pfpp("book", "--no-run")
    assert status == 2
    assert "north.yml, line 7" in errors


def test_it_is_computed_with(barred):
    status, printed, _ = pfpp("breakeven", barred, "--json")
    found = json.loads(printed)
    assert (status, found["beneficiaries"]["central"], found["publishable"]) == (0, 6, False)  # 5.63


def test_a_value_that_may_be_shared_is_published(small_project, barred):
    barred.write_text(BARRED.replace("false", "true"))
    assert "north.yml" not in pfpp("check")[2]
