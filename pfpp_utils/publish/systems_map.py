"""A systems map as a diagram: what acts on what, from top to bottom, with words on each link."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pandas as pd
from matplotlib.figure import Figure

from pfpp_utils.publish import boxes, layers, layout, show
from pfpp_utils.publish.boxes import EDGE, Box, Look, Point
from pfpp_utils.publish.layers import Link
from pfpp_utils.publish.network import assigned, checked, known, pairs, rows, some, words

#: Outlines by kind, in the order of the kinds; the kind is also written in the box.
OUTLINES = [
    Look(edge=colour, dashes=dashes, stroke=stroke, rounding=rounding)
    for dashes, rounding in (("-", 1.0), ("--", 7.0))
    for colour, stroke in zip(show.CATEGORICAL[:4], (2.4, 1.2, 1.2, 2.4), strict=True)
]
#: How the words on a link look.
RELATION = Look(fill="white", edge="none", ink="#404040")
#: Widths of boxes, of which the first that fits the room is taken; width of the words on a link;
#: least space between neighbours; in points.
WIDTHS, WORDS = (118.0, 104.0, 92.0, 82.0, 74.0), 76.0
GAP = 8.0
ROOM = boxes.WIDTH - 2 * EDGE


def network(nodes: pd.DataFrame, links: pd.DataFrame, *, kinds: Iterable[str] = ()) -> Figure:
    """Draw a systems map.

    Links that say the same of one node share one label. Kinds differ in their outline, and each box says
    its kind. Nodes without a link stand in rows at the foot.

    Parameters
    ----------
    nodes
        One row a node: ``node`` (unique), ``label``, ``kind``.
    links
        One row a link: ``from_node``, ``to_node``, ``relation``; at least one.
    kinds
        All kinds of several maps, in any order, so that an outline means the same in each; by default those
        of this one.

    Returns
    -------
    matplotlib.figure.Figure
        At least 8 inches wide, as high as it needs, without a title.

    Raises
    ------
    InputError
        If :func:`pfpp_utils.publish.network.checked` refuses the tables, there is no link, a node's
        kind is not among `kinds`, or there are more kinds than outlines.
    """
    nodes, links = checked(nodes, links)
    some(links, "links", "at least one link")
    every = sorted(set(kinds) or set(nodes["kind"]))
    known(nodes, "kind", every)
    looks = assigned(every, OUTLINES, "kinds")
    ends = set(links["from_node"]) | set(links["to_node"])
    linked, loose = nodes[nodes["node"].isin(ends)], nodes[~nodes["node"].isin(ends)]
    depths = layers.rank(linked["node"].tolist(), pairs(links))
    ranks, relations, between = _with_words(links, depths)
    ranks |= _at_the_foot(loose["node"].tolist(), max(ranks.values()))
    content, placed = _fitted(nodes, relations, ranks, between)
    routes = layout.routes(placed, ranks, between, {name: inner.width for name, inner in content.items()})
    bands = _bands(content, ranks, routes)
    across = max(placed.extent + 2 * EDGE, boxes.WIDTH)
    shift = (across - placed.extent) / 2
    chart, axes = boxes.canvas(across, bands[-1][1] + EDGE)
    for link, route in routes.items():
        points = _down(route, bands, [content[name].height for name in link])
        boxes.link(axes, [(shift + x, y) for x, y in points], along="y", head=link[1] not in relations)
    look = {row["node"]: looks[row["kind"]] for row in rows(nodes)}
    for name, inner in content.items():
        middle = (shift + placed.centre[name], sum(bands[ranks[name]]) / 2)
        boxes.put(axes, inner, middle, look.get(name, RELATION))
    return chart


def _fitted(
    nodes: pd.DataFrame, relations: dict[str, str], ranks: dict[str, int], between: list[Link]
) -> tuple[dict[str, Box], layout.Layout]:
    """Make the boxes as wide as the room allows, and place them."""
    for width in WIDTHS:
        content = {row["node"]: _node(row, width) for row in rows(nodes)}
        content |= {name: _words(relation) for name, relation in relations.items()}
        widths = {name: inner.width for name, inner in content.items()}
        placed = layout.arrange(widths, ranks, between, gap=GAP, room=ROOM)
        if placed.extent <= ROOM + 1:
            break
    return content, placed


def _node(row: dict[str, str], width: float) -> Box:
    return boxes.box(width, (words(row["kind"]), True), (row["label"], False))


def _words(relation: str) -> Box:
    lines = boxes.wrap(relation, WORDS)
    return Box(max(map(boxes.measure, lines), default=0) + 4, tuple((line, False) for line in lines), pad=1.5)


def _with_words(
    links: pd.DataFrame, depths: dict[str, int]
) -> tuple[dict[str, int], dict[str, str], list[Link]]:
    """Give the words of links a place between the layers: nodes stand on even layers, words on odd ones.

    Links to one node in the same words share them, before it; so do links from one node, behind it.
    """
    ranks = {node: 2 * layer for node, layer in depths.items()}
    turned = [
        ranks[start] > ranks[end] for start, end in zip(links["from_node"], links["to_node"], strict=True)
    ]
    links = links.assign(turned=turned)
    together = links.groupby(["to_node", "relation", "turned"])["from_node"].transform("size") > 1
    links["shared"] = links["to_node"].where(together, links["from_node"])
    relations: dict[str, str] = {}
    between: list[Link] = []
    groups = links.assign(together=together).groupby(["shared", "relation", "turned", "together"], sort=False)
    for (_, relation, back, before), group in groups:
        name = f"\n{len(relations)}"  # no node is called so
        relations[name] = str(relation)
        ahead = before or len(group) == 1
        at = group["to_node" if ahead else "from_node"].iloc[0]
        ranks[name] = ranks[at] + (1 if ahead == back else -1)
        between += [(start, name) for start in group["from_node"].unique()]
        between += [(name, end) for end in group["to_node"].unique()]
    return ranks, relations, between


def _at_the_foot(loose: list[str], last: int) -> dict[str, int]:
    """Put nodes without a link into rows of their own, four in a row."""
    return {node: last + 2 + 2 * (i // 4) for i, node in enumerate(loose)}


def _bands(
    content: dict[str, Box], ranks: dict[str, int], routes: dict[Link, layout.Route]
) -> list[tuple[float, float]]:
    """Top and bottom of each layer: as high as what stands in it; apart by how far links go sideways."""
    heights = [0.0] * (max(ranks.values()) + 1)
    for name, inner in content.items():
        heights[ranks[name]] = max(heights[ranks[name]], inner.height)
    slants = [0.0] * (len(heights) + 1)
    for (layer, x), (other, to_x) in (pair for route in routes.values() for pair in pairwise(route)):
        slants[max(layer, other)] = max(slants[max(layer, other)], abs(x - to_x))
    bands: list[tuple[float, float]] = []
    y = EDGE
    for height, slant in zip(heights, slants, strict=False):
        y += min(34.0, max(14.0, slant / 7)) if bands else 0
        bands.append((y, y + height))
        y += height
    return bands


def _down(route: layout.Route, bands: list[tuple[float, float]], heights: list[float]) -> list[Point]:
    """Lead a link from box to box: straight through the layers, in a curve from one to the next."""
    down = route[-1][0] > route[0][0]
    points = []
    for i, (layer, x) in enumerate(route):
        top, bottom = bands[layer]
        edges = [top, bottom]
        if i in {0, len(route) - 1}:
            half = heights[0 if i == 0 else -1] / 2
            leaves_below = down == (i == 0)
            middle = (top + bottom) / 2
            edges = [middle + half, bottom] if leaves_below else [top, middle - half]
        points += [(x, round(y, 3)) for y in (edges if down else edges[::-1])]
    return list(dict.fromkeys(points))  # an arrow's head needs a stretch with a direction before it
