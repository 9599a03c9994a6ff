"""The pilot places: names, slugs and what was known about each at the start."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError

PROGRAMME = "programme"


def slugs() -> list[str]:
    """Slugs of the pilot places, in the order of the report's Table 1."""
    return tables.load("pilots")["pilot"].tolist()


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
    return tables.load("pilots").query("pilot == @place").iloc[0]


def labels() -> dict[str, str]:
    """Display name of each place by slug, for charts and tables."""
    pilots = tables.load("pilots")
    return dict(zip(pilots["pilot"], pilots["place"], strict=True))
