"""The plan: the only list of pages, and a message with its line for whatever is wrong in it."""

from __future__ import annotations

import re

import nbformat
import pytest
from conftest import PLAN, make_notebook
from nbformat.v4 import new_code_cell

from pfpp_utils.errors import InputError
from pfpp_utils.publish import plan

NORTH = "          - page: place-north\n            title: North\n            parameters: {place: north}\n"
SOUTH = NORTH.replace("north", "south").replace("North", "South")
NESTED = f"""\
front: overview
parts:
  - part: Places
    pages:
      - notebook: place
        runs:
{NORTH}            below:
              - page: place-south
                parameters: {{place: south}}
      - prose: methods
        pages:
          - prose: methods-detail
  - part: Reference
    pages:
      - generated: how-made
"""


def load(project, text):
    (project / "notebooks/plan.yml").write_text(text)
    return plan.load()


def refusal(project, text):
    with pytest.raises(InputError) as caught:
        load(project, text)
    return str(caught.value)


def nested(project):
    for name in ("methods", "methods-detail"):
        (project / f"book/{name}.md").write_text("# Methods\n")
    return load(project, NESTED)


def test_pages_come_in_the_order_of_the_book(small_project):
    pages = plan.load()
    assert [page.name for page in pages] == [
        "overview",
        "place-north",
        "place-south",
        "data-dictionary",
        "how-made",
    ]
    assert [page.kind for page in pages] == ["prose", "notebook", "notebook", "generated", "generated"]
    assert pages[1] == plan.Page(
        name="place-north",
        kind="notebook",
        source="place",
        part="Places",
        title="North",
        parameters={"place": "north"},
        line=7,
    )


def test_children_follow_their_parent(small_project):
    pages = nested(small_project)
    assert [page.name for page in pages] == ["overview", "place-north", "methods", "how-made"]
    assert [page.name for page in plan.every(pages)] == [
        "overview",
        "place-north",
        "place-south",
        "methods",
        "methods-detail",
        "how-made",
    ]
    assert [page.name for page in plan.notebooks(pages)] == ["place-north", "place-south"]


FRONT = "front: {notebook: place, page: home, after: all, parameters: {place: north}}"


def test_the_front_page_can_be_a_notebook_that_is_run_last(small_project):
    pages = load(small_project, PLAN.replace("front: overview", FRONT))
    first = pages[0]
    assert (first.name, first.kind, first.source, first.line) == ("home", "notebook", "place", 1)
    assert first.parameters == {"place": "north"}
    assert first.after == ("place-north", "place-south")
    assert [page.name for page in plan.notebooks(pages)] == ["home", "place-north", "place-south"]
    assert plan.contents(pages)["root"] == "home"
    assert "home" not in str(plan.contents(pages)["parts"])


def test_the_contents_list_is_that_of_jupyter_book(small_project):
    assert plan.contents(nested(small_project)) == {
        "format": "jb-book",
        "root": "overview",
        "parts": [
            {
                "caption": "Places",
                "chapters": [
                    {"file": "place-north", "sections": [{"file": "place-south"}]},
                    {"file": "methods", "sections": [{"file": "methods-detail"}]},
                ],
            },
            {"caption": "Reference", "chapters": [{"file": "how-made"}]},
        ],
    }


@pytest.mark.parametrize(
    ("old", "new", "line", "what", "found", "allowed"),
    [
        ("page: place-south", "page: place-north", 10, "a page is listed twice", "place-north", "at line 7"),
        ("page: place-south", "page: overview", 10, "a page is listed twice", "overview", "at line 1"),
        ("notebook: place", "notebook: plaice", 7, "a page without its notebook file", "plaice", "place"),
        ("front: overview", "front: over", 1, "a page without its prose file", "over", "overview"),
        ("front: overview", "front: {notebook: over, page: home}", 1, "a page without its", "over", "place"),
        (
            "front: overview",
            "front: {notebook: place}",
            1,
            "the front page without 'page'",
            "place",
            "'page'",
        ),
        (
            "front: overview",
            "front: {prose: overview, notebook: place, page: home}",
            1,
            "unknown",
            "prose",
            "",
        ),
        ("generated: how-made", "generated: how", 16, "a page without its generated file", "how", "how-made"),
        ("{place: south}", "{plaice: south}", 10, "unknown parameter for place", "plaice", "place"),
        ("{place: south}", "{place: west}", 10, "unknown place", "west", "programme, north, south"),
        ("title: South", "titel: South", 10, "unknown key", "titel", "below, page, parameters, title"),
        ("page: place-south\n            ", "", 10, "a run without 'page'", "South", "'page'"),
        ("generated: how-made", "drawn: how-made", 16, "an entry names no page", "drawn", "generated"),
        ("generated: how-made", "{generated: how-made, prose: x}", 16, "unknown key", "generated", "prose"),
    ],
)
def test_a_fault_is_found_at_its_line(small_project, old, new, line, what, found, allowed):
    message = refusal(small_project, PLAN.replace(old, new))
    assert message.startswith(what)
    assert f"where:   notebooks/plan.yml, line {line}\n" in message
    assert found in message.split("found:")[1].split("\n")[0]
    assert allowed in message.split("allowed:")[1]


