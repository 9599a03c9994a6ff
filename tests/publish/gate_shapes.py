"""Ways in which a site can tell what it must not: shapes, ways to write a number, and containers."""

# ruff: noqa: E501 files as texts
from __future__ import annotations

import base64
import bz2
import gzip
import html
import io
import json
import lzma
import tarfile
import zipfile
from collections.abc import Callable

import openpyxl

#: What is withheld of a table of wards: row, value; and the column, as kept and as shown.
WARDS = {"Ashby": 3, "Bexton": 12, "Corley": 41, "Dunmore": 312}
KEPT, SHOWN = "people", "People helped"
ENTRIES = [
    {
        "row": [ward],
        "column": KEPT,
        "columns": [KEPT, SHOWN],
        "value": float(value),
        "page": "place-north",
        "output": "table-wards",
    }
    for ward, value in WARDS.items()
]


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


def tarred(name: str, content: bytes) -> bytes:
    file, head = io.BytesIO(), tarfile.TarInfo(name)
    head.size = len(content)
    with tarfile.open(fileobj=file, mode="w") as archive:
        archive.addfile(head, io.BytesIO(content))
    return file.getvalue()


def workbook(rows, *, properties="", sheet="Sheet", note="") -> bytes:
    file, made = io.BytesIO(), openpyxl.Workbook()
    made.active.title = sheet
    for row in rows:
        made.active.append(row)
    if properties:
        made.properties.creator = properties
    if note:
        made.active["A1"].comment = openpyxl.comments.Comment(note, "x")
    made.save(file)
    return file.getvalue()


def ods(rows) -> bytes:
    names = {"office": "office", "table": "table", "text": "text"}
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items()
    )
    body = "".join(
        "<table:table-row>"
        + "".join(
            f'<table:table-cell office:value-type="string"><text:p>{cell}</text:p></table:table-cell>'
            for cell in row
        )
        + "</table:table-row>"
        for row in rows
    )
    content = f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="A">{body}</table:table></office:spreadsheet></office:body></office:document-content>'
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": content.encode()}
    )


def table(rows, caption="") -> str:
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<table>{f'<caption>{caption}</caption>' if caption else ''}{body}</table>"


def lines(rows, mark) -> str:
    return "\n".join(mark.join(map(str, row)) for row in rows) + "\n"


