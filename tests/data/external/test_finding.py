"""An official file is found by name wherever it lies, and what was asked for is remembered."""

from __future__ import annotations

import os

import pytest

from pfpp_utils.data import external
from pfpp_utils.data.external import files, record
from pfpp_utils.errors import InputError

pytest_plugins = ["official_fixtures"]


@pytest.fixture(autouse=True)
def fresh_record():
    record.forget()


def put(folder, name, text="x"):
    (folder / name).parent.mkdir(parents=True, exist_ok=True)
    (folder / name).write_text(text)
    return folder / name


class TestFolder:
    def test_is_the_projects_own_unless_the_environment_names_another(self, shelf, tmp_path, monkeypatch):
        assert external.folder() == shelf
        (tmp_path / "other").mkdir()
        monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "other"))
        assert external.folder() == tmp_path / "other"

    def test_that_is_not_there_is_empty_if_it_is_the_projects_own(self, shelf):
        shelf.rmdir()
        assert external.find("county") is None

    def test_that_is_not_there_is_a_mistake_if_it_is_named(self, shelf, monkeypatch):
        monkeypatch.setenv("PFPP_EXTERNAL", str(shelf / "dta"))
        with pytest.raises(InputError, match="no such folder") as caught:
            external.find("county")
        assert caught.value.where == "PFPP_EXTERNAL"


class TestFind:
    @pytest.mark.parametrize("name", ["county.csv", "deep/er/County.CSV", "county/county.csv"])
    def test_wherever_it_lies(self, shelf, name):
        path = put(shelf, name)
        assert external.find("county") == path

    @pytest.mark.parametrize("name", ["Grant_Awards_2020_to_2021.xlsx", "awards-2020-21.csv"])
    def test_one_of_a_year(self, shelf, name):
        path = put(shelf, name)
        put(shelf, "awards 2019-20.ods")
        put(shelf, "awards and schemes 2020-21.ods")
        assert external.find("awards-2020-21") == external.find("awards", "2020-21") == path
        assert external.find("awards-2018-19") is None
        assert external.held_years("awards") == ["2019-20", "2020-21"]

    @pytest.mark.parametrize("name", [".county.csv", ".cache/county.csv", "county.csv.source.json"])
    def test_nothing_hidden_and_no_record(self, shelf, name):
        put(shelf, name)
        assert external.find("county") is None

    def test_two_are_named_and_refused(self, shelf):
        put(shelf, "a/county.csv")
        put(shelf, "b/county.csv")
        with pytest.raises(InputError, match="2 files could be meant") as caught:
            external.find("county")
        assert caught.value.found == f"a{os.sep}county.csv, b{os.sep}county.csv"

    def test_a_year_is_needed(self, shelf):
        put(shelf, "awards-2019-20.csv")
        with pytest.raises(InputError, match="which year is not said") as caught:
            external.find("awards")
        assert "held: 2019-20" in caught.value.allowed

    def test_all_of_any_number(self, shelf):
        paths = [put(shelf, "awards-2019-20.csv"), put(shelf, "awards-2020-21.csv")]
        assert external.find_all("awards") == paths
        assert external.find_all("awards", "2020-21") == paths[1:]
        assert external.find_all("county") == []
        assert [use.path for use in external.used()] == [*paths, paths[1], None]


class TestNeed:
    def test_gives_the_file(self, shelf):
        path = put(shelf, "county.csv")
        assert external.need("county") == path

    @pytest.mark.parametrize(
        ("name", "says"),
        [
            ("awards-2020-21", ["`pfpp data get awards-2020-21`", "/statistics/grants-2020-to-2021"]),
            ("county", ["Search for it.", "https://www.ons.gov.uk"]),
        ],
    )
    def test_says_how_to_get_it(self, shelf, name, says):
        with pytest.raises(InputError, match="not held") as caught:
            external.need(name)
        assert [part for part in [*says, str(shelf)] if part not in caught.value.allowed] == []


def test_strangers_are_files_that_no_source_knows(shelf):
    put(shelf, "county.csv")
    put(shelf, "county.csv.source.json")
    path = put(shelf, "notes/readme.md")
    assert files.strangers() == [path]


class TestRecord:
    def test_holds_what_was_asked_for_once_and_what_was_not_there(self, shelf):
        path = put(shelf, "county.csv")
        external.find("county")
        external.need("county")
        external.find("awards-2020-21")
        assert [(use.name, use.path) for use in external.used()] == [
            ("county", path),
            ("awards-2020-21", None),
        ]

    def test_has_the_checksum_of_the_file_as_it_is(self, shelf):
        path = put(shelf, "county.csv", "")
        external.find("county")
        external.find("awards-2020-21")
        county, awards = external.used()
        assert county.sha256 == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        assert awards.sha256 == ""
        path.write_text("another")
        assert not county.sha256.startswith("e3b0")
