"""Official files kept aside while the readers were written: what they came to, counted independently."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from pfpp_utils.data.awards import table


def balanced(path: Path) -> table.Reading:
    reading = table.read([path])
    (file,) = reading.files
    assert file.rows_read == file.awards + sum(aside.rows for aside in file.set_aside)
    assert file.value_read == pytest.approx(file.value + sum(aside.value for aside in file.set_aside))
    return reading


def test_schemes_of_2013_14_are_in_thousand_pounds(external: Path) -> None:
    path = external / "register/government-grant-schemes-2013-14.csv"
    with path.open(encoding="utf-8-sig", newline="") as lines:
        rows = list(csv.DictReader(lines))
    awards = balanced(path).awards
    thousand = sum(round(100_000 * float(row["Amount (£,000s)"])) for row in rows)
    assert len(awards) == len(rows) == 1_019
    assert round(100 * awards["Amount Awarded"].sum()) == thousand
    assert awards["year"].unique().tolist() == ["2013-14"]


def test_grants_of_the_wolfson_foundation(external: Path) -> None:
    path = external / "360giving/grantnav-sample-wolfson.json"
    grants = json.loads(path.read_text(encoding="utf-8"))["grants"]
    awards = balanced(path).awards
    assert len(awards) == len(grants) == 379
    assert awards["Amount Awarded"].sum() == sum(grant["amountAwarded"] for grant in grants) == 31_178_456
    assert sorted(awards["Identifier"]) == sorted(grant["id"] for grant in grants)


def test_the_national_portfolio_has_an_award_a_year(external: Path) -> None:
    awards = balanced(external / "local_funding/ACE_NPO_2018_12082020_0.xlsx").awards
    assert len(awards) == 840 * 7
    assert awards["year"].nunique() == 7
    assert awards["Recipient Org:Location:Name"].notna().all()


@pytest.mark.parametrize(("name", "value"), [("Organisation", 500), ("Individual", 5_000_000)])
def test_upload_forms_of_the_grants_system(external: Path, name: str, value: int) -> None:
    awards = balanced(external / f"register/Test_CSV_Create_{name}.csv").awards
    assert awards["Amount Awarded"].tolist() == [value]
