"""Rules across columns, rows and tables of the data package, which a schema cannot state."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.data import tables

PILOTS = 13
ALL = {name: tables.load(name) for name in tables.names() if not name.startswith("illustrative")}
COLUMNS = {
    "programme_facts": "topic",
    "findings": "quantity",
    "engagement_measures": "measure",
    "forum_measures": "measure",
    "spend_published": "measure",
}
#: One quantity under different names in these tables.
SAME = {
    "central_sponsorship": "local_sponsorship",
    "delayed_start": "late_start",
    "disillusioned": "pilots_disillusioned",
    "events_useful": "pilots_finding_events_useful",
    "felt_supported": "leads_feeling_supported",
    "hosted_visit": "pilots_with_visit",
    "individuals_engaged_desnz": "east_sussex_desnz_individuals",
    "individuals_engaged_dluhc": "east_sussex_dluhc_individuals",
    "intended_to_influence": "pilots_intending_policy_influence",
    "leads_changed_role": "lead_turnover",
    "navigators_enabler": "pilots_crediting_navigators",
    "no_sustained_engagement": "pilots_without_sustained_engagement",
    "places_spend_mapped": "spend_mapped_pilots",
    "places_funded": "places",
    "policy_barriers_unblocked": "policy_barriers",
    "policy_understanding": "pilots_understanding_barriers",
    "prioritised_local_delivery": "pilots_playing_down_central_engagement",
    "relationships_for_the_future": "pilots_with_sustained_engagement",
    "short_term_outcomes": "outcomes_achieved",
    "support_understanding": "pilots_understanding_support",
    "sustained_engagement": "pilots_with_sustained_engagement",
    "teams_engaged_desnz": "east_sussex_desnz_teams",
    "teams_engaged_dluhc": "east_sussex_dluhc_teams",
    "visits_several_departments": "pilots_with_visit_by_several_departments",
}


def lines(rows: pd.DataFrame) -> list[int]:
    """Lines of the file on which rows stand."""
    return [int(row) + 2 for row in rows.index]


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("reach", "target_low", "target_high"),
        ("reach", "value_low", "value_high"),
        ("funding_tiers", "minimum_gbp", "maximum_gbp"),
        ("funding_tiers", "additional_gbp", "total_gbp"),
        ("funding_unlocked", "amount_gbp", "of_amount_gbp"),
        ("newcastle_scale", "scale_minimum", "scale_neutral"),
        ("newcastle_scale", "scale_neutral", "scale_maximum"),
        ("evidence_lines", "pilots", "of_pilots"),
        *((name, "value", "of_value") for name, rows in ALL.items() if "of_value" in rows),
    ],
)
def test_the_smaller_number_is_not_the_larger(name: str, low: str, high: str) -> None:
    both = ALL[name].dropna(subset=[low, high])
    assert len(both)
    assert lines(both[both[low] > both[high]]) == []


@pytest.mark.parametrize("name", [name for name, rows in ALL.items() if {"unit", "value"} <= set(rows)])
def test_a_number_has_a_unit_and_a_share_is_no_more_than_the_whole(name: str) -> None:
    rows = ALL[name]
    assert lines(rows[rows["value"].notna() & rows["unit"].isna()]) == []
    share = rows[rows["unit"] == "percent"]
    assert set(share.loc[share["value"] > 100].get("figure", [])) <= {"donation_increase"}  # no share: 110%


@pytest.mark.parametrize("name", ["engagement_measures", "forum_measures"])
def test_a_percentage_is_that_of_the_counts_beside_it(name: str) -> None:
    rows = ALL[name].dropna(subset=["value", "of_value", "percent_published"])
    shares = 100 * rows["value"].astype(float) / rows["of_value"].astype(float)
    # 3 of 28 is printed as 10%, so a point of rounding is allowed
    assert lines(rows[(shares - rows["percent_published"].astype(float)).abs() >= 1]) == []


def test_each_pilot_has_one_headline_of_reach() -> None:
    headline = ALL["reach"].query("primary")
    assert sorted(headline["pilot"]) == sorted(ALL["pilots"]["pilot"])


def test_tables_2_and_7_are_complete() -> None:
    table_2 = ALL["data_collection"].query("item == 'Table 2'")
    activities = ALL["data_collection_activities"].query("item == 'Table 2'")
    assert len(table_2) == PILOTS * len(activities) == 117
    assert not table_2.duplicated(["pilot", "activity"]).any()
    assert len(ALL["pilot_steps"]) == PILOTS * len(ALL["pathway_steps"]) == 78


def test_pilots_have_the_marks_of_their_type() -> None:
    types = ALL["pilot_success"].query("item == 'Table 7'")[["pilot", "success_type"]]
    expected = types.merge(ALL["success_type_steps"], on="success_type")
    both = ALL["pilot_steps"].merge(expected, on=["pilot", "step"], suffixes=("", "_of_type"))
    assert len(both) == len(ALL["pilot_steps"])
    assert (both["rating"] == both["rating_of_type"]).all()


def test_symbols_agree_with_their_wording() -> None:
    clauses = ALL["rating_criteria"]
    assert set(zip(clauses["rating"], clauses["symbol"].fillna(""), strict=True)) == {
        ("strong", "S"),
        ("medium", "M"),
        ("limited", ""),
    }
    steps = ALL["evidence_steps"].query("pathway == 'building_understanding'")
    assert set(zip(steps["wording_published"], steps["symbol_published"].fillna(""), strict=True)) == {
        ("strong", "S"),
        ("some", "M"),
        ("limited", ""),
    }


def gathered() -> pd.DataFrame:
    """Every exact count of the report in the tables that state quantities by name."""
    parts = []
    for name, column in COLUMNS.items():
        rows = ALL[name].query("document == 'report'").dropna(subset=["value"])
        place = rows.get("forum", rows.get("place", pd.Series("", index=rows.index)))
        quantity = rows[column].replace(SAME) + " " + place
        qualifier = rows.get("value_qualifier", pd.Series("exactly", index=rows.index)).fillna("exactly")
        parts.append(pd.DataFrame({"quantity": quantity, "value": rows["value"].astype(float), "table": name,
                                   "unit": rows["unit"], "qualifier": qualifier}))  # fmt: skip
    found = pd.concat(parts)
    return found[found["qualifier"].isin(["exactly", "about"]) & (found["unit"] != "percent")]


def test_a_quantity_has_the_same_number_wherever_it_is_held() -> None:
    values = gathered().groupby("quantity")["value"].unique()
    assert values[values.map(len) > 1].to_dict() == {}


def test_every_name_for_the_same_quantity_is_in_use() -> None:
    held = {quantity for name, column in COLUMNS.items() for quantity in ALL[name][column]}
    assert set(SAME) | set(SAME.values()) <= held


def test_funding_lies_within_its_tier() -> None:
    pilots = ALL["pilots"].merge(ALL["funding_tiers"], left_on="funding_tier", right_on="tier")
    least = pilots["minimum_gbp"].fillna(pilots["total_gbp"])
    most = pilots["maximum_gbp"].fillna(pilots["total_gbp"])
    assert pilots["funding_gbp"].between(least, most).all()
    counts = ALL["pilots"]["funding_tier"].value_counts().to_dict()
    assert counts == ALL["funding_tiers"].set_index("tier")["pilots_in_tier"].to_dict()


def test_as_many_pilots_are_named_as_counted() -> None:
    findings = ALL["findings"].query("pilots_named == 'all' and unit in ['pilots', 'pilot leads']")
    findings = findings.dropna(subset=["value"]).set_index("finding")
    named = ALL["finding_pilots"].groupby("finding")["pilot"].nunique()
    assert (named[findings.index] == findings["value"]).all()
    complete = ALL["evidence_line_pilots"].query("listing == 'complete'").groupby("line")["pilot"].nunique()
    stated = ALL["evidence_lines"].set_index("line")["pilots"][complete.index]
    assert (complete == stated).all()


def test_lists_of_sustained_engagement_agree() -> None:
    sustained = set(ALL["pilot_engagement"].query("sustained")["pilot"])
    named = ALL["finding_pilots"].query("finding == 'relationships_for_the_future_s4_2_1'")
    evidence = ALL["evidence_line_pilots"].query("line == 'bu_1a_2'")
    assert sustained == set(named["pilot"]) == set(evidence["pilot"])


def test_money_of_one_award_is_the_same_everywhere() -> None:
    awards = ALL["funding_unlocked"].dropna(subset=["amount_gbp"]).groupby("award")["amount_gbp"]
    assert (awards.nunique() == 1).all()
    reach = ALL["reach"].set_index("figure")["value"]
    for award, figure in {
        "mine_water_heating": "net_zero_funding",
        "advice_for_residents": "continuation_funding",
        "find_a_grant": "portal_grants",
        "local_commissioning": "investment",
    }.items():
        assert awards.first()[award] == reach[figure]


def test_breakeven_targets_agree() -> None:
    targets = ALL["breakeven_pilots"].dropna(subset=["target_beneficiaries"]).set_index("pilot")
    steps = ALL["breakeven_steps"].query("step == 'target'").set_index("pilot")["value"]
    assert targets["target_beneficiaries"].astype(float).to_dict() == steps.to_dict()


def test_every_row_names_its_source() -> None:
    documents = set(ALL["documents"]["document"])
    for name, rows in ALL.items():
        if {"document", "section"} <= set(rows):
            assert rows[["document", "section", "item"]].notna().all(axis=None), name
            assert set(rows["document"]) <= documents, name
