"""Diagrams drawn from tables of nodes and links; `show` numbers and describes them and offers the data."""

from __future__ import annotations

from pfpp_utils.publish.bipartite import bipartite
from pfpp_utils.publish.description import describe_network
from pfpp_utils.publish.layered import RATINGS, layered
from pfpp_utils.publish.network import links_table
from pfpp_utils.publish.systems_map import network

__all__ = ["RATINGS", "bipartite", "describe_network", "layered", "links_table", "network"]
