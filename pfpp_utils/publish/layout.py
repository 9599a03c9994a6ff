"""Where the boxes of a diagram stand: in layers, with links as straight as can be."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import nnls

from pfpp_utils.publish import layers as ordering
from pfpp_utils.publish.layers import Link, Slot

#: The layers that a link passes, its ends included, and the place in each.
Route = list[tuple[int, float]]
#: How much a stretch between two bends resists a slant, against one that ends at a node.
STIFF = 8.0
#: Ends of links on one side of a box are so far apart, in points, and take up no more than this share of it.
PORT, SHARE = 9.0, 0.7


@dataclass(frozen=True)
class Layout:
    """Places along the layers, in the unit of the sizes; the first edge of the widest layer is at 0.

    Attributes
    ----------
    centre
        Middle of each node along its layer.
    bends
        For each link that passes layers between its ends: each layer passed, from the link's first node
        on, and the place there.
    extent
        Where the last edge of the widest layer is.
    """

    centre: dict[str, float]
    bends: dict[Link, list[tuple[int, float]]]
    extent: float


def arrange(
    sizes: dict[str, float],
    ranks: dict[str, int],
    links: list[Link],
    *,
    gap: float,
    room: float,
    groups: dict[str, int] | None = None,
) -> Layout:
    """Order the nodes of each layer so that few links cross, and place them so that links run straight.

    Parameters
    ----------
    sizes
        Extent of each node along its layer.
    ranks
        Layer of each node, from 0.
    links
        Pairs of nodes; those within a layer move nothing.
    gap
        Least distance between neighbours, in the unit of the sizes.
    room
        Extent to keep to, if the nodes of the widest layer fit it.
    groups
        Nodes that are to stay together in a layer have one number; lower numbers come first.

    Returns
    -------
    Layout
        The same for the same input.

    References
    ----------
    As for :func:`pfpp_utils.publish.layers.rank`, section 4, with squared slants instead of absolute ones.
    """
    chains = {link: ordering.chain(link, ranks) for link in links if ranks[link[0]] != ranks[link[1]]}
    layers = ordering.order(ranks, list(chains.values()), groups)
    pairs = [pair for chain in chains.values() for pair in pairwise(chain)]
    places, extent = _straighten(layers, pairs, sizes, gap, room)
    centre = {node: places[node] for node in ranks}
    bends = {
        link: [(slot[2], places[slot]) for slot in chain if isinstance(slot, tuple)]
        for link, chain in chains.items()
    }
    return Layout(centre, bends, extent)


def routes(
    placed: Layout, ranks: dict[str, int], links: list[Link], sizes: dict[str, float]
) -> dict[Link, Route]:
    """Lead each link from box to box, the ends on one side of a box spread so that none cross there.

    Parameters
    ----------
    placed
        What :func:`arrange` found for these nodes and links.
    ranks, links, sizes
        As given to :func:`arrange`.

    Returns
    -------
    dict
        A route for each link between two layers.
    """
    found: dict[Link, Route] = {
        (start, end): [
            (ranks[start], placed.centre[start]),
            *placed.bends[start, end],
            (ranks[end], placed.centre[end]),
        ]
        for start, end in links
        if (start, end) in placed.bends
    }
    ends: dict[tuple[str, bool], list[tuple[float, Link, int]]] = defaultdict(list)
    for link, route in found.items():
        for node, end, beside in ((link[0], 0, 1), (link[1], -1, -2)):
            ends[node, route[beside][0] > ranks[node]].append((route[beside][1], link, end))
    for (node, _), side in ends.items():
        step = min(PORT, SHARE * sizes[node] / len(side))
        for i, (_, link, end) in enumerate(sorted(side)):
            found[link][end] = (ranks[node], placed.centre[node] + (i - (len(side) - 1) / 2) * step)
    return found


def _straighten(
    layers: list[list[Slot]],
    pairs: list[tuple[Slot, Slot]],
    sizes: dict[str, float],
    gap: float,
    room: float,
) -> tuple[dict[Slot, float], float]:
    """Place the slots with least squared slant; pull harder to the middle until all fits the room."""
    row = {slot: i for i, slot in enumerate(slot for layer in layers for slot in layer)}
    half = {slot: sizes[slot] / 2 if isinstance(slot, str) else 0.0 for slot in row}
    spread, least, width = np.zeros((len(row), len(row))), np.zeros(len(row)), np.zeros(len(row))
    for layer in layers:  # a place is the least it can be, plus the slack of all slots up to it
        edge = -gap
        for j, slot in enumerate(layer):
            least[row[slot]] = edge + gap + half[slot]
            edge += gap + 2 * half[slot]
            spread[row[slot], [row[before] for before in layer[: j + 1]]] = 1
        width[[row[slot] for slot in layer]] = edge
    room = max(room, width.max())
    home = least + (room - width) / 2  # each layer packed, in the middle
    slants, weights = np.zeros((len(pairs), len(row))), np.ones(len(pairs))
    for i, (one, other) in enumerate(pairs):
        slants[i, row[one]], slants[i, row[other]] = 1, -1
        weights[i] = STIFF if isinstance(one, tuple) and isinstance(other, tuple) else 1
    halves = np.array([half[slot] for slot in row])
    for pull in 10.0 ** np.arange(-3, 4):
        places = _least_slant(weights[:, None] * slants, pull, spread, least, home)
        first, last = (places - halves).min(), (places + halves).max()
        if last - first <= room + 0.5:
            break
    return {slot: float(places[i] - first) for slot, i in row.items()}, float(last - first)


def _least_slant(
    slants: NDArray[np.float64],
    pull: float,
    spread: NDArray[np.float64],
    least: NDArray[np.float64],
    home: NDArray[np.float64],
) -> NDArray[np.float64]:
    """Solve for the slacks, none below nought: squared slants plus pulls towards home are least."""
    system = np.vstack([slants, pull * np.eye(len(least))])
    target = np.concatenate([np.zeros(len(slants)), pull * home])
    slack, _ = nnls(system @ spread, target - system @ least, maxiter=200 * len(least))
    return spread @ slack + least
