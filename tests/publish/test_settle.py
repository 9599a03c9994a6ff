"""Settling claims on a page: what a call shows, what it records, and what it refuses."""

from __future__ import annotations

import json

import pytest

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.publish import settle

CLAIMS = tables.load("claims").set_index("claim")
OPTIONS = {"strand": "programme", "name": "x", "title": "X"}


def recorded(shown):
    (output,) = shown
    return {row["claim"]: row for row in map(json.loads, output.data[settle.MIME].splitlines())}


def test_a_quantity_settles_all_its_claims_of_the_strand(shown):
    settle.claims({"key_conditions": 3}, **OPTIONS)
    found = recorded(shown)
    assert found.keys() == set(CLAIMS.query("quantity == 'key_conditions'").index)
    assert {row["status"] for row in found.values()} == {"reproduced"}


def test_both_numbers_stand_side_by_side_with_the_place(shown):
    settle.claims({"ticks": 86}, **OPTIONS)
    html = shown[0].data["text/html"]
    assert '<a id="claim-ticks" href="reproduction-ledger.html#claim-ticks">' in html
    assert "86" in html
    assert "Where it is printed" in html


def test_places_that_rest_on_something_else_have_rows_of_their_own(shown):
    settle.claims({"board_regulars_share": 100 * 3 / 28}, **OPTIONS | {"strand": "building_understanding"})
    html = shown[0].data["text/html"]
    assert html.count('<th scope="row">') == 2
    assert all(
        CLAIMS.at[one, "basis"] in html for one in ("board_regulars_share", "board_regulars_share_s3_4_4")
    )


def test_a_value_may_come_with_its_unit(shown):
    unit = CLAIMS.at["ticks", "unit"]
    settle.claims({"ticks": (87, unit)}, **OPTIONS)
    assert recorded(shown)["ticks"]["unit"] == unit


@pytest.mark.parametrize(
    ("values", "strand", "message"),
    [
        ({"tikcs": 1}, "programme", "unknown claim.*tikcs.*table claims"),
        ({"ticks": 1}, "breakeven", "unknown claim.*ticks.*breakeven"),
        ({"high_tier_places": 1}, "programme", "unknown claim"),
        ({"ticks": (87, "people")}, "programme", "another unit.*claim ticks.*87 people.*activities"),
        ({"key_conditions": 3, "conditions_s1_2": 4}, "programme", "settled twice.*conditions_s1_2"),
        ({"ticks": True}, "programme", "unsuitable value"),
        ({"tiers_ordered": 1}, "programme", "unsuitable value"),
        ({"ticks": float("nan")}, "programme", "claim ticks"),
    ],
)
def test_what_does_not_fit_is_refused_with_both_sides(shown, values, strand, message):
    with pytest.raises(InputError, match=f"(?s){message}"):
        settle.claims(values, strand=strand, name="x", title="X")
    assert shown == []


def test_names_are_compared_from_the_tables(shown):
    settle.named("programme", name="x", title="X")
    found = recorded(shown)
    assert found["high_tier_places"]["published"] == found["high_tier_places"]["recomputed"]


def test_what_is_out_of_reach_is_recorded_too(shown):
    settle.out_of_reach("breakeven", name="x", title="X")
    found = recorded(shown)
    assert found.keys() == set(CLAIMS.query("strand == 'breakeven' and needs.notna()").index)
    assert all(f'id="claim-{claim}"' in shown[0].data["text/html"] for claim in found)
    assert shown[0].data["text/plain"] == "List 1. X"


def test_a_conflict_shows_what_stands_against_it(shown):
    settle.claims({"departments_involved": 12}, **OPTIONS | {"strand": "building_understanding"})
    (against,) = recorded(shown)["departments_involved"]["conflicts_with"]
    assert against.startswith("12 departments: ")


def test_a_page_sums_up_what_it_settled_and_no_other_strand(shown, monkeypatch):
    monkeypatch.setattr(settle, "_VERDICTS", {})
    settle.claims({"key_conditions": 3}, **OPTIONS)
    settle.claims({"board_regulars_share": 1}, **OPTIONS | {"strand": "building_understanding"})
    settle.in_short("programme")
    said = shown[-1].data["text/markdown"]
    right = len(CLAIMS.query("quantity == 'key_conditions'"))
    assert f"Of {right} numbers, {right} can be checked: {right} hold, 0 do not." in said
    assert "may be right" not in said
    settle.out_of_reach("programme", name="y", title="Y")
    settle.in_short("programme")
    said = shown[-1].data["text/markdown"]
    lost = len(CLAIMS.query("strand == 'programme' and needs.notna()"))
    assert f"Of {lost + right} numbers, {right} can be checked" in said
    assert f"{lost} may be right" in said
