"""Value by area at three levels: everything is shown, too wide or unplaced."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_gazetteer import small_authorities

from pfpp_utils.data.geography.totals import totals
from pfpp_utils.errors import InputError

AREAS = small_authorities()
PLACED = pd.DataFrame(
    {
        "authority": ["E10000011", "E07000062", "E10000021", "E09000012", "S12000036", None],
        "Amount Awarded": [1.0, 2, 4, 8, 16, 32],
    }
)


@pytest.mark.parametrize(
    ("level", "shown", "too_wide"),
    [
        ("authority", {"E07000062": 2, "E09000012": 8, "S12000036": 16}, 5),
        ("upper tier", {"E10000011": 3, "E09000012": 8, "S12000036": 16}, 4),
        ("region", {"R-South East": 3, "R-East Midlands": 4, "R-London": 8, "Scotland": 16}, 0),
    ],
)
def test_levels(level, shown, too_wide):
    found = totals(PLACED, AREAS, level)
    values = found.table.set_index("code")["value_gbp"]
    assert values[values > 0].to_dict() == shown
    assert (found.too_wide_gbp, found.unplaced_gbp) == (too_wide, 32)
    assert found.share_missing == pytest.approx((too_wide + 32) / 63)
    assert set(found.authority_of.values()) == set(found.table["code"])


def test_one_nation_alone():
    found = totals(PLACED, AREAS, "region", nation="England")
    assert found.table["value_gbp"].sum() == 15
    assert found.elsewhere_gbp == {"Scotland": 16}
    assert totals(PLACED, AREAS, "region").elsewhere_gbp == {}
    assert found.unplaced_gbp == 32
    assert "Scotland" not in set(found.table["code"])
    assert not set(found.authority_of) & {"S12000036"}


@settings(max_examples=40)
@given(
    st.lists(st.tuples(st.sampled_from([*AREAS.table.index, None]), st.integers(-1000, 100_000)), min_size=1),
    st.sampled_from(["authority", "upper tier", "region"]),
)
def test_nothing_gets_lost(rows, level):
    placed = pd.DataFrame(rows, columns=["authority", "Amount Awarded"])
    found = totals(placed, AREAS, level)
    whole = found.table["value_gbp"].sum() + found.too_wide_gbp + found.unplaced_gbp
    assert whole == placed["Amount Awarded"].sum()


def test_unknown_levels_and_nations_are_refused():
    with pytest.raises(InputError, match="unknown level"):
        totals(PLACED, AREAS, "ward")
    with pytest.raises(InputError, match="unknown nation"):
        totals(PLACED, AREAS, nation="France")
