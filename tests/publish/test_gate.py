"""The gate: 100 secrets planted in every kind of file and encoding, 100 found; and a clean book passes."""

# ruff: noqa: E501 files as texts
from __future__ import annotations

import base64
import gzip
import html
import io
import json
import random
import shutil
import struct
import subprocess
import sys
import time
import urllib.parse
import zipfile
import zlib
from pathlib import Path

import nbformat
import openpyxl
import psutil
import pytest
from click.testing import CliRunner
from conftest import add_table, make_notebook

from pfpp_utils import project
from pfpp_utils.cli import main
from pfpp_utils.errors import Failure, InputError
from pfpp_utils.publish import book, execute, gate, gate_files, plan, withheld
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.gate_traces import Machine, Machinery, emails

CODE = """\
from pfpp_utils.data import tables
from pfpp_utils.publish import show

wards = tables.load("wards")
show.table(wards, name="wards", columns={"ward": "Ward", "people": "People helped"}, title="Wards", subtitle="People, by ward", source="Test")
links = tables.load("links")
show.sankey(links, name="flows", unit="people", title="Where people went", subtitle="People", alt="Two flows from Ashby.", source="Test")
"""
WARDS = "ward,people\nAshby,3\nBexton,12\nCorley,41\nDunmore,48213\nAll,48269\n"
FIELDS = {"ward": {"type": "string"}, "people": {"type": "integer", "unit": "people"}}
LINKS = "source,target,value\nAshby,advice,4\nAshby,food,31\n"
FLOWS = {
    "source": {"type": "string"},
    "target": {"type": "string"},
    "value": {"type": "integer", "unit": "people"},
}
FLOW_RULE = {"preset": "ons-10-5", "counts": ["value"], "by": ["source", "target"]}
RULE = {"preset": "ons-10-5", "counts": ["people"], "by": ["ward"], "totals": {"ward": {"All": []}}}
TEAM = "team,lead\none,Ottoline Farquharson\ntwo,Zebedee O'Shaughnessy\n"
MACHINE = Machine(
    ("/home/okonkwo77", "/srv/eval/pfpp", "/srv/eval/pfpp/.venv", "/var/tmp/pf-99"),
    "okonkwo77",
    "build-node-17",
)


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """A book with withheld counts and names of persons, as `pfpp book` builds it: it passes its own gate."""
    from conftest import write_project

    folder = tmp_path_factory.mktemp("gate") / "project"
    folder.mkdir()
    write_project(folder)
    add_table(folder, "wards", FIELDS, WARDS)
    add_table(
        folder, "team", {"team": {"type": "string"}, "lead": {"type": "string", "pfpp:person": True}}, TEAM
    )
    add_table(folder, "links", FLOWS, LINKS)
    path = folder / "data/datapackage.json"
    package = json.loads(path.read_text())
    package["resources"][-1]["schema"]["primaryKey"] = ["source", "target"]
    package["resources"][-1]["pfpp:disclosure"], package["resources"][-3]["pfpp:disclosure"] = FLOW_RULE, RULE
    path.write_text(json.dumps(package))
    nbformat.write(make_notebook(CODE), folder / "notebooks/place.ipynb")
    (folder / "gate.yml").write_text(
        "- {kind: person, what: '*', file: '*team.csv', reason: for a test}\n"
        "- {kind: e-mail, what: feross@feross.org, file: _static/plotly.min.js, reason: a licence}\n"
    )
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(folder))
        pages = plan.load()
        assert [one.error for one in execute.run(plan.notebooks(pages), jobs=2)] == ["", ""]
        with Builder() as builder:
            book.build(pages, builder)
        patch.undo()
    return folder


@pytest.fixture
def watched(site, monkeypatch):
    monkeypatch.setenv("PFPP_PROJECT", str(site))
    found = gate.watch(["place-north", "place-south"])
    return gate.Watch(found.entries, machine=MACHINE, allowed=found.allowed)


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(*chunks):
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *chunks, chunk(b"IDAT", zlib.compress(b"\0\0")), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def jpeg(text):
    exif = b"Exif\0\0" + text.encode()
    return b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xda\0\2\xff\xd9"


