"""Correlations of spend with measures of places: known answers, properties, planted causes."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import permutation_test, spearmanr

from pfpp_utils.errors import InputError
from pfpp_utils.methods import drivers


def planted(n: int = 120, seed: int = 3) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Value follows population; births follow population and nothing else; area goes its own way."""
    random = np.random.default_rng(seed)
    population = random.lognormal(12, 0.6, n)
    measures = pd.DataFrame(
        {
            "population": population,
            "births": population * random.lognormal(0, 0.4, n),
            "area": random.lognormal(5, 1, n),
        }
    )
    values = pd.DataFrame(
        {
            "DfE": population * random.lognormal(0, 0.3, n),
            "DEFRA": measures["area"] * random.lognormal(0, 0.3, n),
        }
    )
    return values, measures


class TestCorrelate:
    def test_a_cause_behind_both_is_taken_out(self) -> None:
        values, measures = planted()
        table = drivers.correlate(values, measures, given="population").set_index(["funder", "measure"])
        births = table.loc[("DfE", "births")]
        assert births["r"] > 0.5
        assert births["p_holm"] < 0.01
        assert abs(births["partial_r"]) < 0.2
        assert births["partial_p_holm"] > 0.05
        assert table.loc[("DEFRA", "area"), "partial_p_holm"] < 0.01

    def test_agrees_with_scipy(self) -> None:
        values, measures = planted(40)
        row = drivers.correlate(values[["DfE"]], measures[["population", "area"]], given="population").iloc[1]
        expected = spearmanr(values["DfE"], measures["area"])
        assert row["r"] == pytest.approx(expected.statistic)
        by_scipy = permutation_test(
            (measures["area"].to_numpy(),),
            lambda area: spearmanr(values["DfE"], area).statistic,
            permutation_type="pairings",
            n_resamples=999,
            rng=np.random.default_rng(5),
        )
        assert row["p"] == pytest.approx(by_scipy.pvalue, abs=0.06)

    def test_partial_correlation_is_that_of_the_formula(self) -> None:
        values, measures = planted(60)
        row = drivers.correlate(values[["DfE"]], measures[["population", "births"]], given="population").iloc[
            1
        ]
        xy, xz, yz = (
            spearmanr(a, b).statistic
            for a, b in [
                (values["DfE"], measures["births"]),
                (values["DfE"], measures["population"]),
                (measures["births"], measures["population"]),
            ]
        )
        assert row["partial_r"] == pytest.approx((xy - xz * yz) / np.sqrt((1 - xz**2) * (1 - yz**2)))

    def test_held_measure_has_no_partial_correlation(self) -> None:
        table = drivers.correlate(*planted(30), given="population", permutations=99)
        held = table[table["measure"] == "population"]
        assert held[["partial_r", "partial_p", "partial_p_holm"]].isna().all(axis=None)
        assert (
            table[table["measure"] != "population"].drop(columns="shared_denominator").notna().all(axis=None)
        )

    def test_holm_never_makes_a_value_smaller_and_covers_the_whole_table(self) -> None:
        table = drivers.correlate(*planted(30), given="population", permutations=199)
        assert (table["p_holm"] >= table["p"]).all()
        assert table["p_holm"].min() == pytest.approx(min(1, len(table) * table["p"].min()))

    def test_independent_values_are_rarely_called_related(self) -> None:
        random = np.random.default_rng(1)
        found = 0
        for _ in range(40):
            values = pd.DataFrame({"A": random.normal(size=25)})
            measures = pd.DataFrame(random.normal(size=(25, 4)), columns=[*"abcd"])
            table = drivers.correlate(values, measures, given="a", permutations=199)
            found += bool((table["p_holm"] < 0.05).any())
        assert found <= 7  # 5% of 40 is 2; 8 or more would come about less than once in a thousand times

    def test_ratios_with_one_denominator_are_named(self) -> None:
        values, measures = planted(30)
        table = drivers.correlate(
            values,
            measures,
            given="population",
            denominators={"DfE": "population", "births": "population", "DEFRA": "area"},
            permutations=9,
        ).set_index(["funder", "measure"])["shared_denominator"]
        assert table[("DfE", "births")] == "population"
        assert table.drop(("DfE", "births")).isna().all()

    def test_missing_measures_leave_out_the_authority(self) -> None:
        values, measures = planted(30)
        measures.loc[:4, "births"] = np.nan
        table = drivers.correlate(values, measures, given="population", permutations=9).set_index("measure")[
            "n"
        ]
        assert table["births"].tolist() == [25, 25]
        assert table["area"].tolist() == [30, 30]

    @pytest.mark.parametrize(
        ("change", "words"),
        [
            (lambda v, m: (v, m.drop(columns="population")), "not a measure"),
            (lambda v, m: (v.head(9), m), "too few authorities"),
            (lambda v, m: (v.assign(DfE=1.0), m), "does not vary"),
        ],
    )
    def test_refuses(self, change, words: str) -> None:
        with pytest.raises(InputError, match=words):
            drivers.correlate(*change(*planted(20)), given="population", permutations=9)

    @settings(max_examples=15)
    @given(st.integers(0, 10_000), st.floats(0.5, 3))
    def test_ranks_alone_count(self, seed: int, power: float) -> None:
        values, measures = planted(25, seed)
        once = drivers.correlate(values, measures, given="population", permutations=19)
        bent = drivers.correlate(values**power, measures**power, given="population", permutations=19)
        pd.testing.assert_frame_equal(once, bent)


class TestStrongest:
    def test_finds_the_planted_driver(self) -> None:
        table = drivers.strongest(*planted(), resamples=200)
        first = table.groupby("funder").first()
        assert first["measure"].to_dict() == {"DfE": "population", "DEFRA": "area"}
        assert (first["strongest_share"] > 0.95).all()
        assert table.groupby("funder")["strongest_share"].sum().to_list() == pytest.approx([1, 1])

    def test_two_alike_share_the_resamples(self) -> None:
        values, measures = planted()
        random = np.random.default_rng(8)
        measures["people"] = measures["population"] * random.lognormal(0, 0.05, len(measures))
        table = drivers.strongest(values[["DfE"]], measures, resamples=200).set_index("measure")
        assert table.loc[["population", "people"], "strongest_share"].min() > 0.02

    def test_compares_measures_on_the_same_places(self) -> None:
        values, measures = planted(30)
        measures.loc[:4, "births"] = np.nan
        assert drivers.strongest(values, measures, resamples=9)["n"].unique().tolist() == [25]
