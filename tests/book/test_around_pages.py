"""What stands around the pages of the published book, as readers meet it: above, beside, below, and found."""

from __future__ import annotations

import html
import itertools
import re

import pytest
from PIL import Image
from playwright.sync_api import expect
from pybtex.database import parse_file

from pfpp_utils.publish import plan
from pfpp_utils.publish.around import summary

#: A summary has at most this many words: whole sentences, and the first one even if it is long.
LONGEST = 70


@pytest.fixture(scope="module")
def texts(published):
    """Give the HTML of every page of the plan by its name."""
    names = [page.name for page in plan.every(plan.load())]
    return {name: (published / f"{name}.html").read_text(encoding="utf-8") for name in names}


def said(text):
    found = re.search(r'<meta name="description" content="([^"]*)"', text)
    return html.unescape(found[1]) if found else ""


def test_every_page_says_what_it_asks_or_finds_and_how_long_it_takes(texts):
    assert len(texts) > 100
    assert [name for name, text in texts.items() if '<div class="pfpp-summary">' not in text] == []
    assert [name for name, text in texts.items() if not 5 <= len(said(text).split()) <= LONGEST] == []
    assert [name for name, text in texts.items() if not re.search(r"About \d+ minutes? to read", text)] == []


def test_most_summaries_are_short(texts):
    lengths = sorted(len(said(text).split()) for text in texts.values())
    assert lengths[len(lengths) * 9 // 10] <= summary.WORDS + 10


def test_pages_of_the_same_notebook_say_what_they_find_for_their_own_place(texts):
    """A finding is computed: were it a text for all places, the pages would say the same."""
    for strand in ("place", "breakeven", "contribution", "spend", "funding"):
        places = re.compile(rf"{strand}-(?!uncertainty|mapping$|register$)")
        own = [said(text) for name, text in texts.items() if places.match(name)]
        assert len(set(own)) == len(own), strand


def test_every_page_but_the_first_says_where_it_stands(texts):
    front, *others = texts
    assert "pfpp-trail" not in texts[front]
    for name in others:
        (found,) = re.findall(r'<nav class="pfpp-trail" aria-label="Breadcrumb">.*?</nav>', texts[name], re.S)
        assert found.count('aria-current="page"') == 1, name


def test_neighbours_are_those_of_the_plan(texts, published):
    names = [*texts]
    for name, after in itertools.pairwise(names):
        for text, side, other in ((texts[name], "right-next", after), (texts[after], "left-prev", name)):
            page = name if side == "right-next" else after
            address, title = re.search(
                rf'<a class="{side}"\s+href="([^"]*)".*?prev-next-title">(.*?)</p>', text, re.S
            ).groups()
            assert (published / page).parent.joinpath(address).resolve() == published / f"{other}.html"
            assert title.strip()


def test_every_figure_table_and_claim_has_an_address_of_its_own(texts):
    for name, text in texts.items():
        anchors = re.findall(r'<a class="pfpp-permalink" href="#([^"]+)" aria-label="([^"]+)"', text)
        assert len({anchor for anchor, _ in anchors}) == len(anchors), name
        assert all(f'id="{anchor}"' in text and label.startswith("Link to ") for anchor, label in anchors), (
            name
        )
        figures = re.findall(r'<figure class="pfpp-figure" id="([^"]+)"', text)
        assert set(figures) <= {anchor for anchor, _ in anchors}, name


def test_every_page_can_be_cited_and_shared(texts, published):
    for name in texts:
        (entry,) = parse_file(published / f"_static/cite/{name}.bib", "bibtex").entries.values()
        assert entry.fields["title"]
        (picture,) = (published / "_static/previews" / name).iterdir()
        with Image.open(picture) as drawn:
            assert drawn.size == (1200, 630)


def test_the_index_is_loaded_only_where_one_searches(texts):
    assert [name for name, text in texts.items() if "searchindex.js" in text] == []


SEARCHES = {
    "County Durham": "place-durham.html",
    "easington district council": "place-durham.html",
    "Bodmin Pilot": "place-cornwall.html",
    "deadweight": "glossary.html#term-Deadweight",
    "optimism bias": "glossary.html#term-Optimism-bias",
}


@pytest.mark.parametrize("words", SEARCHES)
def test_places_and_terms_are_found(site, browser, words):
    page = browser.new_page()
    page.goto(f"{site}/search.html?q={words.replace(' ', '+')}")
    page.locator(f'#search-results a[href^="{SEARCHES[words]}"]').first.wait_for(timeout=60_000)
    page.close()


def test_claims_figures_and_tables_are_found_by_name_and_by_words(site, browser, texts):
    ledger = texts["reproduction-ledger"]
    claim = re.findall(r'<tr id="claim-([^"]+)"', ledger)[7]
    name, figure, title = next(
        (name, *found)
        for name, text in texts.items()
        for found in re.findall(
            r'<figure class="pfpp-figure" id="([^"]+)".*?pfpp-title">(?:.*?)\. (.*?) <a', text, re.S
        )
    )
    page = browser.new_page()
    for words, address in (
        (claim, f"reproduction-ledger.html#claim-{claim}"),
        (html.unescape(title), f"{name}.html#{figure}"),
    ):
        page.goto(f"{site}/search.html")
        field = page.locator(".bd-search-container input[name=q]")
        field.fill(words)
        field.press("Enter")
        page.locator(f'#search-results a[href="{address}"]').first.wait_for(timeout=60_000)
    page.close()


NOTE = ".pfpp-term-note.margin"


def test_a_note_stands_in_the_margin_of_a_wide_screen(site, browser):
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(f"{site}/methods.html")
    note, article = page.locator(NOTE).first, page.locator("article.bd-article p").first
    expect(note).to_be_visible()
    assert note.bounding_box()["x"] >= article.bounding_box()["x"] + article.bounding_box()["width"] - 1
    expect(page.locator(".pfpp-term").first).to_be_hidden()
    tops = page.eval_on_selector_all(
        NOTE, "all => all.map(one => one.getBoundingClientRect()).map(b => [b.top, b.bottom])"
    )
    assert all(after[0] >= before[1] - 1 for before, after in itertools.pairwise(tops)), "none covers another"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    page.close()


def test_a_note_opens_and_closes_by_keyboard_on_a_narrow_screen(site, browser):
    page = browser.new_page(viewport={"width": 390, "height": 844}, java_script_enabled=False)
    page.goto(f"{site}/methods.html")
    button, note = page.locator(".pfpp-term").first, page.locator(NOTE).first
    expect(note).to_be_hidden()
    button.focus()
    page.keyboard.press("Enter")
    expect(note).to_be_visible()
    box = note.bounding_box()
    assert box["x"] >= 0
    assert box["x"] + box["width"] <= 390
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    page.close()


def test_on_paper_notes_are_numbered_at_the_end(site, browser):
    page = browser.new_page(viewport={"width": 800, "height": 900})
    page.goto(f"{site}/methods.html")
    page.emulate_media(media="print")
    expect(page.locator(".pfpp-term-notes")).to_be_visible()
    expect(page.locator(NOTE).first).to_be_hidden()
    numbers = page.locator(".pfpp-term-number")
    expect(numbers.first).to_be_visible()
    assert numbers.count() == page.locator(".pfpp-term-notes > li").count()
    page.close()
