"""The gate: what is withheld is found in any shape, writing and container, and what is not is not."""

# ruff: noqa: E501 files as texts
from __future__ import annotations

import json
import random

import gate_shapes as shapes
import pytest

from pfpp_utils.publish import gate
from pfpp_utils.publish.gate_traces import Machine

NOWHERE = Machine((), "", "")


def search(*entries):
    return gate._Search(gate.Watch([*entries], machine=NOWHERE))


@pytest.fixture(scope="module")
def wards():
    return search(*shapes.ENTRIES)


def planted(ward, way, shape, writing):
    """A file that tells of a ward: its name and content."""
    value = shapes.WARDS[ward]
    if way == "page":
        text = shapes.PAGES[shape](ward, shapes.IN_PAGES[writing](value), shapes.SHOWN)
        return "p.html", f"<!DOCTYPE html><html><body>{text}</body></html>".encode()
    if way == "data":
        return "x.json", json.dumps(
            shapes.DATA[shape](ward, shapes.IN_DATA[writing](value), shapes.SHOWN)
        ).encode()
    if way == "text":
        name, make = shapes.TEXTS[shape]
        return name, make(ward, shapes.IN_TEXTS[writing](value), shapes.SHOWN).encode()
    return shapes.BOOKS[shape](ward, shapes.IN_DATA[writing](value), shapes.SHOWN)


WRITINGS = {
    "page": (shapes.PAGES, shapes.IN_PAGES),
    "data": (shapes.DATA, shapes.IN_DATA),
    "text": (shapes.TEXTS, shapes.IN_TEXTS),
    "book": (shapes.BOOKS, shapes.IN_DATA),
}
RAW = {"script of text", "data in a script", "style", "comment", "table in a comment"}
IN_ATTRIBUTES = {
    *(
        "order of a row",
        "tooltip of a cell",
        "data of an element",
        "data and text",
        "label for readers",
        "title",
    ),
    *("alternative text", "choice", "field", "meter", "address", "style of a bar"),
}
NO_NUMBERS = {
    "address": {"wide digits", "Arabic digits", "hidden", "Words", "words", "unit"},
    "meter": set(),
    "xml of names": set(),
}


def possible(way, shape, writing):
    if way == "page":
        if shape in {"script", "script of names"}:
            return writing == "digits"
        if writing in {"tags between", "note"} and shape in RAW | IN_ATTRIBUTES:
            return False
        return not (
            shape in {"address", "style of a bar"} and writing not in {"digits", "decimals", "entities"}
        )
    return not (shape == "code" and writing not in {"digits", "decimals"}) and not (
        shape in {"text in a notebook"} and writing in {"words"}
    )


def combinations():
    return [
        (way, shape, writing)
        for way, (known, writings) in WRITINGS.items()
        for shape in known
        for writing in writings
        if possible(way, shape, writing)
    ]


def found(search, ward, name, content):
    told = {one.what for one in search.file(f"_static/{name}", content) if one.kind == "figure"}
    return any(f"row {ward.lower()}," in one for one in told)


def test_every_shape_is_found_in_every_writing(wards):
    missed, known = [], list(shapes.WARDS)
    for number, (way, shape, writing) in enumerate(combinations()):
        ward = known[number % len(known)]
        if not found(wards, ward, *planted(ward, way, shape, writing)):
            missed.append((way, shape, writing, ward))
    assert missed == []


def test_all_that_is_drawn_at_random_is_found_in_containers(wards):
    draw, missed, everything = random.Random(20301), [], combinations()
    for _ in range(150):
        way, shape, writing = draw.choice(everything)
        ward, container = draw.choice(list(shapes.WARDS)), draw.choice(list(shapes.CONTAINERS))
        if not found(wards, ward, *shapes.CONTAINERS[container](*planted(ward, way, shape, writing))):
            missed.append((way, shape, writing, container, ward))
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>Three projects had 3 leads and 12 meetings.</p>",
        "<p>Bexton board met on 12 March.</p>",
        "<h1>Bexton</h1><p>The board met on 12 March, and on March 12 next year.</p>",
        "<p>Ashby has 3 schools.</p><p>See Table 3 for Ashby.</p><p>Ashby (Figure 3)</p>",
        "<ul><li>Ashby, 3 new schools</li></ul>",
        "<p>Ashby: 12:30, 2023-12, 3rd.</p><p>Bexton, 12 High Street</p><p>Bexton 12/03/2024</p>",
        "<table><tr><th>Ward</th><th>Schools</th></tr><tr><td>Ashby</td><td>3</td></tr></table>",
        "<table><tr><th>Ward</th><th>Schools</th><th>People helped</th></tr><tr><td>Ashby</td><td>3</td><td>[c]</td></tr>"
        "<tr><td>Bexton</td><td>9</td><td>[c]</td></tr></table>",
        "<table><tr><th>Ward</th><th>People helped</th></tr><tr><td>Ashby North</td><td>3</td></tr></table>",
        "<p>In Corley 3 people asked, in West Ashby 3.</p>",
        '<svg><text>Ashby</text><path d="M 3 12 4"/></svg>',
    ],
)
def test_equal_numbers_of_other_things_are_not_found(wards, text):
    assert wards.file("overview.html", text.encode()) == []


@pytest.mark.parametrize(
    "data",
    [
        {"schools": {"Ashby": 3}},
        {"data": [{"name": "Schools", "x": ["Ashby", "Bexton"], "y": [3, 9]}]},
        [{"ward": "Ashby", "schools": 3, "people": "[c]"}],
        {"source": ["alt = 'Two flows from Ashby.'", "people"], "id": "cell-3"},
    ],
)
def test_equal_numbers_in_data_are_not_found(wards, data):
    assert wards.file("x.json", json.dumps(data).encode()) == []


def test_a_column_by_another_name_is_told_by_its_figures_together(wards):
    rows = [["Ward", "Visits"], *([ward, value] for ward, value in shapes.WARDS.items())]
    assert len(wards.file("p.html", shapes.table(rows).encode())) == len(shapes.WARDS)
    other = [["Ward", "Visits"], ["Ashby", 3], ["Bexton", 9], ["Corley", 8], ["Dunmore", 7]]
    assert wards.file("p.html", shapes.table(other).encode()) == []


@pytest.mark.parametrize(
    "rows",
    [
        "<tr><th>Ward<th>People helped<tr><td>Ashby<td>3",
        "<thead><tr><th>Ward<th>People helped<tbody><tr><th>Ashby<td>3",
        "<tr><th>Ward<th>People helped<tr><td><table><tr><td>Map</table>Ashby<td>3",
    ],
)
def test_cells_end_where_browsers_end_them(wards, rows):
    page = f"<!DOCTYPE html><table>{rows}</table>".encode()
    assert [one.kind for one in wards.file("p.html", page)] == ["figure"]
    assert wards.file("p.html", page.replace(b"People helped", b"Schools")) == []


def test_a_section_of_no_known_kind_is_read_as_browsers_do(wards):
    page = b"<!DOCTYPE html><p>a</p><![x[ b ]]><p>In Ashby 3 people were helped.</p><![\x1c c]>"
    assert [one.kind for one in wards.file("p.html", page)] == ["figure"]
