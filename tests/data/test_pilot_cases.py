"""The analysed pilots: people reached, and case files that fit what is printed."""

from __future__ import annotations

import pytest

from pfpp_utils.data import pilot_cases, tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods.prices import in_prices_of

SLUGS = list(tables.load("breakeven_pilots")["pilot"])
FIELD = "costs[programme funding].amount_gbp"


def test_people_reached_are_those_that_the_report_counts() -> None:
    found = pilot_cases.analysed().set_index("pilot")
    assert len(found) == 8
    assert found["reached"].dropna().to_dict() == {
        "cornwall": 37, "liverpool": 700, "bradford": 330, "birmingham": 215,
        "hackney": 200, "southwark": 112,
    }  # fmt: skip
    assert found["studied"].dropna().to_dict() == {"newcastle": 192}
    assert found["target"].dropna().to_dict() == {"cornwall": 22, "liverpool": 364, "newcastle": 28}


@pytest.mark.parametrize("pilot", SLUGS)
class TestCaseFile:
    def test_costs_are_those_of_table_1(self, pilot: str) -> None:
        spread = pilot_cases.load(pilot).spreads[FIELD]
        row = pilot_cases.analysed().set_index("pilot").loc[pilot]
        most = row["funding_gbp"] if row["funding_tier"] == "low" else row["funding_gbp"] + 50_000
        ends = (row["funding_gbp"] - 50_000, row["funding_gbp"], most)
        assert (spread.low, spread.central, spread.high) == ends

    def test_people_who_benefit_are_those_reached_by_the_conversion(self, pilot: str) -> None:
        case, came = pilot_cases.load(pilot).case(), pilot_cases.reached().get(pilot)
        if case.beneficiaries is None:
            assert came is None
        else:
            assert abs(case.beneficiaries - came * case.conversion.rate) <= 1

    def test_one_cost_one_outcome_and_something_left_unvalued(self, pilot: str) -> None:
        case = pilot_cases.load(pilot).case()
        assert (len(case.costs), len(case.outcomes)) == (1, 1)
        assert case.unmonetised


def test_a_placeholder_stands_only_where_the_report_names_no_outcome() -> None:
    named = pilot_cases.analysed().set_index("pilot")["outcome_counted"].dropna().index
    stand_in = {
        pilot for pilot in SLUGS if pilot_cases.load(pilot).case().outcomes[0].name == pilot_cases.PLACEHOLDER
    }
    assert stand_in == {"birmingham", "bradford", "hackney", "luton"}
    assert not stand_in & set(named)


@pytest.mark.parametrize(("pilot", "close"), [("liverpool", 0.1), ("newcastle", 0.1)])
def test_units_are_about_what_the_printed_target_implies(pilot: str, close: float) -> None:
    case = pilot_cases.load(pilot).case()
    outcome = case.outcomes[0]
    target = pilot_cases.analysed().set_index("pilot")["target"][pilot]
    value = in_prices_of(outcome.unit_value.value, case.price_year, case.deflator).gbp * outcome.units
    net = float(value * outcome.additionality.net_share * (1 - case.optimism_bias))
    assert net * target == pytest.approx(float(case.costs[0].amount.gbp), rel=close)


def test_a_pilot_without_an_analysis_is_refused_by_name() -> None:
    with pytest.raises(InputError, match="no breakeven analysis") as caught:
        pilot_cases.load("durham")
    assert caught.value.found == "durham"
    assert "luton" in caught.value.allowed
