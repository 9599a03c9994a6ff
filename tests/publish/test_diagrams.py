"""Diagrams: every node and link is drawn, words beside colours, nothing cut off or overlapping."""

from __future__ import annotations

import itertools

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import FancyArrowPatch, FancyBboxPatch

from pfpp_utils.errors import InputError
from pfpp_utils.publish import description, diagrams, network, scale

NODES = pd.DataFrame(
    {
        "node": ["meet", "events", "trust", "insight", "know", "belief"],
        "label": [
            "Meetings",
            "Events of $2 & $3",
            "Trust grows",
            "New insight",
            "Better understanding",
            "It all helps",
        ],
        "kind": ["activity", "activity", "mechanism", "mechanism", "outcome", "assumption"],
        "rating": ["strong", None, "medium", "limited", "not rated", None],
        "note": ["by the rule: medium", None, None, None, None, None],
    }
)
LINKS = pd.DataFrame(
    [
        ("meet", "trust"),
        ("meet", "trust"),
        ("events", "trust"),
        ("events", "insight"),
        ("trust", "insight"),
        ("trust", "know"),
        ("meet", "know"),
        ("belief", "trust"),
    ],
    columns=["from_node", "to_node"],
)
COLUMNS = {"activity": "Activities", "mechanism": "Mechanisms", "outcome": "Outcomes"}
SYSTEM = NODES.drop(columns=["rating", "note"])
SAID = LINKS.assign(
    relation=["helps", "helps", "helps", "opens", "opens", "leads to", "leads to", "underlies"]
)
SIDES = LINKS.iloc[[0, 2, 3]].assign(relation=["shows", "lacks", "shows"])


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


def layered(nodes=NODES, links=LINKS, **options):
    return diagrams.layered(nodes, links, **({"columns": COLUMNS, "aside": ("assumption",)} | options))


def bipartite(nodes=NODES, links=SIDES, **options):
    return diagrams.bipartite(
        nodes, links, **({"left": ("activity",), "headings": ("What", "Why")} | options)
    )


def systems(nodes=SYSTEM, links=SAID):
    return diagrams.network(nodes, links)


DRAWN = [layered, systems, bipartite]


def texts(chart):
    return [text.get_text() for text in chart.axes[0].texts]


def boxes(chart):
    return [patch for patch in chart.axes[0].patches if isinstance(patch, FancyBboxPatch)]


def arrows(chart):
    return [patch for patch in chart.axes[0].patches if isinstance(patch, FancyArrowPatch)]


def spans(chart):
    """Each box's left, top, right and bottom, large ones only: badges sit on a box's corner."""
    sides = [(box.get_x(), box.get_y(), box.get_width(), box.get_height()) for box in boxes(chart)]
    return [(x, y, x + width, y + height) for x, y, width, height in sides if width > 20]


@pytest.mark.parametrize("draw", DRAWN)
def test_boxes_lie_within_the_picture_and_apart(draw):
    chart = draw()
    right, bottom = (72 * side for side in chart.get_size_inches())
    for left, top, to_x, to_y in spans(chart):
        assert left >= 0 <= top
        assert to_x <= right + 0.01
        assert to_y <= bottom + 0.01
    for one, other in itertools.combinations(spans(chart), 2):
        beside = one[2] <= other[0] + 0.01 or other[2] <= one[0] + 0.01
        assert beside or one[3] <= other[1] + 0.01 or other[3] <= one[1] + 0.01


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("draw", DRAWN)
def test_text_fits_and_is_large_enough(draw):
    chart = draw()
    chart.canvas.draw()
    width, height = chart.canvas.get_width_height()
    for text in chart.axes[0].texts:
        assert text.get_size() * scale.LEAST / 0.72 >= 10  # pixels, however narrow the screen
        assert not text.get_parse_math()
        extent = text.get_window_extent()
        assert extent.x0 >= 0 <= extent.y0
        assert extent.x1 <= width
        assert extent.y1 <= height


@pytest.mark.parametrize("draw", DRAWN)
def test_the_same_tables_give_the_same_picture(draw):
    assert spans(draw()) == spans(draw())
    assert [str(arrow.get_path()) for arrow in arrows(draw())] == [
        str(arrow.get_path()) for arrow in arrows(draw())
    ]


def test_a_theory_of_change_writes_each_rating_in_its_colour():
    chart = layered()
    written = texts(chart)
    assert written.count("Not rated") == 2
    assert [text for text in written if text in {"Strong", "Medium", "Limited"}] == [
        "Strong",
        "Medium",
        "Limited",
    ]
    assert {"Activities", "Mechanisms", "Outcomes"} <= set(written)
    fills = {patch.get_facecolor()[:3] for patch in boxes(chart)}
    assert {to_rgb(colour) for colour in diagrams.RATINGS.values()} == fills


def test_a_pale_box_has_an_outline():
    looks = map(diagrams.layered.__globals__["_shade"], diagrams.RATINGS.values())
    outlined = [word for word, look in zip(diagrams.RATINGS, looks, strict=True) if look.edge != look.fill]
    assert outlined == ["medium", "limited", "undefined", "not rated"]


