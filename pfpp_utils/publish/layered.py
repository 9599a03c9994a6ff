"""The theory of change as a diagram: boxes in columns, coloured and labelled by a rating."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from pfpp_utils.errors import InputError
from pfpp_utils.publish import boxes, layout, show
from pfpp_utils.publish.boxes import EDGE, HEAD, Box, Look
from pfpp_utils.publish.contrast import GRAPHIC, TEXT, between
from pfpp_utils.publish.layers import Link
from pfpp_utils.publish.network import checked, known, pairs, rows, some

#: Colour of each rating word, in diagrams and grids alike: the darker, the stronger. The word itself is
#: always written in the box or cell.
RATINGS: dict[str, str] = {
    "strong": show.SEQUENTIAL[0],
    "medium": show.SEQUENTIAL[2],
    "limited": "#F0F0F0",
    "undefined": "#FFFFFF",
    "not rated": "#FFFFFF",
}
#: Space between two columns, and between two boxes of one, in points.
LANE, GAP = 34.0, 16.0
#: How a note looks, and the letter of one on a step.
NOTE = Look(edge=boxes.GREY, dashes="--")
BADGE = Look(edge=boxes.GREY, dashes="--", stroke=1, rounding=7)


def layered(
    nodes: pd.DataFrame,
    links: pd.DataFrame,
    *,
    columns: dict[str, str],
    aside: tuple[str, ...] = (),
    shades: dict[str, str] = RATINGS,
) -> Figure:
    """Draw a theory of change.

    Parameters
    ----------
    nodes
        One row a step: ``node`` (unique), ``label``, ``kind``, ``rating`` (missing: "not rated") and, if
        there is more to say, ``note``.
    links
        One row a link: ``from_node``, ``to_node``; repeats count once.
    columns
        Heading of each column by the kind of its steps, from left to right.
    aside
        Kinds that stand below as lettered notes, such as assumptions; a step to which one is linked carries
        its letter.
    shades
        Colour of each rating word. Letters are black on light and white on dark shades.

    Returns
    -------
    matplotlib.figure.Figure
        8 inches wide, as high as it needs, without a title.

    Raises
    ------
    InputError
        If :func:`pfpp_utils.publish.network.checked` refuses the tables, no step stands in a column, a
        kind or rating is unknown, or a link leads to a note.
    """
    nodes, links = checked(nodes, links, rated=True)
    known(nodes, "kind", [*columns, *aside])
    known(nodes, "rating", list(shades))
    steps, notes = nodes[nodes["kind"].isin(list(columns))], nodes[nodes["kind"].isin(aside)]
    some(steps, "nodes", f"steps of kind {', '.join(columns)}")
    _refuse_links_to(notes, links)
    letters = {row["node"]: chr(ord("A") + i) for i, row in enumerate(rows(notes))}
    strip = [_note(row["label"], letters[row["node"]]) for row in rows(notes)]
    placed = _place(steps, links, columns)
    foot = HEAD + placed.layout.extent + EDGE
    chart, axes = boxes.canvas(boxes.WIDTH, foot + sum(inner.height + GAP / 2 for inner in strip) + EDGE)
    for kind, x in placed.columns.items():
        boxes.write(axes, columns[kind], (x, HEAD - 9), bold=True)
    _draw_links(axes, placed)
    for row in rows(steps):
        x, y = placed.middle(row["node"])
        inner = placed.content[row["node"]]
        boxes.put(axes, inner, (x, y), _shade(shades[row["rating"]]))
        borne = links.loc[links["to_node"] == row["node"], "from_node"].map(letters).dropna()
        _badges(axes, sorted(borne), x + inner.width / 2, y - inner.height / 2)
    for inner in strip:
        foot += GAP / 2 + inner.height
        boxes.put(axes, inner, (boxes.WIDTH / 2, foot - inner.height / 2), NOTE)
    return chart


@dataclass(frozen=True)
class _Placed:
    """The boxes of the steps, the middles of the columns by kind, and where each box stands in its column."""

    content: dict[str, Box]
    columns: dict[str, float]
    ranks: dict[str, int]
    links: list[Link]
    layout: layout.Layout

    def middle(self, node: str) -> boxes.Point:
        return list(self.columns.values())[self.ranks[node]], HEAD + self.layout.centre[node]

    @property
    def heights(self) -> dict[str, float]:
        return {node: inner.height for node, inner in self.content.items()}


def _place(steps: pd.DataFrame, links: pd.DataFrame, columns: dict[str, str]) -> _Placed:
    used = [kind for kind in columns if kind in set(steps["kind"])]
    width = (boxes.WIDTH - 2 * EDGE - LANE * max(len(used) - 1, 1)) / len(used)
    middles = {kind: EDGE + width / 2 + i * (width + LANE) for i, kind in enumerate(used)}
    content = {row["node"]: _step(row, width) for row in rows(steps)}
    ranks = {row["node"]: used.index(row["kind"]) for row in rows(steps)}
    between = pairs(links[links["from_node"].isin(steps["node"])])
    heights = {node: inner.height for node, inner in content.items()}
    found = layout.arrange(heights, ranks, between, gap=GAP, room=0)
    return _Placed(content, middles, ranks, between, found)


def _refuse_links_to(notes: pd.DataFrame, links: pd.DataFrame) -> None:
    stray = links.loc[links["to_node"].isin(notes["node"]), "to_node"].tolist()
    if stray:
        allowed = "links from notes, none to them"
        raise InputError("a link leads to a note", where="links, to_node", found=stray, allowed=allowed)


def _step(row: dict[str, str], width: float) -> Box:
    rating = row["rating"]
    return boxes.box(
        width, (row["label"], False), (rating[:1].upper() + rating[1:], True), (row.get("note", ""), False)
    )


def _note(label: str, letter: str) -> Box:
    return boxes.box(boxes.WIDTH - 2 * EDGE, (f"{letter}. {label}", False))


def _shade(fill: str) -> Look:
    edge = fill if between(fill, "white") >= GRAPHIC else boxes.GREY
    return Look(fill=fill, ink="white" if between(fill, "white") >= TEXT else "black", edge=edge)


def _draw_links(axes: Axes, placed: _Placed) -> None:
    for route in layout.routes(placed.layout, placed.ranks, placed.links, placed.heights).values():
        boxes.link(axes, _through(route, placed), along="x")
    for start, end in placed.links:
        if placed.ranks[start] == placed.ranks[end]:
            _draw_within(axes, start, end, placed)


def _through(route: layout.Route, placed: _Placed) -> list[boxes.Point]:
    """Lead a link from side to side: straight past the columns between, in a curve from one to the next."""
    middles = list(placed.columns.values())
    half = next(iter(placed.content.values())).width / 2
    side = 1 if route[-1][0] > route[0][0] else -1
    points = []
    for i, (layer, y) in enumerate(route):
        edges = (side,) if i == 0 else (-side,) if i == len(route) - 1 else (-side, side)
        points += [(middles[layer] + edge * half, HEAD + y) for edge in edges]
    return points


def _draw_within(axes: Axes, start: str, end: str, placed: _Placed) -> None:
    """Lead a link to another box of its column: straight to a neighbour, past others on one side."""
    (x, y), (_, to_y) = placed.middle(start), placed.middle(end)
    column = [node for node, rank in placed.ranks.items() if rank == placed.ranks[start]]
    down = 1 if to_y > y else -1
    if not any(min(y, to_y) < placed.middle(node)[1] < max(y, to_y) for node in column):
        ends = [(x, y + down * placed.heights[start] / 2), (x, to_y - down * placed.heights[end] / 2)]
        boxes.link(axes, ends, along="y")
        return
    outwards = 1 if placed.ranks[start] < max(len(placed.columns) - 1, 1) else -1
    x += outwards * placed.content[start].width / 2
    boxes.link(axes, [(x, y + 8 * down), (x, to_y - 8 * down)], along="x", bow=outwards * LANE / 2)


def _badges(axes: Axes, letters: list[str], x: float, y: float) -> None:
    for i, letter in enumerate(letters):
        boxes.put(axes, Box(14, ((letter, True),), pad=1.7), (x - 6 - 15 * i, y - 3), BADGE)