def pdf(text):
    shown = "".join(f"({letter})-20" for letter in text.replace("(", r"\(").replace(")", r"\)"))
    stream = zlib.compress(f"BT [{shown}] TJ ET".encode())
    return (
        b"%PDF-1.4\n1 0 obj\n<</Length "
        + str(len(stream)).encode()
        + b">>\nstream\n"
        + stream
        + b"\nendstream\nendobj\n"
    )


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name.replace("__", "/").replace("_xml", ".xml"), content)
    return file.getvalue()


def workbook(rows, comment=""):
    file, made = io.BytesIO(), openpyxl.Workbook()
    for row in rows:
        made.active.append(row)
    if comment:
        made.active["A1"].comment = openpyxl.comments.Comment(comment, "nobody")
    made.save(file)
    return file.getvalue()


def ods(rows):
    names = {"o": "office", "t": "table", "x": "text"}
    spaces = " ".join(
        f'xmlns:{key}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for key, name in names.items()
    )
    body = "".join(
        "<t:table-row>"
        + "".join(f'<t:table-cell o:value-type="string"><x:p>{cell}</x:p></t:table-cell>' for cell in row)
        + "</t:table-row>"
        for row in rows
    )
    content = f'<o:document-content {spaces}><o:body><o:spreadsheet><t:table t:name="A">{body}</t:table></o:spreadsheet></o:body></o:document-content>'
    return zipped(mimetype="application/vnd.oasis.opendocument.spreadsheet", content_xml=content)


def entities(text):
    return "".join(
        f"&#{ord(letter)};" if number % 2 else f"&#x{ord(letter):x};" for number, letter in enumerate(text)
    )


def escapes(text):
    return "".join(f"\\u{ord(letter):04x}" for letter in text)


def hexes(text):
    return "".join(f"\\x{ord(letter):02x}" for letter in text)


def percents(text):
    return "".join(f"%{byte:02X}" for byte in text.encode())


def wide(text):
    return text.translate({number: number + 0xFEE0 for number in range(0x21, 0x7F)})


def soft(text):
    return "\u00ad".join(text)


def based(text):
    return base64.b64encode(text.encode()).decode()


