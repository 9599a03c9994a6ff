"""A file of the book is what its name says, or it is refused by name before anything is written."""

from __future__ import annotations

import gzip
import io
import zipfile

import openpyxl
import pytest
from click.testing import CliRunner
from conftest import files

from pfpp_utils import project
from pfpp_utils.cli import main
from pfpp_utils.errors import InputError
from pfpp_utils.publish import attachments, book, faults
from pfpp_utils.publish.finish import policy


def archive(**members):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w") as made:
        for name, text in members.items():
            made.writestr(name.replace("__", "/").replace("_xml", ".xml").replace("_bin", ".bin"), text)
    return held.getvalue()


def workbook():
    held = io.BytesIO()
    openpyxl.Workbook().save(held)
    return held.getvalue()


PAGE = b"\n<!DOCTYPE html><html><script>alert(1)</script></html>"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(20)
SVG = b'<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg">%s</svg>'
TABLE = b"place,people\nNorth,3\n"
STRANGE = [
    ("a.csv", workbook(), "an Excel workbook"),
    ("a.CSV", PAGE, "a web page"),
    ("a.csv", b"\xef\xbb\xbf  <html><body></body></html>", "a web page"),
    ("a.csv", b"<table><tr><td>3</td></tr></table>", "XML"),
    ("a.csv", b'{"people": 3}', "JSON"),
    ("a.csv", PICTURE, "a picture"),
    ("a.csv", b"%PDF-1.7", "a PDF"),
    ("a.csv", b"\0\1\2\3", "not a text"),
    ("a.tsv", gzip.compress(TABLE), "compressed"),
    ("a.txt", PAGE, "a web page"),
    ("a.css", PAGE, "a web page"),
    ("a.js", PAGE, "a web page"),
    ("a.json", TABLE, "plain text"),
    ("a.json", b'{"people": ', "broken JSON"),
    ("a.json", PAGE, "a web page"),
    ("a.xlsx", TABLE, "plain text"),
    ("a.xlsx", b"\xd0\xcf\x11\xe0old", "an old Excel workbook"),
    ("a.xlsx", archive(x="1"), "a zip file, but no workbook"),
    ("a.xlsx", archive(xl__workbook_xml="", xl__vbaProject_bin=""), "a workbook with macros"),
    ("a.xlsx", workbook()[:200], "a broken zip file"),
    ("a.ods", workbook(), "an Excel workbook"),
    ("a.docx", workbook(), "an Excel workbook"),
    ("a.zip", workbook(), "an Excel workbook"),
    ("a.csv.gz", gzip.compress(PAGE), "a web page"),
    ("a.csv.gz", TABLE, "plain text"),
    ("a.png", PAGE, "a web page"),
    ("a.png", b"\xff\xd8\xff" + bytes(20), "a picture"),
    ("a.jpg", PICTURE, "a picture"),
    ("a.gif", TABLE, "plain text"),
    ("a.webp", b"RIFF" + bytes(20), "not a text"),
    ("a.pdf", PAGE, "a web page"),
    ("a.woff2", PAGE, "a web page"),
    ("a.svg", PAGE, "a web page"),
    ("a.svg", SVG % b"<script>alert(1)</script>", "a program in it"),
    ("a.svg", SVG % b'<a href="javascript:alert(1)"/>', "a program in it"),
    ("a.svg", SVG % b'<rect onclick="alert(1)"/>', "a program in it"),
    ("a.svg", b'<svg xmlns="http://www.w3.org/2000/svg"\nonload = "alert(1)"/>', "a program in it"),
    ("a.svg", SVG % b'<a href="java&#115;cript:alert(1)"/>', "a program in it"),
    ("a.svg", SVG % b'<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>', "a program in it"),
    ("a.svg", SVG % b'<a><set attributeName="href" to=" javascript:alert(1)"/></a>', "a program in it"),
    ("a.svg", SVG % b'<image href="http://203.0.113.1/x.png"/>', "loads from elsewhere"),
    ("a.svg", SVG % b"<style>@import '//203.0.113.1/x.css'</style>", "loads from elsewhere"),
    ("a.svg", b'<?xml-stylesheet href="x.xsl"?><svg/>', "loads from elsewhere"),
    ("a.svg", b'<!DOCTYPE svg [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><svg>&b;</svg>', "entities"),
    ("a.svg", SVG % b"<g>", "a broken picture"),
    ("a.html", PAGE, "without the book's content security policy"),
    ("a.htm", policy.META.encode() + PAGE, "a program or style in it"),
    ("a.xls", TABLE, "plain text"),
    ("a.tif", PICTURE, "a picture"),
    ("a.7z", workbook(), "an Excel workbook"),
    ("a.data", PAGE, "a web page"),
    ("data", workbook(), "an Excel workbook"),
]
SOUND = [
    ("a.csv", TABLE),
    ("a.csv", b""),
    ("a.csv", b"[note 1],people\n[c],3\n"),
    ("a.csv", "pl\u00e4ce,n\n".encode("utf-16")),
    ("a.csv.gz", gzip.compress(TABLE)),
    ("a.json", b'\xef\xbb\xbf{"a": [1]}'),
    ("a.xlsx", workbook()),
    ("a.docx", archive(word__document_xml="<a/>")),
    ("a.zip", archive(x="1")),
    ("a.png", PICTURE),
    ("a.jpeg", b"\xff\xd8\xff" + bytes(20)),
    ("a.svg", SVG % b'<path d="M0 0"/>'),
    (
        "a.svg",
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "svg11.dtd">\n<svg><a href="https://a.test"/></svg>',
    ),
    ("a.html", policy.META.encode() + b"<p>Text</p>"),
    ("a.xls", b"\xd0\xcf\x11\xe0old"),
    ("a.md", b"<div>\n\n# Title\n</div>"),
    ("a.md", b"{ref}`x`"),
    ("a.css", b"[hidden] {display: none}"),
    ("a.js", b"{ let a = 1; }"),
    ("a.bib", b"@book{a}"),
    ("a.unknown", b"anything"),
]


