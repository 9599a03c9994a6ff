"""Delimited texts (.csv, .tsv): how they are encoded, what parts their cells, and their cells."""

from __future__ import annotations

import codecs
import csv
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple, TextIO

import pyarrow as pa

from pfpp_utils.data.awards import text_cells
from pfpp_utils.data.awards.sheets import ALLOWED, Sheet
from pfpp_utils.data.rows import longest_cell
from pfpp_utils.errors import InputError

#: Longest cell in characters: where one is longer, a quotation mark is missing.
LONGEST_CELL = 131_072
DELIMITERS = ",\t;|"
_BYTES, _ROWS, _SAMPLE = 2**20, 20_000, 100
_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


def read(path: Path) -> Sheet:
    """Read a delimited text with lines that end in any way.

    Parameters
    ----------
    path
        A file in UTF-8 or UTF-16, with or without a byte order mark, Windows-1252, or Mac Roman.

    Returns
    -------
    Sheet
        Its one table; `encoding` says how it was decoded, and the delimiter where that is not a comma.

    Raises
    ------
    InputError
        If it is no text, or a cell's quotation marks do not match.
    """
    encoding = encoding_of(path)
    with path.open(encoding=encoding, newline="") as file:
        delimiter = _delimiter(file)
        file.seek(0)
        columns = _columns(path, file, delimiter)
    cells, height = text_cells.frame(columns, typed=False)
    told = encoding if delimiter == "," else f"{encoding}, parted by {delimiter!r}"
    return Sheet(path, "", cells, height, "csv", encoding=told)


class _Look(NamedTuple):
    """What a pass over the bytes shows: not UTF-8 from which byte on, and line ends of each kind."""

    utf8: bool
    returns: int
    newlines: int


def encoding_of(path: Path) -> str:
    """Decide how a text is encoded, by rules and not by likelihood.

    A byte order mark decides. Else it is UTF-16 if its first bytes alternate with zeros; UTF-8 if all of it
    is; Mac Roman if it is not and its lines end in carriage returns alone, as only a Macintosh writes them;
    else Windows-1252.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        Name of a codec of Python's.

    Raises
    ------
    InputError
        If it is no text in any of these.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    for mark, encoding in _MARKS.items():
        if start.startswith(mark):
            return encoding
    if 0 in start:
        return _wide(path, start)
    look = _look(path)
    if look.utf8:
        return "utf-8"
    return "mac_roman" if look.returns and not look.newlines else "cp1252"


def _wide(path: Path, start: bytes) -> str:
    for encoding, zeros, others in (
        ("utf-16-le", start[1::2], start[::2]),
        ("utf-16-be", start[::2], start[1::2]),
    ):
        if zeros.count(0) > 0.9 * len(zeros) and 0 not in others:
            return encoding
    raise InputError(
        "not a table", where=path.name, found=f"a binary file that begins {start[:8]!r}", allowed=ALLOWED
    )


def _look(path: Path) -> _Look:
    decoder, utf8, returns, newlines = codecs.getincrementaldecoder("utf-8")(), True, 0, 0
    with path.open("rb") as file:
        while piece := file.read(_BYTES):
            returns, newlines = returns + piece.count(b"\r"), newlines + piece.count(b"\n")
            try:
                utf8 = utf8 and decoder.decode(piece) is not None
            except UnicodeDecodeError:
                utf8 = False
    return _Look(utf8 and not decoder.getstate()[0], returns, newlines)


def _delimiter(file: TextIO) -> str:
    """Choose what parts most of the first rows into equally many cells, more than one; else the comma."""

    def rows_alike(delimiter: str) -> int:
        rows = csv.reader(file, delimiter=delimiter)
        file.seek(0)
        try:
            usual = Counter(len(row) for row in islice(rows, _SAMPLE) if len(row) > 1).most_common(1)
        except (csv.Error, UnicodeDecodeError):
            return 0  # said where it is read
        return usual[0][1] if usual else 0

    return max(DELIMITERS, key=rows_alike)


def _columns(path: Path, file: TextIO, delimiter: str) -> list[pa.ChunkedArray]:
    """Read all cells, some rows at a time: in Arrow they take a tenth of what they do in Python."""
    chunks: list[list[pa.Array]] = []
    lengths: list[int] = []
    rows = _rows(path, file, delimiter)
    while block := list(islice(rows, _ROWS)):
        width = max(map(len, block))
        filled = ([*row, *([""] * (width - len(row)))] for row in block)
        chunks.append([pa.array(column, pa.large_string()) for column in zip(*filled, strict=True)])
        lengths.append(len(block))
    width = max(map(len, chunks), default=0)
    for chunk, length in zip(chunks, lengths, strict=True):
        chunk.extend(pa.nulls(length, pa.large_string()) for _ in range(width - len(chunk)))
    return [pa.chunked_array(parts) for parts in zip(*chunks, strict=True)]


def _rows(path: Path, file: TextIO, delimiter: str) -> Iterator[list[str]]:
    rows, encoding = csv.reader(file, delimiter=delimiter, strict=True), file.encoding
    try:
        with longest_cell(LONGEST_CELL):
            yield from rows
    except UnicodeDecodeError as error:
        byte = error.object[error.start : error.start + 1].hex()
        what, found = "the text cannot be decoded", f"the byte {byte}, which is no character in {encoding}"
        allowed = "text in UTF-8, UTF-16 or Windows-1252 (Excel: save as CSV UTF-8)"
        raise InputError(what, where=path.name, found=found, allowed=allowed) from error
    except csv.Error as error:
        allowed = "rows whose quotation marks match; a mark inside a quoted cell is doubled"
        where = f"{path.name}, line {rows.line_num}"
        raise InputError("the text is not a table", where=where, found=str(error), allowed=allowed) from error
