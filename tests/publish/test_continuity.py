"""From year to year: counted where two years that follow each other are held, otherwise said why not."""

from __future__ import annotations

import dataclasses

import pandas as pd
import pytest

from pfpp_utils.data import external, grants
from pfpp_utils.publish import continuity


@pytest.fixture
def held(monkeypatch):
    """Pretend that registers of some years are held, each with one grant of its own and one of every year."""

    def hold(*years):
        def read_register(year):
            awards = pd.DataFrame(
                {"programme": ["S", year], "programme_title": ["All", year], "amount_gbp": [1.0, 2]}
            )
            return dataclasses.replace(grants.bundled(), awards=awards, year=year, illustrative=False)

        monkeypatch.setattr(external, "held_years", lambda _: list(years))
        monkeypatch.setattr(grants, "placeable", lambda: True)
        monkeypatch.setattr(grants, "read_register", read_register)
        return read_register(years[0]) if years else grants.bundled()

    return hold


def test_grants_that_go_on_end_and_begin_are_counted_where_two_years_are_held(held):
    held("2015-16", "2017-18", "2018-19")
    found = continuity.counted()
    assert found[["From", "To"]].drop_duplicates().to_numpy().tolist() == [["2017-18", "2018-19"]]
    by_code = found.set_index("Grants matched by").loc["code"]
    assert by_code[["Go on", "End", "Begin", "Share that ended"]].tolist() == [1, 1, 1, 0.5]


@pytest.mark.parametrize(
    ("years", "said"),
    [
        ((), "The invented register is of one year, 2020-21"),
        (("2016-17",), "Only 2016-17 is held"),
        (("2014-15", "2016-17"), "No two years that follow each other are held"),
    ],
)
def test_what_cannot_be_counted_is_said_with_the_command_that_does(held, years, said):
    register = held(*years)
    assert continuity.counted().empty
    text = continuity.said(register)
    assert text.startswith(said)
    assert "`pfpp spend " in text
