"""Workbooks are zip archives: what is checked of one before any library that understands it may touch it.

The sizes that an archive states of its parts can lie, so every part is unpacked here once, in pieces and into
nothing, and counted.
"""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import BinaryIO, Literal, NoReturn, TypeAlias

from pfpp_utils.data.broken import BROKEN
from pfpp_utils.errors import InputError

Kind: TypeAlias = Literal["xlsx", "ods"]
Watch: TypeAlias = Callable[[str, bytes], object]

#: Most parts that a workbook may have, and most bytes that they may unpack to in all. A register of 200,000
#: awards is about 300 million bytes as .xlsx and 500 million as .ods.
PARTS = 5_000
BYTES = 2**30
#: Most bytes that one byte may unpack to, in parts over a size. Registers stay below 50; 1,032 is the most.
RATIO, SMALL = 250, 2**24
PIECE = 2**20
_LOCAL = struct.Struct("<4s22xHH")  # header of a part: signature, lengths of its name and of its extra field
_OPEN_DOCUMENT = b"application/vnd.oasis.opendocument.spreadsheet"
_ENTITIES = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_LONGEST = len(b"<!DOCTYPE")
_DAMAGED, _WHOLE = "the workbook is damaged", "a complete file: download it again"


def check(path: Path, watch: Watch = lambda part, piece: None) -> Kind:
    """Check that a zip archive is a workbook that can be unpacked without harm.

    Parameters
    ----------
    path
        A file that begins as a zip archive does.
    watch
        Told the name of a part and each piece of it on the way.

    Returns
    -------
    str
        ``xlsx`` or ``ods``.

    Raises
    ------
    InputError
        If it is cut short, locked with a password, no workbook, or unpacks to more than a workbook may.
    """
    with _open(path) as archive:
        _check_directory(path, archive.infolist())
        kind = _kind(path, archive)
        for part in archive.infolist():
            end = b""
            for piece in pieces(path, part):
                if part.filename.endswith((".xml", ".rels")) and _defines_entities(end + piece):
                    _refuse("the workbook defines entities", path, part.filename, "XML without a DOCTYPE")
                end = piece[-_LONGEST:]
                watch(part.filename, piece)
    return kind


def _defines_entities(xml: bytes) -> bool:
    return b"<!" in xml and bool(_ENTITIES.search(xml))


def pieces(path: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack a part in pieces.

    Parameters
    ----------
    path
        The archive.
    part
        An entry of its directory.

    Yields
    ------
    bytes
        About :data:`PIECE` bytes.

    Raises
    ------
    InputError
        If it is broken, or is not as long as the directory says.
    """
    length = 0
    with path.open("rb") as file:
        try:
            for piece in _inflated(file, part):
                length += len(piece)
                if length > part.file_size:
                    break
                yield piece
        except BROKEN as error:
            where = f"{path.name}, {part.filename}"
            raise InputError(_DAMAGED, where=where, found=str(error), allowed=_WHOLE) from error
    if length != part.file_size:
        found = f"a part that does not unpack to the {part.file_size:,} bytes it states"
        _refuse(_DAMAGED, path, found, _WHOLE)


def parts(path: Path, pattern: str) -> list[zipfile.ZipInfo]:
    """List the parts of a checked workbook whose names match a regular expression."""
    with _open(path) as archive:
        return [part for part in archive.infolist() if re.fullmatch(pattern, part.filename)]


def content(path: Path, name: str) -> bytes:
    """Return one part of a checked workbook."""
    return b"".join(piece for part in parts(path, re.escape(name)) for piece in pieces(path, part))


def _open(path: Path) -> zipfile.ZipFile:
    try:
        return zipfile.ZipFile(path)
    except BROKEN as error:
        raise InputError(_DAMAGED, where=path.name, found=str(error), allowed=_WHOLE) from error


def _check_directory(path: Path, directory: list[zipfile.ZipInfo]) -> None:
    names = [part.filename for part in directory]
    if len(names) > PARTS:
        _refuse("the workbook has too many parts", path, len(names), f"up to {PARTS:,}")
    if len(set(names)) < len(names):
        _refuse("the workbook has two parts of one name", path, _twice(names), "each name once")
    if (size := sum(part.file_size for part in directory)) > BYTES:
        _refuse("the workbook unpacks to too much", path, f"{size:,} bytes", f"up to {BYTES:,} bytes")
    for part in directory:
        if part.flag_bits & 1:
            _refuse("the workbook is locked with a password", path, part.filename, "one without a password")
        if part.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}:
            _refuse("the workbook is packed in an unusual way", path, part.filename, "a workbook saved anew")
        if part.file_size > max(SMALL, RATIO * part.compress_size):
            found = f"{part.filename}: {part.compress_size:,} bytes that become {part.file_size:,}"
            _refuse("the workbook unpacks to too much", path, found, f"up to {RATIO} times as much")


def _kind(path: Path, archive: zipfile.ZipFile) -> Kind:
    names = set(archive.namelist())
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "mimetype" in names and content(path, "mimetype").strip() == _OPEN_DOCUMENT:
        if b"encryption-data" in content(path, "META-INF/manifest.xml"):
            _refuse(
                "the workbook is locked with a password", path, "encrypted parts", "one without a password"
            )
        return "ods"
    found = f"an archive of {', '.join(sorted(names)[:3]) or 'nothing'}"
    _refuse("not a workbook", path, found, "a workbook (.xlsx, .ods) or a text (.csv)")


def _inflated(file: BinaryIO, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """Unpack by hand: the standard library would stop at the length that the part states of itself."""
    file.seek(part.header_offset)
    signature, name, extra = _LOCAL.unpack(file.read(_LOCAL.size))
    if signature != b"PK\x03\x04":
        raise ValueError("no part where the directory says")
    file.seek(name + extra, 1)
    left = part.compress_size
    packer = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
    while left and (packed := file.read(min(PIECE, left))):
        left -= len(packed)
        if packer is None:
            yield packed
            continue
        unpacked = PIECE
        while packed or unpacked == PIECE:
            piece = packer.decompress(packed, PIECE)
            packed, unpacked = packer.unconsumed_tail, len(piece)
            yield piece
    if left or (packer and not packer.eof):
        raise ValueError("the file ends early")


def _twice(names: list[str]) -> str:
    return next(name for name in names if names.count(name) > 1)


def _refuse(what: str, path: Path, found: object, allowed: str) -> NoReturn:
    raise InputError(what, where=path.name, found=found, allowed=allowed)
