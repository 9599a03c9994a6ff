"""Reading a grants register: canonical columns, the label that it is illustrative, and refusals."""

import dataclasses
import json

import pandas as pd
import pytest

from pfpp_utils.data import grants, places, tables
from pfpp_utils.errors import InputError
from pfpp_utils.project import data

NAME = "illustrative_grants_register_2020-21"


@pytest.fixture(scope="module")
def register():
    return grants.read_register("2020-21")


@pytest.fixture
def three_awards(tmp_path, monkeypatch):
    """Build a project with the pilots and the first three awards; returns the register's path."""
    folder = tmp_path / "data"
    (folder / "tables").mkdir(parents=True)
    resources = [tables.describe("pilots"), tables.describe(NAME)]
    (folder / "datapackage.json").write_text(json.dumps({"name": "small", "resources": resources}))
    for resource in resources:
        lines = (data() / resource["path"]).read_text(encoding="utf-8").splitlines(keepends=True)
        kept = lines[:4] if resource["name"] == NAME else lines
        (folder / resource["path"]).write_text("".join(kept), encoding="utf-8")
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return folder / resources[1]["path"]


def test_default_year_is_that_of_the_evaluation(register):
    pd.testing.assert_frame_equal(grants.read_register().awards, register.awards)


def test_awards_are_those_of_the_file_under_canonical_names(register):
    raw = pd.read_csv(data() / "tables" / f"{NAME}.csv")
    awards = register.awards
    assert list(awards) == [*grants.COLUMNS.values(), "pilot"]
    assert len(awards) == len(raw)
    assert awards["amount_gbp"].sum() == raw["Amount Awarded"].sum()
    assert awards["amount_gbp"].dtype == "int64"
    assert awards["funder"].tolist() == raw["Funding Org:Name"].tolist()
    assert awards["place"].tolist() == raw["Beneficiary Location:Name"].tolist()
    assert awards["award_date"].dt.strftime("%Y-%m-%d").tolist() == raw["Award Date"].tolist()


def test_awards_carry_the_slug_of_their_pilot_and_none_elsewhere(register):
    pairs = register.awards[["place", "pilot"]].drop_duplicates().set_index("place")["pilot"]
    assert pairs["East Sussex"] == "east_sussex"
    assert sorted(pairs.dropna()) == sorted(places.slugs())
    assert pairs[pairs.isna()].index.tolist() == ["Elsewhere in England"]


def test_the_register_says_that_it_is_illustrative(register):
    assert register.illustrative
    assert register.title == "illustrative register 2020-21"
    assert register.source.startswith("ILLUSTRATIVE")


def test_a_register_cannot_be_changed_into_a_real_one(register):
    with pytest.raises(dataclasses.FrozenInstanceError):
        register.illustrative = False


def test_a_register_not_marked_illustrative_is_not_called_so(three_awards):
    path = three_awards.parents[1] / "datapackage.json"
    path.write_text(path.read_text().replace('"pfpp:illustrative": true', '"pfpp:illustrative": false'))
    register = grants.read_register()
    assert (register.illustrative, register.title) == (False, "register 2020-21")


@pytest.mark.parametrize("year", ["2019-21", "2020", "", "2020-21 "])
def test_what_is_no_financial_year_is_refused(year):
    with pytest.raises(InputError) as caught:
        grants.read_register(year)
    assert (caught.value.where, caught.value.found) == ("year", year)


def test_a_year_without_a_register_gets_the_illustrative_one_and_says_so(monkeypatch, tmp_path):
    monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path))
    register = grants.read_register("2018-19")
    assert (register.year, register.illustrative, register.assembled) == ("2020-21", True, None)


@pytest.fixture(scope="module")
def official(external):
    return grants.read_register("2016-17")


class TestOfficialRegister:
    """The award register of 2016-17, which holds two departments."""

    def test_has_the_published_totals(self, official):
        awards = official.awards
        assert len(awards) == 3_351
        assert awards["programme"].nunique() == 105
        assert awards["amount_gbp"].sum() == 3_920_986_733
        assert awards[["charity_number", "company_number"]].notna().any(axis=1).sum() == 792

    def test_is_not_illustrative_and_names_its_source(self, official):
        assert (official.illustrative, official.title) == (False, "register 2016-17")
        assert "Government Grants Register 2016-17" in official.source

    def test_every_award_keeps_its_row(self, official):
        assert sorted(official.awards["row"]) == list(range(2, 3_353))

    def test_is_the_same_from_the_store(self, official):
        pd.testing.assert_frame_equal(grants.read_register("2016-17").awards, official.awards)

    def test_pounds_placed_and_not_placed_are_all_pounds(self, official):
        assert official.assembled.placed["value_gbp"].sum() == 3_920_986_733
        lost = official.assembled.unplaced["value_gbp"].sum()
        assert lost == official.awards.loc[official.awards["authority"].isna(), "amount_gbp"].sum()


def test_a_bad_date_is_refused_with_its_line(three_awards):
    lines = three_awards.read_text().splitlines()
    date = lines[2].split(",")[8]
    three_awards.write_text("\n".join([*lines[:2], lines[2].replace(date, "31/02/2021"), *lines[3:]]) + "\n")
    with pytest.raises(InputError) as caught:
        grants.read_register()
    assert caught.value.where == f"data/tables/{NAME}.csv, line 3, column Award Date"
    assert caught.value.found == "31/02/2021"


def test_a_missing_column_is_refused_by_name(three_awards):
    three_awards.write_text(three_awards.read_text().replace("Amount Awarded", "Amount", 1))
    with pytest.raises(InputError, match="Amount Awarded"):
        grants.read_register()
