"""What a diagram shows, in a few sentences: for those who listen to it instead."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd

from pfpp_utils.methods import rubric
from pfpp_utils.publish import layers
from pfpp_utils.publish.network import LEADS, checked, pairs, words

#: How many of the boxes with most links are named.
HUBS = 3


def describe_network(nodes: pd.DataFrame, links: pd.DataFrame) -> str:
    """Write in a few sentences what a diagram shows, for its text alternative.

    It is no more than a listener can hold; every box and link stands in the table below the figure.

    Parameters
    ----------
    nodes, links
        As for :func:`pfpp_utils.publish.network.checked`.

    Returns
    -------
    str
        How many boxes of each kind and links there are, which boxes have which rating (strongest first, if
        nodes are rated), the longest chain of links between what is no assumption, and the boxes with most
        links.

    Raises
    ------
    InputError
        As :func:`pfpp_utils.publish.network.checked`.

    Examples
    --------
    >>> nodes = pd.DataFrame({"node": [1, 2, 3], "label": ["Meetings", "Trust", "Help"]}).assign(kind="step")
    >>> describe_network(nodes, pd.DataFrame({"from_node": [1, 2], "to_node": [2, 3]})).split(". ")[1:3]
    ['Longest chain: Meetings leads to Trust, which leads to Help', 'Most links: Trust (2)']
    """
    nodes, links = checked(nodes, links)
    label: dict[object, str] = dict(zip(nodes["node"], nodes["label"], strict=True))
    kinds = ", ".join(f"{words(str(kind)).lower()} {n}" for kind, n in _counts(nodes["kind"]).items())
    counts = f"{_count(len(nodes), 'box', 'boxes')} ({kinds}) and {_count(len(links), 'link', 'links')}"
    told = [f"Diagram of {counts}", *_ratings(nodes)]
    if len(links):
        told += [f"Longest chain: {_chain(nodes, links, label)}", f"Most links: {_hubs(links, label)}"]
    return ". ".join(told) + ". The table below the figure lists every box and link."


def longest(nodes: list[str], links: list[layers.Link]) -> list[str]:
    """Find a longest chain of links, none of which closes a circle.

    Parameters
    ----------
    nodes
        Each once.
    links
        Pairs of different nodes; the first of several longest chains in this order is taken.

    Returns
    -------
    list of str
        The nodes that it passes.

    Examples
    --------
    >>> longest(["a", "b", "c"], [("a", "c"), ("a", "b"), ("b", "c"), ("c", "a")])
    ['a', 'b', 'c']
    """
    ranks = layers.rank(nodes, links)
    best = {node: [node] for node in nodes}
    for start, end in sorted(links, key=lambda link: ranks[link[0]]):
        if ranks[start] < ranks[end] and len(best[start]) >= len(best[end]):
            best[end] = [*best[start], end]
    return max(best.values(), key=len)


def _ratings(nodes: pd.DataFrame) -> list[str]:
    """List the boxes of each rating, strongest first; of those not rated only the number."""
    if "rating" not in nodes:
        return []
    named = nodes[nodes["rating"] != "not rated"].groupby("rating")["label"].agg("; ".join)
    order = [word for word in dict.fromkeys([*rubric.STRENGTH, *named.index]) if word in named.index]
    return [f"{words(word)}: {named[word]}" for word in order] + [
        f"Not rated: {number}" for number in [(nodes["rating"] == "not rated").sum()] if number
    ]


def _chain(nodes: pd.DataFrame, links: pd.DataFrame, label: dict[object, str]) -> str:
    steps = nodes.loc[~nodes["kind"].isin(list(LEADS)), "node"]
    between = links[links["from_node"].isin(steps) & links["to_node"].isin(steps)]
    if between.empty:
        steps, between = nodes["node"], links
    passed = longest(steps.tolist(), pairs(between))
    says = links.drop_duplicates(["from_node", "to_node"]).set_index(["from_node", "to_node"])["relation"]
    told = [f"{says[link]} {label[link[1]]}" for link in pairwise(passed)]
    return f"{label[passed[0]]} {', which '.join(told)}"


def _hubs(links: pd.DataFrame, label: dict[object, str]) -> str:
    """Name the boxes with most links, of those with more than one; where none has, one of them."""
    ends = _counts(pd.concat([links["from_node"], links["to_node"]])).sort_values(
        ascending=False, kind="stable"
    )
    several = ends[ends > 1].head(HUBS) if ends.iloc[0] > 1 else ends.head(1)
    return ", ".join(f"{label[node]} ({number})" for node, number in several.items())


def _counts(values: pd.Series[str]) -> pd.Series[int]:
    """Count each value, in order of appearance."""
    return values.value_counts(sort=False)


def _count(number: int, one: str, more: str) -> str:
    return f"{number} {one if number == 1 else more}"
