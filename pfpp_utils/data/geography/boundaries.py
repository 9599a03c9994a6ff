"""Boundaries of local authorities, from a GeoJSON file of the Office for National Statistics."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt

from pfpp_utils.errors import InputError

Ring = npt.NDArray[np.float64]
#: Polygons of each authority: of each polygon its outline and then its holes, as longitude and latitude.
Boundaries = dict[str, list[list[Ring]]]


def read(path: Path, *, code: str = "ltla21_code") -> Boundaries:
    """Read boundaries.

    Parameters
    ----------
    path
        GeoJSON in degrees (WGS 84), one feature an authority.
    code
        Property that holds the official code.

    Returns
    -------
    dict
        Polygons by official code; each ring has shape (n, 2).

    Raises
    ------
    InputError
        If the file is not such GeoJSON.
    """
    try:
        features = json.loads(path.read_text(encoding="utf-8"))["features"]
        return {feature["properties"][code]: _polygons(feature["geometry"]) for feature in features}
    except (ValueError, KeyError, TypeError) as error:
        found = f"{type(error).__name__}: {error}"
        allowed = f"GeoJSON with polygons and the property {code}"
        raise InputError("not boundaries", where=path.name, found=found, allowed=allowed) from error


def borders(boundaries: Boundaries, area_of: Mapping[str, str]) -> list[Ring]:
    """Find the lines between areas and along the coast, without those inside an area.

    Parameters
    ----------
    boundaries
        From :func:`read`.
    area_of
        Area of each authority; the rest is left out.

    Returns
    -------
    list of numpy.ndarray
        Line segments, each of shape (2, 2). A border that two authorities of one area share is in none.
    """
    areas: dict[tuple[tuple[float, float], ...], list[str]] = defaultdict(list)
    for code, area in area_of.items():
        for ring in (ring for polygon in boundaries.get(code, []) for ring in polygon):
            points = [(float(x), float(y)) for x, y in ring]
            for pair in pairwise(points):
                areas[tuple(sorted(pair))].append(area)
    inner = {pair for pair, sides in areas.items() if len(sides) > 1 and len(set(sides)) == 1}
    return [np.array(pair) for pair in areas if pair not in inner]


def _polygons(geometry: dict[str, list[list[list[list[float]]]]]) -> list[list[Ring]]:
    """Take the rings of a Polygon or MultiPolygon."""
    parts = geometry["coordinates"] if str(geometry["type"]) == "MultiPolygon" else [geometry["coordinates"]]
    return [[np.asarray(ring, dtype=float) for ring in polygon] for polygon in parts]
