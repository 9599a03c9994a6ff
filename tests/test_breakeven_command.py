"""The command `pfpp breakeven`: numbers as typed, case files with ranges, and what it refuses, by name."""

from __future__ import annotations

import json
from fractions import Fraction
from math import ceil

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from test_cli import pfpp

from pfpp_utils import project

CORNWALL = project.CHECKOUT / "data/cases/cornwall.yml"
BASE = "--cost 314000 --value 14500 --deadweight 0.2 --optimism-bias 0.2"


def results(words):
    status, printed, errors = pfpp("breakeven", *words.split(), "--json")
    assert (status, errors) == (0, "")
    return json.loads(printed)


@pytest.mark.parametrize(
    ("words", "net", "beneficiaries", "reach"),
    [
        ("", 9280, 34, None),  # 14,500 x 0.8 x 0.8; 33.84
        ("--ob-convention divide", 9666.666667, 33, None),  # 14,500 x 0.8 / 1.2; 32.48
        ("--ob-convention cost", 11_600, 33, None),  # 14,500 x 0.8; 376,800 / 11,600 = 32.48
        ("--ob-convention cost --rounding nearest", 11_600, 32, None),
        ("--conversion 0.15", 9280, 34, 227),  # 34 / 0.15 = 226.67
        ("--conversion 7/37", 9280, 34, 180),  # 179.71
        ("--conversion 0.15 --rounding nearest", 9280, 34, 227),
        ("--conversion 0.151 --rounding nearest", 9280, 34, 225),  # 225.17
        ("--duration 2", 18_246.183575, 18, None),  # 9,280 x (1 + 1 / 1.035); 17.21
        ("--duration 2 --discount none", 18_560, 17, None),  # 16.92
        ("--duration 2 --discount health", 18_422.857143, 18, None),  # 9,280 x (1 + 1 / 1.015); 17.04
        ("--duration 2.5 --discount none", 23_200, 14, None),  # half of the third year; 13.53
    ],
)
def test_results_by_hand(words, net, beneficiaries, reach):
    found = results(f"{BASE} {words}")
    assert round(found["net_value_per_beneficiary"], 6) == net
    assert (found["beneficiaries"], found["reach"]) == (beneficiaries, reach)


def test_the_conventions_used_are_printed():
    assert results(BASE)["conventions"] == {
        "ob_convention": "benefits",
        "deadweight_in": "value",
        "rounding": "up",
        "discount": "standard",
        "discount_vintage": "Green Book 2022",
        "price_year": None,
        "deflator_vintage": None,
        "distributional_weights": False,
        "duration_years": 1,
    }
    chosen = results(f"{BASE} --ob-convention cost --rounding nearest --discount health --duration 3")
    assert chosen["cost"] == 376_800
    chosen = chosen["conventions"]
    assert [chosen[key] for key in ("ob_convention", "rounding", "discount", "duration_years")] == [
        "cost", "nearest", "health", 3,
    ]  # fmt: skip


def test_a_quotient_of_exactly_30_is_30():
    # with binary floats 0.1 + 0.2 and 1 - 0.9 tip such quotients to 31
    assert results("--cost 278400 --value 14500 --deadweight 0.2 --optimism-bias 0.2")["beneficiaries"] == 30
    assert results("--cost 3 --value 1 --deadweight 0.9")["beneficiaries"] == 30
    assert results("--cost 0.3 --value 0.1 --deadweight 0.9")["beneficiaries"] == 30
    assert results("--cost 3 --value 1 --conversion 0.1")["reach"] == 30
    assert results("--cost 3.0000000001 --value 1 --deadweight 0.9")["beneficiaries"] == 31


@settings(deadline=None, max_examples=40)
@given(
    st.decimals("0.01", "1e7", places=2),
    st.decimals("0.01", "1e5", places=2),
    st.decimals(0, "0.99", places=2),
    st.decimals("0.01", 1, places=2),
)
def test_typed_numbers_are_read_exactly(cost, value, share, rate):
    found = results(f"--cost {cost} --value {value} --deadweight {share} --conversion {rate}")
    needed = ceil(Fraction(cost) / (Fraction(value) * (1 - Fraction(share))))
    assert (found["beneficiaries"], found["reach"]) == (needed, ceil(needed / Fraction(rate)))


def test_without_json_it_is_a_sentence():
    status, printed, _ = pfpp("breakeven", *BASE.split(), "--conversion", "7/37")
    assert status == 0
    assert printed == (
        "With a net value of £9,280.00 a beneficiary, 34 people must benefit to meet the cost of £314,000, "
        "and 180 people must be reached for that. Optimism bias taken off benefits; deadweight in the value; "
        "discounting standard (Green Book 2022); rounding up.\n"
    )
    assert "1 person must" in pfpp("breakeven", "--cost", "1", "--value", "1")[1]


