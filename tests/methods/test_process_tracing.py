"""Process tracing: Bayes' rule, the kinds of test, and probabilities of nought and one."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.process_tracing import kind_of_test, trace, update

CHANCE = st.floats(0.01, 0.99)
VECTOR = pd.DataFrame(
    {"test": ["t1", "t2"], "p_if_true": [0.3, 0.8], "p_if_false": [0.0, 0.2], "seen": [True, True]}
)


def test_a_published_example():
    assert update(0.5, 0.3, 0) == 1
    assert update(0.5, 0.8, 0.2) == pytest.approx(0.8)
    assert trace(VECTOR, 0.5)["posterior"].tolist() == [1, 1]
    assert trace(VECTOR.iloc[1:], 0.5)["posterior"].tolist() == pytest.approx([0.8])


@given(CHANCE, CHANCE, CHANCE, st.booleans())
def test_posterior_odds_are_prior_odds_times_the_likelihood_ratio(prior, one, other, seen):
    posterior = update(prior, one, other, seen=seen)
    ratio = one / other if seen else (1 - one) / (1 - other)
    assert posterior / (1 - posterior) == pytest.approx(prior / (1 - prior) * ratio)


@given(CHANCE, CHANCE, CHANCE)
def test_belief_before_is_the_expected_belief_after(prior, one, other):
    chance = prior * one + (1 - prior) * other
    after = chance * update(prior, one, other) + (1 - chance) * update(prior, one, other, seen=False)
    assert after == pytest.approx(prior)


@given(st.lists(st.tuples(CHANCE, CHANCE, st.booleans()), min_size=1, max_size=5), CHANCE, st.randoms())
def test_the_order_of_tests_does_not_change_the_end(rows, prior, random):
    tests = pd.DataFrame(rows, columns=["p_if_true", "p_if_false", "seen"]).assign(test=range(len(rows)))
    shuffled = tests.iloc[random.sample(range(len(rows)), len(rows))]
    first, other = (trace(table, prior)["posterior"].iloc[-1] for table in (tests, shuffled))
    assert first == pytest.approx(other)


@pytest.mark.parametrize(
    ("prior", "one", "other", "seen", "posterior"),
    [
        (0.5, 1, 0.5, False, 0),  # a hoop not passed
        (0.5, 1, 0, True, 1),
        (0.5, 1, 0, False, 0),
        (0, 0.9, 0.1, True, 0),
        (1, 0.1, 0.9, True, 1),
    ],
)
def test_certainty_is_taken_at_its_word(prior, one, other, seen, posterior):
    assert update(prior, one, other, seen=seen) == posterior


@pytest.mark.parametrize(
    ("prior", "one", "other", "seen"),
    [(0.5, 0, 0, True), (0.5, 1, 1, False), (1, 0, 0.5, True), (0, 0.5, 1, False)],
)
def test_what_could_not_happen_is_refused(prior, one, other, seen):
    with pytest.raises(InputError, match="impossible either way"):
        update(prior, one, other, seen=seen)


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        (0.95, 0.5, "hoop"),
        (0.8, 0.21, "hoop"),
        (0.79, 0.2, "smoking gun"),
        (0.3, 0, "smoking gun"),
        (0.8, 0.2, "doubly decisive"),
        (0.6, 0.4, "straw in the wind"),
        (0.5, 0.5, "uninformative"),
        (0.2, 0.8, "counter-evidence"),
    ],
)
def test_kinds_of_test_are_regions_of_the_two_probabilities(one, other, kind):
    assert kind_of_test(one, other) == kind


def test_thresholds_are_for_the_reader_to_move():
    assert kind_of_test(0.8, 0.2, certain=0.9) == "smoking gun"
    assert kind_of_test(0.8, 0.2, unique=0.1) == "hoop"
    assert trace(VECTOR, 0.5, certain=0.9, unique=0.1)["kind"].tolist() == [
        "smoking gun",
        "straw in the wind",
    ]


@given(CHANCE, CHANCE, CHANCE)
def test_passing_raises_and_failing_lowers_unless_it_is_counter_evidence(prior, one, other):
    assume(abs(one - other) > 1e-6)
    passed, failed = update(prior, one, other), update(prior, one, other, seen=False)
    up, down = (failed, passed) if kind_of_test(one, other) == "counter-evidence" else (passed, failed)
    assert down < prior < up


def test_the_table_goes_test_by_test():
    table = trace(VECTOR.iloc[::-1].assign(seen=[False, None]), 0.5)
    assert table["prior"].tolist() == pytest.approx([0.5, 0.2])
    assert table["posterior"].tolist() == pytest.approx([0.2, 0.2])
    assert table["likelihood_ratio"].tolist() == pytest.approx([0.25, 1])
    assert trace(VECTOR, 0.5)["likelihood_ratio"].tolist() == pytest.approx([float("inf"), 4])


@pytest.mark.parametrize(
    ("tests", "prior", "where"),
    [
        (VECTOR.assign(p_if_true=1.5), 0.5, "test t1, p_if_true"),
        (VECTOR.assign(p_if_false=[0, None]), 0.5, "test t2, p_if_false"),
        (VECTOR.assign(test="t"), 0.5, "tests, test"),
        (VECTOR.drop(columns="seen"), 0.5, "tests"),
        (VECTOR, 1.1, "prior"),
        (VECTOR.assign(p_if_true=0), 0.5, "test t1"),
    ],
)
def test_unusable_tests_are_refused_by_name(tests, prior, where):
    with pytest.raises(InputError) as caught:
        trace(tests, prior)
    assert caught.value.where.startswith(where)


@pytest.mark.parametrize("seen", ["no", "False", "", 2, 0.5])
def test_what_is_neither_true_nor_false_is_refused(seen):
    tests = pd.DataFrame({"test": ["t"], "p_if_true": [0.9], "p_if_false": [0.1], "seen": [seen]})
    with pytest.raises(InputError, match="neither true nor false"):
        trace(tests, 0.5)


@pytest.mark.parametrize(
    ("seen", "posterior"), [(True, 0.9), (1, 0.9), (False, 0.1), (0.0, 0.1), (None, 0.5)]
)
def test_flags_of_every_usual_kind_are_read(seen, posterior):
    tests = pd.DataFrame({"test": ["t"], "p_if_true": [0.9], "p_if_false": [0.1], "seen": [seen]})
    assert trace(tests, 0.5)["posterior"].iloc[0] == pytest.approx(posterior)


def test_a_probability_in_text_is_refused():
    tests = pd.DataFrame({"test": ["t"], "p_if_true": [".9"], "p_if_false": [0.1], "seen": [True]})
    with pytest.raises(InputError, match="not a probability"):
        trace(tests, 0.5)
