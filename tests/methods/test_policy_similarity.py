"""Likeness to policy areas, and the threshold from which it counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.policy_similarity import Prototypes
from pfpp_utils.methods.policy_threshold import cross_validate, threshold

AREAS = {"Woods": "woods, trees and rivers", "Roads": "roads, buses and bridges"}
EXAMPLES = pd.DataFrame(
    {
        "text": ["Woodland creation", "Bus operators", "Highway bridges", "Tree planting"],
        "label": ["Woods", "Roads", "Roads", "Woods"],
    }
)


@pytest.fixture(scope="module")
def prototypes():
    return Prototypes(AREAS, EXAMPLES)


@pytest.mark.parametrize(
    ("text", "area", "nearest"),
    [
        ("Creating woodlands", "Woods", "Woodland creation"),
        ("Repair of highways", "Roads", "Highway bridges"),
    ],
)
def test_a_text_goes_where_its_words_or_letters_are(prototypes, text, area, nearest):
    match = prototypes.match([text])[0]
    assert (match.area, match.nearest) == (area, nearest)
    assert 0 < match.margin <= match.score <= 1


def test_the_margin_is_the_lead_over_the_second_best_area(prototypes):
    text = "Woodland bridges for buses"
    scores = sorted(prototypes.scores([text])[0])
    assert prototypes.match([text])[0].margin == pytest.approx(scores[1] - scores[0])
    assert scores[0] > 0


def test_a_text_with_nothing_in_common_scores_nothing(prototypes):
    match = prototypes.match(["zyzzyva 2016/17"])[0]
    assert (match.score, match.margin, match.nearest_score) == (0, 0, 0)


def test_a_known_text_is_its_own_nearest(prototypes):
    match = prototypes.match(["Bus operators"])[0]
    assert (match.nearest, match.nearest_score) == ("Bus operators", pytest.approx(1))


def test_codes_years_and_words_of_accounts_do_not_matter(prototypes):
    plain, coded = prototypes.scores(["tree planting", "X085A184-TREE PLANTING DEL PROG VOTED 2016/17"])
    assert coded == pytest.approx(plain)


@given(st.lists(st.text(max_size=30), max_size=4))
def test_scores_are_cosines(texts):
    scores = Prototypes(AREAS, EXAMPLES).scores(texts)
    assert scores.shape == (len(texts), 2)
    assert ((scores >= 0) & (scores <= 1 + 1e-9)).all()


def test_labels_that_are_no_area_are_not_learnt():
    odd = pd.DataFrame({"text": ["Zyzzyva"], "label": ["not assigned"]})
    assert Prototypes(AREAS, odd).match(["Zyzzyva"])[0].nearest == ""


def test_no_areas_and_no_columns_are_refused():
    with pytest.raises(InputError, match="no areas"):
        Prototypes({}, EXAMPLES)
    with pytest.raises(InputError, match="missing column"):
        Prototypes(AREAS, EXAMPLES[["text"]])


def test_no_text_is_matched_by_itself():
    alone = EXAMPLES.assign(text=["qqqq", "wwww", "xxxx", "zzzz"])
    assert (cross_validate(AREAS, alone, folds=4)["score"] == 0).all()


def test_cross_validation_keeps_the_order_of_the_examples():
    shifted = EXAMPLES.set_axis([7, 3, 9, 1])
    table = cross_validate(AREAS, shifted, folds=2)
    assert table.index.tolist() == [7, 3, 9, 1]
    assert table["label"].tolist() == EXAMPLES["label"].tolist()
    assert (table["right"] == (table["area"] == table["label"])).all()


def test_too_few_examples_are_refused():
    with pytest.raises(InputError, match="too few"):
        cross_validate(AREAS, EXAMPLES, folds=5)


VALIDATED = pd.DataFrame({"score": [0.9, 0.7, 0.5, 0.5, 0.1], "right": [True, True, False, True, False]})


@pytest.mark.parametrize(("precision", "score"), [(1, 0.7), (0.75, 0.5), (0.6, 0.1), (0.76, 0.7)])
def test_the_threshold_is_the_lowest_that_keeps_the_share(precision, score):
    assert threshold(VALIDATED, precision=precision) == score


def test_equal_scores_stand_or_fall_together():
    tied = pd.DataFrame({"score": [0.5, 0.5], "right": [True, False]})
    assert threshold(tied, precision=0.6) > 0.5
    assert threshold(tied, precision=0.5) == 0.5


def test_where_no_score_will_do_nothing_passes():
    assert threshold(VALIDATED.assign(right=False)) > 0.9


@pytest.mark.parametrize("precision", [0, -1, 1.1, np.nan])
def test_impossible_shares_are_refused(precision):
    with pytest.raises(InputError, match="impossible share"):
        threshold(VALIDATED, precision=precision)
