"""What a page on a register says first: what it found, and whether its awards are real."""

from __future__ import annotations

import dataclasses

import pytest

from pfpp_utils.data import grants
from pfpp_utils.publish import registers


@pytest.fixture(scope="module")
def register():
    return grants.bundled()


def test_invented_awards_are_said_to_be_so_before_any_number(register):
    said = registers.in_short(register, register.awards, "Everywhere", 100_000)
    assert said.startswith("**In short.** In awards invented to show the method, ")
    total = registers.total(register.awards)
    assert f"{total['grants']:,} grants reach {total['recipients']:,} recipients in Everywhere" in said


def test_the_number_of_small_awards_follows_the_threshold(register):
    awards = register.awards.assign(amount_gbp=[1.0] + [50.0] * (len(register.awards) - 1))
    assert ": 0% of awards are under £1," in registers.in_short(register, awards, "Luton", 1)
    assert ": 100% of awards are under £51," in registers.in_short(register, awards, "Luton", 51)


def test_a_real_register_is_named_and_a_place_without_awards_has_a_sentence(register):
    real = dataclasses.replace(register, illustrative=False, year="2016-17")
    said = registers.in_short(real, register.awards.iloc[:0], "Luton", 100_000)
    assert said == "**In short.** In the official register of 2016-17, no award has a recipient in Luton."
