"""Pages as chapters of one document: names of their own, links within, headings by depth."""

from __future__ import annotations

import itertools
import re

import pytest
from bs4 import BeautifulSoup

from pfpp_utils.publish.paper import offer
from pfpp_utils.publish.paper.chapters import Chapter, article, listed
from pfpp_utils.publish.paper.volume import Cover, document
from pfpp_utils.publish.plan import Page

COVER = Cover("A & B", "Us", "en-GB", "made by a test", ("First line.",))
PAGE = """<html><body><nav><a href="x.html">Menu</a></nav><article class="bd-article">
<section id="top"><h1>{title}<a class="headerlink" href="#top">#</a></h1>
<h2 id="sub">Below</h2>
<details class="hide"><summary>Show code</summary><pre>secret_code()</pre></details>
<details class="pfpp-details"><summary>Data of Figure 1</summary><table id="data"></table></details>
<p id="text">See <a href="{link}">there</a>.</p>
<div id="box" aria-labelledby="sub text"><img src="{root}_static/a.svg" alt="Bars" loading="lazy"></div>
<script src="a.js"></script><form><input></form>
</section></article></body></html>"""


def page(link="", *, title="Title", root=""):
    return PAGE.format(link=link, title=title, root=root)


def taken(html, name="one", depth=1, names=("one", "two", "deep/three")):
    return article(html, Chapter(name, "Part", depth), set(names))


@pytest.mark.parametrize(
    ("name", "link", "leads"),
    [
        ("one", "two.html", "#two"),
        ("one", "two.html#sub", "#two--sub"),
        ("one", "#text", "#one--text"),
        ("one", "deep/three.html", "#deep/three"),
        ("deep/three", "../two.html#sub", "#two--sub"),
        ("deep/three", "three.html", "#deep/three"),
        ("one", "https://example.org/two.html", "https://example.org/two.html"),
        ("one", "mailto:a@example.org", "mailto:a@example.org"),
        ("one", "_static/downloads/a.csv", None),
        ("one", "search.html", None),
        ("one", "//example.org/two.html", None),
        ("one", "file:///etc/two.html", None),
    ],
)
def test_links_lead_within_the_document_or_to_the_web_or_are_text(name, link, leads):
    found = taken(page(link), name)
    assert found.select_one("p a").get("href") == leads
    assert found.select_one("p").get_text() == "See there."


def test_names_are_the_chapters_own_and_say_the_same():
    found = taken(page(), "two")
    ids = [one["id"] for one in found.find_all(id=True)]
    assert found["id"] == "two"
    assert all(one.startswith("two--") for one in ids)
    assert set(found.select_one("[aria-labelledby]")["aria-labelledby"].split()) <= set(ids)


def test_files_are_named_from_the_folder_of_the_book():
    image = taken(page(root="../"), "deep/three").img
    assert (image["src"], image["alt"]) == ("_static/a.svg", "Bars")
    assert "loading" not in image.attrs


@pytest.mark.parametrize(
    ("depth", "levels"), [(0, ["h1", "h2"]), (1, ["h2", "h3"]), (2, ["h3", "h4"]), (9, ["h6"] * 2)]
)
def test_headings_are_as_deep_as_the_chapter(depth, levels):
    found = taken(page(), depth=depth)
    assert [one.name for one in found.select(".rank-1, .rank-2")] == levels


def test_code_controls_and_folded_data_are_not_printed():
    text = str(taken(page()))
    for left in ("secret_code", "<script", "<form", "headerlink", "Data of Figure 1", "Menu"):
        assert left not in text


def test_a_page_without_an_article_is_named():
    with pytest.raises(ValueError, match="one"):
        taken("<html><body></body></html>")


def run(name, part="Part", *children):
    return Page(name, "notebook", "place", part, children=children)


@pytest.fixture
def book(tmp_path):
    (tmp_path / "deep").mkdir()
    (tmp_path / "one.html").write_text(page("two.html#gone", title="One <b>bold</b> &amp; so"))
    (tmp_path / "two.html").write_text(page("one.html#data", title="Two"))
    (tmp_path / "deep/three.html").write_text(page("../one.html", title="Three", root="../"))
    (tmp_path / "last.html").write_text(page("#text", title="Last"))
    return tmp_path


PLAN = [
    Page("one", "prose", "one", ""),
    run("two", "First", run("deep/three", "First")),
    run("last", "Second & third"),
]


def parsed(book):
    return BeautifulSoup(document(book, list(listed(PLAN)), COVER, styles=["a.css"]), "html.parser")


def test_every_link_of_the_document_has_an_end(book):
    soup = parsed(book)
    ids = [one["id"] for one in soup.find_all(id=True)]
    assert len(ids) == len(set(ids))
    ends = [link["href"][1:] for link in soup.select('a[href^="#"]')]
    assert set(ends) <= set(ids)
    assert "two" in ends, "what is not printed leads to its chapter"


def test_the_contents_list_every_chapter_as_deep_as_it_lies(book):
    contents = parsed(book).nav
    assert [" ".join(link.span.get_text().split()) for link in contents.select("a")] == [
        "One bold & so",
        "Two",
        "Three",
        "Last",
    ]
    assert [one.get_text() for one in contents.select("h2")] == ["First", "Second & third"]
    assert [len(link.find_parents("ul")) for link in contents.select("a")] == [1, 1, 2, 1]


def test_the_document_says_its_language_title_and_lines(book):
    soup = parsed(book)
    assert (soup.html["lang"], soup.title.get_text()) == ("en-GB", "A & B")
    assert soup.header.get_text(" ", strip=True) == "A & B Us First line."


def test_levels_are_never_skipped(book):
    levels = [int(one.name[1]) for one in parsed(book).find_all(re.compile("^h[1-6]$"))]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


BUTTONS = '<div class="article-header-buttons"></div><article>Text</article>'


def test_every_page_links_to_the_pdf_and_a_file_of_the_last_book_stays(tmp_path):
    last = tmp_path / "last.html"
    last.write_text(BUTTONS)
    folder = tmp_path / "book"
    (folder / "deep").mkdir(parents=True)
    (folder / "one.html").hardlink_to(last)
    (folder / "deep/two.html").write_text(BUTTONS)
    for name, front in (("one", True), ("deep/two", False)):
        offer._link(folder / f"{name}.html", folder, "the whole book (PDF, 3 pages, 0.1 MB)", front=front)
    assert last.read_text() == BUTTONS
    one, two = ((folder / f"{name}.html").read_text() for name in ("one", "deep/two"))
    assert one.count('href="whole-book.pdf"') == 2
    assert two.count('href="../whole-book.pdf"') == 1
    assert 'aria-label="Download the whole book (PDF, 3 pages, 0.1 MB)"' in two
