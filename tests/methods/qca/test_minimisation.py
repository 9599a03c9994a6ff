"""Prime implicants, covers and solutions: against brute force, and what must hold for any data."""

from __future__ import annotations

from itertools import product
from typing import ClassVar

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import conservative, intermediate, parsimonious, primes
from scipy.optimize import OptimizeResult

from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca import solutions as solving
from pfpp_utils.methods.qca.analysis import analyse
from pfpp_utils.methods.qca.bit_tables import to_table
from pfpp_utils.methods.qca.cautions import of_solutions
from pfpp_utils.methods.qca.cover_search import Search, exchanged
from pfpp_utils.methods.qca.covers import Covers, minimal_covers, smallest
from pfpp_utils.methods.qca.deadline import Deadline
from pfpp_utils.methods.qca.implicants import prime_implicants
from pfpp_utils.methods.qca.memberships import check
from pfpp_utils.methods.qca.solutions import read_expectations, solve
from pfpp_utils.methods.qca.terms import Term, bit, covers, text
from pfpp_utils.methods.qca.truth_table import Row, TruthTable, build

PATIENT = Deadline(1e6)


def code(row):
    return int("".join(map(str, row)), 2)


def readable(term, size):
    return tuple(
        None if not term.care & bit(at, size) else int(bool(term.value & bit(at, size))) for at in range(size)
    )


def table(positive, negative, size):
    rows = [Row(code(row), 1.0, 1.0, out, ("x",), (), ()) for out, group in ((1, positive), (0, negative))
            for row in sorted(group)]  # fmt: skip
    return TruthTable(size, tuple(rows))


def found(solution, size):
    return {frozenset(readable(term, size) for term in model) for model in solution.models}


@st.composite
def functions(draw, largest=4):
    """Positive and negative rows of a truth table, and directional expectations."""
    size = draw(st.integers(1, largest))
    outs = draw(st.lists(st.sampled_from([1, 0, "?"]), min_size=2**size, max_size=2**size))
    rows = list(product((0, 1), repeat=size))
    positive = {row for row, out in zip(rows, outs, strict=True) if out == 1} or {rows[0]}
    negative = {row for row, out in zip(rows, outs, strict=True) if out == 0} - positive
    expected = draw(st.dictionaries(st.integers(0, size - 1), st.booleans()))
    return size, positive, negative, expected


@st.composite
def tables_of_cases(draw):
    """Cases, crisp or fuzzy, as a table; names of the conditions; directional expectations."""
    conditions = list("ABCDE")[: draw(st.integers(1, 5))]
    degrees = st.sampled_from(draw(st.sampled_from([[0.0, 1.0], [0.0, 0.2, 0.4, 0.6, 0.8, 1.0]])))
    rows = st.lists(degrees, min_size=len(conditions), max_size=len(conditions))
    cells = draw(
        st.lists(rows, min_size=len(conditions) + 1, max_size=16).filter(lambda cells: len(cells) > 1)
    )
    outcome = draw(st.lists(degrees, min_size=len(cells), max_size=len(cells)))
    outcome[:2] = [1.0, 0.0]
    frame = pd.DataFrame(cells, columns=conditions, index=[f"c{at}" for at in range(len(cells))])
    expected = draw(st.dictionaries(st.integers(0, len(conditions) - 1), st.booleans()))
    return frame.assign(Y=outcome), conditions, expected


def in_model(case, terms):
    """Tell from a model's text whether a case is more in it than out."""
    literals = [[part for part in term.split("*") if part != "1"] for term in terms]
    return any(
        all((case[part[1:]] < 0.5) if part[0] == "~" else (case[part] > 0.5) for part in parts)
        for parts in literals
    )


