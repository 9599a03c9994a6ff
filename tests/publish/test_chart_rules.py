"""Rules of charts: each refuses a chart that breaks it, and lets one like it pass that keeps it."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib import patheffects
from matplotlib.collections import PolyCollection
from matplotlib.layout_engine import ConstrainedLayoutEngine
from matplotlib.patches import Patch, Rectangle

from pfpp_utils.errors import InputError
from pfpp_utils.publish import (
    area_map,
    boxes,
    breakeven_charts,
    chart_rules,
    charts,
    mark_rules,
    picture,
    proof,
    show,
)
from pfpp_utils.publish.contrast import GRAPHIC, between

DARK, TURQUOISE, PINK, ORANGE, *_ = show.CATEGORICAL


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def broken(chart):
    return [rule.broken for rule, _ in chart_rules.faults(chart)]


def bars(colour=DARK, **look):
    chart, axes = plt.subplots()
    axes.bar(["North", "South"], [37, 12], color=colour, **look)
    return chart


def beside(one, other, edges=("none", "none"), hatches=("", ""), labels=()):
    """Draw two shapes that touch."""
    chart, axes = plt.subplots()
    for i, (colour, edge, hatch) in enumerate(zip((one, other), edges, hatches, strict=True)):
        axes.add_patch(
            Rectangle((i, 0), 1, 1, facecolor=colour, edgecolor=edge, hatch=hatch, hatchcolor="white")
        )
    for i, label in enumerate(labels):
        axes.text(i + 0.5, 0.5, label, color="white", ha="center")
    axes.set(xlim=(0, 2), ylim=(0, 1))
    return chart


def lines(dashes=("-", "-"), colours=(DARK, PINK), legend=False):
    chart, axes = plt.subplots()
    for end, (dash, colour) in enumerate(zip(dashes, colours, strict=True)):
        axes.plot([0, 1], [0, end + 1], linestyle=dash, color=colour, label=f"Line {end}")
    if legend:
        axes.legend()
    return chart


def pairs(order=(0, 1), colours=(DARK, ORANGE)):
    chart, axes = plt.subplots()
    drawn = [
        axes.barh([0.2 + shift, 1.2 + shift], [3, 2], 0.4, color=ink)
        for shift, ink in zip((0, 0.4), colours, strict=True)
    ]
    axes.invert_yaxis()
    chart.legend([drawn[i] for i in order], [f"Series {i}" for i in order], loc="outside upper left")
    return chart


def texts(*places, size=12, inches=8, cover=0, **look):
    chart, axes = plt.subplots(figsize=(inches, 4))
    axes.tick_params(labelsize=18)
    if cover:
        axes.axhspan(0.3, 0.7, color="white", zorder=cover)
    for x, y, text in places:
        axes.text(x, y, text, transform=axes.transAxes, fontsize=size, **look)
    return chart


def deep(projection):
    chart = plt.figure()
    chart.add_subplot(projection=projection)
    return chart


def listing(drawn):
    chart, axes = plt.subplots()
    if drawn:
        axes.table([["North", "37"]], loc="center")
    return chart


def dots(marker):
    chart, axes = plt.subplots()
    axes.scatter([0, 1], [0, 1], marker=marker, s=200, color=DARK)
    return chart


def grid(colours, labelled=False):
    chart, axes = plt.subplots(figsize=(8, 3))
    for i, colour in enumerate(colours):
        axes.barh(i * 1.5, 1, color=colour, hatch="/" * i, hatchcolor="white")
        if labelled:
            axes.text(0.5, i * 1.5, "here", color="black", bbox={"facecolor": "white"}, va="center")
    return chart


def twins(dual):
    chart, axes = plt.subplots(ncols=1 if dual else 2, squeeze=False)
    first = axes[0, 0]
    (first.twinx() if dual else axes[0, 1]).plot([0, 1], [0, 900], color=DARK)
    first.plot([0, 1], [1, 0], color=DARK)
    return chart


def second_scale():
    chart, axes = plt.subplots()
    axes.secondary_yaxis("right")
    return chart


def named(rotation):
    chart = bars()
    chart.axes[0].set_ylabel("People", rotation=rotation)
    return chart


def image(rasterized):
    chart, axes = plt.subplots()
    if rasterized == "image":
        axes.imshow(np.zeros((2, 2)), cmap="gray")
    else:
        axes.plot([0, 1], color=DARK, rasterized=rasterized)
    return chart


def beyond(limit):
    chart = bars()
    chart.axes[0].set_ylim(0, limit)
    return chart


def from_(first, second, way="bar"):
    chart, axes = plt.subplots()
    begins = {"bottom" if way == "bar" else "left": [first, second]}
    getattr(axes, way)(["North", "South"], [7, 2], color=DARK, **begins)
    if min(first, second):
        (axes.set_ylim if way == "bar" else axes.set_xlim)(min(first, second), max(first, second) + 8)
    return chart


def stacked(first):
    chart, axes = plt.subplots()
    axes.bar(["North", "South"], [first, first], color=DARK)
    axes.bar(["North", "South"], [7, 2], bottom=[first, first], color=DARK)
    return chart


def regions(*shades):
    chart, axes = plt.subplots()
    for at, shade in enumerate(shades):
        corners = [[(4 * at, 0), (4 * at + 2, 0), (4 * at + 1, 2)]]
        axes.add_collection(PolyCollection(corners, facecolor=shade))
    axes.set(xlim=(-1, 10), ylim=(-1, 5))
    axes.legend(handles=[Patch(facecolor=shade, label=shade) for shade in shades])
    return chart


def dated():
    chart, axes = plt.subplots()
    axes.barh(["North", "South"], [timedelta(90), timedelta(60)], left=[date(2020, 4, 1)] * 2, color=DARK)
    return chart


#: Rule, a chart that breaks it, one that does not.
CASES = [
    (
        "its letters are too small",
        lambda: texts((0.5, 0.5, "a"), size=8.5),
        lambda: texts((0.5, 0.5, "a"), size=9),
    ),
    ("its text is not horizontal", lambda: named(90), lambda: named(0)),
    (
        "its text is not horizontal",
        lambda: texts((0.5, 0.5, "a"), rotation=3),
        lambda: texts((0.5, 0.5, "a")),
    ),
    (
        "its text is cut off",
        lambda: texts((-0.4, 0.5, "a long label")),
        lambda: texts((0.1, 0.5, "a long label")),
    ),
    (
        "its text is cut off",
        lambda: texts((0.95, 0.5, "a long label"), clip_on=True),
        lambda: texts((0.5, 0.5, "a long label"), clip_on=True),
    ),
    (
        "its texts overlap",
        lambda: texts((0.5, 0.5, "one"), (0.52, 0.51, "two")),
        lambda: texts((0.5, 0.5, "one"), (0.52, 0.6, "two")),
    ),
    (
        "its text stands off too little",
        lambda: texts((0.5, 0.5, "grey"), color="#808080"),
        lambda: texts((0.5, 0.5, "grey"), color="#707070"),
    ),
    ("its marks stand off too little", lambda: bars("#BFBFBF"), lambda: bars("#BFBFBF", edgecolor="#595959")),
    ("its marks stand off too little", lambda: bars("#6BACE6"), lambda: bars(DARK)),
    (
        "its marks stand off too little",
        lambda: lines(colours=("#ADD1F1",) * 2),
        lambda: lines(colours=(DARK,) * 2),
    ),
    ("neighbours differ too little", lambda: beside(DARK, PINK), lambda: beside(DARK, ORANGE)),
    (
        "neighbours differ too little",
        lambda: beside(DARK, PINK, edges=("none", PINK)),
        lambda: beside(DARK, PINK, edges=("none", "white")),
    ),
    (
        "neighbours differ too little",
        lambda: beside(DARK, PINK),
        lambda: beside(DARK, PINK, hatches=("", "//")),
    ),
    (
        "neighbours differ too little",
        lambda: beside(DARK, PINK, labels=["one"]),
        lambda: beside(DARK, PINK, labels=["one", "two"]),
    ),
    ("it tells things apart by colour alone", lines, lambda: lines(dashes=("-", "--"))),
    ("it tells things apart by colour alone", lambda: pairs(order=(1, 0)), pairs),
    (
        "it tells things apart by colour alone",
        lambda: pairs(colours=(DARK, "#801650")),
        lambda: pairs(colours=(DARK, ORANGE)),
    ),
    (
        "it has too many categories",
        lambda: grid([DARK, PINK, "#2073BC", "#701000", "#105010", "#503080", "#004d4d"]),
        lambda: grid([DARK, PINK, "#2073BC", "#701000", "#105010", "#503080"]),
    ),
    ("its marks are cut off", lambda: beyond(30), lambda: beyond(40)),
    ("its bars do not begin at nought", lambda: from_(30, 30), lambda: from_(30, 35)),
    ("its bars do not begin at nought", lambda: from_(30, 30, "barh"), lambda: from_(0, 0, "barh")),
    ("its bars do not begin at nought", lambda: from_(1, 1), lambda: stacked(30)),
    ("its bars do not begin at nought", lambda: from_(2020, 2020, "barh"), dated),
    (
        "it tells things apart by colour alone",
        lambda: lines(colours=(DARK, ORANGE), legend=True),
        lambda: lines(("-", "--"), (DARK, ORANGE), legend=True),
    ),
    (
        "it tells things apart by colour alone",
        lambda: regions("#2073bc", "#092135", "#c5dcef"),
        lambda: regions("#c5dcef", "#2073bc", "#092135"),
    ),
    (
        "it tells things apart by colour alone",
        lambda: regions(PINK, "#092135"),
        lambda: regions("#2073bc", "#092135"),
    ),
    ("it has two scales", lambda: twins(dual=True), lambda: twins(dual=False)),
    ("it has two scales", second_scale, bars),
    ("a part of it is made of pixels", lambda: image("image"), lambda: image(False)),
    ("a part of it is made of pixels", lambda: image(True), lambda: image(False)),
    (
        "its letters are too small",
        lambda: texts((0.5, 0.5, "a"), size=12, inches=60),
        lambda: texts((0.5, 0.5, "a"), size=12, inches=37),
    ),
    (
        "its text is covered",
        lambda: texts((0.5, 0.5, "a"), cover=4),
        lambda: texts((0.5, 0.5, "a"), cover=1),
    ),
    ("it shows depth", lambda: deep("3d"), lambda: deep(None)),
    ("a part of it is a table", lambda: listing(True), lambda: listing(False)),
    (
        "it is drawn with effects",
        lambda: texts((0.5, 0.5, "a"), path_effects=[patheffects.withStroke(linewidth=3)]),
        lambda: texts((0.5, 0.5, "a"), bbox={"facecolor": "white"}),
    ),
    ("its letters are drawn as shapes", lambda: dots("$3$"), lambda: dots("D")),
]


@pytest.mark.parametrize(
    ("rule", "bad", "good"), CASES, ids=[f"{i}-{case[0]}" for i, case in enumerate(CASES)]
)
def test_a_chart_that_breaks_a_rule_is_refused_and_one_that_keeps_it_passes(rule, bad, good):
    assert rule in broken(bad())
    assert rule not in broken(good())


def test_every_rule_has_a_chart_that_breaks_it():
    assert {rule.broken for rule in chart_rules.RULES} == {case[0] for case in CASES}


@pytest.mark.parametrize("rule", chart_rules.RULES, ids=lambda rule: rule.broken)
def test_a_rule_that_is_switched_off_lets_its_chart_through(rule, monkeypatch):
    bad = next(case[1] for case in CASES if case[0] == rule.broken)
    with pytest.raises(InputError):
        chart_rules.check(bad(), "reach")
    monkeypatch.setattr(chart_rules, "RULES", [each for each in chart_rules.RULES if each is not rule])
    assert rule.broken not in broken(bad())


def test_a_refusal_names_figure_rule_what_was_found_and_what_is_allowed():
    with pytest.raises(InputError) as caught:
        chart_rules.check(bars("#BFBFBF"), "reach")
    assert str(caught.value).splitlines() == [
        "its marks stand off too little",
        "  where:   figure reach",
        "  found:   'area #bfbfbf at 1.84:1; area #bfbfbf at 1.84:1'",
        "  allowed: 3:1 against what lies below, by face, border or hatch, or a label in the mark",
    ]


def test_show_refuses_it_before_anything_is_shown(shown):
    data = pd.DataFrame({"Place": ["North"], "People": [37]})
    texts = {"title": "T", "subtitle": "S", "alt": "One bar: North 37.", "source": "Test"}
    with pytest.raises(InputError, match="stands off too little"):
        show.figure(texts_on_dark(), name="reach", data=data, **texts)
    assert not shown
    show.figure(bars(), name="reach", data=data, **texts)
    assert shown


def texts_on_dark():
    chart = bars()
    chart.axes[0].text(0, 18, "37", color="black", ha="center")
    return chart


def test_what_is_saved_is_what_was_looked_at():
    chart = bars()
    chart_rules.check(chart, "reach")
    assert not isinstance(chart.get_layout_engine(), ConstrainedLayoutEngine)
    assert chart.dpi == plt.rcParams["figure.dpi"]
    first = picture.svg(chart, "Reach", "Bars.")
    assert chart.get_layout_engine() is None
    chart_rules.check(chart, "reach")
    assert picture.svg(chart, "Reach", "Bars.") == first


STYLES = {
    "bars": lambda: charts.bars(ROWS, label="Place", value="One", xlabel="People", mark=5),
    "pairs": lambda: charts.pairs(ROWS, label="Place", xlabel="People"),
    "intervals": lambda: charts.intervals(SHARES, label="Place", xlabel="Share"),
    "words": lambda: charts.grid(WORDS, shades={"none": "#F0F0F0", "partly": "#6BACE6", "direct": DARK}),
    "funnel": lambda: charts.funnel(ROWS, label="Place", value="One"),
    "numbers": lambda: breakeven_charts.grid(
        NUMBERS.rename_axis("place"), xlabel="Value", ylabel="Place", enough=20
    ),
    "curve": lambda: breakeven_charts.probability(CURVE, {"reached": 0, "likely": 90}, xlabel="People"),
    "lines": lambda: breakeven_charts.lines(SWITCHED, ylabel="Net value"),
}
ROWS = pd.DataFrame({"Place": ["North", "South", "West"], "One": [1200.0, 700, 0], "Two": [900.0, 8, 1]})
SHARES = pd.DataFrame({"Place": ["North", "South"], "estimate": [1.0, 0], "low": [0.2, 0], "high": [1, 0.6]})
WORDS = pd.DataFrame(
    {"Uptake": ["direct", "none"], "Outcomes": ["partly", "direct"]}, index=["North", "South"]
)
NUMBERS = pd.DataFrame({"£500": [12, 30], "£1,000": [40, None]}, index=["North", "South"])
CURVE = pd.DataFrame(
    {"people": [0, 50, 100], "probability": [0, 0.4, 0.9], "low": [0, 0.3, 0.8], "high": [0, 0.5, 1]}
)
SWITCHED = pd.DataFrame({"label": ["Cost"] * 2, "value": [0, 9], "result": [-5, 5], "switch": [4.5] * 2})


@pytest.mark.parametrize("style", STYLES)
def test_the_charts_that_pages_share_keep_the_rules(style):
    assert broken(STYLES[style]()) == []


def test_boxes_and_their_links_keep_the_rules():
    chart, axes = boxes.canvas(300, 100)
    boxes.put(axes, boxes.box(100, ("Meetings", True)), (60, 50), boxes.Look())
    boxes.put(axes, boxes.box(100, ("Trust", True)), (230, 50), boxes.Look(fill=DARK, ink="white"))
    boxes.link(axes, [(110, 50), (180, 50)], along="x")
    assert broken(chart) == []
    boxes.write(axes, "faint", (150, 90), ink="#aaaaaa")
    assert broken(chart) == ["its text stands off too little"]


def test_a_chart_that_draws_itself_again_while_it_is_drawn_covers_no_text():
    """As those do that wrap their texts once they know how wide they are."""
    chart, axes = plt.subplots(layout="constrained")
    axes.plot([1, 2], [3, 4])
    axes.set(title="People by year", xlabel="Year")

    def again(event):
        chart.canvas.mpl_disconnect(told)
        event.canvas.draw()

    told = chart.canvas.mpl_connect("draw_event", again)
    lines = proof.pull(chart).lines
    assert len({(line.text, line.box) for line in lines}) == len(lines) > 3
    assert all(line.covered == 0 for line in lines)


def test_the_classes_of_a_map_can_be_told_apart():
    looks = [area_map.NONE, *area_map.SHADES]
    for i, one in enumerate(looks):
        inks = (one["facecolor"], one["hatchcolor"] if one["hatch"] else one["facecolor"])
        assert max(between(ink, "white") for ink in inks) >= GRAPHIC
        for other in looks[i + 1 :]:
            hatched = one["hatch"] != other["hatch"]
            assert hatched or between(one["facecolor"], other["facecolor"]) >= GRAPHIC


def test_a_map_in_shades_of_the_palette_alone_would_be_refused():
    shades = show.SEQUENTIAL
    assert all(between(one, other) < GRAPHIC for one, other in pairwise(shades))
    assert list(mark_rules.alike(chart_rules.marks.gather(drawn(beside(*shades[:2]))), []))


def drawn(chart):
    chart.canvas.draw()
    return chart
