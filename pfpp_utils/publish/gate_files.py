"""What a file of the site says, whatever its kind: containers are opened, metadata read, encodings undone."""

from __future__ import annotations

import base64
import binascii
import bz2
import gzip
import html
import io
import lzma
import quopri
import re
import tarfile
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any
from urllib.parse import unquote

from pfpp_utils.data.broken import BROKEN
from pfpp_utils.publish import gate_passages

#: How deep containers and encodings are followed, and how much is taken out of one container.
DEEP, MOST = 5, 200 * 2**20
_LARGE = "more content than can be looked through"

_DATA = re.compile(
    r"data:([\w.+-]+/[\w.+-]+)?(?:;[\w=.-]+)*;base64,([A-Za-z0-9+/=_\s-]+|(?:[A-Za-z0-9]|%[0-9A-Fa-f]{2})+)"
)
_BASE64 = re.compile(r"(?<![A-Za-z0-9+/])[A-Za-z0-9+/]{20,}={0,2}(?![A-Za-z0-9+/=])")
_WRITTEN = re.compile(r"data:[\w/+.-]*(?:;charset=[\w-]+)?,([^\"'\s<>)]+)")
_HEX = re.compile(
    r"(?<![0-9A-Za-z])(?:[0-9a-f]{2}){8,}(?![0-9A-Za-z])|(?<![0-9A-Za-z])(?:[0-9A-F]{2}){8,}(?![0-9A-Za-z])"
)
_BASE32 = re.compile(r"(?<![0-9A-Za-z])(?:[A-Z2-7]{8}){2,}[A-Z2-7]{0,8}={0,6}(?![0-9A-Za-z=])")
_DIGITS = set("0123456789abcdefABCDEF")
_ESCAPE = re.compile(
    r"\\+u(?:\{([0-9A-Fa-f]{1,6})\}|([0-9A-Fa-f]{4}))|\\+x([0-9A-Fa-f]{2})|\\0*([0-9A-Fa-f]{2})\b ?"
)
#: Line ends as programs write them, but not in paths of Windows.
_BREAK = re.compile(r"(?<![\w\\])\\[nrt]|(?<=[>\s\"',;.])\\[nrt](?=[\s\"'<])")
_PRINTABLE = re.compile(rb"[\x20-\x7e\t\x80-\xff]{4,}")
_WIDE = re.compile(rb"(?:[\x20-\x7e]\x00){4,}")
_WIDE_BIG = re.compile(rb"(?:\x00[\x20-\x7e]){4,}")
_UNSEEN = re.compile("[\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff]")
#: Spaces and marks that only set the digits of one number apart.
_SET_APART = re.compile("[\u00a0\u066c\u2007-\u200a\u202f\u205f](?<=\\d.)(?=\\d)")
_DASH, _APOSTROPHE = re.compile("[\u2010-\u2014\u2212]"), re.compile("[\u2018\u2019]")
_FOREIGN = re.compile(r"[^\x00-\x7f](?<=\d)")
#: Containers by how they begin, and what opens them.
_PACKED: dict[bytes, Callable[..., Any]] = {
    b"\x1f\x8b": gzip.open,
    b"BZh": bz2.open,
    b"\xfd7zXZ\x00": lzma.open,
    b"]\x00\x00": lzma.open,
}
_SEALED = (
    b"PAR1",
    b"SQLite format 3",
    b"ARROW1",
    b"\x93NUMPY",
    b"7z\xbc\xaf\x27\x1c",
    b"Rar!",
    b"\x28\xb5\x2f\xfd",
    b"\xd0\xcf\x11\xe0",
)
#: A stream of a PDF after what is said of it; and of those that hold shapes of letters or a picture, no text.
_STREAM = re.compile(rb"(<<(?:(?!endobj).){0,2000}?>>)\s*stream\r?\n(.*?)\r?\n?endstream", re.DOTALL)
#: Where a PDF begins to be read: a word of the format, not the home of an account called root.
_ROOT = re.compile(rb"/Root(?=\s+\d+\s+\d+\s+R\b)")
#: A letter of a PDF's string by its number, or a sign that would otherwise end the string.
_ESCAPED = re.compile(rb"\\(?:([0-7]{1,3})|([()\\]))")
_DRAWN = re.compile(rb"/Length1\b|/Subtype\s*/(?:Image|Type1C|CIDFontType0C|OpenType)\b")


