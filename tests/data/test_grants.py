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
    assert awards["department"].tolist() == raw["Funding Org:Name"].tolist()
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


@pytest.mark.parametrize("year", ["2019-20", "2020", "", "2020-21 "])
def test_an_unknown_year_is_refused_with_the_years_there_are(year):
    with pytest.raises(InputError) as caught:
        grants.read_register(year)
    assert (caught.value.where, caught.value.found, caught.value.allowed) == ("year", year, "2020-21")


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
