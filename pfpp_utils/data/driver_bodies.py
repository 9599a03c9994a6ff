"""Bodies of awards whose drivers are sought, and the measures of the authorities that they went to."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from pfpp_utils.data import areas, external, funding_kinds, grants, tables
from pfpp_utils.data.geography import gazetteer
from pfpp_utils.methods import driver_values

#: Second body of awards, apart from the register: all of one programme and year.
CULTURE, CULTURE_YEAR = "culture-recovery-fund", "2020-21"
#: Measure held here for the driver that the report expected, by its wording in table ``spend_drivers``.
EXPECTED = {
    "deprivation": "deprivation",
    "business formation rates": "business_births",
    "crime rates": "crime_severity",
    "number of young people": "young_people",
}


@dataclass(frozen=True)
class Bodies:
    """Awards of several funders with the areas to compare.

    Attributes
    ----------
    awards
        One row an award: `body` (funder and year), `department` (code in table ``departments``, missing if it
        is none), `funder`, `year`, `authority`, `amount_gbp`, `headquarters`.
    measures
        One row an area compared, its code the index: :data:`pfpp_utils.data.areas.MEASURES`.
    upper
        Upper-tier area of every code: a county for its districts, else the area itself.
    illustrative
        Whether the awards are invented. The areas then are the pilots, by their slugs.
    areas, source
        What the areas are called, and the source line.
    """

    awards: pd.DataFrame
    measures: pd.DataFrame
    upper: dict[str, str]
    illustrative: bool
    areas: str
    source: str

    def without_headquarters(self) -> Bodies:
        """Leave out the awards of recipients that may be head offices.

        Returns
        -------
        Bodies
            On the same areas.
        """
        return replace(self, awards=self.awards[~self.awards["headquarters"]])

    def whole_counties(self) -> Bodies:
        """Put each county together with its districts, so that what the county got counts.

        Returns
        -------
        Bodies
            On upper-tier authorities; measures that are scores become means weighted by population.
        """
        area = self.awards["authority"].map(self.upper).fillna(self.awards["authority"])
        of = self.measures.index.to_series().map(self.upper)
        measures = driver_values.together(self.measures, of)
        awards = self.awards.assign(authority=area)
        return Bodies(awards, measures, self.upper, self.illustrative, "upper-tier authorities", self.source)

    def contests(self) -> dict[str, Bodies]:
        """Vary what might make the answer: the areas compared, and awards that may be at head offices.

        Returns
        -------
        dict
            Bodies by a name for readers, these themselves first; only what differs from them.
        """
        found = {self.areas: self}
        if self.upper:
            whole = self.whole_counties()
            found[whole.areas] = whole
        if self.awards["headquarters"].any():
            each = list(found.items())
            found |= {f"{name} without head offices": one.without_headquarters() for name, one in each}
        return found


def read(year: str) -> Bodies:
    """Read the register of a year and the Culture Recovery Fund, or the illustrative register.

    Parameters
    ----------
    year
        Financial year of the register.

    Returns
    -------
    Bodies
        Of what is held: register, Culture Recovery Fund or both, with all English authorities. Without
        official files, the illustrative register with the pilot places.

    Raises
    ------
    InputError
        If the year is none, or an official file is not what it should be.
    """
    register = grants.read_register(year)
    culture = external.find(CULTURE)
    if not areas.held() or not grants.placeable() or (register.illustrative and culture is None):
        return _illustrative()
    parts = [] if register.illustrative else [register.awards]
    names = [] if register.illustrative else [f"Cabinet Office, Government Grants Register {year}"]
    if culture is not None:
        found = grants.read([culture]).awards
        parts.append(found.assign(year=CULTURE_YEAR, body=f"Culture Recovery Fund {CULTURE_YEAR}"))
        names.append("Arts Council England, Culture Recovery Fund awards, 2020-21")
    awards = pd.concat(parts, ignore_index=True)
    table = gazetteer.load_councils().authorities.table
    measures = areas.statistics()[list(areas.MEASURES)]
    english = table.loc[table["nation"] == "England", "upper_tier_code"].dropna()
    upper = {str(code): str(area) for code, area in english.items()}
    source = "; ".join([*names, "measures as listed"])
    return Bodies(_described(awards), measures, upper, False, "authorities", source)


def _illustrative() -> Bodies:
    register = grants.bundled()
    pilots = tables.load("area_statistics").set_index("authority")
    measures = driver_values.together(pilots[list(areas.MEASURES)].astype(float), pilots["pilot"])
    awards = register.awards.assign(
        authority=register.awards["pilot"], headquarters=False, year=register.year
    )
    awards = awards[awards["pilot"].notna()]
    source = f"{register.source}; measures as listed"
    return Bodies(_described(awards), measures, {}, True, "pilot places", source)


def _described(awards: pd.DataFrame) -> pd.DataFrame:
    """Name bodies by funder and year, and find the department that each answers to."""
    named = awards["body"] if "body" in awards else pd.Series(pd.NA, awards.index, dtype="string")
    body = named.fillna(awards["funder"] + " " + awards["year"])
    answers_to = funding_kinds.kinds(awards)["department"].astype("string")
    department = funding_kinds.of_department(awards["funder"]).fillna(answers_to)
    kept = ["funder", "year", "authority", "amount_gbp", "headquarters"]
    return awards[kept].assign(body=body, department=department)
