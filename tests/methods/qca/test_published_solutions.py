"""The published solutions of Lipset (1959), to three decimals, crisp and fuzzy, and for breakdown."""

from __future__ import annotations

import pytest
from lipset import CONDITIONS, CRISP, FUZZY

from pfpp_utils.methods.qca.analysis import analyse
from pfpp_utils.methods.qca.memberships import check

PRESENT = dict.fromkeys(range(5), True)
ABSENT = dict.fromkeys(range(5), False)


def analysed(frame, *, incl_cut=1.0, negate=False, expect=None):
    sets = check(frame, outcome="SURV", conditions=CONDITIONS, negate=negate)
    return analyse(sets, incl_cut=incl_cut, expect=expect)


def only(models):
    assert len(models) == 1
    return models[0]


def near(published):
    return pytest.approx(published, abs=0.0005)


class TestCrisp:
    def test_conservative(self):
        model = only(analysed(CRISP).models("conservative"))
        assert model["terms"] == ["DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"]
        assert list(model["raw_coverage"].values()) == near([0.500, 0.750])
        assert list(model["unique_coverage"].values()) == near([0.250, 0.500])
        assert [model["consistency"], model["coverage"]] == [1, 1]

    def test_parsimonious(self):
        model = only(analysed(CRISP).models("parsimonious"))
        assert model["terms"] == ["DEV*STB"]
        assert [model["consistency"], model["coverage"]] == [1, 1]

    def test_intermediate(self):
        model = only(analysed(CRISP, expect=PRESENT).models("intermediate"))
        assert model["terms"] == ["DEV*LIT*STB"]
        assert [model["consistency"], model["coverage"]] == [1, 1]

    def test_breakdown(self):
        found = analysed(CRISP, negate=True, expect=ABSENT)
        assert only(found.models("conservative"))["terms"] == ["~DEV*~URB*~IND", "DEV*LIT*IND*~STB"]
        assert only(found.models("parsimonious"))["terms"] == ["~DEV", "~STB"]
        assert only(found.models("intermediate"))["terms"] == ["~STB", "~DEV*~URB*~IND"]

    def test_truth_table(self):
        table = analysed(CRISP).as_dict()["truth_table"]
        assert [(row["out"], row["n"]) for row in table] == [
            (1, 4), (1, 2), (1, 2), (0, 3), (0, 2), (0, 2), (0, 1), (0, 1), (0, 1)
        ]  # fmt: skip
        assert table[0]["cases"] == ["BE", "CZ", "NL", "UK"]
        assert analysed(CRISP).table.remainders == 32 - 9


class TestFuzzy:
    def test_conservative(self):
        model = only(analysed(FUZZY, incl_cut=0.7).models("conservative"))
        assert model["terms"] == ["DEV*~URB*LIT*STB", "DEV*LIT*IND*STB"]
        assert [model["consistency"], model["pri"], model["coverage"]] == near([0.871, 0.851, 0.818])

    def test_parsimonious(self):
        model = only(analysed(FUZZY, incl_cut=0.7).models("parsimonious"))
        assert model["terms"] == ["DEV*STB"]
        assert [model["consistency"], model["pri"], model["coverage"]] == near([0.869, 0.848, 0.824])

    def test_intermediate(self):
        model = only(analysed(FUZZY, incl_cut=0.7, expect=PRESENT).models("intermediate"))
        assert model["terms"] == ["DEV*LIT*STB"]
        assert [model["consistency"], model["pri"], model["coverage"]] == near([0.869, 0.848, 0.824])

    def test_truth_table(self):
        table = analysed(FUZZY, incl_cut=0.7).as_dict()["truth_table"]
        positive = {tuple(row[name] for name in CONDITIONS): row for row in table if row["out"] == 1}
        assert set(positive) == {(1, 1, 1, 1, 1), (1, 0, 1, 1, 1), (1, 0, 1, 0, 1)}
        assert positive[1, 1, 1, 1, 1]["consistency"] == near(0.904)
        assert positive[1, 1, 1, 1, 1]["pri"] == near(0.886)
        assert positive[1, 0, 1, 0, 1]["consistency"] == near(0.804)
        assert positive[1, 0, 1, 1, 1]["consistency"] == near(0.709)
