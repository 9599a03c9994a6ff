"""How charts look: the Government Analysis Function's style and palettes."""

from __future__ import annotations

import warnings

import afcharts
import matplotlib.pyplot as plt
from afcharts.af_colours import get_af_colours

#: Government Analysis Function palettes, darkest first.
CATEGORICAL: list[str] = get_af_colours("categorical")
DUO: list[str] = get_af_colours("duo")
SEQUENTIAL: list[str] = get_af_colours("sequential", number_of_colours=3)
FOCUS: list[str] = get_af_colours("focus")


def style() -> None:
    """Set the Government Analysis Function style for matplotlib and seaborn.

    The font is one that matplotlib brings along, and letters are drawn as outlines: a label then fits its
    box on every machine, for a reader's own fonts have other widths, and a linked picture may not load
    any. What is lost, text that can be selected and read out, stands in the description and in the table
    beside each picture. The fixed salt gives the same picture the same bytes.
    """
    # A letter of a name that the font lacks is drawn as a box; the description and the table have it.
    warnings.filterwarnings("ignore", "Glyph .* missing from font")
    plt.style.use(f"{afcharts.__name__}.afcharts")
    plt.rcParams.update(
        {
            "font.family": "sans-serif",
            "font.sans-serif": ["DejaVu Sans"],
            "font.size": 12,
            "figure.figsize": (8, 4.5),
            "figure.constrained_layout.use": True,
            "svg.fonttype": "path",
            "svg.hashsalt": "pfpp",
            "text.parse_math": False,  # a name with two dollar signs is no formula
        },
    )
