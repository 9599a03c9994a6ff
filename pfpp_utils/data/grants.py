"""Registers of grant awards: the official one of a year where it is held, otherwise an illustrative one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pfpp_utils.data import external, places, tables
from pfpp_utils.data.assembled import PLACED_BY, Assembled
from pfpp_utils.data.external.years import check as check_year
from pfpp_utils.errors import InputError

#: The register that is bundled, which is illustrative, and the year that it stands for.
BUNDLED, BUNDLED_YEAR = "illustrative_grants_register_2020-21", "2020-21"
#: Official registers, by their name in ``data/sources.yml``.
OFFICIAL = "grants-register-awards"

#: Columns of the illustrative register, which names organisations, places and policy areas itself.
COLUMNS = {
    "Identifier": "award",
    "Title": "award_title",
    "Amount Awarded": "amount_gbp",
    "Award Date": "award_date",
    "Grant Programme:Code": "programme",
    "Grant Programme:Title": "programme_title",
    "Grant Programme:Policy Area": "policy_area",
    "Funding Org:Name": "funder",
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
        One row an award: the values of :data:`COLUMNS`, then `pilot`. `amount_gbp` is in pounds
        of that year, `award_date` a date, `place` where the recipient is (the illustrative register: the
        place that benefits), `pilot` its slug in table ``pilots`` (missing outside the 13 places); the rest
        is text, missing where not stated. Of an official register, also the columns of
        :class:`pfpp_utils.data.assembled.Assembled`.
    year
        Financial year, such as ``"2020-21"``.
    illustrative
        Whether the awards are invented.
    title
        Label for titles, such as ``"illustrative register 2020-21"``: show it with every result.
    source
        Where the awards come from, for the source line of a figure or table.
    assembled
        How an official register was read, placed and matched; None for the illustrative one.
    """

    awards: pd.DataFrame
    year: str
    illustrative: bool
    title: str
    source: str
    assembled: Assembled | None = None


def read_register(year: str = BUNDLED_YEAR) -> Register:
    """Read the official register of a financial year if it is held, and the illustrative one if not.

    Parameters
    ----------
    year
        Financial year, such as ``"2016-17"``.

    Returns
    -------
    Register
        `illustrative` says which; the illustrative register is of 2020-21, whatever year was asked for.

    Raises
    ------
    InputError
        If the year is none, or the official file is not what it should be.
    """
    path = external.find(OFFICIAL, check(year))
    if path is None or not placeable():
        return bundled()
    assembled = read([path], year=year)
    awards = assembled.awards.assign(place=assembled.awards["pilot"].map(places.labels()))
    source = f"Cabinet Office, Government Grants Register {year} ({path.name}), placed by recipient's address"
    return Register(
        awards, year, illustrative=False, title=f"register {year}", source=source, assembled=assembled
    )


def bundled() -> Register:
    """Read the register that is bundled: the illustrative one of 2020-21.

    Its awards are invented; its counts equal those published in section 3.1.3 of the report
    (``scripts/make_illustrative_register.py``).

    Returns
    -------
    Register
        Awards in canonical columns, with year, title and source.

    Raises
    ------
    InputError
        If its table cannot be read.
    """
    awards = tables.load(BUNDLED)[list(COLUMNS)].rename(columns=COLUMNS)
    slugs = {label: slug for slug, label in places.labels().items()}
    awards = awards.assign(award_date=_dates(awards["award_date"]), pilot=awards["place"].map(slugs))
    resource = tables.describe(BUNDLED)
    invented = bool(resource.get("pfpp:illustrative", False))
    title = f"{'illustrative ' if invented else ''}register {BUNDLED_YEAR}"
    return Register(awards, BUNDLED_YEAR, invented, title, source=resource["title"])


def read(files: Sequence[Path], *, mapping: Path | None = None, year: str | None = None) -> Assembled:
    """Read and assemble files of awards, or take what was assembled from the same files before.

    Parameters
    ----------
    files
        Files of awards, of any layout that is known.
    mapping
        Layout of files that no known one fits.
    year
        Keep the awards of that financial year only.

    Returns
    -------
    Assembled
        Every award of the files.

    Raises
    ------
    InputError
        As for :func:`pfpp_utils.data.assembly.read`.
    """
    from pfpp_utils.data import assembly, store  # noqa: PLC0415 seconds: not for pages that read no register

    given = [*files, *([mapping] if mapping else [])]
    for file in given:
        if not file.is_file():
            raise InputError("no such file", where="the files to read", found=str(file), allowed="a file")
    official = [path for name in PLACED_BY if (path := external.find(name))]
    used = [*given, *official]
    return store.through(used, lambda: assembly.read(files, mapping=mapping, year=year), year or "")


def placeable() -> bool:
    """Whether the official files are held that recipients are placed by."""
    return all(external.find(name) for name in PLACED_BY)


def years() -> list[str]:
    """Financial years of which a register can be read: those held, and that of the illustrative one."""
    return sorted({BUNDLED_YEAR, *external.held_years(OFFICIAL)})


def check(year: str, *, where: str = "year") -> str:
    """Return `year` if it is a financial year.

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
        If it is not written as one, or its second part does not follow the first.
    """
    return check_year(year, where=where)


def _dates(text: pd.Series[str]) -> pd.Series[pd.Timestamp]:
    dates = pd.to_datetime(text, format="%Y-%m-%d", errors="coerce")
    bad = dates.isna() & text.notna()
    if bad.any():
        row = int(bad.to_numpy().argmax())
        raise InputError(
            "a value is not a date",
            where=f"data/tables/{BUNDLED}.csv, line {row + 2}, column Award Date",
            found=text.iloc[row],
            allowed="a date such as 2020-04-30",
        )
    return dates