PLAIN = [str, entities, escapes, hexes, percents, wide, soft]
#: Ways to hide any text in a site: path of the file, and its content made from the text and the file as it was.
WAYS = {
    "paragraph": (
        "place-north.html",
        lambda s, was: was.replace(b"</article>", f"<p>{html.escape(s)}</p></article>".encode()),
    ),
    "comment": ("overview.html", lambda s, was: was + f"<!-- {s} -->".encode()),
    "alternative text": (
        "place-south.html",
        lambda s, was: was + f'<img alt="{html.escape(s)}" src="x.png">'.encode(),
    ),
    "label": ("overview.html", lambda s, was: was + f'<div aria-label="{html.escape(s)}"></div>'.encode()),
    "data attribute": (
        "overview.html",
        lambda s, was: was + f"<div data-x='{json.dumps([s])}'></div>".encode(),
    ),
    "script": ("overview.html", lambda s, was: was + f"<script>var x = {json.dumps(s)};</script>".encode()),
    "data address": (
        "overview.html",
        lambda s, was: was + f'<a href="data:text/plain;base64,{based(s)}">x</a>'.encode(),
    ),
    "data picture": (
        "overview.html",
        lambda s, was: (
            was
            + f'<img src="data:image/svg+xml;base64,{based(f"<svg><desc>{html.escape(s)}</desc></svg>")}">'.encode()
        ),
    ),
    "notebook output": (
        "_sources/place-north.ipynb",
        lambda s, was: was.replace(
            b'"cells": [',
            ('"cells": [{"cell_type": "markdown", "source": ' + json.dumps([s]) + "},").encode(),
            1,
        ),
    ),
    "plotly text": (
        "_static/figures/place-north/flows.json",
        lambda s, was: json.dumps({**json.loads(was), "note": {"text": [s]}}).encode(),
    ),
    "search index": (
        "searchindex.js",
        lambda s, was: was.replace(
            b'"titles":', ('"titles":[' + json.dumps(s) + '],"x":').encode(), 1
        ).replace(b"titles:", ("titles:[" + json.dumps(s) + "],x:").encode(), 1),
    ),
    "style": ("_static/pfpp-x.css", lambda s, was: f'a::after {{ content: "{s}" }}'.encode()),
    "two bytes": ("notes.txt", lambda s, was: s.encode("utf-16")),
    "two bytes without a mark": ("notes.txt", lambda s, was: f"{s}\n{s}".encode("utf-16-be")),
    "one byte": ("notes.txt", lambda s, was: f"caf\u00e9 {s}".encode("latin-1", "replace")),
    "svg description": ("_static/x.svg", lambda s, was: f"<svg><desc>{html.escape(s)}</desc></svg>".encode()),
    "svg metadata": (
        "_static/x.svg",
        lambda s, was: f"<svg><metadata><a>{html.escape(s)}</a></metadata></svg>".encode(),
    ),
    "packed svg": (
        "_static/x.svgz",
        lambda s, was: gzip.compress(f"<svg><title>{html.escape(s)}</title></svg>".encode()),
    ),
    "png text": (
        "_images/x.png",
        lambda s, was: png(chunk(b"tEXt", b"Comment\0" + s.encode("latin-1", "replace"))),
    ),
    "png packed text": (
        "_images/x.png",
        lambda s, was: png(chunk(b"zTXt", b"Comment\0\0" + zlib.compress(s.encode("latin-1", "replace")))),
    ),
    "png world text": (
        "_images/x.png",
        lambda s, was: png(chunk(b"iTXt", b"Title\0\1\0en\0\0" + zlib.compress(s.encode()))),
    ),
    "png exif": ("_images/x.png", lambda s, was: png(chunk(b"eXIf", b"MM\0\x2a\0\0\0\x08" + s.encode()))),
    "jpeg exif": ("_images/x.jpg", lambda s, was: jpeg(s)),
    "pdf text": ("_static/x.pdf", lambda s, was: pdf(s)),
    "pdf title": (
        "_static/x.pdf",
        lambda s, was: b"%PDF-1.4\n1 0 obj <</Title (\xfe\xff" + s.encode("utf-16-be") + b")>> endobj",
    ),
    "csv": ("_static/downloads/x.csv", lambda s, was: f'Name,Note\nx,"{s}"\n'.encode()),
    "workbook cell": ("_static/downloads/x.xlsx", lambda s, was: workbook([["Name", "Note"], ["x", s]])),
    "workbook comment": ("_static/downloads/x.xlsx", lambda s, was: workbook([["Name"]], s)),
    "open document": (
        "_static/downloads/x.ods",
        lambda s, was: ods([["Name", "Note"], ["x", html.escape(s)]]),
    ),
    "archive": ("_static/downloads/x.zip", lambda s, was: zipped(inner=zipped(deep=s))),
    "address": (
        "overview.html",
        lambda s, was: was + f'<a href="x.html?q={urllib.parse.quote(s)}">x</a>'.encode(),
    ),
}
#: Ways that need a text as it is.
BARE = {
    "two bytes without a mark",
    "pdf text",
    "one byte",
    "png text",
    "png packed text",
    "pdf title",
    "style",
}
TEXTS = {
    "e-mail": [
        "ann.lee@council.example.org",
        "mailto:J_Smith@dept.example.co.uk",
        "Write to o'neil@example.net.",
    ],
    "person": ["Ottoline Farquharson", "with FARQUHARSON, Ottoline,", "zebedee  o'shaughnessy said"],
    "machine": [
        "/home/okonkwo77/x.csv",
        "file:///srv/eval/pfpp/data",
        "run by okonkwo77",
        "on build-node-17",
        "/var/tmp/pf-99/ipykernel_3",
        "C:\\Users\\okonkwo77\\x",
    ],
    "figure": [
        "Ashby had 3 people helped.",
        "48,213",
        "48213",
        "People helped in Ashby: three",
        "All: 48 269",
        "In Bexton 12 people were helped.",
    ],
}
#: Figures where only the place they stand in says what they are.
ROWS = {
    "table of the page": ("place-north.html", lambda was: was.replace(b"[c]</td>", b"3</td>", 1)),
    "table elsewhere": (
        "overview.html",
        lambda was: (
            was
            + b"<table><tr><th>Ward</th><th>x</th><th>People helped</th></tr><tr><td>Ashby</td><td>9</td><td>3</td></tr></table>"
        ),
    ),
    "download": ("_static/downloads/place-north/table-wards.csv", lambda was: was.replace(b"[c]", b"3", 1)),
    "the table's own download": (
        "_static/tables/wards.csv",
        lambda was: was.replace(b"Bexton,[c]", b"Bexton,12"),
    ),
    "a total not rounded": ("_static/tables/wards.csv", lambda was: was.replace(b"48270", b"48269")),
    "workbook": (
        "_static/downloads/place-north/table-wards.xlsx",
        lambda was: workbook([["Ward", "n"], ["Ashby", 3]]),
    ),
    "open document": ("_static/x.ods", lambda was: ods([["Ward", "People"], ["Bexton", "12"]])),
    "plotly": (
        "_static/figures/place-north/flows.json",
        lambda was: (
            was.replace(b'"value": [30', b'"value": [4, 30', 1)
            .replace(b'"source": [0', b'"source": [0, 0', 1)
            .replace(b'"target": [1', b'"target": [1, 1', 1)
        ),
    ),
    "plotly side by side": (
        "_static/x.json",
        lambda was: json.dumps({"data": [{"ward": ["Corley", "Ashby"], "people": [40, 3]}]}).encode(),
    ),
    "plotly packed": (
        "_static/x.json",
        lambda was: json.dumps(
            {
                "x": ["Corley", "Ashby"],
                "people": {"dtype": "i1", "bdata": base64.b64encode(bytes([40, 3])).decode()},
            }
        ).encode(),
    ),
    "records": ("_static/x.json", lambda was: json.dumps([{"ward": "Ashby", "people": 3}]).encode()),
    "its own picture": (
        "_static/figures/place-north/flows.svg",
        lambda was: b"<svg><text x='3'>4</text></svg>",
    ),
    "words of its picture": (
        "place-north.html",
        lambda was: was.replace(
            b'aria-label="Two flows from Ashby."', b'aria-label="Ashby to food 31, to advice 4."', 1
        ),
    ),
    "notebook": ("_sources/place-south.ipynb", lambda was: was.replace(b"[c]</td>", b"3</td>", 1)),
}


