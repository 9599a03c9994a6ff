"""The built book without a mouse, on a narrow screen, with wider text, without motion, and on paper."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from . import axe

#: One page of each kind: prose, figures and calculator, flow diagrams, tables and code, search, and those
#: that are made: the dictionary, how it was made, the ledger (of its 500 rows those of one verdict).
LEDGER = "reproduction-ledger.html?status=inconsistent"
KINDS = (
    "overview",
    "breakeven-newcastle",
    "funding-birmingham",
    "spend-durham",
    "methods",
    "search",
    "data-dictionary",
    "how-made",
    "quality",
    LEDGER,
)
STOPS = """() => [...document.querySelectorAll(
  "a[href], button, input, select, textarea, summary, [tabindex]"
)].filter(one => one.tabIndex >= 0 && !one.disabled && one.getClientRects().length
  && one.checkVisibility({ visibilityProperty: true }))"""
#: Where the focus is: whether a ring of 2 pixels shows it that stands out 3 to 1 from what is around it, and
#: whether it is in the window, not hidden, and nothing lies over it.
STEP = (
    f"""() => {{{axe.COLOURS}"""
    + """
  const at = document.activeElement, style = getComputedStyle(at), box = at.getBoundingClientRect();
  if (at === document.body || window.passed.includes(at)) return null;
  window.passed.push(at);
  const ring = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
  const around = behind(parseFloat(style.outlineOffset) < 0 ? at : at.parentElement);
  const clear = ring && around.every(back => ratio(over(rgba(style.outlineColor), back), back) >= 3);
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  const shown = at.checkVisibility({ opacityProperty: true, visibilityProperty: true });
  const free = [...at.getClientRects()].some(one => {
    const [left, right] = [Math.max(one.left, 0), Math.min(one.right, innerWidth)];
    const [top, bottom] = [Math.max(one.top, 0), Math.min(one.bottom, innerHeight)];
    const hit = document.elementFromPoint((left + right) / 2, (top + bottom) / 2);
    return hit && [at, ...at.labels ?? []].some(one => one.contains(hit) || hit.contains(one));
  });
  const faults = Object.entries({ "no ring": !ring, "a faint ring": ring && !clear, "out of sight": !inside,
    "hidden": !shown, "covered": inside && !free });
  const found = faults.filter(([, is]) => is).map(([name]) => name);
  return found.length ? `${found.join(", ")}: ${at.outerHTML.slice(0, 120)}` : "";
}"""
)
#: What has a ring before it has the focus: the ring would tell nothing.
RINGED = f"""() => ({STOPS})().filter(one => getComputedStyle(one).outlineStyle !== "none"
  && parseFloat(getComputedStyle(one).outlineWidth) >= 2).map(one => one.outerHTML.slice(0, 120))"""
LEFT = f"""() => {{
  const stops = ({STOPS})(), passed = window.passed;
  const missed = stops.filter(one => !passed.includes(one));
  const wrong = passed.filter((one, i) => i && passed[i - 1].compareDocumentPosition(one) & 2);
  return [...missed, ...wrong].map(one => one.outerHTML.slice(0, 120));
}}"""
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; }
* { word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
CUT = """() => [...document.querySelectorAll("main *")].filter(one => {
  const { overflowX, overflowY } = getComputedStyle(one);
  return [overflowX, overflowY].some(how => how === "hidden" || how === "clip") && one.textContent.trim()
    // The contents of the page are folded away beside a note, on purpose.
    && !one.closest("svg, .pfpp-diagram, .visually-hidden, .bd-sidebar-secondary.hide")
    && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map(one => one.outerHTML.slice(0, 120))"""


#: Whether what is typed for a search begins beside the icon in its field.
BESIDE = """form => {
  const field = form.querySelector("input"), icon = form.querySelector("svg").getBoundingClientRect();
  const first = field.getBoundingClientRect().left + parseFloat(getComputedStyle(field).paddingInlineStart);
  return icon.right <= first;
}"""


@pytest.fixture
def page(browser):
    context = browser.new_context(viewport={"width": 1280, "height": 900}, reduced_motion="reduce")
    yield context.new_page()
    context.close()


#: Some pages put the focus into a field as they open; all are walked from the top.
TOP = """() => {
    document.body.tabIndex = -1;
    document.body.focus();
    document.body.removeAttribute("tabindex");
    scrollTo(0, 0);
    window.passed = [];
}"""


def to(page, name, site, width=1280):
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site}/{name if '?' in name else f'{name}.html'}")
    page.evaluate(TOP)


WALKS = [
    *((name, 1280, "light") for name in KINDS),
    ("breakeven-newcastle", 320, "light"),
    ("funding-birmingham", 320, "dark"),
    ("overview", 1280, "dark"),
]


@pytest.mark.parametrize(("name", "width", "mode"), WALKS)
def test_tab_reaches_everything_in_order_with_a_ring_and_leaves_the_page(page, site, name, width, mode):
    page.emulate_media(color_scheme=mode)
    to(page, name, site, width)
    faults = page.evaluate(RINGED)
    for _ in range(2000):
        page.keyboard.press("Tab")
        if (fault := page.evaluate(STEP)) is None:
            break
        faults += [fault] if fault else []
    else:
        faults.append("there is no way out")
    assert faults + page.evaluate(LEFT) == []


def test_the_skip_link_comes_first_and_moves_the_focus(page, site):
    to(page, "breakeven-newcastle", site)
    page.keyboard.press("Tab")
    link = page.get_by_role("link", name="Skip to main content")
    expect(link).to_be_focused()
    expect(link).to_be_in_viewport()
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


def test_a_chapter_of_the_menu_opens_by_keyboard(page, site):
    to(page, "overview", site)
    opener = page.locator("summary[aria-label='Pages below Breakeven']")
    opener.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Breakeven: Newcastle", exact=True)).to_be_visible()


@pytest.mark.parametrize(
    ("button", "dialog"),
    [("Pages of this book", "Pages of this book"), ("Contents of this page", "Contents of this page")],
)
@pytest.mark.parametrize("end", ["Escape", "Close"])
def test_on_a_narrow_screen_menus_are_dialogs_that_give_the_focus_back(page, site, button, dialog, end):
    to(page, "breakeven-newcastle", site, 320)
    opener = page.get_by_role("button", name=button)
    opener.focus()
    page.keyboard.press("Enter")
    shown = page.get_by_role("dialog", name=dialog)
    expect(shown).to_be_visible()
    assert page.evaluate("document.activeElement.closest('dialog') !== null")
    if end == "Escape":
        page.keyboard.press("Escape")
    else:
        shown.get_by_role("button", name="Close").click()
    expect(shown).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_menu_says_whether_it_is_shown(page, site):
    to(page, "overview", site)
    button = page.get_by_role("button", name="Pages of this book")
    expect(button).to_have_attribute("aria-expanded", "true")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator("#pst-primary-sidebar a").first).to_be_hidden()
    expect(button).to_be_focused()


def test_search_opens_by_keyboard_finds_and_closes(page, site):
    to(page, "overview", site)
    page.keyboard.press("Control+k")
    expect(page.get_by_role("dialog", name="Search").get_by_role("searchbox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
    page.keyboard.press("Control+k")
    page.keyboard.type("deadweight")
    page.keyboard.press("Enter")
    page.wait_for_url("**/search.html?q=deadweight*", wait_until="commit")
    expect(page.locator("#search-results li").first).to_be_visible(timeout=30_000)
    first = page.locator("#search-results li a").first
    expect(page.locator("#search-results")).to_contain_text("found")
    page.set_viewport_size({"width": 320, "height": 900})
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    assert page.locator(".bd-search-container form").first.evaluate(BESIDE), (
        "what is typed lies under the icon"
    )
    axe.ready(page)
    assert axe.violations(page) + axe.too_faint(page) == []
    page.evaluate(TOP)
    for _ in range(200):
        page.keyboard.press("Tab")
        if first.evaluate("one => one === document.activeElement"):
            break
    expect(first).to_be_focused()
    wanted = first.get_attribute("href").split("?")[0].split("#")[0]
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{wanted}*", wait_until="commit")
    expect(page.get_by_role("heading", level=1).first).to_be_visible()


def test_the_calculator_of_a_page_answers_and_says_so(page, site):
    to(page, "breakeven-newcastle", site)
    people = page.locator("[data-result=beneficiaries]").first
    spoken = page.locator(".pfpp-calculator [data-part=sentence]").first
    before, said = people.text_content(), spoken.text_content()
    page.locator(".pfpp-calculator input[data-name=cost]").first.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("9000000")
    expect(people).not_to_have_text(before)
    expect(spoken).not_to_have_text(said)
    assert spoken.evaluate("one => one.closest('[role=status], [aria-live=polite]') !== null")
    page.keyboard.press("Control+a")
    page.keyboard.type("many")
    expect(spoken).to_contain_text("Cannot be used")
    assert page.evaluate("document.activeElement.getAttribute('aria-invalid')") == "true"


def test_a_flow_diagram_is_no_stop_and_its_table_comes_after_it(page, site):
    to(page, "funding-birmingham", site)
    diagram = page.locator(".pfpp-diagram").first
    diagram.scroll_into_view_if_needed()
    diagram.locator(".node-label").first.wait_for(state="attached", timeout=60_000)
    assert diagram.locator("a, button, input, [tabindex='0']").count() == 0
    assert "in the table below" in diagram.get_attribute("aria-label")
    opener = page.locator("summary", has_text="Data of Figure 1")
    table = page.get_by_role("region", name="Data of Figure 1")
    expect(table).to_be_hidden()
    page.locator("figure :is(summary, a:not(.pfpp-permalink))").first.focus()
    expect(opener).to_be_focused()
    page.keyboard.press("Enter")
    expect(table).to_be_visible()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.pfpp-diagram') === null")


def test_the_ledger_of_the_book_is_filtered_and_sorted_by_keyboard(page, site):
    to(page, LEDGER, site)
    count = page.locator(".pfpp-count")
    before = count.text_content()
    page.get_by_role("searchbox", name="Words").focus()
    page.keyboard.type("wellby")
    expect(count).not_to_have_text(before)
    expect(count).to_have_attribute("role", "status")
    head = page.get_by_role("columnheader", name="What is claimed")
    head.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(head).to_have_attribute("aria-sort", "ascending")
    expect(head.get_by_role("button")).to_be_focused()


def test_the_colours_are_chosen_by_keyboard_and_named(page, site):
    to(page, "overview", site)
    button = page.get_by_role("button", name="Colour mode")
    expect(button).to_have_attribute("aria-label", "Colour mode: as the system's")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    expect(button).to_have_attribute("aria-label", "Colour mode: dark")
    expect(button).to_be_focused()


def test_a_box_is_a_stop_only_while_it_scrolls_and_has_a_name(page, site):
    to(page, "overview", site)
    box = page.get_by_role("region", name="Table 1. ")
    expect(box).to_have_attribute("tabindex", "-1")
    page.set_viewport_size({"width": 320, "height": 900})
    expect(box).to_have_attribute("tabindex", "0")
    box.focus()
    expect(box).to_be_focused()
    for _ in range(5):
        page.keyboard.press("ArrowRight")
    scrolled = 0
    for _ in range(100):  # the page's policy lets nothing wait in it
        scrolled = scrolled or page.evaluate("document.activeElement.scrollLeft")
        page.wait_for_timeout(0 if scrolled else 100)
    assert scrolled > 0


@pytest.mark.parametrize("name", KINDS)
@pytest.mark.parametrize("width", [1280, 320])
def test_text_may_be_spaced_out(browser, site, name, width):
    context = browser.new_context(bypass_csp=True)  # the style is a reader's own, not the page's
    page = context.new_page()
    to(page, name, site, width)
    before = set(page.evaluate(CUT))
    page.add_style_tag(content=SPACING)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert set(page.evaluate(CUT)) - before == set()
    context.close()


def test_nothing_moves_for_whoever_wants_no_motion(page, site):
    to(page, "breakeven-newcastle", site)
    moving = """() => [...document.querySelectorAll("*")].filter(one => {
      const style = getComputedStyle(one);
      const moves = /[1-9]/.test(style.transitionDuration + style.animationDuration);
      return moves || style.scrollBehavior === "smooth";
    }).map(one => one.outerHTML.slice(0, 80))"""
    assert page.evaluate(moving) == []
    page.emulate_media(reduced_motion="no-preference")
    assert page.evaluate(moving) != [], "otherwise this test would find nothing"


def test_on_paper_stands_the_article_alone_in_black_on_white(page, site):
    page.emulate_media(color_scheme="dark")
    to(page, "breakeven-newcastle", site, 700)
    page.emulate_media(media="print", color_scheme="dark")
    for part in ("#pst-primary-sidebar", ".bd-header-article", ".prev-next-footer", ".pfpp-download"):
        expect(page.locator(part).first).to_be_hidden()
    expect(page.get_by_role("heading", level=1, name="Breakeven: Newcastle")).to_be_visible()
    colours = "one => [getComputedStyle(one).color, getComputedStyle(document.body).backgroundColor]"
    assert page.locator(".bd-article p").first.evaluate(colours) == ["rgb(0, 0, 0)", "rgb(255, 255, 255)"]
    boxes = page.locator(".pfpp-table, .pfpp-scroll, .pst-scrollable-table-container")
    assert set(boxes.evaluate_all("all => all.map(one => getComputedStyle(one).overflowX)")) == {"visible"}
    assert page.pdf(format="A4").startswith(b"%PDF")
