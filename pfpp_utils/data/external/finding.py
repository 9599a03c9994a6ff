"""Find an official file by its name in ``data/sources.yml``."""

from __future__ import annotations

from pathlib import Path

from pfpp_utils.data import reads
from pfpp_utils.data.external import catalogue, record, years
from pfpp_utils.data.external.files import folder, held
from pfpp_utils.errors import InputError


def find(name: str, year: str | None = None) -> Path | None:
    """Find an official file.

    Parameters
    ----------
    name
        Name in ``data/sources.yml``, which may end in a year: ``"grants-register-awards-2016-17"``.
    year
        Financial year such as ``"2016-17"``, if the name does not say it.

    Returns
    -------
    pathlib.Path or None
        The file, or None if it is not held.

    Raises
    ------
    InputError
        If the source is unknown, a year is needed and not given, or two files could be meant.
    """
    item = catalogue.item(name, year)
    if item.source.yearly and not item.year:
        there = ", ".join(held_years(name)) or "none"
        allowed = f"the name with a year, such as {name}-2020-21; held: {there}"
        raise InputError("which year is not said", where=name, found=name, allowed=allowed)
    found = held(item)
    if len(found) > 1:
        raise InputError(
            f"{len(found)} files could be meant",
            where=f"{item.label} in {folder()}",
            found=", ".join(str(path.relative_to(folder())) for path in found),
            allowed="one file; move the others out of the folder",
        )
    path = found[0] if found else None
    record.note(item.label, path)
    reads.note_official(item.label)
    return path


def find_all(name: str, year: str | None = None) -> list[Path]:
    """Find every file of a source: of all years, or of the kind of which any number may be held.

    Parameters
    ----------
    name, year
        As for :func:`find`; without a year, all years.

    Returns
    -------
    list of pathlib.Path
        Sorted; empty if none is held.

    Raises
    ------
    InputError
        If the source is unknown.
    """
    item = catalogue.item(name, year)
    found = held(item)
    for path in found:
        record.note(item.label, path)
    if not found:
        record.note(item.label, None)
    reads.note_official(item.label)
    return found


def need(name: str, year: str | None = None) -> Path:
    """Find an official file that one cannot do without.

    Parameters
    ----------
    name, year
        As for :func:`find`.

    Returns
    -------
    pathlib.Path
        The file.

    Raises
    ------
    InputError
        As for :func:`find`; and if it is not held, saying how to get it.
    """
    path = find(name, year)
    if path is None:
        item = catalogue.item(name, year)
        by_hand = f"put it into {folder()}; it is published at {item.page}"
        get = item.source.get
        allowed = (
            f"{get['by_hand']} Then {by_hand}"
            if "by_hand" in get
            else f"`pfpp data get {item.label}`, or {by_hand}"
        )
        raise InputError(
            "an official file is not held", where=str(folder()), found=item.label, allowed=allowed
        )
    return path


def held_years(name: str) -> list[str]:
    """Financial years of which a file is held.

    Parameters
    ----------
    name
        A source that has years.

    Returns
    -------
    list of str
        Sorted, each once.
    """
    found = held(catalogue.item(name))
    return sorted({year for path in found if (year := years.in_name(path.name))})
