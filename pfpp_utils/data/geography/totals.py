"""Value by area, for maps and tables: at a level of areas, with what does not fit that level."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

from pfpp_utils.data.geography.authorities import Authorities
from pfpp_utils.errors import InputError

Level = Literal["authority", "upper tier", "region"]

_COLUMNS: dict[Level, tuple[str, str]] = {
    "authority": ("code", "name"),
    "upper tier": ("upper_tier_code", "upper_tier"),
    "region": ("region_code", "region"),
}


@dataclass(frozen=True)
class Totals:
    """Value by area. The table and the other amounts add up to all awards.

    Attributes
    ----------
    table
        One row an area of the level, most value first, those without an award too: `code`, `name`, `awards`,
        `value_gbp`.
    authority_of
        Area (`code`) of each authority of lowest tier, to draw it by.
    level
        What the areas are.
    too_wide_gbp
        Value placed in an area wider than the level, such as a county on a map of districts.
    unplaced_gbp
        Value that could not be placed.
    elsewhere_gbp
        Value by nation that lies in another nation than the one that is listed; most first, empty if all are.
    """

    table: pd.DataFrame
    authority_of: dict[str, str]
    level: Level
    too_wide_gbp: float
    unplaced_gbp: float
    elsewhere_gbp: dict[str, float] = field(default_factory=dict)

    @property
    def share_missing(self) -> float:
        """Share (0 to 1) of all value that the areas do not show; missing if all value is nought."""
        left = self.too_wide_gbp + self.unplaced_gbp
        whole = left + float(self.table["value_gbp"].sum())
        return left / whole if whole else float("nan")


def totals(
    placed: pd.DataFrame, authorities: Authorities, level: Level = "upper tier", *, nation: str | None = None
) -> Totals:
    """Add up awards by area.

    Parameters
    ----------
    placed
        Awards with `authority` and ``Amount Awarded`` (GBP).
    authorities
        The areas of 2021.
    level
        "authority" for districts and single-tier authorities, "upper tier" for counties and single-tier
        authorities, "region" for regions of England (a nation without regions is one).
    nation
        Nation whose areas alone are listed, such as "England"; awards elsewhere then count neither as shown
        nor as missing, and are told apart.

    Returns
    -------
    Totals
        The table and what it leaves out.

    Raises
    ------
    InputError
        If the level or nation is unknown.
    """
    table = authorities.table
    if level not in _COLUMNS:
        raise InputError("unknown level", where="level", found=level, allowed=list(_COLUMNS))
    if nation is not None and nation not in set(table["nation"]):
        raise InputError("unknown nation", where="nation", found=nation, allowed=sorted(set(table["nation"])))
    of, names = _areas(table, level)
    nations = placed["authority"].map(table["nation"])
    kept = placed if nation is None else placed[nations.isna() | (nations == nation)]
    of = {lad: area for lad, area in of.items() if nation in {None, table["nation"][lad]}}
    area = kept["authority"].map(_area_of(authorities, of))
    value = kept["Amount Awarded"]
    listed = names[names.index.isin(list(of.values()))].to_frame()
    listed["awards"] = value.groupby(area).size().reindex(listed.index, fill_value=0)
    listed["value_gbp"] = value.groupby(area).sum().reindex(listed.index, fill_value=0.0).astype(float)
    listed = listed.reset_index().sort_values(["value_gbp", "name"], ascending=[False, True])
    missing = kept["authority"].isna()
    too_wide, unplaced = float(value[area.isna() & ~missing].sum()), float(value[missing].sum())
    other = placed["Amount Awarded"].groupby(nations).sum().drop(nation or [], errors="ignore")
    most_first = other.sort_values(ascending=False).items() if nation else ()
    elsewhere = {str(name): float(pounds) for name, pounds in most_first}
    return Totals(listed.reset_index(drop=True), of, level, too_wide, unplaced, elsewhere)


def _areas(table: pd.DataFrame, level: Level) -> tuple[dict[str, str], pd.Series[str]]:
    """Area of each authority of lowest tier, and names of areas; a nation without regions is an area."""
    code, name = _COLUMNS[level]
    lowest = table[table["tier"].isin(["single", "district"])].reset_index()
    area = lowest[code].fillna(lowest["nation"])
    names = lowest[name].groupby(area.rename("code")).first().rename("name")
    return dict(zip(lowest["code"], area, strict=True)), names


def _area_of(authorities: Authorities, of: dict[str, str]) -> dict[str, str]:
    """Area of the level for every area of 2021 that lies in one."""
    within = {code: {of.get(lad) for lad in lads} for code, lads in authorities.members.items()}
    single = {code: areas.pop() for code, areas in within.items() if len(areas) == 1}
    return {code: area for code, area in single.items() if area}
