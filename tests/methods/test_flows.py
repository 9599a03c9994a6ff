"""Flows for the Sankey: every pound and award on every step, whatever is folded away."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.flows import flows

LEVELS = ["funder", "policy_area", "recipient_type"]
AWARDS = pd.DataFrame(
    [
        ("BEIS", "Net zero", "council", 40),
        ("BEIS", "Net zero", "council", 10),
        ("BEIS", "Research", "university", 30),
        ("DfE", "Schools", "council", 15),
        ("HMT", "Research", None, 5),
    ],
    columns=[*LEVELS, "amount_gbp"],
)


def test_links_go_from_level_to_level_largest_first():
    links = flows(AWARDS)
    first = links[links["source_level"] == "funder"]
    assert first["target_level"].eq("policy_area").all()
    assert first[["source", "target", "value_gbp", "awards"]].to_numpy().tolist() == [
        ["BEIS", "Net zero", 50, 2],
        ["BEIS", "Research", 30, 1],
        ["DfE", "Schools", 15, 1],
        ["HMT", "Research", 5, 1],
    ]


def test_missing_names_are_shown_as_not_stated():
    last = flows(AWARDS).iloc[-1]
    assert (last["source"], last["target"], last["value_gbp"]) == ("Research", "Recipient type not stated", 5)


def test_names_beyond_the_largest_are_folded_into_other():
    links = flows(AWARDS, ["funder", "recipient_type"], top=1)
    assert links[["source", "target", "value_gbp", "awards"]].to_numpy().tolist() == [
        ["BEIS", "council", 50, 2],
        ["BEIS", "Other recipient types", 30, 1],
        ["Other funders", "council", 15, 1],
        ["Other funders", "Other recipient types", 5, 1],
    ]


def test_folded_and_missing_names_of_two_levels_are_different_nodes():
    links = flows(AWARDS.assign(policy_area=None), top=1)
    assert not set(links["source"]) & set(links.loc[links["target_level"] == "recipient_type", "target"])


names = st.sampled_from(["a", "b", "c", "d", "Other funders", None])
rows = st.lists(st.tuples(names, names, names, st.integers(-(10**9), 10**9)), min_size=1, max_size=40)


@settings(deadline=None, max_examples=60)
@given(rows, st.none() | st.integers(1, 6))
def test_every_step_and_every_node_passes_on_what_it_takes_in(rows, top):
    awards = pd.DataFrame(rows, columns=[*LEVELS, "amount_gbp"])
    links = flows(awards, LEVELS, top=top)
    for _, step in links.groupby("source_level"):
        assert step["value_gbp"].sum() == awards["amount_gbp"].sum()
        assert step["awards"].sum() == len(awards)
    into = links[links["target_level"] == "policy_area"].groupby("target")[["value_gbp", "awards"]].sum()
    out = links[links["source_level"] == "policy_area"].groupby("source")[["value_gbp", "awards"]].sum()
    pd.testing.assert_frame_equal(into, out, check_names=False)


@settings(deadline=None, max_examples=60)
@given(rows, st.integers(1, 6))
def test_no_level_has_more_names_than_the_top_and_other(rows, top):
    links = flows(pd.DataFrame(rows, columns=[*LEVELS, "amount_gbp"]), LEVELS, top=top)
    nodes = pd.concat(
        [
            links[["source_level", "source"]].set_axis(["level", "name"], axis=1),
            links[["target_level", "target"]].set_axis(["level", "name"], axis=1),
        ]
    ).drop_duplicates()
    assert nodes.loc[~nodes["name"].str.startswith("Other ")].groupby("level").size().le(top).all()


@pytest.mark.parametrize("levels", [["funder"], [], ["funder", "funder"]])
def test_fewer_than_two_levels_are_refused(levels):
    with pytest.raises(InputError, match="levels"):
        flows(AWARDS, levels)


def test_an_unknown_level_is_named():
    with pytest.raises(InputError, match="region"):
        flows(AWARDS, ["funder", "region"])


def test_top_below_one_is_refused():
    with pytest.raises(InputError, match="top"):
        flows(AWARDS, top=0)
