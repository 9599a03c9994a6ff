"""Likeness of names: bounds, symmetry, and the hand-labelled pairs that the thresholds come from."""

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.methods.name_similarity import alike, similarity, weights
from pfpp_utils.methods.organisation_likeness import MERGE, REVIEW
from pfpp_utils.methods.organisation_names import key

PAIRS = pd.read_csv(Path(__file__).parents[2] / "data/tables/organisation_pairs.csv")
KEYS = {name: key(name) for name in {*PAIRS["name_a"], *PAIRS["name_b"]}}
WEIGHTS = weights(set(KEYS.values()))
LIKENESS = pd.Series(
    [
        similarity(KEYS[one], KEYS[other], WEIGHTS)
        for one, other in zip(PAIRS["name_a"], PAIRS["name_b"], strict=True)
    ]
)
names = st.lists(
    st.sampled_from(["kent", "essex", "police", "metropolitan", "metrolpolitan", "of", "bus"]), min_size=1
)


def test_no_pair_that_is_two_organisations_reaches_the_threshold():
    assert LIKENESS[~PAIRS["same_organisation"]].max() < MERGE - 0.01


def test_precision_and_recall_on_the_labelled_pairs():
    reached = LIKENESS >= MERGE
    found = (int((reached & PAIRS["same_organisation"]).sum()), int(reached.sum()))
    assert (*found, int(PAIRS["same_organisation"].sum()), len(PAIRS)) == (53, 53, 67, 195)


def test_equal_keys_alone_find_fewer():
    equal = PAIRS["name_a"].map(KEYS) == PAIRS["name_b"].map(KEYS)
    assert int(equal.sum()) == 49
    assert not (equal & ~PAIRS["same_organisation"]).any()


@given(names, names)
def test_likeness_is_symmetric_and_between_0_and_1(one, other):
    left, right = " ".join(one), " ".join(other)
    weight = weights([left, right])
    assert similarity(left, right, weight) == pytest.approx(similarity(right, left, weight))
    assert 0 <= similarity(left, right, weight) <= 1 + 1e-12
    assert similarity(left, left, weight) == 1


def test_one_word_can_be_all_the_difference():
    bodies = [
        f"{place} youth offending team" for place in ("barnet", "brent", "kent", "essex", "devon", "dorset")
    ]
    assert similarity(bodies[0], bodies[1], weights(bodies)) < REVIEW
    assert not list(alike(bodies, REVIEW))


def test_words_in_another_order_are_not_enough():
    keys = ["community transport newcastle", "newcastle community transport", "kent", "essex"]
    [(_, _, likeness)] = alike(keys, REVIEW)
    assert REVIEW <= likeness < MERGE


def test_numbers_have_no_slips():
    keys = ["scout group 1234567", "scout group 1234568"]
    assert similarity(*keys, weights(keys)) < REVIEW


def test_alike_finds_what_comparing_all_pairs_finds():
    keys = sorted(set(KEYS.values()))
    every = {
        (one, other)
        for i, one in enumerate(keys)
        for other in keys[i + 1 :]
        if similarity(one, other, WEIGHTS) >= MERGE
    }
    assert {pair[:2] for pair in alike(keys, MERGE)} == every
