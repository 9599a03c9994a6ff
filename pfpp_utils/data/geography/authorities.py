"""The local authorities of 2021, districts and counties, and the official codes that mean them."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

#: Nations by the letter that official codes begin with.
NATIONS = {"E": "England", "W": "Wales", "S": "Scotland", "N": "Northern Ireland"}
#: Kinds of authority by their codes in the register.
KINDS = {
    **{"UA": "Unitary authority", "MD": "Metropolitan district", "NMD": "Non-metropolitan district"},
    **{"LBO": "London borough", "CC": "City corporation", "CTY": "County", "WPA": "Welsh principal area"},
    **{"SCO": "Scottish council area", "NID": "District of Northern Ireland"},
    **{"COMB": "Combined authority", "SRA": "Strategic regional authority"},
}
COLUMNS = [
    *("name", "tier", "kind", "county_code", "county", "upper_tier_code", "upper_tier"),
    *("region_code", "region", "nation", "area_km2"),
]


@dataclass(frozen=True)
class Authorities:
    """Areas of 2021, and which of them every official code of a council means.

    Attributes
    ----------
    table
        One row an area, its official code the index; :data:`COLUMNS`. `tier` is "single", "district",
        "county" or "combined" (authorities over several councils). For nations without regions, `region`
        is the nation. A county abolished in 2021 with several successors, Northamptonshire, is kept as a
        county.
    codes
        Area of 2021 by official code: of 2021 itself, changed since, abolished before, or made later of
        whole areas of 2021.
    members
        The authorities of lowest tier in each area: itself, or the districts of a county.
    """

    table: pd.DataFrame
    codes: dict[str, str]
    members: dict[str, frozenset[str]]

    def overlap(self, one: str, other: str) -> bool:
        """Whether two areas have an authority of lowest tier in common."""
        return bool(self.members.get(one, frozenset()) & self.members.get(other, frozenset()))


def authorities(
    register: pd.DataFrame, counties: pd.DataFrame, regions: pd.DataFrame, upper: pd.DataFrame
) -> Authorities:
    """Put together what four official lists say about the authorities of 2021.

    Parameters
    ----------
    register
        Register of local authorities (mySociety): current and former ones with type, dates, successors.
    counties
        Lookup of English districts to counties, April 2021 (ONS).
    regions
        Lookup of English authorities to regions, April 2021 (ONS).
    upper
        Lookup of authorities to upper-tier authorities in England and Wales, April 2021 (ONS).

    Returns
    -------
    Authorities
        For Scotland and Northern Ireland the register's current authorities: they did not change from 2021.
    """
    lowest = _lowest(register, counties, regions, upper)
    county = _counties(lowest)
    listed = {row["local-authority-code"]: _Entry.of(row) for row in register.fillna("").to_dict("records")}
    split = _split(listed, lowest)
    combined = _combined(listed)
    table = pd.concat([lowest, county, split.drop(columns="parts"), combined])[COLUMNS]
    members = {str(code): frozenset([str(code)]) for code in lowest.index}
    districts = lowest[lowest["tier"] == "district"].groupby("upper_tier_code").groups
    members |= {str(code): frozenset(map(str, under)) for code, under in districts.items()}
    members |= {str(code): frozenset(parts) for code, parts in split["parts"].items()}
    return Authorities(table, _codes(listed, set(table.index)), members)


class _Entry(NamedTuple):
    """What counts of one row of the register."""

    code: str
    name: str
    kind: str
    heirs: list[str]
    before: list[str]

    @classmethod
    def of(cls, row: dict[Hashable, Any]) -> _Entry:
        heirs, before = (_listed(row[key]) for key in ("replaced-by", "former-gss-codes"))
        return cls(row["gss-code"], row["official-name"], row["local-authority-type"], heirs, before)


def _lowest(
    register: pd.DataFrame, counties: pd.DataFrame, regions: pd.DataFrame, upper: pd.DataFrame
) -> pd.DataFrame:
    """One row an authority of lowest tier."""
    current = register[register["current-authority"].astype(str) == "True"]
    others = current[current["gss-code"].str.match("S12|N09").fillna(False).astype(bool)]
    names = pd.concat(
        [
            upper.set_index("ltla21_code")["ltla21_name"],
            others.set_index("gss-code")["nice-name"],
        ]
    )
    table = pd.DataFrame({"name": names}).rename_axis("code")
    about = _by_any_code(register).reindex(table.index)
    county = counties.set_index("LAD21CD").reindex(table.index)
    above = upper.set_index("ltla21_code").reindex(table.index)
    region = regions.set_index("ltla21_code").reindex(table.index)
    nation = pd.Series(table.index.str[0].map(NATIONS), table.index)
    table["kind"] = about["local-authority-type"].map(KINDS)
    table["area_km2"] = pd.to_numeric(about["area"])
    table["county_code"], table["county"] = county["CTY21CD"], county["CTY21NM"]
    table["upper_tier_code"] = above["utla21_code"].fillna(pd.Series(table.index, table.index))
    table["upper_tier"] = above["utla21_name"].fillna(table["name"])
    table["region_code"], table["region"] = region["region21_code"], region["region21_name"].fillna(nation)
    table["nation"] = nation
    table["tier"] = np.where(table["upper_tier_code"] == table.index, "single", "district")
    return table


def _by_any_code(register: pd.DataFrame) -> pd.DataFrame:
    """Rows of the register by their present codes and, where those changed, by the former ones."""
    codes = register["gss-code"].fillna("") + "," + register["former-gss-codes"].fillna("")
    each = register.assign(code=codes.map(_listed)).explode("code").dropna(subset=["code"])
    return each.drop_duplicates("code").set_index("code")


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _counties(lowest: pd.DataFrame) -> pd.DataFrame:
    """One row a county with a county council."""
    districts = lowest[lowest["tier"] == "district"]
    table = districts.groupby("upper_tier_code").first()
    table["area_km2"] = districts.groupby("upper_tier_code")["area_km2"].sum()
    table["name"] = table["upper_tier"] = districts.groupby("upper_tier_code")["upper_tier"].first()
    table["county_code"] = table["upper_tier_code"] = table.index
    return table.assign(tier="county", kind="County", county=table["name"]).rename_axis("code")


def _split(listed: dict[str, _Entry], lowest: pd.DataFrame) -> pd.DataFrame:
    """One row a county council that by 2021 had been divided into several authorities."""
    rows = []
    for entry in listed.values():
        parts = [listed[heir].code for heir in entry.heirs]
        if entry.kind == "CTY" and len(parts) > 1 and set(parts) <= set(lowest.index):
            name, about = entry.name.removesuffix(" County Council"), lowest.loc[parts[0]]
            whole = {"name": name, "county": name, "upper_tier": name, "tier": "county"}
            code = {"code": entry.code, "county_code": entry.code, "upper_tier_code": entry.code}
            area = lowest.loc[parts, "area_km2"].sum()
            rows.append({**about, **whole, **code, "kind": "County", "area_km2": area, "parts": parts})
    return pd.DataFrame(rows, columns=["code", *COLUMNS, "parts"]).set_index("code")


def _combined(listed: dict[str, _Entry]) -> pd.DataFrame:
    """One row an authority over several councils, with no more than its name."""
    rows = [
        {
            "code": entry.code,
            "name": entry.name,
            "tier": "combined",
            "kind": KINDS[entry.kind],
            "nation": "England",
        }
        for entry in listed.values()
        if entry.kind in {"COMB", "SRA"}
    ]
    return pd.DataFrame(rows, columns=["code", *COLUMNS]).set_index("code")


def _codes(listed: dict[str, _Entry], areas_of_2021: set[str]) -> dict[str, str]:
    """Area of 2021 for every code that means one."""
    later = {
        entry.heirs[0]: entry.code
        for entry in listed.values()
        if entry.kind == "CTY" and entry.code in areas_of_2021 and len(entry.heirs) == 1
    }

    def meant(key: str) -> str:
        entry = listed[key]
        of_2021 = [code for code in [entry.code, *entry.before] if code in areas_of_2021]
        if of_2021:
            return of_2021[0]
        return meant(entry.heirs[0]) if len(entry.heirs) == 1 else later.get(key, "")

    found = {code: meant(key) for key, entry in listed.items() for code in [entry.code, *entry.before]}
    return {code: area for code, area in found.items() if code and area}
