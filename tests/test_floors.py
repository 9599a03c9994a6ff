"""The house: three floors with imports that run one way, modules of one noun, documented names."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from pfpp_utils import project

PACKAGE = project.CHECKOUT / "pfpp_utils"
MODULES = sorted(PACKAGE.rglob("*.py"))
BELOW = {"methods": ("data", "publish"), "data": ("publish",)}


def imported(path: Path) -> set[str]:
    """Names of the modules that a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
class TestEachModule:
    def test_imports_run_one_way(self, path: Path) -> None:
        floor = path.relative_to(PACKAGE).parts[0]
        for forbidden in BELOW.get(floor, ()):
            assert not [name for name in imported(path) if name.startswith(f"pfpp_utils.{forbidden}")]

    def test_is_named_for_a_noun(self, path: Path) -> None:
        assert path.stem not in {"utils", "helpers", "common", "misc"}

    def test_public_functions_are_documented_and_typed(self, path: Path) -> None:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        classes = [node for node in tree.body if isinstance(node, ast.ClassDef)]
        for body in [tree.body, *(node.body for node in classes if not node.name.startswith("_"))]:
            for node in body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    assert ast.get_docstring(node), f"{path.name}: {node.name}"
                    assert node.returns is not None, f"{path.name}: {node.name}"
