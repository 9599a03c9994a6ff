"""A chart as a picture: SVG with a name and a description, the same bytes for the same chart."""

from __future__ import annotations

import io
import re
from typing import Any

import matplotlib.pyplot as plt
from matplotlib.figure import Figure
from matplotlib.text import Text

from pfpp_utils.characters import shown
from pfpp_utils.errors import InputError
from pfpp_utils.publish import markup
from pfpp_utils.publish.proof import LAID_OUT

#: How pictures are saved: as they were looked at, not cropped, painted over or with letters of their own.
SAVED: dict[Any, Any] = {
    **LAID_OUT,
    "savefig.bbox": None,
    "savefig.facecolor": "auto",
    "savefig.edgecolor": "auto",
    "savefig.transparent": False,
    "svg.fonttype": "path",
    "svg.hashsalt": "pfpp",
}
_COMMENT = re.compile(r"\s*<!--.*?-->", re.DOTALL)


def readied(chart: object, name: str) -> Figure:
    """Take a chart as it was drawn, with its texts as they can be seen.

    Parameters
    ----------
    chart
        What should be a figure of matplotlib.
    name
        Of the figure on the page.

    Raises
    ------
    InputError
        If it is anything else, such as axes, a grid of seaborn's or a figure of another library.
    """
    if not isinstance(chart, Figure):
        allowed = "a figure of matplotlib: `axes.figure`, or a seaborn grid's `.figure`; flows by show.sankey"
        found = f"{type(chart).__module__}.{type(chart).__qualname__}"
        raise InputError("not a chart", where=f"figure {name}", found=found, allowed=allowed)
    for written in chart.findobj(Text):
        if (words := written.get_text()) != (seen := shown(words)):
            written.set_text(seen)
    return chart


def svg(chart: Figure, title: str, alt: str) -> str:
    """Write a chart as an SVG element with name and description, without date or program.

    Parameters
    ----------
    chart
        As :func:`readied` leaves it.
    title, alt
        Its name and description.

    Returns
    -------
    str
        The whole of the figure, whatever a notebook has set for saving pictures.
    """
    drawn = io.StringIO()
    with plt.rc_context(SAVED):
        chart.savefig(drawn, format="svg", metadata=dict.fromkeys(["Creator", "Date", "Format", "Type"]))
    # matplotlib writes each label into a comment as well, with whatever characters it has.
    _, _, element = _COMMENT.sub("", drawn.getvalue()).partition("<svg ")
    opening, _, rest = element.partition(">")
    told = f" <title>{markup.escape(title)}</title>\n <desc>{markup.escape(alt)}</desc>"
    return f'<svg role="img" aria-label="{markup.escape(title)}" {opening}>\n{told}{rest}'
