"""Breaking one number of a table turns exactly the claims that rest on it; every claim is settled once."""

from __future__ import annotations

import functools
from typing import Any

import pytest
import settling
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.publish import records

CLAIMS = tables.load("claims")
RESTS = {claim: set(on.split("; ")) for claim, on in zip(CLAIMS["claim"], CLAIMS["rests_on"], strict=True)}
#: Columns of published numbers on which claims rest.
COLUMNS = [
    ("engagement_measures", "value"),
    ("forum_measures", "value"),
    ("breakeven_steps", "value"),
    ("spend_published", "value"),
    ("reach", "value"),
    ("findings", "value"),
    ("newcastle_survey", "mean_score"),
    ("programme_facts", "value"),
]


@functools.cache
def base() -> dict[str, dict[str, Any]]:
    return settling.every()


def changed(table: str, rows: str | int, column: str, value: object) -> set[str]:
    """Break a value and return the claims whose record is no longer the same."""
    frame = tables.load(table)
    index = frame.query(rows).index if isinstance(rows, str) else frame.index[[rows]]
    assert len(index) == 1
    assert frame.loc[index[0], column] != value
    frame.loc[index, column] = value
    return {claim for claim, record in settling.every({table: frame}).items() if record != base()[claim]}


def test_every_claim_is_settled_once() -> None:
    assert base().keys() == set(CLAIMS["claim"])


def test_the_committed_notebooks_hold_the_same_records() -> None:
    kept = records.load("notebooks").set_index("claim")
    for claim, record in base().items():
        assert {key: kept.at[claim, key] for key in ("published", "recomputed", "status")} == {
            key: record[key] for key in ("published", "recomputed", "status")
        }


TEAMS = {
    "teams_linked_headline",
    "teams_linked_s1_4",
    "teams_linked_s3_4_5",
    "teams_linked_s5_4_2",
    "teams_more_than_once_half_s1_5_1",
    "teams_more_than_once_half_s4_3_4",
    "teams_more_than_once_share",
    "teams_more_than_once_share_s4_3_4",
    "teams_per_pilot",
}


@pytest.mark.parametrize(
    ("table", "rows", "column", "value", "claims"),
    [
        ("engagement_measures", "measure == 'teams_linked' and section == '1.5.1'", "value", 150, TEAMS),
        (
            "engagement_measures",
            "measure == 'individuals_regional'",
            "value",
            16,
            {"individuals_in_lasting_roles", "individuals_in_roles_again"},
        ),
        (
            "pilots",
            "pilot == 'durham'",
            "funding_gbp",
            100_001,
            {"low_tier_pilots", "low_tier_total", "programme_funding", "low_tier_places"},
        ),
        (
            "forum_measures",
            "measure == 'officials_at_three_or_more' and section == '4.1.2'",
            "value",
            4,
            {"board_regulars_share_s3_4_4", "board_regulars_share"},
        ),
        (
            "breakeven_steps",
            "pilot == 'liverpool' and step == 'target'",
            "value",
            300,
            {"liverpool_take_up", "liverpool_share_needed"},
        ),
        ("breakeven_pilots", "pilot == 'southwark'", "status", "too_early", {"breakeven_too_early"}),
        (
            "spend_published",
            "place == 'wakefield' and measure == 'grants' and section == '3.1.3'",
            "value",
            400,
            {"recipients_per_grant_wakefield"},
        ),
        (
            "reach",
            "pilot == 'bradford' and figure == 'portal_grants'",
            "value",
            20,
            {"bradford_portal_share"},
        ),
        ("engagement_measures", "measure == 'teams_linked' and section == '4'", "value", 150, set()),
        (
            "reach",
            "pilot == 'liverpool' and figure == 'refined_scope'",
            "value",
            90,
            {"liverpool_hub_target"},
        ),
        ("reach", "pilot == 'liverpool' and figure == 'hub_visitors'", "target_low", 90, {"liverpool_scope"}),
        (
            "newcastle_scale",
            "statement == 'stressed_by_money'",
            "scale_neutral",
            4,
            {"newcastle_stress_fell"},
        ),
        ("pilot_authorities", "authority_name == 'Luton'", "tier", "county", {"single_tier_councils"}),
    ],
)
def test_breaking_a_number_turns_its_claims(table, rows, column, value, claims) -> None:
    assert changed(table, rows, column, value) == claims


@settings(max_examples=12, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(COLUMNS), st.integers(0, 10_000), st.integers(2, 900))
def test_nothing_turns_that_does_not_rest_on_the_table(at, row, value) -> None:
    table, column = at
    filled = tables.load(table)[column].dropna()
    row = filled.index[row % len(filled)]
    try:
        turned = changed(table, int(row), column, filled[row] + value)
    except InputError:
        return  # a table that cannot be: targets whose ends are the wrong way round, say
    assert {claim for claim in turned if table not in RESTS[claim]} == set()


def test_a_mark_that_vanishes_wholly_turns_its_claims() -> None:
    turned = changed("pilot_steps", "pilot == 'bradford' and step == 'unblocked'", "rating", "none")
    counted = {"felt_supported_occurred", "barriers_unblocked_s5", "barriers_unblocked"}
    assert turned == counted | {"policy_barriers_most_not", "no_influence_most"}


def test_a_list_without_a_tick_left_turns_its_claims() -> None:
    frame = tables.load("data_collection")
    frame.loc[(frame["activity"] == "resident_focus_groups") & (frame["item"] == "Table 2"), "done"] = False
    turned = settling.records("numbers_programme", {"data_collection": frame})
    assert turned["resident_focus_groups"]["recomputed"] == "0 pilots"
    assert turned["resident_group_places"]["recomputed"] == "nobody"
    assert turned["resident_group_places"]["status"] == "inconsistent"


def test_every_table_that_a_recomputed_claim_rests_on_is_read_where_it_is_settled() -> None:
    for name in settling.NOTEBOOKS:
        for claim, record in settling.unchanged(name).items():
            if record["status"] != "not_reproducible" and record["recomputed"] != "not recomputed":
                assert RESTS[claim] <= settling.reads[name], claim


@pytest.mark.parametrize(
    ("table", "section"),
    [("spend_published", "1.2"), ("engagement_measures", "1.5.1"), ("forum_measures", "4.1.2")],
)
def test_what_only_agrees_with_its_passage_does_not_hang_on_another_section(table: str, section: str) -> None:
    frame = tables.load(table)
    frame.loc[frame["section"] == section, "value"] += 5
    found = settling.every({table: frame})
    turned = {claim for claim, record in found.items() if record != base()[claim]}
    within = CLAIMS[CLAIMS["claim"].isin(turned) & CLAIMS["same_passage"].eq(True)]
    assert set(within["section"]) <= {section}


def test_an_inconsistent_claim_heals_when_the_other_side_is_mended() -> None:
    assert base()["liverpool_share_needed"]["status"] == "inconsistent"
    frame = tables.load("breakeven_steps")
    frame.loc[(frame["pilot"] == "liverpool") & (frame["step"] == "people_reached"), "value"] = 700
    mended = settling.records("numbers_breakeven", {"breakeven_steps": frame})
    assert mended["liverpool_share_needed"]["status"] == "rounded"
