"""One row of texts held against one layout: which of its columns they would be the headers of."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase

from pfpp_utils.data.awards import columns, headers
from pfpp_utils.data.awards.layouts import Layout
from pfpp_utils.errors import InputError


@dataclass(frozen=True)
class Match:
    """What a row of headers would be in a layout.

    Attributes
    ----------
    layout
        The layout.
    headers
        The texts, "" where blank.
    positions
        Columns that each canonical column is taken from: more than one are joined.
    years
        Financial year of each column that is a year's amount.
    year_from
        Column that states the year of a row, or None.
    missing
        Needed canonical columns that are not there.
    """

    layout: Layout
    headers: tuple[str, ...]
    positions: dict[str, tuple[int, ...]]
    years: dict[int, str]
    year_from: int | None
    missing: tuple[str, ...]

    @property
    def score(self) -> tuple[bool, int, bool]:
        """Whether nothing is missing, how many columns are known, whether the layout asks for more."""
        asks = self.layout.recognise
        known = len(self.positions) + len(self.years)
        return not self.missing, known, bool(asks.headers or asks.cells or asks.files)

    @property
    def amounts(self) -> tuple[int, ...]:
        """Columns that are amounts."""
        return tuple(self.years) or self.positions.get(columns.AMOUNT, ())

    @property
    def used(self) -> set[int]:
        """All columns that are taken."""
        taken = {each for several in self.positions.values() for each in several}
        return taken | set(self.years) | ({self.year_from} - {None} if self.year_from is not None else set())


def match(texts: Sequence[str], layout: Layout) -> Match:
    """Hold a row of texts against a layout.

    Parameters
    ----------
    texts
        Cells of the row, "" where blank.
    layout
        The layout.

    Returns
    -------
    Match
        Whatever fits, also where too little does.

    Raises
    ------
    InputError
        If nothing needed is missing and two columns have the same claim to be one that is needed, or to be
        the amount of one year.
    """
    keys = [headers.key(text) if text else "" for text in texts]
    positions = {name: found for name, heads in layout.columns.items() if (found := _positions(keys, heads))}
    years = _years(texts, keys, layout)
    if layout.years:
        positions.pop(columns.AMOUNT, None)
    elif columns.AMOUNT in layout.columns and columns.AMOUNT not in positions:
        undated = [headers.undated(text) if text else "" for text in texts]
        if found := _positions(undated, layout.columns[columns.AMOUNT]):
            positions[columns.AMOUNT] = found
    missing = [name for name in layout.needed if name not in positions]
    if layout.years and not years:
        missing.append(f"{columns.AMOUNT} of a year")
    year_from = next(iter(_positions(keys, layout.year_from)), None)
    made = Match(layout, tuple(texts), positions, years, year_from, tuple(missing))
    return made if missing else _unambiguous(made)


def nearest(texts: Iterable[str], layout: Layout, name: str) -> str:
    """Name the text that is most like an accepted header of a canonical column; "" if none is like it."""
    from rapidfuzz import fuzz, process  # noqa: PLC0415 only for messages

    by_key = {headers.key(text): text for text in texts if text}
    likely = [
        (score, by_key[key])
        for head in layout.columns.get(name, ())
        for key, score, _ in process.extract(
            headers.key(head), by_key.keys(), scorer=fuzz.WRatio, score_cutoff=75, limit=1
        )
    ]
    return max(likely, default=(0, ""))[1]


def recognised(found: Match, first_cells: dict[str, str]) -> bool:
    """Whether the headers and cells are there that the layout is recognised by besides.

    Parameters
    ----------
    found
        The match.
    first_cells
        The first cell below the header that is not blank, by canonical column.

    Returns
    -------
    bool
        True for a layout that asks for nothing.
    """
    asks, keys = found.layout.recognise, {headers.key(text) for text in found.headers if text}
    return (
        all(headers.key(each) in keys for each in asks.headers)
        and not any(like(key, each) for each in asks.without for key in keys)
        and all(like(first_cells.get(name, ""), each) for name, each in asks.cells.items())
    )


def like(text: str, pattern: str) -> bool:
    """Whether a text matches a pattern such as ``CRF*``, whatever the letter case and the blanks around."""
    return fnmatchcase(text.strip().casefold(), _literal(pattern.strip().casefold()))


def _positions(keys: Sequence[str], heads: Sequence[str]) -> tuple[int, ...]:
    for head in heads:
        wanted = headers.pattern(head)
        if found := tuple(at for at, key in enumerate(keys) if key and fnmatchcase(key, _literal(wanted))):
            return found
    return ()


def _literal(pattern: str) -> str:
    """Let nothing but the star stand for other text."""
    return pattern.replace("[", "[[]").replace("?", "[?]")


def _years(texts: Sequence[str], keys: Sequence[str], layout: Layout) -> dict[int, str]:
    found = {}
    for position, (text, key) in enumerate(zip(texts, keys, strict=True)):
        stated = headers.years(text)
        if not key or any(like(key, each) for each in layout.ignore):
            continue
        for pattern, year in layout.years.items():
            if year != "{year}" and fnmatchcase(key, _literal(headers.pattern(pattern))):
                found[position] = year
            elif year == "{year}" and len(stated) == 1 and like(text, pattern.replace("{year}", "*")):
                found[position] = stated[0]
    return found


def _unambiguous(found: Match) -> Match:
    names = [name for name in found.layout.needed if len(found.positions.get(name, ())) > 1]
    twice = [found.headers[each] for name in names for each in found.positions[name]]
    several = [year for year in found.years.values() if list(found.years.values()).count(year) > 1]
    twice += [found.headers[each] for each, year in found.years.items() if year in several]
    if twice:
        allowed = "one column each; say which in a mapping, by `columns`, `years` and `ignore`"
        where = f"the header, in layout {found.layout.name}"
        raise InputError("two columns are the same", where=where, found=twice, allowed=allowed)
    return found
