"""The areas that awards are to benefit, as publishers state them."""

from __future__ import annotations

import re

import pandas as pd

from pfpp_utils.data.geography.authorities import NATIONS, Authorities
from pfpp_utils.data.geography.councils import Councils

#: Level of area by the first letters of an official code.
LEVELS = {
    **dict.fromkeys(("E06", "E07", "E08", "E09", "W06", "S12", "N09"), "authority"),
    **{"E10": "county", "E12": "region", "E92": "country", "W92": "country", "S92": "country"},
    **{"N92": "country", "K02": "United Kingdom", "K03": "Great Britain"},
}
_WHOLE = re.compile(r"(the )?(uk|united kingdom)( ?-?wide)?|national", re.IGNORECASE)


def benefit(awards: pd.DataFrame, councils: Councils) -> pd.DataFrame:
    """Say which area each award is to benefit.

    Names are read before codes, for a name may list several countries where the code says only
    "United Kingdom".

    Parameters
    ----------
    awards
        Canonical awards: the columns ``Beneficiary Location:Name`` and ``:Geographic Code``, several values
        joined with "; ".
    councils
        Names and codes of authorities.

    Returns
    -------
    pandas.DataFrame
        Index of `awards`; `benefit_area` (names or codes as stated, joined with "; "), `benefit_level`
        ("authority", "county", "region", "country", "several countries", "Great Britain", "United Kingdom",
        "several" or "other") and `benefit_code` (area of 2021 where it is one authority or county). All
        missing where nothing is stated.
    """
    name, code = awards["Beneficiary Location:Name"], awards["Beneficiary Location:Geographic Code"]
    stated = pd.DataFrame({"name": name.fillna(""), "code": code.fillna("")}, dtype=str)
    once = stated.drop_duplicates()
    pairs = zip(once["name"], once["code"], strict=True)
    found = [_read(of_name, of_code, councils) for of_name, of_code in pairs]
    table = pd.DataFrame(found, columns=["benefit_area", "benefit_level", "benefit_code"], dtype="string")
    table = pd.concat([once.reset_index(drop=True), table], axis="columns")
    joined = stated.merge(table, on=["name", "code"], how="left").set_axis(awards.index)
    return joined[["benefit_area", "benefit_level", "benefit_code"]]


def _read(name: str, code: str, councils: Councils) -> tuple[str | None, str | None, str | None]:
    names, codes = _parts(name), _parts(code)
    area = "; ".join(names) or "; ".join(codes) or None
    if not area:
        return None, None, None
    if names and set(names) <= set(NATIONS.values()):
        return area, "country" if len(names) == 1 else "several countries", None
    if len(names) == 1 and _WHOLE.fullmatch(names[0]):
        return area, "United Kingdom", None
    known = councils.authorities
    areas = {known.codes.get(part, "") for part in codes} or _named(names, councils)
    if len(areas) == 1 and (one := next(iter(areas))):
        return area, "county" if known.table["tier"][one] == "county" else "authority", one
    levels = {LEVELS.get(part[:3], "other") for part in codes} or {_region(names, known)}
    return area, levels.pop() if len(codes or names) == 1 else "several", None


def _named(names: list[str], councils: Councils) -> set[str]:
    found = councils.resolve(pd.Series(names, dtype="string"))
    return set(found["code"].where(found["tier"] != "combined").fillna(""))


def _region(names: list[str], authorities: Authorities) -> str:
    regions = set(authorities.table["region"].dropna().str.lower())
    return "region" if {name.lower() for name in names} <= regions else "other"


def _parts(text: str) -> list[str]:
    return list(dict.fromkeys(part.strip() for part in text.split(";") if part.strip()))
