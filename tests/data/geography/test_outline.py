"""Outlines: the line around areas, simplified no further than said, and the middle of places."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.path import Path

from pfpp_utils.data import places, tables
from pfpp_utils.data.geography import outline
from pfpp_utils.errors import InputError


def square(x, y, side=1.0):
    corners = [[x, y], [x + side, y], [x + side, y + side], [x, y + side], [x, y]]
    return [[np.array(corners, dtype=float)]]


#: Cells of a grid with equal corners: each is an area.
grids = st.sets(st.tuples(st.integers(0, 4), st.integers(0, 4)), min_size=1)


def around(cells):
    known = {f"{x},{y}": square(x, y) for x, y in cells}
    return outline.outline(known, known, tolerance=0.0, least=0.0)


@given(grids)
def test_the_line_around_a_grid_has_its_area(cells):
    rings = around(cells)
    signed = [
        sum(own[i][0] * own[i + 1][1] - own[i + 1][0] * own[i][1] for i in range(len(own) - 1)) / 2
        for own in (ring.tolist() for ring in rings)
    ]
    assert all((ring[0] == ring[-1]).all() for ring in rings)
    # holes are lines of their own: what is not in them is the grid
    sizes = sorted(map(abs, signed), reverse=True)
    assert any(
        abs(sum(sign * size for sign, size in zip(signs, sizes, strict=True)) - len(cells)) < 1e-9
        for signs in np.array(np.meshgrid(*[[1, -1]] * len(sizes))).T.reshape(-1, len(sizes))[:4096]
    )


@given(grids)
def test_borders_inside_are_left_out_and_no_point_is_passed_twice(cells):
    for ring in outline.trace(list(_lines(cells))):
        passed = [tuple(point) for point in ring[:-1]]
        assert len(passed) == len(set(passed)) >= 4


def _lines(cells):
    count = {}
    for x, y in cells:
        corners = [(x, y), (x + 1, y), (x + 1, y + 1), (x, y + 1), (x, y)]
        for pair in pairwise(corners):
            count[tuple(sorted(pair))] = count.get(tuple(sorted(pair)), 0) + 1
    return (np.array(pair, dtype=float) for pair, times in count.items() if times == 1)


@given(
    st.lists(st.floats(0.5, 1.5), min_size=8, max_size=60),
    st.floats(0.001, 0.5),
)
@settings(max_examples=50)
def test_no_point_is_further_off_than_the_tolerance(radii, tolerance):
    turns = np.linspace(0, 2 * np.pi, len(radii), endpoint=False)
    ring = np.column_stack([np.cos(turns) * radii, np.sin(turns) * radii])
    ring = np.vstack([ring, ring[:1]])
    shrink = np.cos(np.radians(ring[:, 1].mean()))
    kept = outline.simplify(ring, tolerance)
    assert (kept[0] == kept[-1]).all()
    assert 4 <= len(kept) <= len(ring)
    for point in ring * [shrink, 1]:
        legs = zip(kept * [shrink, 1], kept[1:] * [shrink, 1], strict=False)
        off = min(float(outline._off(point[None], one, other)[0]) for one, other in legs)
        assert off <= tolerance + 1e-9


@given(st.floats(-5, 1), st.floats(50, 55), st.floats(0.01, 2))
def test_the_middle_of_a_square_is_its_middle(x, y, side):
    assert outline.centre(square(x, y, side)[0]) == pytest.approx((x + side / 2, y + side / 2))


def test_the_larger_piece_weighs_more():
    pieces = [*square(0, 0, 3)[0], *square(10, 0, 1)[0]]
    assert outline.centre(pieces) == pytest.approx(((9 * 1.5 + 10.5) / 10, (9 * 1.5 + 0.5) / 10))


def test_small_pieces_are_left_out_and_the_largest_comes_first():
    known = {"A": square(0, 0, 0.1), "B": square(3, 3, 1), "C": square(6, 6, 2)}
    found = outline.outline(known, known, tolerance=0.01, least=0.5)
    assert [outline.area(ring) for ring in found] == pytest.approx([4, 1])


def test_points_are_read_as_they_were_written():
    ring = np.array([[-1.5, 50.25], [0.125, 51], [2, 50], [-1.5, 50.25]])
    assert outline.parse(outline.write(ring)).tolist() == ring.tolist()


@pytest.mark.parametrize(
    "text", ["", "1 2", "0 0, 1 1, 0 0", "0 0, 1, 1 1, 0 0", "a b, 1 1, 2 2, a b", "nan 0, 1 1, 2 2, 3 3"]
)
def test_other_texts_are_refused(text):
    with pytest.raises(InputError, match="not an outline"):
        outline.parse(text)


class TestBundled:
    def test_every_place_lies_within_the_outline(self):
        land = [Path(ring) for ring in outline.load()]
        spots = places.positions()
        assert list(spots["pilot"]) == places.slugs()
        for point in spots[["longitude", "latitude"]].to_numpy():
            assert any(path.contains_point(point, radius=0.02) for path in land), point

    def test_each_row_names_source_and_licence(self):
        for name in ("outline", "place_positions"):
            rows = tables.load(name)
            assert set(rows["licence"]) == {"Open Government Licence v3.0"}
            assert rows["source"].str.contains("Crown copyright").all()
