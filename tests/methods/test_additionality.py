"""Additionality: the guide's formula worked by hand, deadweight as a reference case, and what is refused."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.additionality import Additionality, Effects, Reference, additional_impact

shares = st.fractions(0, 1)
effects = st.builds(Effects, shares, shares, shares, st.fractions(1, 3))


def test_the_formula_by_hand():
    # 100 jobs: leakage 10%, displacement 25%, substitution 5%, multiplier 1.1
    #   100 x 0.9 x 0.75 x 0.95 x 1.1 = 70.5375
    # 40 jobs without it: leakage 20%, displacement 50%, no substitution, multiplier 1.05
    #   40 x 0.8 x 0.5 x 1.05 = 16.8
    gross = Effects(Fraction("0.1"), Fraction("0.25"), Fraction("0.05"), Fraction("1.1"))
    other = Effects(leakage=0.2, displacement=0.5, multiplier=1.05)
    assert additional_impact(100, gross) == Fraction("70.5375")
    assert additional_impact(40, other) == Fraction("16.8")
    assert additional_impact(100, gross, 40, other) == Fraction("53.7375")
    spelt_out = Additionality(gross, reference=Reference(Fraction("0.4"), other))
    assert spelt_out.net_share == Fraction("0.537375")


def test_nothing_taken_off_leaves_everything():
    assert Additionality().net_share == 1
    assert not Additionality(deadweight=0).takes_deadweight
    assert Additionality(deadweight=0.2).net_share == Fraction("0.8")


@settings(deadline=None, max_examples=60)
@given(effects, shares)
def test_deadweight_as_a_share_is_the_reference_case_with_that_impact(gross, deadweight):
    share = Additionality(gross, deadweight=deadweight)
    case = Additionality(gross, reference=Reference(deadweight, gross))
    assert share.net_share == case.net_share == gross.kept * (1 - deadweight)


def test_deadweight_as_a_share_and_as_a_reference_case_is_refused_with_both_places():
    with pytest.raises(InputError) as caught:
        Additionality(deadweight=Fraction("0.2"), reference=Reference(Fraction("0.3")))
    assert "twice" in caught.value.what
    assert caught.value.where == "additionality.deadweight and additionality.reference"
    assert caught.value.found == "0.2 and 0.3"


@pytest.mark.parametrize(
    ("make", "where", "allowed"),
    [
        (lambda: Effects(leakage=1.1), "leakage", "from 0 to 1"),
        (lambda: Effects(displacement=-0.1), "displacement", "from 0 to 1"),
        (lambda: Effects(substitution=25), "substitution", "from 0 to 1"),
        (lambda: Effects(multiplier=0.9), "multiplier", "1 or more"),
        (lambda: Additionality(deadweight=20), "deadweight", "from 0 to 1"),
        (lambda: Reference(1.01), "reference.impact", "from 0 to 1"),
        (lambda: additional_impact(-1, Effects()), "gross_impact", "0 or more"),
        (lambda: additional_impact(1, Effects(), -1), "reference_impact", "0 or more"),
    ],
)
def test_impossible_components_are_named_with_what_is_allowed(make, where, allowed):
    with pytest.raises(InputError) as caught:
        make()
    assert (caught.value.where, caught.value.allowed) == (where, allowed)
