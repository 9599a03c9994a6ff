"""Formula cells of a workbook: how many there are, and which were saved without a value.

They are looked for in the text of the XML as it is unpacked, which costs a fraction of parsing it.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from xml.etree import ElementTree

_P = r"(?:\w+:)?"  # a namespace prefix
_CELL = re.compile(
    rf"<{_P}c\s([^>]*)>\s*<{_P}f\b[^>]*?(?:/>|>[^<]*</{_P}f>)(\s*<{_P}(?:v|is)\b[^>]*>[^<]*[^<\s])?".encode()
)
_ADDRESS = re.compile(rb'\br="([A-Z]+[0-9]+)"')
_TEXT = re.compile(rb'\bt="str"')  # a formula whose value is the empty text
_TABLE = re.compile(
    rb'<table:table\s[^>]*?table:name="([^"]*)"|<table:(?:covered-)?table-cell\s([^>]*?table:formula="[^>]*)>'
)
_WORKSHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
_PREFIXED = re.compile(rb"<\w+:worksheet\b")
_LEFT = 2**20  # what is left over of a piece: more than this is not one row of cells
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


@dataclass
class Found:
    """Formulas of one sheet: how many, and addresses of those without a value ("" where it has none)."""

    count: int = 0
    unvalued: list[str] = field(default_factory=list)


@dataclass
class Formulas:
    """What was found in a workbook, by part for an .xlsx and by sheet for an .ods.

    Examples
    --------
    >>> formulas = Formulas()
    >>> formulas.watch("xl/worksheets/sheet1.xml", b'<row><c r="B7"><f>1+1</f></c></row>')
    >>> formulas.found["xl/worksheets/sheet1.xml"]
    Found(count=1, unvalued=['B7'])
    """

    found: defaultdict[str, Found] = field(default_factory=lambda: defaultdict(Found))
    _part: str = ""
    _left: bytes = b""
    _table: str = ""
    _mark: bytes = b""

    def watch(self, part: str, piece: bytes) -> None:
        """Look through the next piece of a part.

        Parameters
        ----------
        part
            Its name.
        piece
            Some bytes of it; the pieces of a part come in order.
        """
        if _WORKSHEET.fullmatch(part):
            if part != self._part:
                self._mark = b":f" if _PREFIXED.search(piece) else b"<f"
            self._cells(part, self._whole(part, piece, b"row>"))
        elif part == "content.xml":
            self._tables(self._whole(part, piece, b">"))

    def _whole(self, part: str, piece: bytes, end: bytes) -> bytes:
        """Cut after the last end of something, and keep the rest for the next piece."""
        text = self._left + piece if part == self._part else piece
        cut = text.rfind(end) + len(end) if end in text else 0
        self._part, self._left = part, text[cut:][-_LEFT:]
        return text[:cut]

    def _cells(self, part: str, text: bytes) -> None:
        if self._mark not in text:
            return
        for attributes, value in _CELL.findall(text):
            self.found[part].count += 1
            if not value and not _TEXT.search(attributes):
                address = _ADDRESS.search(attributes)
                self.found[part].unvalued.append(address[1].decode() if address else "")

    def _tables(self, text: bytes) -> None:
        if b"<table:table " not in text and b"table:formula" not in text:
            return
        for name, attributes in _TABLE.findall(text):
            if not attributes:
                self._table = unescape(name.decode(errors="replace"))
                continue
            self.found[self._table].count += 1
            if b"office:value-type" not in attributes:
                self.found[self._table].unvalued.append("")


def sheet_parts(workbook: bytes, relations: bytes) -> dict[str, str]:
    """Find the part that holds each sheet of an .xlsx.

    Parameters
    ----------
    workbook, relations
        ``xl/workbook.xml`` and ``xl/_rels/workbook.xml.rels``, both without entities.

    Returns
    -------
    dict
        Name of the part by name of the sheet.
    """
    targets = {each.get("Id"): each.get("Target", "") for each in ElementTree.fromstring(relations)}
    sheets = (each for each in ElementTree.fromstring(workbook).iter() if each.tag.endswith("}sheet"))
    found = {each.get("name", ""): targets.get(each.get(_RELATED, ""), "") for each in sheets}
    return {
        name: target.lstrip("/") if target.startswith("/") else f"xl/{target}"
        for name, target in found.items()
    }
