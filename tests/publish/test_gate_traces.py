"""The gate: persons, addresses and machines are found however they are written, and words are not taken for them."""

# ruff: noqa: E501 files as texts
from __future__ import annotations

import io
import json
import struct
import zlib

import gate_shapes as shapes
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.publish import gate
from pfpp_utils.publish.gate_persons import Persons
from pfpp_utils.publish.gate_traces import Machine, emails

NAMES = [
    "Jane Doe",
    "Ottoline Mary Farquharson",
    "Will Young",
    "Zo\u00eb O'Shaughnessy-Smith",
    "Dr Ann Lee MBE",
    "Okafor, Chidi",
]
MACHINE = Machine(("/home/okonkwo77", "/srv/eval/pfpp"), "okonkwo77", "build-node-17")


@pytest.fixture(scope="module")
def search():
    return gate._Search(gate.Watch([{"person": name} for name in NAMES], machine=MACHINE))


def kinds(search, name, content):
    return {one.kind for one in search.file(name, content.encode() if isinstance(content, str) else content)}


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(text):
    head = struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", head)
        + chunk(b"tEXt", b"Author\0" + text.encode("latin-1", "replace"))
        + chunk(b"IEND", b"")
    )


#: Where a text can stand, and what the file is then.
FILES = {
    "page": lambda text: ("p.html", f"<p>{text}</p>"),
    "cell": lambda text: ("p.html", f"<table><tr><td>x</td><td>{text}</td></tr></table>"),
    "comment": lambda text: ("p.html", f"<p>x</p><!-- {text} -->"),
    "alternative text": lambda text: ("p.html", f'<img alt="By {text}." src="x.png">'),
    "script": lambda text: ("p.js", f"var by = {json.dumps(text)};"),
    "data": lambda text: ("x.json", json.dumps({"by": [text]})),
    "notebook": lambda text: ("x.ipynb", json.dumps({"cells": [{"source": ["By\n", f"{text}\n", "and\n"]}]})),
    "csv": lambda text: ("x.csv", f'ward,by\nAshby,"{text}"\n'),
    "svg": lambda text: ("x.svg", f"<svg><metadata><creator>{text}</creator></metadata></svg>"),
    "picture": lambda text: ("x.png", png(text)),
    "pdf": lambda text: (
        "x.pdf",
        f"%PDF-1.4\n1 0 obj <</Author ({text})>> endobj".encode("latin-1", "replace"),
    ),
    "pdf by numbers of letters": lambda text: (
        "x.pdf",
        b"%PDF-1.4\n1 0 obj <</Author ("
        + b"".join(b"\\%03o" % one for one in text.encode("latin-1", "replace"))
        + b")>> endobj",
    ),
    "properties": lambda text: ("x.xlsx", shapes.workbook([["a"]], properties=text)),
    "workbook": lambda text: ("x.xlsx", shapes.workbook([["by"], [text]])),
    "archive": lambda text: ("x.zip", shapes.zipped({"a.txt": text.encode()})),
    "packed": lambda text: ("x.txt.bz2", __import__("bz2").compress(text.encode())),
}
SPELT = [
    *(
        "Jane Doe",
        "jane doe",
        "JANE DOE",
        "Doe, Jane",
        "Doe Jane",
        "J. Doe",
        "J Doe",
        "Doe, J.",
        "Doe, J",
        "Jane M. Doe",
        "Ms Doe",
        "Jane\u00a0Doe",
    ),
    *(
        "Ottoline Farquharson",
        "O. M. Farquharson",
        "OM Farquharson",
        "Farquharson, O.M.",
        "Mr. Will Young",
        "Will Young",
        "YOUNG, Will",
        "W. Young",
    ),
    *(
        "Zoe O'Shaughnessy-Smith",
        "Zo\u00eb O\u2019Shaughnessy-Smith",
        "Z. O'Shaughnessy Smith",
        "Ann Lee",
        "Dr Lee",
        "Chidi Okafor",
        "C. Okafor",
    ),
]


