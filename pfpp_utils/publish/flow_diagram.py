"""Flow diagrams, drawn in the reader's browser by plotly; everything else is drawn by `charts`."""

from __future__ import annotations

import html
import json
import textwrap
from typing import Any

import pandas as pd
from afcharts.af_colours import get_af_colours

from pfpp_utils.characters import shown

DARK, TURQUOISE, *_ = get_af_colours("categorical")
#: The dark colour, seen through: links cross each other.
FAINT = "rgba(18, 67, 109, 0.25)"
#: Letters in a line of a label, so that those of two levels fit side by side at the least width of a diagram.
WIDE = 20
#: Pixels that a line of a label takes, what is between two labels, what a block takes, and the least height.
LINE, BETWEEN, BLOCK, LEAST = 16, 4, 8, 560


def sankey(links: pd.DataFrame, unit: str, *, stamp: str = "") -> dict[str, Any]:
    """Describe flows as a Sankey diagram, in plotly's JSON.

    Parameters
    ----------
    links
        Columns ``source``, ``target`` and ``value``; one row a flow. A name is one node, wherever it stands.
    unit
        Unit of ``value``, for the labels.
    stamp
        What to write in the corner, if anything.

    Returns
    -------
    dict
        A plotly figure; names are escaped, for plotly reads tags and some entities in labels.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 only the pages with flows pay for it

    nodes = list(dict.fromkeys([*links["source"], *links["target"]]))
    sources = set(links["source"])
    diagram = go.Sankey(
        arrangement="fixed",  # nothing to drag, which not everybody can
        valueformat=",.0f",
        valuesuffix=f" {unit}",
        node={
            "label": [
                "<br>".join(html.escape(line, quote=False) for line in _lines(shown(node))) for node in nodes
            ],
            "color": [DARK if node in sources else TURQUOISE for node in nodes],
            "pad": _gap(links),
            "thickness": 16,
        },
        link={
            "source": [nodes.index(node) for node in links["source"]],
            "target": [nodes.index(node) for node in links["target"]],
            "value": links["value"].tolist(),
            "color": FAINT,
            "line": {"color": DARK, "width": 0.5},
        },
    )
    layout = go.Layout(
        template="none",
        font={"size": 13, "color": "black"},
        height=height(links),
        margin={"l": 8, "r": 8, "t": 24 if stamp else 8, "b": 8 + _gap(links) // 2},
        title={"text": stamp, "x": 1, "xanchor": "right", "y": 0.99, "font": {"size": 12}},
    )
    drawn: dict[str, Any] = json.loads(go.Figure(diagram, layout).to_json())
    return drawn


def height(links: pd.DataFrame) -> int:
    """Choose a height in which no two labels of a level overlap.

    Parameters
    ----------
    links
        As for :func:`sankey`.

    Returns
    -------
    int
        Pixels; plotly takes the gaps between blocks away where they do not fit.
    """
    sources, targets = set(links["source"]), set(links["target"])
    levels = (sources - targets, sources & targets, targets - sources)
    return max(LEAST, 40 + _gap(links) // 2 + (_gap(links) + BLOCK) * max(map(len, levels)))


def _gap(links: pd.DataFrame) -> int:
    """Pixels between two blocks: the height of the highest label."""
    return BETWEEN + LINE * max(len(_lines(node)) for node in {*links["source"], *links["target"]})


def _lines(name: str) -> list[str]:
    return textwrap.wrap(name, WIDE, break_long_words=False) or [name]
