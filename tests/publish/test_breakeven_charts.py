"""Charts of the breakeven pages: what is written in them, and that colour is never alone."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from pfpp_utils.publish import breakeven_charts, show


@pytest.fixture(autouse=True)
def _style():
    show.style()
    yield
    plt.close("all")


def texts(axes) -> list[str]:
    return [text.get_text() for text in axes.texts]


def test_grid_writes_every_number_and_ticks_those_that_are_enough() -> None:
    table = pd.DataFrame({"£500": [1234, 40], "£1,000": [37, np.nan]}, index=["0%", "20%"])
    axes = breakeven_charts.grid(table, xlabel="Value", ylabel="Deadweight", enough=37).axes[0]
    assert texts(axes) == ["1,234", "37 ✓", "40", "none"]
    assert [text.get_weight() for text in axes.texts] == ["normal", "bold", "normal", "normal"]


def test_tornado_tells_low_from_high_by_pattern_and_number() -> None:
    frame = pd.DataFrame(
        {"label": ["Share", "Cost"], "at_low": [300, 90], "at_central": [100, 100], "at_high": [50, 110],
         "low": ["10%", "£1"], "high": ["60%", "£3"]}
    )  # fmt: skip
    axes = breakeven_charts.tornado(frame, xlabel="People").axes[0]
    assert texts(axes) == ["10%", "60%", "£1", "£3"]
    assert [bar.get_hatch() or "" for bar in axes.patches] == ["", "///", "", "///"]
    assert [bar.get_width() for bar in axes.patches] == [200, -50, -10, 10]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["Share", "Cost"]
    assert axes.yaxis_inverted()


def test_probability_names_each_mark_with_people_and_probability() -> None:
    curve = pd.DataFrame({"people": [0, 100, 200], "probability": [0, 0.5, 1.0]})
    curve = curve.assign(low=curve["probability"], high=curve["probability"])
    axes = breakeven_charts.probability(curve, {"reached": 5, "likely": 180}, xlabel="People").axes[0]
    assert texts(axes) == ["reached: 5 (2%)", "likely: 180 (90%)"]


def test_lines_mark_where_zero_is_met_and_say_where_it_is_not() -> None:
    rows = [
        ("Cost", 0, 1, 5),
        ("Cost", 10, -1, 5),
        ("Deadweight", 0, -1, np.nan),
        ("Deadweight", 1, -2, np.nan),
    ]
    rows += [("Duration", 0, -3, 40), ("Duration", 4, -1, 40)]
    frame = pd.DataFrame(rows, columns=["label", "value", "result", "switch"])
    chart = breakeven_charts.lines(frame, ylabel="Net value")
    assert [texts(axes) for axes in chart.axes] == [
        ["5"], ["breaks even nowhere"], ["breaks even at 40, off this chart"], [],
    ]  # fmt: skip
    assert not chart.axes[3].get_visible()
