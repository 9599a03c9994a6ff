"""The ledger in a real browser: filtered and sorted by keyboard, at any width, and whole without a script."""

from __future__ import annotations

import re
import shutil

import pytest
from playwright.sync_api import expect

from pfpp_utils import project
from pfpp_utils.data import sources
from pfpp_utils.publish import ledger_table, records

STATIC = project.CHECKOUT / "book/_static"
PAGE = """<!doctype html><html lang="en-GB"><head><title>Page</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="pfpp.css"><link rel="stylesheet" href="ledger.css">
<script src="ledger.js"></script></head><body><p><a href="#after">First</a></p>{table}
<details><summary>Waits</summary><a id="claim-late" href="#">late</a></details>
<p id="after"><a href="#">Last</a></p><script src="ledger.js"></script></body></html>"""
LEDGER = records.load("notebooks")
LEDGER = LEDGER.assign(where=sources.cite(LEDGER))


@pytest.fixture(scope="module")
def address(serve, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    for name in ("ledger.js", "ledger.css", "pfpp.css"):
        shutil.copy(STATIC / name, folder)
    table = ledger_table.whole(LEDGER, identity="table-ledger", caption="Table 1. The claims")
    (folder / "ledger.html").write_text(PAGE.format(table=table), encoding="utf-8")
    with serve(folder) as at:
        yield f"{at}/ledger.html"


@pytest.fixture
def page(browser, address):
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened, faults = context.new_page(), []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    opened.goto(address)
    yield opened
    context.close()
    assert faults == []


def press(page, *keys):
    for key in keys:
        page.keyboard.press(key)


def shown(page):
    return page.locator("tbody tr:not([hidden])")


def count(page):
    return page.get_by_role("status")


def to_search(page):
    press(page, "Tab", "Tab")
    expect(page.get_by_label("Words")).to_be_focused()


def test_words_are_looked_for_by_keyboard(page):
    expect(count(page)).to_have_text(f"{len(LEDGER)} of {len(LEDGER)} claims shown.")
    to_search(page)
    page.keyboard.type("mine water")
    found = shown(page).count()
    assert 0 < found < len(LEDGER)
    expect(count(page)).to_have_text(f"{found} of {len(LEDGER)} claims shown.")
    assert all("mine water" in text.lower() for text in shown(page).all_inner_texts())


def test_verdict_strand_and_section_are_chosen_by_keyboard_and_given_up_again(page):
    to_search(page)
    press(page, "Tab")
    page.keyboard.type("Inc")
    wrong = LEDGER[LEDGER["status"] == "inconsistent"]
    expect(shown(page)).to_have_count(len(wrong))
    press(page, "Tab")
    page.keyboard.type("Building")
    expect(shown(page)).to_have_count(int((wrong["strand"] == "building_understanding").sum()))
    press(page, "Tab")
    page.keyboard.type("4.1.1")
    expect(shown(page)).to_have_count(int((wrong["section"] == "4.1.1").sum()))
    press(page, "Tab", "Enter")
    expect(shown(page)).to_have_count(len(LEDGER))


def test_columns_are_sorted_by_keyboard_and_say_so(page):
    to_search(page)
    press(page, *["Tab"] * 7, "Enter")  # past the form, the box that scrolls and the first head
    heads = page.get_by_role("columnheader")
    expect(heads.nth(1)).to_have_attribute("aria-sort", "ascending")
    press(page, "Enter")
    expect(heads.nth(1)).to_have_attribute("aria-sort", "descending")
    expect(shown(page).first).to_have_id(f"claim-{LEDGER['claim'].iloc[-1]}")
    press(page, "Tab", "Enter")
    expect(heads.nth(2)).to_have_attribute("aria-sort", "ascending")
    assert heads.nth(1).get_attribute("aria-sort") is None
    numbers = [
        re.search(r"[\d,.]*\d", text) for text in page.locator("tbody td:nth-child(3)").all_inner_texts()
    ]
    values = [float(found[0].replace(",", "")) for found in numbers if found]
    assert values == sorted(values)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_sticks_out(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    if width < 700:
        box = page.locator(".pfpp-table")
        assert box.evaluate("box => box.scrollWidth <= box.clientWidth")
        assert page.get_by_role("rowheader").count() == len(LEDGER)


def test_heads_fit_their_columns_in_the_width_of_the_book(page):
    style = "width: 688px; font-family: DejaVu Sans, Verdana, sans-serif"
    page.evaluate(f"document.body.style.cssText = '{style}'")
    right = "getBoundingClientRect().right"
    over = f"head => head.querySelector('button').{right} - head.{right}"
    assert [head.evaluate(over) <= 0 for head in page.get_by_role("columnheader").all()] == [True] * 6


def test_a_permalink_shows_its_claim_even_when_it_is_filtered_out(page, address):
    to_search(page)
    page.keyboard.type("mine water")
    page.evaluate("location.hash = '#claim-programme_funding'")
    expect(page.locator("#claim-programme_funding")).to_be_in_viewport()
    expect(shown(page)).to_have_count(len(LEDGER))


def test_a_claim_in_a_closed_list_is_opened_by_its_address(page):
    page.evaluate("location.hash = '#claim-late'")
    expect(page.locator("#claim-late")).to_be_visible()


def test_an_address_may_ask_for_a_verdict(page, address):
    page.goto(f"{address}?status=rounded")
    expect(shown(page)).to_have_count(int((LEDGER["status"] == "rounded").sum()))


def test_without_a_script_it_is_a_table(browser, address):
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(address)
    assert plain.locator("tbody tr").count() == len(LEDGER)
    assert plain.locator("form").count() == 0
    context.close()
