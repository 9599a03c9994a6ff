"""Totals that nobody declared: found among rows, labels and columns, so that they open nothing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.methods import disclosure
from pfpp_utils.methods.disclosure import WITHHELD
from pfpp_utils.methods.disclosure_found import totals
from pfpp_utils.methods.disclosure_layout import Layout
from pfpp_utils.methods.disclosure_sums import sums
from pfpp_utils.methods.disclosure_table import Control, treat

ONS = disclosure.preset("ons-10-5")


def hidden(frame, layout):
    return treat(frame, Control(ONS, layout), where="test").frame.eq(WITHHELD)


@pytest.mark.parametrize("order", [[0, 1, 2, 3], [3, 0, 1, 2], [0, 3, 2, 1]])
def test_a_row_that_adds_up_all_others(order):
    frame = pd.DataFrame({"Place": ["North", "South", "West", "Town"], "People": [3, 12, 41, 56]}).loc[order]
    found = hidden(frame.reset_index(drop=True), Layout(("People",)))
    assert frame["Place"].to_numpy()[found["People"]].tolist() == [
        name for name in frame["Place"] if name in ("North", "South")
    ]


def test_a_column_that_adds_up_others():
    frame = pd.DataFrame({"Place": ["N", "S"], "Men": [3, 12], "All": [43, 62], "Women": [40, 50]})
    assert hidden(frame, Layout(("Men", "All", "Women")))[["Men", "Women"]].loc[0].all()


def test_regions_of_places_in_whatever_order():
    """North is Durham and Leeds; no row of it stands beside them, and no layout says so."""
    counts = {"Durham": 3, "Hackney": 80, "Leeds": 30, "Luton": 60, "North": 33, "South": 140, "All": 173}
    frame = pd.DataFrame({"Place": list(counts), "People": list(counts.values())})
    for declared in ({}, {"All": ["North", "South"]}, {"All": ["Durham", "Hackney", "Leeds", "Luton"]}):
        found = hidden(frame, Layout(("People",), totals={"Place": declared} if declared else {}))
        assert set(frame["Place"][found["People"]]) >= {"Durham", "Leeds"}


def test_a_region_named_in_another_column():
    """By numbers alone this could be chance: 12 rows, and a sum of three that are far from each other."""
    counts = [3, 13, 26, 37, 17, 29, 24, 41, 23, 33, 31, 44]
    region = ["North" if place in (0, 4, 6) else "South" for place in range(11)]
    frame = pd.DataFrame(
        {"Place": [f"p{i}" for i in range(11)] + ["North"], "Region": [*region, ""], "People": counts}
    )
    assert totals(frame.drop(columns="Region"), frame[["People"]].astype(float), Layout(("People",))) == [[]]
    assert hidden(frame, Layout(("People",)))["People"].sum() == 2


def test_a_total_over_years_and_one_over_everything():
    rows = [("N", "2021", 3), ("S", "2021", 40), ("N", "2022", 21), ("S", "2022", 30)]
    both = [("N", "Both", 24), ("S", "Both", 70)]
    frame = pd.DataFrame([*rows, *both], columns=["Place", "Year", "People"])
    assert hidden(frame, Layout(("People",), by=("Place", "Year")))["People"].sum() == 2
    frame = pd.DataFrame([*rows, ("All", "All", 94)], columns=["Place", "Year", "People"])
    assert hidden(frame, Layout(("People",), by=("Place", "Year")))["People"].sum() == 2


def test_a_nought_that_a_total_would_give_away():
    frame = pd.DataFrame({"Place": ["N", "S", "All"], "People": [0, 50, 50]})
    assert hidden(frame, Layout(("People",)))["People"].sum() > 1


def test_missing_counts_hide_no_total():
    frame = pd.DataFrame({"Place": ["N", "S", "W", "All"], "A": [3, 40, None, 43], "B": [12, 30, 41, 83]})
    assert hidden(frame, Layout(("A", "B")))["A"].sum() == 2
    assert hidden(frame[["Place", "A"]], Layout(("A",)))["A"].sum() == 2


def test_declared_totals_are_not_found_again():
    frame = pd.DataFrame({"Place": ["N", "S", "W", "All"], "People": [3, 12, 41, 56]})
    layout = Layout(("People",), totals={"Place": {"All": []}})
    assert totals(frame, frame[["People"]].astype(float), layout) == [[]]


@given(st.lists(st.lists(st.integers(0, 40), min_size=2, max_size=2), min_size=2, max_size=7), st.data())
@settings(max_examples=60)
def test_what_is_found_adds_up_and_a_planted_sum_is_told(numbers, data):
    """Numbers as they come, and a sum of some of them beyond the reach of chance."""
    chosen = data.draw(st.sets(st.integers(0, len(numbers) - 1), min_size=2))
    planted = np.array([[*one, 1000 + 7**place] for place, one in enumerate(numbers)], dtype=float)
    planted = np.vstack([planted, planted[list(chosen)].sum(axis=0)])
    (found,) = sums(planted, [])
    for total, parts in found:
        assert (planted[total] == planted[list(parts)].sum(axis=0)).all()
    assert found == [(len(numbers), tuple(sorted(chosen)))]
    for total, parts in (one for way in sums(planted[:, :2], []) for one in way):
        assert (planted[total, :2] == planted[list(parts), :2].sum(axis=0)).all()


@given(st.lists(st.integers(0, 30), min_size=2, max_size=8))
@settings(max_examples=60)
def test_no_nought_is_left_without_a_way(counts):
    """Sums found by chance may not contradict each other, or nothing could protect a table."""
    frame = pd.DataFrame({"Place": [f"p{i}" for i in range(len(counts))], "People": counts})
    assert hidden(frame, Layout(("People",)))["People"].to_numpy()[np.array(counts) < 10].all()
