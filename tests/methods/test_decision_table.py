"""The decision table: Table 7 row by row, what it leaves out, and what each pilot lacked for the next row."""

from __future__ import annotations

import pandas as pd
import pytest
from published_rules import PILOTS, STEPS, TABLE_7, TYPES, long, pattern

from pfpp_utils.errors import InputError
from pfpp_utils.methods.decision_table import decide, next_types, uncovered_patterns
from pfpp_utils.methods.typology import NOT_COVERED, classify, to_next


def test_every_row_of_table_7_has_its_pilots():
    result = decide(PILOTS, TYPES)
    assert result["success_type"].tolist() == list(TABLE_7)
    assert result["pilots"].tolist() == [", ".join(pilots) for _, pilots in TABLE_7.values()]
    assert result["count"].sum() == 13
    marks = ["".join("-" if not yes else "x" for yes in row) for row in result[STEPS].to_numpy()]
    assert marks == [letters.replace("S", "x").replace("M", "x") for letters, _ in TABLE_7.values()]


def test_a_pattern_that_no_type_covers_gets_a_row_of_its_own():
    pilots = long("pilot", {"here": "S-SS-M", "there": "M-MM-S", "luton": "SS-S--"})
    rest = decide(pilots, TYPES).iloc[len(TABLE_7) :]
    assert rest[["success_type", "pilots", "count"]].to_numpy().tolist() == [[NOT_COVERED, "here, there", 2]]


def test_56_of_64_patterns_are_not_covered_and_none_of_them_is_a_type():
    result = uncovered_patterns(TYPES)
    assert len(result) == 56
    assert not result[STEPS].duplicated().any()
    for row in result[STEPS].to_dict("records"):
        assert classify({step: "S" if yes else "none" for step, yes in row.items()}, TYPES) is None
    only_first = result[result["achieved"].eq(1) & result["delivery"]]
    assert only_first["pattern"].tolist() == ["delivery"]
    assert result["pattern"].is_unique
    assert result["pattern"].iloc[0] == "none"
    assert only_first["nearest_type"].tolist() == ["implementation"]


def test_too_many_steps_are_refused():
    types = pd.DataFrame({"success_type": "all", "step": range(13), "rating": "S"})
    with pytest.raises(InputError, match="too many steps"):
        uncovered_patterns(types)


def test_the_next_type_asks_for_the_fewest_further_steps_and_ties_are_named():
    result = next_types(PILOTS, TYPES).set_index("pilot")
    assert result.loc["durham", ["next_type", "missing_steps", "missing", "tied"]].tolist() == [
        "full",
        "unblocking",
        1,
        False,
    ]
    tied = result.loc["hackney"]
    assert tied["next_type"].tolist() == [
        "implementation, with iteration",
        "local outcomes, without iteration",
    ]
    assert tied["missing_steps"].tolist() == ["iteration", "outcomes"]
    assert tied["tied"].all()
    for pilot, row in result.iterrows():
        lacking = to_next(
            pattern(next(letters for letters, names in TABLE_7.values() if pilot in names)), TYPES
        )
        assert row["missing"] == min(map(len, lacking.values()))
        assert ", ".join(lacking[row["next_type"]]) == row["missing_steps"]


def test_nothing_goes_beyond_full_success():
    result = next_types(long("pilot", {"here": "SSSSSS"}), TYPES)
    assert result.to_dict("records") == [
        {"pilot": "here", "next_type": "", "missing_steps": "", "missing": 0, "tied": False}
    ]