@pytest.mark.parametrize("where", FILES)
def test_a_person_is_found_in_any_spelling_and_file(search, where):
    missed = [text for text in SPELT if "person" not in kinds(search, *FILES[where](text))]
    if where in {"picture", "pdf", "pdf by numbers of letters"}:
        missed = [text for text in missed if text.isascii()]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "<table><tr><td>Jane</td><td>Doe</td></tr></table>",
        "<table><tr><th>First name</th><th>Surname</th></tr><tr><td>Ottoline</td><td>Farquharson</td></tr></table>",
        "<p>J<b>an</b>e D<wbr>oe</p>",
        "<p>J&#97;ne&nbsp;D&shy;oe</p>",
        "<span>Jane</span><span>Doe</span>",
        "<div>Doe</div><div>Jane</div>",
        "<dl><dt>Forename</dt><dd>Will</dd><dt>Surname</dt><dd>Young</dd></dl>",
        '<img src="photos/jane-doe.png" alt="">',
        '<img src="photos/JaneDoe.png" alt="">',
        '<a href="team.html#doe_jane">x</a>',
        "<svg><text>Jane</text><text>Doe</text></svg>",
        '<meta name="author" content="Doe, Jane">',
        "<style>a::after { content: 'Jane D\\6f e' }</style>",
    ],
)
def test_a_person_is_found_whatever_parts_the_name(search, text):
    assert kinds(search, "p.html", text) >= {"person"}


@pytest.mark.parametrize(
    "name",
    [
        "jane-doe.csv",
        "photos/Jane_Doe.png",
        "JaneDoe/x.csv",
        "doe.jane.csv",
        "cv-janedoe.csv",
        "x/Will%20Young.csv",
    ],
)
def test_a_person_is_found_in_the_name_of_a_file(search, name):
    assert "person" in kinds(search, name, "a,b\n1,2\n" if name.endswith("csv") else png(""))


def test_a_person_is_found_in_data_in_fields(search):
    assert "person" in kinds(search, "x.json", json.dumps([{"first_name": "Jane", "last_name": "Doe"}]))
    assert "person" in kinds(search, "x.csv", "first,last\nJane,Doe\n")
    assert "person" in kinds(
        search, "x.xlsx", shapes.workbook([["First", "Last"], ["Other", "One"], ["Jane", "Doe"]])
    )
    assert "person" in kinds(search, "x.ods", shapes.ods([["First", "Last"], ["Jane", "Doe"]]))


@pytest.mark.parametrize(
    "text",
    [
        "Will young people come? Young people will.",
        "What will young people do; the young will know.",
        "I will. Young people are welcome. Will Youngs come?",
        "A doe and a jane. John Does it. Mary Jane's shop. Doe-eyed. Jan E. Doerr",
        "Lee and Doe Ltd; the River Lee; in the lee of a hill; Annlee",
        "The bill, drawn up in May, will young carers help?",
        "https://example.org/will-you/ng",
    ],
)
def test_words_are_no_person(search, text):
    assert kinds(search, "p.html", f"<p>{text}</p>") == set()
    assert kinds(search, "x.csv", f'a,b\n1,"{text}"\n') == set()


WRITTEN = [
    *(
        "jane.roe@x.gov.uk",
        "jane.roe [at] x.gov.uk",
        "jane.roe(at)x(dot)gov(dot)uk",
        "jane.roe at x dot gov dot uk",
        "jane.roe AT x.gov.uk",
    ),
    *(
        "jane.roe @ x.gov.uk",
        "jane dot roe at x dot gov dot uk",
        "JANE.ROE@X.GOV.UK",
        "jane.roe\uff20x.gov.uk",
        "jane.roe{at}x.gov.uk",
    ),
]


@pytest.mark.parametrize("where", FILES)
def test_an_address_is_found_in_any_writing_and_file(search, where):
    missed = [text for text in WRITTEN if "e-mail" not in kinds(search, *FILES[where](text))]
    if where in {"picture", "pdf", "pdf by numbers of letters"}:
        missed = [text for text in missed if text.isascii()]
    assert missed == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>jane.roe<span>@</span>x.gov.uk</p>",
        "<p>jane.roe&#64;x&period;gov&#46;uk</p>",
        "<p>jane.roe<!-- no robots -->@<wbr>x.gov.uk</p>",
        "<p>jane.roe&commat;x.gov.uk</p>",
        '<a href="mailto:jane.roe%40x.gov.uk">x</a>',
        "<p>ja&shy;ne.roe@x.g\u200bov.uk</p>",
        "<table><tr><td>jane.roe</td><td>@x.gov.uk</td></tr></table>",
        "<script>var a = 'jane.roe\\x40x.gov.uk';</script>",
        "<style>a::after { content: 'jane.roe\\40 x.gov.uk' }</style>",
        "<script>var a = 'jane.roe' + '@' + 'x.gov.uk';</script>",
    ],
)
def test_an_address_is_found_whatever_parts_it(search, text):
    assert kinds(search, "p.html", text) >= {"e-mail"}


