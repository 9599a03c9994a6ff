"""Bodies of awards and the areas to compare, with and without official files."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.data import areas, driver_bodies, external, grants, tables
from pfpp_utils.methods import driver_values


@pytest.fixture
def nothing_held(monkeypatch):
    monkeypatch.setattr(external, "find", lambda name, year=None: None)


def test_without_official_files_the_pilots_stand_in_and_it_is_said(nothing_held) -> None:
    bodies = driver_bodies.read("2016-17")
    assert bodies.illustrative
    assert "ILLUSTRATIVE" in bodies.source
    assert len(bodies.measures) == 13
    assert set(bodies.awards["year"]) == {"2020-21"}
    assert bodies.awards["department"].notna().all()
    assert [*bodies.contests()] == ["pilot places"], "nothing to vary: no county, no head office"


def test_a_place_of_two_tiers_has_the_people_of_its_districts(nothing_held) -> None:
    measures = driver_bodies.read("2020-21").measures
    districts = tables.load("area_statistics").query("pilot == 'east_sussex'")
    assert len(districts) == 5
    assert measures.loc["east_sussex", "population"] == districts["population"].sum()
    assert (
        districts["deprivation"].min()
        < measures.loc["east_sussex", "deprivation"]
        < districts["deprivation"].max()
    )


def test_expected_drivers_are_those_of_the_report() -> None:
    claimed = set(tables.load("spend_drivers")["expected_driver"].dropna())
    assert set(driver_bodies.EXPECTED) < claimed
    assert set(driver_bodies.EXPECTED.values()) < set(areas.MEASURES)


def test_counties_hold_what_their_districts_and_councils_got() -> None:
    awards = pd.DataFrame(
        {
            "body": "A", "authority": ["E07000001", "E10000001", "E06000001", None],
            "amount_gbp": [1.0, 2.0, 4.0, 8.0], "headquarters": [False, False, True, False],
        }
    )  # fmt: skip
    measures = pd.DataFrame({"population": [10.0, 20.0, 30.0]}, index=["E06000001", "E07000001", "E07000002"])
    upper = {"E06000001": "E06000001"} | dict.fromkeys(["E07000001", "E07000002", "E10000001"], "E10000001")
    bodies = driver_bodies.Bodies(awards, measures, upper, False, "authorities", "Test")
    whole = bodies.whole_counties()
    values = driver_values.by_authority(whole.awards, whole.measures.index, by="body")["A"]
    assert values.to_dict() == {"E06000001": 4.0, "E10000001": 3.0}
    assert whole.measures["population"].to_dict() == {"E06000001": 10.0, "E10000001": 50.0}
    contests = bodies.contests()
    assert [*contests] == [
        "authorities",
        "upper-tier authorities",
        "authorities without head offices",
        "upper-tier authorities without head offices",
    ]
    assert contests["authorities without head offices"].awards["amount_gbp"].sum() == 11


def test_official_files_give_all_english_authorities_and_name_departments(external) -> None:
    if not (areas.held() and grants.placeable()) or not grants.external.find_all(
        "grants-register-awards", "2016-17"
    ):
        pytest.skip("the register of 2016-17 or the measures are not held")
    bodies = driver_bodies.read("2016-17")
    assert len(bodies.measures) == 309
    department = bodies.awards.drop_duplicates("body").set_index("body")["department"]
    assert department.to_dict() == {
        "Department for Transport 2016-17": "DfT",
        "Ministry of Justice 2016-17": "MoJ",
        "Culture Recovery Fund 2020-21": "DCMS",
    }
    where = driver_values.located(bodies.awards, bodies.measures.index, by="body")
    assert where["value_gbp"].sum() == pytest.approx(bodies.awards["amount_gbp"].sum())
