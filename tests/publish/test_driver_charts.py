"""Correlations as dots: what is drawn where, and that colour is never alone."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest

from pfpp_utils.data import areas
from pfpp_utils.errors import InputError
from pfpp_utils.publish import driver_charts, show


@pytest.fixture(autouse=True)
def _style():
    show.style()
    yield
    plt.close("all")


def correlations(funders: int = 2) -> pd.DataFrame:
    rows = [(f"Funder {n}", measure) for n in range(funders) for measure in ("Population", "Area")]
    table = pd.DataFrame(rows, columns=["funder", "measure"])
    table = table.assign(r=0.5, low=0.3, high=0.7, partial_r=-0.2, partial_low=-0.4, partial_high=0.1)
    given = table["measure"] == "Population"
    table.loc[given, ["partial_r", "partial_low", "partial_high"]] = np.nan
    return table


def draw(funders: int):
    return driver_charts.dots(correlations(funders), panel="funder", label="measure", given="population")


def test_each_funder_has_a_panel_with_every_measure_in_order() -> None:
    chart = draw(2)
    assert [axes.get_title(loc="left") for axes in chart.axes] == ["Funder 0", "Funder 1"]
    assert [label.get_text() for label in chart.axes[0].get_yticklabels()] == ["Population", "Area"]
    assert chart.axes[0].yaxis_inverted()
    assert chart.axes[0].get_xlim() == (-1, 1)


def test_the_two_kinds_differ_by_shape_filling_and_line() -> None:
    axes = draw(1).axes[0]
    plain, partial = (line for line in axes.lines if len(line.get_xdata()) == 2 and line.get_marker() in "oD")
    assert (plain.get_marker(), partial.get_marker()) == ("o", "D")
    assert partial.get_markerfacecolor() == "white" != plain.get_markerfacecolor()
    styles = [collection.get_linestyle()[0][1] for collection in axes.collections]
    assert styles[0] is None
    assert styles[1], "dashed"
    legend = axes.figure.legends[0]
    assert [text.get_text() for text in legend.get_texts()] == ["as it is", "given population"]


def test_dots_stand_at_their_values_and_missing_ones_are_not_drawn() -> None:
    axes = draw(1).axes[0]
    partial = next(line for line in axes.lines if line.get_marker() == "D")
    assert np.isnan(partial.get_xdata()[0])
    assert partial.get_xdata()[1] == -0.2
    assert [segment[:, 0].tolist() for segment in axes.collections[0].get_segments()] == [[0.3, 0.7]] * 2


def test_panels_without_a_funder_are_hidden() -> None:
    assert [axes.get_visible() for axes in draw(4).axes] == [True] * 4 + [False] * 2


def test_nothing_to_draw_is_refused() -> None:
    with pytest.raises(InputError, match="nothing to draw"):
        draw(0)


def test_every_measure_has_a_name() -> None:
    assert [*driver_charts.LABELS] == [*areas.MEASURES]