@pytest.mark.parametrize(
    "text",
    [
        "Read more at birmingham.gov.uk, or the report at www.example.org.",
        "People @ work. @media print; d3@7.1.0; x = a @ b.T; look at it.",
        "Costs (at 2023 prices) [at the time] dot",
        "@pytest.fixture\ndef x(): ...",
        "meet at 3.30 at the library. dot com",
    ],
)
def test_words_are_no_address(search, text):
    assert kinds(search, "p.html", f"<p>{text}</p>") == set()
    assert list(emails(text)) == []


#: No one's in particular: of the account that containers run as.
HOME_OF_ROOT = "/root"

PATHS = [
    *(
        "/home/okonkwo77/x.csv",
        "file:///srv/eval/pfpp/data",
        "C:\\Users\\okonkwo77\\x",
        "C:\\\\Users\\\\okonkwo77\\\\x",
        "\\/home\\/okonkwo77\\/x",
    ),
    *(
        "%2Fhome%2Fokonkwo77%2Fx",
        "~okonkwo77/x",
        "\\\\build-node-17\\share",
        "/Users/someone/Documents/x.csv",
        "C:/Users/someone/x",
        "c%3A%5CUsers%5Csomeone%5Cx",
    ),
    *(
        f"{HOME_OF_ROOT}/project/x.csv",
        "/home/someone/x.py",
        "/mnt/c/Users/someone/x",
        "okonkwo77@build-node-17:~$",
    ),
]


@pytest.mark.parametrize("where", FILES)
def test_a_machine_is_found_in_any_writing_and_file(search, where):
    assert [text for text in PATHS if "machine" not in kinds(search, *FILES[where](text))] == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>/home/<wbr>okonkwo77/x</p>",
        "<p>/ho&shy;me/okon&shy;kwo77/x</p>",
        "<p><span>/home/</span><span>some</span>one/x</p>",
        "<p>&#47;srv&#x2f;eval&sol;pfpp</p>",
        "<p>/srv/<b>eval</b>/<i>pf</i>pp/x</p>",
    ],
)
def test_a_machine_is_found_whatever_parts_its_path(search, text):
    assert kinds(search, "p.html", text) >= {"machine"}


@pytest.mark.parametrize(
    "text",
    [
        "see /homepage/ and https://example.org/home/visits/x, a/home/b, https://example.org/root/x",
        "users/people/x; /data/Users.csv",
        "a ratio c:/d",
    ],
)
def test_words_are_no_machine(search, text):
    assert kinds(search, "p.html", f"<p>{text}</p>") == set()


@given(
    st.sampled_from(NAMES[:2]),
    st.lists(st.sampled_from(["<b>", "</b>", "<wbr>", "&shy;", "\u200b", "<!-- x -->"]), max_size=4),
    st.randoms(),
)
def test_marks_anywhere_in_a_name_hide_nothing(search_all, name, marks, draw):
    for mark in marks:
        place = draw.randrange(1, len(name))
        if "&" not in name[max(0, place - 5) : place] and "<" not in name[:place].rpartition(">")[2]:
            name = name[:place] + mark + name[place:]
    plain = name.replace("<!-- x -->", "")
    if "<" in plain or plain == name:
        assert "person" in kinds(search_all, "p.html", f"<p>{name}</p>")


@pytest.fixture(scope="module")
def search_all(search):
    return search


