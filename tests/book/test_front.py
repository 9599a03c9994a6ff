"""The front page of the built book: its answers on one screen, and a way from it to every place."""

from __future__ import annotations

import pytest

from pfpp_utils.data import places


@pytest.fixture(scope="module")
def front(browser, site):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(f"{site}/overview.html")
    yield page
    context.close()


def test_the_whole_story_is_on_one_screen_of_a_laptop(front):
    cards = front.locator(".pfpp-card")
    assert cards.count() == 6
    boxes = [cards.nth(n).bounding_box() for n in range(6)]
    assert max(box["y"] + box["height"] for box in boxes) <= 800
    assert {round(box["x"]) for box in boxes} == {round(boxes[n]["x"]) for n in range(3)}  # three columns


def test_on_a_phone_the_answers_stand_below_each_other(front):
    front.set_viewport_size({"width": 390, "height": 844})
    boxes = [card.bounding_box() for card in front.locator(".pfpp-card").all()]
    assert len({round(box["x"]) for box in boxes}) == 1
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    front.set_viewport_size({"width": 1280, "height": 800})


def test_every_answer_says_how_sure_it_is_and_leads_on(front):
    for card in front.locator(".pfpp-card").all():
        assert card.locator("strong").inner_text().startswith("How sure: ")
        assert card.locator("a").get_attribute("href")


def test_every_place_is_one_step_away(front):
    cells = front.locator("#table-places tbody th a").all()
    assert [cell.inner_text() for cell in cells] == [*places.labels().values()]
    pages = [f"place-{slug.replace('_', '-')}.html" for slug in places.slugs()]
    assert [cell.get_attribute("href") for cell in cells] == pages
