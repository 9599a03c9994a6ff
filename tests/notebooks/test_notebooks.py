"""The committed notebooks keep the house rules: one argument each, short cells, normal form, one way out."""

from __future__ import annotations

import ast
import re

import nbformat
import pytest

from pfpp_utils.publish import faults, notebook, plan

LINES, WORDS_PER_LINE = 110, 6


def code(name: str) -> list[str]:
    return [cell.source for cell in notebook.read(notebook.path_of(name)).cells if cell.cell_type == "code"]


def test_there_is_nothing_to_complain_of() -> None:
    assert faults.every() == []


@pytest.mark.parametrize("name", notebook.names())
class TestEachNotebook:
    def test_says_more_than_it_computes(self, name: str) -> None:
        cells = notebook.read(notebook.path_of(name)).cells
        words = sum(len(cell.source.split()) for cell in cells if cell.cell_type == "markdown")
        lines = sum(bool(line.strip()) for source in code(name) for line in source.splitlines())
        assert lines <= LINES
        assert words >= WORDS_PER_LINE * lines

    def test_defines_no_function(self, name: str) -> None:
        trees = [ast.walk(ast.parse(source)) for source in code(name)]
        assert not [
            node for tree in trees for node in tree if isinstance(node, (ast.FunctionDef, ast.ClassDef))
        ]

    def test_explains_every_parameter_and_uses_it(self, name: str) -> None:
        known = notebook.parameters(name)
        elsewhere = "\n".join(source for source in code(name) if f"{next(iter(known))} =" not in source)
        for parameter in known.values():
            assert parameter.help, parameter.name
            assert re.search(rf"\b{parameter.name}\b", elsewhere), parameter.name

    def test_shows_things_through_show_alone(self, name: str) -> None:
        joined = "\n".join(code(name))
        assert not re.search(r"\b(print|display|plt\.show)\(", joined)

    def test_reads_data_through_the_data_floor_alone(self, name: str) -> None:
        assert not re.search(r"read_(csv|excel|json|parquet)|open\(", "\n".join(code(name)))

    def test_keeps_no_images_warnings_or_paths_in_its_outputs(self, name: str) -> None:
        outputs = [
            out for cell in notebook.read(notebook.path_of(name)).cells for out in cell.get("outputs", [])
        ]
        assert outputs
        assert not [kind for out in outputs for kind in out.get("data", {}) if kind.startswith("image/")]
        assert not [out for out in outputs if out.output_type in {"stream", "error"}]
        assert "site-packages" not in nbformat.writes(notebook.read(notebook.path_of(name)))

    def test_is_in_the_plan(self, name: str) -> None:
        assert name in {page.source for page in plan.notebooks(plan.load())}


def test_the_plan_holds_the_pages_that_readers_were_promised() -> None:
    pages = plan.notebooks(plan.load())
    places = [page for page in pages if page.source == "place_profile"]
    breakeven = [page for page in pages if page.source == "breakeven" and page.parameters]
    assert (len(places), len(breakeven)) == (13, 8)
    assert {page.source for page in pages} == set(notebook.names())