FALSE = {
    "a workbook called csv": ("x.csv", shapes.workbook([["a"]])),
    "a page called xlsx": ("x.xlsx", b"<html><table><tr><td>1</td></tr></table></html>"),
    "a page called csv": ("x.csv", b"<table><tr><td>1</td></tr></table>"),
    "an archive called png": ("x.png", shapes.zipped({"a": b"b"})),
    "an archive called xlsx": ("x.xlsx", shapes.zipped({"a": b"b"})),
    "a PDF called html": ("x.html", b"%PDF-1.4"),
    "a text called zip": ("x.zip", b"a,b"),
    "a picture called svg": ("x.svg", png("")),
    "binary called txt": ("x.txt", bytes(range(256)) * 4),
    "a page called json": ("x.json", b"<html></html>"),
    "an archive with a password": (
        "x.zip",
        shapes.zipped({"a": b"b"}).replace(b"PK\1\2\x14\x03\x14\0\0\0", b"PK\1\2\x14\x03\x14\0\1\0"),
    ),
    "a broken archive": ("x.zip", shapes.zipped({"a": b"b" * 99})[:40]),
    "broken packed content": ("x.gz", b"\x1f\x8b\x08\0abcdefgh"),
    "an archive with a part at no place": (
        "x.zip",
        shapes.zipped({"a": b"b"}).replace(b"\3\4\x14\0", b"\3\4", 1),
    ),
    "a workbook of a later format": (
        "x.xlsx",
        shapes.workbook([["a"]]).replace(b"PK\1\2\x14\x03\x14", b"PK\1\2\x14\x03\xf7"),
    ),
    "data nested without end": ("x.json", b"[" * 200_000 + b"]" * 200_000),
    "an archive of another kind": ("x.7z", b"7z\xbc\xaf\x27\x1c" + bytes(30)),
}


@pytest.mark.parametrize("what", FALSE)
def test_a_file_that_is_not_what_its_name_says_or_cannot_be_opened_is_named(search, what):
    name, content = FALSE[what]
    (finding,) = {one.kind: one for one in search.file(f"_static/{name}", content)}.values()
    assert finding.kind == "file"
    assert str(finding).startswith(f"_static/{name}")


def test_too_many_containers_are_named(search):
    content, name = b"a", "a.txt"
    for _ in range(9):
        content, name = shapes.zipped({name: content}), "a.zip"
    assert {one.kind for one in search.file("x.zip", content)} == {"file"}


def test_what_is_as_it_says_is_not_named(search):
    for name, content in (
        ("x.xlsx", shapes.workbook([["a", 1]])),
        ("x.ods", shapes.ods([["a", "b"]])),
        ("x.csv", b"a,b\n1,2\n"),
        ("x.csv", "\ufeffa,b\n".encode()),
        ("x.png", png("")),
        ("x.json", b"[]"),
        ("x.zip", shapes.zipped({"a.txt": b"b"})),
        ("x.svg", b"<?xml version='1.0'?><svg></svg>"),
        ("x.html", io.BytesIO(b"<!DOCTYPE html><p>x</p>").getvalue()),
    ):
        assert search.file(name, content) == [], name


#: Made up, but for the form.
SECRETS = {
    "a private key": "-----BEGIN RSA PRIVATE KEY-----",
    "a token of GitHub or GitLab": "ghp_" + "a1B2" * 9,
    "a key of a cloud": "AKIA" + "ABCD2345" * 2,
    "a signed token": ".".join(["eyJhbGciOiJIUzI1NiJ9", "eyJzdWIiOiIxMjM0In0", "c2lnbmF0dXJl"]),
    "a password in an address": "https://reader:open-sesame@db/x",
    "a National Insurance number": "AB 12 34 56 C",
    "a mobile telephone number": "+44 (0)7700 900123",
}


@pytest.mark.parametrize("what", SECRETS)
@pytest.mark.parametrize(
    "where", ["page", "script", "notebook", "csv", "picture", "pdf", "workbook", "packed"]
)
def test_a_secret_is_named_and_not_told(search, where, what):
    name, content = FILES[where](SECRETS[what])
    found = search.file(name, content.encode() if isinstance(content, str) else content)
    assert {(one.kind, one.what) for one in found} >= {("secret", what)}
    assert SECRETS[what] not in " ".join(map(str, found))


@pytest.mark.parametrize(
    "text",
    [
        "Ring 020 7946 0958 or 0800 123 4567; charity 1071234, company 07123456",
        "0.07123456789 and 1,07700,900123; 360G-a-07700900123; 07700 900123.5",
        "grant AB123456, standard AB12345678C, AB 12 34 56",
        "AKIA is a beetle; https://example.org:80/a@b and 12:30@noon",
    ],
)
def test_references_are_no_secrets(search, text):
    assert "secret" not in kinds(search, "p.html", f"<p>{text}</p>")


def test_a_name_of_initials_is_nobody():
    assert list(Persons(["A B", "Li"]).found("A B and Li")) == []
