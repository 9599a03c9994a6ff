"""Types of success: the report's Table 7 finds every pilot where the report puts it, and gaps are named."""

from __future__ import annotations

from itertools import product

import pandas as pd
import pytest
from published_rules import PILOTS, PUBLISHED, STEPS, TABLE_7, TYPES, long, pattern

from pfpp_utils.errors import InputError
from pfpp_utils.methods.typology import classify, classify_all, to_next


def test_every_pilot_is_where_the_report_puts_it():
    result = classify_all(PILOTS, TYPES)
    assert dict(zip(result["pilot"], result["success_type"], strict=True)) == PUBLISHED
    assert len(result) == 13
    assert (result["nearest_type"] == result["success_type"]).all()
    assert (result["differing_steps"] == "").all()


def test_row_order_does_not_matter():
    shuffled = classify_all(PILOTS.sample(frac=1, random_state=1), TYPES.iloc[::-1])
    assert dict(zip(shuffled["pilot"], shuffled["success_type"], strict=True)) == PUBLISHED


def test_medium_counts_as_achieved():
    assert classify(pattern("SSSSSM"), TYPES) == "full"
    assert classify(pattern("MM----"), TYPES) == "implementation"


def test_eight_of_64_patterns_are_covered():
    covered = [classify(pattern(letters), TYPES) for letters in product("S-", repeat=6)]
    assert sorted(name for name in covered if name) == sorted(TABLE_7)


def test_uncovered_pilot_gets_its_nearest_type_and_the_difference():
    result = classify_all(long("pilot", {"here": "S-SS-M"}), TYPES)
    row = result.iloc[0]
    assert row["success_type"] == "not covered"
    assert row["nearest_type"] == "central engagement or local outcomes"
    assert row["differing_steps"] == "outcomes or uptake"


def test_difference_is_listed_in_pathway_order():
    row = classify_all(long("pilot", {"here": "------"}), TYPES).iloc[0]
    assert (row["nearest_type"], row["differing_steps"]) == ("implementation", "delivery, uptake")


def test_to_next_names_what_was_lacking():
    assert to_next(pattern("SS-S-M"), TYPES) == {
        "local outcomes": ("engagement",),
        "full": ("engagement", "unblocking"),
    }
    assert to_next(pattern("SSS-SM"), TYPES) == {"full": ("iteration",)}
    assert to_next(pattern("SSSSSS"), TYPES) == {}


def test_to_next_starts_with_the_fewest_steps():
    lacking = to_next(pattern("------"), TYPES.iloc[::-1])
    assert set(lacking) == set(TABLE_7)
    assert [len(steps) for steps in lacking.values()] == sorted(len(steps) for steps in lacking.values())
    assert set(lacking["full"]) == set(STEPS)


@pytest.mark.parametrize(
    ("pilots", "types", "message"),
    [
        (PILOTS.iloc[1:], TYPES, "missing steps\n.*pilot hackney"),
        (PILOTS, TYPES.iloc[1:], "missing steps\n.*success_type implementation"),
        (PILOTS, TYPES[TYPES["step"] != "outcomes"], "unknown steps|one pattern"),
        (pd.concat([PILOTS, PILOTS.iloc[:1]]), TYPES, "listed twice"),
        (PILOTS, pd.concat([TYPES, TYPES.iloc[:1]]), "listed twice"),
        (PILOTS.assign(rating="strong"), TYPES, "unknown rating"),
        (PILOTS.drop(columns="rating"), TYPES, "missing column"),
        (PILOTS, TYPES.drop(columns="success_type"), "missing column"),
        (PILOTS, TYPES.iloc[:0], "no types"),
        (PILOTS, pd.concat([TYPES, long("success_type", {"twin": "MM----"})]), "one pattern"),
    ],
)
def test_broken_tables_are_refused(pilots, types, message):
    with pytest.raises(InputError, match=message):
        classify_all(pilots, types)


def test_pattern_must_have_exactly_the_steps():
    with pytest.raises(InputError, match="missing steps"):
        classify({"delivery": "S"}, TYPES)
    with pytest.raises(InputError, match="unknown steps"):
        classify(pattern("SS----") | {"fame": "S"}, TYPES)
    with pytest.raises(InputError, match="unknown rating"):
        to_next(pattern("SS----") | {"outcomes": "L"}, TYPES)