def test_letters_have_contrast_on_every_shade():
    for look in map(diagrams.layered.__globals__["_shade"], diagrams.RATINGS.values()):
        light, dark = sorted((_luminance(look.fill), _luminance(look.ink)), reverse=True)
        assert (light + 0.05) / (dark + 0.05) >= 4.5


def _luminance(colour):
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(colour)]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def test_an_assumption_is_a_lettered_note_on_the_steps_it_bears_on():
    written = texts(layered())
    assert "A. It all helps" in written
    assert written.count("A") == 1
    assert len(arrows(layered())) == 6  # the repeat counts once, the assumption's link is its letter


def test_a_note_stands_in_the_box():
    assert "by the rule:" in " ".join(texts(layered()))


@pytest.mark.parametrize("others", [0, 1])
def test_a_link_within_a_column_passes_what_stands_between(others):
    nodes = NODES.assign(kind=["outcome"] * 5 + ["activity" if others else "assumption"])
    ends = pd.DataFrame({"from_node": ["meet", "meet"], "to_node": ["events", "know"]})
    chart = layered(nodes, ends)
    straight, past = (arrow.get_path().vertices[:4, 0] for arrow in arrows(chart))
    column = spans(chart)[0]
    assert len(set(straight)) == 1
    assert not any(column[0] < x < column[2] for x in past)
    assert all(0 < x < 72 * chart.get_figwidth() for x in past)


def test_a_systems_map_says_each_relation_once_for_those_who_share_it():
    chart = systems()
    written = texts(chart)
    assert written.count("helps") == 1
    assert written.count("opens") == 1  # both lead to the same node
    assert written.count("leads to") == 1
    assert written.count("Activity") == written.count("Mechanism") == 2


def test_a_systems_map_reaches_each_end_of_each_link():
    chart = systems()
    heads = [arrow for arrow in arrows(chart) if arrow.get_arrowstyle().__class__.__name__ != "Curve"]
    assert len(heads) == 4  # helps trust; opens insight; leads to know; underlies trust
    for arrow in heads:
        (x, y), (tip_x, tip_y), (other_x, other_y) = arrow.get_path().vertices[-4:-1]
        assert abs((tip_x - x) * (other_y - y) - (other_x - x) * (tip_y - y)) > 10


@pytest.mark.parametrize("words", range(1, 16))
def test_an_arrow_has_a_direction_however_high_its_boxes_are(words):
    nodes = pd.DataFrame(
        {"node": ["a", "b"], "kind": "policy", "label": ["word " * words, "word " * (20 - words)]}
    )
    chart = diagrams.network(
        nodes, pd.DataFrame({"from_node": ["a"], "to_node": ["b"], "relation": ["moves"]})
    )
    for arrow in arrows(chart):
        steps = abs(arrow.get_path().vertices[1:4] - arrow.get_path().vertices[:3]).sum(axis=1)
        assert steps.max() > 0.1


def test_a_systems_map_may_go_in_circles_and_have_loose_ends():
    circle = pd.DataFrame(
        {"from_node": ["meet", "trust"], "to_node": ["trust", "meet"], "relation": ["a", "b"]}
    )
    assert set(NODES["label"].str.split().str[0]) <= set(" ".join(texts(systems(links=circle))).split())


def test_an_outline_means_the_same_kind_in_every_map():
    def outlines(nodes):
        chart = diagrams.network(nodes, SAID[["from_node", "to_node"]], kinds=NODES["kind"])
        linked = {text.get_text(): box for text, box in _first_lines(chart)}
        return {kind: linked[kind].get_edgecolor() for kind in ("Activity", "Mechanism", "Outcome")}

    assert outlines(SYSTEM) == outlines(SYSTEM.iloc[::-1])
    fewer = SYSTEM.assign(kind=SYSTEM["kind"].replace("assumption", "outcome"))
    assert outlines(SYSTEM) == outlines(fewer)
    assert len(set(outlines(SYSTEM).values())) == 3
    with pytest.raises(InputError, match="unknown kind"):
        diagrams.network(SYSTEM, SAID, kinds=["activity"])


def _first_lines(chart):
    """Each box with the first line of its text."""
    for text in chart.axes[0].texts:
        for box in boxes(chart):
            left, top = box.get_x(), box.get_y()
            x, y = text.get_position()
            if left < x < left + box.get_width() and top < y < top + 14:
                yield text, box


def test_a_systems_map_of_many_is_wide_rather_than_small():
    many = pd.DataFrame({"node": [f"n{i}" for i in range(13)], "kind": "service"})
    many["label"] = "Place " + many["node"]
    star = pd.DataFrame({"from_node": "n0", "to_node": many["node"][1:], "relation": "funds"})
    assert diagrams.network(many, star).get_figwidth() > 8
    assert systems().get_figwidth() == 8


def test_two_sides_are_tied_by_lines_that_a_legend_names():
    chart = bipartite()
    written = texts(chart)
    assert {"shows", "lacks", "What", "Why", "Meetings (1 shows)"} <= set(written)
    assert "Trust grows (1 shows, 1 lacks)" in " ".join(written)  # each role is counted by itself
    assert "It all helps (none)" in written
    assert len(arrows(chart)) == len(SIDES) + 2
    assert len({arrow.get_linestyle() for arrow in arrows(chart)}) == 2


