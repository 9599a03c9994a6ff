"""Files that a book offers or reads as they are: each must be what its name says."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

from pfpp_utils import project
from pfpp_utils.data.broken import BROKEN
from pfpp_utils.data.external import kinds
from pfpp_utils.errors import InputError
from pfpp_utils.publish import acting

#: Beginnings of files, by the ending of their name.
SIGNS: dict[str, tuple[bytes, ...]] = {
    "png": (b"\x89PNG\r\n\x1a\n",),
    "jpg": (b"\xff\xd8\xff",),
    "jpeg": (b"\xff\xd8\xff",),
    "gif": (b"GIF87a", b"GIF89a"),
    "webp": (b"RIFF",),
    "ico": (b"\x00\x00\x01\x00", b"\x89PNG\r\n\x1a\n"),
    "pdf": (b"%PDF-",),
    "woff": (b"wOFF",),
    "woff2": (b"wOF2",),
    "ttf": (b"\x00\x01\x00\x00", b"true"),
    "otf": (b"OTTO",),
    "gz": (b"\x1f\x8b",),
    "svgz": (b"\x1f\x8b",),
    "bz2": (b"BZh",),
    "xz": (b"\xfd7zXZ",),
    "zip": (b"PK",),
    "parquet": (b"PAR1",),
    "xls": (b"\xd0\xcf\x11\xe0",),
    "doc": (b"\xd0\xcf\x11\xe0",),
    "ppt": (b"\xd0\xcf\x11\xe0",),
    "tif": (b"II*\0", b"MM\0*"),
    "tiff": (b"II*\0", b"MM\0*"),
    "bmp": (b"BM",),
    "tgz": (b"\x1f\x8b",),
    "7z": (b"7z\xbc\xaf\x27\x1c",),
}
#: Members by which archives of one kind are told from others, by the ending of the file's name.
MEMBERS = {
    "xlsx": "xl/workbook.xml",
    "xlsm": "xl/workbook.xml",
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "ods": "content.xml",
    "odt": "content.xml",
}
#: Endings of plain text, and what a text of each must not be.
TEXTS = {
    "csv": ("a web page", "XML", "json"),
    "tsv": ("a web page", "XML", "json"),
    "txt": ("a web page", "XML"),
    "md": (),
    "bib": ("a web page", "XML", "json"),
    "css": ("a web page", "XML"),
    "js": ("a web page", "XML"),
    "yml": ("a web page", "XML"),
    "yaml": ("a web page", "XML"),
}
#: Endings of web pages, which browsers run from the book's own address.
PAGES = {"html", "htm", "xhtml", "xht"}
#: What a program may run in a spreadsheet or a picture.
MACROS = ("vbaproject.bin", "macrosheets/")
#: Most bytes that are read of a text.
LARGEST = 2**27


def faults(folder: Path) -> Iterator[InputError]:
    """Find files that are not what their names say.

    Parameters
    ----------
    folder
        Of the book's own files: its prose, and what lies beside it.

    Yields
    ------
    InputError
        Naming the file, what it is and what its name says.
    """
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or path.is_file():
            where = path.relative_to(folder.parent).as_posix()
            if not path.is_file() or not path.resolve().is_relative_to(folder.resolve()):
                yield InputError(
                    "a link", where=where, found=path.readlink().name, allowed="files of the book's own"
                )
            elif path.suffix.lower() == ".ipynb":
                allowed = "notebooks in the folder notebooks, which are run and show through `show`"
                yield InputError("a notebook among the prose", where=where, found=path.name, allowed=allowed)
            elif found := strange(path):
                named = path.suffix.lstrip(".").lower() or "no ending"
                allowed = f"a file that is what its name says ({named})"
                yield InputError(
                    "an attachment is not what its name says",
                    where=where,
                    found=_words(found),
                    allowed=allowed,
                )


def require() -> None:
    """Refuse a project whose book has such a file, before anything is written.

    Raises
    ------
    InputError
        With the first.
    """
    for error in faults(project.root() / "book"):
        raise error


def strange(path: Path) -> str:
    """Say what a file is if that is not what its name says.

    Parameters
    ----------
    path
        A file.

    Returns
    -------
    str
        What it is, in words; empty if its name says so, or says nothing.
    """
    ending = path.suffix.lstrip(".").lower()
    if ending in SIGNS:
        return _signed(path, ending)
    if ending in MEMBERS:
        return _archived(path, ending)
    looks = {"json": _not_json, "svg": _not_svg, **dict.fromkeys(PAGES, _page)}
    if look := looks.get(ending):
        return look(path)
    found = kinds.kind(path)
    if ending in TEXTS:
        return "" if found in {"empty", "csv"} else _text(path, ending, found)
    return found if found in {"a web page", "xlsx", "ods"} else ""


def _signed(path: Path, ending: str) -> str:
    with path.open("rb") as file:
        start = file.read(16)
    whole = start.startswith(SIGNS[ending]) and (ending != "webp" or start[8:12] == b"WEBP")
    if not whole:
        return kinds.kind(path)
    if ending == "zip":
        return found if (found := kinds.kind(path)) in {"xlsx", "ods", "a broken zip file"} else ""
    if path.name.lower().endswith(".csv.gz"):
        return found if (found := kinds.kind(path)) != "csv.gz" else ""
    return ""


def _archived(path: Path, ending: str) -> str:
    found = kinds.kind(path)
    if ending in {"xlsx", "ods"} and found != ending:
        return found
    try:
        with zipfile.ZipFile(path) as archive:
            names = archive.namelist()
    except BROKEN:
        return found
    if MEMBERS[ending] not in names:
        return found
    return "a workbook with macros" if any(mark in name.lower() for name in names for mark in MACROS) else ""


def _not_json(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            return f"a text of more than {LARGEST:,} bytes"
        json.loads(path.read_text(encoding="utf-8-sig"))
    except (ValueError, RecursionError):
        return kinds.kind(path) if kinds.kind(path) != "json" else "broken JSON"
    return ""


def _page(path: Path) -> str:
    return acting.in_page(path.read_bytes()[:LARGEST].decode("utf-8", errors="replace"))


def _not_svg(path: Path) -> str:
    """Say what is no picture, or one that does more than be seen."""
    content = path.read_bytes()[: LARGEST + 1]
    start = content[:4096].decode("utf-8", errors="replace").lower()
    if kinds.kind(path) not in {"XML", "csv"} or "<svg" not in start:
        return kinds.kind(path)
    return acting.in_picture(content)


def _text(path: Path, ending: str, found: str) -> str:
    if found == "json" and ending in {"csv", "tsv", "bib"} and _not_json(path):
        return ""  # only its first cell looks like it, such as [note 1]
    plain = {"a web page", "XML", "json"}
    return "" if found in plain and found not in TEXTS[ending] else found


def _words(found: str) -> str:
    known = {
        "xlsx": "an Excel workbook",
        "ods": "an OpenDocument spreadsheet",
        "csv": "plain text",
        "csv.gz": "compressed text",
        "json": "JSON",
    }
    return known.get(found, found)