def test_where_no_number_is_enough_it_says_so():
    found = results("--cost 1 --value 1 --deadweight 1 --conversion 0.5")
    assert (found["net_value_per_beneficiary"], found["beneficiaries"], found["reach"]) == (0, None, None)
    assert "no number of people is enough" in pfpp("breakeven", "--cost", "1", "--value", "0")[1]


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("--deadweight 1.2", ("--deadweight", "1.2", "from 0 to 1")),
        ("--deadweight -0.1", ("--deadweight", "-0.1", "from 0 to 1")),
        ("--deadweight 20", ("--deadweight", "20", "from 0 to 1")),
        ("--optimism-bias 1.5", ("--optimism-bias", "1.5", "from 0 to 1")),
        ("--optimism-bias 1.5 --ob-convention cost", ("--optimism-bias", "1.5", "from 0 to 1")),
        ("--conversion 1.2", ("--conversion", "1.2", "from 0 to 1")),
        ("--conversion 0", ("--conversion", "above 0 and at most 1")),
        ("--cost -1", ("--cost", "-1", "0 or more")),
        ("--value -14500", ("--value", "-14500", "0 or more")),
        ("--duration 0", ("--duration", "more than 0, at most 500 years")),
        ("--duration 501", ("--duration", "501", "at most 500 years")),
        ("--deadweight 20%", ("--deadweight", "20%", "0.2 or 7/37")),
        ("--cost 314,000", ("--cost", "314,000", "314000")),
        ("--cost ٣", ("--cost", "٣", "314000")),
        ("--value nan", ("--value", "nan", "a number")),
        ("--value 1/0", ("--value", "1/0", "a number")),
        ("--value 1e999999999", ("--value", "a number")),
        ("--ob-convention green", ("--ob-convention", "benefits", "divide", "cost")),
        ("--rounding down", ("--rounding", "up", "nearest")),
        ("--discount brisk", ("--discount", "standard", "health", "none")),
    ],
)
def test_bad_input_names_the_option_and_what_is_allowed(words, parts):
    kept = dict(zip(*[iter(BASE.split())] * 2, strict=True)) | dict(
        zip(*[iter(words.split())] * 2, strict=True)
    )
    status, printed, errors = pfpp("breakeven", *(word for pair in kept.items() for word in pair), "--json")
    assert (status, printed) == (2, "")
    assert [part for part in parts if part not in errors] == []


@pytest.mark.parametrize(
    ("words", "parts"),
    [
        ("", ("--cost", "a case file")),
        ("--cost 1", ("--value", "pounds, 0 or more")),
        ("--value 1", ("--cost", "pounds, 0 or more")),
        (f"{CORNWALL} --cost 1 --rounding up", ("--cost, --rounding", "a case file alone")),
        ("nowhere.yml", ("the case cannot be read", "nowhere.yml")),
    ],
)
def test_numbers_or_a_case_file_are_needed(words, parts):
    status, _, errors = pfpp("breakeven", *words.split())
    assert status == 2
    assert [part for part in parts if part not in errors] == []


@pytest.mark.parametrize("words", ["--cost 2", "--value 14500", "--rounding up --rounding nearest"])
def test_an_option_given_twice_is_refused(words):
    status, printed, errors = pfpp("breakeven", *BASE.split(), *words.split())
    assert (status, printed) == (2, "")
    assert "an option is given twice" in errors
    assert words.split()[0] in errors


def test_nobody_is_never_enough_to_meet_a_cost_however_people_are_rounded():
    found = results("--cost 4 --value 14500 --conversion 1 --rounding nearest")
    assert (found["beneficiaries"], found["reach"]) == (1, 1)
    found = results("--cost 0 --value 14500 --conversion 1 --rounding nearest")
    assert (found["beneficiaries"], found["reach"]) == (0, 0)


def test_a_conversion_of_none_of_a_few_counted_is_an_answer(tmp_path):
    path = tmp_path / "none.yml"
    path.write_text(CORNWALL.read_text().replace("count: 7, of: 37", "count: 0, of: 7"))
    assert results(str(path))["reach"] == {"low": None, "central": None, "high": None}
    assert "no reach is enough" in pfpp("breakeven", path)[1]


def test_the_case_of_cornwall():
    found = results(str(CORNWALL))
    # 13,000 x 90.5005 / 81.1085 x 0.8 x 0.8 = 9,283.42; 33.82 -> 34; 34 x 37 / 7 = 179.7 -> 180
    assert round(found["net_value_per_beneficiary"]["central"], 2) == 9283.42
    assert found["beneficiaries"] == {"low": 7, "central": 34, "high": 234}
    assert found["reach"] == {"low": 37, "central": 180, "high": 1237}
    assert round(found["npsv"]["central"]) == round(7 * 9283.4186 - 314_000)
    assert round(found["bcr"]["central"], 4) == round(7 * 9283.4186 / 314_000, 4)
    assert found["price_year"] == 2022
    assert found["conventions"]["deflator_vintage"] == "December 2025"
    assert len(found["unmonetised"]) == 3
    assert found["publishable"] is True
    switching = {row["driver"]: row["switching_value"] for row in found["switching_values"]}
    assert round(switching["beneficiaries"], 2) == 33.82
    assert (switching["deadweight"], switching["optimism_bias"]) == (None, None)
    sources = {row["field"]: row["source"] for row in found["inputs"]}
    assert sources["costs[programme funding].amount_gbp"].startswith("Evaluation report, Table 1")
    assert sources["outcomes[finding employment].duration_years"] == "assumed"
    status, printed, _ = pfpp("breakeven", CORNWALL)
    assert status == 0
    assert printed.startswith(
        "Bodmin pilot, Cornwall: with a net value of £9,283.42 (£1,562.11 to £37,909.88) a beneficiary, "
        "34 (7 to 234) people must benefit to meet the cost of £314,000 (£264,000 to £364,000), and "
        "180 (37 to 1,237) people must be reached for that. Net present social value: -£249,016"
    )
    assert "Not valued: support for people already in work;" in printed


def test_help_says_what_it_does():
    status, printed, _ = pfpp("breakeven", "--help")
    assert status == 0
    assert "Say how many people must benefit to meet a cost." in printed
    assert "breakeven" in pfpp("--help")[1]
