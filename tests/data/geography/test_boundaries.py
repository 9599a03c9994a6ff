"""Boundaries: polygons by code, and the lines between areas."""

import json

import pytest

from pfpp_utils.data.geography.boundaries import borders, read
from pfpp_utils.errors import InputError


def square(x):
    return [[[x, 0], [x + 1, 0], [x + 1, 1], [x, 1], [x, 0]]]


def feature(code, kind, coordinates):
    geometry = {"type": kind, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"ltla21_code": code}, "geometry": geometry}


@pytest.fixture
def path(tmp_path):
    features = [
        feature("A", "Polygon", square(0)),
        feature("B", "Polygon", square(1)),
        feature("C", "MultiPolygon", [square(2), square(9)]),
    ]
    path = tmp_path / "boundaries.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def test_polygons_by_code(path):
    found = read(path)
    assert {code: len(polygons) for code, polygons in found.items()} == {"A": 1, "B": 1, "C": 2}
    assert found["A"][0][0].shape == (5, 2)


@pytest.mark.parametrize(
    ("area_of", "lines"),
    [
        ({"A": "a", "B": "b", "C": "c"}, 4 * 4 - 2),
        ({"A": "one", "B": "one", "C": "c"}, 4 * 4 - 3),
        ({"A": "a"}, 4),
    ],
)
def test_lines_inside_an_area_are_left_out(path, area_of, lines):
    assert len(borders(read(path), area_of)) == lines


@pytest.mark.parametrize("text", ["[]", "{", '{"features": [{"properties": {}, "geometry": null}]}'])
def test_other_files_are_refused(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text)
    with pytest.raises(InputError, match="not boundaries"):
        read(path)
