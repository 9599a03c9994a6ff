"""The layers of a diagram: which node stands in which, and in what order, so that few links cross."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from scipy.optimize import linprog

Link = tuple[str, str]
#: What stands in a layer: a node, or the point where a long link passes (the link and the layer).
Slot = str | tuple[str, str, int]

#: Sweeps over the layers in search of fewer crossings; the best order found is kept.
SWEEPS = 12


def rank(nodes: list[str], links: list[Link]) -> dict[str, int]:
    """Give each node a layer such that links lead onwards and are as short as can be.

    A link that would close a circle is taken as if it led the other way. The shortest total length under
    "at least one layer onwards" is a linear programme whose corners are whole numbers.

    Parameters
    ----------
    nodes
        Each once.
    links
        Pairs of different nodes.

    Returns
    -------
    dict
        Layer of each node, from 0.

    References
    ----------
    Gansner, Koutsofios, North and Vo (1993), A technique for drawing directed graphs, IEEE Transactions on
    Software Engineering 19(3), section 2.

    Examples
    --------
    >>> rank(["a", "b", "c"], [("a", "b"), ("b", "c"), ("a", "c"), ("c", "a")])
    {'a': 0, 'b': 1, 'c': 2}
    """
    onwards = _onwards(nodes, links)
    if not onwards:
        return dict.fromkeys(nodes, 0)
    place = {node: i for i, node in enumerate(nodes)}
    steps = np.zeros((len(onwards), len(nodes)))
    for row, (start, end) in enumerate(onwards):
        steps[row, place[start]], steps[row, place[end]] = -1, 1
    cost = steps.sum(axis=0) + 1e-3  # the small cost settles ties towards the first layer
    solved = linprog(cost, A_ub=-steps, b_ub=-np.ones(len(steps)), bounds=(0, len(nodes)))
    return {node: round(layer) for node, layer in zip(nodes, solved.x, strict=True)}


def chain(link: Link, ranks: dict[str, int]) -> list[Slot]:
    """List what a link passes: its first node, a point in each layer between, its last node.

    Parameters
    ----------
    link
        Two nodes of different layers.
    ranks
        Layer of each node.

    Examples
    --------
    >>> chain(("a", "b"), {"a": 0, "b": 2})
    ['a', ('a', 'b', 1), 'b']
    """
    start, end = (ranks[node] for node in link)
    step = 1 if end > start else -1
    return [link[0], *((*link, layer) for layer in range(start + step, end, step)), link[1]]


def order(
    ranks: dict[str, int], chains: list[list[Slot]], groups: dict[str, int] | None = None
) -> list[list[Slot]]:
    """Order the slots of each layer so that few links cross.

    Parameters
    ----------
    ranks
        Layer of each node.
    chains
        What each link passes, from :func:`chain`.
    groups
        Nodes that are to stay together in a layer have one number; lower numbers come first.

    Returns
    -------
    list of list
        The slots of each layer. Nodes without a link keep their place in the order given.

    References
    ----------
    As for :func:`rank`, section 3, with means instead of medians.
    """
    groups = groups or {}
    depth: dict[Slot, int] = {node: layer for node, layer in ranks.items()}  # noqa: C416 wider keys
    depth |= {bend: bend[2] for passed in chains for bend in passed if isinstance(bend, tuple)}
    layers: list[list[Slot]] = [[] for _ in range(max(depth.values()) + 1)]
    for slot in sorted(depth, key=lambda slot: groups.get(_name(slot), 0)):
        layers[depth[slot]].append(slot)
    return _untangle(layers, [pair for passed in chains for pair in pairwise(passed)], groups)


def crossings(layers: list[list[Slot]], pairs: list[tuple[Slot, Slot]]) -> int:
    """Count the crossings of links between neighbouring layers.

    Parameters
    ----------
    layers
        The slots of each layer, in order.
    pairs
        Slots of neighbouring layers that are linked.

    Examples
    --------
    >>> crossings([["a", "b"], ["c", "d"]], [("a", "d"), ("b", "c")])
    1
    """
    place = {slot: (i, j) for i, layer in enumerate(layers) for j, slot in enumerate(layer)}
    ends = np.array([sorted((place[one], place[other])) for one, other in pairs]).reshape(-1, 2, 2)
    layer, here, there = ends[:, 0, 0], ends[:, 0, 1], ends[:, 1, 1]
    apart = np.subtract.outer(here, here) * np.subtract.outer(there, there) < 0
    return int((apart & np.equal.outer(layer, layer)).sum() // 2)


def _name(slot: Slot) -> str:
    return slot if isinstance(slot, str) else ""


def _onwards(nodes: list[str], links: list[Link]) -> list[Link]:
    """Turn round each link that closes a circle, as a walk in depth meets them."""
    after: dict[str, list[str]] = {node: [] for node in nodes}
    for start, end in links:
        after[start].append(end)
    state: dict[str, str] = {}
    turned: set[Link] = set()

    def walk(node: str) -> None:
        state[node] = "open"
        for other in after[node]:
            if state.get(other) == "open":
                turned.add((node, other))
            elif other not in state:
                walk(other)
        state[node] = "done"

    for node in nodes:
        if node not in state:
            walk(node)
    return list(dict.fromkeys((link[1], link[0]) if link in turned else link for link in links))


def _untangle(
    layers: list[list[Slot]], pairs: list[tuple[Slot, Slot]], groups: dict[str, int]
) -> list[list[Slot]]:
    """Sort each layer by the mean place of its neighbours, forth and back; keep the best order seen."""
    near: dict[Slot, list[Slot]] = {slot: [] for layer in layers for slot in layer}
    for one, other in pairs:
        near[one].append(other)
        near[other].append(one)
    best, fewest = layers, crossings(layers, pairs)
    for sweep in range(SWEEPS):
        order = range(len(layers)) if sweep % 2 == 0 else range(len(layers) - 1, -1, -1)
        layers = list(layers)
        for i in order:
            behind = i - 1 if sweep % 2 == 0 else i + 1
            if 0 <= behind < len(layers):
                layers[i] = _sorted(layers[i], layers[behind], near, groups)
        layers = _swapped(layers, pairs, groups)
        found = crossings(layers, pairs)
        if found < fewest:
            best, fewest = layers, found
    return best


def _sorted(
    layer: list[Slot], fixed: list[Slot], near: dict[Slot, list[Slot]], groups: dict[str, int]
) -> list[Slot]:
    place = {slot: i for i, slot in enumerate(fixed)}
    own = {slot: i * len(fixed) / len(layer) for i, slot in enumerate(layer)}

    def key(slot: Slot) -> tuple[int, float]:
        seen = [place[other] for other in near[slot] if other in place]
        return groups.get(_name(slot), 0), float(np.mean(seen)) if seen else own[slot]

    return sorted(layer, key=key)


def _swapped(
    layers: list[list[Slot]], pairs: list[tuple[Slot, Slot]], groups: dict[str, int]
) -> list[list[Slot]]:
    """Change places of two neighbours wherever that leaves fewer crossings."""
    fewest = crossings(layers, pairs)
    for i, j in [(i, j) for i, layer in enumerate(layers) for j in range(len(layer) - 1)]:
        one, other = layers[i][j : j + 2]
        if groups.get(_name(one), 0) == groups.get(_name(other), 0):
            layer = [*layers[i][:j], other, one, *layers[i][j + 2 :]]
            tried = [*layers[:i], layer, *layers[i + 1 :]]
            if (found := crossings(tried, pairs)) < fewest:
                layers, fewest = tried, found
    return layers