@dataclass(frozen=True)
class Text:
    """Something that a file says.

    Attributes
    ----------
    place
        Where in the file: a member of it, a piece of metadata, or empty.
    text
        As decoded.
    content
        The bytes, where it is a file of its own; empty for a form of another text.
    plain
        The text with all encodings undone.
    unread
        Why there is no text, where something could not be looked into.
    again
        Whether it is the form of a text that has its own order, which is lost in this form.
    """

    place: str
    text: str
    content: bytes = b""
    plain: str = ""
    unread: str = ""
    again: bool = False


def texts(name: str, content: bytes, *, place: str = "", deep: int = 0) -> Iterator[Text]:
    """Take all text out of a file.

    Parameters
    ----------
    name
        Its name, for the kinds that do not show in the content.
    content
        Its bytes.
    place
        Where it lies in another file.
    deep
        How many containers it lies in.

    Yields
    ------
    Text
        Each text once for every way to read it.
    """
    if deep > DEEP:
        yield Text(place, "", unread="it lies in too many containers to be looked into")
        return
    if content[:2] == b"PK":
        yield Text(place, "", content)  # its sheets as tables; its members come as texts
    for inner, part in _parts(name, content):
        if isinstance(part, str):
            yield Text(place or inner, "", unread=part)
            continue
        where = f"{place}, {inner}" if place and inner else place or inner
        if inner and not inner.startswith("text"):
            yield Text(where, inner)
            yield from texts(inner, part, place=where, deep=deep + 1)
            continue
        text = _decoded(part)
        ways = forms(text)
        for number, form in enumerate(ways):
            again = number > 0 and text.lstrip()[:1] in {"{", "["} and gate_passages.parsed(text) is not None
            yield Text(where, form, b"" if number else part, ways[-1], again=again)
        for kind, embedded in _embedded(text):
            yield from texts(f"embedded.{kind}", embedded, place=where, deep=deep + 1)


def forms(text: str) -> list[str]:
    r"""Undo encodings of characters: HTML, JavaScript and JSON, URL, look-alikes and invisible characters.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    list of str
        The text, and what it becomes by all of them, if that is another.

    Examples
    --------
    >>> forms("a&#64;b")[1], forms(r"a\u0040b")[1], forms("a%40b")[1]
    ('a@b', 'a@b', 'a@b')
    """
    last = text
    for _ in range(3):
        before = last
        for undo in (_unescape, _plain, _unquote, html.unescape):
            last = undo(last)
        if last == before:
            break
    return [text] if last == text else [text, last]


def _unescape(text: str) -> str:
    if "\\" not in text:
        return text
    undone = _BREAK.sub(" ", _ESCAPE.sub(_character, text))
    return undone.replace("\\/", "/").replace('\\"', '"').replace("\\\\", "\\")


def _character(found: re.Match[str]) -> str:
    code = int(found[1] or found[2] or found[3] or found[4], 16)
    return chr(code) if 32 <= code < 0x110000 and not 0xD800 <= code < 0xE000 else found[0]


def _plain(text: str) -> str:
    if text.isascii():
        return text
    seen = unicodedata.normalize("NFKC", _SET_APART.sub("", _UNSEEN.sub("", text)))
    seen = _APOSTROPHE.sub("'", _DASH.sub("-", seen))
    return _FOREIGN.sub(lambda digit: str(unicodedata.decimal(digit[0])), seen)


def _unquote(text: str) -> str:
    return unquote(text, errors="ignore") if "%" in text else text


def _decoded(content: bytes) -> str:
    if content[:2] in {b"\xff\xfe", b"\xfe\xff"}:
        return content.decode("utf-16", errors="ignore")
    head = content[:2000]
    if head.count(0) > len(head) / 4:
        return content.decode("utf-16-le" if head[1:2] == b"\0" else "utf-16-be", errors="ignore")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace")


