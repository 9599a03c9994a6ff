"""Files of awards, of any publisher and year, in one table; and what became of every row of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final, NamedTuple

import pandas as pd

from pfpp_utils.data.awards import (
    agreement,
    columns,
    duplicates,
    entries,
    layouts,
    readings,
    reports,
    scale,
    totals,
    vintages,
)
from pfpp_utils.data.awards.entries import REASON
from pfpp_utils.data.awards.findings import Repair
from pfpp_utils.data.awards.quality import FileReport
from pfpp_utils.errors import InputError

_FILE: Final = "number of file"
_BODY: Final = "number of sheet"


@dataclass(frozen=True)
class Reading:
    """Awards, and how they were read.

    Attributes
    ----------
    awards
        One row an award, columns :data:`~pfpp_utils.data.awards.columns.CANONICAL`: amounts in pounds
        (float64, exact to the penny), dates as dates, all else text.
    files
        One report a file, in the order given.
    """

    awards: pd.DataFrame
    files: list[FileReport]


def read(paths: Sequence[Path], *, mapping: Path | None = None, year: str | None = None) -> Reading:
    """Read files of awards.

    Parameters
    ----------
    paths
        Workbooks, delimited texts or 360Giving JSON.
    mapping
        Layout of files that no known one fits; where it fits, it comes first.
    year
        Keep the awards of that financial year only, such as ``"2020-21"``: the year that the file names or
        else that of the award date. Files that know neither are taken to be of that year.

    Returns
    -------
    Reading
        Awards of all files, and a report on each.

    Raises
    ------
    InputError
        If a file cannot be read or is given twice, two are of the same year, a mapping fits none of them,
        amounts are in another unit than a workbook's own total, or there is no award of that year.
    """
    if not paths:
        raise InputError(
            "no file to read", where="files", found="none", allowed="one or more files of awards"
        )
    vintages.refuse_copies(paths)
    loaded = [_load(reading) for reading in _readings(paths, mapping)]
    alike = vintages.refuse_same_year([vintage for file in loaded for vintage in file.vintages])
    rows = pd.concat([file.rows.assign(**{_FILE: n}) for n, file in enumerate(loaded)], ignore_index=True)
    rows = duplicates.mark(rows, rows[_FILE])
    checks = [_compare(rows[rows[_FILE] == n], file.reading) for n, file in enumerate(loaded)]
    if year:
        rows = _of_year(rows, year)
    files = [
        reports.make(
            file.reading,
            rows[rows[_FILE] == n],
            repaired=file.repaired,
            checks=checks[n],
            warnings=[
                *(said for path, said in alike if path == file.reading.file),
                *duplicates.said(rows[rows[_FILE] == n]),
            ],
        )
        for n, file in enumerate(loaded)
    ]
    awards = rows.loc[rows[REASON].isna(), list(columns.CANONICAL)]
    return Reading(awards.reset_index(drop=True), files)


class _Loaded(NamedTuple):
    reading: readings.Reading
    rows: pd.DataFrame
    repaired: list[Repair]
    vintages: list[vintages.Vintage]


def _readings(paths: Sequence[Path], mapping: Path | None) -> list[readings.Reading]:
    if mapping is None:
        return [readings.read(path) for path in paths]
    own, known = [layouts.read(mapping)], layouts.known()
    fitting = [_try(path, own) for path in paths]
    faults = [found for found in fitting if isinstance(found, InputError)]
    if len(faults) == len(paths):
        raise faults[0]
    return [
        readings.read(path, known) if isinstance(found, InputError) else found
        for path, found in zip(paths, fitting, strict=True)
    ]


def _try(path: Path, own: list[layouts.Layout]) -> readings.Reading | InputError:
    try:
        return readings.read(path, own)
    except InputError as error:
        return error


def _load(reading: readings.Reading) -> _Loaded:
    """Read amounts and dates, set totals aside, and let go of the cells as text."""
    tables, repaired, covers = [], [], []
    for number, body in enumerate(reading.bodies):
        rows, decisions = entries.read(body)
        rows[REASON] = totals.mark(rows, body.columns)
        covers.append(vintages.of(reading.file, body.layout, rows))
        tables.append(rows.assign(**{_BODY: number}))
        repaired += decisions
    bodies = tuple(
        replace(body, cells=body.cells.iloc[:0].copy(), sheet=replace(body.sheet, cells=pd.DataFrame()))
        for body in reading.bodies
    )
    return _Loaded(replace(reading, bodies=bodies), pd.concat(tables, ignore_index=True), repaired, covers)


def _compare(rows: pd.DataFrame, reading: readings.Reading) -> list[tuple[str, bool]]:
    """Hold rows of a file against the totals that it states, and against the unit that they were read in."""
    parts = [rows[rows[_BODY] == number] for number in range(len(reading.bodies))]
    both = list(zip(parts, reading.bodies, strict=True))
    stated = [check for part, body in both if (check := agreement.compare(part, body))]
    doubts = [(text, False) for part, body in both for text in scale.said(part, body)]
    return [*stated, *scale.compare(rows, parts, reading.claims), *doubts]


def _of_year(rows: pd.DataFrame, year: str) -> pd.DataFrame:
    by_file = [vintages.reasons(those, year) for _, those in rows.groupby(_FILE, sort=False)]
    reason = rows[REASON].fillna(pd.concat(by_file))
    if reason.notna().all():
        years = sorted(rows["year"].dropna().unique())
        raise InputError("no awards of that year", where="year", found=year, allowed=years)
    return rows.assign(**{REASON: reason, "year": rows["year"].mask(reason.isna(), year)})
