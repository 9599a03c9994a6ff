"""How each table of the data package may be published, as its schema says under ``pfpp:disclosure``."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any

import pandas as pd

from pfpp_utils import project
from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import disclosure, disclosure_layout
from pfpp_utils.methods.disclosure_table import Control, Treated, treat

KEY = tables.DISCLOSURE
KEYS = {"preset", "reason", "publish", "least", "base", "totals_from", "zeros", *disclosure_layout.KEYS}


def control(given: object, *, where: str) -> Control:
    """Read what is to be done to a table before it is published.

    Parameters
    ----------
    given
        ``preset``; for ``none`` a ``reason``, else the layout (see
        :class:`pfpp_utils.methods.disclosure_layout.Layout`); for ``custom`` also ``least``, ``base``,
        ``zeros`` and ``totals_from``, which is ``own`` or ``shown``. ``publish: false`` forbids publication.
    where
        What to call the place in messages.

    Returns
    -------
    Control
        Rule and layout.

    Raises
    ------
    InputError
        If it is not stated, forbids publication, names no preset that exists, or does not make sense.
    """
    if not isinstance(given, Mapping):
        allowed = f'an object with "preset", one of {", ".join([*disclosure.PRESETS, "custom"])}'
        raise InputError("disclosure control is not stated", where=where, found=given, allowed=allowed)
    if given.get("publish", True) is not True:
        found = given.get("reason", "no reason is given")
        allowed = "tables that may be published; keep others outside the data package"
        raise InputError(
            "its schema forbids publishing this table", where=where, found=found, allowed=allowed
        )
    if strange := sorted(set(given) - KEYS):
        raise InputError(
            "unknown key of disclosure control", where=where, found=strange, allowed=sorted(KEYS)
        )
    rule = disclosure.from_descriptor(given, where=where)
    if rule.off:
        if not str(given.get("reason") or "").strip():
            allowed = "why this may be published as it is"
            raise InputError(
                "preset none needs a reason", where=where, found=given.get("reason"), allowed=allowed
            )
        return Control(rule)
    return Control(rule, disclosure_layout.from_descriptor(given, where=where))


def of(name: str) -> Control:
    """Look up what is to be done to a table of the data package before it is published.

    Parameters
    ----------
    name
        Name of the table.

    Returns
    -------
    Control
        Rule and layout.

    Raises
    ------
    InputError
        As for :func:`control`.
    """
    return control(tables.describe(name).get(KEY), where=f"data/datapackage.json, table {name}, {KEY}")


def treated(name: str) -> Treated:
    """Treat a whole table of the data package, so that all pages withhold the same.

    Parameters
    ----------
    name
        Name of the table.

    Returns
    -------
    Treated
        The table as it may be published.

    Raises
    ------
    InputError
        As for :func:`control`, or if the table cannot be treated.
    """
    return _treated(name, (project.data() / tables.describe(name)["path"]).read_bytes(), repr(of(name)))


@lru_cache(maxsize=32)
def _treated(name: str, content: bytes, rule: str) -> Treated:
    return treat(tables.load(name), of(name), where=f"table {name}")


def content(name: str) -> bytes:
    """Content of the file that is offered for download: the table's own, or the table as it may be published.

    Parameters
    ----------
    name
        Name of the table.
    """
    if of(name).rule.off:
        return (project.data() / tables.describe(name)["path"]).read_bytes()
    return treated(name).frame.to_csv(index=False, lineterminator="\n").encode()


def faults(broken: set[str]) -> Iterator[tuple[str, InputError]]:
    """Find tables that cannot be published as their schema says.

    Parameters
    ----------
    broken
        Names of tables whose content is at fault already; only their schema is looked at.

    Yields
    ------
    tuple of str and InputError
        Name of the table, and what is wrong.
    """
    for name in tables.names():
        try:
            if not of(name).rule.off and name not in broken:
                treated(name)
        except InputError as error:
            yield name, error


def persons() -> list[dict[str, Any]]:
    """Names of persons in the data package: fields marked ``"pfpp:person": true``.

    Returns
    -------
    list of dict
        ``{"person": name}`` for each.
    """
    found: dict[str, None] = {}
    for name in tables.names():
        marked = [
            field["name"] for field in tables.describe(name)["schema"]["fields"] if field.get("pfpp:person")
        ]
        if marked:
            cells: pd.DataFrame = tables.load(name)[marked]
            found |= dict.fromkeys(str(cell) for cell in cells.to_numpy().ravel() if pd.notna(cell))
    return [{"person": name} for name in found]
