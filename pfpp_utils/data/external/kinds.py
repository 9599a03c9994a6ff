"""What kind of file something is: by its content, for names and headers of servers may say otherwise."""

from __future__ import annotations

import gzip
import zipfile
from pathlib import Path
from typing import Final

from pfpp_utils.data.broken import BROKEN

#: To how many bytes a workbook or compressed text may unpack.
UNPACKED: Final = 4_000_000_000
#: Signs at the beginning of files that are none of ours, and what they are.
STRANGE: Final = {
    b"%PDF": "a PDF",
    b"\xd0\xcf\x11\xe0": "an old Excel workbook, or one with a password",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
    b"SQLite": "a database",
}


def kind(path: Path) -> str:
    """Find out what a file is.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        ``xlsx``, ``ods``, ``csv``, ``csv.gz`` or ``json``, or else words for what it is, such as
        ``"a web page"``, ``"empty"`` or ``"a broken zip file"``.
    """
    with path.open("rb") as file:
        start = file.read(4096)
    if start.startswith(b"PK"):
        return _zipped(path)
    if start.startswith(b"\x1f\x8b"):
        return _compressed(path)
    for sign, words in STRANGE.items():
        if start.startswith(sign):
            return words
    return _text(start)


def _text(start: bytes) -> str:
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start.decode("utf-16", errors="ignore").encode()
    text = start.removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    if not text:
        return "empty"
    if b"\0" in text:
        return "not a text"
    if text.startswith((b"<!doctype html", b"<html")):
        return "a web page"
    if text.startswith(b"<"):
        return "XML"
    return "json" if text.startswith((b"{", b"[")) else "csv"


def _zipped(path: Path) -> str:
    """Look into a zip file, for that is what workbooks are."""
    try:
        with zipfile.ZipFile(path) as archive:
            names = set(archive.namelist())
            if sum(entry.file_size for entry in archive.infolist()) > UNPACKED:
                return f"a zip file that unpacks to more than {UNPACKED:,} bytes"
            if "xl/workbook.xml" in names:
                return "xlsx"
            is_ods = "mimetype" in names and b"opendocument.spreadsheet" in archive.read("mimetype")[:100]
            return "ods" if is_ods else "a zip file, but no workbook"
    except BROKEN:
        return "a broken zip file"


def _compressed(path: Path) -> str:
    try:
        with gzip.open(path) as file:
            inner = _text(file.read(4096))
    except BROKEN:
        return "a broken gzip file"
    return "csv.gz" if inner == "csv" else f"compressed: {inner}"