def test_two_roles_of_one_pair_are_two_lines():
    both = SIDES.iloc[[0, 0]].assign(relation=["shows", "lacks"])
    *_, one, other = (arrow.get_path().vertices[0, 1] for arrow in arrows(bipartite(links=both)))
    assert one != other


BAD = {
    "a diagram of nothing": (NODES.head(0), LINKS.head(0)),
    "node listed twice": (pd.concat([NODES, NODES.tail(1)]), LINKS),
    "link with an unknown end": (NODES, LINKS.replace("know", "no one")),
    "link from a node to itself": (NODES, LINKS.replace("know", "trust")),
    "missing column": (NODES.drop(columns="kind"), LINKS),
    "a node lacks its text": (NODES.assign(label=None), LINKS),
}


@pytest.mark.parametrize("what", BAD)
@pytest.mark.parametrize("draw", [*DRAWN, diagrams.describe_network, diagrams.links_table])
def test_tables_that_do_not_fit_are_refused(draw, what):
    nodes, links = BAD[what]
    with pytest.raises(InputError, match=what):
        draw(nodes, links)


def test_what_has_no_column_colour_or_line_is_refused():
    with pytest.raises(InputError, match="unknown rating") as caught:
        layered(NODES.replace("medium", "middling"))
    assert "found:   ['middling']" in str(caught.value)
    assert "allowed: strong, medium, limited, undefined, not rated" in str(caught.value)
    with pytest.raises(InputError, match="unknown kind"):
        layered(aside=())
    with pytest.raises(InputError, match="a link leads to a note"):
        layered(links=pd.DataFrame({"from_node": ["meet"], "to_node": ["belief"]}))
    with pytest.raises(InputError, match="nothing to draw"):
        layered(NODES.tail(1), LINKS.head(0))
    with pytest.raises(InputError, match="nothing to draw"):
        systems(links=SAID.head(0))
    with pytest.raises(InputError, match="more words than looks"):
        systems(
            nodes=pd.DataFrame({"node": range(9), "label": "x", "kind": list("abcdefghi")}),
            links=pd.DataFrame({"from_node": [1], "to_node": [2]}),
        )
    with pytest.raises(InputError, match="does not lead from left to right"):
        bipartite(links=SIDES.rename(columns={"from_node": "to_node", "to_node": "from_node"}))
    with pytest.raises(InputError, match="more words than looks"):
        bipartite(links=pd.concat([SIDES.head(1)] * 4).assign(relation=list("abcd")))


def test_a_description_gives_counts_ratings_the_longest_chain_and_where_links_meet():
    assert diagrams.describe_network(NODES, SAID) == (
        "Diagram of 6 boxes (activity 2, mechanism 2, outcome 1, assumption 1) and 7 links. "
        "Strong: Meetings. Medium: Trust grows. Limited: New insight. Not rated: 3. "
        "Longest chain: Meetings helps Trust grows, which opens New insight. "
        "Most links: Trust grows (5), Meetings (2), Events of $2 & $3 (2). "
        "The table below the figure lists every box and link."
    )
    assert "Strong" not in diagrams.describe_network(SYSTEM, SAID)
    longer = pd.concat([LINKS, pd.DataFrame({"from_node": ["belief"], "to_node": ["meet"]})])
    assert "chain: Meetings leads to" in diagrams.describe_network(NODES, longer)  # not: It all helps
    assert "chain: It all helps bears on Trust grows." in diagrams.describe_network(NODES, LINKS.tail(1))
    assert diagrams.describe_network(NODES.head(1), LINKS.head(0)).startswith(
        "Diagram of 1 box (activity 1) and 0 links. Strong: Meetings. The table"
    )


@pytest.mark.parametrize("turn", range(4))
def test_the_longest_chain_is_found_in_any_order_of_the_links(turn):
    links = [("a", "d"), ("b", "c"), ("c", "d"), ("a", "b")]
    assert description.longest(list("abcd"), links[turn:] + links[:turn]) == list("abcd")


def test_the_table_lists_links_then_what_has_none():
    table = diagrams.links_table(NODES, SIDES)
    assert table.columns.tolist() == [
        *("From", "From: kind", "From: rating", "From: note", "Relation"),
        *("To", "To: kind", "To: rating", "To: note"),
    ]
    assert table[["From", "Relation", "To"]].values.tolist()[:2] == [
        ["Meetings", "shows", "Trust grows"],
        ["Events of $2 & $3", "lacks", "Trust grows"],
    ]
    assert table["From"].tolist()[3:] == ["Better understanding", "It all helps"]
    assert table["To"].isna().tolist() == [False] * 3 + [True] * 2


def test_checking_leaves_the_tables_as_they_are():
    nodes, links = NODES.copy(), LINKS.copy()
    network.checked(nodes, links, rated=True)
    pd.testing.assert_frame_equal(nodes, NODES)
    pd.testing.assert_frame_equal(links, LINKS)
