"""The places of a programme: names, slugs and what was known about each at the start.

They are in table ``pilots`` (columns `pilot` and `place`), or in a project of one's own in table ``places``
(columns `place` and `name`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

PROGRAMME = "programme"
_OWN = {"place": "pilot", "name": "place"}


def _known() -> pd.DataFrame:
    """Return the table of places, with the columns that table ``pilots`` has."""
    return tables.load("places").rename(columns=_OWN) if tables.has("places") else tables.load("pilots")


def slugs() -> list[str]:
    """Slugs of the pilot places, in the order of the report's Table 1."""
    return tables.column(*("places", "place") if tables.has("places") else ("pilots", "pilot"))


def check(place: str, *, where: str = "place", programme: bool = False) -> str:
    """Return `place` if it is a pilot's slug (or ``"programme"`` where that is allowed).

    Parameters
    ----------
    place
        Slug of a pilot place, such as ``"east_sussex"``.
    where
        What to name in the message: a file and line, or an argument.
    programme
        Whether ``"programme"``, all places together, is accepted.

    Returns
    -------
    str
        `place` as given.

    Raises
    ------
    InputError
        If the place is unknown.
    """
    allowed = ([PROGRAMME] if programme else []) + slugs()
    if place not in allowed:
        raise InputError("unknown place", where=where, found=place, allowed=allowed)
    return place


def profile(place: str) -> pd.Series[str]:
    """Return the row of table ``pilots`` for one place.

    Parameters
    ----------
    place
        Slug of a pilot place, such as ``"east_sussex"``.

    Returns
    -------
    pandas.Series
        One value a column of the table.

    Raises
    ------
    InputError
        If the place is unknown.
    """
    check(place)
    return _known().query("pilot == @place").iloc[0]


def labels() -> dict[str, str]:
    """Display name of each place by slug, for charts and tables."""
    pilots = _known()
    return dict(zip(pilots["pilot"], pilots["place"], strict=True))


def positions() -> pd.DataFrame:
    """Where the places are, for maps.

    Returns
    -------
    pandas.DataFrame
        One row a place whose position is known, in the order of the places: `pilot`, `place`, and `longitude`
        and `latitude` in degrees. In a project of one's own they are columns of table ``places``.
    """
    known = _known()
    if not tables.has("places"):
        known = known.merge(tables.load("place_positions").drop(columns="source"), on="pilot")
    columns = ["pilot", "place", "longitude", "latitude"]
    return known.reindex(columns=columns).dropna().reset_index(drop=True)
