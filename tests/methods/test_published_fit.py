"""Statements of section 5.3.3 against each other and Table 9: each verdict follows from figures."""

from __future__ import annotations

from pfpp_utils.data import tables
from pfpp_utils.methods import published_fit

STEPS, REACH = tables.load("breakeven_steps"), tables.load("reach")


def verdicts(steps=STEPS, reach=REACH):
    found = published_fit.check(steps, reach)
    return {(row.pilot, row.statements): row.verdict for row in found.itertuples()}


def changed(frame, value, *, column="value", **where):
    picked = (frame[list(where)] == list(where.values())).all(axis=1)
    assert picked.sum() == 1
    copy = frame.copy()
    copy.loc[picked, column] = value
    return copy


def test_the_report_as_it_is() -> None:
    found = published_fit.check(STEPS, REACH)
    assert found["verdict"].tolist() == [
        "fits", "does not fit", "does not fit", "cannot be told",
        "does not fit", "fits", "does not fit", "cannot be told",
    ]  # fmt: skip
    assert "147 to be reached if taken off there, 117" in found["figures"][3]
    assert "66% of 550 and 52% of 700" in found["figures"][4]
    assert found["figures"][5] == "374 of 2,200, 364 needed"


def test_a_plan_for_enough_people_would_fit() -> None:
    reach = changed(REACH, 150, column="target_low", pilot="cornwall", figure="people_referred")
    before, after = verdicts(), verdicts(reach=reach)
    assert [key for key in before if before[key] != after[key]] == [list(before)[2]]


def test_half_of_those_reached_fits_if_both_shares_are_of_the_same_count() -> None:
    steps = changed(STEPS, 66, pilot="liverpool", step="share_needed")
    assert list(verdicts(steps).values())[4] == "fits"


def test_other_figures_in_table_9_do_not_fit() -> None:
    reach = changed(REACH, 8, pilot="cornwall", figure="job_starts")
    assert next(iter(verdicts(reach=reach).values())) == "does not fit"
