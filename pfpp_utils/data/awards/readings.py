"""Files of awards or schemes: which sheets of a file are read, and which are not and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from pfpp_utils.data.awards import assembling, claims, fitting, sheets, stated, threesixty
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.claims import Claim
from pfpp_utils.data.awards.fitting import Header, UnrecognisedError
from pfpp_utils.data.awards.layouts import Layout, known
from pfpp_utils.data.awards.matching import like
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.errors import InputError


@dataclass(frozen=True)
class Skipped:
    """A sheet that is not read: its name, how many rows it holds, and why not."""

    sheet: str
    rows: int
    reason: str


@dataclass(frozen=True)
class Reading:
    """What a file holds.

    Attributes
    ----------
    file
        The file.
    bodies
        One a sheet with rows; at least one.
    skipped
        The other sheets.
    claims
        Totals that the file states where no layout says what they are of.
    """

    file: Path
    bodies: tuple[Body, ...]
    skipped: tuple[Skipped, ...]
    claims: tuple[Claim, ...] = ()


def read(path: Path, layouts: Sequence[Layout] | None = None) -> Reading:
    """Read a file of awards or schemes.

    Of a workbook, the sheets that a layout names are read, or if it names none that are there, all whose
    header is recognised. Hidden sheets are not, nor are schemes where there are awards.

    Parameters
    ----------
    path
        A workbook, a delimited text, or 360Giving JSON.
    layouts
        Those to try: a user's mapping alone, or by default all that are known.

    Returns
    -------
    Reading
        Every row of every sheet, in one of the bodies or among what is listed beside them.

    Raises
    ------
    InputError
        If the file cannot be read, or no header in it or in a sheet that its layout names is recognised.
    """
    if sheets.kind(path) == "json":
        return Reading(path, (threesixty.read(path),), ())
    found = sheets.read(path)
    for layout in (each for each in layouts or () if each not in known()):
        _require_sheet(layout, found)
    tried = known() if layouts is None else layouts
    headers = {sheet.name: _find(sheet, tried) for sheet in found}
    good = {name: each.match.layout for name, each in headers.items() if isinstance(each, Header)}
    faults = {name: each for name, each in headers.items() if isinstance(each, UnrecognisedError)}
    if not good:
        raise max(faults.values(), key=lambda each: each.known, default=_blank(path, found))
    for name, fault in faults.items():
        if any(_named(layout, name) for layout in good.values()):
            raise fault
    why = {sheet.name: _why(sheet, good) for sheet in found}
    skipped = (Skipped(each.name, len(each.cells), why[each.name]) for each in found if why[each.name])
    bodies = tuple(_bodies(found, headers, why))
    return Reading(path, bodies, tuple(skipped), tuple(_claims(found, bodies, why)))


def _find(sheet: Sheet, layouts: Sequence[Layout]) -> Header | UnrecognisedError | None:
    try:
        return None if sheet.hidden else fitting.find(sheet, layouts)
    except UnrecognisedError as error:
        return error


def _bodies(
    found: list[Sheet], headers: Mapping[str, Header | UnrecognisedError | None], why: Mapping[str, str]
) -> Iterator[Body]:
    for sheet in found:
        header = headers[sheet.name]
        if isinstance(header, Header) and not why[sheet.name]:
            yield _with_total(assembling.body(sheet, header.row, header.match), found)


def _claims(found: list[Sheet], bodies: Sequence[Body], why: Mapping[str, str]) -> Iterator[Claim]:
    """Find totals above headers and on sheets that are not read, unless a layout says what they are of."""
    compared = {body.stated.sheet for body in bodies if body.stated}
    for sheet in found:
        if why[sheet.name] and sheet.name not in compared:
            yield from claims.of_sheet(sheet)
    for body in bodies:
        yield from claims.above(body.sheet, body.header_row)


def _require_sheet(layout: Layout, found: list[Sheet]) -> None:
    """Refuse a user's mapping that names sheets of which none is there."""
    names = [sheet.name for sheet in found if sheet.name]
    if layout.sheets and names and not any(_named(layout, name) for name in names):
        where = f"{layout.source}, sheets"
        raise InputError("no such sheet in the file", where=where, found=list(layout.sheets), allowed=names)


def _named(layout: Layout, sheet: str) -> bool:
    return any(like(sheet, name) for name in layout.sheets)


def _why(sheet: Sheet, good: Mapping[str, Layout]) -> str:
    """Say why a sheet is not read; "" if it is."""
    if sheet.hidden:
        return "hidden"
    if sheet.name not in good:
        return "blank" if sheet.cells.empty else "no header of awards or schemes"
    layout = good[sheet.name]
    if not _named(layout, sheet.name) and any(_named(layout, name) for name in good if good[name] == layout):
        return "not one that the layout names"
    if layout.level == "schemes" and any(each.level == "awards" for each in good.values()):
        return "schemes, beside the awards under them"
    return ""


def _with_total(body: Body, found: list[Sheet]) -> Body:
    rule = assembling.rule(body.layout, body.sheet.name)
    return replace(body, stated=stated.find(rule.total, found)) if rule and rule.total else body


def _blank(path: Path, found: list[Sheet]) -> InputError:
    names = [sheet.name for sheet in found]
    return InputError(
        "no sheet to read", where=path.name, found=names, allowed="a sheet with rows, not hidden"
    )
