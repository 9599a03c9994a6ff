"""``pfpp spend``: any file of awards in, every row accounted for, and the measures out."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from pfpp_utils.cli import main

MAPPING = """\
name: council-grants
title: Grants of the council
columns:
  Recipient Org:Name: [Supplier]
  Amount Awarded: [Amount paid]
  Award Date: [Date]
  Grant Programme:Title: [Programme]
constants: {Funding Org:Name: Example Council, Currency: GBP}
date_order: dmy
unit: pounds
"""
AWARDS = """\
Supplier,Amount paid,Date,Programme
Hackney Council,"1,234.50",13/06/2020,Youth fund
Wakefield Metropolitan District Council,200000,05/06/2020,Youth fund
Redacted,50,01/07/2020,Roads
Redacted,60,02/07/2020,Roads
Nobody knows,soon,02/07/2020,Roads
"""


@pytest.fixture
def given(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """A file and its mapping, and no official files."""
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "none"))
    (tmp_path / "grants.csv").write_text(AWARDS)
    (tmp_path / "m.yml").write_text(MAPPING)
    return [str(tmp_path / "grants.csv"), "--mapping", str(tmp_path / "m.yml")]


def run(*words: str) -> Result:
    return CliRunner().invoke(main, ["spend", *words])


def printed(*words: str) -> dict:
    result = run(*words, "--json")
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_row_and_pound_is_accounted_for(given):
    (file,) = printed(*given)["files"]
    aside = file["set_aside"]
    assert (file["rows_read"], file["awards"], sum(row["rows"] for row in aside)) == (5, 4, 1)
    assert file["value_read"] == file["value"] + sum(row["value"] for row in aside) == 201_344.5
    assert file["value"] == 201_344.5


def test_redacted_recipients_are_awards_and_no_recipient(given):
    measures = printed(*given)["measures"]["all"]
    assert (measures["awards"], measures["grants"], measures["recipients"], measures["funders"]) == (
        4,
        2,
        2,
        1,
    )
    assert measures["share_under_100k"] == 0.75
    assert measures["concentration"]["funders"]["hhi"] == 10_000


def test_without_official_files_nothing_is_placed_and_it_says_so(given):
    found = printed(*given)
    assert found["measures"]["places"] == {}
    assert found["not_placed"] is None
    assert "pfpp data list" in found["notes"][0]
    refused = run(*given, "--place", "Wakefield")
    assert refused.exit_code == 2
    assert "not held" in refused.stderr


def test_saved_awards_give_the_same_measures(given, tmp_path):
    saved = tmp_path / "awards.parquet"
    before = printed(*given, "--save", str(saved))["measures"]["all"]
    assert printed(str(saved))["measures"]["all"] == before
    assert [path.name for path in tmp_path.iterdir() if "part" in path.name] == []


def test_prints_a_table_for_people(given):
    result = run(*given)
    assert result.exit_code == 0
    assert "set aside" in result.stdout
    assert "201,344" in result.stdout


def test_the_same_content_under_another_name_is_another_file(given, tmp_path):
    printed(*given)
    (tmp_path / "grants-2018-19.csv").write_text(AWARDS)
    (file,) = printed(str(tmp_path / "grants-2018-19.csv"), *given[1:])["files"]
    assert (file["file"], file["year"]) == ("grants-2018-19.csv", "2018-19")


def test_a_file_without_an_award_says_what_was_set_aside(given):
    Path(given[0]).write_text(AWARDS.splitlines()[0] + "\nNobody,soon,02/07/2020,Roads\n")
    result = run(*given)
    assert result.exit_code == 2
    assert "no award to measure" in result.stderr
    assert "amount unreadable" in result.stderr


def test_awards_in_another_currency_only_are_none_to_add_up(given):
    mapping = Path(given[2])
    mapping.write_text(MAPPING.replace("Currency: GBP", "Currency: EUR"))
    result = run(*given)
    assert result.exit_code == 2
    assert "other currency" in result.stderr
    assert "an award of pounds (GBP)" in result.stderr


def test_a_source_file_is_never_overwritten(given):
    result = run(*given, "--save", given[0])
    assert result.exit_code == 2
    assert Path(given[0]).read_text() == AWARDS


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["missing.csv"], "no such file"),
        (["missing.parquet"], "no such file"),
        (["a.parquet", "b.csv"], "one file of saved awards"),
        (["a.csv", "--spark", "local[1]"], "Spark measures saved awards"),
        (["a.parquet", "--year", "2016-17"], "measured as they are"),
        (["a.csv", "--year", "banana"], "where:   --year\n  found:   'banana'\n  allowed: a year such as"),
        (["a.csv", "--year", "2016-18"], "not a financial year"),
    ],
)
def test_bad_input_is_refused(words, message, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    result = run(*words)
    assert result.exit_code == 2
    assert message in result.stderr


def test_a_file_that_nothing_fits_says_what_is_needed(given):
    result = run(given[0])
    assert result.exit_code == 2
    assert "Supplier" in result.stderr
    assert "mapping" in result.stderr


def test_a_funder_and_a_programme_are_one_however_they_are_written(given):
    mapping = Path(given[2])
    mapping.write_text(MAPPING.replace("columns:", "columns:\n  Funding Org:Name: [Funder]"))
    rows = ["Dept & Co,Youth Fund", "DEPT AND CO,YOUTH FUND", "Dept and Co,Youth fund ", "Other,Roads"]
    text = "".join(f"Body {n},{n + 1},13/06/2020,{row}\n" for n, row in enumerate(rows))
    Path(given[0]).write_text("Supplier,Amount paid,Date,Funder,Programme\n" + text)
    found = printed(*given)["measures"]["all"]
    assert (found["awards"], found["funders"], found["grants"]) == (4, 2, 2)
    assert found["overlap"]["across_funders"] == []


def test_it_says_what_the_measures_leave_out_and_cannot_show(given):
    found = printed(*given)
    said = " ".join(found["notes"])
    assert "2 awards with GBP 110.00 (0.1% of the value) have no recipient that is named" in said
    assert "that it is duplication or waste cannot be seen here" in said
    assert "cannot be seen here" in " ".join(run(*given).stdout.split())


def test_a_byte_that_no_encoding_has_is_named(given):
    Path(given[0]).write_bytes(AWARDS.encode() + b"B\x81dy,5,13/06/2020,Roads\n")
    result = run(*given)
    assert result.exit_code == 2
    assert "the byte 81, which is no character in cp1252" in result.stderr


class TestOfficialFiles:
    """The award register of 2016-17 and the Culture Recovery Fund."""

    @pytest.fixture
    def register(self, external: Path) -> str:
        return str(external / "register/government-grant-awards-2016-17.xlsx")

    def test_the_register_has_its_published_totals(self, register):
        found = printed(register, "--place", "Wakefield")
        (file,) = found["files"]
        assert (file["rows_read"], file["awards"], file["set_aside"]) == (3_351, 3_351, [])
        assert file["value"] == found["measures"]["all"]["value"] == 3_920_986_733
        assert found["measures"]["all"]["grants"] == 105
        assert list(found["measures"]["places"]) == ["Wakefield"]
        assert found["measures"]["places"]["Wakefield"]["awards"] == 11

    def test_places_and_the_rest_are_all_awards(self, register):
        found = printed(register)
        placed = sum(row["awards"] for row in found["measures"]["places"].values())
        assert placed + found["not_placed"]["awards"] == 3_351
        value = sum(row["value"] for row in found["measures"]["places"].values())
        assert value + found["not_placed"]["value"] == pytest.approx(3_920_986_733)

    def test_saved_awards_say_how_much_is_not_placed(self, register, tmp_path):
        found = printed(register, "--save", str(tmp_path / "awards.parquet"))["not_placed"]
        again = printed(str(tmp_path / "awards.parquet"))["not_placed"]
        assert (again["awards"], again["value"]) == (found["awards"], found["value"]) == (1_177, 218_483_249)

    def test_a_county_with_districts_is_shown_whole_and_in_parts(self, register):
        places = printed(register, "--place", "east_sussex")["measures"]["places"]
        whole = places.pop("East Sussex (county and districts)")
        assert whole["awards"] == sum(row["awards"] for row in places.values()) == 26
        assert "Hastings" in places

    def test_a_county_that_is_no_pilot_is_shown_so_too(self, register):
        places = printed(register, "--place", "Kent")["measures"]["places"]
        whole = places.pop("Kent (county and districts)")
        assert whole["awards"] == sum(row["awards"] for row in places.values()) == 45
        assert places["Kent (county)"] == printed(register)["measures"]["places"]["Kent"]

    def test_small_awards_of_councils_are_apart_from_those_of_all(self, register):
        council = printed(register)["measures"]["all"]["to_councils"]
        assert (council["awards"], council["value"]) == (685, 1_534_974_505)
        assert council["share_under_100k"] == 213 / 685

    def test_any_authority_can_be_named(self, register):
        assert list(printed(register, "--place", "Leeds")["measures"]["places"]) == ["Leeds"]
        assert "such as Wakefield" in run(register, "--place", "Wakefeild").stderr
        refused = run(register, "--place", "Atlantis")
        assert refused.exit_code == 2
        assert "Atlantis" in refused.stderr

    def test_the_culture_recovery_fund_adds_up_to_its_own_headline(self, external):
        (file,) = printed(str(external / "local_funding/CRF_investment_data_published_020421.xlsx"))["files"]
        assert (file["awards"], file["value"]) == (4_357, 750_725_013)
        assert file["warnings"] == []
        assert file["checks"]


def test_a_relative_folder_of_official_files_is_the_callers(given, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PFPP_EXTERNAL", "none")
    printed(*given)
    assert Path(os.environ["PFPP_EXTERNAL"]).is_absolute()
