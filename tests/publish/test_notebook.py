"""Notebooks as files: their parameters, and the one form in which they are committed."""

from __future__ import annotations

import copy

import nbformat
import pytest
from conftest import make_notebook
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from pfpp_utils.errors import InputError
from pfpp_utils.publish import notebook

PARAMETERS = {"tags": ["parameters"]}
TEXT = st.text("ab1 \n", max_size=8)
KINDS = st.sampled_from(["text/plain", "text/html", "text/csv", "image/png", "image/svg+xml"])
COUNTS = st.integers(1, 99)


@st.composite
def outputs(draw):
    data = draw(st.dictionaries(KINDS, TEXT, min_size=1))
    return draw(
        st.sampled_from(
            [
                new_output("stream", name="stdout", text=draw(TEXT)),
                new_output("display_data", data=data, metadata={"pfpp": {"part": "table"}}),
                new_output("execute_result", data=data, execution_count=draw(COUNTS)),
            ]
        )
    )


@st.composite
def notebooks(draw):
    def metadata():
        volatile = {"tags": ["parameters"], "scrolled": True, "papermill": {"duration": 1.5}}
        return {key: volatile[key] for key in draw(st.sets(st.sampled_from(sorted(volatile))))}

    cells = [new_markdown_cell(text, metadata=metadata()) for text in draw(st.lists(TEXT, max_size=2))]
    cells += [
        new_code_cell(text, metadata=metadata(), execution_count=count, outputs=shown)
        for text, count, shown in draw(
            st.lists(st.tuples(TEXT, st.none() | COUNTS, st.lists(outputs(), max_size=2)), max_size=3)
        )
    ]
    return new_notebook(cells=draw(st.permutations(cells)), metadata=metadata())


def run(*sources):
    """Make a notebook as if its code cells had been run, out of order."""
    cells = [new_code_cell(source, execution_count=9 - number) for number, source in enumerate(sources)]
    return new_notebook(cells=cells)


def save(project, book):
    path = project / "notebooks/place.ipynb"
    nbformat.write(book, path)
    return path


@given(notebooks())
def test_normalising_twice_is_normalising_once(book):
    before = copy.deepcopy(book)
    normal = notebook.normalise(book)
    assert notebook.normalise(normal) == normal
    assert book == before
    nbformat.validate(normal)


@given(notebooks())
def test_pictures_and_volatile_metadata_go_and_words_stay(book):
    normal = notebook.normalise(book)
    assert set(normal.metadata) == {"kernelspec", "language_info"}
    for cell, was in zip(normal.cells, book.cells, strict=True):
        assert cell.source == was.source
        assert cell.metadata.get("tags", []) == was.metadata.get("tags", [])
        assert set(cell.metadata) <= {"tags"}
        for output, had in zip(cell.get("outputs", []), was.get("outputs", []), strict=True):
            kept = {kind: text for kind, text in had.get("data", {}).items() if not kind.startswith("image/")}
            assert output.get("data", {}) == kept
            assert output.get("text") == had.get("text")
            assert not output.get("metadata")


def test_cells_that_were_run_are_numbered_in_order():
    book = run("x = 1", "x")
    book.cells[1].outputs = [new_output("execute_result", data={"text/plain": "1"}, execution_count=8)]
    normal = notebook.normalise(book)
    assert [cell.execution_count for cell in normal.cells] == [1, 2]
    assert normal.cells[1].outputs[0].execution_count == 2


def test_a_cell_that_was_never_run_has_no_number():
    book = run("x = 1", "", "x")
    book.cells[1].execution_count = None
    assert [cell.execution_count for cell in notebook.normalise(book).cells] == [1, None, 2]


def test_a_cell_that_was_never_run_does_not_look_as_if_it_had_been(small_project):
    path = save(small_project, notebook.normalise(make_notebook()))
    assert not notebook.executed(path)


def test_a_notebook_is_executed_when_every_cell_of_code_was_run(small_project):
    assert notebook.executed(save(small_project, run("x = 1", "x")))
    book = run("x = 1", "")
    book.cells[1].execution_count = None
    assert notebook.executed(save(small_project, book)), "an empty cell has nothing to run"
    book.cells[0].execution_count = None
    assert not notebook.executed(save(small_project, book))


def test_only_the_normal_form_is_normal(small_project):
    path = save(small_project, run("x = 1"))
    assert not notebook.is_normal(path)
    notebook.write(notebook.normalise(notebook.read(path)), path)
    assert notebook.is_normal(path)
    path.write_text(path.read_text().replace("x = 1", "x = 2"))
    assert notebook.is_normal(path), "an edit of the code is none of the form"
    path.write_text(path.read_text() + "\n")
    assert not notebook.is_normal(path)


def test_writing_leaves_nothing_beside(small_project):
    notebook.write(make_notebook("1 + 1"), notebook.path_of("place"))
    assert notebook.read(notebook.path_of("place")).cells[2].source == "1 + 1"
    assert sorted(path.name for path in (small_project / "notebooks").iterdir()) == [
        "place.ipynb",
        "plan.yml",
    ]


def test_notebooks_are_known_by_name(small_project):
    nbformat.write(make_notebook(), small_project / "notebooks/another.ipynb")
    assert notebook.names() == ["another", "place"]
    assert notebook.path_of("another") == small_project / "notebooks/another.ipynb"


def test_parameters_come_with_default_and_help(small_project):
    parameters = 'place = "north"  # slug of the place\nshare: float = 0.5  # between 0 and 1\nyears = 3'
    save(small_project, make_notebook(parameters=parameters))
    assert notebook.parameters("place") == {
        "place": notebook.Parameter("place", '"north"', "slug of the place"),
        "share": notebook.Parameter("share", "0.5", "between 0 and 1"),
        "years": notebook.Parameter("years", "3", ""),
    }


@pytest.mark.parametrize(("copies", "found"), [(0, "none"), (2, "2 (cells 2, 3)")])
def test_there_is_exactly_one_cell_of_parameters(small_project, copies, found):
    book = make_notebook()
    book.cells[1:2] = [new_code_cell("x = 1", metadata=PARAMETERS) for _ in range(copies)]
    save(small_project, book)
    with pytest.raises(InputError, match="exactly one cell tagged 'parameters'") as caught:
        notebook.parameters("place")
    assert "notebooks/place.ipynb" in str(caught.value)
    assert caught.value.found == found


@pytest.mark.parametrize(
    "text",
    [
        b'{"cells": ',
        b"\xff",
        b"[]",
        b"null",
        b"{}",
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}}',
        b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{}]}',
    ],
)
def test_a_file_that_is_no_notebook_is_named(small_project, text):
    (small_project / "notebooks/place.ipynb").write_bytes(text)
    with pytest.raises(InputError, match=r"notebooks/place\.ipynb"):
        notebook.parameters("place")


def test_an_absent_notebook_is_named(small_project):
    with pytest.raises(InputError, match=r"notebooks/plaice\.ipynb"):
        notebook.read(notebook.path_of("plaice"))
