"""The Aqua Book's logs are filled in, and what they point to is there."""

from __future__ import annotations

import re

import pytest

from pfpp_utils import project
from pfpp_utils.data import tables
from pfpp_utils.publish import plan

LOGS = ("assumption_log", "quality_log", "limitation_log")


@pytest.mark.parametrize("log", LOGS)
def test_every_cell_is_filled_and_says_something(log):
    rows = tables.load(log)
    assert len(rows) >= 10
    words = rows.astype(str).map(str.strip)
    assert not rows.isna().any(axis=None)
    assert (words != "").all(axis=None)
    assert not words.map(lambda text: re.fullmatch(r"(?i)tbc|tbd|todo|n/?a|-+|\?+", text) is not None).any(
        axis=None
    )


@pytest.mark.parametrize("log", LOGS)
def test_every_row_has_an_owner_role(log):
    field = next(field for field in tables.describe(log)["schema"]["fields"] if field["name"] == "owner_role")
    assert field["constraints"]["required"]
    assert set(tables.load(log)["owner_role"]) <= set(field["constraints"]["enum"])


def test_an_assumption_is_at_work_on_a_page_that_exists():
    pages = {page.name for page in plan.every(plan.load())}
    assert set(tables.load("assumption_log")["page"]) <= pages


def test_the_tests_and_notebooks_that_a_check_names_exist():
    for how in tables.load("quality_log")["how"]:
        for path in re.findall(r"tests/[\w/.]+\w", how):
            assert (project.root() / path).exists(), path
        for name in re.findall(r"notebook (\w+)", how):
            assert (project.notebooks() / f"{name}.ipynb").is_file(), name