class TestAgainstBruteForce:
    @given(functions())
    def test_prime_implicants(self, function):
        size, positive, negative, _ = function
        forbidden = np.zeros(2**size, dtype=bool)
        forbidden[[code(row) for row in negative]] = True
        terms = prime_implicants([code(row) for row in positive], forbidden, size)
        assert {readable(term, size) for term in terms} == primes(positive, negative)
        assert len(set(terms)) == len(terms)

    @given(functions())
    def test_every_minimal_model_of_every_solution(self, function):
        size, positive, negative, expected = function
        solved = solve(table(positive, negative, size), expected, limit=10_000, deadline=PATIENT)
        assert found(solved["conservative"], size) == conservative(positive, negative)
        assert found(solved["parsimonious"], size) == parsimonious(positive, negative)
        assert found(solved["intermediate"], size) == intermediate(positive, negative, expected)
        assert all(solution.complete for solution in solved.values())
        assert all(len(set(solution.models)) == len(solution.models) for solution in solved.values())

    @given(st.lists(st.integers(1, 63), min_size=1, max_size=9))
    def test_minimal_covers(self, chart):
        chart = [*chart, 0b111000, 0b000111]
        covering = [
            tuple(at for at in range(len(chart)) if chosen >> at & 1)
            for chosen in range(1, 2 ** len(chart))
            if np.bitwise_or.reduce([c for at, c in enumerate(chart) if chosen >> at & 1]) == 63
        ]
        least = min(map(len, covering))
        expected = sorted(cover for cover in covering if len(cover) == least)
        table = to_table(chart, 6)
        assert minimal_covers(chart, 6, limit=10_000, deadline=PATIENT) == Covers(expected, True, True)
        one, proved = smallest(table, PATIENT)
        assert (len(one), proved) == (least, True)
        assert set(exchanged(table, one, PATIENT)) <= set(expected)
        assert sorted(map(sorted, Search(table, PATIENT).covers(least))) == list(map(list, expected))
        late, proved = smallest(table, Deadline(0))
        assert any(set(late) >= set(cover) for cover in covering)
        assert (len(late) >= least, proved) == (True, False)


def test_intermediate_models_derive_from_every_tied_conservative_model():
    # Each of two tied conservative models leads to one intermediate model only.
    positive = {(0, 0, 0, 0), (0, 0, 1, 0), (0, 1, 1, 0), (0, 1, 1, 1), (1, 0, 0, 0), (1, 0, 1, 1)}
    solved = solve(table(positive, {(1, 0, 0, 1)}, 4), dict.fromkeys(range(4), True))
    named = {
        kind: {frozenset(text(term, "ABCD") for term in model) for model in solution.models}
        for kind, solution in solved.items()
    }
    assert len(named["conservative"]) == 2
    assert named["intermediate"] == {frozenset({"A*C", "B*C", "~D"}), frozenset({"C", "~D"})}
    assert found(solved["intermediate"], 4) == intermediate(
        positive, {(1, 0, 0, 1)}, dict.fromkeys(range(4), 1)
    )


