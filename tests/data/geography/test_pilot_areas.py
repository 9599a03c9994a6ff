"""The pilot places as official areas."""

import pandas as pd
import pytest

from pfpp_utils.data import places
from pfpp_utils.data.geography import pilot_areas
from pfpp_utils.errors import InputError

DISTRICTS = {"E07000061", "E07000062", "E07000063", "E07000064", "E07000065"}


def test_every_pilot_is_one_authority_but_for_east_sussex():
    counts = pilot_areas.areas()["pilot"].value_counts()
    assert sorted(counts.index) == sorted(places.slugs())
    assert counts[counts > 1].to_dict() == {"east_sussex": 6}
    assert pilot_areas.areas()["authority"].is_unique


@pytest.mark.parametrize(
    ("tiers", "expected"),
    [("all", {"E10000011"} | DISTRICTS), ("county", {"E10000011"}), ("districts", DISTRICTS)],
)
def test_the_tiers_of_east_sussex(tiers, expected):
    assert pilot_areas.codes("east_sussex", tiers) == expected
    assert pilot_areas.codes("luton", tiers) == {"E06000032"}


def test_awards_of_a_place_and_the_place_of_awards():
    awards = pd.DataFrame({"authority": ["E10000011", "E07000062", "E09000012", None], "award": [1, 2, 3, 4]})
    assert pilot_areas.in_place(awards, "east_sussex")["award"].tolist() == [1, 2]
    assert pilot_areas.in_place(awards, "east_sussex", "districts")["award"].tolist() == [2]
    slugs = pilot_areas.pilots(awards["authority"].astype("string"))
    assert slugs.fillna("").tolist() == ["east_sussex", "east_sussex", "hackney", ""]


def test_parts_of_a_place():
    parts = pilot_areas.parts("east_sussex")
    assert list(parts)[:3] == ["East Sussex (county and districts)", "East Sussex (county)", "Eastbourne"]
    assert set().union(*list(parts.values())[1:]) == parts["East Sussex (county and districts)"]


def test_unknown_places_and_tiers_are_refused():
    with pytest.raises(InputError, match="unknown place"):
        pilot_areas.codes("leeds")
    with pytest.raises(InputError, match="unknown tiers"):
        pilot_areas.codes("luton", "parishes")
