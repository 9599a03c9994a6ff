"""What was read is listed, with its content at that time; and that a file was not there."""

from __future__ import annotations

import json
import shutil

import pytest

from pfpp_utils import project
from pfpp_utils.data import reads, tables
from pfpp_utils.data.external import finding


@pytest.fixture
def listing(small_project, tmp_path, monkeypatch):
    file = tmp_path / "reads-of-a-test"
    monkeypatch.setenv(reads.VARIABLE, str(file))
    return file


def test_a_table_is_listed_with_its_entry_and_no_other(listing):
    tables.load("reach")
    assert list(reads.listed(listing)) == ["data/datapackage.json#reach", "data/tables/reach.csv"]


def test_the_whole_description_is_listed_where_it_is_read(listing):
    tables.names()
    assert list(reads.listed(listing)) == ["data/datapackage.json"]


def test_an_entry_is_another_only_if_it_changed_itself(listing):
    path = project.data() / "datapackage.json"
    before = {name: reads.digest(f"data/datapackage.json#{name}") for name in ("pilots", "reach")}
    package = json.loads(path.read_text())
    package["resources"][0]["title"] = "Another"
    path.write_text(json.dumps(package, indent=4))
    after = {name: reads.digest(f"data/datapackage.json#{name}") for name in ("pilots", "reach")}
    assert [name for name in before if before[name] != after[name]] == ["pilots"]


def test_an_absent_file_is_listed_and_its_appearance_is_a_change(listing, tmp_path):
    reads.note(tmp_path / "none.csv")
    ((key, found),) = reads.listed(listing).items()
    assert found == reads.ABSENT == reads.digest(key)
    (tmp_path / "none.csv").write_text("")
    assert reads.digest(key) != reads.ABSENT


def test_a_folder_stands_for_the_names_in_it(listing, tmp_path):
    folder = tmp_path / "cases"
    folder.mkdir()
    reads.note(folder)
    ((key, before),) = reads.listed(listing).items()
    (folder / "a.yml").write_text("a")
    one = reads.digest(key)
    (folder / "a.yml").write_text("another content")
    assert before != one == reads.digest(key)


def test_the_fingerprint_is_of_when_it_was_first_read(listing, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("one")
    reads.note(file)
    file.write_text("two")
    reads.note(file)
    ((key, found),) = reads.listed(listing).items()
    assert found != reads.digest(key)


def test_nothing_is_listed_where_nobody_asks(small_project, tmp_path, monkeypatch):
    monkeypatch.delenv(reads.VARIABLE, raising=False)
    tables.load("reach")
    assert reads.listed(tmp_path / "nowhere") == {}


@pytest.mark.parametrize("key", ["data/none.csv", "data/datapackage.json#none", "data/tables/reach.csv#x"])
def test_what_is_not_there_has_one_fingerprint(small_project, key):
    assert reads.digest(key) == reads.ABSENT


def test_an_official_file_is_named_alike_wherever_it_lies(listing, tmp_path, monkeypatch):
    monkeypatch.delenv("PFPP_EXTERNAL", raising=False)
    for folder in (project.data() / "external", tmp_path / "elsewhere"):
        (folder / "below").mkdir(parents=True)
        (folder / "below/a.csv").write_text("a")
        reads.note(folder / "below/a.csv")
        monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "elsewhere"))
    ((key, found),) = reads.listed(listing).items()
    assert (key, found) == ("data/external/below/a.csv", reads.digest(key))


def test_a_file_in_the_usual_folder_while_official_ones_lie_elsewhere(listing, tmp_path, monkeypatch):
    monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "elsewhere"))
    file = project.data() / "external/a.csv"
    file.parent.mkdir()
    file.write_text("a")
    reads.note(file)
    ((key, found),) = reads.listed(listing).items()
    assert found == reads.digest(key) != reads.ABSENT


def test_an_official_file_that_is_asked_for_and_then_appears_is_a_change(listing, monkeypatch):
    shutil.copy(project.CHECKOUT / "data/sources.yml", project.data())
    monkeypatch.delenv("PFPP_EXTERNAL", raising=False)
    assert finding.find("imd-2019") is None
    assert reads.listed(listing)["official imd-2019"] == reads.ABSENT
    held = project.data() / "external/File_10_-_IoD2019_Local_Authority_District_Summaries__lower-tier__.xlsx"
    held.parent.mkdir()
    held.write_bytes(b"one")
    first = reads.digest("official imd-2019")
    held.write_bytes(b"two")
    assert len({reads.ABSENT, first, reads.digest("official imd-2019")}) == 3
