"""The environment is one: pyproject.toml, requirements.lock and environment.yml say the same."""

from __future__ import annotations

import re
import runpy
import tomllib
from pathlib import Path

import yaml
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[1]
LOCK = (ROOT / "requirements.lock").read_text()


def pinned() -> set[str]:
    """Requirements of the lock as 'name==version ; marker'."""
    return {line.rstrip(" \\") for line in LOCK.splitlines() if re.match(r"[a-z0-9]", line)}


def test_environment_yml_installs_exactly_the_lock() -> None:
    listed = yaml.safe_load((ROOT / "environment.yml").read_text())["dependencies"][-1]["pip"]
    assert set(listed) - {"--editable ."} == pinned()


def test_environment_yml_is_what_make_lock_writes() -> None:
    script = runpy.run_path(str(ROOT / "scripts/environment.py"))
    assert (ROOT / "environment.yml").read_text() == script["environment"](LOCK)


def test_every_requirement_has_a_hash_and_no_address() -> None:
    blocks = re.split(r"\n(?=[a-z0-9])", LOCK)
    assert all("--hash=sha256:" in block for block in blocks[1:])
    assert "://" not in LOCK


def test_the_lock_satisfies_pyproject() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    wanted = [
        Requirement(line) for line in [*project["dependencies"], *project["optional-dependencies"]["dev"]]
    ]
    versions: dict[str, list[str]] = {}
    for pin in map(Requirement, pinned()):
        versions.setdefault(pin.name.lower(), []).append(next(iter(pin.specifier)).version)
    for requirement in wanted:
        found = versions.get(requirement.name.lower(), [])
        assert found, requirement
        assert all(requirement.specifier.contains(version) for version in found), requirement


def test_python_is_the_same_everywhere() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    assert project["requires-python"] == ">=3.11"
    assert "--python-version 3.11" in (ROOT / "Makefile").read_text()
    assert "python=3.11" in (ROOT / "environment.yml").read_text()
