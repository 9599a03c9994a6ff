"""The programme's answers follow the data: other data, other answers, and another certainty."""

from __future__ import annotations

import re

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.publish import programme_story as story

PLACES = [f"P{n}" for n in range(13)]


def ratings(outcomes, engaged, *, mark="M"):
    frame = pd.DataFrame("none", index=PLACES, columns=["implemented", "engaged", "unblocked", "outcomes"])
    frame["implemented"] = "S"
    frame.loc[PLACES[:outcomes], "outcomes"] = mark
    frame.loc[[PLACES[n] for n in engaged], "engaged"] = "S"
    return frame


def ledger(**status):
    rows = [
        {"quantity": name, "status": each, "number": 1.0} for name, many in status.items() for each in many
    ]
    return pd.DataFrame(rows, columns=["quantity", "status", "number"])


def pilots(gbp):
    return pd.DataFrame({"pilot": [f"p{n}" for n in range(len(gbp))], "funding_gbp": gbp})


@pytest.mark.parametrize(
    ("outcomes", "engaged", "sure", "said"),
    [
        (7, [0, 1, 2, 3, 11, 12], "open", "4 of 6 places with regular contact, and in 3 of 7 without"),
        (7, range(7), "weak", "7 of 7 places with regular contact, and in 0 of 6 without"),
        (0, range(7), "open", "0 of 7 places with regular contact, and in 0 of 6 without"),
        (13, range(13), "open", "13 of 13 places with regular contact, and in 0 of 0 without"),
    ],
)
def test_a_difference_that_chance_makes_is_none(outcomes, engaged, sure, said):
    card = story.difference(ratings(outcomes, engaged) != "none")
    assert card.sure == sure
    assert said in card.answer


def test_the_chance_is_that_of_the_exact_test():
    assert story.by_chance(ratings(7, [0, 1, 2, 3, 11, 12]) != "none") == pytest.approx(0.5921, abs=1e-4)


@pytest.mark.parametrize(
    ("status", "sure"),
    [
        (["reproduced", "rounded"], "firm"),
        (["reproduced", "inconsistent"], "fair"),
        (["reproduced", "not_reproducible"], "fair"),
        (["inconsistent"], "fair"),
        (["not_reproducible"], "open"),
        ([], "open"),
    ],
)
def test_a_printed_number_is_as_sure_as_the_ledger_has_it(status, sure):
    assert story.tried(pilots([100, 300]), ledger(places_funded=status)).sure == sure


def test_money_is_added_up():
    card = story.tried(
        pilots([100_000, 335_000, 248_000]), ledger(funding_p0=["reproduced"], funding_p1=["inconsistent"])
    )
    assert "3 places" in card.answer
    assert "£0.68 million in all (£100,000 to £335,000)" in card.answer
    assert card.because.startswith("1 of 3 grants")


def test_where_text_and_table_disagree_both_are_given():
    marks = ratings(7, range(6)) != "none"
    said = pd.Series(True, index=PLACES[:6]).reindex(PLACES, fill_value=False)
    assert story.closer(marks, said).answer.startswith(
        "Lasting working relations came about in 6 of 13 places"
    )
    said[PLACES[8]] = True
    card = story.closer(marks, said)
    assert card.answer.startswith("Lasting working relations came about in 6 or 7 of 13 places")
    assert card.because.endswith(f"disagree on {PLACES[8]}.")
    assert card.sure == "fair"
    assert story.closer(marks, ~said).sure == "weak"


@pytest.mark.parametrize(
    ("mark", "known", "sure"),
    [("M", "reproduced", "weak"), ("S", "reproduced", "fair"), ("S", "not_reproducible", "weak")],
)
def test_results_are_no_surer_than_their_evidence(mark, known, sure):
    card = story.benefit(ratings(7, [], mark=mark), ledger(**{story.PERSONS: [known]}))
    assert card.sure == sure
    assert "in 7 of 13 places. 1 place reported reliably" in card.answer


def test_worth_counts_those_who_reached_enough():
    frame = pd.DataFrame(
        {
            "needed": [27, 382, 71],
            "reached": [10, 400, None],
            "even": [20, 300, 100],
            "likely": [30, 500, 200],
            "chance": [1.0, 60.0, None],
            "placeholder": [True, False, True],
        }
    ).astype({"reached": "Int64"})
    card = story.worth(frame)
    assert card.answer.startswith("Between 27 and 382 people must gain")
    assert card.answer.endswith(
        "Of 2 that counted people, 1 reached enough for even odds, and none enough to be 90% sure."
    )
    assert "in 2 of 3 pilots" in card.because


@given(
    st.lists(
        st.sampled_from(["reproduced", "rounded", "inconsistent", "not_reproducible", "derived"]), min_size=1
    )
)
def test_the_ledgers_numbers_add_up(status):
    made = ledger(some=status)
    printed = len(status) - status.count("derived")
    lost, bad = status.count("not_reproducible"), status.count("inconsistent")
    said = [int(number) for number in re.findall(r"\d+", story.trust(made, (16, 47)).answer)]
    assert said == [printed, printed - lost, printed - lost - bad, bad, 47, 16]
    assert f"{lost} of the {printed} numbers" in story.in_short(ratings(7, []) != "none", made)


def test_the_short_answer_turns_with_the_data():
    told = story.in_short(ratings(7, range(7)) != "none", ledger(some=["reproduced"]))
    assert "part may have made the difference" in told
    fewer = ratings(7, [])
    fewer.loc[PLACES[0], "implemented"] = "none"
    told = story.in_short(fewer != "none", ledger(some=["reproduced"]))
    assert told.startswith("12 of 13 pilots were delivered, and 7 are credited")
    assert "cannot be shown to have made" in told
