"""The tables of a file as far as checking needs them: where the header is, and chosen columns as text."""

from __future__ import annotations

import codecs
import csv
import gzip
import io
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO

import fastexcel
import pandas as pd

from pfpp_utils.data.external import kinds
from pfpp_utils.data.rows import longest_cell

#: Within how many rows the header must come.
TOP = 60
#: Most characters of a cell of text.
LONGEST_CELL = 2**17


class UnreadableError(ValueError):
    """A file that is not what its beginning promises."""


@dataclass(frozen=True)
class Rows:
    """Where a table stands.

    Attributes
    ----------
    path, kind, sheet
        The file, its kind and the sheet ("" for a text file).
    header
        Row of the header, counted from 0.
    columns
        Position of each column that is wanted, by its name.
    """

    path: Path
    kind: str
    sheet: str
    header: int
    columns: dict[str, int]

    def load(self) -> pd.DataFrame:
        """Read the wanted columns as text, without rows that are blank in all of them."""
        positions = list(self.columns.values())
        if self.sheet:
            frame = _sheet(self.path, self.sheet, None).iloc[self.header + 1 :, positions]
        else:
            cells = _cells(self.path, self.kind, start=self.header + 1)
            frame = pd.DataFrame(cells, dtype="str").reindex(columns=positions)
        frame = frame.set_axis(list(self.columns), axis=1).astype("str")
        return frame[(frame.notna() & (frame.apply(lambda cells: cells.str.strip()) != "")).any(axis=1)]


def names(path: Path, kind: str) -> list[str]:
    """Names of the sheets of a workbook; one that is empty for a text file.

    Parameters
    ----------
    path, kind
        The file and its kind, from :func:`pfpp_utils.data.external.kinds.kind`.

    Raises
    ------
    UnreadableError
        If the workbook is broken.
    """
    if kind not in ("xlsx", "ods"):
        return [""]
    try:
        return list(fastexcel.read_excel(path).sheet_names)
    except fastexcel.FastExcelError as error:
        raise UnreadableError(str(error).splitlines()[0]) from error


def closest(path: Path, kind: str, sheets: Sequence[str], columns: Sequence[str]) -> tuple[Rows, list[str]]:
    """Find the sheet and row whose cells have the most of the columns that are wanted.

    Parameters
    ----------
    path, kind
        The file and its kind.
    sheets
        Sheets to look at; ``[""]`` for a text file.
    columns
        Headers that are wanted; blanks around and upper or lower case do not matter.

    Returns
    -------
    tuple
        Where it stands, and the columns that are not there.

    Raises
    ------
    UnreadableError
        If the file is broken.
    """
    best = Rows(path, kind, sheets[0], 0, {})
    for sheet in sheets:
        for number, cells in enumerate(_top(path, kind, sheet)):
            known = {cell.strip().casefold(): position for position, cell in reversed([*enumerate(cells)])}
            there = {name: known[name.casefold()] for name in columns if name.casefold() in known}
            if len(there) > len(best.columns):
                best = Rows(path, kind, sheet, number, there)
    return best, [name for name in columns if name not in best.columns]


def _top(path: Path, kind: str, sheet: str) -> list[list[str]]:
    if sheet:
        return _sheet(path, sheet, TOP).fillna("").to_numpy().tolist()
    return _cells(path, kind, stop=TOP, size=2**20)


def _cells(
    path: Path, kind: str, *, start: int = 0, stop: int | None = None, size: int = kinds.UNPACKED
) -> list[list[str]]:
    try:
        with _text(path, kind, size) as file, longest_cell(LONGEST_CELL):
            return list(islice(csv.reader(file), start, stop))
    except (OSError, EOFError, csv.Error, zlib.error) as error:
        raise UnreadableError(str(error)) from error


def _sheet(path: Path, sheet: str, rows: int | None) -> pd.DataFrame:
    try:
        loaded = fastexcel.read_excel(path).load_sheet(sheet, header_row=None, n_rows=rows, dtypes="string")
        return loaded.to_pandas()
    except fastexcel.FastExcelError as error:
        raise UnreadableError(str(error).splitlines()[0]) from error


def _text(path: Path, kind: str, size: int = kinds.UNPACKED) -> IO[str]:
    """Open a text: UTF-8 or UTF-16 if it is, else Windows-1252, in which any bytes are text."""
    opened = gzip.open if kind == "csv.gz" else open
    with opened(path, "rb") as file:
        data = file.read(size)
    encoding = "utf-16" if data.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig"
    try:  # the last letter may be cut
        text = codecs.getincrementaldecoder(encoding)().decode(data)
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return io.StringIO(text, newline=None)
