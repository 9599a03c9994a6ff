"""The rows of one table's file as they are written: cells as text, and the line each row ends on."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from pfpp_utils.data import reads
from pfpp_utils.errors import InputError

#: Most bytes that a table may have: it is read whole.
LARGEST = 2**28


@contextmanager
def longest_cell(characters: int) -> Iterator[None]:
    """Read CSV whose cells have at most so many characters.

    Python has one limit for the whole process, which libraries change as they are loaded.

    Parameters
    ----------
    characters
        The most that a cell may have; a longer one is an error of :mod:`csv`.
    """
    usual = csv.field_size_limit(characters)
    try:
        yield
    finally:
        csv.field_size_limit(usual)


class UnreadableError(InputError):
    """A file that is not a table at all.

    Attributes
    ----------
    line
        Where reading ended, or None for a fault of the whole file.
    """

    def __init__(self, what: str, *, file: str, line: int | None, found: object, allowed: str) -> None:
        where = f"{file}, line {line}" if line else file
        super().__init__(what, where=where, found=found, allowed=allowed)
        self.line = line


@dataclass(frozen=True)
class Rows:
    """A table as text.

    Attributes
    ----------
    header
        Names of the columns as written.
    cells
        One list of texts a row, each as long as the row is in the file.
    lines
        Line of the file on which each row ends, counted from 1.
    """

    header: list[str]
    cells: list[list[str]]
    lines: list[int]


def read(path: Path, *, file: str, encoding: Literal["utf-8", "utf-8-sig"] = "utf-8") -> Rows:
    """Read a CSV file in UTF-8.

    Parameters
    ----------
    path
        The file.
    file
        What to call it in messages.
    encoding
        ``utf-8-sig`` also takes a byte order mark, such as spreadsheets write.

    Returns
    -------
    Rows
        Header, cells as text, and the line of each row.

    Raises
    ------
    UnreadableError
        If it is absent, empty, too large, not UTF-8 or not CSV.
    """
    reader = csv.reader(io.StringIO(_text(path, file, encoding), newline=""), strict=True)
    try:
        rows = [(cells, reader.line_num) for cells in reader]
    except csv.Error as error:
        line = reader.line_num
        raise UnreadableError("not CSV", file=file, line=line, found=str(error), allowed="CSV") from error
    if not rows:
        raise UnreadableError("the table is empty", file=file, line=None, found="nothing", allowed="a header")
    (header, _), *body = rows
    return Rows(header, [cells for cells, _ in body], [line for _, line in body])


def fault_of_header(found: list[str], expected: list[str]) -> str:
    """Say in words how a header differs from the expected one.

    Parameters
    ----------
    found
        Column names in the file, in order.
    expected
        Column names in the schema, in order.

    Returns
    -------
    str
        Such as ``"missing column pilot"``; empty if the two are the same.
    """
    if found == expected:
        return ""
    faults = {
        "missing": [name for name in expected if name not in found],
        "extra": [name for name in found if name not in expected],
        "repeated": sorted({name for name in found if found.count(name) > 1}),
    }
    named = "; ".join(f"{fault} column {', '.join(names)}" for fault, names in faults.items() if names)
    return named or "columns in another order"


def _text(path: Path, file: str, encoding: str) -> str:
    reads.note(path)
    try:
        if (size := path.stat().st_size) > LARGEST:
            found, allowed = f"{size:,} bytes", f"up to {LARGEST:,} bytes"
            raise UnreadableError(
                "the table is too large", file=file, line=None, found=found, allowed=allowed
            )
        return path.read_bytes().decode(encoding)
    except OSError as error:
        found = error.strerror or str(error)
        raise UnreadableError(
            "cannot be read", file=file, line=None, found=found, allowed="a file"
        ) from error
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(10) + 1
        what, byte = "the file is not UTF-8", error.object[error.start : error.start + 1]
        allowed = "text encoded as UTF-8"
        raise UnreadableError(what, file=file, line=line, found=byte, allowed=allowed) from error
