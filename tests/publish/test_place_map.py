"""Maps of places: every name once, none over another, and groups told apart without colour."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.publish import chart_rules, place_map

LAND = [np.array([[-5.0, 50], [1, 50], [0, 55], [-3, 55], [-5, 50]])]


def spots(points, groups=("yes", "no")):
    frame = pd.DataFrame(points, columns=["longitude", "latitude"])
    frame["place"] = [f"Place {n} on the river" if n % 3 else f"Place {n}" for n in range(len(frame))]
    return frame.assign(found=[groups[n % len(groups)] for n in range(len(frame))])


@given(st.lists(st.tuples(st.floats(-5, 1), st.floats(50, 55)), min_size=1, max_size=24))
@settings(max_examples=15, deadline=None)
def test_wherever_the_places_lie_the_map_keeps_the_rules_of_charts(points):
    frame = spots(points).sort_values("found", ascending=False)
    chart = place_map.draw(frame, LAND, group="found")
    try:
        broken = {rule.broken: found for rule, found in chart_rules.faults(chart)}
        # dots of two places at one spot cover each other, which no map can help
        assert not {key: found for key, found in broken.items() if "text" in key or "cut off" in key}
        written = [text.get_text().replace("\n", " ") for text in chart.axes[0].texts]
        assert sorted(written) == sorted(frame["place"])
    finally:
        plt.close(chart)


def test_a_map_of_places_apart_keeps_every_rule():
    points = [(-4.0, 50.4), (-2, 51), (-1, 52), (-2, 53), (-1.5, 54), (-2.4, 54.6)]
    chart = place_map.draw(spots(points), LAND, group="found")
    assert list(chart_rules.faults(chart)) == []
    plt.close(chart)


def test_a_project_without_an_outline_has_a_map_too():
    chart = place_map.draw(spots([(0, 51)]), [], group="found")
    assert list(chart_rules.faults(chart)) == []
    plt.close(chart)


@pytest.mark.parametrize("groups", [(), ("a", "b", "c")])
def test_no_place_or_too_many_groups_are_refused(groups):
    frame = spots([(0, 50 + n) for n in range(len(groups))], groups or ("a",))
    with pytest.raises(InputError, match="cannot be shown on one map"):
        place_map.draw(frame, LAND, group="found")


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30), st.floats(0.01, 0.2))
def test_names_are_moved_apart_in_their_order_and_no_further_than_need_be(heights, step):
    given_ = np.array(sorted(heights, reverse=True))
    found = place_map.spread(given_, step)
    assert (found[:-1] - found[1:] >= step - 1e-9).all()
    assert found.mean() == pytest.approx(given_.mean())
    if (given_[:-1] - given_[1:] >= step).all():
        assert found == pytest.approx(given_)


def test_the_description_names_every_place_from_north_to_south():
    said = place_map.describe(spots([(0, 51), (0, 52), (0, 53), (0, 54)]), group="found")
    assert said == (
        "Map of 4 places, each group from north to south. no: Place 3, Place 1 on the river; "
        "yes: Place 2 on the river, Place 0."
    )
