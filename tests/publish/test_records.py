"""The records of claims: whatever does not fit together is an error that names both sides."""

from __future__ import annotations

import pytest

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.publish import records, settle

CLAIMS = tables.load("claims").query("claim in ['ticks', 'programme_funding', 'tiers_ordered']")


def record(claim, **given):
    stated = settle.stated(CLAIMS)[claim] if claim in set(CLAIMS["claim"]) else {}
    made = {"claim": claim, **stated, "recomputed": "87", "status": "reproduced"}
    return {**made, "page": "one", "cell": "cell-04", **given}


ALL = [record(claim) for claim in CLAIMS["claim"]]


def test_records_that_fit_are_kept_once():
    again = record("ticks", page="two")
    found = records.check([*ALL, again], CLAIMS)
    assert found["claim"].tolist() == CLAIMS["claim"].tolist()
    assert set(found["page"]) == {"one"}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ([*ALL, record("nobody")], "without a claim.*page one, cell-04.*nobody.*claims.csv"),
        ([*ALL[1:], record(ALL[0]["claim"], unit="moons")], "another unit.*page one.*moons.*claims.csv"),
        ([*ALL[1:], record(ALL[0]["claim"], published="9")], "another published.*page one.*9.*claims.csv"),
        ([*ALL, record("ticks", page="two", recomputed="86")], "differently.*page one.*page two.*87.*86"),
        ([*ALL, record("ticks", page="two", status="derived")], "differently.*page one.*page two.*derived"),
        (ALL[1:], f"no page settles.*claims.csv.*{ALL[0]['claim']}"),
        ([], "no page settles"),
    ],
)
def test_what_does_not_fit_names_both_sides(given, message):
    with pytest.raises(InputError, match=f"(?s){message}"):
        records.check(given, CLAIMS)


def test_records_are_in_known_places():
    with pytest.raises(InputError, match="pages, notebooks"):
        records.load("elsewhere")


def test_a_project_without_claims_needs_no_records(small_project):
    from pfpp_utils.publish import plan

    records.require(plan.load())


def test_choosing_by_section_takes_those_within_it():
    ledger = records.load("notebooks")
    found = records.choose(ledger, section="4.1", status="inconsistent")
    assert {one["section"] for one in found} == {"4.1.1", "4.1.2"}
    assert {one["status"] for one in found} == {"inconsistent"}
    assert len(records.choose(ledger)) == len(ledger)
    with pytest.raises(InputError, match="section without claims"):
        records.choose(ledger, section="4.")
