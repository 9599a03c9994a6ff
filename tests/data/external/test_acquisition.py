"""A file is moved into place whole and checked, or not at all; what was there before stays until then."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import resource
import subprocess
import sys
from datetime import UTC, datetime

import pytest
from conftest import files
from official_site import body, in_turn, status, truncated, workbook

from pfpp_utils.data.external import acquisition, catalogue, provenance
from pfpp_utils.data.external.sessions import Limits
from pfpp_utils.errors import Failure, InputError

pytest_plugins = ["official_fixtures"]

QUICK = Limits(seconds=5, silence=1, tries=2, wait=1, pause=0.01)
GOOD, NEWER = workbook(3), workbook(4)
NAME = "awards-2020-21.xlsx"


@pytest.fixture
def get(site, shelf):
    """Get the awards of 2020-21 from the site."""

    def run(name="awards-2020-21", year=None, **options):
        return acquisition.get(name, year, base=site.base, limits=QUICK, **options)

    return run


def edition(sources, data):
    """List a checksum as the known edition of 2020-21."""
    known = f"{{edition: one, year: 2020-21, sha256: {hashlib.sha256(data).hexdigest()}}}"
    sources("\n  - name: county", f"\n    editions: [{known}]\n  - name: county")


class TestGet:
    def test_puts_the_file_in_place(self, site, shelf, get):
        site.page(site.attach(b"%PDF", "bulletin.pdf"), site.attach(GOOD))
        outcome = get()
        assert (outcome.path, outcome.done) == (shelf / NAME, "new")
        assert outcome.path.read_bytes() == GOOD
        assert sorted(path.name for path in shelf.iterdir()) == [NAME, f"{NAME}.source.json"]
        assert outcome.path.stat().st_mode & 0o777 == 0o644

    def test_records_where_it_came_from(self, site, shelf, get):
        site.page(site.attach(GOOD))
        get("awards", "2020-21")
        found = json.loads((shelf / f"{NAME}.source.json").read_text())
        assert (
            datetime.now(UTC).timestamp() - datetime.fromisoformat(found.pop("downloaded")).timestamp() < 60
        )
        assert found == {
            "name": "awards-2020-21",
            "title": "Register: awards",
            "publisher": "Cabinet Office",
            "licence": "Open Government Licence v3.0",
            "page": "https://www.gov.uk/government/statistics/grants-2020-to-2021",
            "url": f"{site.base}/media/1/{NAME}",
            "bytes": len(GOOD),
            "sha256": hashlib.sha256(GOOD).hexdigest(),
        }

    def test_makes_the_folder(self, site, shelf, get):
        shelf.rmdir()
        site.page(site.attach(GOOD))
        assert get().path.is_file()

    def test_leaves_a_file_that_is_up_to_date(self, site, shelf, get):
        site.page(site.attach(GOOD))
        before = get().path.stat()
        record = (shelf / f"{NAME}.source.json").read_text()
        assert get().done == "unchanged"
        assert (shelf / NAME).stat().st_mtime_ns == before.st_mtime_ns
        assert (shelf / f"{NAME}.source.json").read_text() == record

    def test_replaces_the_file_where_it_lies(self, site, shelf, get):
        (shelf / "deep").mkdir()
        path = shelf / "deep/Awards 2020 to 2021.xlsx"
        path.write_bytes(GOOD)
        site.page(site.attach(NEWER))
        with path.open("rb") as reader:
            assert (get().done, path.read_bytes()) == ("replaced", NEWER)
            assert reader.read() == GOOD, "who reads the old file meanwhile has all of it"
        assert provenance.read(path)["bytes"] == len(NEWER)
        assert not (shelf / NAME).exists()

    def test_records_a_file_that_was_brought_by_hand_and_is_the_publishers(self, site, shelf, get):
        (shelf / NAME).write_bytes(GOOD)
        site.page(site.attach(GOOD))
        assert get().done == "unchanged"
        assert provenance.read(shelf / NAME)["url"] == f"{site.base}/media/1/{NAME}"

    def test_tells_of_progress(self, site, get):
        told = []
        site.page(site.attach(GOOD))
        get(progress=lambda *seen: told.append(seen))
        assert told[-1] == (len(GOOD), len(GOOD))

    def test_takes_the_file_that_the_user_names(self, site, get):
        site.page(site.attach(NEWER, "north awards.xlsx"), site.attach(GOOD, "south awards.xlsx"))
        assert get(attachment="south awards.xlsx").path.read_bytes() == GOOD

    def test_takes_a_file_whose_address_is_known(self, site, shelf, get, monkeypatch):
        site.attach(b"code\na\nb\n", "a.csv")
        item = catalogue.item("county")
        direct = dataclasses.replace(item.source, get={"url": f"{site.base}/media/1/a.csv"})
        monkeypatch.setattr(catalogue, "load", lambda: (direct,))
        assert get("county").path == shelf / "county.csv"


class TestKnownEdition:
    def test_is_accepted(self, site, sources, get):
        edition(sources, GOOD)
        site.page(site.attach(GOOD))
        assert get().done == "new"

    def test_another_is_refused_unless_it_is_asked_for(self, site, sources, shelf, get):
        edition(sources, GOOD)
        site.page(site.attach(NEWER))
        with pytest.raises(Failure, match="its checksum is") as caught:
            get()
        assert hashlib.sha256(GOOD).hexdigest() in str(caught.value)
        assert "--new-edition" in str(caught.value)
        assert files(shelf) == {}
        assert get(new_edition=True).done == "new"

    def test_another_is_accepted_where_the_publisher_revises_the_file(self, site, sources, get):
        edition(sources, GOOD)
        sources("\n  - name: county", "\n    new_editions: true\n  - name: county")
        site.page(site.attach(NEWER))
        assert get().done == "new"


def without_header(site):
    return site.attach(workbook(header=("Name", "Sum")))


def page_for_a_file(site):
    return site.attach(GOOD) | {"file_size": None, "url": html(site)}


def html(site):
    site.answers["/sorry"] = body(b"<!DOCTYPE html><title>Sorry</title>" + b" " * 200, kind="text/html")
    return f"{site.base}/sorry"


def moved_to_a_page(site):
    html(site)
    return site.attach(GOOD, answer=status(302, Location="/sorry"))


def busy(site):
    return site.attach(GOOD, answer=status(429, Retry_After="0"))


FAILURES = {
    "truncated": (lambda site: site.attach(GOOD, answer=truncated(GOOD, 1000)), "1,000 bytes came"),
    "gone": (lambda site: site.attach(GOOD, answer=status(404)), "does not give the file: 404"),
    "busy": (busy, "does not give the file: 429"),
    "another size": (
        lambda site: site.attach(GOOD) | {"file_size": 7},
        f"{len(GOOD):,} bytes; GOV.UK says 7",
    ),
    "a web page": (page_for_a_file, "it is a web page; such a file is xlsx or ods or csv"),
    "redirected to a web page": (moved_to_a_page, "it is a web page"),
    "half a workbook": (lambda site: site.attach(GOOD[:2000]), "it is a broken zip file"),
    "other columns": (without_header, "it has no column Identifier, Amount Awarded"),
    "too small": (lambda site: site.attach(b"x"), "it has 1 bytes; such a file has 100"),
    "too large": (lambda site: site.attach(b"\n" * 200_001), "too large: 200,001 bytes"),
}


class TestFailure:
    @pytest.mark.parametrize("case", FAILURES)
    @pytest.mark.parametrize("held", [True, False])
    def test_changes_nothing(self, site, shelf, get, case, held):
        if held:
            (shelf / NAME).write_bytes(GOOD)
        attach, says = FAILURES[case]
        site.page(attach(site))
        before = files(shelf)
        with pytest.raises(Failure) as caught:
            get()
        assert says in str(caught.value)
        assert files(shelf) == before
        assert not list(shelf.glob(".*")), "nothing half done"

    def test_that_passes_is_overcome(self, site, get):
        answer = in_turn(truncated(GOOD, 1000), status(503), body(GOOD, ranges=True))
        site.page(site.attach(GOOD, answer=answer))
        assert get().done == "new"

    def test_of_a_full_disk_changes_nothing(self, site, shelf):
        big = workbook(3) + os.urandom(100_000)  # a zip file may have more behind it
        site.page(site.attach(big))
        (shelf / NAME).write_bytes(GOOD)
        before = files(shelf)
        command = [
            sys.executable,
            "-m",
            "pfpp_utils.cli",
            "data",
            "get",
            "awards-2020-21",
            "--govuk",
            site.base,
        ]
        limit = lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000))  # noqa: E731
        done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, check=False)
        assert (done.returncode, "cannot be written: File too large" in done.stderr) == (1, True)
        assert files(shelf) == before
        assert not list(shelf.glob(".*"))

    @pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
    def test_of_a_folder_that_is_not_ours_is_said(self, site, shelf, get):
        site.page(site.attach(GOOD))
        shelf.chmod(0o500)
        with pytest.raises(Failure, match="cannot be written: Permission denied"):
            get()

    def test_to_make_a_folder_is_said(self, site, shelf, get):
        shelf.rmdir()
        shelf.write_text("a file")
        site.page(site.attach(GOOD))
        with pytest.raises(Failure, match="cannot be written"):
            get()

    def test_interrupted_leaves_nothing(self, site, shelf, get):
        def interrupt(*_):
            raise KeyboardInterrupt

        site.page(site.attach(GOOD))
        with pytest.raises(KeyboardInterrupt):
            get(progress=interrupt)
        assert files(shelf) == {}


class TestRefusal:
    @pytest.mark.parametrize(
        ("name", "what"),
        [
            ("county", "has to be got by hand"),
            ("awards", "which year is not said"),
            ("awards-2020-22", "not a financial year"),
            ("award", "unknown source"),
            ("awards-2019-20", "GOV.UK has no such page"),
        ],
    )
    def test_of_what_cannot_be_had(self, get, name, what):
        with pytest.raises(InputError, match=what):
            get(name)

    def test_by_hand_says_what_to_do(self, shelf, get):
        with pytest.raises(InputError) as caught:
            get("county")
        for part in ("Search for it.", "https://www.ons.gov.uk", str(shelf)):
            assert part in caught.value.allowed

    def test_of_a_choice(self, site, get):
        site.page(
            site.attach(GOOD, "north awards.xlsx"), site.attach(GOOD, "south awards.xlsx", title="South")
        )
        with pytest.raises(InputError, match="2 attached files could be meant"):
            get()

    def test_of_two_files_held(self, site, shelf, get):
        (shelf / NAME).write_bytes(GOOD)
        (shelf / "awards 2020-21.csv").write_bytes(b"x")
        with pytest.raises(InputError, match="2 files could be meant"):
            get()
        assert site.asked == []

    def test_of_a_file_of_another_kind_than_the_one_held(self, site, shelf, get):
        (shelf / "awards 2020-21.csv").write_bytes(b"x")
        site.page(site.attach(GOOD))
        with pytest.raises(InputError, match="of another kind"):
            get()
