"""The rows below a header under canonical names, and what becomes of every other row."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from string import ascii_uppercase
from typing import cast

import pandas as pd

from pfpp_utils.data.awards import columns, headers, mojibake, outside, years
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.layouts import Layout, SheetRule, Unit
from pfpp_utils.data.awards.matching import Match, like
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.data.awards.text_cells import TEXT
from pfpp_utils.errors import InputError

_UNITS = "pounds, thousand or million; state it as `unit` in a mapping"


def body(sheet: Sheet, row: int, match: Match) -> Body:
    """Put together the rows below a header.

    Parameters
    ----------
    sheet
        The sheet.
    row
        Row of its header as a spreadsheet numbers it.
    match
        What the header is.

    Returns
    -------
    Body
        Every row of the sheet is in its cells or listed beside them; `stated` is None.

    Raises
    ------
    InputError
        If the unit is not known or not as the header says, or a formula was saved without its value in a
        column that is needed.
    """
    reasons = outside.reasons(sheet, row, match)
    inside = sheet.cells[reasons.isna()]
    _require_values(sheet, inside, match)
    known = years.find(sheet, inside, match)
    cells = _canonical(sheet, inside, match, known.of_row)
    cells, repaired = mojibake.mend_cells(cells, cells["row"])
    heads = {name: _heads(match, several) for name, several in match.positions.items()}
    return Body(
        layout=match.layout,
        sheet=sheet,
        header_row=row,
        cells=cells,
        rows=len(inside),
        unit=_unit(sheet, match, known.every),
        columns=heads | ({columns.AMOUNT: _heads(match, tuple(match.years))} if match.years else {}),
        unused=tuple(text for each, text in enumerate(match.headers) if text and each not in match.used),
        lacking=tuple(name for name in match.layout.columns if name not in match.positions),
        blank_rows=sheet.height - len(sheet.cells),
        outside=outside.listed(sheet, reasons.drop(row), match),
        stated=None,
        repaired=repaired,
        notes=(*known.notes, *_beyond(sheet, inside, match)),
    )


def _beyond(sheet: Sheet, inside: pd.DataFrame, match: Match) -> Iterator[str]:
    """Say which rows have cells right of the last header, as where a stray comma has parted a text."""
    last = max(at for at, text in enumerate(match.headers) if text)
    over = inside.iloc[:, last + 1 :].notna().any(axis=1)
    if rows := inside.index[over].tolist():
        where = f"{sheet.file.name}{f', sheet {sheet.name!r}' if sheet.name else ''}"
        shown = ", ".join(map(str, rows[:10])) + (f" and {len(rows) - 10:,} more" if len(rows) > 10 else "")
        yield (
            f"{where}: {len(rows):,} rows have cells right of the last header, which are not read (row "
            f"{shown}): are the others below their own headers?"
        )


def _canonical(sheet: Sheet, inside: pd.DataFrame, match: Match, year: pd.Series[str]) -> pd.DataFrame:
    taken = {name: _joined(inside, several) for name, several in match.positions.items()}
    cells = pd.DataFrame(taken, index=inside.index).reindex(columns=list(columns.PUBLISHED)).astype(TEXT)
    cells = cells.fillna(_constants(match.layout, sheet.name))
    cells["file"], cells["sheet"], cells["row"] = sheet.file.name, sheet.name, inside.index
    cells["year"] = year
    if match.years:
        cells = _by_year(cells, inside, match.years)
    texts = dict.fromkeys(("file", "sheet", "year"), TEXT)
    return cells[list(columns.CANONICAL)].astype({**texts, "row": "int64"}).reset_index(drop=True)


def _joined(inside: pd.DataFrame, several: tuple[int, ...]) -> pd.Series[str]:
    """Join the texts of several columns that are one; most are one already."""
    first, *others = (inside[position].str.strip() for position in several)
    for other in others:
        first = first.str.cat(other, sep=columns.JOINED).fillna(first).fillna(other)
    return first


def _by_year(cells: pd.DataFrame, inside: pd.DataFrame, years: dict[int, str]) -> pd.DataFrame:
    """Make one row a row and year that has an amount; a row with none at all stays, without a year."""
    parts = [
        cells.assign(**{columns.AMOUNT: inside[position].str.strip()}).assign(year=year)
        for position, year in sorted(years.items(), key=lambda each: each[1])
    ]
    none = cells[inside[list(years)].isna().all(axis=1)]
    long = pd.concat([*(part[part[columns.AMOUNT].notna()] for part in parts), none])
    return long.rename_axis(None).sort_values("row", kind="stable")


def _constants(layout: Layout, sheet: str) -> dict[str, str]:
    rules = [each.constants for each in layout.by_sheet if like(sheet, each.sheet)]
    return {name: text for constants in (layout.constants, *rules) for name, text in constants.items()}


def rule(layout: Layout, sheet: str) -> SheetRule | None:
    """Return what a layout says of one sheet, or None."""
    return next((each for each in layout.by_sheet if like(sheet, each.sheet)), None)


def _unit(sheet: Sheet, match: Match, of: frozenset[str]) -> Unit:
    """Settle the unit by header and layout, which must not contradict each other."""
    stated = {unit for each in match.amounts if (unit := headers.unit(match.headers[each]))}
    layout = match.layout.unit
    by_year = [layout.get(year) for year in sorted(of)] if isinstance(layout, Mapping) else [layout]
    units = {unit for unit in (*stated, *by_year) if unit}
    if len(units) == 1 and "billion" not in units and (stated or all(by_year)):
        return cast(Unit, units.pop())
    where = (
        f"{sheet.file.name}{f', sheet {sheet.name!r}' if sheet.name else ''}, {_heads(match, match.amounts)}"
    )
    in_layout = ", ".join(str(unit) for unit in dict.fromkeys(by_year))
    if len(units) > 1 or "billion" in units:
        found = (
            f"{', '.join(sorted(stated)) or 'none'} in the header, {in_layout} in layout {match.layout.name}"
        )
        raise InputError("the unit of amounts is not clear", where=where, found=found, allowed=_UNITS)
    lacking = [year for year, unit in zip(sorted(of), by_year, strict=False) if not unit]
    found = (
        f"none for {', '.join(lacking) or 'a file without a year in its name'} in layout {match.layout.name}"
    )
    raise InputError("the unit of amounts is not known", where=where, found=found, allowed=_UNITS)


def _require_values(sheet: Sheet, inside: pd.DataFrame, match: Match) -> None:
    """Refuse formulas without a value where a needed cell of the row is blank."""
    needed = [each for name in match.layout.needed for each in match.positions.get(name, ())]
    blank = inside.index[inside[sorted({*needed, *match.amounts})].isna().any(axis=1)]
    rows = set(blank) if sheet.unvalued else set()
    at = [
        address for address in sheet.unvalued if not address or int(address.lstrip(ascii_uppercase)) in rows
    ]
    if at and rows:
        found = ", ".join(filter(None, at)) or f"{len(at)} formulas"
        allowed = "a workbook that a spreadsheet program has computed and saved"
        where = f"{sheet.file.name}, sheet {sheet.name!r}"
        raise InputError("a formula was saved without its value", where=where, found=found, allowed=allowed)


def _heads(match: Match, several: tuple[int, ...]) -> str:
    return columns.JOINED.join(match.headers[each] for each in several)
