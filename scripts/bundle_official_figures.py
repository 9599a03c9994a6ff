"""Write the few official figures that the project carries, from the official files (see `pfpp data list`).

`python scripts/bundle_official_figures.py` writes data/tables/area_statistics.csv (the pilots' authorities),
data/tables/regional_spending.csv (England's regions) and data/tables/regional_spending_rest.csv (all else);
for maps, data/tables/outline.csv (of England) and data/tables/place_positions.csv (middles of the places);
with `--check` it only compares, byte for byte. `pfpp new` copies the outline.
"""

from __future__ import annotations

import sys

import pandas as pd

from pfpp_utils import project
from pfpp_utils.data import areas, external, places, regional_spend, tables
from pfpp_utils.data.geography import boundaries, outline, pilot_areas

YEAR = "2016-17"
LICENCE = "Open Government Licence v3.0"
STATISTICS = {
    "source": "Office for National Statistics; Ministry of Housing, Communities and Local Government; "
    "mySociety",
    "vintage": "2019 to 2023",
    "licence": LICENCE,
}
TREASURY = {
    "source": "HM Treasury, Country and Regional Analysis 2018 database, identifiable expenditure",
    "url": "https://www.gov.uk/government/statistics/country-and-regional-analysis-2018",
    "vintage": "CRA 2018, revised edition",
    "licence": LICENCE,
}
#: How far the outline may be off in degrees, about 2 km, and the least island shown in square degrees.
TOLERANCE, ISLAND = 0.02, 0.002
BOUNDARIES = {
    "source": "Office for National Statistics, local authority district boundaries (2021), generalised; "
    "contains OS data, Crown copyright and database right 2021",
    "url": "https://geoportal.statistics.gov.uk",
    "vintage": "2021",
    "licence": LICENCE,
}


def area_statistics() -> pd.DataFrame:
    """Gather the measures of the authorities that make up the pilots, districts where there are two tiers."""
    pilots = tables.load("pilot_authorities").query("tier != 'county'")
    measures = areas.statistics(births_year=2020).reset_index()
    table = pilots[["pilot", "authority"]].merge(measures, on="authority", validate="one_to_one")
    whole = ["population", "young_people", "business_births"]
    table = table.assign(crime_severity=table["crime_severity"].round(2), **table[whole].astype("int64"))
    return table.assign(**STATISTICS)


def regional_spending() -> pd.DataFrame:
    """Add up identifiable spending of one year by English region and function, with the residents."""
    spending = regional_spend.read(YEAR).query("identifiable")
    spending = spending.groupby(["region", "function"], as_index=False).agg(value_gbp=("value_gbp", "sum"))
    people = areas.statistics().groupby("region")["population"].sum().astype("int64")
    return spending.merge(people.reset_index(), on="region").assign(year=YEAR, **TREASURY)


def regional_spending_rest() -> pd.DataFrame:
    """Add up the spending of that year that is of no English region."""
    english = set(areas.statistics()["region"])  # noqa: F841 in the query
    rest = regional_spend.read(YEAR).query("not (identifiable and region in @english)")
    rest = rest.groupby(["region", "identifiable"], as_index=False).agg(value_gbp=("value_gbp", "sum"))
    source = TREASURY["source"].replace("identifiable", "total")
    rest["identifiable"] = rest["identifiable"].map({True: "true", False: "false"})
    return rest.assign(year=YEAR, **TREASURY | {"source": source})


def england() -> boundaries.Boundaries:
    """Read the boundaries of England's authorities."""
    found = boundaries.read(external.need("boundaries-ltla21"))
    return {code: polygons for code, polygons in found.items() if code.startswith("E")}


def outline_of_england() -> pd.DataFrame:
    """Draw the line around England's authorities, simplified; every row is a piece of land."""
    known = england()
    rings = outline.outline(known, known, tolerance=TOLERANCE, least=ISLAND)
    rows = [{"part": part, "points": outline.write(ring)} for part, ring in enumerate(rings, start=1)]
    return pd.DataFrame(rows).assign(**BOUNDARIES)


def place_positions() -> pd.DataFrame:
    """Find the middle of each place: of the area of its authority, or of its districts together."""
    known, rows = england(), []
    for pilot in places.slugs():
        own = sorted(pilot_areas.codes(pilot, "districts"))
        x, y = outline.centre([polygon[0] for code in own for polygon in known[code]])
        rows.append({"pilot": pilot, "longitude": round(x, 3), "latitude": round(y, 3)})
    return pd.DataFrame(rows).assign(**BOUNDARIES)


TABLES = {
    "area_statistics": area_statistics,
    "regional_spending": regional_spending,
    "regional_spending_rest": regional_spending_rest,
    "outline": outline_of_england,
    "place_positions": place_positions,
}


def main() -> int:
    """Write or compare the tables."""
    check, same = "--check" in sys.argv, True
    for name, make in TABLES.items():
        path, text = project.data() / f"tables/{name}.csv", make().to_csv(index=False, lineterminator="\n")
        if check:
            same &= path.read_text(encoding="utf-8") == text
        else:
            path.write_text(text, encoding="utf-8")
    return int(not same)


if __name__ == "__main__":
    sys.exit(main())
