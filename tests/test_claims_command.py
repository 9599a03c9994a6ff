"""``pfpp claims scan``: the numbers of any text, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from pfpp_utils.cli import main
from pfpp_utils.data import tables

TEXT = "1 Aims\n\nOver 100 teams met 13 pilots; half (6/13) began late.\n\n2 Results\n\nIt cost £2.5 million."


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "report.txt"
    path.write_text(TEXT, encoding="utf-8")
    return path


def scan(*arguments: str):
    return CliRunner().invoke(main, ["claims", "scan", *arguments])


def test_each_number_is_listed_with_its_section(report: Path) -> None:
    result = scan(str(report))
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("1, passage 1: 100 [count: over 100 teams]")
    assert lines[4].startswith("2, passage 1: £2.5 million [money: 2,500,000 GBP]")
    assert len(lines) == 5 + ("numbers" in result.output)


def test_programs_get_json(report: Path) -> None:
    found = json.loads(scan(str(report), "--json").output)
    assert [one["printed"] for one in found] == ["100", "13", "half", "6/13", "£2.5 million"]
    assert found[0] == {
        "section": "1",
        "paragraph": 1,
        "line": 3,
        "printed": "100",
        "value": 100,
        "unit": "teams",
        "qualifier": "over",
        "kind": "count",
        "context": "Over 100 teams met 13 pilots; half (6/13) began late.",
    }
    assert found[3]["value"] == pytest.approx(600 / 13)


@pytest.mark.parametrize("content", [None, b"", b" \n", b"\xff\xfe\x00", b"a\x00b"])
def test_what_is_no_text_is_refused(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "report.txt"
    if content is not None:
        path.write_bytes(content)
    result = scan(str(path))
    assert result.exit_code == 2
    assert "allowed: a plain text in UTF-8" in result.output
    assert str(path) in result.output


def test_a_text_without_numbers_is_no_fault(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes("\ufeffNothing to count.".encode())
    assert json.loads(scan(str(path), "--json").output) == []


def ask(*arguments: str):
    return CliRunner().invoke(main, ["claims", *arguments])


FIELDS = [
    "id",
    "section",
    "statement",
    "published",
    "recomputed",
    "status",
    "conflicts_with",
    "page",
    "cell",
    "note",
]


def test_every_claim_is_printed_with_its_verdict() -> None:
    found = json.loads(ask("--json").output)
    assert len(found) == len(tables.load("claims"))
    assert all(list(one) == FIELDS for one in found)
    assert {one["status"] for one in found} == {
        "reproduced",
        "rounded",
        "inconsistent",
        "derived",
        "not_reproducible",
    }
    assert all(one["conflicts_with"] for one in found if one["status"] == "inconsistent")
    assert not [one for one in found if one["status"] == "not_reproducible" and one["recomputed"]]


def test_claims_are_chosen_by_verdict_and_section() -> None:
    found = json.loads(ask("--status", "inconsistent", "--section", "4.1.1", "--json").output)
    assert [one["id"] for one in found] == ["departments_per_pilot", "teams_per_pilot"]
    assert found[0]["published"] == "at least 5 departments"
    assert "2 departments" in found[0]["conflicts_with"][0]
    told = ask("--status", "inconsistent", "--section", "4.1.1").output
    assert "[teams_per_pilot]" in told


def test_what_is_not_printed_is_said_in_words() -> None:
    told = ask("--status", "derived", "--section", "5.4.1").output
    assert "not printed | 11 teams" in told
    assert "None" not in told


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--section", "99"], "a section without claims"),
        (["--status", "wrong"], "'reproduced', 'rounded', 'inconsistent', 'derived', 'not_reproducible'"),
        (["--json", "scan", "x.txt"], "options before a further verb"),
    ],
)
def test_what_cannot_be_asked_is_refused(arguments: list[str], message: str) -> None:
    result = ask(*arguments)
    assert result.exit_code == 2
    assert message in result.output


def test_a_text_that_is_not_the_report_is_refused_with_both_sides(report: Path) -> None:
    result = ask("compare", str(report))
    assert result.exit_code == 2
    assert "'13' in section 1, passage 1: 1 in the text, 0 in the ledger" in result.output
    assert "in the text, 1 in the ledger" in result.output
