"""Charts: one row a case from top to bottom, values where they belong, nothing told by colour alone."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.publish import charts, show

FRAME = pd.DataFrame(
    {"Place": ["North", "South", "West"], "People": [1200.0, 7.5, 0.0], "Before": [900.0, 8, 1]}
)
SHARES = pd.DataFrame(
    {"Place": ["North", "South"], "estimate": [0.5, 0.25], "low": [0.2, 0.1], "high": [0.8, 0.6]}
)


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def axes(chart):
    chart.canvas.draw()
    return chart.axes[0]


def labels(ticks):
    return [tick.get_text() for tick in ticks]


def test_a_description_has_a_clause_for_each_row():
    text = charts.describe(FRAME, "{Place}: {People:,.0f}")
    assert text == "North: 1,200; South: 8; West: 0."


def test_bars_start_at_nought_and_carry_their_values():
    drawn = axes(charts.bars(FRAME, label="Place", value="People", xlabel="People", mark=100))
    assert [bar.get_width() for bar in drawn.patches] == FRAME["People"].tolist()
    assert drawn.get_xlim()[0] == 0
    assert labels(drawn.get_yticklabels()) == ["North", "South", "West"]
    assert labels(drawn.texts) == ["1,200", "7.5", "0"]
    assert [line.get_xdata()[0] for line in drawn.lines] == [100]


def test_pairs_are_named_in_the_legend():
    drawn = axes(charts.pairs(FRAME, label="Place", xlabel="People"))
    assert labels(drawn.get_legend().get_texts()) == ["People", "Before"]
    widths = [bar.get_width() for container in drawn.containers for bar in container]
    assert widths == [*FRAME["People"], *FRAME["Before"]]


def test_intervals_lie_around_their_estimates():
    drawn = axes(charts.intervals(SHARES, label="Place", xlabel="Share"))
    (lines,) = [found for found in drawn.collections if len(found.get_paths()) == len(SHARES)]
    ends = [path.vertices[:, 0].tolist() for path in lines.get_paths()]
    assert ends == SHARES[["low", "high"]].to_numpy().tolist()
    assert drawn.get_xlim() == (0, 1)
    assert drawn.get_ylim() == (1.5, -0.5)


def test_a_grid_writes_its_word_in_every_cell():
    words = pd.DataFrame(
        {"Uptake": ["strong", "none"], "Outcomes": ["none", "strong"]}, index=["North", "South"]
    )
    drawn = axes(charts.grid(words, shades={"none": "#F0F0F0", "strong": show.CATEGORICAL[0]}))
    assert labels(drawn.texts) == ["strong", "none", "none", "strong"]
    assert [text.get_color() for text in drawn.texts] == ["white", "black", "black", "white"]
    assert labels(drawn.get_xticklabels()) == ["Uptake", "Outcomes"]
    assert labels(drawn.get_yticklabels()) == ["North", "South"]


def test_a_grid_is_told_column_by_column():
    words = pd.DataFrame(
        {"Uptake": ["strong", "none", "strong"], "Reach": ["none"] * 3}, index=["a", "b", "c"]
    )
    told = charts.describe_grid(words, shades=["none", "strong"])
    assert told == "Uptake: 1 none (b), 2 strong (a, c). Reach: 3 none (a, b, c)."
    with pytest.raises(InputError, match="unknown word in a grid"):
        charts.describe_grid(words, shades=["none"])


STEPS = pd.DataFrame(
    {"Unit": ["Teams", "Pilots", "Teams"], "Step": ["linked", "all", "met twice"], "Count": [119, 13, 47]}
)


def test_a_funnel_draws_shares_of_the_first_step_of_each_group():
    drawn = axes(charts.funnel(STEPS, label="Step", value="Count", group="Unit"))
    assert [bar.get_width() for bar in drawn.patches] == pytest.approx([1, 47 / 119, 1])
    assert len({bar.get_height() for bar in drawn.patches}) == 1
    assert labels(drawn.get_yticklabels()) == ["Teams: linked", "Teams: met twice", "Pilots: all"]
    assert labels(drawn.texts) == ["119", "47 of 119 (39%)", "13"]
    assert drawn.get_xlim() == (0, 1)
    assert [(text.get_ha(), text.get_color()) for text in drawn.texts] == [
        ("right", "white"),
        ("left", "black"),
        ("right", "white"),
    ]


@pytest.mark.parametrize("counts", [[119, 120, 47], [119, -1, -2], [0, 0, 0], [119, None, 47], []])
def test_a_funnel_never_widens(counts):
    steps = pd.DataFrame({"Step": [f"step {i}" for i in range(len(counts))], "Count": counts})
    with pytest.raises(InputError, match="not the steps of a funnel"):
        charts.funnel(steps, label="Step", value="Count")


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0"),
        (0.236, "0.24"),
        (7, "7"),
        (10.04, "10"),
        (37.25, "37.2"),
        (130.4, "130"),
        (999.9, "1,000"),
        (4240, "4,240"),
    ],
)
def test_numbers_on_charts_are_short_and_never_in_powers_of_ten(number, text):
    assert charts._short(number) == text
