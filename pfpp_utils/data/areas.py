"""What is known of every English local authority: people, land, deprivation, new businesses and crime.

The official files are not part of the project: see ``data/sources.yml`` and ``pfpp data list``.
"""

from __future__ import annotations

from pathlib import Path

import fastexcel
import pandas as pd

from pfpp_utils.data import external, tables
from pfpp_utils.errors import InputError

#: Files that :func:`statistics` reads, by their names in ``data/sources.yml``.
SOURCES = (
    *("population-mid-2020", "ltla21-region", "local-authorities", "imd-2019"),
    *("business-births", "crime-severity"),
)
#: Measures of an authority, with what a reader should know of each.
MEASURES = {
    "population": "Residents, mid-2020 (Office for National Statistics)",
    "young_people": "Residents aged 0 to 19, mid-2020 (Office for National Statistics)",
    "area_km2": "Area, square kilometres (mySociety register of local authorities)",
    "deprivation": "Index of Multiple Deprivation 2019, average score; not known for districts merged since",
    "business_births": "New businesses in the year (Office for National Statistics, business demography)",
    "crime_severity": "Crime severity score; not known for the districts merged in 2023 (ONS)",
}
_YOUNG = [str(age) for age in range(20)]
_IMD = {"Local Authority District code (2019)": "authority", "IMD - Average score": "deprivation"}


def held() -> bool:
    """Whether every file that :func:`statistics` reads is there."""
    return all(external.find(name) for name in SOURCES)


def statistics(*, births_year: int = 2020) -> pd.DataFrame:
    """Read the measures of the 309 English authorities of 2021.

    Parameters
    ----------
    births_year
        Calendar year of the business births, 2017 to 2022 in the edition known.

    Returns
    -------
    pandas.DataFrame
        One row an authority, its 2021 code as the index: `name`, `region`, and :data:`MEASURES` (numbers, in
        the units given there), missing where the source has other districts.

    Raises
    ------
    InputError
        If a file is not held or has changed, or there are no births of that year.
    """
    people = _csv("population-mid-2020", ["ltla21_code", "ltla21_name", "total_population", *_YOUNG])
    people = people.set_index("ltla21_code").filter(like="E", axis=0)
    regions = _csv("ltla21-region", ["ltla21_code", "region21_name"]).set_index("ltla21_code")[
        "region21_name"
    ]
    land = _csv("local-authorities", ["gss-code", "area"]).dropna().drop_duplicates("gss-code")
    table = pd.DataFrame(
        {
            "name": people["ltla21_name"],
            "region": regions,
            "population": people["total_population"],
            "young_people": people[_YOUNG].sum(axis=1),
            "area_km2": land.set_index("gss-code")["area"],
            "deprivation": _deprivation(),
            "business_births": _births(births_year),
            "crime_severity": _crime(),
        }
    )
    return table.loc[people.index].rename_axis("authority")


def _births(year: int) -> pd.Series[int]:
    births = _csv("business-births", ["code", "year", "count"])
    if year not in (years := sorted(births["year"].unique().tolist())):
        raise InputError("no business births of that year", where="births_year", found=year, allowed=years)
    return births[births["year"] == year].set_index("code")["count"]


def _crime() -> pd.Series[float]:
    """Scores by authority; of several for one code, those of districts since merged, none is right."""
    table = _csv("crime-severity", ["ltla23_code", "crime_severity_score"])
    scores = pd.to_numeric(table["crime_severity_score"].replace(":", None)).groupby(table["ltla23_code"])
    return scores.max().where(scores.nunique() == 1)


def _deprivation() -> pd.Series[float]:
    path = external.need("imd-2019")
    sheet = fastexcel.read_excel(path).load_sheet("IMD").to_pandas()
    sheet.columns = sheet.columns.str.strip()
    return _columns(sheet, list(_IMD), path).rename(columns=_IMD).set_index("authority")["deprivation"]


def _csv(name: str, columns: list[str]) -> pd.DataFrame:
    path = external.need(name)
    return _columns(pd.read_csv(path, encoding="utf-8-sig", low_memory=False), columns, path)


def _columns(table: pd.DataFrame, columns: list[str], path: Path) -> pd.DataFrame:
    if missing := [column for column in columns if column not in table]:
        raise InputError("missing columns", where=path.name, found=[*map(str, table)], allowed=missing)
    return table[columns]


def of_pilots() -> pd.DataFrame:
    """Measures of the pilots' authorities alone, which are bundled, and the rest of each of their regions.

    Returns
    -------
    pandas.DataFrame
        As from :func:`statistics`, for the 17 authorities of the pilots (districts where there are two
        tiers). Then one row for all else in a region, with its `region` and `population` only, so that what
        is shared out over a region adds up.
    """
    pilots = tables.load("area_statistics").set_index("authority")
    regions = tables.load("regional_spending").drop_duplicates("region").set_index("region")["population"]
    rest = regions.sub(pilots.groupby("region")["population"].sum(), fill_value=0).astype("int64")
    others = pd.DataFrame({"name": "Rest of " + rest.index, "region": rest.index, "population": rest})
    return pd.concat([pilots[["name", "region", *MEASURES]], others.set_axis(others["name"])])