def plants(seed=20230331):
    """100 secrets, each with kind, way, path and what the file becomes."""
    draw, found = (
        random.Random(seed),
        [("figure", f"row: {way}", path, make) for way, (path, make) in ROWS.items()],
    )
    ways = list(WAYS.items())
    while len(found) < 100:
        way, (path, make) = ways[len(found) % len(ways)]
        kind = draw.choice(list(TEXTS))
        text = draw.choice(TEXTS[kind])
        encode = str if way in BARE else draw.choice(PLAIN)
        if encode in {escapes, hexes} and way in {
            "svg description",
            "svg metadata",
            "paragraph",
        }:
            encode = entities
        if encode is entities and way not in {
            "svg description",
            "svg metadata",
            "paragraph",
            "comment",
        }:
            encode = percents
        secret = encode(text)
        if encode is entities:
            bare = make

            def make(was, bare=bare, text=text, secret=secret):
                return bare("@@@", was).replace(b"@@@", secret.encode())
        else:
            bare = make

            def make(was, bare=bare, secret=secret):
                return bare(secret, was)

        found.append((kind, f"{way}, {encode.__name__}, {text}", path, make))
    return found


def test_a_book_passes_its_own_gate_and_is_not_read_twice(site, watched, monkeypatch):
    built = site / "_build/book"
    assert "[c]</td>" in (built / "place-north.html").read_text()
    assert gate.findings(built, watched) == []
    known = json.loads((site / "_build/gate.json").read_text())
    assert len(known["files"]) == sum(path.is_file() for path in built.rglob("*"))
    gate.findings(built, watched, memory=site / "_build/gate-test.json")
    monkeypatch.setattr(gate._Search, "file", None)
    assert gate.findings(built, watched, memory=site / "_build/gate-test.json") == []


