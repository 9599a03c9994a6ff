"""The places: known by slug, and an unknown one is answered with the list."""

from __future__ import annotations

import pytest

from pfpp_utils.data import places
from pfpp_utils.errors import InputError

pytestmark = pytest.mark.usefixtures("small_project")


def test_slugs_and_labels_in_the_order_of_the_table():
    assert places.slugs() == ["north", "south"]
    assert list(places.labels().items()) == [("north", "North"), ("south", "South")]


def test_a_known_place_passes_through():
    assert places.check("south") == "south"
    assert places.profile("south")["funding_gbp"] == 50000


@pytest.mark.parametrize("place", ["leeds", "North", "", "programme", 3, None])
def test_an_unknown_place_is_answered_with_the_list(place):
    with pytest.raises(InputError, match="unknown place") as caught:
        places.check(place, where="plan.yml, line 7")
    assert "where:   plan.yml, line 7" in str(caught.value)
    assert f"found:   {place!r}" in str(caught.value)
    assert "allowed: north, south" in str(caught.value)


def test_the_programme_is_a_place_only_where_it_is_allowed():
    assert places.check("programme", programme=True) == "programme"
    with pytest.raises(InputError, match="allowed: programme, north, south"):
        places.check("leeds", programme=True)


def test_an_unknown_place_has_no_profile():
    with pytest.raises(InputError, match="unknown place"):
        places.profile("leeds")
