"""Robustness on Lipset's data, and chance against counting every shuffle."""

from __future__ import annotations

from fractions import Fraction
from itertools import combinations
from math import comb

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lipset import CONDITIONS, CRISP, FUZZY

from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca import chance, robustness
from pfpp_utils.methods.qca.analysis import analyse
from pfpp_utils.methods.qca.memberships import check

CRISP_SETS = check(CRISP, outcome="SURV", conditions=CONDITIONS)
FUZZY_SETS = check(FUZZY, outcome="SURV", conditions=CONDITIONS)


class TestRobustness:
    def test_inclusion_cuts(self):
        found = robustness.inclusion_cuts(FUZZY_SETS, [0.7, 0.8, 0.95]).set_index(["solution", "setting"])
        models = found.loc["conservative", "model"]
        assert models[0.7] == "DEV*~URB*LIT*STB + DEV*LIT*IND*STB"
        assert models[0.8] == "DEV*URB*LIT*IND*STB + DEV*~URB*LIT*~IND*STB"
        assert (models[0.95], found.loc[("conservative", 0.95), "tied"]) == ("", 0)

    def test_frequency_cuts_match_single_analyses(self):
        found = robustness.frequency_cuts(FUZZY_SETS, [1, 2, 3], incl_cut=0.7)
        for cut in (1, 2, 3):
            single = analyse(FUZZY_SETS, incl_cut=0.7, n_cut=cut).models("parsimonious")
            rows = found.query("setting == @cut and solution == 'parsimonious'")
            assert rows["terms"].tolist() == [model["terms"] for model in single]
            assert set(rows["tied"]) == {len(single)}

    def test_leave_one_out_takes_one_case_away(self):
        found = robustness.leave_one_out(CRISP_SETS).query("solution == 'parsimonious'").set_index("setting")
        assert set(found.index) == set(CRISP.index)
        assert found.loc["BE", "model"] == "DEV*STB"
        # Without Estonia, LIT and STB together are seen with survival only; without Austria nothing changes.
        assert set(found.loc[["EE"], "model"]) == {"DEV*STB", "LIT*STB"}
        assert found.loc["AU", "model"] == "DEV*STB"

    def test_a_case_that_carries_the_outcome_alone(self):
        frame = pd.DataFrame({"A": [1, 1, 0, 0], "Y": [1, 0, 0, 0]}, index=list("abcd"))
        found = robustness.leave_one_out(check(frame, outcome="Y", conditions=["A"]))
        alone = found.query("setting == 'a'")
        assert alone["model"].tolist() == ["", "", ""]
        assert alone["tied"].tolist() == [0, 0, 0]
        assert found.query("setting == 'b' and solution == 'parsimonious'")["model"].tolist() == ["A"]

    def test_survival_counts_settings(self):
        left = robustness.leave_one_out(CRISP_SETS)
        kept = robustness.survival(left).set_index(["solution", "term"])
        assert kept.loc[("parsimonious", "DEV*STB"), ["in_any", "in_all", "settings"]].tolist() == [
            18,
            17,
            18,
        ]
        assert kept.loc[("parsimonious", "LIT*STB"), ["in_any", "in_all"]].tolist() == [1, 0]

    def test_bad_cut(self):
        with pytest.raises(InputError):
            robustness.inclusion_cuts(FUZZY_SETS, [0.8, 1.2])


def shuffles(sizes, having):
    """Every way to give the outcome to so many cases, as counts by row."""
    rows = [row for row, size in enumerate(sizes) for _ in range(size)]
    for chosen in combinations(range(len(rows)), having):
        yield [sum(rows[case] == row for case in chosen) for row in range(len(sizes))]


class TestChance:
    @settings(max_examples=40)
    @given(st.lists(st.integers(1, 4), min_size=1, max_size=4), st.data())
    def test_against_every_shuffle(self, sizes, data):
        having = data.draw(st.integers(0, sum(sizes)))
        explained = data.draw(st.integers(0, sum(sizes)))
        every = list(shuffles(sizes, having))
        clean = sum(all(n in {0, size} for n, size in zip(ns, sizes, strict=True)) for ns in every)
        whole = sum(
            sum(size for n, size in zip(ns, sizes, strict=True) if n == size) >= explained for ns in every
        )
        assert len(every) == comb(sum(sizes), having)
        assert chance.share_without_contradiction(sizes, having) == Fraction(clean, len(every))
        assert chance.share_as_consistent(sizes, having, explained) == Fraction(whole, len(every))

    def test_lipset(self):
        sizes = chance.row_sizes(CRISP_SETS)
        assert sizes == [4, 3, 2, 2, 2, 2, 1, 1, 1]
        assert chance.consistent_cases(CRISP_SETS) == 8
        assert chance.share_as_consistent(sizes, 8, 8) == chance.share_without_contradiction(sizes, 8)