class TestAnyData:
    @given(functions(largest=5))
    def test_a_solution_covers_every_positive_row_and_no_negative_one(self, function):
        size, positive, negative, expected = function
        for solution in solve(table(positive, negative, size), expected).values():
            assert solution.models
            for model in solution.models:
                assert all(any(covers(term, code(row)) for term in model) for row in positive)
                assert not any(covers(term, code(row)) for term in model for row in negative)

    @settings(max_examples=60)
    @given(tables_of_cases(), st.sampled_from([0.6, 0.75, 0.9, 1.0]), st.integers(1, 2))
    def test_every_model_covers_the_cases_of_positive_rows_and_none_of_negative_ones(self, case, cut, n_cut):
        frame, conditions, expected = case
        found = analyse(
            check(frame, outcome="Y", conditions=conditions), incl_cut=cut, n_cut=n_cut, expect=expected
        ).as_dict()
        wanted, unwanted = (
            {name for row in found["truth_table"] if row["out"] == out for name in row["cases"]}
            for out in (1, 0)
        )
        for kind in ("conservative", "parsimonious", "intermediate"):
            models = found["solutions"][kind]["models"]
            assert bool(models) == bool(wanted)
            for model in models:
                covered = {name for name in frame.index if in_model(frame.loc[name], model["terms"])}
                assert wanted <= covered
                assert not covered & unwanted
                assert covered == {name for names in model["covered_cases"].values() for name in names}

    @given(functions(largest=5))
    def test_the_conservative_solution_covers_nothing_else(self, function):
        size, positive, negative, _ = function
        for model in solve(table(positive, negative, size))["conservative"].models:
            covered = {row for row in range(2**size) if any(covers(term, row) for term in model)}
            assert covered == set(map(code, positive))

    @given(functions(largest=5))
    def test_without_expectations_intermediate_is_conservative(self, function):
        size, positive, negative, _ = function
        solved = solve(table(positive, negative, size))
        assert solved["intermediate"].models == solved["conservative"].models

    @given(st.data())
    def test_order_of_conditions_and_cases_does_not_matter(self, data):
        names = ["A", "B", "C", "D"]
        degrees = st.sampled_from([0.0, 0.2, 0.4, 0.6, 0.8, 1.0])
        cells = data.draw(st.lists(st.lists(degrees, min_size=4, max_size=4), min_size=6, max_size=9))
        outcome = data.draw(st.lists(degrees, min_size=len(cells), max_size=len(cells)))
        outcome[:2] = [0.9, 0.1]
        frame = pd.DataFrame(cells, columns=names, index=[f"c{at}" for at in range(len(cells))])
        frame = frame.assign(Y=outcome)
        shuffled = frame.loc[data.draw(st.permutations(list(frame.index)))]
        order = data.draw(st.permutations(names))

        def models(frame, names):
            solved = solve(
                build(check(frame, outcome="Y", conditions=names), incl_cut=0.75),
                {names.index("A"): True, names.index("C"): False},
            )
            return {
                kind: {frozenset(frozenset(text(t, names).split("*")) for t in m) for m in solution.models}
                for kind, solution in solved.items()
            }

        assert models(frame, names) == models(shuffled, list(order))


class TestTies:
    # A textbook function whose six prime implicants form a ring: rows 0, 1, 2, 5, 6 and 7.
    POSITIVE: ClassVar = {(0, 0, 0), (0, 0, 1), (0, 1, 0), (1, 0, 1), (1, 1, 0), (1, 1, 1)}
    NEGATIVE: ClassVar = {(0, 1, 1), (1, 0, 0)}
    BOTH: ClassVar = {frozenset({"~A*~B", "A*C", "B*~C"}), frozenset({"A*B", "~A*~C", "~B*C"})}

    def test_both_models_are_returned_for_every_kind(self):
        for solution in solve(table(self.POSITIVE, self.NEGATIVE, 3)).values():
            named = {frozenset(text(term, "ABC") for term in model) for model in solution.models}
            assert named == self.BOTH

    def test_terms_that_cover_the_same_rows_make_tied_models(self):
        solved = solve(table({(1, 1)}, {(0, 0)}, 2))["parsimonious"]
        assert solved.models == ((Term(2, 2),), (Term(1, 1),))

    def test_a_dominated_prime_implicant_stays_in_the_running(self):
        # A covers both rows; so the models with the fewest terms do without B*C, though it is prime.
        solved = solve(table({(1, 0, 0), (1, 1, 1)}, {(0, 0, 0)}, 3))["parsimonious"]
        assert solved.models == ((Term(4, 4),),)

    def test_more_models_than_the_limit_are_not_all_listed(self):
        solved = solve(table(self.POSITIVE, self.NEGATIVE, 3), limit=1)
        assert [len(solution.models) for solution in solved.values()] == [1, 1, 1]
        assert not any(solution.complete for solution in solved.values())


