"""Sheets of a spreadsheet file, or the one table of a text file, as text."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import pandas as pd

from pfpp_utils.errors import InputError

ALLOWED = "a workbook (.xlsx, .ods), a delimited text (.csv), or 360Giving JSON"
#: How files begin that are not read, and what they are.
STRANGERS = {
    b"%PDF": "a PDF document",
    b"\x1f\x8b": "a file packed by gzip",
    b"{\\rtf": "a rich text document",
    b"Rar!": "an archive",
    b"7z\xbc\xaf": "an archive",
    b"PAR1": "a Parquet file",
}
_COMPOUND = (
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what old Office files begin with, and new ones under a password
)
_MARKUP = re.compile(rb"\s*<(?:!doctype|html|head|body|table|\?xml|!--|div|meta|script)", re.IGNORECASE)


@dataclass(frozen=True)
class Sheet:
    """One sheet, all cells as text.

    Attributes
    ----------
    file
        The file it is in.
    name
        Name of the sheet as written, with any blanks around it; "" for a text file, which has none.
    cells
        One row a row that is not blank; columns 0 to n - 1, all `string`, NA where blank. The index, named
        ``row``, is the row's number as a spreadsheet shows it, from 1: a gap in it is rows of blanks.
        Numbers are as exact as the file has them (``25000``, ``0.1``), dates ISO (``2016-10-03``, with a
        time only where it is not midnight), truth ``true`` or ``false``, errors as shown (``#N/A``).
    height
        Number of the last row that holds something.
    kind
        What the file is by its content: ``csv``, ``xlsx``, ``ods`` or ``json``.
    encoding
        How the text of a text file was decoded, such as ``cp1252``; "" for a workbook.
    hidden
        Whether the workbook hides it.
    formulas
        How many cells are formulas: their values are those the file was last saved with.
    unvalued
        Addresses such as ``B7`` of formulas without such a value, which read as blank; "" in an .ods.
    """

    file: Path
    name: str
    cells: pd.DataFrame
    height: int
    kind: str
    encoding: str = ""
    hidden: bool = False
    formulas: int = 0
    unvalued: tuple[str, ...] = ()


def read(path: Path) -> list[Sheet]:
    """Read every sheet of a file; what kind of file it is, its content says and not its name.

    Parameters
    ----------
    path
        A workbook (.xlsx, .ods) or a delimited text.

    Returns
    -------
    list of Sheet
        In the order of the file; exactly one for a text.

    Raises
    ------
    InputError
        If it is absent, empty, none of these kinds, locked with a password, broken, or unpacks to more than
        a register of awards can hold.
    """
    from pfpp_utils.data.awards import texts, workbooks  # noqa: PLC0415 they make the sheets of this module

    match kind(path):
        case "zip":
            return workbooks.read(path)
        case "text":
            return [texts.read(path)]
        case "json":
            raise InputError("not a sheet", where=path.name, found="JSON", allowed="a workbook or a .csv")


def kind(path: Path) -> Literal["zip", "json", "text"]:
    """Tell from its first bytes what a file is.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        ``zip`` (a workbook, or what claims to be one), ``json`` or ``text``.

    Raises
    ------
    InputError
        If it is absent, empty, an old or a locked workbook, a web page, or of another kind that is known.
    """
    start = _start(path)
    if start.startswith(b"PK"):
        return "zip"
    if start.startswith(_COMPOUND):
        raise _old(path)
    stranger = next((what for begin, what in STRANGERS.items() if start.startswith(begin)), "")
    if stranger or _MARKUP.match(start.removeprefix(codecs.BOM_UTF8)):
        found = stranger or "a web page or XML, whatever its name says"
        raise InputError("not a table", where=path.name, found=found, allowed=ALLOWED)
    return "json" if start.removeprefix(codecs.BOM_UTF8).lstrip()[:1] in (b"{", b"[") else "text"


def _start(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            start = file.read(512)
    except OSError as error:
        found = error.strerror or str(error)
        raise InputError("the file cannot be read", where=str(path), found=found, allowed=ALLOWED) from error
    if not start.strip():
        raise InputError("the file is empty", where=path.name, found="nothing", allowed=ALLOWED)
    return start


def _old(path: Path) -> InputError:
    """Say which of the two that begin alike: the names of a compound file's streams are in UTF-16."""
    if "EncryptedPackage".encode("utf-16-le") in path.read_bytes():
        found, allowed = "an encrypted package", "one saved without a password"
        return InputError(
            "the workbook is locked with a password", where=path.name, found=found, allowed=allowed
        )
    found, allowed = "the format of Excel before 2007", "the same saved as .xlsx, .ods or .csv"
    return InputError("the workbook is too old", where=path.name, found=found, allowed=allowed)
