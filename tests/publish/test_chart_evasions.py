"""Ways around the rules of charts: each chart breaks a rule in a way that a simple look does not find."""

from __future__ import annotations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib import patheffects
from matplotlib.lines import Line2D
from matplotlib.offsetbox import AnchoredText, AnnotationBbox, DrawingArea
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.textpath import TextPath
from matplotlib.transforms import Affine2D

from pfpp_utils.publish import chart_rules, show

DARK, TURQUOISE, PINK, ORANGE, *_ = show.CATEGORICAL
PALE = "#BFBFBF"
SEVEN = [DARK, PINK, "#2073BC", "#701000", "#105010", "#503080", "#004d4d"]

SMALL, TURNED, COVERED = "its letters are too small", "its text is not horizontal", "its text is covered"
FAINT_TEXT, FAINT = "its text stands off too little", "its marks stand off too little"
MANY, SCALES = "it has too many categories", "it has two scales"
SHAPES, EFFECTS = "its letters are drawn as shapes", "it is drawn with effects"
TABLE, DEPTH, PIXELS = "a part of it is a table", "it shows depth", "a part of it is made of pixels"


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def bars(colour=DARK, size=None):
    chart, axes = plt.subplots(figsize=size)
    axes.bar(["North", "South"], [37, 12], color=colour)
    return chart, axes


def halo(chart, axes):
    glow = [patheffects.withStroke(linewidth=3, foreground="white")]
    axes.text(0, 18, "37", color="white", ha="center", path_effects=glow)


def glowing_line(chart, axes):
    axes.axhline(20, color=DARK, path_effects=[patheffects.Stroke(foreground="#eeeeee")])


def filtered(chart, axes):
    axes.axhline(20, color=DARK).set_agg_filter(lambda image, dpi: (image, 0, 0))


def inset_pale(chart, axes):
    axes.inset_axes((0.6, 0.6, 0.3, 0.3)).bar(["a"], [1], color=PALE)


def inset_second_scale(chart, axes):
    axes.inset_axes((0, 0, 1, 1), facecolor="none").plot([0, 1], [0, 900], color=DARK)


def overlaid(chart, axes):
    chart.set_layout_engine("none")
    chart.add_axes((0.4, 0.2, 0.3, 0.6), facecolor="none").plot([0, 1], [0, 900], color=DARK)


def nested_inset_image(chart, axes):
    axes.inset_axes((0.6, 0.6, 0.3, 0.3)).inset_axes((0, 0, 1, 1)).imshow(np.zeros((2, 2)))


def pale_on_figure(chart, axes):
    chart.add_artist(Rectangle((0.7, 0.6), 0.2, 0.2, facecolor=PALE, transform=chart.transFigure))


def pale_line_on_figure(chart, axes):
    chart.add_artist(Line2D([0.6, 0.9], [0.7, 0.7], color="#eeeeee", linewidth=4))


def pale_in_box(chart, axes):
    area = DrawingArea(20, 20)
    area.add_artist(Rectangle((0, 0), 20, 20, facecolor=PALE))
    axes.add_artist(AnnotationBbox(area, (0.8, 0.8), xycoords="axes fraction"))


def small_on_figure(chart, axes):
    plt.figtext(0.5, 0.9, "small", fontsize=6)


def small_in_box(chart, axes):
    axes.add_artist(AnchoredText("small", loc="upper right", prop={"size": 6}))


def seven_labelled(chart, axes):
    axes.clear()
    for row, colour in enumerate(SEVEN):
        axes.barh(row * 1.5, 10, color=colour, edgecolor="white")
        axes.text(5, row * 1.5, f"bar {row}", color="white", ha="center", va="center")


def seven_greys(chart, axes):
    axes.clear()
    for row in range(7):
        axes.barh(row * 1.5, 10, color=f"#{row * 20:02x}{row * 20:02x}{row * 20:02x}", edgecolor="black")


def seven_hatches(chart, axes):
    axes.clear()
    for row, hatch in enumerate(["", "/", "\\", "x", "o", ".", "*"]):
        axes.barh(row * 1.5, 10, color=DARK, hatch=hatch, hatchcolor="white")


def seven_dashes(chart, axes):
    axes.clear()
    for row in range(7):
        axes.plot([0, 1], [row, row + 1], color=DARK, linestyle=(0, (row + 1, 2)))


def seven_shapes(chart, axes):
    axes.clear()
    for row, marker in enumerate("osv^<>D"):
        axes.plot([row], [row], marker, color=DARK, markersize=9)


def path_of_letters(chart, axes):
    axes.add_patch(PathPatch(TextPath((0, 20), "37 people", size=1), color=DARK))


def letters_moved(chart, axes):
    letters = TextPath((0, 0), "37", size=8).transformed(Affine2D().translate(0.5, 20).scale(0.1, 1))
    axes.add_patch(PathPatch(letters, color=DARK))


