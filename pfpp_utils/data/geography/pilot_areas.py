"""The pilot places as official areas: one authority each, but a county and five districts for East Sussex."""

from __future__ import annotations

from typing import Literal

import pandas as pd

from pfpp_utils.data import places, tables
from pfpp_utils.errors import InputError

Tiers = Literal["all", "county", "districts"]

_KEPT: dict[Tiers, set[str]] = {
    "all": {"single", "county", "district"},
    "county": {"single", "county"},
    "districts": {"single", "district"},
}


def areas(pilot: str | None = None) -> pd.DataFrame:
    """Return the authorities that make up the pilot places.

    Parameters
    ----------
    pilot
        Slug of one place, such as ``"east_sussex"``; all by default.

    Returns
    -------
    pandas.DataFrame
        Rows of table ``pilot_authorities``: `pilot`, `authority` (official code, 2021), `authority_name`,
        `tier` and source.

    Raises
    ------
    InputError
        If the place is unknown.
    """
    table = tables.load("pilot_authorities")
    return table if pilot is None else table[table["pilot"] == places.check(pilot)].reset_index(drop=True)


def codes(pilot: str, tiers: Tiers = "all") -> set[str]:
    """Return the official codes of a pilot place.

    Parameters
    ----------
    pilot
        Slug of the place.
    tiers
        In two tiers: "county" for what was placed in the county as a whole, "districts" for what was placed
        in a district, "all" for both. A single-tier authority is both at once, whatever is asked for.

    Returns
    -------
    set of str
        Codes as in column `authority` of placed awards.

    Raises
    ------
    InputError
        If the place or `tiers` is unknown.
    """
    if tiers not in _KEPT:
        raise InputError("unknown tiers", where="tiers", found=tiers, allowed=list(_KEPT))
    own = areas(pilot)
    return set(own.loc[own["tier"].isin(_KEPT[tiers]), "authority"])


def in_place(awards: pd.DataFrame, pilot: str, tiers: Tiers = "all") -> pd.DataFrame:
    """Keep the awards whose recipient is in a pilot place.

    Parameters
    ----------
    awards
        Placed awards, with `authority`.
    pilot, tiers
        As for :func:`codes`.

    Returns
    -------
    pandas.DataFrame
        Their rows, as they were.
    """
    return awards[awards["authority"].isin(codes(pilot, tiers))]


def parts(pilot: str) -> dict[str, set[str]]:
    """Name the parts of a pilot place by which it is measured.

    Parameters
    ----------
    pilot
        Slug of the place.

    Returns
    -------
    dict
        Codes by name: for one authority, its name; in two tiers the place together, the county council's
        area, and each district.

    Examples
    --------
    >>> parts("luton")
    {'Luton': {'E06000032'}}
    """
    own = areas(pilot)
    whole = {places.labels()[pilot]: set(own["authority"])}
    if len(own) == 1:
        return whole
    county = own["tier"] == "county"
    labels = own["authority_name"].where(~county, own["authority_name"] + " (county)")
    together = {f"{label} (county and districts)": codes for label, codes in whole.items()}
    return together | {label: {code} for label, code in zip(labels, own["authority"], strict=True)}


def pilots(authority: pd.Series[str]) -> pd.Series[str]:
    """Say which pilot place each authority belongs to.

    Parameters
    ----------
    authority
        Official codes, such as column `authority` of placed awards.

    Returns
    -------
    pandas.Series
        Slugs, missing outside the pilot places.
    """
    slugs = areas().set_index("authority")["pilot"]
    return authority.map(slugs).astype("string")
