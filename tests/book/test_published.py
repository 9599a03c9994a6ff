"""The project's own book as published: nothing leaves a page, every link leads somewhere, HTML is sound."""

from __future__ import annotations

import functools
import re
import shutil
from pathlib import Path

import pytest

from pfpp_utils.publish import site
from pfpp_utils.publish.finish import policy

from .crawl import lost, pages

#: Bytes of a page and all that it loads at first.
MOST = 1_500_000


def test_pages_ask_for_nothing_elsewhere_and_break_no_rule(visited):
    assert len(visited) > 1
    assert {page: found for page, (found, _) in visited.items() if found} == {}


def test_every_page_names_an_icon_that_the_book_has(published):
    """A browser asks for another where a page names none, at a moment of its own."""
    icon = re.compile(r'<link rel="icon" href="([^"]+)">')
    named = {path: icon.search(path.read_text(encoding="utf-8")) for path in published.rglob("*.html")}
    assert {path for path, found in named.items() if not found} == set()
    assert all((path.parent / found[1]).is_file() for path, found in named.items())


def test_no_page_weighs_more_than_a_reader_on_a_slow_line_can_bear(published, visited):
    """Every file that a page asks for when it is opened, as it is sent to a reader who has none yet."""

    @functools.cache
    def sent(name):
        content = (published / name).read_bytes()
        return len(site.compressed(content)) if Path(name).suffix in site.COMPRESSED else len(content)

    weights = {page: sum(map(sent, asked)) for page, (_, asked) in visited.items()}
    assert all(page in asked for page, (_, asked) in visited.items())
    assert {page: weight for page, weight in weights.items() if weight > MOST} == {}


def test_diagrams_are_drawn_under_the_policy(published, serve, watched):
    """Their library comes when a reader has scrolled to one; the page of the most flows stands for all."""
    with serve(published) as at, watched(at) as page:
        page.goto(f"{at}/spend-register.html")
        page.locator(".pfpp-diagram").first.scroll_into_view_if_needed()
        page.locator(".pfpp-diagram .node-label").first.wait_for(state="attached", timeout=60_000)
        assert page.complaints == []


def test_the_search_finds_a_page_under_the_policy(published, serve, watched):
    with serve(published) as at, watched(at) as page:
        page.goto(f"{at}/search.html?q=deadweight")
        page.locator("#search-results li a").first.wait_for(timeout=60_000)
        assert page.complaints == []


def test_a_page_opened_from_its_folder_works(published, watched):
    """Without a server, a browser gives the files of a folder no common origin."""
    with watched("file://") as page:
        page.goto((published / "breakeven-cornwall.html").as_uri())
        page.locator(".pfpp-calculator form").first.wait_for(state="visible", timeout=30_000)
        assert page.complaints == []


def test_every_page_has_the_policy_before_anything_it_loads(published):
    for path in published.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        first = min(
            (text.find(sign) for sign in ("<script", "<link", "<style") if sign in text), default=len(text)
        )
        assert 0 < text.find(policy.META) < first, path.name
        assert policy.barred(text) == [], path.name


def test_every_link_leads_somewhere(published):
    assert lost(published) == []


def test_nothing_is_fetched_from_elsewhere(published):
    """Scripts, styles, fonts and pictures, named in pages, pictures or style sheets."""
    for path in published.rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        loaded = re.findall(
            r'<(?:script|img|link|iframe|source|object|embed|video)\b[^>]*\b(?:src|href|data)="([^"]*)', text
        )
        assert [address for address in loaded if re.match(r"(?:[a-z]+:)?//", address)] == [], path.name
    styles = {path: page for path, page in pages(published).items() if path.suffix in (".css", ".svg")}
    outside = [link for page in styles.values() for link in page.links if re.match(r"(?:https?:)?//", link)]
    assert outside == []


def test_every_page_is_sound_html(published, unsound):
    assert unsound(sorted(published.rglob("*.html"))) == []


# ------------------------------------------------------------------------------------------ planted faults


@pytest.fixture
def copied(published, tmp_path):
    """One page of the book, to be spoilt, with all that it loads."""
    shutil.copytree(
        published / "_static",
        tmp_path / "_static",
        ignore=shutil.ignore_patterns("figures", "tables", "downloads"),
    )
    for name in ("searchindex.js", "overview.html"):
        shutil.copy(published / name, tmp_path)
    return tmp_path


def plant(folder, markup):
    path = folder / "overview.html"
    text = path.read_text(encoding="utf-8")
    assert text.count("</article>") == 1
    path.write_text(text.replace("</article>", f"{markup}</article>"), encoding="utf-8")


PLANTED = {
    "a script": ("<script>window.hacked = 1</script>", "script-src"),
    "a handler": ('<img src="_static/icon.svg" alt="" onload="window.hacked = 1">', "script-src"),
    "a picture from elsewhere": ('<img src="http://203.0.113.1/x.png" alt="">', "203.0.113.1"),
    "a style": ("<p style='color: red'>Red</p>", "style-src"),
    "a frame": ('<iframe src="http://203.0.113.1/"></iframe>', "203.0.113.1"),
    "another base": ('<base href="http://203.0.113.1/">', "base-uri"),
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_barred_and_reported(copied, serve, watched, fault):
    markup, told = PLANTED[fault]
    plant(copied, markup)
    with serve(copied) as at, watched(at) as page:
        page.goto(f"{at}/overview.html")
        assert page.evaluate("window.hacked") is None
        page.wait_for_timeout(200)
        assert told in " ".join(page.complaints)


@pytest.mark.parametrize("link", ["nowhere.html", "#nowhere", "overview.html#nowhere", "_static/nowhere.csv"])
def test_a_planted_dead_link_is_found(copied, link):
    plant(copied, f'<a href="{link}">There</a>')
    assert f"overview.html: {link}" in lost(copied)


def test_a_planted_fault_of_form_is_found(copied, unsound):
    plant(copied, "<div><p>Never closed")
    assert any("div" in one for one in unsound([copied / "overview.html"]))