def letters_for_dots(chart, axes):
    axes.plot([0, 1], [20, 30], linestyle="none", marker="$37$", color=DARK, markersize=20)


def letters_for_scattered_dots(chart, axes):
    axes.scatter([0, 1], [20, 30], marker="$37$", color=DARK, s=200)


def table_in_axes(chart, axes):
    axes.table([["North", "37"]], loc="top")


def deep(chart, axes):
    chart.clear()
    chart.add_subplot(projection="3d").scatter([0, 1], [0, 1], [0, 1], color=DARK)


def image_on_figure(chart, axes):
    chart.figimage(np.zeros((20, 20)), 300, 200)


def under_a_bar(chart, axes):
    axes.text(0, 18, "37", color="white", ha="center", zorder=0.5)


def under_a_patch_of_the_figure(chart, axes):
    axes.text(0.5, 30, "hidden", color="black")
    chart.add_artist(
        Rectangle((0, 0), 1, 1, facecolor="white", edgecolor="black", transform=chart.transFigure)
    )


def see_through_text(chart, axes):
    axes.text(0, 18, "37", color="black", alpha=0.2, ha="center")


def unseen_text(chart, axes):
    axes.text(0.5, 30, "37", alpha=0)


def see_through_line(chart, axes):
    axes.axhline(20, color=DARK, alpha=0.15, linewidth=3)


def see_through_dots(chart, axes):
    axes.plot([0, 1], [20, 30], "o", color=DARK, alpha=0.15, markersize=12)


def a_dot_for_a_label(chart, axes):
    axes.clear()
    axes.bar([0, 1], [37, 12], color=PALE)
    for place, height in ((0, 18), (1, 6)):
        axes.text(place, height, ".", ha="center")


def turned_ticks(chart, axes):
    axes.tick_params(axis="x", rotation=45)


def small_powers(chart, axes):
    axes.text(0.5, 30, "$10^{3}$", fontsize=10, parse_math=True)


#: What is done to a chart of two bars, and the rule that it breaks.
EVASIONS = {
    halo: EFFECTS,
    glowing_line: EFFECTS,
    filtered: EFFECTS,
    inset_pale: FAINT,
    inset_second_scale: SCALES,
    overlaid: SCALES,
    nested_inset_image: PIXELS,
    image_on_figure: PIXELS,
    pale_on_figure: FAINT,
    pale_line_on_figure: FAINT,
    pale_in_box: FAINT,
    small_on_figure: SMALL,
    small_in_box: SMALL,
    small_powers: SMALL,
    seven_labelled: MANY,
    seven_greys: MANY,
    seven_hatches: MANY,
    seven_dashes: MANY,
    seven_shapes: MANY,
    path_of_letters: SHAPES,
    letters_moved: SHAPES,
    letters_for_dots: SHAPES,
    letters_for_scattered_dots: SHAPES,
    table_in_axes: TABLE,
    deep: DEPTH,
    under_a_bar: COVERED,
    under_a_patch_of_the_figure: COVERED,
    see_through_text: FAINT_TEXT,
    unseen_text: FAINT_TEXT,
    see_through_line: FAINT,
    see_through_dots: FAINT,
    a_dot_for_a_label: FAINT,
    turned_ticks: TURNED,
}


@pytest.fixture(scope="module")
def plain():
    return [rule.broken for rule, _ in chart_rules.faults(bars()[0])]


@pytest.mark.parametrize("way", EVASIONS, ids=lambda way: way.__name__)
def test_another_way_to_break_a_rule_is_found_too(way, plain):
    chart, axes = bars()
    way(chart, axes)
    assert EVASIONS[way] in [rule.broken for rule, _ in chart_rules.faults(chart)]
    assert plain == []


def inset_dark(chart, axes):
    axes.axis("off")
    inset = axes.inset_axes((0.7, 0.7, 0.2, 0.2))
    inset.add_patch(Rectangle((0, 0), 1, 1, color=DARK))
    inset.axis("off")


def dark_on_figure(chart, axes):
    chart.add_artist(Rectangle((0.45, 0.6), 0.1, 0.2, facecolor=DARK, transform=chart.transFigure))


def shades_with_numbers(chart, axes):
    axes.clear()
    for row in range(8):
        axes.barh(row, 10, 1, color=plt.colormaps["Blues"](row / 20), edgecolor="white")
        axes.text(5, row, str(row), color="black", ha="center", va="center")


def boxed(chart, axes):
    axes.text(0, 18, "37", ha="center").set_bbox({"facecolor": "white", "edgecolor": "none"})


@pytest.mark.parametrize(
    "way", [inset_dark, dark_on_figure, shades_with_numbers, boxed], ids=lambda way: way.__name__
)
def test_what_keeps_the_rules_is_let_through(way):
    chart, axes = bars()
    way(chart, axes)
    assert [(rule.broken, found) for rule, found in chart_rules.faults(chart)] == []
