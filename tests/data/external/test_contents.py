"""What a file is, its content says; what is wrong with it is listed in full."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest
from official_site import workbook
from spreadsheets import ods_content, ods_parts

from pfpp_utils.data.external import contents, kinds
from pfpp_utils.data.external.source import Item, Source

LONG = b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(9999))


def ods(rows):
    return zipped(**ods_parts(ods_content({"Awards": rows})))


def odt():
    return zipped(mimetype="application/vnd.oasis.opendocument.text", **{"content.xml": "<a/>"})


def zipped(**members):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (workbook(), "xlsx"),
        (ods([["a"]]), "ods"),
        (odt(), "a zip file, but no workbook"),
        (zipped(a="b"), "a zip file, but no workbook"),
        (workbook()[:500], "a broken zip file"),
        (b"code,name\n1,a\n", "csv"),
        ("\ufeffcode\n".encode(), "csv"),
        ("code\n".encode("utf-16"), "csv"),
        (b"\xef\xbb\xbf {}", "json"),
        (b"[1]", "json"),
        (gzip.compress(b"a,b\n"), "csv.gz"),
        (gzip.compress(b"<html>"), "compressed: a web page"),
        (gzip.compress(LONG)[:-30], "csv.gz"),
        (b"\x1f\x8brubbish", "a broken gzip file"),
        (b"\n <!DOCTYPE html><title>Sorry</title>", "a web page"),
        (b"<?xml version='1.0'?>", "XML"),
        (b"%PDF-1.7", "a PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Excel workbook, or one with a password"),
        (b"", "empty"),
        (b" \n", "empty"),
        (b"a\0b", "not a text"),
    ],
    # The bytes would be the name of a test, and a compressed file holds the second it was made.
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_kind_is_that_of_the_content(tmp_path, data, kind):
    (tmp_path / "file.xlsx").write_bytes(data)
    assert kinds.kind(tmp_path / "file.xlsx") == kind


def test_a_zip_bomb_is_not_unpacked(tmp_path, monkeypatch):
    monkeypatch.setattr(kinds, "UNPACKED", 100_000)
    (tmp_path / "bomb.xlsx").write_bytes(zipped(**{"xl/workbook.xml": b"0" * 100_001}))
    assert "unpacks to more than 100,000 bytes" in kinds.kind(tmp_path / "bomb.xlsx")


@pytest.fixture
def faults(tmp_path):
    """Find the faults of some bytes, compared with what `looks` says."""

    def check(data, kind="csv", size=(1, 10**6), keys=(), year=None, **table):
        looks = {"kinds": [kind], "bytes": size, **({"keys": keys} if keys else {})}
        looks |= {"tables": [table]} if table else {}
        words = dict.fromkeys(("name", "what", "publisher", "page", "licence"), "x")
        source = Source.of({**words, "get": {}, "files": ["*"], "looks": looks})
        (tmp_path / "file").write_bytes(data)
        return contents.faults(tmp_path / "file", Item(source, year))

    return check


CSV = b'\xa3 by year\n\n Code ,AMOUNT\na,"1,000.10"\n,\nb, \xa3 2 \n'


class TestFaults:
    def test_there_are_none(self, faults):
        assert faults(CSV, columns=["code", "Amount"], rows=2, sums={"Amount": 1002.1}) == []
        assert faults(b"a\ra1\ra2", columns=["a"], rows=2) == []
        assert faults(gzip.compress(b"a\n1\n"), kind="csv.gz", columns=["a"], rows=1, sums={"a": 1}) == []
        assert faults("a,£\n1,2\n".encode("utf-16"), columns=["£"], sums={"£": 2}) == []
        assert (
            faults(ods([["a", "b"], ["1", "2"]]), kind="ods", columns=["b"], sheet="Awards", sums={"b": 2})
            == []
        )
        assert faults(b'{"grants": []}', kind="json", keys=["grants"]) == []

    def test_workbooks_are_searched_sheet_by_sheet_for_the_header(self, faults):
        wanted = {"columns": ["Identifier", "Amount Awarded"], "rows": 3, "sums": {"Amount Awarded": 301.5}}
        assert faults(workbook(3), kind="xlsx", **wanted) == []
        assert faults(workbook(3), kind="xlsx", sheet="Awards", **wanted) == []
        assert faults(workbook(4), kind="xlsx", sheet="Awards", **wanted) == [
            "sheet 'Awards' has 4 rows, not 3",
            "sheet 'Awards' has 402.00 in all in Amount Awarded, not 301.50",
        ]
        assert faults(workbook(3), kind="xlsx", sheet="Grants", **wanted) == [
            "it has no sheet 'Grants', but 'Notes', 'Awards '"
        ]

    @pytest.mark.parametrize(
        ("data", "options", "fault"),
        [
            (CSV, {"size": (100, 200)}, "it has 48 bytes; such a file has 100 to 200 bytes"),
            (CSV, {"size": (1, 9)}, "it has 48 bytes; such a file has 1 to 9 bytes"),
            (b"<html>", {}, "it is a web page; such a file is csv"),
            (CSV, {"columns": ["Code", "Sum", "Year"]}, "it has no column Sum, Year"),
            (CSV, {"columns": ["Code"], "rows": 3}, "it has 2 rows, not 3"),
            (CSV, {"columns": ["Amount"], "sums": {"Amount": 1002}}, "it has 1,002.10 in all in Amount, not"),
            (b"{", {"kind": "json"}, "it is not JSON: Expecting"),
            (b"[" * 100_000, {"kind": "json"}, "it is not JSON: "),
            (b'{"a": 1}', {"kind": "json", "keys": ["grants", "a"]}, "it lacks grants"),
            (b"[1]", {"kind": "json", "keys": ["grants"]}, "it lacks grants"),
            (gzip.compress(LONG)[:-30], {"kind": "csv.gz", "columns": ["a"]}, "it cannot be read: Comp"),
            (b"a\n" + b"x" * 200_000, {"columns": ["a"], "rows": 1}, "it cannot be read: field larger"),
            (zipped(**{"xl/workbook.xml": "no"}), {"kind": "xlsx", "columns": ["a"]}, "it cannot be read: "),
        ],
    )  # fmt: skip
    def test_each_is_a_sentence(self, faults, data, options, fault):
        assert [each[: len(fault)] for each in faults(data, **options)] == [fault]

    def test_all_are_listed(self, faults):
        assert len(faults(CSV, size=(100, 200), columns=["Code"], rows=1, sums={"Code": 1})) == 3
