"""The report on one file, made from its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

import pandas as pd

from pfpp_utils.data.awards import amounts, columns, dates, duplicates, entries, money, suspicions, totals
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.entries import REASON, REPAIR, WRITTEN
from pfpp_utils.data.awards.findings import Repair, SetAside, SheetRows, Suspicion, examples, pounds, where
from pfpp_utils.data.awards.quality import FileReport
from pfpp_utils.data.awards.readings import Reading

_FAULTS: Final = {
    dates.AMBIGUOUS: "Two readings are possible and nothing in the column settles which: left empty.",
    dates.IMPOSSIBLE: "No day of the calendar: left empty.",
    dates.SERIAL: "Perhaps a spreadsheet's count of days: left empty.",
    dates.UNREADABLE: "Left empty.",
    entries.LATE: "In summer that is midnight of the next day in Britain: the date is kept as written.",
}


def make(
    reading: Reading,
    rows: pd.DataFrame,
    *,
    repaired: Sequence[Repair] = (),
    checks: Sequence[tuple[str, bool]] = (),
    warnings: Sequence[str] = (),
) -> FileReport:
    """Report on a file.

    Parameters
    ----------
    reading
        What the file holds.
    rows
        Its rows, with the reason why some are no awards.
    repaired
        Decisions taken for whole columns.
    checks
        Comparisons with totals that the file states, and whether they agree.
    warnings
        What else is to be said of it.

    Returns
    -------
    FileReport
        In which every row and every penny read is either kept or set aside.
    """
    kept = rows[rows[REASON].isna()]
    return FileReport(
        file=reading.file.name,
        layout="; ".join(dict.fromkeys(body.layout.name for body in reading.bodies)),
        year="; ".join(sorted(kept["year"].dropna().unique())) or None,
        rows_read=len(rows),
        value_read=pounds(rows),
        awards=len(kept),
        value=pounds(kept),
        set_aside=tuple(_set_aside(rows)),
        repaired=(*_repaired(reading, kept), *repaired),
        suspicious=tuple(_suspicious(reading, kept)),
        warnings=(*_warnings(reading, rows), *(text for text, agrees in checks if not agrees), *warnings),
        checks=tuple(text for text, agrees in checks if agrees),
        sheets=tuple(_sheet(body) for body in reading.bodies),
        unused=tuple(dict.fromkeys(name for body in reading.bodies for name in body.unused)),
    )


def _set_aside(rows: pd.DataFrame) -> Iterator[SetAside]:
    for reason, those in rows[rows[REASON].notna()].groupby(REASON, sort=False):
        cells = those[list(columns.CANONICAL)].assign(**{columns.AMOUNT: those[WRITTEN]})
        shown = examples(those[WRITTEN])
        yield SetAside(str(reason), len(those), pounds(those), where(those), shown, cells)


def _repaired(reading: Reading, kept: pd.DataFrame) -> Iterator[Repair]:
    for what, those in kept.groupby(REPAIR, sort=False):
        yield Repair(str(what), len(those), examples(those[WRITTEN]))
    for body in reading.bodies:
        for column, those in body.repaired.groupby("column", sort=False):
            yield Repair(f"characters mended in {column}", len(those), examples(those["found"]))
        if body.sheet.encoding.lower().replace("-", "") not in {"", "utf8", "utf8sig", "ascii"}:
            yield Repair(f"text decoded from {body.sheet.encoding}", body.sheet.height)


def _suspicious(reading: Reading, kept: pd.DataFrame) -> Iterator[Suspicion]:
    whole = kept["file"].notna() & any(body.layout.level == "schemes" for body in reading.bodies)
    called = totals.labelled(kept, {name for body in reading.bodies for name in body.columns})
    kinds = [
        (
            "scheme, not award",
            columns.PROGRAMME,
            whole,
            "A row is a whole scheme: it has no recipients.",
        ),
        ("called a total", columns.AMOUNT, called, "No sum of the rows above: counted."),
        (
            "same identifier",
            columns.IDENTIFIER,
            kept[duplicates.SAME_IDENTIFIER],
            "Awards with one identifier that differ in content: one may be a correction of the other.",
        ),
        (
            "equal rows without identifier",
            columns.RECIPIENT,
            kept[duplicates.EQUAL],
            "Equal to another row, and nothing says whether it is another award: counted.",
        ),
        (
            "possible duplicate",
            columns.IDENTIFIER,
            kept[duplicates.ALIKE],
            "Equal to another in all but the identifier: entered twice, or paid in equal parts. Counted.",
        ),
    ]
    yield from suspicions.find(kept)
    yield from suspicions.listed(kept, kinds)
    for field in columns.DATES:
        texts = kept.assign(**{field: kept[entries.as_written(field)]})
        faults = texts[entries.fault(field)]
        yield from suspicions.listed(
            texts, ((kind, field, faults == kind, why) for kind, why in _FAULTS.items())
        )


def _warnings(reading: Reading, rows: pd.DataFrame) -> Iterator[str]:
    totals_on = " ".join(body.stated.where for body in reading.bodies if body.stated)
    for sheet in reading.skipped:
        if sheet.rows and f"sheet {sheet.sheet!r}" not in totals_on:
            yield f"sheet {sheet.sheet!r} with {sheet.rows:,} rows was not read: {sheet.reason}"
    foreign = rows[rows[REASON] == amounts.OTHER_CURRENCY]
    if len(foreign):
        found = foreign["Currency"].mask(~money.is_foreign(foreign["Currency"])).fillna(foreign[WRITTEN])
        what = f"{len(foreign):,} awards are not in pounds but in another currency"
        kinds, places = ", ".join(examples(found)), "; ".join(where(foreign))
        yield f"{what} ({kinds}): set aside, not converted, and in no sum; {places}"
    for odd in rows[rows[REASON] == entries.NO_SUM].itertuples():
        missing = (
            "the awards in another currency are not in that sum" if len(foreign) else "is anything missing?"
        )
        yield f"row {odd.row} is called a total, but is no sum of the rows above: {missing}"
    for body in reading.bodies:
        yield from body.notes
        name = f"sheet {body.sheet.name!r}" if body.sheet.name else body.sheet.file.name
        if body.sheet.formulas:
            yield f"{name}: {body.sheet.formulas:,} cells are formulas, read as last calculated"
        if body.sheet.unvalued:
            cells = ", ".join(body.sheet.unvalued[:10])
            yield f"{name}: {len(body.sheet.unvalued):,} formulas have no value and read as blank: {cells}"


def _sheet(body: Body) -> SheetRows:
    above = int((body.outside["row"] < body.header_row).sum())
    header, below = int(body.header_row > 0), len(body.outside) - above
    return SheetRows(body.sheet.name, body.sheet.height, header, above, body.blank_rows, body.rows + below)