def _embedded(text: str) -> Iterator[tuple[str, bytes]]:
    """Find files that are written into a text as base64."""
    if ";base64," in text:
        for kind, data in _DATA.findall(text):
            yield (kind or "text").split("/")[-1], _debase(unquote(data))
    for data in _WRITTEN.findall(text) if "data:" in text else ():
        yield "txt", unquote(data).encode()
    if "quoted-printable" in text:
        yield "txt", quopri.decodestring(text.encode())
    for packed in [*_HEX.findall(text), *_BASE32.findall(text)] if len(text) < 2**22 else []:
        content = _unpacked(packed)
        if _is_text(content):
            yield "txt", content
    for long in _BASE64.findall(text) if len(text) < 2**22 else []:
        content = _debase(long)
        if _is_text(content):
            yield "txt", content


def _is_text(content: bytes) -> bool:
    return sum(32 <= byte < 127 or byte in {9, 10, 13} for byte in content) > 0.95 * max(len(content), 1)


def _unpacked(written: str) -> bytes:
    try:
        return binascii.unhexlify(written) if set(written) <= _DIGITS else base64.b32decode(written)
    except (binascii.Error, ValueError):
        return b""


def _debase(data: str) -> bytes:
    plain = re.sub(r"\s", "", data).replace("-", "+").replace("_", "/").rstrip("=")
    try:
        return base64.b64decode(plain + "=" * (-len(plain) % 4))
    except (binascii.Error, ValueError):
        return b""


def _parts(name: str, content: bytes) -> Iterator[tuple[str, bytes | str]]:
    """Open a file: its members by name, or its text under a name that begins with "text" or is empty.

    What cannot be opened comes as the reason why.
    """
    opener = next((opener for begin, opener in _PACKED.items() if content.startswith(begin)), None)
    if content[:2] == b"PK" and content[2:4] in {b"\3\4", b"\5\6"}:
        yield from _zip(content)
    elif opener:
        yield "unpacked", _bounded(opener(io.BytesIO(content)))
    elif content[257:262] == b"ustar":
        yield from _tar(content)
    elif content.startswith(_SEALED):
        yield "", "a container of a kind that cannot be looked into"
    elif content[:8] == b"\x89PNG\r\n\x1a\n":
        yield from _png(content)
    elif content[:2] == b"\xff\xd8":
        yield from _jpeg(content)
    elif content[:5] == b"%PDF-":
        yield from _pdf(content)
    elif content.startswith(b"# Sphinx inventory version 2"):
        head, _, packed = content.partition(b"zlib.\n")
        yield "", head + _inflated(packed)
    elif b"\0" in content[:4000] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"} and not _is_wide(content):
        yield "text in it", _strings(content)
    else:
        yield "", content


def _is_wide(content: bytes) -> bool:
    """Whether bytes are UTF-16 without its mark: nearly every second one is nought."""
    head = content[:2000]
    return max(head[::2].count(0), head[1::2].count(0)) > 0.4 * len(head) and b"\0\0\0" not in head


