"""HM Treasury's Country and Regional Analysis: public spending by department, function and region."""

from __future__ import annotations

import re

import fastexcel
import pandas as pd

from pfpp_utils.data import external
from pfpp_utils.errors import InputError

SOURCE = "cra-2018"
_SHEET = "CRA 2018 database"
_COLUMNS = {
    "Department Name": "department",
    "HMT Function": "function",
    "ID/non-ID": "identifiable",
    "CG, LG, PC, BOE": "sector",
    "NUTS Region": "region",
}
#: The database's names for regions, which change with the department that allocated the money.
_REGIONS = {
    "ENGLAND_North East": "North East",
    "ENGLAND_North West": "North West",
    "ENGLAND_Yorkshire and The Humber": "Yorkshire and The Humber",
    "ENGLAND_Yorkshire and the Humber": "Yorkshire and The Humber",
    "ENGLAND_East Midlands": "East Midlands",
    "ENGLAND_West Midlands": "West Midlands",
    "ENGLAND_East": "East of England",
    "ENGLAND_London": "London",
    "ENGLAND_South East": "South East",
    "ENGLAND_South West": "South West",
    "SCOTLAND": "Scotland",
    "WALES": "Wales",
    "NORTHERN IRELAND": "Northern Ireland",
    "OUTSIDE UK": "Outside the UK",
    "NON-REGIONAL": "Not regional",
}


def read(year: str) -> pd.DataFrame:
    """Read one year's spending, with regions under the names that the Office for National Statistics uses.

    Parameters
    ----------
    year
        Financial year, such as ``"2016-17"``.

    Returns
    -------
    pandas.DataFrame
        One row a department, function, sector and region: `department`, `function` (Treasury's), `sector` (CG
        central government, LG local government, PC public corporations, BOE Bank of England), `identifiable`
        (whether it is for the benefit of one region; False for what is spent for the whole country),
        `region` (nine English ones, Scotland, Wales, Northern Ireland, "Outside the UK", "Not regional") and
        `value_gbp` (whole pounds of that year; negative for income).

    Raises
    ------
    InputError
        If the file is not held or has changed, or the year is not in it.
    """
    database = _database()
    known = [column for column in map(str, database) if re.fullmatch(r"\d{4}-\d{2}", column)]
    if year not in known:
        raise InputError("no regional analysis of that year", where="year", found=year, allowed=known)
    if unknown := sorted(set(database["NUTS Region"].dropna()) - set(_REGIONS)):
        raise InputError("unknown regions", where=f"sheet {_SHEET}", found=unknown, allowed=list(_REGIONS))
    table = database.rename(columns=_COLUMNS).assign(
        identifiable=database["ID/non-ID"].eq("ID"),
        region=database["NUTS Region"].map(_REGIONS),
        value_gbp=(1_000 * database[year].astype(float)).round().astype("int64"),
    )
    keys = ["department", "function", "sector", "identifiable", "region"]
    return table.groupby(keys, as_index=False).agg(value_gbp=("value_gbp", "sum"))


def _database() -> pd.DataFrame:
    path = external.need(SOURCE)
    sheet = fastexcel.read_excel(path).load_sheet(_SHEET, schema_sample_rows=None).to_pandas()
    if missing := [column for column in _COLUMNS if column not in sheet]:
        where = f"{path.name}, sheet {_SHEET}"
        raise InputError("missing columns", where=where, found=list(sheet), allowed=missing)
    return sheet
