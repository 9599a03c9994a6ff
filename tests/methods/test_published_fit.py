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
        "fits", "does not fit", "not comparable", "cannot be told",
        "fits", "fits", "not comparable", "cannot be told",
    ]  # fmt: skip
    assert "147 to be reached if taken off there, 117" in found["figures"][3]
    assert "66% of 550 and 52% of 700" in found["figures"][4]
    assert found["figures"][5] == "374 of 2,200, 364 needed"


def test_a_plan_is_not_compared_whatever_it_is() -> None:
    reach = changed(REACH, 150, column="target_low", pilot="cornwall", figure="people_referred")
    assert list(verdicts().values()) == list(verdicts(reach=reach).values())


def test_around_half_fits_only_with_the_visitors_of_table_9() -> None:
    reach = changed(REACH, 550, pilot="liverpool", figure="hub_visitors")
    assert list(verdicts(reach=reach).values())[4] == "does not fit"


def test_a_take_up_that_is_too_low_does_not_fit() -> None:
    steps = changed(STEPS, 12, pilot="liverpool", step="take_up")
    assert list(verdicts(steps).values())[4] == "does not fit"


def test_other_figures_in_table_9_do_not_fit() -> None:
    reach = changed(REACH, 8, pilot="cornwall", figure="job_starts")
    assert next(iter(verdicts(reach=reach).values())) == "does not fit"
