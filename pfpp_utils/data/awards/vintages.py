"""Which years files are of: none given twice, no two of one year, and only the year that is asked for."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from itertools import combinations
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from pfpp_utils.data.awards import columns
from pfpp_utils.data.awards.entries import REASON
from pfpp_utils.data.awards.layouts import Layout
from pfpp_utils.errors import InputError

OTHER_YEAR: Final = "another year"
NO_YEAR: Final = "year not known"


class Vintage(NamedTuple):
    """What one sheet of a file is of: layout, financial years, funders ("" for one not named)."""

    file: Path
    layout: Layout
    years: frozenset[str]
    funders: frozenset[str]


def of(file: Path, layout: Layout, entries: pd.DataFrame) -> Vintage:
    """Tell what a sheet is of.

    Parameters
    ----------
    file, layout
        Where it is, and how it is laid out.
    entries
        Its rows.

    Returns
    -------
    Vintage
        Years that its file or sheet names, and funders of its awards.
    """
    awards = entries[entries[REASON].isna()]
    funders = awards[columns.FUNDER].fillna("").unique()
    return Vintage(file, layout, frozenset(awards["year"].dropna().unique()), frozenset(funders))


def refuse_copies(files: Sequence[Path]) -> None:
    """Refuse files with the same content.

    Parameters
    ----------
    files
        Files to read; those that do not exist are passed over.

    Raises
    ------
    InputError
        Naming both.
    """
    seen: dict[str, Path] = {}
    for file in filter(Path.is_file, files):
        with file.open("rb") as content:
            digest = hashlib.file_digest(content, "sha256").hexdigest()
        if digest in seen:
            both = f"{seen[digest]} and {file}"
            raise InputError("the same file twice", where="files", found=both, allowed="each file once")
        seen[digest] = file


def refuse_same_year(vintages: Sequence[Vintage]) -> list[tuple[Path, str]]:
    """Refuse two files that count the same money: of one year, one funder and one layout, or its schemes.

    Parameters
    ----------
    vintages
        What the sheets of all files are of.

    Returns
    -------
    list of tuple of Path and str
        Files with a warning each: another one of its layout and year, with no funder in common; or one of a
        funder of both, while only one of the two names its year.

    Raises
    ------
    InputError
        Naming both files, the year and a funder.
    """
    warnings: list[tuple[Path, str]] = []
    for one, other in combinations(vintages, 2):
        if one.file == other.file or not _comparable(one.layout, other.layout):
            continue
        years, funders = ", ".join(sorted(one.years & other.years)), sorted(one.funders & other.funders)
        if years and funders:
            found = f"{one.file} and {other.file}, both {years}" + f" of {funders[0]}" * bool(funders[0])
            allowed = "one file a year: awards or schemes, in their latest version"
            raise InputError("two files of the same year", where="files", found=found, allowed=allowed)
        said = _said(one, other, years, funders)
        warnings += [(each.file, said) for each in (one, other) if said]
    return list(dict.fromkeys(warnings))


def _said(one: Vintage, other: Vintage, years: str, funders: list[str]) -> str:
    """Say what is to be known of two files that are of one kind; "" if nothing is."""
    if years:
        return f"{one.file} and {other.file} are both of {years}, of different funders"
    if funders and bool(one.years) != bool(other.years):
        bare, dated = (other, one) if one.years else (one, other)
        known = f"{dated.file} ({', '.join(sorted(dated.years))})"
        return f"{bare.file} names no year, and may be of that of {known}: rows that stand in both count once"
    return ""


def reasons(entries: pd.DataFrame, year: str) -> pd.Series[str]:
    """Tell which rows are not of a year.

    Parameters
    ----------
    entries
        Rows of one file. A row for which the file names no year is of that of its award date, April to March;
        if the file has neither year nor award date at all, it is taken to be of the year asked for.
    year
        Financial year, such as ``"2020-21"``.

    Returns
    -------
    pandas.Series
        The reason; missing for rows of that year.
    """
    named = entries["year"].fillna(financial_year(entries[columns.AWARD_DATE]))
    if not named.notna().any():
        named = named.fillna(year)
    found = pd.Series(pd.NA, index=entries.index, dtype="string")
    return found.mask(named != year, OTHER_YEAR).mask(named.isna(), NO_YEAR)


def financial_year(dates: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """Name the financial year, April to March, of dates.

    Parameters
    ----------
    dates
        Any dates.

    Returns
    -------
    pandas.Series
        Such as ``2020-21``; missing where there is no date.
    """
    start = (dates.dt.year - (dates.dt.month < 4)).astype("Int64")
    end = ((start + 1) % 100).astype("string").str.zfill(2)
    return start.astype("string") + "-" + end


def _comparable(one: Layout, other: Layout) -> bool:
    return one.name == other.name or (one.publisher == other.publisher and one.level != other.level)
