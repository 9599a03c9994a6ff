"""Withheld counts that come back by another road: under other names, turned round, or in a text."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, cast

import numpy as np
import pandas as pd

from pfpp_utils import project
from pfpp_utils.data import publication, tables
from pfpp_utils.methods import disclosure_layout
from pfpp_utils.methods.disclosure import WITHHELD
from pfpp_utils.methods.disclosure_table import Treated
from pfpp_utils.publish import gate_figures
from pfpp_utils.publish.gate_figures import Secret
from pfpp_utils.publish.gate_passages import Passage

Labels = frozenset[str]
NUMBER = re.compile(r"(?<![\w.,])-?\d{1,3}(?:,\d{3})+(?:\.\d+)?(?!\w)|(?<![\w.])-?\d+(?:\.\d+)?(?!\w)")
#: Fewest values that tell a column whatever its rows are called.
ENOUGH = 4
#: Digits that tell a number wherever it stands.
TELLING = 5


@dataclass(frozen=True)
class Column:
    """A column of a table of which something must be withheld.

    Attributes
    ----------
    table, name
        What they are called.
    cells
        By the labels of a row: the count as it is, and as it may be shown (None if not at all).
    """

    table: str
    name: str
    cells: Mapping[Labels, tuple[float, float | None]]

    @property
    def told(self) -> str:
        """What it is, without its figures."""
        return f"withheld figures of {self.name} in table {self.table}"


def known(names: Iterable[str]) -> list[Column]:
    """Look up what must not be shown of tables of the data package.

    Parameters
    ----------
    names
        Of tables with a rule that withholds something.

    Returns
    -------
    list of Column
        Columns of counts and ratios of which something is withheld or rounded.
    """
    found: list[Column] = []
    for name in sorted(names):
        content = (project.data() / tables.describe(name)["path"]).read_bytes()
        found += _columns(name, content, repr(publication.of(name)))
    return found


@lru_cache(maxsize=32)
def _columns(name: str, content: bytes, rule: str) -> tuple[Column, ...]:
    layout, whole = publication.of(name).layout, publication.treated(name)
    if layout is None:
        return ()
    before = tables.load(name)
    keys = list(disclosure_layout.by(before, layout))
    labels = [frozenset(map(folded, row)) for row in before[keys].itertuples(index=False)]
    made = []
    for column in (*layout.counts, *layout.ratios):
        after = [None if one == WITHHELD or pd.isna(one) else float(one) for one in whole.frame[column]]
        pairs = zip(labels, before[column].astype(float), after, strict=True)
        cells = {label: (raw, shown) for label, raw, shown in pairs if not pd.isna(raw)}
        if any(raw != shown for raw, shown in cells.values()):
            made.append(Column(name, column, cells))
    return tuple(made)


def in_frame(frame: pd.DataFrame, columns: Iterable[Column]) -> Iterator[str]:
    """Find withheld counts in a table that is about to be shown, whatever became of it since it was read.

    Parameters
    ----------
    frame
        The table, treated or not.
    columns
        From :func:`known`.

    Yields
    ------
    str
        What was found, without the figures: a column or a row that holds them under the same labels,
        turned round or not; a column with all counts under other labels; a number that can be no other.
    """
    cells = [[_Cell.of(value) for value in row] for row in frame.itertuples(index=False, name=None)]
    heads = [_parts(name) for name in frame]
    for column in columns:
        groups = _groups(cells, heads, column)
        told = any(_tells(found, same=folded(column.name) in names) for names, found in groups)
        if told or _all_of(cells, column) or _telling(cells, column):
            yield column.told


def in_texts(texts: Iterable[str], secrets: Iterable[Mapping[str, Any]], *, output: str) -> Iterator[str]:
    """Find withheld figures in texts, with the eyes of the gate: a sentence that names the row and the value.

    Parameters
    ----------
    texts
        Of a figure or table, or of a page.
    secrets
        As :class:`pfpp_utils.methods.disclosure_table.Treated` lists them.
    output
        Address of what the texts belong to.

    Yields
    ------
    str
        Row and column of each, without the figure.
    """
    listed = gate_figures.secrets({**secret, "output": output, "page": "page"} for secret in secrets)
    for secret in listed:
        for text in texts:
            passage, coded = _coded(text, secret, output)
            if gate_figures.found([passage], [coded], file=""):
                yield f"row {', '.join(sorted(secret.labels[0]))}, column {', '.join(sorted(secret.columns))}"
                break


def _coded(text: str, secret: Secret, output: str) -> tuple[Passage, Secret]:
    """Put words for labels that have numbers in them, such as ages: those numbers are no figures."""
    coded = {label: label for way in secret.labels for label in way}
    for place, label in enumerate(sorted(coded, key=len, reverse=True)):
        if re.search(r"\d", label):
            coded[label] = f"label{chr(97 + place % 26)}"
            text = re.sub(rf"(?<!\w){re.escape(label)}(?!\w)", coded[label], text, flags=re.IGNORECASE)
    labels = tuple(frozenset(coded[label] for label in way) for way in secret.labels)
    return Passage((text,), (), output), replace(secret, labels=labels)


def secrets_of(names: Iterable[str]) -> list[dict[str, Any]]:
    """List what is withheld in tables of the data package, as a treated table does.

    Parameters
    ----------
    names
        Of tables.
    """
    done: list[Treated] = [publication.treated(name) for name in sorted(names)]
    return [secret for each in done for secret in each.secrets]


def folded(value: object) -> str:
    """Write a label so that it is the same in an identifier and in a heading.

    Examples
    --------
    >>> folded("North_Tyneside "), folded(2021.0)
    ('north tyneside', '2021')
    """
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(re.sub(r"[_\s-]+", " ", str(value)).split()).casefold()


def numbers(text: str) -> list[float]:
    """List the numbers of a text that stand alone.

    Examples
    --------
    >>> numbers("Ward 3: 1,200 people, 4.5%, A12")
    [3.0, 1200.0, 4.5]
    """
    return [float(found.replace(",", "")) for found in NUMBER.findall(text)]


def number(value: Any) -> float | None:  # noqa: ANN401
    """Read a cell that is a number; None for anything else, and for a missing one.

    Examples
    --------
    >>> number(3), number(True), number("3"), number(float("nan"))
    (3.0, None, None, None)
    """
    if isinstance(value, (str, bool, np.bool_)) or not pd.api.types.is_number(value):
        return None
    found = float(cast("float", value))
    return None if np.isnan(found) else found


@dataclass(frozen=True)
class _Cell:
    """A cell: its text, and the numbers in it."""

    text: str
    numbers: tuple[float, ...]

    @classmethod
    def of(cls, value: Any) -> _Cell:  # noqa: ANN401
        if isinstance(value, str):
            return cls(folded(value), tuple(numbers(value)))
        found = number(value)
        return cls(folded(value), ()) if found is None else cls(folded(found), (found,))


def _parts(name: object) -> set[str]:
    return {folded(part) for part in (name if isinstance(name, tuple) else (name,))}


#: Names of a group of cells, and of each cell: whether it holds the count as it is, and as it may be shown.
_Group = tuple[set[str], list[tuple[bool, bool]]]


def _groups(cells: list[list[_Cell]], heads: list[set[str]], column: Column) -> Iterator[_Group]:
    """Compare cells with the table, by column, or by row where a label stands in the heading."""
    down: dict[int, list[tuple[bool, bool]]] = {}
    across: dict[int, list[tuple[bool, bool]]] = {}
    every = set().union(*heads)
    index: dict[str, list[Labels]] = {}
    for labels in column.cells:
        for label in labels:
            index.setdefault(label, []).append(labels)
    for number, row in enumerate(cells):
        texts = {cell.text for cell in row}
        near = {labels for label in (texts | every) & index.keys() for labels in index[label]}
        for labels in [each for each in near if each <= texts | every]:
            for place, cell in enumerate(row):
                if cell.text in labels or not (cell.numbers or cell.text == WITHHELD):
                    continue
                if labels <= texts:
                    down.setdefault(place, []).append(_compared(cell, *column.cells[labels]))
                elif labels <= texts | heads[place]:
                    across.setdefault(number, []).append(_compared(cell, *column.cells[labels]))
    yield from ((heads[place], found) for place, found in down.items())
    yield from (({cell.text for cell in cells[number]}, found) for number, found in across.items())


def _compared(cell: _Cell, raw: float, shown: float | None) -> tuple[bool, bool]:
    safe = cell.text == WITHHELD if shown is None else shown in cell.numbers
    return raw != shown and raw in cell.numbers, safe


def _tells(found: list[tuple[bool, bool]], *, same: bool) -> bool:
    """Whether cells are that column: one count as it is, and all others as they are or as they may be shown.

    A few that agree by chance among many that do not are another column, unless its name is the same.
    """
    met = sum(raw for raw, _ in found)
    return bool(met) and (same or met >= max(2, len(found) / 2) or all(raw or safe for raw, safe in found))


def _all_of(cells: list[list[_Cell]], column: Column) -> bool:
    """Whether some column or row holds all counts, whatever it calls them."""
    counts = Counter(raw for raw, _ in column.cells.values())
    if len(counts) < ENOUGH:
        return False
    lines = [*cells, *zip(*cells, strict=True)]
    return any(counts <= Counter(number for cell in line for number in cell.numbers) for line in lines)


def _telling(cells: list[list[_Cell]], column: Column) -> bool:
    """Whether a count stands somewhere that has so many digits that it can be no other number."""
    hidden = {raw for raw, shown in column.cells.values() if raw != shown}
    sharp = {raw for raw in hidden if len(re.sub(r"\D", "", f"{raw:.6f}".rstrip("0")).strip("0")) >= TELLING}
    return (
        any(number in sharp for row in cells for cell in row for number in cell.numbers) if sharp else False
    )
