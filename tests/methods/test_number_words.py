"""What written numbers come to."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods import number_words


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1,613", 1613),
        ("£87,250", 87250),
        ("£335k", 335_000),
        ("£2 million", 2_000_000),
        ("3.86", Fraction("3.86")),
        ("39%", 39),
        ("Ten percent", 10),
        ("nineteen", 19),
        ("Twenty-one", 21),
        ("a hundred", 100),
        ("hundred", 100),
        ("two hundred and five", 205),
        ("three thousand two hundred", 3200),
        ("2 hundred", 200),
        ("one million", 1_000_000),
        ("a third", Fraction(1, 3)),
        ("two-thirds", Fraction(2, 3)),
        ("three quarters", Fraction(3, 4)),
        ("half", Fraction(1, 2)),
        ("7/13", Fraction(7, 13)),
        ("second", 2),
        ("21st", 21),
        ("All", 1),
        ("none", 0),
        ("both", 2),
        ("once", 1),
    ],
)
def test_value(text: str, value: Fraction) -> None:
    assert number_words.value(text) == value


@pytest.mark.parametrize("text", ["", "many", "several", "pilots"])
def test_what_is_no_number_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        number_words.value(text)


@given(st.integers(0, 10**15))
def test_digits_with_and_without_commas_are_alike(number: int) -> None:
    assert number_words.value(f"{number:,}") == number_words.value(str(number)) == number
