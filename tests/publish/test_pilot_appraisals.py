"""The pilots as appraised on their pages."""

from __future__ import annotations

import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import breakeven
from pfpp_utils.methods.sampling import Sample
from pfpp_utils.publish import calculator, pilot_appraisals, pilot_uncertainty

SAMPLE = Sample(2**12)


@pytest.fixture(scope="module")
def pilots():
    return {each.pilot: each for each in pilot_appraisals.appraised(["cornwall", "luton"], sample=SAMPLE)}


def test_all_pilots_in_the_order_of_the_report() -> None:
    found = pilot_appraisals.overview(pilot_appraisals.appraised([], sample=SAMPLE))
    assert found["place"].tolist()[:3] == ["Cornwall", "Liverpool", "Newcastle"]
    assert len(found) == 8
    assert (found["even"] < found["likely"]).all()
    assert found["chance"].between(0, 100).sum() == 6  # nobody counted who came in Luton and Newcastle
    assert found["reached"].dropna().tolist()[:3] == [37, 700, 330]
    assert found.set_index("place")["reached"].isna()["Newcastle"]
    assert found["central"].tolist()[:3] == [180, 2248, 90]
    assert found["asked_gbp"].tolist()[:3] == [14_273, 682, 3_572]
    assert found.loc[found["placeholder"], "place"].tolist() == ["Bradford", "Birmingham", "Hackney", "Luton"]
    assert found["target"].tolist()[:3] == [22, 364, 28]
    assert found["needed"].tolist()[:2] == [34, 382]
    assert found["cost_gbp"].tolist()[:2] == [314_000, 248_000]


def test_choices_reach_the_case() -> None:
    given = {"cost_basis": "without_grant", "convention": "cost", "price_year": 2022, "sample": SAMPLE}
    (pilot,) = pilot_appraisals.appraised(["cornwall"], **given)
    assert pilot.result.cost.gbp == 264_000 * 6 / 5
    assert pilot.case.convention == "cost"
    assert pilot_appraisals.overview([pilot])["cost_gbp"].tolist() == [264_000]  # before the uplift


def test_costs_in_the_prices_of_a_year() -> None:
    now, later = (pilot_appraisals.costs("as_printed", year).query("in_force") for year in (2022, 2024))
    ratio = later["cost_gbp"] / now["cost_gbp"]
    assert ratio.tolist() == pytest.approx([100 / 90.5005] * 8)


@pytest.mark.parametrize("convention", ["benefits", "divide", "cost"])
def test_the_surface_of_the_page_agrees_with_the_appraisal(convention: str) -> None:
    (pilot,) = pilot_appraisals.appraised(["cornwall"], convention=convention, price_year=2024, sample=SAMPLE)
    value = pilot_appraisals.starting(pilot)["value"]
    grid = breakeven.surface({"Cornwall": pilot.cost_gbp}, [value], [0.2], 0.2, convention)
    assert grid["beneficiaries"].tolist() == [pilot.result.beneficiaries]


def test_prices_of_another_year_change_the_pounds_and_not_the_people() -> None:
    now, later = (
        pilot_appraisals.appraised(["cornwall"], price_year=year, sample=SAMPLE)[0] for year in (2022, 2024)
    )
    assert later.result.cost.gbp > now.result.cost.gbp
    assert later.result.beneficiaries == now.result.beneficiaries


def test_a_place_without_analysis_is_refused() -> None:
    with pytest.raises(InputError, match="no breakeven analysis"):
        pilot_appraisals.appraised(["durham"])


def test_the_calculator_starts_at_the_same_answer(pilots) -> None:
    for pilot in pilots.values():
        said = calculator.sentence(calculator.starting(pilot_appraisals.starting(pilot)))
        assert f"{pilot.result.beneficiaries} people must benefit" in said


def test_the_curve_passes_its_marks(pilots) -> None:
    curve, marks = pilot_uncertainty.curve(pilots["cornwall"]), pilot_uncertainty.marks(pilots["cornwall"])
    assert list(marks) == ["reached", "even odds", "likely"]
    assert curve["probability"].is_monotonic_increasing
    assert curve["people"].max() >= marks["likely"]
    assert "reached" not in pilot_uncertainty.marks(pilots["luton"])
    assert pilot_uncertainty.at_stake(pilots["cornwall"]) == 37
    assert pilot_uncertainty.at_stake(pilots["luton"]) == pilots["luton"].needed.even


def test_what_to_measure_is_worth_nothing_where_the_answer_is_clear(pilots) -> None:
    found = pilot_uncertainty.crucial(pilots["cornwall"])
    assert found["label"].iloc[0] == "Conversion"
    assert found["even_gbp"].is_monotonic_decreasing
    assert (found["stated_gbp"] == 0).all()  # 37 people are far too few in every draw
    assert (found["total"] >= found["first"] - 5).all()
    assert pilot_uncertainty.crucial(pilots["luton"])["stated_gbp"].isna().all()


def test_the_tornado_starts_with_the_widest(pilots) -> None:
    found = pilot_uncertainty.moved(pilots["cornwall"])
    assert found["swing"].is_monotonic_decreasing
    assert found.loc[0, ["label", "low", "high"]].tolist() == ["Conversion", "9%", "34%"]


def test_lines_pass_zero_at_the_switching_value(pilots) -> None:
    found = pilot_uncertainty.one_way(pilots["cornwall"])
    for name, line in found.dropna(subset="switch").groupby("label"):
        if name != "Duration in years":  # the others are straight
            slope = line["result"].diff().iloc[-1] / line["value"].diff().iloc[-1]
            last = line.iloc[-1]
            assert last["value"] - last["result"] / slope == pytest.approx(last["switch"], rel=1e-6)


def test_the_grid_agrees_with_the_exact_model_at_the_centre(pilots) -> None:
    pilot = pilots["luton"]
    assert pilot_uncertainty.two_way(pilot, [0.38], [0.3]).iloc[0, 0] == pilot.result.reach


def test_evidence_has_counts_where_outcomes_were_counted(pilots) -> None:
    found = {name: pilot_uncertainty.evidence(each) for name, each in pilots.items()}
    assert (found["cornwall"].observed.count, found["cornwall"].observed.of) == (7, 37)
    assert found["luton"].observed is None
    assert found["luton"].reached is None
    (newcastle,) = pilot_appraisals.appraised(["newcastle"], sample=SAMPLE)
    assert pilot_uncertainty.evidence(newcastle).means
    assert pilot_uncertainty.evidence(newcastle).reached is None
    assert not found["luton"].means


def test_the_people_at_stake_are_named(pilots) -> None:
    assert pilot_uncertainty.stake(pilots["cornwall"]) == "the 37 people reached"
    assert pilot_uncertainty.stake(pilots["luton"]).endswith("the reach of even odds")
