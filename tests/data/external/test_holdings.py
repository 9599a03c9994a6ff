"""Files that are held are compared with what they must look like; the real ones look right."""

from __future__ import annotations

import pytest
from official_site import workbook

from pfpp_utils import project
from pfpp_utils.data import external as official
from pfpp_utils.data.external import catalogue, holdings, provenance, record

pytest_plugins = ["official_fixtures"]


class TestFaults:
    def test_there_are_none(self, shelf):
        assert holdings.faults() == []
        (shelf / "county.csv").write_text("code\na\nb\n")
        (shelf / "awards-2020-21.xlsx").write_bytes(workbook())
        assert holdings.faults() == []

    def test_all_are_listed(self, shelf):
        (shelf / "a").mkdir()
        (shelf / "a/county.csv").write_text("code\na\n")
        (shelf / "awards-2020-21.csv").write_text("<html>")
        (shelf / "awards-2020-21.xlsx").write_bytes(workbook())
        assert holdings.faults() == [
            "awards-2020-21.csv (awards-2020-21): it has 6 bytes; such a file has 100 to 200,000 bytes",
            "awards-2020-21.csv (awards-2020-21): it is a web page; such a file is xlsx or ods or csv",
            "awards-2020-21.csv, awards-2020-21.xlsx: 2 files could be meant by awards-2020-21; "
            "one is allowed",
            "a/county.csv (county): it has 1 rows, not 2",
        ]

    def test_a_file_that_was_changed_since_its_download_is_one(self, shelf):
        path = shelf / "county.csv"
        path.write_text("code\na\nb\n")
        note = {"url": "u", "title": "t", "size": 9, "sha256": record.checksum(path)}
        provenance.write(path, catalogue.item("county"), **note)
        assert holdings.faults() == []
        path.write_text("code\nc\nd\n")
        (fault,) = holdings.faults()
        assert fault.startswith("county.csv (county): it was changed since it was downloaded on 20")


def test_a_source_is_described_for_programs(shelf):
    (shelf / "awards 2020-21.csv").write_text("x")
    awards, county = (holdings.describe(source) for source in catalogue.load())
    path = str(shelf / "awards 2020-21.csv")
    assert awards["held"] == [
        {"name": "awards-2020-21", "year": "2020-21", "path": path, "bytes": 1, "edition": None}
    ]
    assert (awards["get"], awards["yearly"], county["get"], county["held"]) == ("govuk", True, "by_hand", [])


class TestRealFiles:
    @pytest.fixture(autouse=True)
    def shipped(self, external, monkeypatch):
        monkeypatch.setenv("PFPP_PROJECT", str(project.CHECKOUT))

    def test_are_all_found(self):
        lacking = [source.name for source in catalogue.load() if not official.find_all(source.name)]
        assert lacking == []

    def test_of_known_editions_have_no_fault(self):
        known = [each for source in catalogue.load() for each in holdings.of(source) if each.edition]
        assert len(known) == len([1 for source in catalogue.load() for _ in source.editions])
        assert [(each.path.name, each.faults()) for each in known if each.faults()] == []