def _zip(content: bytes) -> Iterator[tuple[str, bytes | str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            yield "text of the archive's comment", archive.comment
            left = MOST
            for member in archive.infolist():
                if member.is_dir():
                    continue
                with archive.open(member) as file:
                    part = file.read(left)
                left -= len(part)
                yield member.filename, part + member.comment
                if not left:
                    yield member.filename, _LARGE
                    return
    except BROKEN:
        yield "text in it", _strings(content)
        yield "", "an archive that cannot be opened: broken, or with a password"


def _tar(content: bytes) -> Iterator[tuple[str, bytes | str]]:
    try:
        with tarfile.open(fileobj=io.BytesIO(content), mode="r:") as archive:
            for member in archive:
                if file := archive.extractfile(member):  # read into memory, never onto the disk
                    yield member.name, file.read(MOST)
                yield (
                    "text of a member's head",
                    " ".join([member.name, member.linkname, member.uname]).encode(),
                )
    except BROKEN:
        yield "text in it", _strings(content)
        yield "", "an archive that cannot be opened: it is broken"


def _bounded(file: IO[bytes]) -> bytes | str:
    try:
        content = file.read(MOST + 1)
    except BROKEN:
        return "packed content that cannot be unpacked: it is broken"
    return content if len(content) <= MOST else _LARGE


def _inflated(packed: bytes) -> bytes:
    try:
        return zlib.decompressobj().decompress(packed, MOST)
    except zlib.error:
        return b""


def _png(content: bytes) -> Iterator[tuple[str, bytes]]:
    place = 8
    while place + 8 <= len(content):
        size, kind = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        data = content[place + 8 : place + 8 + size]
        place += 12 + size
        if kind == b"zTXt":
            data = data.partition(b"\0")[0] + b" " + _inflated(data.partition(b"\0")[2][1:])
        elif kind == b"iTXt":
            key, _, rest = data.partition(b"\0")
            language, _, told = rest[2:].partition(b"\0")
            title, _, value = told.partition(b"\0")
            data = b" ".join([key, language, title, _inflated(value) if rest[:1] == b"\1" else value])
        if kind in {b"tEXt", b"zTXt", b"iTXt"}:
            yield f"text chunk {kind.decode()}", data.replace(b"\0", b" ")
        elif kind not in {b"IHDR", b"IDAT", b"PLTE", b"IEND"}:
            yield f"text chunk {kind.decode('latin-1')}", _strings(data)
    if place < len(content):
        yield "text after the picture", _strings(content[place:])


def _jpeg(content: bytes) -> Iterator[tuple[str, bytes]]:
    place = 2
    while place + 4 <= len(content) and content[place] == 0xFF and content[place + 1] != 0xDA:
        size = int.from_bytes(content[place + 2 : place + 4], "big")
        yield f"text segment {content[place + 1]:02X}", _strings(content[place + 4 : place + 2 + size])
        place += 2 + size
    yield "text after the picture", _strings(content[content.rfind(b"\xff\xd9") + 2 :])


def _pdf(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Text of a PDF's pages and properties, as far as it is written in letters."""
    streams = [found for found in _STREAM.finditer(content) if not _DRAWN.search(found[1])]
    plain = _ROOT.sub(b"", _STREAM.sub(rb"\1", content))
    bodies = [plain, *(_inflated(found[2]) or found[2] for found in streams)]
    said = b"\n".join(b" ".join(_strings_of_pdf(body)) for body in bodies)
    yield "text of the PDF", said + b"\n" + b"\n".join(_strings(body) for body in bodies)


def _strings_of_pdf(body: bytes) -> Iterator[bytes]:
    """Strings of a PDF: those that one operator shows are joined."""
    for shown in re.findall(rb"\[((?:[^\[\]\\]|\\.)*)\]|(\((?:[^()\\]|\\.)*\)|<[0-9A-Fa-f\s]+>)", body):
        parts = re.findall(rb"\(((?:[^()\\]|\\.)*)\)|<([0-9A-Fa-f\s]+)>", shown[0] or shown[1])
        joined = b"".join(_unhex(coded) if coded else _ESCAPED.sub(_letter, plain) for plain, coded in parts)
        yield (
            joined[2:].decode("utf-16-be", "ignore").encode()
            if joined[:2] == b"\xfe\xff"
            else joined.replace(b"\0", b"")
        )


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 8) % 256]) if found[1] else found[2]


def _unhex(coded: bytes) -> bytes:
    digits = re.sub(rb"\s", b"", coded)
    return binascii.unhexlify(digits + b"0" * (len(digits) % 2))


def _strings(content: bytes) -> bytes:
    """Find runs of letters in anything, single and double bytes."""
    wide = [run[::2] for run in _WIDE.findall(content)] + [run[1::2] for run in _WIDE_BIG.findall(content)]
    return b"\n".join([*map(_utf8, _PRINTABLE.findall(content)), *wide])


def _utf8(run: bytes) -> bytes:
    try:
        return run.decode().encode()
    except UnicodeDecodeError:
        return run.decode("latin-1").encode()
