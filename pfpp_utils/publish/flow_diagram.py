"""Flow diagrams, drawn in the reader's browser by plotly; everything else is drawn by `charts`."""

from __future__ import annotations

import json
from typing import Any

import pandas as pd
from afcharts.af_colours import get_af_colours

from pfpp_utils.publish import markup

DARK, TURQUOISE, *_ = get_af_colours("categorical")
#: The dark colour, seen through: links cross each other.
FAINT = "rgba(18, 67, 109, 0.25)"


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
        A plotly figure; names are escaped, for plotly reads tags in labels.
    """
    import plotly.graph_objects as go  # noqa: PLC0415 only the pages with flows pay for it

    nodes = list(dict.fromkeys([*links["source"], *links["target"]]))
    sources = set(links["source"])
    diagram = go.Sankey(
        arrangement="snap",
        valueformat=",.0f",
        valuesuffix=f" {unit}",
        node={
            "label": [markup.escape(node) for node in nodes],
            "color": [DARK if node in sources else TURQUOISE for node in nodes],
            "pad": 14,
            "thickness": 16,
        },
        link={
            "source": [nodes.index(node) for node in links["source"]],
            "target": [nodes.index(node) for node in links["target"]],
            "value": links["value"].tolist(),
            "color": FAINT,
        },
    )
    layout = go.Layout(
        template="none",
        font={"size": 13},
        height=560,
        margin={"l": 8, "r": 8, "t": 24 if stamp else 8, "b": 8},
        title={"text": stamp, "x": 1, "xanchor": "right", "y": 0.99, "font": {"size": 11}},
    )
    drawn: dict[str, Any] = json.loads(go.Figure(diagram, layout).to_json())
    return drawn