@pytest.mark.parametrize("much", [0, 10**12], ids=["on all cores", "on one"])
def test_all_files_are_looked_through_however_many_look(site, watched, monkeypatch, tmp_path, much):
    folder = tmp_path / "site"
    folder.mkdir()
    for number in range(40):
        (folder / f"{number:02}.txt").write_text("Ask jane@wards.gov.uk." if number % 3 == 0 else "Nothing.")
    monkeypatch.setattr(gate, "MUCH", much)
    found = gate.findings(folder, watched, memory=tmp_path / "memory.json", jobs=2)
    assert [(one.file, one.kind) for one in found] == [(f"{n:02}.txt", "e-mail") for n in range(0, 40, 3)]
    (folder / "01.txt").write_text("Ask john@wards.gov.uk.")
    again = gate.findings(folder, watched, memory=tmp_path / "memory.json")
    assert [one for one in again if one not in found] == [one for one in again if one.file == "01.txt"]
    assert len(again) == len(found) + 1


def test_whoever_looks_ends_with_whoever_asked(tmp_path):
    code = f"""
import os, time
from pathlib import Path
from pfpp_utils.publish import gate
def look(self, file, path):
    Path({str(tmp_path)!r}, file).write_text(str(os.getpid()))
    time.sleep(600)
gate._Search.look, gate.MUCH = look, 0
folder = Path({str(tmp_path)!r}) / "site"
folder.mkdir()
for name in "ab":
    (folder / name).write_text(name)
gate.findings(folder, gate.Watch([]), jobs=2)
"""
    asking = subprocess.Popen([sys.executable, "-c", code])
    pids = []
    try:
        end = time.monotonic() + 60
        while len(pids) < 2 and time.monotonic() < end:
            pids = [int(text) for name in "ab" if (text := _read(tmp_path / name))]
        assert len(pids) == 2
    finally:
        asking.kill()
        asking.wait()
    while any(map(_runs, pids)) and time.monotonic() < end:
        time.sleep(0.05)
    assert not any(map(_runs, pids))


def _runs(pid):
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def _read(path):
    return path.read_text() if path.is_file() else ""


def test_a_hundred_planted_secrets_are_all_found(site, watched):
    built, search, missed = site / "_build/book", gate._Search(watched), []
    everything = plants()
    assert len(everything) == 100
    for kind, way, path, make in everything:
        was = (built / path).read_bytes() if (built / path).is_file() else b""
        now = make(was)
        assert now != was, way
        found = search.file(path, now)
        if kind not in {one.kind for one in found}:
            missed.append((kind, way, path))
    assert missed == []
    assert {kind for kind, *_ in everything} == set(TEXTS)


def test_one_planted_secret_stops_the_book_and_the_last_one_stands(site, tmp_path, monkeypatch):
    folder = shutil.copytree(site, tmp_path / "project", symlinks=True)
    monkeypatch.setenv("PFPP_PROJECT", str(folder))
    before = {path: path.read_bytes() for path in (folder / "_build/book").rglob("*") if path.is_file()}
    (folder / "book/overview.md").write_text(
        "# Overview\n\nAsk Ottoline Farquharson (o.f@example.org), or see `/tmp/x`.\n"
    )
    with Builder() as builder, pytest.raises(Failure, match="nothing was published") as caught:
        book.build(plan.load(), builder)
    told = str(caught.value)
    assert "overview.html, line" in told
    assert "person: Ottoline Farquharson" in told
    assert "e-mail: o.f@example.org" in told
    assert "machine: /tmp" in told
    assert {
        path: path.read_bytes() for path in (folder / "_build/book").rglob("*") if path.is_file()
    } == before
    assert not (folder / "_build/book.new").exists()