#: HTML that tells of one ward; w is its name, n how its figure is written, c the column.
PAGES: dict[str, Callable[[str, str, str], str]] = {
    "table": lambda w, n, c: table([["Ward", "Schools", c], [w, "9", n], ["Elsham", "9", "8"]]),
    "transposed table": lambda w, n, c: table([["Ward", "Elsham", w], ["Schools", "9", "7"], [c, "8", n]]),
    "two rows of names": lambda w, n, c: (
        f'<table><tr><th rowspan="2">Ward</th><th colspan="2">{c}</th></tr><tr><th>2022</th><th>2023</th></tr><tr><td>{w}</td><td>9</td><td>{n}</td></tr></table>'
    ),
    "ward over two rows": lambda w, n, c: (
        f'<table><tr><th>Ward</th><th>What</th><th>Value</th></tr><tr><td rowspan="2">{w}</td><td>Schools</td><td>9</td></tr><tr><td>{c}</td><td>{n}</td></tr></table>'
    ),
    "definitions": lambda w, n, c: f"<dl><dt>{w}</dt><dd>{n}</dd><dt>Elsham</dt><dd>8</dd></dl>",
    "definitions of several": lambda w, n, c: f"<dl><dt>{w}</dt><dd>Schools: 9</dd><dd>{c}: {n}</dd></dl>",
    "heading and paragraph": lambda w, n, c: f"<h3>{w}</h3><p>{n} people were helped here.</p>",
    "heading and number": lambda w, n, c: f"<h3>{w}</h3>\n<p><b>{n}</b></p>",
    "heading, words, paragraph": lambda w, n, c: (
        f"<h2>{w}</h2><p>A ward in the north of the town, with a market.</p><p>Of all who came, {n} people were helped.</p>"
    ),
    "caption and row": lambda w, n, c: table([[c, n], ["Schools", "9"]], caption=w),
    "caption of both": lambda w, n, c: table([["2022", "8"], ["2023", n]], caption=f"{c}, {w}"),
    "row that names those below": lambda w, n, c: table(
        [["What", "2023"], [w, ""], ["Schools", "9"], [c, n]]
    ),
    "order of a row": lambda w, n, c: (
        f'<table><tr><th>Ward</th><th>{c}</th></tr><tr><td>{w}</td><td data-order="{n}">[c]</td></tr></table>'
    ),
    "tooltip of a cell": lambda w, n, c: (
        f'<table><tr><th>Ward</th><th>{c}</th></tr><tr><td>{w}</td><td><span title="{n}">[c]</span></td></tr></table>'
    ),
    "data of an element": lambda w, n, c: f'<div data-ward="{w}" data-people="{n}">a</div>',
    "data and text": lambda w, n, c: f'<ul><li data-n="{n}">{w}</li></ul>',
    "label for readers": lambda w, n, c: f'<span aria-label="{w}: {n}"></span>',
    "title": lambda w, n, c: f'<p title="{c} in {w}: {n}">x</p>',
    "alternative text": lambda w, n, c: f'<img src="x.png" alt="Bars of wards. {w} has {n}.">',
    "comment": lambda w, n, c: f"<!-- {w} {n} -->",
    "table in a comment": lambda w, n, c: f"<!-- {table([['Ward', c], [w, n]])} -->",
    "list": lambda w, n, c: f"<ul><li>Elsham: 8</li><li>{w}: {n}</li></ul>",
    "boxes": lambda w, n, c: f"<div><div>{w}</div><div>{n}</div></div>",
    "boxes with words": lambda w, n, c: f"<div><span>{w}</span> <span>{c}</span> <span>{n}</span></div>",
    "run together": lambda w, n, c: f"<p><span>{w}</span><b>{n}</b></p>",
    "choice": lambda w, n, c: f'<select><option value="{n}">{w}</option></select>',
    "field": lambda w, n, c: f'<label>{w} <input type="number" value="{n}"></label>',
    "meter": lambda w, n, c: f'<p>{w}</p><meter value="{n}" max="50"></meter>',
    "address": lambda w, n, c: f'<a href="x.html?ward={w}&amp;people={n}">x</a>',
    "svg, two texts": lambda w, n, c: f"<svg><text>{w}</text><text>{n}</text></svg>",
    "svg, texts in a row": lambda w, n, c: (
        f'<svg><text x="0" y="20">{w}</text><text x="0" y="40">Elsham</text><text x="90" y="20">{n}</text><text x="90" y="40">8</text></svg>'
    ),
    "svg, title of a bar": lambda w, n, c: (
        f"<svg><g><title>{w}</title><rect width='3'><title>{n}</title></rect></g></svg>"
    ),
    "svg, drawn text": lambda w, n, c: (
        f'<svg><text transform="translate(5 20)"><tspan>{w}</tspan></text><text transform="translate(5 60)">Elsham</text><text transform="translate(90 20)"><tspan>{n}</tspan></text></svg>'
    ),
    "xml": lambda w, n, c: f'<wards><ward name="{w}"><people>{n}</people></ward></wards>',
    "xml of names": lambda w, n, c: f"<data><{w}>{n}</{w}></data>",
    "script": lambda w, n, c: f'<script>const rows = [["Elsham", 8], ["{w}", {n}]];</script>',
    "script of names": lambda w, n, c: f"<script>var x = {{{w}: {{schools: 9, people: {n}}}}};</script>",
    "script of text": lambda w, n, c: f"<script>tip('{w} had {n} {c}');</script>",
    "data in a script": lambda w, n, c: (
        f'<script type="application/json">{{"{w}": {{"people": "{n}"}}}}</script>'
    ),
    "style": lambda w, n, c: f'<style>.{w}::after {{ content: "{n}" }}</style>',
    "style of a bar": lambda w, n, c: f'<li style="--people: {n}">{w}</li>',
}
#: JSON that tells of one ward.
DATA: dict[str, Callable[[str, object, str], object]] = {
    "by ward": lambda w, n, c: {w: n, "Elsham": 8},
    "by ward and column": lambda w, n, c: {w: {"schools": 9, KEPT: n}},
    "by column and ward": lambda w, n, c: {"schools": {w: 9}, KEPT: {w: n}},
    "records": lambda w, n, c: [{"ward": "Elsham", KEPT: 8}, {"ward": w, KEPT: n}],
    "renamed records": lambda w, n, c: {"data": [{"name": w, "value": n}]},
    "columns apart": lambda w, n, c: {
        "columns": ["ward", "schools", KEPT],
        "data": [["Elsham", 7, 8], [w, 9, n]],
    },
    "rows of names": lambda w, n, c: [["", "Elsham", w], [c, 8, n]],
    "arrays": lambda w, n, c: {"ward": ["Elsham", w], KEPT: [8, n]},
    "chart of labels and sets": lambda w, n, c: {
        "labels": ["Elsham", w],
        "datasets": [{"label": c, "data": [8, n]}],
    },
    "trace": lambda w, n, c: {"data": [{"type": "bar", "name": c, "x": ["Elsham", w], "y": [8, n]}]},
    "hover text": lambda w, n, c: {"hovertext": ["Elsham: 8", f"{w}: {n}"]},
    "map": lambda w, n, c: {
        "features": [{"type": "Feature", "properties": {"name": w, KEPT: n}, "geometry": None}]
    },
    "page in a notebook": lambda w, n, c: {
        "cells": [
            {
                "outputs": [
                    {
                        "data": {
                            "text/html": [
                                "<table>\n",
                                f"<tr><td>{w}</td>\n",
                                f"<td>{n}</td></tr>\n",
                                "</table>",
                            ]
                        }
                    }
                ]
            }
        ]
    },
    "text in a notebook": lambda w, n, c: {
        "cells": [{"outputs": [{"data": {"text/plain": ["     ward  people\n", f"0  {w}      {n}"]}}]}]
    },
    "page in a text": lambda w, n, c: {"html": f"<b>{w}</b>: <i>{n}</i>"},
}
#: Text that tells of one ward.
TEXTS: dict[str, tuple[str, Callable[[str, str, str], str]]] = {
    "csv": (
        "x.csv",
        lambda w, n, c: lines([["ward", "schools", KEPT], ["Elsham", 7, 8], [w, 9, f'"{n}"']], ","),
    ),
    "transposed csv": (
        "x.csv",
        lambda w, n, c: lines([["ward", "Elsham", w], ["schools", 7, 9], [KEPT, 8, f'"{n}"']], ","),
    ),
    "semicolons": ("x.csv", lambda w, n, c: lines([["ward", "schools", KEPT], [w, 9, n]], ";")),
    "tabs": ("x.txt", lambda w, n, c: lines([["ward", "schools", KEPT], [w, 9, n]], "\t")),
    "markdown": (
        "x.md",
        lambda w, n, c: f"| Ward | {c} | Schools |\n|---|---:|---|\n| Elsham | 8 | 9 |\n| {w} | {n} | 9 |\n",
    ),
    "yaml": ("x.yml", lambda w, n, c: f"Elsham:\n  schools: 7\n{w}:\n  people: {n}\n"),
    "settings": ("x.txt", lambda w, n, c: f"[people]\n{w} = {n}\n"),
    "sentence": (
        "x.md",
        lambda w, n, c: (
            f"In the ward of {w}, and this surprised those who had planned it, {n} people were helped."
        ),
    ),
    "short sentence": ("x.md", lambda w, n, c: f"{w} had {n}."),
    "code": ("x.js", lambda w, n, c: f'chart.add("{w}", {n});'),
    "style sheet": ("x.css", lambda w, n, c: f'.{w} {{ --people: "{n}" }}'),
}
#: Workbooks.
BOOKS: dict[str, Callable[[str, object, str], tuple[str, bytes]]] = {
    "sheet": lambda w, n, c: (
        "x.xlsx",
        workbook([["Wards"], ["Ward", "Schools", c], ["Elsham", 7, 8], [w, 9, n]]),
    ),
    "transposed sheet": lambda w, n, c: (
        "x.xlsx",
        workbook([["Ward", "Elsham", w], ["Schools", 7, 9], [c, 8, n]]),
    ),
    "sheet of a ward": lambda w, n, c: ("x.xlsx", workbook([["Schools", 9], [c, n]], sheet=w)),
    "note": lambda w, n, c: ("x.xlsx", workbook([["a"]], note=f"{w}: {n}")),
    "open document": lambda w, n, c: ("x.ods", ods([["Ward", "Schools", c], [w, 9, n]])),
    "transposed open document": lambda w, n, c: ("x.ods", ods([["Ward", "Elsham", w], [c, 8, n]])),
}
_TENS = {3: "three", 12: "twelve", 41: "forty-one", 312: "three hundred and twelve"}
#: Ways to write a number in a page, in data, and in any text.
IN_PAGES: dict[str, Callable[[int], str]] = {
    "digits": str,
    "decimals": lambda n: f"{n}.00",
    "entities": lambda n: "".join(f"&#{ord(digit)};" for digit in str(n)),
    "hexadecimal entities": lambda n: "".join(f"&#x{ord(digit):x};" for digit in str(n)),
    "tags between": lambda n: "".join(f"<i>{digit}</i>" for digit in str(n)),
    "soft hyphens": lambda n: "&shy;".join(str(n)),
    "thin spaces": lambda n: "&thinsp;".join(str(n)),
    "hidden": lambda n: "\u200b".join(str(n)) + "\u2060",
    "wide digits": lambda n: "".join(chr(ord(digit) + 0xFEE0) for digit in str(n)),
    "Arabic digits": lambda n: "".join(chr(ord(digit) - 48 + 0x660) for digit in str(n)),
    "words": _TENS.__getitem__,
    "Words": lambda n: _TENS[n].capitalize().replace("-", "\u2011"),
    "unit": lambda n: f"{n}&nbsp;people",
    "note": lambda n: f"{n}<sup>a</sup>",
}
IN_DATA: dict[str, Callable[[int], object]] = {
    "number": int,
    "float": float,
    "text": str,
    "text with a unit": lambda n: f"{n} people",
    "words": _TENS.__getitem__,
    "thin spaces": lambda n: "\u2009".join(str(n)),
}
IN_TEXTS: dict[str, Callable[[int], str]] = {
    "digits": str,
    "decimals": lambda n: f"{n}.0",
    "words": _TENS.__getitem__,
    "soft hyphens": lambda n: "\u00ad".join(str(n)),
    "no-break spaces": lambda n: "\u00a0".join(str(n)),
}


