"""Reach against target: the figures of the report's Table 9, ranges, gaps and impossible figures."""

from __future__ import annotations

import math

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.reach import against_target

NONE = math.nan


def one(value, low, high):
    return against_target(pd.DataFrame({"value": [value], "target_low": [low], "target_high": [high]})).iloc[
        0
    ]


@pytest.mark.parametrize(
    ("value", "low", "high", "ratio_low", "ratio_high", "status"),
    [
        (215, 150, 200, 215 / 200, 215 / 150, "met"),  # Birmingham: a range
        (330, 539, 539, 330 / 539, 330 / 539, "below"),  # Bradford
        (37, 50, 50, 0.74, 0.74, "below"),  # Cornwall
        (700, 100, 100, 7, 7, "met"),  # Liverpool
        (1000, 4240, 4240, 1000 / 4240, 1000 / 4240, "below"),  # Southwark
        (50, 50, 50, 1, 1, "met"),
        (150, 150, 200, 0.75, 1, "within_range"),
        (199, 150, 200, 0.995, 199 / 150, "within_range"),
        (200, 150, 200, 1, 200 / 150, "met"),
        (149, 150, 200, 0.745, 149 / 150, "below"),
        (0, 50, 50, 0, 0, "below"),
        (37, 50, NONE, 0.74, 0.74, "below"),
        (37, NONE, 50, 0.74, 0.74, "below"),
        (177, NONE, NONE, NONE, NONE, "no_target"),
        (NONE, 50, 50, NONE, NONE, "no_value"),
        (NONE, NONE, NONE, NONE, NONE, "no_target"),
    ],
)
def test_ratio_and_status(value, low, high, ratio_low, ratio_high, status):
    row = one(value, low, high)
    assert row["ratio_low"] == pytest.approx(ratio_low, nan_ok=True)
    assert row["ratio_high"] == pytest.approx(ratio_high, nan_ok=True)
    assert row["status"] == status


def test_rows_and_other_columns_are_kept():
    frame = pd.DataFrame(
        {"pilot": ["a", "b"], "value": [1, 2], "target_low": [2, 2], "target_high": [2, 2]}, index=[7, 3]
    )
    result = against_target(frame)
    assert result[frame.columns.tolist()].equals(frame)
    assert result["status"].to_dict() == {7: "below", 3: "met"}
    assert "status" not in frame.columns


def test_nullable_integers_are_read():
    frame = pd.DataFrame(
        {"value": [37, None], "target_low": [50, None], "target_high": [50, None]}, dtype="Int64"
    )
    assert against_target(frame)["status"].tolist() == ["below", "no_target"]


@pytest.mark.parametrize(
    ("value", "low", "high", "column"),
    [
        (-1, 50, 50, "value"),
        (1, 0, 50, "target_low"),
        (1, 60, 50, "target_high"),
        ("many", 50, 50, "value"),
        (1, "N/A", 50, "target_low"),
    ],
)
def test_impossible_figures(value, low, high, column):
    with pytest.raises(InputError, match=column):
        one(value, low, high)


def test_missing_column():
    with pytest.raises(InputError, match="target_high"):
        against_target(pd.DataFrame({"value": [1], "target_low": [1]}))
