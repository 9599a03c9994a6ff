"""Registers of grant awards, read into one shape whatever their publisher called the columns."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pfpp_utils.data import places, tables
from pfpp_utils.errors import InputError

REGISTERS = {"2020-21": "illustrative_grants_register_2020-21"}

COLUMNS = {
    "Identifier": "award",
    "Title": "award_title",
    "Amount Awarded": "amount_gbp",
    "Award Date": "award_date",
    "Grant Programme:Code": "programme",
    "Grant Programme:Title": "programme_title",
    "Grant Programme:Policy Area": "policy_area",
    "Funding Org:Name": "department",
    "Recipient Org:Identifier": "recipient",
    "Recipient Org:Name": "recipient_name",
    "Recipient Org:Type": "recipient_type",
    "Recipient Org:Charity Number": "charity_number",
    "Recipient Org:Company Number": "company_number",
    "Allocation Method": "allocation_method",
    "Beneficiary Location:Name": "place",
}


@dataclass(frozen=True)
class Register:
    """Awards of one financial year, with what must be said wherever they are shown.

    Attributes
    ----------
    awards
        One row an award: the values of :data:`COLUMNS`, then `pilot`. `amount_gbp` is in whole pounds
        of that year, `award_date` a date, `place` the place that benefits, `pilot` its slug in table
        ``pilots`` (missing outside the 13 places); the rest is text, missing where not stated.
    year
        Financial year, such as ``"2020-21"``.
    illustrative
        Whether the awards are invented.
    title
        Label for titles, such as ``"illustrative register 2020-21"``: show it with every result.
    source
        Where the awards come from, for the source line of a figure or table.
    """

    awards: pd.DataFrame
    year: str
    illustrative: bool
    title: str
    source: str


def read_register(year: str = "2020-21") -> Register:
    """Read the register of one financial year.

    The only one so far is the illustrative register 2020-21: invented awards whose counts equal those
    published in section 3.1.3 of the report (``scripts/make_illustrative_register.py``).

    Parameters
    ----------
    year
        A year from :func:`years`.

    Returns
    -------
    Register
        Awards in canonical columns, with year, title and source.

    Raises
    ------
    InputError
        If there is no register of that year, or its table cannot be read.
    """
    name = REGISTERS[check(year)]
    resource = tables.describe(name)
    illustrative = bool(resource.get("pfpp:illustrative", False))
    title = f"{'illustrative ' if illustrative else ''}register {year}"
    return Register(_canonical(name), year, illustrative, title, source=resource["title"])


def years() -> list[str]:
    """Financial years of which there is a register."""
    return sorted(REGISTERS)


def check(year: str, *, where: str = "year") -> str:
    """Return `year` if there is a register of it.

    Parameters
    ----------
    year
        Financial year, such as ``"2020-21"``.
    where
        What the message names: a file and line, or an argument.

    Returns
    -------
    str
        `year` as given.

    Raises
    ------
    InputError
        If there is none.
    """
    if year not in REGISTERS:
        raise InputError("no grants register of that year", where=where, found=year, allowed=years())
    return year


def _canonical(name: str) -> pd.DataFrame:
    awards = tables.load(name)[list(COLUMNS)].rename(columns=COLUMNS)
    slugs = {label: slug for slug, label in places.labels().items()}
    return awards.assign(award_date=_dates(awards["award_date"], name), pilot=awards["place"].map(slugs))


def _dates(text: pd.Series[str], name: str) -> pd.Series[pd.Timestamp]:
    dates = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    bad = dates.isna() & text.notna()
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise InputError(
            "a value is not a date",
            where=f"data/tables/{name}.csv, line {row + 2}, column Award Date",
            found=text.iloc[row],
            allowed="a date such as 2020-04-30",
        )
    return dates
