"""Published against recomputed: each rounding rule, each qualifier, decimals that binary floats get wrong."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Verdict, exact, rounded, settle, settle_list

EXACTLY, WITHIN, NOT = "reproduced exactly", "reproduced within rounding", "not reproduced"


@pytest.mark.parametrize(
    ("published", "recomputed", "options", "status", "rounding"),
    [
        (148, 37 * 4, {}, EXACTLY, None),
        (0.3, 0.1 + 0.2, {"decimals": 1}, EXACTLY, None),  # 0.30000000000000004 in binary
        (115, 1.15 * 100, {}, EXACTLY, None),  # 114.99999999999999 in binary
        (19, 100 * 7 / 37, {}, WITHIN, "half up"),
        (15, 15.2, {}, WITHIN, "half up"),
        (15, 15.135, {}, WITHIN, "half up"),
        (147, 22 / 0.15, {}, WITHIN, "half up"),  # 146.67: half up comes before up
        (146, 145.36, {}, WITHIN, "up"),
        (22, Fraction(112, 5), {}, WITHIN, "half up"),
        (17, 100 * 364 / 2200, {}, WITHIN, "half up"),
        (3, 2.5, {}, WITHIN, "half up"),
        (2, 2.5, {}, WITHIN, "half even"),
        (3, 3.5, {}, WITHIN, "truncated"),
        (2.68, 2.675, {"decimals": 2}, WITHIN, "half up"),  # 2.67499999... in binary
        (2.67, 2.675, {"decimals": 2}, WITHIN, "truncated"),
        (18, 18.92, {}, WITHIN, "truncated"),
        (335_000, 334_600, {"decimals": -3}, WITHIN, "half up"),
        (-19, -18.9, {}, WITHIN, "half up"),
        (-18, -18.9, {}, WITHIN, "truncated"),
        (20, 18.9, {}, NOT, None),
        (147, 146, {}, NOT, None),
        (119, 121, {"tolerance": 2}, WITHIN, None),
        (119, 121.01, {"tolerance": 2}, NOT, None),
        (3.86, 3.9, {"tolerance": 0.04}, WITHIN, None),
        (19, Decimal("18.9"), {}, WITHIN, "half up"),
        (np.int64(19), np.float64(18.9), {}, WITHIN, "half up"),
    ],
)
def test_rounding_rules(published, recomputed, options, status, rounding):
    verdict = settle(published, recomputed, **options)
    assert (verdict.status, verdict.rounding) == (status, rounding)


@pytest.mark.parametrize(
    ("published", "recomputed", "qualifier", "tolerance", "status"),
    [
        (550, 550, "over", None, NOT),
        (550, 551, "over", None, WITHIN),
        (550, 549.6, "over", None, NOT),  # would round to 550
        (100, 119, "over", None, WITHIN),
        (100, 119, "over", 10, NOT),
        (50, 50, "at_least", None, EXACTLY),
        (50, 51, "at_least", None, WITHIN),
        (50, 51, "at_least", 0.5, NOT),
        (50, 49.9, "at_least", None, NOT),  # would round to 50
        (19, 19, "exactly", None, EXACTLY),
        (19, 18.9, "exactly", None, WITHIN),
        (19, 18, "exactly", None, NOT),
        (50, 100 * 6 / 13, "nearly", None, WITHIN),
        (50, 50, "nearly", None, NOT),
        (50, 50.1, "nearly", None, NOT),
        (50, 45, "nearly", None, WITHIN),
        (50, 44.9, "nearly", None, NOT),
        (50, 46, "nearly", 2, NOT),
        (22, 22, "around", None, EXACTLY),
        (22, 22.2, "around", None, WITHIN),
        (50, 52, "around", None, WITHIN),
        (50, 55, "about", None, WITHIN),
        (50, 45, "about", None, WITHIN),
        (50, 55.1, "about", None, NOT),
        (50, 44.9, "about", None, NOT),
        (50, 52, "about", 1, NOT),
        (-50, -55, "about", None, WITHIN),
    ],
)
def test_qualifiers(published, recomputed, qualifier, tolerance, status):
    assert settle(published, recomputed, qualifier=qualifier, tolerance=tolerance).status == status


@given(st.decimals(-1000, 1000, places=3), st.sampled_from(["half up", "half even", "truncated", "up"]))
def test_what_was_rounded_is_reproduced(value, rule):
    for decimals in (0, 1, 2):
        verdict = settle(rounded(value, decimals, rule), float(value), decimals=decimals)
        assert verdict.status in (EXACTLY, WITHIN)


@given(st.integers(-1000, 1000), st.fractions(-1000, 1000))
def test_a_unit_away_is_never_reproduced(published, recomputed):
    if abs(published - recomputed) >= 1:
        assert settle(published, recomputed).status == NOT


@given(st.decimals(-1000, 1000, places=4), st.integers(-2, 3))
def test_rounding_agrees_with_the_decimal_module(value, decimals):
    rules = {
        "half up": "ROUND_HALF_UP",
        "half even": "ROUND_HALF_EVEN",
        "truncated": "ROUND_DOWN",
        "up": "ROUND_UP",
    }
    for rule, name in rules.items():
        assert rounded(value, decimals, rule) == Fraction(
            value.quantize(Decimal(1).scaleb(-decimals), rounding=name)
        )


@given(st.decimals(-1000, 1000, places=6))
def test_exact_reads_a_float_as_it_was_written(value):
    assert exact(float(value)) == Fraction(value)


@pytest.mark.parametrize(
    ("arguments", "options"),
    [
        ((float("nan"), 1), {}),
        ((1, float("inf")), {}),
        ((1, None), {}),
        ((1, "1"), {}),
        ((1, Decimal("NaN")), {}),
        ((3.86, 3.86), {}),  # finer than the stated 0 decimals
        ((335_100, 335_100), {"decimals": -3}),
        ((1, 1), {"tolerance": -1}),
        ((1, 1), {"qualifier": "roughly"}),
    ],
)
def test_unusable_claims(arguments, options):
    with pytest.raises(InputError):
        settle(*arguments, **options)


def test_unknown_rounding():
    with pytest.raises(InputError, match="half up"):
        rounded(1.5, how="nearest")


@pytest.mark.parametrize(
    ("published", "recomputed", "expected"),
    [
        (["a", "b"], ["b", "a", "a"], Verdict(EXACTLY)),
        ([], [], Verdict(EXACTLY)),
        (["b", "a", "c"], ["c", "d"], Verdict(NOT, missing=("a", "b"), extra=("d",))),
        (["a"], [], Verdict(NOT, missing=("a",))),
        ([], iter(["a"]), Verdict(NOT, extra=("a",))),
    ],
)
def test_lists(published, recomputed, expected):
    assert settle_list(published, recomputed) == expected


def test_a_text_is_not_a_list():
    with pytest.raises(InputError, match="recomputed"):
        settle_list(["a"], "a")