def test_a_page_listed_twice_on_one_line_is_found_too(small_project):
    text = PLAN.replace("runs:\n" + NORTH + SOUTH, "runs: [{page: place-north}, {page: place-north}]\n")
    assert refusal(small_project, text).startswith("a page is listed twice")


def test_a_key_given_twice_is_not_overwritten(small_project):
    message = refusal(
        small_project, PLAN.replace("title: South\n", "title: South\n            title: East\n")
    )
    assert message.startswith("a key is given twice")
    assert "line 10" in message
    assert "found:   'title'" in message


def test_an_unknown_year_is_found_before_anything_runs(small_project):
    book = make_notebook(parameters='place = "north"\nyear = "2020-21"  # financial year')
    nbformat.write(book, small_project / "notebooks/place.ipynb")
    assert load(small_project, PLAN.replace("{place: south}", '{year: "2020-21"}'))
    message = refusal(small_project, PLAN.replace("{place: south}", '{year: "2019-00"}'))
    assert "notebooks/plan.yml, line 10" in message
    assert "found:   '2019-00'" in message


@pytest.mark.parametrize("copies", [0, 2])
def test_a_notebook_without_exactly_one_cell_of_parameters_stops_the_plan(small_project, copies):
    book = make_notebook()
    book.cells[1:2] = [new_code_cell("x = 1", metadata={"tags": ["parameters"]}) for _ in range(copies)]
    nbformat.write(book, small_project / "notebooks/place.ipynb")
    message = refusal(small_project, PLAN)
    assert "exactly one cell tagged 'parameters'" in message
    assert "notebooks/place.ipynb" in message


SHAPES = {
    "a part that is a word": ("  - part: Reference\n", "  - Reference\n  - part: Reference\n"),
    "a page that is a word": ("- generated: how-made", "- how-made"),
    "runs that are no list": (NORTH + SOUTH, "          page: place-north\n"),
    "a run that is a word": (NORTH, "          - place-north\n"),
    "parameters that are a word": ("{place: south}", "south"),
    "parameters that are a list": ("{place: south}", "[south]"),
    "a name that is a number": ("page: place-south", "page: 2021"),
    "a name that is a list": ("page: place-south", "page: [south]"),
    "a name that is a path": ("page: place-south", "page: ../south"),
    "a title that is a list": ("title: South", "title: [South]"),
    "an unknown key of a part": ("- part: Reference", "- part: Reference\n    colour: red"),
}


@pytest.mark.parametrize(("old", "new"), SHAPES.values(), ids=SHAPES)
def test_a_plan_of_another_shape_is_bad_input_too(small_project, old, new):
    text = PLAN.replace(old, new)
    assert text != PLAN
    assert re.search(r"where:   notebooks/plan\.yml, line \d+", refusal(small_project, text))


@pytest.mark.parametrize(
    "text",
    [
        b"",
        b"- a\n",
        b"front: overview\n",
        b"front: overview\nparts:\n",
        b"front: overview\nparts: all\n",
        b"front: [overview]\nparts: []\n",
        PLAN.encode() + b"cover: red\n",
        b"front: \xff\n",
        b"front: {\n",
    ],
)
def test_a_plan_that_is_none_is_bad_input(small_project, text):
    (small_project / "notebooks/plan.yml").write_bytes(text)
    with pytest.raises(InputError, match=r"notebooks/plan\.yml"):
        plan.load()


def test_an_absent_plan_is_named(small_project):
    (small_project / "notebooks/plan.yml").unlink()
    with pytest.raises(InputError, match=r"notebooks/plan\.yml"):
        plan.load()


@pytest.mark.parametrize(
    ("wanted", "chosen"),
    [
        ((), ["place-north", "place-south"]),
        (("place",), ["place-north", "place-south"]),
        (("place-south",), ["place-south"]),
        (("place-south", "place-north", "place-south"), ["place-north", "place-south"]),
    ],
)
def test_pages_are_chosen_by_their_name_or_their_notebooks(small_project, wanted, chosen):
    assert [page.name for page in plan.select(plan.load(), wanted)] == chosen


@pytest.mark.parametrize("name", ["leeds", "overview", ""])
def test_an_unknown_page_is_answered_with_the_list(small_project, name):
    with pytest.raises(InputError, match="unknown page") as caught:
        plan.select(plan.load(), ("place-north", name))
    assert f"found:   {name!r}" in str(caught.value)
    assert caught.value.allowed == "place, place-north, place-south"
