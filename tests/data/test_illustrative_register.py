"""The illustrative register is what its script makes, equals what is published, and cannot pass for real."""

import importlib.util
import sys
from pathlib import Path

import pandas as pd
import pytest

from pfpp_utils.data import tables

NAME = "illustrative_grants_register_2020-21"
CHECKOUT = Path(__file__).resolve().parents[2]
ELSEWHERE = "Elsewhere in England"
DISTRICTS = [f"Illustrative district council {n} of East Sussex" for n in range(1, 6)]  # report, footnote 15


@pytest.fixture(scope="module")
def script():
    path = CHECKOUT / "scripts" / "make_illustrative_register.py"
    spec = importlib.util.spec_from_file_location("make_illustrative_register", path)
    module = importlib.util.module_from_spec(spec)
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(sys.modules, module.__name__, module)  # its dataclasses look themselves up
        spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="module")
def register():
    columns = {
        "Identifier": "award",
        "Amount Awarded": "amount",
        "Grant Programme:Code": "grant",
        "Grant Programme:Policy Area": "area",
        "Recipient Org:Identifier": "recipient",
        "Recipient Org:Name": "name",
        "Recipient Org:Type": "type",
        "Funding Org:Name": "department",
        "Beneficiary Location:Name": "place",
    }
    return pd.read_csv(CHECKOUT / "data" / "tables" / f"{NAME}.csv").rename(columns=columns)


@pytest.fixture(scope="module")
def pilots(register):
    return register[register["place"] != ELSEWHERE]


@pytest.fixture(scope="module")
def councils(pilots):
    return pilots[pilots["type"] == "council"]


def test_the_committed_file_is_what_the_script_makes(script, monkeypatch, capsys):
    monkeypatch.setattr("sys.argv", ["make_illustrative_register.py", "--check"])
    assert script.main() == 0, capsys.readouterr().out


def test_check_notices_one_changed_byte_and_writes_nothing(script, monkeypatch, tmp_path):
    altered = tmp_path / script.PATH.name
    altered.write_bytes(script.PATH.read_bytes().replace(b"GBP,1", b"GBP,2", 1))
    before = altered.read_bytes()
    monkeypatch.setattr(script, "PATH", altered)
    monkeypatch.setattr("sys.argv", ["make_illustrative_register.py", "--check"])
    assert script.main() == 1
    assert altered.read_bytes() == before


def test_without_check_it_writes_the_same_file(script, monkeypatch, tmp_path):
    committed = script.PATH.read_bytes()
    monkeypatch.setattr(script, "PATH", tmp_path / script.PATH.name)
    monkeypatch.setattr("sys.argv", ["make_illustrative_register.py"])
    assert script.main() == 0
    assert script.PATH.read_bytes() == committed


# Report, section 3.1.3, paragraph 1.
@pytest.mark.parametrize(
    ("place", "grants", "recipients"),
    [("Wakefield", 384, 1613), ("Durham", 229, 1278), ("Hackney", 197, 953), ("Luton", 153, 513)],
)
def test_published_counts(pilots, place, grants, recipients):
    awards = pilots[pilots["place"] == place]
    assert (awards["grant"].nunique(), awards["recipient"].nunique()) == (grants, recipients)


@pytest.mark.parametrize(("group", "share"), [("pilots", 0.70), ("councils", 0.33)])
def test_published_shares_under_100_000_are_met_as_closely_as_counts_allow(group, share, request):
    awards = request.getfixturevalue(group)
    small = (awards["amount"] < 100_000).sum()
    assert abs(small - share * len(awards)) <= 0.5
    assert round(100 * small / len(awards)) == round(100 * share)


def test_there_are_13_pilot_places_and_the_rest(register):
    assert register["place"].nunique() == 14
    assert 19_000 <= len(register) <= 21_000


def test_a_council_administers_over_a_hundred_and_up_to_nearly_two_hundred_grants(councils):
    first_tier = councils[~councils["name"].isin(DISTRICTS)]
    assert first_tier.groupby("place")["recipient"].nunique().tolist() == [1] * 13
    grants = first_tier.groupby("place")["grant"].nunique()
    assert grants.min() > 100
    assert 185 <= grants.max() < 200


def test_east_sussex_has_a_county_and_five_districts_each_its_own_recipient(councils):
    names = councils[councils["place"] == "East Sussex"].groupby("name")["recipient"].nunique()
    assert names.to_dict() == dict.fromkeys(sorted([*DISTRICTS, "Illustrative council of East Sussex"]), 1)


def test_each_award_to_a_council_is_another_grant(councils):
    assert not councils.duplicated(["recipient", "grant"]).any()


def test_birmingham_has_eleven_housing_grants_to_council_combined_authority_and_housing_bodies(pilots):
    housing = pilots[(pilots["place"] == "Birmingham") & (pilots["area"] == "Housing")]
    assert housing["department"].unique().tolist() == ["DLUHC"]
    assert (len(housing), housing["grant"].nunique()) == (11, 11)
    assert set(housing["type"]) == {"council", "combined authority", "housing organisation"}


def test_cornwall_has_four_net_zero_grants_to_ten_recipients_of_three_sectors(pilots):
    net_zero = pilots[(pilots["place"] == "Cornwall") & (pilots["area"] == "Net zero")]
    assert (net_zero["grant"].nunique(), net_zero["recipient"].nunique()) == (4, 10)
    assert net_zero["department"].nunique() == 1
    assert set(net_zero["type"]) == {"council", "other public body", "private", "university"}


@pytest.mark.parametrize(
    ("area", "departments"),
    [
        ("Business support", {"BEIS", "DLUHC"}),
        ("Homelessness", {"DLUHC", "DHSC"}),
        ("Net zero", {"BEIS", "DCMS"}),
    ],
)
def test_two_departments_fund_what_the_report_names(pilots, area, departments):
    assert set(pilots.loc[pilots["area"] == area, "department"]) == departments


def test_a_recipient_has_one_name_type_and_place_and_a_programme_one_department_and_area(register):
    assert register.groupby("recipient")[["name", "type", "place"]].nunique().eq(1).all(axis=None)
    assert register.groupby("grant")[["department", "area"]].nunique().eq(1).all(axis=None)


def test_nothing_can_pass_for_real(register):
    assert register["award"].str.startswith("ILLUSTRATIVE-").all()
    assert register["recipient"].str.startswith("ILLUSTRATIVE-").all()
    assert register["Title"].eq("Illustrative").all()
    assert register["name"].str.startswith("Illustrative ").all()
    numbers = [
        "grant",
        "Funding Org:Identifier",
        "Recipient Org:Charity Number",
        "Recipient Org:Company Number",
    ]
    for column in numbers:
        assert register[column].dropna().str.startswith("ILL-").all(), column


def test_its_description_says_so_too():
    resource = tables.describe(NAME)
    assert resource["pfpp:illustrative"] is True
    assert resource["title"].startswith("ILLUSTRATIVE")
    assert "invented" in resource["description"]
    assert "illustrative" in resource["path"]
