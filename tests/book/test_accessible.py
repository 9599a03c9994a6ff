"""Every page of the built book: axe-core at three widths in three modes, and what it does not see."""

from __future__ import annotations

import os
from itertools import product

import pytest

from pfpp_utils.publish import plan

from . import axe, record
from .conftest import BOOK

WIDTHS = (1280, 768, 320)
MODES = {
    "light": {"color_scheme": "light", "forced_colors": "none"},
    "dark": {"color_scheme": "dark", "forced_colors": "none"},
    "forced colours": {"color_scheme": "light", "forced_colors": "active"},
}


def pages():
    """Name every page of the built book but the door, which leads on; one of each notebook outside of CI."""
    found = [*BOOK.glob("*.html"), *BOOK.glob("decisions/*.html")]
    names = {path.relative_to(BOOK).as_posix() for path in found} - {"index.html"}
    if not os.environ.get("CI"):
        runs = plan.notebooks(plan.load())
        first = {one.source: one.name for one in reversed(runs)}
        names -= {f"{one.name}.html" for one in runs if one.name != first[one.source]}
    return sorted(names) or [""]


@pytest.fixture(scope="class")
def page(browser):
    context = browser.new_context(reduced_motion="reduce")
    yield context.new_page()
    context.close()


def modes(page):
    """Show a page in every width and mode, one after the other, without loading it again."""
    for width, (mode, media) in product(WIDTHS, MODES.items()):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**media)
        yield mode, width


class Pages:
    """A half of the pages, so that two workers share them."""

    def test_every_width_and_mode_passes(self, page, site, name):
        page.goto(f"{site}/{name}")
        axe.ready(page)
        faults = axe.wordless(page)
        for mode, width in modes(page):
            found = axe.violations(page) + (axe.too_faint(page) if mode != "forced colours" else [])
            if (across := page.evaluate("document.documentElement.scrollWidth")) > width:
                found.append(f"it is {across} pixels wide")
            faults += [f"{mode}, {width}: {fault}" for fault in found]
            axe.lighten(page)
        tried = {"axe": axe.VERSION, "chromium": page.context.browser.version}
        record.keep(name, **tried, combinations=len(WIDTHS) * len(MODES), faults=len(faults))
        assert faults == []


class TestOneHalf(Pages):
    @pytest.fixture(params=pages()[::2])
    def name(self, request):
        return request.param


class TestOtherHalf(Pages):
    @pytest.fixture(params=pages()[1::2] or [""])
    def name(self, request):
        return request.param


@pytest.mark.parametrize("name", ["breakeven-newcastle", "funding-birmingham", "methods"])
def test_what_is_folded_away_passes_once_opened(page, site, name):
    """Code, data of figures, steps on the way: of each kind, at the widest and in both colours."""
    page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/{name}.html")
    axe.ready(page)
    axe.unfold(page)
    for mode in ("light", "dark"):
        page.emulate_media(**MODES[mode])
        assert axe.violations(page) + axe.too_faint(page) == [], mode


def test_the_statement_names_a_run_with_the_rules_in_use():
    """Its numbers and its date come from a run: see `record`."""
    (told,) = record.SENTENCE.finditer(record.STATEMENT.read_text(encoding="utf-8"))
    _, version, _, pages, combinations, faults = told.groups()
    assert (version, int(combinations), int(faults)) == (axe.VERSION, len(WIDTHS) * len(MODES), 0)
    assert int(pages) > 0


def test_a_record_of_two_runs_is_none():
    one = {"day": "2026-11-22", "axe": "4.1", "chromium": "140.0", "combinations": 9, "faults": 0}
    assert record.SENTENCE.fullmatch(record.sentence([one, one]))
    assert "on 2 pages" in record.sentence([one, one])
    assert record.sentence([one, {**one, "day": "2026-11-23"}]) is None
    assert record.sentence([]) is None


# ------------------------------------------------------------------------------------------ planted faults

SOUND = """<!doctype html><html lang="en-GB"><head><title>Page</title></head>
<body><main><h1>Title</h1>{}</main></body></html>"""
SMALL = '<a href="#" style="display:inline-block;width:9px;height:9px;background:#000" aria-label="{}"></a>'
PLANTED = {
    "image-alt": '<img src="x.png">',
    "empty-table-header": "<table><tr><th></th><th>Place</th></tr><tr><td>1</td><td>Durham</td></tr></table>",
    "color-contrast": '<p style="color: #aaa; background: #fff">Faint</p>',
    "label-content-name-mismatch": '<button aria-label="Go">Send it</button>',
    "aria-required-children": '<div role="list"><a href="#" role="doc-backlink">1</a></div>',
    "summary-name": "<details><summary></summary>Text</details>",
    "target-size": SMALL.format("one") + SMALL.format("two"),
    "region": "</main><p>Outside</p><main>",
}


@pytest.mark.parametrize("rule", PLANTED)
def test_a_planted_fault_is_found(page, rule):
    page.emulate_media(**MODES["light"])
    page.set_viewport_size({"width": 1280, "height": 900})
    page.set_content(SOUND.format(PLANTED[rule]))
    axe.ready(page)
    assert {fault.split(":")[0] for fault in axe.violations(page)} >= {rule}


def test_a_sound_page_has_no_fault(page):
    page.set_content(SOUND.format('<p>Text <img src="x.png" alt="Bars of two places, 3 and 7"></p>'))
    axe.ready(page)
    assert axe.violations(page) == []
    assert axe.too_faint(page) == []


@pytest.mark.parametrize(
    "style",
    [
        "color: #949494",  # 3.03 to 1
        "color: #333; background: linear-gradient(#fff, #444)",
        "color: rgb(0 0 0 / 50%)",
        "color: #ccc; font-size: 40px",
        "background: rgb(0 0 0 / 60%)",
    ],
)
def test_text_that_is_too_faint_is_found_where_axe_gives_up(page, style):
    page.set_content(SOUND.format(f'<p style="{style}">Faint</p>'))
    assert len(axe.too_faint(page)) == 1


@pytest.mark.parametrize(
    "picture",
    [
        '<img src="a.png">',
        '<img src="a.png" alt="">',
        '<img src="a.png" alt="_images/3f2a.png">',
        '<img src="a.png" alt="../_images/breakeven_7_0.svg">',
        '<img src="a.png" alt="chart of it.png">',
        '<img src="a.png" alt="Figure 1">',
        '<svg viewBox="0 0 1 1"></svg>',
        '<div role="img"></div>',
        "<table><tr><th></th><th>Place</th></tr></table>",
    ],
)
def test_what_has_no_words_is_found(page, picture):
    page.set_content(SOUND.format(picture))
    assert len(axe.wordless(page)) == 1


def test_a_picture_in_words_is_let_pass(page):
    page.set_content(
        SOUND.format('<img src="a.png" alt="Bars: Durham 3, Luton 7."><svg aria-hidden="true"></svg>')
    )
    assert axe.wordless(page) == []
