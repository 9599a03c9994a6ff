"""Case files of a programme's own places, held against its table of costs."""

from __future__ import annotations

import pandas as pd

from pfpp_utils import project
from pfpp_utils.data import cases, places, tables
from pfpp_utils.data.cases import CaseFile
from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import exact


def load(place: str) -> CaseFile:
    """Read the case file of a place.

    Parameters
    ----------
    place
        Slug of the place.

    Returns
    -------
    CaseFile
        ``data/cases/PLACE.yml``, whose costs are those of table ``costs``, year by year.

    Raises
    ------
    InputError
        If the place is unknown or has no case file, or its costs are others than the table's.
    """
    path = project.data() / "cases" / f"{places.check(place)}.yml"
    if not path.is_file():
        raise InputError(
            "a place without its case file",
            where=f"data/cases/{path.name}",
            found="no such file",
            allowed="a case file; copy that of another place and change it",
        )
    made = cases.read(path)
    _require_costs(made, place)
    return made


def by_year(costs: pd.DataFrame) -> pd.DataFrame:
    """Add up costs by place and financial year.

    Parameters
    ----------
    costs
        Table ``costs``: `place`, `year` and `amount_gbp` (pounds, cash of that financial year).

    Returns
    -------
    pandas.DataFrame
        `place`, `year`, `amount_gbp`, in order of place and year.
    """
    return costs.groupby(["place", "year"], sort=True)["amount_gbp"].sum().reset_index()


def name(year: str) -> str:
    """Name the costs of a financial year as case files do."""
    return f"costs of {year}"


def _require_costs(made: CaseFile, place: str) -> None:
    """Refuse a case file whose costs have parted from the table."""
    own = by_year(tables.load("costs").query("place == @place"))
    known = {name(year): exact(float(gbp)) for year, gbp in zip(own["year"], own["amount_gbp"], strict=True)}
    given = {cost.name: cost.amount.gbp for cost in made.case().costs}
    if given != known:
        raise InputError(
            "costs differ from table costs",
            where=f"data/cases/{made.name}, costs",
            found="; ".join(f"{cost}: {float(gbp):,.2f}" for cost, gbp in given.items()) or "none",
            allowed="; ".join(f"{cost}: {float(gbp):,.2f}" for cost, gbp in known.items())
            or f"rows for {place} in data/tables/costs.csv",
        )


def faults() -> list[InputError]:
    """Find the places whose case file is missing or has parted from the table of costs."""
    found = []
    for place in places.slugs() if tables.has("costs") else ():
        try:
            load(place)
        except InputError as error:
            found.append(error)
    return found
