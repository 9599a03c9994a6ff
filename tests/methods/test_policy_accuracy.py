"""Accuracy of policy areas: counts by hand, intervals, baselines; and the agreement of labellers."""

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.agreement import agreement
from pfpp_utils.methods.policy_accuracy import baselines, by_area, confusion, overall
from pfpp_utils.methods.proportions import exact_interval

NONE = "not assigned"
LABELS = pd.Series(["A", "A", "B", "B", NONE])
ASSIGNED = pd.DataFrame(
    {"area": ["A", "B", "B", NONE, NONE], "by": ["rule", "rule", "similarity", "none", "none"]}
)
VALUES = pd.Series([10.0, -30.0, 40.0, 15.0, 5.0])


def test_confusion_counts_pairs():
    table = confusion(LABELS, ASSIGNED["area"])
    assert table.loc["A"].to_dict() == {"A": 1, "B": 1, NONE: 0}
    assert table.to_numpy().sum() == 5


def test_precision_and_recall_of_an_area():
    table = by_area(LABELS, ASSIGNED["area"]).set_index(["area", "measure"])
    assert table[["right", "of"]].to_numpy().tolist() == [[1, 1], [1, 2], [1, 2], [1, 2]]
    assert table.loc[("B", "recall"), "low"] == exact_interval(1, 2).low


def test_an_area_never_assigned_has_no_precision():
    table = by_area(pd.Series(["A"]), pd.Series(["B"]))
    assert table[["area", "measure"]].to_numpy().tolist() == [["A", "recall"], ["B", "precision"]]


def test_accuracy_in_all_and_by_way():
    table = overall(LABELS, ASSIGNED, VALUES).set_index("by")
    assert table[["right", "of"]].T.to_dict("list") == {
        "all": [3, 5],
        "assigned": [2, 3],
        "rule": [1, 2],
        "similarity": [1, 1],
        "none": [1, 2],
    }
    assert table["share"].tolist() == [1, 0.6, 0.4, 0.2, 0.4]
    assert table.loc["all", "right_by_value"] == pytest.approx(0.55)  # 10 + 40 + 5 of 100
    assert table.loc["rule", ["right_by_value", "share_by_value"]].tolist() == pytest.approx([0.25, 0.4])
    assert table.loc["all", "high"] == exact_interval(3, 5).high


def test_baselines_guess_without_reading():
    train = pd.DataFrame(
        {"label": ["A", "A", "B", "B", "A"], "cofog": ["1", "1", "2", "2", "2"], "value_gbp": 1}
    )
    test = pd.DataFrame(
        {"label": ["A", "B", "B", "A"], "cofog": ["1", "2", None, "9"], "value_gbp": [1, 1, 6, 2]}
    )
    table = baselines(train, test).set_index("baseline")
    assert table["right"].tolist() == [2, 3]
    assert table["right_by_value"].tolist() == [0.3, 0.4]


def test_columns_are_required():
    with pytest.raises(InputError, match="missing column"):
        overall(LABELS, ASSIGNED[["area"]], VALUES)
    with pytest.raises(InputError, match="missing column"):
        baselines(pd.DataFrame({"label": ["A"]}), pd.DataFrame({"label": ["A"]}))


@pytest.mark.parametrize(
    ("second", "kappa", "share"),
    [
        (["a", "a", "b", "b"], 1, 1),
        (["a", "a", "b", "a"], 0.5, 0.75),
        (["b", "b", "a", "a"], -1, 0),
        (["a", "a", None, None], 1, 1),
    ],
)
def test_kappa_is_agreement_beyond_chance(second, kappa, share):
    found, same = agreement(pd.Series(["a", "a", "b", "b"]), pd.Series(second))
    assert found == pytest.approx(kappa)
    assert same.estimate == share


def test_labels_of_one_person_agree_with_nothing():
    with pytest.raises(InputError, match="no row has two labels"):
        agreement(pd.Series(["a"]), pd.Series([None]))