@pytest.mark.parametrize(
    ("name", "content", "what"), STRANGE, ids=[f"{name} is {what}" for name, _, what in STRANGE]
)
def test_a_file_that_is_not_what_its_name_says_is_refused_by_name(small_project, name, content, what):
    path = small_project / "book/_static/deep" / name
    path.parent.mkdir(parents=True)
    path.write_bytes(content)
    (error,) = attachments.faults(project.root() / "book")
    assert f"book/_static/deep/{name}" in str(error)
    assert what in str(error)


@pytest.mark.parametrize(("name", "content"), SOUND, ids=[f"{i}-{one[0]}" for i, one in enumerate(SOUND)])
def test_a_file_that_is_what_its_name_says_is_taken(small_project, name, content):
    (small_project / "book" / name).write_bytes(content)
    assert list(attachments.faults(project.root() / "book")) == []


def test_the_check_names_them_all_and_a_build_writes_nothing(small_project):
    for name in ("one.csv", "two.csv"):
        (small_project / "book" / name).write_bytes(PAGE)
    found = "\n".join(faults.every())
    assert "book/one.csv" in found
    assert "book/two.csv" in found
    before = files(small_project)
    with pytest.raises(InputError, match=r"(?s)not what its name says.*book/one\.csv"):
        book.build([], None)
    assert files(small_project) == before


def test_the_command_runs_no_page_before_it_refuses_a_file(small_project):
    (small_project / "book/one.csv").write_bytes(PAGE)
    before = files(small_project)
    told = CliRunner().invoke(main, ["--project", str(small_project), "book"])
    assert told.exit_code == 2
    assert "book/one.csv" in told.output
    assert files(small_project) == before


def test_a_damaged_workbook_is_refused_by_name(small_project):
    content = archive(mimetype="application/vnd.oasis.opendocument.spreadsheet")
    (small_project / "book/one.ods").write_bytes(content.replace(b"PK\3\4\x14\0", b"PK\3\4", 1))
    (found,) = map(str, attachments.faults(project.root() / "book"))
    assert "book/one.ods" in found
    assert "a broken zip file" in found


def test_no_link_and_no_notebook_comes_in_with_the_prose(small_project, tmp_path_factory):
    outside = tmp_path_factory.mktemp("outside") / "secret.csv"
    outside.write_bytes(TABLE)
    (small_project / "book/link.csv").symlink_to(outside)
    (small_project / "book/page.ipynb").write_bytes(b"{}")
    found = [str(error) for error in attachments.faults(project.root() / "book")]
    assert len(found) == 2
    assert "a link" in found[0]
    assert "a notebook among the prose" in found[1]
    assert str(outside.parent) not in found[0]
