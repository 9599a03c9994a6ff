"""Two sides and what ties them, as a diagram: such as barriers, and the pilots that show them."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pfpp_utils.errors import InputError
from pfpp_utils.publish import boxes, layers, layout, show
from pfpp_utils.publish.boxes import EDGE, GREY, HEAD, Look
from pfpp_utils.publish.network import assigned, checked, pairs, rows, some, words

#: Lines by role, in order of appearance; a legend names them.
ROLES = [(show.CATEGORICAL[0], "-"), (show.CATEGORICAL[2], "--"), (show.CATEGORICAL[4], ":")]
#: Width of the boxes on either side, and the space between them, in points.
LEFT, RIGHT, GAP = 206.0, 128.0, 6.0


def bipartite(
    nodes: pd.DataFrame, links: pd.DataFrame, *, left: tuple[str, ...], headings: tuple[str, str]
) -> Figure:
    """Draw two sides and the links between them, by role.

    Parameters
    ----------
    nodes
        One row a node: ``node`` (unique), ``label``, ``kind``.
    links
        One row a link, from the left to the right: ``from_node``, ``to_node``, ``relation`` (the role: at
        most three different ones). At least one.
    left
        Kinds of the nodes on the left, which stand together in this order; all others are on the right.
    headings
        What stands above the two sides.

    Returns
    -------
    matplotlib.figure.Figure
        8 inches wide, as high as it needs, without a title. Each box says how many links of each role it has.

    Raises
    ------
    InputError
        If :func:`pfpp_utils.publish.network.checked` refuses the tables, there is no link, a link does not
        lead from left to right, or there are more roles than lines.
    """
    nodes, links = checked(nodes, links)
    some(links, "links", "at least one link")
    looks = assigned(links["relation"].unique(), ROLES, "links, relation")
    ranks = {row["node"]: int(row["kind"] not in left) for row in rows(nodes)}
    _left_to_right(pairs(links), ranks)
    groups = {row["node"]: left.index(row["kind"]) for row in rows(nodes) if row["kind"] in left}
    ties = links.melt("relation", ["from_node", "to_node"], value_name="node")
    ties = ties.groupby("node")["relation"].value_counts().unstack(fill_value=0)
    ties = ties.reindex(index=nodes["node"], columns=list(looks), fill_value=0)
    content = {row["node"]: _end(row, ranks[row["node"]], ties.loc[row["node"]]) for row in rows(nodes)}
    heights = {node: inner.height for node, inner in content.items()}
    spaced = _as_high(heights, ranks)
    placed = layout.arrange(spaced, ranks, pairs(links), gap=GAP, room=0, groups=groups)
    chart, axes = boxes.canvas(boxes.WIDTH, 2 * HEAD + placed.extent + EDGE)
    _legend(axes, looks, headings)
    routes = layout.routes(placed, ranks, pairs(links), heights)
    apart = 2.5 * links.groupby(["from_node", "to_node"]).cumcount()  # two roles of one pair
    for (start, end, role), shift in zip(links.itertuples(index=False), apart, strict=True):
        (_, y), (_, to_y) = routes[start, end]
        points = [
            (EDGE + LEFT, 2 * HEAD + y + shift),
            (boxes.WIDTH - EDGE - RIGHT, 2 * HEAD + to_y + shift),
        ]
        colour, dashes = looks[role]
        boxes.link(axes, points, along="x", head=False, colour=colour, dashes=dashes)
    for node, inner in content.items():
        x = EDGE + LEFT / 2 if ranks[node] == 0 else boxes.WIDTH - EDGE - RIGHT / 2
        boxes.put(axes, inner, (x, 2 * HEAD + placed.centre[node]), Look(edge=GREY))
    return chart


def _left_to_right(ties: list[layers.Link], ranks: dict[str, int]) -> None:
    astray = [link for link in ties if (ranks[link[0]], ranks[link[1]]) != (0, 1)]
    if astray:
        allowed = "from a kind in `left` to another kind"
        raise InputError(
            "a link does not lead from left to right", where="links", found=astray, allowed=allowed
        )


def _as_high(heights: dict[str, float], ranks: dict[str, int]) -> dict[str, float]:
    """Give the boxes of the lower side more room each, so that both sides are as high."""
    sides = [[node for node in heights if ranks[node] == side] for side in (0, 1)]
    totals = [sum(heights[node] + GAP for node in side) for side in sides]
    return {
        node: heights[node] + (max(totals) - total) / len(side)
        for side, total in zip(sides, totals, strict=True)
        for node in side
    }


def _end(row: dict[str, str], side: int, ties: pd.Series[int]) -> boxes.Box:
    told = ", ".join(f"{count} {role}" for role, count in ties.items() if count)
    label = f"{row['label']} ({told or 'none'})"
    return (
        boxes.box(RIGHT, (label, False))
        if side
        else boxes.box(LEFT, (words(row["kind"]), True), (label, False))
    )


def _legend(axes: Axes, looks: dict[str, tuple[str, str]], headings: tuple[str, str]) -> None:
    boxes.write(axes, headings[0], (EDGE + LEFT / 2, 2 * HEAD - 8), bold=True)
    boxes.write(axes, headings[1], (boxes.WIDTH - EDGE - RIGHT / 2, 2 * HEAD - 8), bold=True)
    x = EDGE
    for role, (colour, dashes) in looks.items():
        boxes.link(axes, [(x, 9), (x + 34, 9)], along="x", head=False, colour=colour, dashes=dashes)
        boxes.write(axes, role, (x + 40, 12), side="left")
        x += 40 + boxes.measure(role) + 22