class TestTimeIsUp:
    RING = (0b0011, 0b0110, 0b1100, 0b1001, 0b0101, 0b1010)

    def test_a_cover_is_given_all_the_same(self):
        every = minimal_covers(self.RING, 4, limit=10, deadline=PATIENT)
        late = minimal_covers(self.RING, 4, limit=10, deadline=Deadline(0))
        assert (every.complete, every.smallest, late.complete, late.smallest) == (True, True, False, False)
        assert set(late.found) < set(every.found)

    @pytest.mark.parametrize("status", [1, 4])
    @pytest.mark.parametrize("incumbent", [None, np.array([0.0, 1, 0, 1, 0, 0])])
    def test_the_integer_programme_gives_up(self, monkeypatch, status, incumbent):
        def milp(*_, options, **__):
            assert 0 < options["time_limit"] <= 5
            return OptimizeResult(x=incumbent, status=status)

        monkeypatch.setattr("pfpp_utils.methods.qca.covers.milp", milp)
        found = minimal_covers(self.RING, 4, limit=10)
        assert (found.complete, found.smallest) == (False, False)
        assert found.found
        for cover in found.found:
            assert np.bitwise_or.reduce([self.RING[at] for at in cover]) == 0b1111

    @given(functions(largest=5))
    def test_models_of_every_kind_still_cover_what_they_must(self, function):
        size, positive, negative, expected = function
        for solution in solve(table(positive, negative, size), expected, deadline=Deadline(0)).values():
            assert solution.models
            for model in solution.models:
                assert all(any(covers(term, code(row)) for term in model) for row in positive)
                assert not any(covers(term, code(row)) for term in model for row in negative)

    def test_the_warning_says_that_the_smallest_may_be_missing(self):
        solved = solve(table(TestTies.POSITIVE, TestTies.NEGATIVE, 3), {0: True}, deadline=Deadline(0))
        messages = [
            c.message for c in of_solutions(solved, expected=True) if c.name == "models_not_all_listed"
        ]
        assert len(messages) == 3
        assert all(
            "may be missing" in message and "may not be the smallest" in message for message in messages
        )

    def test_kinds_share_one_deadline(self, monkeypatch):
        given = []

        def noted(chart, rows, *, limit, deadline):
            given.append(deadline.at)
            return minimal_covers(chart, rows, limit=limit, deadline=deadline)

        monkeypatch.setattr(solving, "minimal_covers", noted)
        deadline = Deadline(1000)
        solve(table(TestTies.POSITIVE, TestTies.NEGATIVE, 3), {0: True}, deadline=deadline)
        assert len(given) >= 3
        assert max(given) == deadline.at

    def test_hundreds_of_terms_do_not_overflow_the_stack(self):
        # 500 pairs of rows, each covered by one class together or by two apart.
        chart = [side << 2 * at for at in range(500) for side in (0b01, 0b10, 0b11)]
        cover = next(Search(to_table(chart, 1000), PATIENT).covers(500))
        assert {chart[at] for at in cover} == {0b11 << 2 * at for at in range(500)}


def test_long_models_are_listed_less_often():
    chart = [side << 3 * at for at in range(100) for side in (0b011, 0b110, 0b101)]
    assert len(minimal_covers(chart, 300, limit=1000).found) == 30_000 // 200


def test_without_negative_rows_the_model_is_always_true():
    solved = solve(table({(1, 0)}, set(), 2))
    assert [text(term, "AB") for term in solved["parsimonious"].models[0]] == ["1"]


def test_without_positive_rows_there_are_no_models():
    assert [s.models for s in solve(table(set(), {(1, 0)}, 2)).values()] == [(), (), ()]


def test_twelve_conditions_with_many_ties_are_within_reach():
    random = np.random.default_rng(12)
    x = np.round(random.random((45, 12)), 1)
    x[x == 0.5] = 0.6
    frame = pd.DataFrame(x, columns=list("ABCDEFGHIJKL")).assign(Y=np.round(random.random(45), 1))
    solved = solve(
        build(check(frame, outcome="Y", conditions=list("ABCDEFGHIJKL")), incl_cut=0.85),
        dict.fromkeys(range(12), True),
    )
    assert all(solution.models for solution in solved.values())


class TestExpectations:
    def test_are_read(self):
        assert read_expectations(["A=1", " B = 0"], ["A", "B", "C"]) == {0: True, 1: False}

    @pytest.mark.parametrize("wrong", [["D=1"], ["A"], ["A=2"], ["A=1", "A=0"], ["=1"]])
    def test_wrong_ones_are_refused(self, wrong):
        with pytest.raises(InputError):
            read_expectations(wrong, ["A", "B", "C"])
