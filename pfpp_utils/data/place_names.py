"""All names under which a place may be looked for: its own, its pilot's, its authorities', former ones."""

from __future__ import annotations

from collections.abc import Iterator

from pfpp_utils.data import tables


def known() -> dict[str, list[str]]:
    """Read the names of every place.

    Returns
    -------
    dict
        Names by slug, the place's own first, each once. From tables ``pilots``, ``pilot_authorities`` and
        ``authority_names``; in a project of one's own from ``places`` and ``place_areas``.
    """
    found: dict[str, list[str]] = {}
    for slug, name in _own() if tables.has("places") else _pilots():
        found.setdefault(slug, [])
        if name not in found[slug]:
            found[slug].append(name)
    return found


def _own() -> Iterator[tuple[str, str]]:
    yield from _pairs("places", "place", "name")
    kinds = _pairs("place_areas", "place", "kind")
    areas = zip(kinds, _pairs("place_areas", "place", "value"), strict=True)
    yield from (area for (_, kind), area in areas if kind == "authority")


def _pilots() -> Iterator[tuple[str, str]]:
    yield from _pairs("pilots", "pilot", "place")
    yield from _pairs("pilots", "pilot", "pilot_name")
    yield from _pairs("pilot_authorities", "pilot", "authority_name")
    others = list(_pairs("authority_names", "authority", "name"))
    for slug, code in _pairs("pilot_authorities", "pilot", "authority"):
        yield from ((slug, name) for authority, name in others if authority == code)


def _pairs(table: str, key: str, value: str) -> Iterator[tuple[str, str]]:
    """Read two columns; nothing where a project has no such table or column."""
    fields = tables.describe(table)["schema"]["fields"] if tables.has(table) else []
    if {key, value} <= {field["name"] for field in fields}:
        yield from zip(tables.column(table, key), tables.column(table, value), strict=True)
