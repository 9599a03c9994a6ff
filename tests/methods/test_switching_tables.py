"""Switching tables: exact, by hand, and the same as an appraisal of each cell."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import pytest
from known_case import CASE

from pfpp_utils.errors import InputError
from pfpp_utils.methods.switching import Driver
from pfpp_utils.methods.switching_tables import one_way, two_way

VALUE, DEADWEIGHT = Driver("unit_value", "work"), Driver("deadweight", "work")


def test_one_way_by_hand():
    # 200,000 / (10,000 (1 - d)): 20, exactly 25, 40, never; over 7 / 37: 105.7, 132.1, 211.4
    found = one_way(CASE, DEADWEIGHT, [0, 0.2, 0.5, 1])
    assert found["value"].tolist() == [0, 0.2, 0.5, 1]
    assert found["net_value_gbp"].tolist() == [10_000, 8_000, 5_000, 0]
    assert found["beneficiaries"].tolist()[:3] == [20, 25, 40]
    assert found["reach"].tolist()[:3] == [106, 133, 212]
    assert found[["beneficiaries", "reach"]].iloc[3].isna().all()
    assert found["npsv_gbp"].isna().all()


def test_net_present_value_where_the_people_are_known():
    found = one_way(CASE, Driver("beneficiaries"), [0, 25, 30])
    assert found["npsv_gbp"].tolist() == [-200_000, 0, 40_000]
    assert found["beneficiaries"].tolist() == [25, 25, 25]


def test_two_way_by_hand():
    found = two_way(CASE, (VALUE, [5_000, 10_000]), (DEADWEIGHT, [Fraction(1, 5), 0.5]))
    assert found[["row", "column", "beneficiaries"]].to_numpy().tolist() == [
        [5_000, 0.2, 50],
        [5_000, 0.5, 80],
        [10_000, 0.2, 25],
        [10_000, 0.5, 40],
    ]


def test_a_row_of_two_ways_is_one_way():
    deadweights = [0, 0.1, 0.3, 0.7]
    both = two_way(CASE, (VALUE, [10_000]), (DEADWEIGHT, deadweights))
    alone = one_way(CASE, DEADWEIGHT, deadweights).rename(columns={"value": "column"})
    pd.testing.assert_frame_equal(both.drop(columns="row"), alone)


def test_impossible_values():
    with pytest.raises(InputError):
        one_way(CASE, DEADWEIGHT, [1.1])
    with pytest.raises(InputError):
        two_way(CASE, (VALUE, [1]), (Driver("deadweight", "wrk"), [0.1]))
