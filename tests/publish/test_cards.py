"""Cards of a front page: escaped, and with every answer how sure it is, in words."""

from __future__ import annotations

import dataclasses
import re
from html.parser import HTMLParser

import pytest
from hostile import NAMES

from pfpp_utils.publish import cards

CARD = cards.Card(
    "Did it work?", "In 2 of 3 places.", "weak", "It rests on little.", "place-north", "See where"
)


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found, self.attributes = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)
        self.attributes += [name for name, _ in attrs]


def test_a_card_says_all_of_it_in_this_order():
    words = " ".join(re.sub("<[^>]*>", " ", cards.html([CARD])).split())
    assert words.startswith("Did it work? In 2 of 3 places. How sure: weak. It rests on little. See where")
    assert words.endswith(f"What the words mean. Weak : {cards.SURE['weak'][1]}.")
    assert '<a href="place-north">See where</a>' in cards.html([CARD])
    assert cards.plain([CARD]) == "Did it work? In 2 of 3 places. Weak: It rests on little."


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", ["asks", "answer", "because", "link"])
def test_nothing_in_a_text_acts(name, field):
    shown = Tags(cards.html([dataclasses.replace(CARD, **{field: NAMES[name]})]))
    assert set(shown.found) == {"ul", "li", "p", "strong", "a", "em"}
    assert set(shown.attributes) == {"class", "href"}


def test_only_the_words_that_are_used_are_explained():
    others = [word for key, (word, _) in cards.SURE.items() if key != "weak"]
    assert not [word for word in others if f"<em>{word}</em>" in cards.html([CARD])]
    assert all(
        f"<em>{word}</em>" in cards.html([dataclasses.replace(CARD, sure=key) for key in cards.SURE])
        for word in others
    )
