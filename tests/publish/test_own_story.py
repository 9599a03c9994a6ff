"""Answers about a programme of one's own follow its tables; what rests on examples is not known."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.data.own.programme import Programme
from pfpp_utils.publish.own import story
from pfpp_utils.publish.own.ratings import NO_RATING


def results(*pairs):
    return pd.DataFrame(pairs, columns=["value", "target"], dtype=float)


@pytest.mark.parametrize(
    ("frame", "sure", "answer", "because"),
    [
        (results((5, 4), (3, 4)), "firm", "1 of 2 targets", "Every result"),
        (results((5, 4), (3, None)), "fair", "1 of 1 target that", "1 result cannot"),
        (results((3, None), (None, 4)), "open", "No result can be compared", "2 results cannot"),
        (results(), "open", "No result can be compared", "0 results cannot"),
    ],
)
def test_targets(frame, sure, answer, because):
    card = story.changed(frame)
    assert card.sure == sure
    assert card.answer.startswith(answer)
    assert card.because.startswith(because)


@pytest.mark.parametrize(
    ("rows", "sure", "said"),
    [
        ([("strong", 2), ("strong", 3), ("limited", 1)], "fair", "2 strong, 1 limited."),
        ([("strong", 2), ("limited", 0)], "weak", "1 strong."),
        ([(NO_RATING, 1), ("limited", 1), ("limited", 0)], "weak", "1 limited."),
        ([("limited", 0)], "open", "none."),
    ],
)
def test_evidence(rows, sure, said):
    card = story.strength(pd.DataFrame(rows, columns=["rating", "supporting"]))
    assert card.sure == sure
    assert card.answer.endswith(said)


def worth(**columns):
    frame = pd.DataFrame(
        {"needed": [8, 8], "reached": [9, 5], "likely": [9, 9], "chance": [91.0, 5.0]} | columns
    )
    return story.worth(frame.astype({"needed": "Int64", "reached": "Int64"}))


def test_worth():
    assert worth().answer.startswith("In each place, 8 people must benefit")
    assert worth().answer.endswith("1 of 2 places with known reach had enough to be 90% sure.")
    assert "8 to 1,200 people must" in worth(needed=[8, 1200]).answer
    assert "no number of people is enough" in worth(needed=[None, None]).answer


def cards(invented=(), ledger=("reproduced",)):
    about = Programme("Warm", "2023-24", "Alder", 2023, (), None, "Test")
    costs = pd.DataFrame({"place": ["a", "a", "b"], "amount_gbp": [1000.0, 500.0, 250.5]})
    rated = pd.DataFrame({"rating": ["strong"], "supporting": [2]})
    frame = pd.DataFrame({"needed": [8], "reached": [9], "likely": [9], "chance": [91.0]})
    parts = dict.fromkeys(("tried", "changed", "evidence", "worth", "trust"), False) | dict.fromkeys(
        invented, True
    )
    kept = pd.DataFrame({"status": pd.Series(ledger, dtype=str)})
    return story.cards(about, costs, results((5, 4)), rated, frame, kept, parts)


def test_what_rests_on_examples_is_not_known():
    known, examples = cards(), cards(invented=["changed", "trust"])
    assert [card.sure for card in known] == ["firm", "firm", "fair", "weak", "firm"]
    assert [card.sure for card in examples] == ["firm", "open", "fair", "weak", "open"]
    assert [card.answer for card in known] == [card.answer for card in examples]
    assert examples[1].because.startswith("Illustrative")


def test_costs_are_added_up_and_a_ledger_without_rows_is_left_out():
    assert cards()[0].answer == "Warm ran in Alder, 2023-24, for £1,750 in 2 places."
    assert len(cards(ledger=())) == 4
