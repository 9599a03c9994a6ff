"""Rules that flow diagrams keep, as far as plotly's JSON tells: the browser draws them later."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from matplotlib.colors import to_hex

from pfpp_utils.errors import InputError
from pfpp_utils.publish.contrast import GRAPHIC, TEXT, WHITE, between, over, ratio
from pfpp_utils.publish.mark_rules import CATEGORIES
from pfpp_utils.publish.marks import BORDER

#: Least size of letters in CSS pixels, plotly's own unit: 9 points, as in all charts.
LETTERS = 12
#: What a diagram may hold: whatever else plotly knows, such as notes, texts that show on pointing or fonts of
#: their own, is looked at by none of these rules.
KNOWN = {
    "figure": "data layout",
    "layout": "font height margin template title",
    "trace": "type arrangement valueformat valuesuffix node link",
    "node": "label color pad thickness",
    "link": "source target value color line",
}
#: What plotly takes where nothing is said: size and colour of letters.
SIZE, INK = 12, "#444"


def check(drawn: Mapping[str, Any], name: str) -> None:
    """Refuse a flow diagram that breaks a rule.

    Parameters
    ----------
    drawn
        A plotly figure of Sankey diagrams, as JSON.
    name
        Its name on the page.

    Raises
    ------
    InputError
        With the first rule that is broken, by what, and what is allowed.
    """
    for what, found, allowed in _faults(drawn):
        raise InputError(what, where=f"figure {name}", found=found, allowed=allowed)


def _faults(drawn: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    layout = drawn["layout"]
    kinds = [trace["type"] for trace in drawn["data"] if trace["type"] != "sankey"]
    if kinds:
        yield "it is no flow diagram", ", ".join(kinds), "sankey; other charts are drawn by charts"
    if more := [*_more(drawn, KNOWN["figure"]), *_more(layout, KNOWN["layout"])]:
        yield "it says more than is checked", ", ".join(more), "flows: no notes, shapes, pictures or frames"
    for font in (layout.get("font", {}), layout.get("title", {}).get("font", {})):
        if font.get("size", SIZE) < LETTERS:
            yield "its letters are too small", f"{font['size']} pixels", f"{LETTERS} pixels or more"
    for trace in drawn["data"]:
        yield from _of(trace, layout.get("font", {}).get("color", INK))


def _of(trace: Mapping[str, Any], ink: str) -> Iterator[tuple[str, str, str]]:
    node, link = trace["node"], trace["link"]
    parts = (("trace", trace), ("node", node), ("link", link))
    if more := [f"{part} {key}" for part, found in parts for key in _more(found, KNOWN[part])]:
        yield (
            "it says more than is checked",
            ", ".join(more),
            "labels and values: no texts that show on pointing",
        )
    if unnamed := [str(place) for place, label in enumerate(node["label"]) if not str(label).strip()]:
        yield "it tells things apart by colour alone", f"node {', '.join(unnamed)}", "a label at every node"
    colours = dict.fromkeys(_many(node.get("color", "")))
    for colour in colours:
        if (met := between(rgba(colour), "white")) < GRAPHIC:
            yield "its marks stand off too little", f"node {colour} at {met:.2f}:1", f"{GRAPHIC:g}:1"
    flows = dict.fromkeys(_many(link.get("color", "")))
    for many in (colours, flows):
        if len(many) > CATEGORIES:
            yield "it has too many categories", f"{len(many)} colours", f"at most {CATEGORIES}"
    for colour in flows:
        if (met := max(between(rgba(colour), "white"), _border(link.get("line", {})))) < GRAPHIC:
            yield (
                "its marks stand off too little",
                f"link {colour} at {met:.2f}:1",
                f"{GRAPHIC:g}:1, or a border",
            )
        if (met := float(ratio(over(ink, WHITE), over(rgba(colour), WHITE)))) < TEXT:
            yield "its text stands off too little", f"{ink} on link {colour} at {met:.2f}:1", f"{TEXT}:1"


def rgba(colour: str) -> str | tuple[float, ...]:
    """Read a colour as CSS writes it into one that matplotlib knows.

    Examples
    --------
    >>> rgba("rgba(18, 67, 109, 0.25)")[3], rgba("#12436D")
    (0.25, '#12436D')
    """
    found = re.fullmatch(r"rgba?\(([\d.]+), *([\d.]+), *([\d.]+)(?:, *([\d.]+))?\)", colour)
    if not found:
        return to_hex(colour, keep_alpha=True) if not colour.startswith("#") else colour
    red, green, blue = (float(part) / 255 for part in found.groups()[:3])
    return red, green, blue, float(found[4] or 1)


def _more(found: Mapping[str, Any], known: str) -> list[str]:
    return [key for key in found if key not in known.split()]


def _many(colours: str | list[str]) -> list[str]:
    return [colours] if isinstance(colours, str) else list(colours)


def _border(line: Mapping[str, Any]) -> float:
    return (
        between(rgba(line["color"]), "white") if line.get("width", 0) >= BORDER and "color" in line else 1.0
    )
