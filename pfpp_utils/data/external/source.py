"""One official file or family of files: where it is published and what it looks like."""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass, field
from typing import Any

from pfpp_utils.data.external import years


@dataclass(frozen=True)
class Table:
    """A table that a file must hold.

    Attributes
    ----------
    columns
        Headers that it must have, in any order; upper and lower case and blanks around do not matter.
    sheet
        Sheet it must be on; empty for any.
    year
        Financial year to whose file this applies; None for all.
    rows
        How many rows it has, if that is known.
    sums
        Sum of a column, by its header, where it is known.
    """

    columns: tuple[str, ...]
    sheet: str = ""
    year: str | None = None
    rows: int | None = None
    sums: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Edition:
    """A known edition of a file, by its checksum (SHA-256, 64 hexadecimal digits)."""

    edition: str
    sha256: str
    year: str | None = None


@dataclass(frozen=True)
class Source:
    """An entry of ``data/sources.yml``.

    Attributes
    ----------
    name, what, publisher, page, licence
        What it is called here, what it is, who publishes it, where and under which terms.
    get
        How to get it: ``govuk`` (path of a page) with ``attachment`` and ``unless`` (regular expressions),
        ``url``, or ``by_hand`` (what to do).
    files, not_files
        Names that publishers give the file, with wildcards; names that are not meant although they fit.
    kinds, smallest, largest, tables, keys
        What it looks like: kinds of file, the preferred one first; bytes; tables; keys of a JSON object.
    editions, new_editions
        Known editions, and whether others are to be expected.
    yearly, several
        Whether there is one a financial year, and whether any number may be held.
    """

    name: str
    what: str
    publisher: str
    page: str
    licence: str
    get: dict[str, Any]
    files: tuple[str, ...]
    not_files: tuple[str, ...]
    kinds: tuple[str, ...]
    smallest: int
    largest: int
    tables: tuple[Table, ...]
    keys: tuple[str, ...]
    editions: tuple[Edition, ...]
    new_editions: bool
    yearly: bool
    several: bool

    @staticmethod
    def of(raw: dict[str, Any]) -> Source:
        """Make a source of an entry that fits the schema."""
        looks = raw["looks"]
        tables = tuple(
            Table(**{**table, "columns": tuple(table["columns"])}) for table in looks.get("tables", ())
        )
        return Source(
            **{key: raw[key] for key in ("name", "what", "publisher", "page", "licence", "get")},
            files=tuple(raw["files"]),
            not_files=tuple(raw.get("not_files", ())),
            kinds=tuple(looks["kinds"]),
            smallest=looks["bytes"][0],
            largest=looks["bytes"][1],
            tables=tables,
            keys=tuple(looks.get("keys", ())),
            editions=tuple(Edition(**edition) for edition in raw.get("editions", ())),
            new_editions=raw.get("new_editions", False),
            yearly=raw.get("yearly", False),
            several=raw.get("several", False),
        )


@dataclass(frozen=True)
class Item:
    """A source, or one year of it."""

    source: Source
    year: str | None = None

    @property
    def label(self) -> str:
        """Name that says the year too, such as ``grants-register-awards-2016-17``."""
        return f"{self.source.name}-{self.year}" if self.year else self.source.name

    @property
    def page(self) -> str:
        """Where it is published."""
        return years.spell(self.source.page, self.year)

    def is_named(self, name: str) -> bool:
        """Whether a file of that name is meant: as the publisher calls it, or as it is saved here.

        Parameters
        ----------
        name
            Name of a file without its folder.
        """
        lower, source = name.lower(), self.source
        year = years.in_name(lower) if source.yearly else None
        if source.yearly and (year is None or self.year not in (None, year)):
            return False
        ours = lower.startswith(f"{source.name}-{year}." if year else f"{source.name}.")
        fits = any(fnmatch.fnmatchcase(lower, pattern.lower()) for pattern in source.files)
        return ours or (
            fits and not any(fnmatch.fnmatchcase(lower, pattern.lower()) for pattern in source.not_files)
        )

    def editions(self) -> tuple[Edition, ...]:
        """Return the editions known of it."""
        return tuple(each for each in self.source.editions if each.year == self.year)

    def tables(self) -> tuple[Table, ...]:
        """Return the tables that it must hold."""
        return tuple(each for each in self.source.tables if each.year in (None, self.year))