def escaped(text: str) -> str:
    """Write letters and digits of JSON texts as codes."""
    return "".join(f"\\u{ord(one):04x}" if one.isdigit() else one for one in text)


def embedded(name: str, content: bytes) -> tuple[str, bytes]:
    kind = {"html": "text/html", "json": "application/json", "csv": "text/csv"}.get(
        name.rpartition(".")[2], "application/octet-stream"
    )
    return "p.html", f'<a href="data:{kind};base64,{base64.b64encode(content).decode()}">x</a>'.encode()


#: Containers for a file, by name and content.
CONTAINERS: dict[str, Callable[[str, bytes], tuple[str, bytes]]] = {
    "bare": lambda name, content: (name, content),
    "gz": lambda name, content: (f"{name}.gz", gzip.compress(content)),
    "bz2": lambda name, content: (f"{name}.bz2", bz2.compress(content)),
    "xz": lambda name, content: (f"{name}.xz", lzma.compress(content)),
    "zip": lambda name, content: ("x.zip", zipped({name: content})),
    "zip in a zip": lambda name, content: ("x.zip", zipped({"y.zip": zipped({name: content})})),
    "tar": lambda name, content: ("x.tar", tarred(name, content)),
    "packed tar": lambda name, content: ("x.tar.xz", lzma.compress(tarred(name, content))),
    "data address": embedded,
    "text of JSON": lambda name, content: (
        ("x.json", json.dumps({"attachment": content.decode()}).encode())
        if not name.endswith(("xlsx", "ods"))
        else (name, content)
    ),
    "attribute": lambda name, content: (
        ("p.html", f'<iframe srcdoc="{html.escape(content.decode())}"></iframe>'.encode())
        if name.endswith("html")
        else (name, content)
    ),
    "two bytes": lambda name, content: (
        (name, content.decode().encode("utf-16"))
        if name.endswith(("html", "csv", "txt", "md"))
        else (name, content)
    ),
}
