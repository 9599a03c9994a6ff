"""`pfpp data` as a researcher meets it: what is held, how it is got, and what is wrong with it."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys

import pytest
from conftest import files
from official_site import PAGE, body, dripping, in_turn, status, truncated, workbook
from test_cli import pfpp

pytest_plugins = ["official_fixtures"]

GOOD = workbook()


class TestList:
    def test_says_what_there_is_and_what_is_held(self, shelf):
        (shelf / "awards 2019-20.csv").write_text("x")
        (shelf / "awards-2020-21.csv").write_text("x")
        status, printed, _ = pfpp("data", "list")
        assert status == 0
        header, awards, county = [re.split(r" {2,}", line.strip()) for line in printed.splitlines()]
        assert header == ["Name", "Held", "What", "Publisher", "Licence"]
        assert awards[:4] == ["awards-YEAR", "2019-20, 2020-21", "Awards of a year", "Cabinet Office"]
        assert county[:2] == ["county", "-"]

    def test_in_json(self, shelf):
        (shelf / "county.csv").write_text("code\n")
        status, printed, _ = pfpp("data", "list", "--json")
        listed = json.loads(printed)
        assert (status, listed["folder"]) == (0, str(shelf))
        awards, county = listed["sources"]
        assert set(awards) == {
            *("name", "what", "publisher", "licence", "page", "yearly", "get", "held"),
        }
        assert county["held"] == [
            {"name": "county", "year": None, "path": str(shelf / "county.csv"), "bytes": 5, "edition": None}
        ]

    def test_of_a_folder_named_from_where_one_stands(self, shelf, monkeypatch):
        monkeypatch.chdir(shelf.parent)
        monkeypatch.setenv("PFPP_EXTERNAL", "external")
        assert json.loads(pfpp("data", "list", "--json")[1])["folder"] == str(shelf)
        assert os.environ["PFPP_EXTERNAL"] == str(shelf), "pages are run in another folder"

    def test_names_the_line_of_a_fault_in_the_list(self, sources):
        sources("licence:", "license:")
        status, _, errors = pfpp("data", "list")
        assert status == 2
        assert "data/sources.yml, line 2" in errors


class TestGet:
    def test_downloads_and_says_where_to(self, site, shelf):
        site.page(site.attach(GOOD))
        status, printed, errors = pfpp("data", "get", "awards", "--year", "2020-21", "--govuk", site.base)
        path, url = shelf / "awards-2020-21.xlsx", f"{site.base}/media/1/awards-2020-21.xlsx"
        assert (status, errors) == (0, "")
        assert printed == f"{path}: downloaded ({len(GOOD):,} bytes, {url})\n"
        assert path.read_bytes() == GOOD

    def test_asks_where_the_environment_says(self, site, shelf, monkeypatch):
        monkeypatch.setenv("PFPP_GOVUK", site.base)
        site.page(site.attach(GOOD))
        assert pfpp("data", "get", "awards-2020-21")[0] == 0
        status, printed, _ = pfpp("data", "get", "awards-2020-21")
        assert (status, "already up to date" in printed) == (0, True)
        site.page(site.attach(workbook(4)))
        assert "replaced by a newer file" in pfpp("data", "get", "awards-2020-21")[1]

    def test_waits_as_a_busy_server_asks_and_overcomes_a_broken_transfer(self, site, shelf):
        busy = status(429, Retry_After="1")
        site.page(site.attach(GOOD, answer=in_turn(busy, truncated(GOOD, 999), body(GOOD))))
        assert pfpp("data", "get", "awards-2020-21", "--govuk", site.base)[0] == 0

    @pytest.mark.parametrize(
        ("answer", "words", "says"),
        [
            (truncated(GOOD, 999), (), "the download broke off 4 times: 999 bytes came"),
            (dripping(GOOD[:100], 0.02), ("--seconds", "0.5"), "the download is too slow"),
            (status(404), (), "the server does not give the file: 404 Not Found"),
            (status(429, Retry_After="3600"), (), "it asks to come back after 3600"),
        ],
    )
    def test_that_fails_says_why_with_status_1(self, site, shelf, answer, words, says, monkeypatch):
        monkeypatch.setattr("time.sleep", lambda seconds: None) if "4 times" in says else None
        site.page(site.attach(GOOD, answer=answer))
        found, _, errors = pfpp("data", "get", "awards-2020-21", "--govuk", site.base, *words)
        assert (found, says in errors) == (1, True), errors
        assert files(shelf) == {}

    def test_of_a_changed_layout_says_so_with_status_1(self, site, shelf):
        site.answers[f"/api/content/{PAGE}"] = body(b'{"page": {}}')
        found, _, errors = pfpp("data", "get", "awards-2020-21", "--govuk", site.base)
        assert (found, "not laid out as it was; get the file by hand" in errors) == (1, True)

    @pytest.mark.parametrize(
        ("words", "says"),
        [
            (("awards-2019-20",), "GOV.UK has no such page"),
            (("awards",), "which year is not said"),
            (("county",), "has to be got by hand"),
            (("nothing",), "allowed: awards, county"),
        ],
    )
    def test_of_what_cannot_be_had_says_so_with_status_2(self, site, shelf, words, says):
        found, _, errors = pfpp("data", "get", *words, "--govuk", site.base)
        assert (found, says in errors) == (2, True)

    def test_without_a_network_says_so_with_status_1(self, shelf, site):
        address = site.base
        site.server.socket.close()
        found, _, errors = pfpp("data", "get", "awards-2020-21", "--govuk", address)
        assert (found, "is there a network, and does it need a proxy" in errors) == (1, True)


class TestCheck:
    def test_of_sound_files(self, shelf):
        (shelf / "county.csv").write_text("code\na\nb\n")
        (shelf / "notes.md").write_text("x")
        status, printed, errors = pfpp("data", "check")
        assert (status, errors) == (0, "")
        assert (
            printed
            == f"notes.md: not in data/sources.yml\n1 official file in {shelf}, all as they should be.\n"
        )

    def test_lists_every_fault(self, shelf):
        (shelf / "county.csv").write_text("name\na\n")
        (shelf / "awards-2020-21.xlsx").write_text("<html>")
        status, _, errors = pfpp("data", "check")
        assert status == 2
        for part in ("county.csv (county): it has no column code", "it is a web page", "pfpp: 3 faults"):
            assert part in errors


def test_help_of_the_command_loads_nothing_heavy():
    heavy = "'pandas', 'requests', 'yaml', 'jsonschema'"
    code = f"import sys; from pfpp_utils import cli; print([m for m in ({heavy}) if m in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
