"""Small spreadsheet files for tests, written by hand or by the formats' own libraries."""

from __future__ import annotations

import csv
import zipfile
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

import openpyxl

REGISTER = [
    "Identifier",
    "Title",
    "Amount Awarded",
    "Award Date",
    "Recipient Org:Name",
    "Funding Org:Name",
    "Grant Programme:Title",
]
AWARD = ["360G-cabinetoffice-GA-1", "Repairs", "25000", "2016-10-03", "Town Council", "DfT", "Roads"]
ODS = "application/vnd.oasis.opendocument.spreadsheet"
_NAMES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{ODS}"/>%s</manifest:manifest>'
)


def write_csv(path: Path, rows: list[list[str]], *, end: str = "\r\n", encoding: str = "utf-8") -> Path:
    with path.open("w", newline="", encoding=encoding) as file:
        csv.writer(file, lineterminator=end).writerows(rows)
    return path


def write_xlsx(path: Path, sheets: dict[str, list[list[object]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append([None if cell == "" else cell for cell in row])
    book.save(path)
    return path


def ods_cell(value: object) -> str:
    if value in ("", None):
        return "<table:table-cell/>"
    if isinstance(value, int | float):
        return f'<table:table-cell office:value-type="float" office:value="{value}"/>'
    text = f"<text:p>{escape(str(value))}</text:p>"
    return f'<table:table-cell office:value-type="string">{text}</table:table-cell>'


def ods_row(cells: str, attributes: str = "") -> str:
    return f"<table:table-row {attributes}>{cells}</table:table-row>"


def ods_content(sheets: dict[str, list[list[object]]], *, after: str = "") -> str:
    tables = (
        f"<table:table table:name={quoteattr(name)}>"
        + "".join(ods_row("".join(map(ods_cell, row))) for row in rows)
        + f"{after}</table:table>"
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{''.join(tables)}</office:spreadsheet></office:body>"
    return f'<?xml version="1.0"?><office:document-content {_NAMES}>{body}</office:document-content>'


def ods_parts(content: str, *, manifest: str = "") -> dict[str, str]:
    return {"mimetype": ODS, "META-INF/manifest.xml": _MANIFEST % manifest, "content.xml": content}


def write_ods(path: Path, content: str, *, manifest: str = "") -> Path:
    parts = ods_parts(content, manifest=manifest)
    return write_zip(path, {name: text.encode() for name, text in parts.items()})


def write_zip(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def with_parts(path: Path, parts: dict[str, bytes]) -> Path:
    """Write a workbook anew with some of its parts exchanged or added."""
    with zipfile.ZipFile(path) as archive:
        held = {name: archive.read(name) for name in archive.namelist()}
    return write_zip(path, held | parts)
