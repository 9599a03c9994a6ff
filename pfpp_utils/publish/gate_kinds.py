"""Whether a file is what its name says: a workbook that is called a table of text hides what is in it."""

from __future__ import annotations

import io
import json
import re
import zipfile

from pfpp_utils.data.broken import BROKEN
from pfpp_utils.publish.attachments import MEMBERS, SIGNS

_TEXTS = re.compile("csv|tsv|txt|md|json|geojson|ipynb|m?js|css|html?|svg|xml|ya?ml|py|r|map|bib")
_KNOWN = {
    b"PK\3\4": "an archive or a workbook",
    b"\xd0\xcf\x11\xe0": "an old workbook",
    b"\x1f\x8b": "packed content",
    b"BZh": "packed content",
    b"\xfd7zXZ": "packed content",
    b"%PDF-": "a PDF",
    b"\x89PNG": "a picture",
    b"\xff\xd8": "a picture",
    b"GIF8": "a picture",
}
_TAGS = rb"!doctype html|html|head|body|table|div|p|script"
_PAGE = re.compile(rb"\s*(?:<!--.*?-->\s*)*<(?:" + _TAGS + rb")\b", re.IGNORECASE | re.DOTALL)


def mismatch(file: str, content: bytes) -> str:
    """Say what a file is, if it is not what its name says.

    Parameters
    ----------
    file
        Its path.
    content
        Its bytes.

    Returns
    -------
    str
        Such as "an archive or a workbook, not csv as its name says"; empty if all is well, or no kind is
        known by that name.
    """
    ending = file.rsplit("/", 1)[-1].rpartition(".")[2].lower()
    found = _kind(ending, content)
    return f"{found}, not {ending} as its name says" if found else ""


def _kind(ending: str, content: bytes) -> str:  # noqa: PLR0911 one return a kind
    known = next((kind for begin, kind in _KNOWN.items() if content.startswith(begin)), "")
    known = known or ("a page" if _PAGE.match(content[:4000]) else "something else")
    if ending in SIGNS:
        return "" if content.startswith(SIGNS[ending]) else known
    if ending in MEMBERS:
        return "" if _has(content, MEMBERS[ending]) else known
    if not _TEXTS.fullmatch(ending) or not content:
        return ""
    if known not in {"a page", "something else"}:
        return known
    if b"\0" in content[:4000] and content[:2] not in {b"\xff\xfe", b"\xfe\xff"} and not _wide(content):
        return "binary content"
    if ending in {"csv", "tsv", "json", "ipynb"} and known == "a page":
        return known
    return (
        "content that is no JSON" if ending in {"json", "ipynb", "geojson"} and not _is_json(content) else ""
    )


def _wide(content: bytes) -> bool:
    head = content[:2000]
    return max(head[::2].count(0), head[1::2].count(0)) > 0.4 * len(head)


def _has(content: bytes, member: str) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return member in archive.namelist()
    except BROKEN:
        return False


def _is_json(content: bytes) -> bool:
    try:
        json.loads(content)
    except (ValueError, RecursionError):  # nobody nests data that deep for a reader
        return False
    return True
