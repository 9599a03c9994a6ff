"""A table of costs as an analyst has it, brought into the shape of table ``costs``."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from pfpp_utils.data.awards import headers, money, sheets
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.data.own.placing import council
from pfpp_utils.errors import InputError

#: Headings that people give to the four columns.
HEADINGS = {
    "place": "place|area|location|site|local authority|authority|council|district|borough|ward|town|"
    "project place",
    "year": "year|financial year|fin year|fy|yr|period",
    "amount_gbp": "amount gbp|amount|cost gbp|spend|total|value|expenditure|actual|£|total cost|cost",
    "what": "what|item|description|category|cost type|heading|budget heading|cost heading|budget line|"
    "budget|activity|type|cost",
}
FIRST, LAST = 2019, 2024
_ALLOWED = (
    "a table with headings place, what, year and amount_gbp (or words like them), one row a cost; or with "
    "place, what and a column of amounts for each financial year, headed such as 2023-24"
)
_TOTAL = re.compile(r"(?:grand |sub-? ?)?totals?\b.*|.*\b(?:sub-? ?)?totals?")
#: What stands where nothing was spent.
_NOTHING = ("", "-", "--", "\N{EN DASH}", "\N{EM DASH}", "nil")


class _Table(NamedTuple):
    """A sheet, the row of its headings, their columns, and the columns that are a year's amounts."""

    sheet: Sheet
    row: int
    positions: dict[str, int]
    years: dict[int, str]


def read(path: Path, places: dict[str, str]) -> pd.DataFrame:
    """Read a table of costs.

    Parameters
    ----------
    path
        A workbook or delimited text.
    places
        Names of the places by slug; the file may use either.

    Returns
    -------
    pandas.DataFrame
        The columns of table ``costs``, all text but `amount_gbp`, with the row that each came from as `item`.

    Raises
    ------
    InputError
        Naming file and row: a heading, place, year or amount that cannot be used, or a place without a cost.
    """
    table = _header(path)
    slugs = {each: slug for slug, name in places.items() for each in (slug, name.casefold(), council(name))}
    made = []
    for number, cells in table.sheet.cells[table.sheet.cells.index > table.row].fillna("").iterrows():
        for given in _costs(cells, table):
            if not given["place"] and given["what"]:
                allowed = "a place in every row; of merged cells only the first holds it"
                where = f"{path.name}, row {number}"
                raise InputError("a cost without a place", where=where, found=given["what"], allowed=allowed)
            if given["place"]:
                made.append(
                    _row(given, f"{path.name}, row {number}", slugs, places) | {"item": f"row {number}"}
                )
    lacking = [name for slug, name in places.items() if slug not in {each["place"] for each in made}]
    if lacking:
        raise InputError(
            "a place without a cost",
            where=path.name,
            found=", ".join(lacking),
            allowed="a cost for each place",
        )
    return pd.DataFrame(made).assign(
        cost=[f"cost_{number}" for number in range(1, len(made) + 1)],
        example=None,
        document="costs_file",
        section="table",
    )


def _costs(cells: pd.Series[str], table: _Table) -> Iterator[dict[str, str]]:
    """Give each cost of a row; of totals and of what is blank there is none."""
    given = {name: str(cells[at]).strip() for name, at in table.positions.items()}
    if any(_TOTAL.fullmatch(given[name].casefold()) for name in ("place", "what")):
        return
    for at, year in table.years.items():
        amount = str(cells[at]).strip()
        if amount.casefold() not in _NOTHING:
            yield {**given, "year": year, "amount_gbp": amount}
    if not table.years and given["amount_gbp"].casefold() not in _NOTHING:
        yield given


def _header(path: Path) -> _Table:
    """Find the row that names the columns."""
    nearest: tuple[int, list[str], str] = (0, [], path.name)
    for sheet in (each for each in sheets.read(path) if not each.hidden):
        for row, texts in sheet.cells.head(20).fillna("").iterrows():
            positions, years = _columns(texts.tolist())
            lacking = [name for name in HEADINGS if name not in positions]
            if not lacking or (years and not {"place", "what"} & set(lacking)):
                return _Table(sheet, int(str(row)), positions, {} if not lacking else years)
            if len(positions) >= nearest[0]:
                where = f"{path.name}, row {row}, no {', '.join(lacking)}"
                nearest = (len(positions), [text for text in texts if text], where)
    raise InputError("not a table of costs", where=nearest[2], found=nearest[1], allowed=_ALLOWED)


def _columns(texts: list[str]) -> tuple[dict[str, int], dict[int, str]]:
    """Take a row for headings: the columns of those that are known, and of financial years."""
    keys, positions = [headers.key(text) for text in texts], dict[str, int]()
    for name, heads in HEADINGS.items():
        for head in map(headers.key, heads.split("|")):
            free = [at for at, key in enumerate(keys) if key == head and at not in positions.values()]
            if free and name not in positions:
                positions[name] = free[0]
    years = {at: text for at, text in enumerate(texts) if len(headers.years(text)) == 1}
    return positions, years


def _row(
    given: dict[str, str], where: str, slugs: dict[str, str], places: dict[str, str]
) -> dict[str, object]:
    place = (
        slugs.get(given["place"])
        or slugs.get(given["place"].casefold())
        or slugs.get(council(given["place"]))
    )
    if place is None:
        allowed = ", ".join(f"{slug} or {name}" for slug, name in places.items())
        raise InputError("an unknown place", where=where, found=given["place"], allowed=allowed)
    return {
        "place": place,
        "what": given["what"] or "not stated",
        "year": _year(given["year"], where),
        "amount_gbp": _amount(given["amount_gbp"], where),
    }


def _year(text: str, where: str) -> str:
    years = headers.years(text)
    if len(years) != 1:
        allowed = "a financial year such as 2023-24"
        raise InputError("not a financial year", where=where, found=text, allowed=allowed)
    if not FIRST <= int(years[0][:4]) <= LAST:
        allowed = f"{FIRST}-{FIRST - 1999} to {LAST}-{LAST - 1999}, the years whose prices the deflator knows"
        raise InputError("a year whose prices are not known", where=where, found=text, allowed=allowed)
    return str(years[0])


def _amount(text: str, where: str) -> float:
    parts = money.split(money.tidy(pd.Series([text]))).iloc[0]
    if not parts["number"] or parts["negative"] or parts["foreign"] or parts["suffix"] or parts["power"]:
        raise InputError(
            "not an amount", where=where, found=text, allowed="pounds, such as 12500 or £12,500.00"
        )
    return float(f"{parts['whole'].replace(',', '').replace(' ', '') or 0}.{parts['part'] or 0}")
