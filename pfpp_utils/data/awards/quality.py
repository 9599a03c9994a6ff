"""What became of every row of a file: kept, set aside, repaired, suspicious; with counts and value."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import pandas as pd

from pfpp_utils.data.awards.columns import AMOUNT
from pfpp_utils.data.awards.findings import Repair, SetAside, SheetRows, Suspicion


@dataclass(frozen=True)
class FileReport:
    """What became of one file.

    `rows_read` = `awards` + the rows of `set_aside`, and `value_read` = `value` + theirs, to the penny.

    Attributes
    ----------
    file, layout, year
        Name of the file, its layout, and its financial year (several are joined by ``; ``; None: not known).
    rows_read, value_read
        Rows below the header that are not blank, and their amounts in pounds. Where each year has a column of
        its own, a row counts once for each amount.
    awards, value
        Awards kept, and their amounts in pounds.
    set_aside, repaired, suspicious
        What happened to the rest, and what was done to and found in those kept.
    warnings
        What a person should know before using the figures, in sentences.
    checks
        Totals that the file itself states and that were found to agree, in sentences.
    sheets
        Where the rows of each sheet went.
    unused
        Columns that the file has and the table has not.
    """

    file: str
    layout: str
    year: str | None
    rows_read: int
    value_read: float
    awards: int
    value: float
    set_aside: tuple[SetAside, ...] = ()
    repaired: tuple[Repair, ...] = ()
    suspicious: tuple[Suspicion, ...] = ()
    warnings: tuple[str, ...] = ()
    checks: tuple[str, ...] = ()
    sheets: tuple[SheetRows, ...] = ()
    unused: tuple[str, ...] = ()


def as_json(report: FileReport) -> dict[str, Any]:
    """Return a report as plain values that JSON can hold; rows set aside are told by number only.

    Parameters
    ----------
    report
        Of one file.

    Returns
    -------
    dict
        The attributes of the report by name, in order.
    """
    return {field.name: _plain(getattr(report, field.name)) for field in fields(report)}


def to_frame(*reports: FileReport) -> pd.DataFrame:
    """Return reports as a tidy table.

    Parameters
    ----------
    reports
        Of any number of files.

    Returns
    -------
    pandas.DataFrame
        One row a file and finding: `file`, `layout`, `year`, `outcome` (``read``, ``kept``, ``set aside``,
        ``repaired`` or ``suspicious``), `finding`, `field`, `rows`, `value_gbp` (missing for repairs),
        `examples`, `meaning`. Rows and value kept and set aside add up to those read.
    """
    names = ["outcome", "finding", "field", "rows", "value_gbp", "examples", "meaning"]
    rows = [
        (report.file, report.layout, report.year, *finding)
        for report in reports
        for finding in _findings(report)
    ]
    return pd.DataFrame(rows, columns=["file", "layout", "year", *names])


def _findings(report: FileReport) -> list[tuple[object, ...]]:
    return [
        ("read", "", "", report.rows_read, report.value_read, "", ""),
        ("kept", "", "", report.awards, report.value, "", ""),
        *(
            ("set aside", s.reason, AMOUNT, s.rows, s.value, _listed(s.examples), "")
            for s in report.set_aside
        ),
        *(("repaired", r.what, "", r.count, None, _listed(r.examples), "") for r in report.repaired),
        *(
            ("suspicious", s.kind, s.field, s.rows, s.value, _listed(s.examples), s.meaning)
            for s in report.suspicious
        ),
    ]


def _listed(texts: tuple[str, ...]) -> str:
    return "; ".join(texts)


def _plain(value: object) -> object:
    if isinstance(value, SheetRows):
        return value._asdict()
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, SetAside | Repair | Suspicion):
        return {
            f.name: _plain(getattr(value, f.name)) for f in fields(value) if f.name not in {"cells", "places"}
        }
    return value
