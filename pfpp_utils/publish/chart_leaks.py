"""Withheld figures in a chart: a function that draws may hold the data as they were before treatment."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axis import Axis
from matplotlib.figure import Figure
from matplotlib.ticker import FixedLocator
from numpy.typing import NDArray

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods.disclosure_table import Control, Treated
from pfpp_utils.publish import chart_values, leaks, surfaces
from pfpp_utils.publish.leaks import folded
from pfpp_utils.publish.proof import Proof


def require(chart: Figure, proof: Proof, control: Control | None, treated: Treated, *, name: str) -> None:
    """Refuse a chart that shows what was withheld from its data.

    Parameters
    ----------
    chart
        The figure, drawn.
    proof
        Its texts.
    control, treated
        What was done to the data.
    name
        Of the figure.

    Raises
    ------
    InputError
        If a text holds a withheld figure, or a mark stands at one, more often than the treated data do; or if
        names and numbers stand side by side as in a table that the page has read. The message names row and
        column and never the figure.
    """
    found_ = list(leaks.in_frame(_beside(proof), leaks.known(tables.protected))) if tables.protected else []
    if control is not None and treated.secrets:
        shares = set(control.layout.ratios) if control.layout else set()
        found_ += [*_texts(chart, proof, treated, shares), *_marks(chart, treated)]
    for found in found_:
        allowed = "a chart drawn from nothing but the data that the function is given"
        raise InputError(
            "a chart shows what was withheld", where=f"figure {name}", found=found, allowed=allowed
        )


def _beside(proof: Proof) -> pd.DataFrame:
    """Put texts that stand beside or below each other into rows: a bar's name with its number."""
    rows = set()
    for line in proof.lines:
        for low, high in ((1, 3), (0, 2)):
            middles = {id(other): (other.box[low] + other.box[high]) / 2 for other in proof.lines}
            near = [other for other in proof.lines if line.box[low] <= middles[id(other)] <= line.box[high]]
            rows.add(tuple(other.text for other in near))
    widest = max(map(len, rows), default=0)
    return pd.DataFrame([[*row, *[""] * (widest - len(row))] for row in sorted(rows)], dtype=object)


def _texts(chart: Figure, proof: Proof, treated: Treated, shares: set[str]) -> Iterator[str]:
    scale, said = _scale(chart), _said(treated.frame)
    seen: Counter[float] = Counter()
    percent: Counter[float] = Counter()
    for line in proof.lines:
        if scale[line.text] > 0:
            scale[line.text] -= 1
            continue
        text = said.sub(" ", folded(line.text)) if said else folded(line.text)
        parts = set(leaks.numbers(re.sub(r"(?<=\d)\s*%", " %", text)))
        seen.update(parts)
        percent.update({float(found) for found in re.findall(r"(\d+(?:\.\d+)?)\s*%", text)})
    open_ = Counter(_numbers(treated.frame))
    stated = {*percent, *seen} - set(open_)
    for secret in treated.secrets:
        if secret["column"] in shares:
            met = _share_in(secret["value"], stated)
        else:
            met = seen[secret["value"]] - percent[secret["value"]] > open_[secret["value"]]
        if met:
            yield f"a text with the figure of row {', '.join(secret['row'])}, column {secret['column']}"


def _share_in(value: float, stated: set[float]) -> bool:
    """Whether a share is stated, however rounded."""
    return any(
        abs(number - value * times) <= 0.5 * 10.0 ** -len(f"{number:g}".partition(".")[2])
        for number in stated
        for times in (1, 100)
        if number
    )


def _numbers(frame: pd.DataFrame) -> list[float]:
    """Numbers that may be shown; texts are taken out as they are."""
    found = [leaks.number(cell) for row in frame.itertuples(index=False) for cell in row]
    return [number for number in found if number is not None]


def _said(frame: pd.DataFrame) -> re.Pattern[str] | None:
    """Texts of the treated data, in which numbers are no secrets: labels and headings."""
    cells = {cell for column in frame for cell in frame[column] if isinstance(cell, str)}
    texts = {folded(text) for text in (*cells, *map(str, frame.columns)) if not _bare(text)}
    found = sorted((text for text in texts if re.search(r"\d", text)), key=len, reverse=True)
    return re.compile("|".join(rf"(?<!\w){re.escape(text)}(?!\w)" for text in found)) if found else None


def _bare(text: str) -> bool:
    return re.fullmatch(r"[\d\s.,%-]*", text) is not None


def _scale(chart: Figure) -> Counter[str]:
    """Count labels of scales, which matplotlib chose or which go up from nought in equal steps."""
    found: Counter[str] = Counter()
    for surface in surfaces.surfaces(chart):
        if surface.axes is None:
            continue
        for axis in surface.axes._axis_map.values():
            found.update(_labels(axis))
    return found


def _labels(axis: Axis) -> Iterator[str]:
    for minor in (False, True):
        locator = axis.get_minor_locator() if minor else axis.get_major_locator()
        if not isinstance(locator, FixedLocator) or _even(
            np.asarray(axis.get_ticklocs(minor=minor), dtype=float)
        ):
            yield from chart_values.numbered(axis, minor=minor)


def _even(places: NDArray[np.float64]) -> bool:
    steps = np.diff(places)
    return len(places) >= 3 and places[0] == 0 and bool(np.allclose(steps, steps[0]))


def _marks(chart: Figure, treated: Treated) -> Iterator[str]:
    drawn = set(chart_values.drawn(chart)) - set(_numbers(treated.frame))
    for secret in treated.secrets:
        if secret["value"] in drawn:
            yield f"a mark at the figure of row {', '.join(secret['row'])}, column {secret['column']}"
