"""Awards put together from small files: columns, fallbacks without official files, and the store."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from pfpp_utils import project
from pfpp_utils.data import assembly, grants, reads, store
from pfpp_utils.data.assembled import COLUMNS, PLACED
from pfpp_utils.errors import InputError

HEAD = "Identifier,Title,Currency,Amount Awarded,Award Date,Recipient Org:Name,Recipient Org:Charity Number,"
HEAD += "Recipient Org:Postal Code,Funding Org:Name,Grant Programme:Code,Grant Programme:Title"
ROWS = [
    "A1,Cycle lanes,GBP,1000,2016-05-01,Luton Borough Council,,LU1 2BQ,Department for Transport,S1,Cycling",
    "A2,Cycle lanes,GBP,2000.50,2016-06-01,Redacted,,,Department for Transport,S1,Cycling",
    "A3,Victims,GBP,30,2016-07-01,Helpers,1074546,,Ministry of Justice,,Victim support",
]


@pytest.fixture
def register(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Write a register of three awards; there are no official files, and the store is empty."""
    (tmp_path / "official").mkdir()
    monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "official"))
    monkeypatch.setattr(project, "build", lambda: tmp_path / "_build")
    path = tmp_path / "government-grant-awards-2016-17.csv"
    path.write_text("\n".join([HEAD, *ROWS]) + "\n")
    return path


def test_awards_have_the_columns_that_measures_take(register: Path) -> None:
    awards = grants.read([register]).awards
    assert {*COLUMNS.values(), *PLACED, "recipient", "pilot"} <= set(awards)
    assert awards["amount_gbp"].tolist() == [1000.0, 2000.5, 30.0]
    assert awards["programme"].tolist() == ["S1", "S1", "Victim support"]  # by title, where there is no code
    assert awards["recipient"].isna().tolist() == [False, True, False]
    assert awards["policy_area"].tolist()[:2] == ["Transport and digital"] * 2


def test_without_official_files_nothing_is_placed(register: Path) -> None:
    found = grants.read([register])
    assert found.awards["authority"].isna().all()
    assert found.awards["pilot"].isna().all()
    assert found.unplaced.empty


def test_the_store_gives_the_same_back(register: Path) -> None:
    first, again = grants.read([register]), grants.read([register])
    pd.testing.assert_frame_equal(again.awards, first.awards)
    assert again.files == first.files
    assert len(list((project.build() / "registers").iterdir())) == 1


def test_the_store_notices_what_changed(register: Path) -> None:
    grants.read([register])
    register.write_text("\n".join([HEAD, *ROWS[:2]]) + "\n")
    assert len(grants.read([register]).awards) == 2
    assert len(grants.read([register], year="2016-17").awards) == 2
    assert len(list((project.build() / "registers").iterdir())) == 3


@pytest.mark.parametrize("damage", ["", "not parquet"])
def test_a_damaged_store_costs_time_only(register: Path, damage: str) -> None:
    first = grants.read([register])
    (kept,) = (project.build() / "registers").iterdir()
    (kept / "awards.parquet").write_text(damage)
    pd.testing.assert_frame_equal(grants.read([register]).awards, first.awards)
    (kept / "files.json").unlink()
    assert grants.read([register]).files == first.files


def test_a_full_disk_leaves_nothing_half_written(register: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(pd.DataFrame, "to_parquet", full)
    assert len(grants.read([register]).awards) == 3
    assert list((project.build() / "registers").iterdir()) == []


def test_rules_are_part_of_the_fingerprint(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = Path(shutil.copytree(project.data(), tmp_path / "data", ignore=shutil.ignore_patterns("ill*")))
    before = store._fingerprint([], "")
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    assert store._fingerprint([], "") == before
    for name in ("policy_areas.yml", "tables/policy_labels.csv", "tables/pilot_authorities.csv"):
        with (copy / name).open("a") as file:
            file.write("# one more line")
        before, last = store._fingerprint([], ""), before
        assert before != last


def test_what_comes_from_the_store_lists_the_bundled_files_it_depends_on(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    grants.read([register])
    listing = tmp_path / "reads-of-a-stored-register"
    monkeypatch.setenv(reads.VARIABLE, str(listing))
    monkeypatch.setattr(store, "_keep", lambda *_: pytest.fail("made again, not taken from the store"))
    grants.read([register])
    listed = reads.listed(listing)
    assert set(store.BUNDLED) <= set(listed)
    assert reads.ABSENT not in {listed[name] for name in store.BUNDLED}


def test_the_store_names_every_bundled_file_that_assembling_reads(
    register: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assembly._assigner.cache_clear()
    listing = tmp_path / "reads-of-an-assembly"
    monkeypatch.setenv(reads.VARIABLE, str(listing))
    assembly.read([register])
    read = {name for name in reads.listed(listing) if name.startswith("data/") and "external" not in name}
    assert read <= {*store.BUNDLED, "data/sources.yml"}


def test_an_absent_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no such file"):
        grants.read([tmp_path / "none.xlsx"])
