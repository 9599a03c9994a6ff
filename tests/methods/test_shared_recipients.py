"""Overlap of funders' recipients: known sets, bounds, empty sets."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.shared_recipients import COLUMNS, overlap

rows = st.lists(
    st.tuples(st.sampled_from("ABC"), st.sampled_from(["r1", "r2", "r3", "r4", None])), max_size=25
)


def paid(*rows):
    return pd.DataFrame(rows, columns=["funder", "recipient"]).assign(amount_gbp=1.0)


def test_known_overlap():
    [pair] = overlap(
        paid(("B", "r1"), ("A", "r1"), ("A", "r1"), ("A", "r2"), ("A", "r3"), ("B", "r4"), ("B", None))
    ).to_dict("records")
    assert pair == {
        "funder_a": "A", "funder_b": "B", "recipients_a": 3, "recipients_b": 2, "both": 1, "either": 4,
        "jaccard": 0.25, "share_of_smaller": 0.5, "value_a_to_both_gbp": 2.0, "value_b_to_both_gbp": 1.0,
    }  # fmt: skip


def test_redacted_recipients_are_not_shared():
    table = overlap(paid(("A", None), ("B", None), ("C", "r1")))
    assert table["both"].tolist() == [0, 0, 0]
    assert table["jaccard"].isna().tolist() == [False, False, True]
    assert table["share_of_smaller"].isna().all()
    assert table.iloc[2][["funder_a", "funder_b", "either"]].tolist() == ["A", "B", 0]


@pytest.mark.parametrize("table", [paid(), paid(("A", "r1"))])
def test_fewer_than_two_funders_have_no_pairs(table):
    found = overlap(table)
    assert found.empty
    assert list(found.columns) == COLUMNS


def test_most_shared_come_first():
    table = overlap(paid(*[(f, "r1") for f in "ABC"], ("B", "r2"), ("C", "r2")))
    assert list(zip(table["funder_a"], table["funder_b"], strict=True)) == [
        ("B", "C"),
        ("A", "B"),
        ("A", "C"),
    ]


@given(rows)
def test_every_pair_is_compared_as_sets_are(rows):
    table = overlap(paid(*rows))
    sets = {funder: {r for f, r in rows if f == funder and r} for funder in {f for f, _ in rows}}
    assert len(table) == len(sets) * (len(sets) - 1) // 2
    for pair in table.itertuples():
        one, other = sets[pair.funder_a], sets[pair.funder_b]
        assert (pair.both, pair.either) == (len(one & other), len(one | other))
        assert (pair.recipients_a, pair.recipients_b) == (len(one), len(other))
        if one | other:
            assert pair.jaccard == len(one & other) / len(one | other)


def test_another_kind_of_holder():
    awards = paid(("A", "r1"), ("A", "r1")).assign(programme=["P1", "P2"])
    assert overlap(awards, by="programme")["jaccard"].tolist() == [1.0]


def test_a_missing_column_is_named():
    with pytest.raises(InputError) as caught:
        overlap(paid(("A", "r1")), by="department")
    assert caught.value.allowed == "department"
