"""Groups of names: those that the claims name, and what is in them."""

from __future__ import annotations

import pytest

from pfpp_utils.data import claim_groups, tables

GROUPS = claim_groups.load()


def test_every_group_that_a_claim_names_exists_and_has_members() -> None:
    named = tables.load("claims")[["members", "against"]].stack().dropna()
    assert len(named) > 60
    assert [name for name in named if not GROUPS.get(name)] == []


@pytest.mark.parametrize(
    ("name", "members"),
    [
        ("pilots middle", ["Bradford", "Hackney", "Liverpool", "Luton", "Sunderland", "Wakefield"]),
        ("pilots by_amount low", ["Durham", "Newcastle", "Northumberland"]),
        ("breakeven_pilots target_published", ["Cornwall", "Liverpool", "Newcastle"]),
        ("local_boards new_board sustained", ["Birmingham", "East Sussex", "Luton"]),
        ("funding_unlocked mine_water_heating 5.2.1", ["Northeast Local Net Zero Hub Board"]),
        ("spend_overlaps 1.2", ["DCMS", "DESNZ", "DHSC", "DLUHC"]),
        ("pilot_success pfpp_outcomes Table 7", ["Bradford"]),
    ],
)
def test_members(name: str, members: list[str]) -> None:
    assert GROUPS[name] == members


def test_what_is_not_marked_is_all_the_rest() -> None:
    both = GROUPS["pilot_steps engaged"] + GROUPS["pilot_steps not engaged"]
    assert sorted(both) == sorted(tables.load("pilots")["place"])


def test_orders_tell_lists_with_the_same_names_apart() -> None:
    summary, body = (GROUPS[f"factor_ranks order {name}_enablers"] for name in ("executive_summary", "body"))
    assert [one.split(". ")[0] for one in summary] == ["1", "2", "3", "4"]
    assert {one[3:] for one in summary} == {one[3:] for one in body}
    assert summary != body
