"""Maps of value by area: classes, numbers, and what is said of the value that no map shows."""

import dataclasses

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data.geography.totals import Totals
from pfpp_utils.errors import InputError
from pfpp_utils.publish import area_map
from pfpp_utils.publish.value_classes import CLASSES, NONE, breaks, grades, labels, money

values = st.lists(st.floats(0, 1e11), min_size=1, max_size=60).filter(any)


def totals(pounds):
    codes = [f"A{n}" for n in range(len(pounds))]
    table = pd.DataFrame({"code": codes, "name": [f"Area {n}" for n in range(len(pounds))], "awards": 1})
    table = table.assign(value_gbp=np.array(pounds, dtype=float)).sort_values("value_gbp", ascending=False)
    return Totals(table, {f"L{n}": code for n, code in enumerate(codes)}, "upper tier", 10.0, 30.0)


def squares(number):
    square = np.array([[0, 50], [1, 50], [1, 51], [0, 51], [0, 50]], dtype=float)
    return {f"L{n}": [[square + np.array([n, 0])]] for n in range(number)}


SOME = [0, 10, 20, 30, 40, 50, 60, 70, 84]


def test_the_highest_class_is_the_smallest():
    bounds = breaks(pd.Series(SOME, dtype=float))
    assert bounds == [0, 30, 50, 70, 84]
    assert grades(pd.Series(SOME, dtype=float), bounds) == [0, 1, 1, 2, 2, 3, 3, 4, 4]
    assert labels(bounds) == [NONE, "under £30", "£30 to £50", "£50 to £70", "£70 to £84"]


@given(values)
def test_no_more_than_four_classes_and_every_value_in_one(pounds):
    series = pd.Series(pounds)
    bounds = breaks(series[series.ne(0) | True])
    found = grades(series, bounds)
    assert 2 <= len(bounds) <= CLASSES + 1
    assert bounds == sorted(set(bounds))
    assert len(labels(bounds)) == len(bounds)
    assert all((grade == 0) == (value <= 0) for grade, value in zip(found, pounds, strict=True))
    assert max(found) == len(bounds) - 1


@given(values)
def test_more_value_is_never_in_a_lower_class(pounds):
    series = pd.Series(sorted(pounds))
    found = grades(series, breaks(series))
    assert found == sorted(found)


def test_one_value_is_one_class_and_no_value_is_refused():
    assert labels(breaks(pd.Series([2.5e6]))) == [NONE, "up to £2.5m"]
    with pytest.raises(InputError, match="nothing to map"):
        breaks(pd.Series([0.0, -5.0]))


@pytest.mark.parametrize(
    ("pounds", "text"),
    [(84, "£84"), (300e3, "£300k"), (1.25e6, "£1.2m"), (999_999, "£1m"), (1.48e9, "£1.5bn")],
)
def test_amounts_are_written_briefly(pounds, text):
    assert money(pounds) == text


def test_the_map_writes_its_classes_and_numbers_its_largest_areas():
    chart = area_map.draw(totals(SOME), squares(len(SOME)))
    axes, key = chart.axes
    legend = [text.get_text() for text in key.get_legend().get_texts()]
    assert legend == [*("£70 to £84 (2)", "£50 to £70 (2)", "£30 to £50 (2)", "under £30 (2)", f"{NONE} (1)")]
    assert [text.get_text() for text in axes.texts] == ["1", "2", "3", "4", "5"]
    assert key.texts[0].get_text().splitlines()[:2] == ["Most value", "1  Area 8, £84"]
    drawn = [len(collection.get_paths()) for collection in axes.collections[:5]]
    assert drawn == [1, 2, 2, 2, 2]
    plt.close(chart)


def test_shades_get_darker_with_value():
    chart = area_map.draw(totals(SOME), squares(len(SOME)))
    light = [collection.get_facecolor()[0][:3].sum() for collection in chart.axes[0].collections[:5]]
    assert light == sorted(light, reverse=True)
    plt.close(chart)


def test_an_area_without_a_boundary_is_named():
    with pytest.raises(InputError) as caught:
        area_map.draw(totals(SOME), squares(8))
    assert caught.value.found == ["L8"]


def test_the_subtitle_says_how_much_is_not_shown():
    said = area_map.subtitle(totals([60]), measure="Value of awards", geography="England", period="2016-17")
    assert said == (
        "Value of awards by upper-tier authority, England, 2016-17; "
        "not shown: 30.0% of value could not be placed, 10.0% belongs to wider areas"
    )


def test_the_subtitle_tells_other_nations_and_what_stands_at_an_office_apart():
    shown = dataclasses.replace(totals([59]), elsewhere_gbp={"Wales": 0.96, "Scotland": 0.04})
    said = area_map.subtitle(shown, measure="Value", geography="England", period="2016-17", several_gbp=25.0)
    assert said.endswith(
        "30.0% of value could not be placed, 10.0% belongs to wider areas, 1.0% lies in Wales, "
        "under 0.1% lies in Scotland; 25.0% is shown at the address of bodies that serve several authorities"
    )


def test_nothing_that_is_written_runs_off_the_picture_or_over_something_else():
    chart = area_map.draw(totals([1.5e9, *[4e7] * 20, *range(1, 80)]), squares(100))
    chart.draw_without_rendering()
    key = chart.axes[1]
    legend, most = key.get_legend().get_window_extent(), key.texts[0].get_window_extent()
    assert most.y1 < legend.y0
    assert min(most.y0, most.x0, legend.x0) >= 0
    assert max(most.x1, legend.x1) <= chart.bbox.x1
    assert legend.y1 < chart.axes[0].get_window_extent().y0 + 5
    assert 0.85 * chart.get_figwidth() * 96 < 390
    plt.close(chart)


def test_the_description_tells_classes_and_largest_areas():
    said = area_map.describe(totals(SOME))
    assert said.startswith("Map of 9 areas in classes of value. no award placed here: 1 areas;")
    assert said.endswith("Most value: Area 8 £84, Area 7 £70, Area 6 £60, Area 5 £50, Area 4 £40.")
