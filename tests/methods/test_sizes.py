"""Shares of small awards and bands of size, at and around the threshold."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.methods.sizes import Share, size_bands, small_by, small_share

AWARDS = pd.DataFrame(
    {
        "amount_gbp": [99_999, 100_000, 100_001, 5, -20],
        "recipient_type": ["council", "council", "private", "private", "council"],
        "place": ["Luton", "Luton", "Luton", "Durham", "Durham"],
    }
)


def test_an_award_of_the_threshold_is_not_small():
    assert small_share(AWARDS, 100_000) == Share(3, 5)
    assert small_share(AWARDS, 100_001) == Share(4, 5)


def test_share_of_one_type_of_recipient():
    councils = small_share(AWARDS, 100_000, recipient_type="council")
    assert (councils.count, councils.total, councils.share) == (2, 3, 2 / 3)


def test_an_unknown_type_is_refused_with_those_there_are():
    with pytest.raises(InputError) as caught:
        small_share(AWARDS, 100_000, recipient_type="councils")
    assert (caught.value.found, caught.value.allowed) == ("councils", "council, private")


def test_no_awards_have_no_share():
    with pytest.raises(InputError, match="no awards"):
        small_share(AWARDS.iloc[:0], 100_000)


@pytest.mark.parametrize("threshold", [0, -1, float("nan")])
def test_a_threshold_that_nothing_can_be_under_is_refused(threshold):
    with pytest.raises(InputError, match="threshold_gbp"):
        small_share(AWARDS, threshold)
    with pytest.raises(InputError, match="threshold_gbp"):
        small_by(AWARDS, threshold)


def test_small_by_place():
    table = small_by(AWARDS, 100_000)
    assert table.to_dict("list") == {
        "place": ["Durham", "Luton"],
        "small": [2, 1],
        "awards": [2, 3],
        "share": [1.0, 1 / 3],
    }


def test_the_total_row_counts_every_award_once():
    table = small_by(AWARDS, 100_000, "recipient_type", total="all bodies")
    assert table["recipient_type"].tolist() == ["council", "private", "all bodies"]
    assert table.iloc[-1].tolist() == ["all bodies", 3, 5, 0.6]
    pd.testing.assert_frame_equal(table.iloc[:-1], small_by(AWARDS, 100_000, "recipient_type"))


def test_bands_hold_every_award_once_and_edges_go_up():
    table = size_bands(AWARDS, [10, 100_000])
    assert table["band"].tolist() == ["under £10", "£10 to under £100,000", "£100,000 or more"]
    assert table["awards"].tolist() == [2, 1, 2]
    assert table["value_gbp"].tolist() == [-15, 99_999, 200_001]
    assert table["share"].tolist() == [0.4, 0.2, 0.4]


def test_empty_bands_are_shown():
    assert size_bands(AWARDS, [1_000_000, 2_000_000])["awards"].tolist() == [5, 0, 0]


@pytest.mark.parametrize("edges", [[], [0, 10], [10, 10], [20, 10]])
def test_edges_that_do_not_rise_from_above_0_are_refused(edges):
    with pytest.raises(InputError, match="edges"):
        size_bands(AWARDS, edges)


amounts = st.lists(st.integers(-(10**9), 10**9), min_size=1, max_size=40)
some_edges = st.lists(st.integers(1, 10**8), min_size=1, max_size=5, unique=True).map(sorted)


@settings(deadline=None, max_examples=60)
@given(amounts, some_edges)
def test_bands_lose_nothing_and_agree_with_the_share_under_their_lowest_edge(values, edges):
    awards = pd.DataFrame({"amount_gbp": values})
    table = size_bands(awards, edges)
    assert table["awards"].sum() == len(values)
    assert table["value_gbp"].sum() == sum(values)
    assert table["awards"].iloc[0] == small_share(awards, edges[0]).count


# Report, section 3.1.3: 70% of the awards to all bodies, about a third (33%) of those to councils.
@pytest.mark.parametrize(("recipient_type", "percent"), [(None, 70), ("council", 33)])
def test_published_shares_come_out_of_the_illustrative_register(recipient_type, percent):
    from pfpp_utils.data.grants import read_register

    awards = read_register("2020-21").awards.dropna(subset="pilot")
    assert round(100 * small_share(awards, 100_000, recipient_type=recipient_type).share) == percent