def test_what_equals_a_withheld_figure_elsewhere_is_no_finding(site, watched):
    search = gate._Search(watched)
    for text in (
        "<p>Three projects had 3 leads and 12 meetings.</p>",
        "<table><tr><th>Ward</th><th>Schools</th></tr><tr><td>Ashby</td><td>3</td></tr></table>",
        "<p>In Corley 3 people asked.</p>",
        '<svg><path d="M 3 12 4"/></svg>',
    ):
        assert search.file("overview.html", text.encode()) == [], text


def test_a_figure_is_named_and_not_told(site, watched):
    path, make = ROWS["download"]
    finding, *rest = gate._Search(watched).file(path, make((site / "_build/book" / path).read_bytes()))
    assert "table-wards on page place-north: row ashby" in str(finding)
    assert all("3" not in one.what for one in (finding, *rest))


def test_no_site_or_half_a_site_is_bad_input(small_project, tmp_path):
    def ran(*words):
        result = CliRunner().invoke(main, ["gate", *map(str, words)])
        return result.exit_code, result.stderr

    status, said = ran()
    assert status == 2
    assert "there is no site to look through" in said
    assert "`pfpp book`" in said
    built = small_project / "_build/book"
    built.mkdir(parents=True)
    assert ran()[0] == 2
    (built / "index.html").write_text("<p>x</p>")
    status, said = ran()
    assert status == 2
    assert "half built" in said
    assert "no page" in said
    (tmp_path / "empty").mkdir()
    assert ran(tmp_path / "empty")[0] == 2


def test_what_a_page_withheld_must_be_known(site, monkeypatch):
    monkeypatch.setenv("PFPP_PROJECT", str(site))
    assert len(withheld.load(["place-north"])) == 7
    with pytest.raises(InputError, match="not known"):
        gate.watch(["place-north", "place-west"])


@pytest.mark.parametrize(
    "text",
    [
        "- {kind: e-mail, what: x}",
        "- {kind: e-mail, what: x, reason: ''}",
        "a: b",
        "- 1",
        "[",
        "- {kind: a, what: b, reason: c, d: e}",
        "[" * 5000 + "]" * 5000,
        "- &a [x, x]\n- [*a, *a]",
    ],
)
def test_an_entry_without_a_reason_is_refused(small_project, text):
    (small_project / "gate.yml").write_text(text)
    with pytest.raises(InputError, match=r"gate\.yml"):
        gate.allowed()


@pytest.mark.parametrize(
    "text", ["icon@2x.png", "@media (x)", "a @ b.c", "npm i d3@7.1.0", "user@host", "x@y.js"]
)
def test_what_is_no_address(text):
    assert list(emails(text)) == []


def test_a_common_account_is_not_found_in_words():

    user, scratch = "root", "tmp"
    machine = Machinery(Machine((f"/{user}", f"/{scratch}"), user, "vm"))
    assert not list(machine.found(":root { --x: 1 } https://example.org/root a/tmp/b /tmpfile VM root"))
    file = f'"/{scratch}/ipykernel_1/2.py"'
    for text in (f"/{user}/x", file, f"file:///{user}/", f"{user}@vm:~", "http://vm:8000/"):
        assert list(machine.found(text)), text
    pdf = b"%%PDF-1.4\n1 0 obj\n<</Type /Catalog>>\nendobj\n%s\ntrailer\n<</Root 1 0 R>>\n%%%%EOF\n"
    for said, told in (
        (b"", False),
        (f"({user} at /{user}/x)".encode(), True),
        (b"in /Root /Info 1 0 R", True),
    ):
        (text,) = gate_files.texts("a.pdf", pdf % said)
        assert bool(list(machine.found(text.text))) == told, said


@pytest.mark.skipif(
    not (project.CHECKOUT / "_build/book/index.html").is_file(), reason="the book has not been built"
)
def test_the_real_book_passes():
    built = Path(project.CHECKOUT / "_build/book")
    assert gate.findings(built, gate.Watch([], allowed=gate.allowed()), memory=None) == []
