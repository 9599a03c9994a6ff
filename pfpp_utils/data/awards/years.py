"""The financial year of each row: what its own cell says, or the amount's header, or a name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import pandas as pd

from pfpp_utils.data.awards import headers
from pfpp_utils.data.awards.matching import Match
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.data.awards.text_cells import TEXT
from pfpp_utils.errors import InputError


class Years(NamedTuple):
    """Financial year of each row, missing where nothing says it; all of them; what a reader must know."""

    of_row: pd.Series[str]
    every: frozenset[str]
    notes: tuple[str, ...]


class _Said(NamedTuple):
    year: str
    by: str


def find(sheet: Sheet, inside: pd.DataFrame, match: Match) -> Years:
    """Settle the financial year of each row.

    The column that states the year comes first, then the header of the amounts, the layout, the sheet's name
    and the file's. Whatever contradicts what comes before it is listed; a row whose own cell is blank is then
    of no known year.

    Parameters
    ----------
    sheet
        The sheet.
    inside
        Its rows below the header.
    match
        What the header is.

    Returns
    -------
    Years
        With the index of `inside`.

    Raises
    ------
    InputError
        If the column and the header of the amounts state different years: neither can be believed.
    """
    cells = _stated(inside, match)
    others = [] if match.years else list(_by_names(sheet, match))
    where = f"{sheet.file.name}{f', sheet {sheet.name!r}' if sheet.name else ''}"
    _refuse_two(cells, others, where)
    found = sorted(cells.dropna().unique())
    first = next(iter(others), None)
    column = f"the column {match.headers[match.year_from]!r}" if match.year_from is not None else ""
    chosen = ", ".join(found) or (first.year if first else "")
    by = column if found else first.by if first else ""
    notes = [
        f"{where}: {other.by} says {other.year}, but {by} {chosen}, which is taken"
        for other in others
        if set(found or [chosen]) != {other.year} and other.by != by
    ]
    against = any(first and first.year != year for year in found)
    rest = pd.NA if first is None or against else first.year
    if lacking := int(cells.isna().sum()) if found else 0:
        notes += [f"{where}: {lacking:,} rows state no year: {_taken(rest)}"] * against
    notes += _unreadable(inside, match, cells, where, rest)
    of_row = cells.fillna(rest) if isinstance(rest, str) else cells
    every = (
        frozenset(match.years.values()) or frozenset(of_row.dropna()) or {said.year for said in others[:1]}
    )
    return Years(of_row, frozenset(every), tuple(notes))


def _stated(inside: pd.DataFrame, match: Match) -> pd.Series[str]:
    """Return the year in each row's own cell."""
    if match.year_from is None:
        return pd.Series(pd.NA, index=inside.index, dtype=TEXT)
    written = inside[match.year_from]
    return written.map(lambda text: next(iter(headers.years(text)), pd.NA), na_action="ignore").astype(TEXT)


def _by_names(sheet: Sheet, match: Match) -> Iterator[_Said]:
    """Say what else names one year, the best first."""
    amounts = {year for each in match.amounts for year in headers.years(match.headers[each])}
    heads = ", ".join(repr(match.headers[each]) for each in match.amounts)
    if len(amounts) == 1:
        yield _Said(amounts.pop(), f"the header {heads}")
    if match.layout.year:
        yield _Said(match.layout.year, f"layout {match.layout.name}")
    for text, what in ((sheet.name, "the sheet's name"), (sheet.file.stem, "the file's name")):
        named = headers.years(text)
        if len(named) == 1:
            yield _Said(named[0], what)


def _refuse_two(cells: pd.Series[str], others: list[_Said], where: str) -> None:
    headed = next((said for said in others if said.by.startswith("the header")), None)
    wrong = sorted(set(cells.dropna()) - {headed.year}) if headed else []
    if headed and wrong:
        found = f"{headed.year} in {headed.by}, {', '.join(wrong)} in the column of years"
        allowed = "one year; or a mapping file without `year_from`, with the `year` of all rows"
        raise InputError("the year of the amounts is not clear", where=where, found=found, allowed=allowed)


def _unreadable(
    inside: pd.DataFrame, match: Match, cells: pd.Series[str], where: str, rest: object
) -> Iterator[str]:
    """List cells of the column that state no financial year, such as 2013."""
    if match.year_from is not None:
        odd = inside.loc[cells.isna(), match.year_from].dropna()
        if len(odd):
            shown = ", ".join(repr(text) for text in odd.drop_duplicates().head(3))
            what = (
                f"{len(odd):,} cells of the column {match.headers[match.year_from]!r} state no financial year"
            )
            yield f"{where}: {what} ({shown}): {_taken(rest)}"


def _taken(rest: object) -> str:
    return f"taken as {rest}" if isinstance(rest, str) else "their year is not known"
