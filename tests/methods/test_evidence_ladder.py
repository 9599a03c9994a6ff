"""Evidence ladder: Cornwall by hand, what is missing, and what rises with what."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import beta

from pfpp_utils.errors import InputError
from pfpp_utils.methods.distributions import Counts
from pfpp_utils.methods.evidence_ladder import Evidence, ladder
from pfpp_utils.methods.sample_size import for_precision

SEEN = Counts(7, 37)
YEAR = Evidence("cornwall", target=22, reached=148, observed=SEEN, deadweight=0.2)


def rung(frame, name):
    return frame.set_index("rung").loc[name]


def test_cornwall_over_a_year_by_hand():
    found = ladder([YEAR])
    needed = 22 / (148 * 0.8)  # 0.1858
    assert found["share_needed"].tolist() == pytest.approx([needed] * 3)
    assert rung(found, "published reach")["verdict"] == "possible"
    emerging = rung(found, "emerging outcomes")
    assert emerging["central"] == pytest.approx(148 * 7 / 37 * 0.8)  # 22.4
    assert emerging[["low", "high"]].tolist() == pytest.approx([118.4 * SEEN.low, 118.4 * SEEN.high])
    assert emerging["probability"] == pytest.approx(beta(7.5, 30.5).sf(needed))
    assert emerging["verdict"] == "uncertain"
    survey = rung(found, "required survey")
    assert survey["answers"] == for_precision(needed, 0.05, population=148)
    assert survey["verdict"] == "open"


@pytest.mark.parametrize(
    ("evidence", "verdicts"),
    [
        (Evidence("a", 22, 37, SEEN, 0.2), ["possible", "unlikely", "open"]),
        (Evidence("a", 22, 500, SEEN, 0.2), ["possible", "likely", "open"]),
        (Evidence("a", 22, 22), ["possible", "no outcomes", "open"]),
        (Evidence("a", 22, 22, deadweight=0.2), ["out of reach", "no outcomes", "open"]),
        (Evidence("a", 22, 0, SEEN), ["out of reach", "unlikely", "open"]),
        (Evidence("a", 22, None, SEEN), ["no reach", "no reach", "open"]),
        (Evidence("a", None, 100, SEEN), ["no target", "no target", "open"]),
        (Evidence("a"), ["no target", "no outcomes", "open"]),
        (Evidence("a", 22, means=True), ["no reach", "means only", "open"]),
    ],
)
def test_verdicts(evidence, verdicts):
    assert ladder([evidence])["verdict"].tolist() == verdicts


def test_one_entry_after_the_other_and_unknown_people():
    found = ladder([YEAR, Evidence("luton")], half_width=0.1)
    assert found["pilot"].tolist() == ["cornwall"] * 3 + ["luton"] * 3
    assert found["answers"].iloc[-1] == for_precision(0.5, 0.1)
    assert ladder([Evidence("a", 22, 0)])["answers"].isna().all()


@given(st.integers(1, 500), st.integers(1, 2000), st.integers(0, 37), st.floats(0, 0.9))
def test_a_higher_target_or_deadweight_is_never_more_likely_met_and_more_reach_never_less(
    target, reached, count, deadweight
):
    def chance(**changed):
        known = {"target": target, "reached": reached, "deadweight": deadweight}
        return Evidence("a", observed=Counts(count, 37), **{**known, **changed}).chance

    assert chance(target=target + 1) <= chance() <= chance(reached=reached + 1)
    assert chance(deadweight=deadweight + 0.05) <= chance()


@pytest.mark.parametrize(
    "make",
    [
        lambda: Evidence("a", target=0),
        lambda: Evidence("a", target=1, reached=-1),
        lambda: Evidence("a", deadweight=1),
        lambda: Evidence("a", deadweight=-0.1),
        lambda: ladder([YEAR], half_width=0.6),
    ],
)
def test_impossible_evidence(make):
    with pytest.raises(InputError):
        make()
