"""nbval refuses a change that moves a number unseen: shown on a copy, with one number moved."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pfpp_utils import project

NOTEBOOK = "reach_and_change"


def nbval(copy: Path) -> subprocess.CompletedProcess[str]:
    """Run nbval over one notebook of a project, in a process of its own."""
    command = [sys.executable, "-m", "pytest", "-p", "no:cacheprovider", "--nbval", "--nbval-current-env"]
    command += ["-c", os.devnull, str(copy / "notebooks" / f"{NOTEBOOK}.ipynb")]
    environment = {**os.environ, "PFPP_PROJECT": str(copy)}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, cwd=copy)


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    for folder in ("data", "notebooks"):
        shutil.copytree(project.CHECKOUT / folder, tmp_path / folder)
    return tmp_path


def test_an_unchanged_copy_passes(copy: Path) -> None:
    done = nbval(copy)
    assert done.returncode == 0, done.stdout[-3000:]


def test_one_number_moved_in_a_table_fails(copy: Path) -> None:
    table = copy / "data/tables/reach.csv"
    moved = table.read_text(encoding="utf-8").replace(
        "birmingham,students,Students reached,215", "birmingham,students,Students reached,216"
    )
    assert moved != table.read_text(encoding="utf-8")
    table.write_text(moved, encoding="utf-8")
    done = nbval(copy)
    assert done.returncode == 1
    assert "216" in done.stdout
