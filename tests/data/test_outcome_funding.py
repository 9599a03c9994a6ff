"""All funding of a year: from every file that is held, each award once, and never invented data as real."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pandas as pd
import pytest

from pfpp_utils.data import external, grants, outcome_funding
from pfpp_utils.errors import InputError

FILES = {
    "grants-register-awards": "register.xlsx",
    "culture-recovery-fund": "crf.xlsx",
    "360giving": "grantnav.json",
}
AWARDS = pd.DataFrame(
    [
        ("register.xlsx", "2020-21", None, "DCMS", "Culture Recovery Fund grants", 50.0, "E06000032"),
        ("register.xlsx", "2020-21", None, "Some Agency", "A scheme", 30.0, None),
        ("crf.xlsx", "2020-21", None, "Arts Council England", "Culture Recovery Fund: round 1", 50.0, "E1"),
        ("grantnav.json", None, "2021-03-31", "A Trust", "Small grants", 20.0, "E06000032"),
        ("grantnav.json", None, "2021-04-01", "A Trust", "Small grants", 99.0, "E06000032"),
    ],
    columns=["file", "year", "award_date", "funder", "programme_title", "amount_gbp", "authority"],
)


@pytest.fixture
def held(monkeypatch):
    """Files that seem to be held, with these awards."""
    awards = AWARDS.assign(award_date=pd.to_datetime(AWARDS["award_date"]), pilot="luton")
    awards.loc[0, "funder"] = "Arts Council England"
    paths = {name: [Path(file)] for name, file in FILES.items()}
    monkeypatch.setattr(external, "find_all", lambda name, year=None: paths.get(name, []))
    monkeypatch.setattr(grants, "placeable", lambda: True)
    monkeypatch.setattr(grants, "read", lambda files: SimpleNamespace(awards=awards))
    return paths


def test_awards_are_of_the_year_of_their_file_or_date(held) -> None:
    found = outcome_funding.read("2020-21")
    assert not found.illustrative
    assert found.awards["origin"].value_counts().to_dict() == dict.fromkeys(FILES, 1)
    assert found.awards["amount_gbp"].sum() == 100
    assert outcome_funding.read("2021-22").awards["amount_gbp"].tolist() == [99.0]


def test_what_another_file_lists_in_full_counts_once_and_is_told(held) -> None:
    found = outcome_funding.read("2020-21")
    assert found.twice.to_dict() == {"awards": 1, "value_gbp": 50.0}
    listed = found.held["value_gbp"]
    assert listed["culture-recovery-fund"] == 50
    assert listed["arts-council-national-portfolio"] == 0


def test_all_of_a_register_is_government_money(held) -> None:
    awards = outcome_funding.read("2020-21").awards.set_index("funder")["kind"]
    assert awards.to_dict() == {
        "Some Agency": "government",
        "Arts Council England": "government",
        "A Trust": "not classified",
    }


def test_what_has_no_place_is_told_with_its_share_of_the_value(held) -> None:
    unplaced = outcome_funding.read("2020-21").unplaced
    assert unplaced.to_dict() == pytest.approx({"awards": 1, "value_gbp": 30, "share": 0.3})


@pytest.mark.parametrize("why", ["no file", "no places", "no award of the year"])
def test_otherwise_the_illustrative_register_stands_in_and_says_so(held, monkeypatch, why) -> None:
    if why == "no file":
        held.clear()
    if why == "no places":
        monkeypatch.setattr(grants, "placeable", lambda: False)
    found = outcome_funding.read("2011-12" if why == "no award of the year" else "2020-21")
    assert found.illustrative
    assert "illustrative" in found.title
    assert "ILLUSTRATIVE" in found.source
    assert set(found.held["awards"]) == {0}
    assert found.awards["policy_area"].notna().all()


def test_a_year_is_checked() -> None:
    with pytest.raises(InputError, match="2020"):
        outcome_funding.read("2020")


def test_the_culture_recovery_fund_is_read_whole(external) -> None:
    """On the official files; others may be held beside it."""
    if not grants.placeable() or not list(external.rglob("CRF_investment_data_published_*.xlsx")):
        pytest.skip("the Culture Recovery Fund is not held")
    found = outcome_funding.read("2020-21")
    assert found.held.loc["culture-recovery-fund", "value_gbp"] == 750_725_013
    culture = found.awards[found.awards["origin"] == "culture-recovery-fund"]
    assert set(culture["kind"]) == {"government"}
    assert culture.groupby("pilot").size()["luton"] == 12


def test_the_national_portfolio_tells_grant_in_aid_from_the_lottery(external) -> None:
    """On the official file: counts and sums taken from its sheet without this package."""
    if not grants.placeable() or not list(external.rglob("ACE_NPO_2018*.xlsx")):
        pytest.skip("the National Portfolio is not held")
    awards = outcome_funding.read("2020-21").awards
    portfolio = awards[awards["origin"] == "arts-council-national-portfolio"]
    by = portfolio.groupby(["programme", "kind"])["amount_gbp"].agg(["size", "sum"]).round()
    assert by.T.to_dict("list") == {
        ("GIA", "government"): [691, 334_209_863],
        ("LOT", "lottery"): [149, 71_292_916],
    }
    assert set(portfolio["policy_area"]) == {"Culture and sport"}
