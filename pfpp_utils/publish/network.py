"""The tables of a diagram, nodes and links: checked, and written as one table for readers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeVar

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

#: What a link is taken to say where no relation is given: by the kind of its first node, else "leads to".
LEADS = {"assumption": "bears on"}
Look = TypeVar("Look")


def checked(
    nodes: pd.DataFrame, links: pd.DataFrame, *, rated: bool = False
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Check the tables of a diagram, and bring them into one form.

    Parameters
    ----------
    nodes
        One row a node: ``node`` (unique), ``label``, ``kind``; ``rating`` and ``note`` if there are any.
    links
        One row a link: ``from_node``, ``to_node`` and, if links differ, ``relation``; without one a link
        "leads to" its end, and an assumption "bears on" it. Rows that say the same, from several sources,
        count once.
    rated
        Whether each node is to have a ``rating``; where it is missing it is "not rated".

    Returns
    -------
    tuple of pandas.DataFrame
        Nodes with text in all columns; links with a ``relation``, each once.

    Raises
    ------
    InputError
        If there is no node, a column is missing or empty, a node stands twice, or a link has an unknown
        end or leads back to its own node.
    """
    columns.require(nodes, ("node", "label", "kind", *(("rating",) if rated else ())), "nodes")
    columns.require(links, ("from_node", "to_node"), "links")
    if nodes.empty:
        raise InputError("a diagram of nothing", where="nodes", found="no row", allowed="one row a node")
    for column in ("node", "label", "kind"):
        if nodes[column].isna().any():
            found = nodes.loc[nodes[column].isna(), "node"].tolist()
            raise InputError("a node lacks its text", where=f"nodes, {column}", found=found, allowed="a text")
    known = nodes["node"].tolist()
    _refuse(
        "node listed twice", "nodes, node", nodes.loc[nodes["node"].duplicated(), "node"], "each node once"
    )
    for end in ("from_node", "to_node"):
        _refuse("link with an unknown end", f"links, {end}", links.loc[~links[end].isin(known), end], known)
    loops = links.loc[links["from_node"] == links["to_node"], "from_node"]
    _refuse("link from a node to itself", "links", loops, "two different nodes")
    default = links["from_node"].map(dict(zip(known, nodes["kind"], strict=True))).map(LEADS)
    default = default.fillna("leads to")
    named = links.assign(relation=links["relation"].fillna(default) if "relation" in links else default)
    texts = {"rating": "not rated", "note": ""}
    filled = nodes.assign(**{name: nodes[name].fillna(texts[name]) for name in texts if name in nodes})
    kept = named[["from_node", "to_node", "relation"]].drop_duplicates(ignore_index=True)
    return filled.reset_index(drop=True), kept


def words(code: str) -> str:
    """Write a code such as a kind as words, the first with a capital.

    Parameters
    ----------
    code
        Such as ``"structural_barrier"``.

    Examples
    --------
    >>> words("structural_barrier")
    'Structural barrier'
    """
    return (code[:1].upper() + code[1:]).replace("_", " ")


def links_table(nodes: pd.DataFrame, links: pd.DataFrame) -> pd.DataFrame:
    """Write a diagram as a table for readers.

    Parameters
    ----------
    nodes, links
        As for :func:`checked`.

    Returns
    -------
    pandas.DataFrame
        One row a link: From, its kind (and rating and note, where the nodes have them), Relation, To and
        the same of that; nodes without a link follow, with the other columns empty.

    Raises
    ------
    InputError
        As :func:`checked`.
    """
    nodes, links = checked(nodes, links)
    nodes = nodes.assign(kind=nodes["kind"].map(words))
    about = nodes.set_index("node")[[name for name in ("label", "kind", "rating", "note") if name in nodes]]
    loose = nodes.loc[~nodes["node"].isin(links[["from_node", "to_node"]].stack()), "node"]
    rows = pd.concat([links, pd.DataFrame({"from_node": loose})], ignore_index=True)
    start = about.reindex(rows["from_node"]).reset_index(drop=True)
    end = about.reindex(rows["to_node"]).reset_index(drop=True)
    relation = rows[["relation"]].rename(columns={"relation": "Relation"})
    return pd.concat([_headed(start, "From"), relation, _headed(end, "To")], axis=1)


def rows(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """List the rows of a table, each by its columns."""
    return [{str(name): value for name, value in row.items()} for row in frame.to_dict("records")]


def pairs(links: pd.DataFrame) -> list[tuple[str, str]]:
    """List the pairs of nodes that are linked, each once."""
    return list(dict.fromkeys(zip(links["from_node"], links["to_node"], strict=True)))


def some(frame: pd.DataFrame, where: str, allowed: str) -> None:
    """Refuse a table without a row."""
    if frame.empty:
        raise InputError("nothing to draw", where=where, found="no row", allowed=allowed)


def known(nodes: pd.DataFrame, column: str, allowed: list[str]) -> None:
    """Refuse words that have no column or colour."""
    _refuse(f"unknown {column}", f"nodes, {column}", nodes.loc[~nodes[column].isin(allowed), column], allowed)


def assigned(found: Iterable[str], looks: list[Look], where: str) -> dict[str, Look]:
    """Give each of several words a look of its own, in order; refuse more words than looks."""
    found = list(found)
    if len(found) > len(looks):
        raise InputError("more words than looks", where=where, found=found, allowed=f"at most {len(looks)}")
    return dict(zip(found, looks, strict=False))


def _headed(ends: pd.DataFrame, side: str) -> pd.DataFrame:
    return ends.rename(columns=lambda name: side if name == "label" else f"{side}: {name}")


def _refuse(what: str, where: str, found: pd.Series[str], allowed: str | list[str]) -> None:
    if len(found):
        raise InputError(what, where=where, found=sorted(set(found.map(str))), allowed=allowed)
