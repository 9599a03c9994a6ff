"""Layout: links lead onwards, nothing overlaps, few links cross, the same tables give the same picture."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.publish import layers, layout

NODES = st.integers(1, 9).map(lambda number: [f"n{i}" for i in range(number)])


@st.composite
def networks(draw):
    nodes = draw(NODES)
    ends = st.tuples(st.sampled_from(nodes), st.sampled_from(nodes)).filter(lambda link: link[0] != link[1])
    return nodes, draw(st.lists(ends, max_size=14, unique=True)) if len(nodes) > 1 else []


def arranged(nodes, links, **options):
    ranks = layers.rank(nodes, links)
    sizes = {node: 10.0 + 5 * i for i, node in enumerate(nodes)}
    return ranks, sizes, layout.arrange(sizes, ranks, links, **({"gap": 4, "room": 60} | options))


@given(networks())
def test_links_lead_onwards_unless_they_close_a_circle(network):
    nodes, links = network
    ranks = layers.rank(nodes, links)
    assert min(ranks.values()) == 0
    assert all(ranks[start] != ranks[end] for start, end in links)
    onwards = [link for link in links if nodes.index(link[0]) < nodes.index(link[1])]
    ranks = layers.rank(nodes, onwards)
    assert all(ranks[start] < ranks[end] for start, end in onwards)


def test_layers_are_as_close_as_links_allow():
    assert layers.rank(["a", "b", "c", "d"], [("a", "b"), ("b", "d"), ("c", "d")]) == {
        "a": 0,
        "b": 1,
        "c": 1,
        "d": 2,
    }


@given(networks())
def test_neighbours_keep_their_distance(network):
    ranks, sizes, placed = arranged(*network)
    for layer in set(ranks.values()):
        row = sorted((node for node in ranks if ranks[node] == layer), key=placed.centre.__getitem__)
        for one, other in pairwise(row):
            apart = placed.centre[other] - placed.centre[one] - (sizes[one] + sizes[other]) / 2
            assert apart >= 4 - 1e-6
    passing = [layer for bends in placed.bends.values() for layer, _ in bends]
    widest = max(_packed(layer, ranks, sizes, passing) for layer in set(ranks.values()))
    assert placed.extent <= max(widest, 60) + 0.6
    assert min(placed.centre[node] - sizes[node] / 2 for node in ranks) >= -1e-6
    assert max(placed.centre[node] + sizes[node] / 2 for node in ranks) <= placed.extent + 1e-6


def _packed(layer, ranks, sizes, passing):
    """Extent of a layer whose nodes and bends stand as close as they may."""
    own = [sizes[node] for node in ranks if ranks[node] == layer]
    return sum(own) + 4 * (len(own) + passing.count(layer) - 1)


@given(networks())
def test_the_room_is_kept_if_it_suffices(network):
    nodes, links = network
    _, _, placed = arranged(nodes, links, room=2000)
    assert placed.extent <= 2000.5
    assert placed == arranged(nodes, links, room=2000)[2]


def test_what_need_not_cross_does_not():
    ranks = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    links = [("a", "z"), ("b", "y"), ("c", "x")]
    ordered = layers.order(ranks, [layers.chain(link, ranks) for link in links])
    assert layers.crossings(ordered, links) == 0


def test_a_group_stays_together():
    ranks = {"a": 0, "b": 0, "c": 0, "x": 1, "y": 1, "z": 1}
    links = [("a", "x"), ("b", "y"), ("c", "z")]
    ordered = layers.order(ranks, [layers.chain(link, ranks) for link in links], {"a": 1, "b": 0, "c": 1})
    assert ordered[0][0] == "b"
    assert layers.crossings(ordered, links) == 0


def test_a_long_link_runs_straight_and_past_the_boxes_between():
    sizes = dict.fromkeys("abcd", 20.0)
    ranks = {"a": 0, "b": 1, "c": 2, "d": 3}
    placed = layout.arrange(sizes, ranks, [("a", "b"), ("b", "c"), ("c", "d"), ("a", "d")], gap=5, room=100)
    (one, first), (other, second) = placed.bends["a", "d"]
    assert (one, other) == (1, 2)
    assert first == pytest.approx(second, abs=0.5)
    assert abs(first - placed.centre["b"]) >= 15 - 1e-6


def test_a_long_link_is_straightest_between_its_bends():
    sizes = dict.fromkeys("apfe", 20.0)
    ranks, groups = {"a": 0, "p": 0, "f": 3, "e": 3}, {"a": 0, "p": 1, "f": 0, "e": 1}
    placed = layout.arrange(sizes, ranks, [("a", "e"), ("p", "f")], gap=5, room=200, groups=groups)
    places = [placed.centre["a"], *(place for _, place in placed.bends["a", "e"]), placed.centre["e"]]
    first, between, last = (abs(one - other) for one, other in pairwise(places))
    assert between < min(first, last) / 2


def test_the_ends_on_one_side_of_a_box_are_spread_in_the_order_of_the_others():
    sizes = dict.fromkeys("abcd", 30.0)
    ranks = {"a": 0, "b": 1, "c": 1, "d": 1}
    links = [("a", "c"), ("a", "d"), ("a", "b")]
    routes = layout.routes(layout.arrange(sizes, ranks, links, gap=5, room=0), ranks, links, sizes)
    ends = sorted((route[-1][1], route[0][1]) for route in routes.values())
    starts = [start for _, start in ends]
    assert starts == sorted(set(starts))
    assert max(starts) - min(starts) <= 0.7 * 30
