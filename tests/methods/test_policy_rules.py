"""Rules on words: what a phrase matches, what prevents it, and which rule decides."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods.policy_rules import Hit, Rule, hits


@pytest.mark.parametrize(
    ("phrase", "text", "words"),
    [
        ("bus", "Better Bus Area", "Bus"),
        ("bus", "Business support", ""),
        ("homeless*", "X085A184-PREVENTING HOMELESSNESS DEL PROG", "HOMELESSNESS"),
        ("rough sleep*", "Rough-sleepers' hostels", "Rough-sleepers"),
        ("rough-sleep*", "Ending rough  sleeping", "rough  sleeping"),
        ("EV", "EV Readiness", "EV"),
        ("EV", "every man, ev'ry where", ""),
        ("children's services", "Children\u2019s Services", "Children\u2019s Services"),
        ("children's services", "Childrens services", "Childrens services"),
        ("police", "Grant_Police_16-17", "Police"),
        ("R&D", "H2 R&D", "R&D"),
        ("art", "Arts; art and ART", "art; ART"),
    ],
)
def test_a_phrase_matches_whole_words(phrase, text, words):
    assert Rule("r", "A", (phrase,)).words(text) == words


def test_words_are_named_once_and_in_the_order_of_the_text():
    assert Rule("r", "A", ("rail", "bus")).words("bus and rail and bus") == "bus; rail"


def test_a_phrase_of_unless_prevents_the_rule():
    rule = Rule("r", "A", ("school*",), ("school transport",))
    assert rule.words("Schools") == "Schools"
    assert rule.words("Schools and school transport") == ""


@given(st.text(" .,;-()/0", max_size=5), st.text(" .,;-()/0", max_size=5))
def test_signs_around_a_phrase_do_not_hide_it(before, after):
    rule = Rule("r", "A", ("fuel poverty",))
    assert rule.words(f"{before.rstrip('0')}FUEL POVERTY{after.lstrip('0')}") == "FUEL POVERTY"


FIRST = Rule("first", "A", ("alpha",))
SECOND = Rule("second", "B", ("beta",))
ABOVE = Rule("above", "C", ("gamma",), overrides=True)


@pytest.mark.parametrize(
    ("title", "description", "rules"),
    [
        ("beta alpha", "", ["first", "second"]),
        ("beta", "alpha", ["second", "first"]),
        ("alpha", "gamma", ["above", "first"]),
        ("", "beta", ["second"]),
        ("delta", "", []),
    ],
)
def test_overriding_rules_come_first_then_the_title_then_the_order(title, description, rules):
    assert [hit.rule for hit in hits(title, description, [FIRST, SECOND, ABOVE])] == rules


def test_a_hit_says_rule_area_field_and_words():
    assert hits("", "Beta!", [SECOND]) == [Hit("second", "B", "description", "Beta")]
