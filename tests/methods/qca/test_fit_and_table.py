"""Parameters of fit by hand, the truth table's rows, and calibration."""

from __future__ import annotations

import math

import numpy as np
import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca import calibration, fit
from pfpp_utils.methods.qca.analysis import analyse
from pfpp_utils.methods.qca.memberships import check
from pfpp_utils.methods.qca.report import write
from pfpp_utils.methods.qca.terms import Term, membership
from pfpp_utils.methods.qca.truth_table import build

X, Y = np.array([0.8, 0.6, 0.2, 0.4]), np.array([0.9, 0.4, 0.3, 0.1])


class TestFit:
    def test_sufficiency(self):
        # min(X, Y) = .8 .4 .2 .1 = 1.5; min(X, Y, 1 - Y) = .1 .4 .2 .1 = .8; sums of X and Y 2.0 and 1.7
        found = fit.sufficiency(X, Y)
        assert found.consistency == pytest.approx(1.5 / 2.0)
        assert found.pri == pytest.approx((1.5 - 0.8) / (2.0 - 0.8))
        assert found.coverage == pytest.approx(1.5 / 1.7)

    def test_necessity(self):
        frame = pd.DataFrame({"A": X, "Y": Y})
        present, absent = fit.necessity(check(frame, outcome="Y", conditions=["A"]))
        assert (present.condition, absent.condition) == ("A", "~A")
        assert present.consistency == pytest.approx(1.5 / 1.7)
        assert present.coverage == pytest.approx(1.5 / 2.0)
        assert present.ron == pytest.approx(2.0 / 2.5)
        # min(1 - X, Y) = .2 .4 .3 .1
        assert absent.consistency == pytest.approx(1.0 / 1.7)
        assert absent.ron == pytest.approx(2.0 / 3.0)

    def test_nothing_divided_by_nothing_is_none(self):
        assert fit.sufficiency(np.zeros(4), Y) == fit.Fit(None, None, 0.0)

    def test_nothing_within_rounding_is_nothing(self):
        # What .2 shares with .8 and with 1 - .8 is all of it; 1 - .8 is a little below .2 in floating point.
        assert 1 - 0.8 != 0.2
        assert fit.sufficiency(np.array([0.2]), np.array([0.8])).pri is None

    def test_unique_coverage_is_what_goes_with_the_term(self):
        parts = [np.array([1, 1, 0, 0.6]), np.array([0, 1, 0, 0.8]), np.array([0, 0, 1, 0])]
        y = np.array([1, 1, 1, 1.0])
        assert fit.unique_coverage(parts, y) == pytest.approx([0.25, 0.05, 0.25])

    def test_unique_coverage_of_the_only_term_is_its_coverage(self):
        assert fit.unique_coverage([X], Y) == pytest.approx([1.5 / 1.7])


class TestTruthTable:
    FRAME = pd.DataFrame(
        {"A": [0.9, 0.7, 0.2, 0.6], "B": [0.1, 0.3, 0.8, 0.4], "Y": [0.8, 0.3, 0.9, 0.5]},
        index=["k", "l", "m", "n"],
    )

    def test_membership_of_a_term(self):
        sets = check(self.FRAME, outcome="Y", conditions=["A", "B"])
        assert membership(Term(0b11, 0b10), sets) == pytest.approx([0.9, 0.7, 0.2, 0.6])
        assert membership(Term(0b01, 0b01), sets) == pytest.approx([0.1, 0.3, 0.8, 0.4])
        assert membership(Term(0, 0), sets).tolist() == [1, 1, 1, 1]

    def test_rows(self):
        rows = build(check(self.FRAME, outcome="Y", conditions=["A", "B"]), incl_cut=0.8).rows
        upper = next(row for row in rows if row.code == 0b10)
        assert upper.cases == ("k", "l", "n")
        assert (upper.with_outcome, upper.without_outcome) == (("k",), ("l",))
        assert upper.contradictory
        # k .9 l .7 m .2 n .6 against .8 .3 .9 .5
        assert upper.consistency == pytest.approx(1.8 / 2.4)
        assert upper.out == 0
        assert next(row for row in rows if row.code == 0b01).out == 1

    def test_a_cut_is_met_within_rounding(self):
        sets = check(self.FRAME, outcome="Y", conditions=["A", "B"])
        exact = next(row.consistency for row in build(sets).rows if row.code == 0b10)
        assert next(r.out for r in build(sets, incl_cut=exact + 1e-10).rows if r.code == 0b10) == 1
        assert next(r.out for r in build(sets, incl_cut=exact + 1e-6).rows if r.code == 0b10) == 0

    def test_rows_with_few_cases_are_remainders(self):
        table = build(check(self.FRAME, outcome="Y", conditions=["A", "B"]), incl_cut=0.7, n_cut=2)
        assert [(row.code, row.out) for row in table.rows] == [(0b10, 1), (0b01, "?")]
        assert table.remainders == 3

    def test_report_names_rows_models_and_warnings(self):
        sets = check(self.FRAME, outcome="Y", conditions=["A", "B"])
        printed = write(analyse(sets, incl_cut=0.8, expect={0: True}))
        rows = [line.split() for line in printed.splitlines()]
        assert ["1", "0", "0", "3", "0.750"] in [row[:5] for row in rows]
        assert "k, l*, n (contradictory)" in printed
        assert "Parsimonious solution: 2 tied models" in printed
        assert "contradictory_rows: The same combination" in printed


class TestCalibration:
    def test_direct_method_at_its_anchors_and_between(self):
        values = pd.Series([400, 475, 550, 725, 900, None])
        found = calibration.direct(values, out=400, crossover=550, full=900)
        half = 1 / (1 + math.exp(math.log(19) / 2))
        assert found.tolist()[:5] == pytest.approx([0.05, half, 0.5, 1 - half, 0.95])
        assert math.isnan(found.iloc[5])

    def test_direct_method_for_a_set_of_low_values(self):
        found = calibration.direct(pd.Series([10, 5, 0]), out=10, crossover=6, full=0)
        assert found.iloc[0] == pytest.approx(0.05)
        assert found.iloc[1] > 0.5
        assert found.iloc[2] == pytest.approx(0.95)

    @pytest.mark.parametrize("anchors", [(1, 1, 2), (1, 3, 2), (2, 1, 1)])
    def test_anchors_out_of_order(self, anchors):
        out, crossover, full = anchors
        with pytest.raises(InputError, match="anchors"):
            calibration.direct(pd.Series([1.0]), out=out, crossover=crossover, full=full)

    def test_crisp_threshold_is_in(self):
        found = calibration.crisp(pd.Series([4.9, 5.0, None]), 5)
        assert found.tolist()[:2] == [0, 1]
        assert math.isnan(found.iloc[2])

    def test_marks(self):
        marks = pd.DataFrame({"A": ["S", "none"], "B": ["M", "S"]}, index=["x", "y"])
        found = calibration.from_marks(marks, {"S": 1, "M": 0.67, "none": 0})
        assert found.loc["x"].tolist() == [1, 0.67]
        assert found.loc["y"].tolist() == [0, 1]

    def test_mark_without_membership(self):
        with pytest.raises(InputError, match="mark without"):
            calibration.from_marks(pd.DataFrame({"A": ["S", "L"]}), {"S": 1})

    def test_membership_of_a_mark_out_of_range(self):
        with pytest.raises(InputError, match="outside 0 to 1"):
            calibration.from_marks(pd.DataFrame({"A": ["S"]}), {"S": 1.5})
