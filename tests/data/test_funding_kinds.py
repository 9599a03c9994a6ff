"""Kinds of money: the first rule that fits decides, and what no rule knows is not guessed."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.data import funding_kinds, policy_rules, tables
from pfpp_utils.errors import InputError


def kinds(*pairs: tuple[str | None, str | None]) -> pd.DataFrame:
    return funding_kinds.kinds(pd.DataFrame(pairs, columns=["funder", "programme_title"]))


@pytest.mark.parametrize(
    ("funder", "programme", "kind", "department"),
    [
        ("Arts Council England", "Culture Recovery Fund: Grants, round 2", "government", "DCMS"),
        ("Arts Council England", "National Portfolio", "government and lottery", "DCMS"),
        ("Arts Council England", "National Lottery Project Grants", "lottery", None),
        ("Power to Change Trust", "Trade Up (TU)", "lottery endowment", None),
        ("The Wolfson Foundation", None, "charitable", None),
        ("the national lottery community fund", "Awards for All", "lottery", None),
        ("Department for Transport", "Bikeability", "government", None),
        ("Wakefield Metropolitan District Council", "Small grants", "local", None),
        ("Medical Research Council", "Fellowships", "not classified", None),
        (None, None, "not classified", None),
    ],
)
def test_kinds(funder, programme, kind, department) -> None:
    found = kinds((funder, programme)).iloc[0]
    assert found["kind"] == kind
    assert found["department"] == department or (department is None and pd.isna(found["department"]))


@pytest.mark.parametrize(
    ("funder", "programme", "code", "kind", "department"),
    [
        ("Arts Council England", "National Portfolio", "GIA", "government", "DCMS"),
        ("Arts Council England", "National Portfolio", "LOT", "lottery", None),
        ("Arts Council England", "National Portfolio", None, "government and lottery", "DCMS"),
        (
            "Arts Council England",
            "National Portfolio",
            "National Portfolio",
            "government and lottery",
            "DCMS",
        ),
        ("Medical Research Council", "National Portfolio", "GIA", "not classified", None),
        ("Sport England", "Clubs", "LOT", "government and lottery", "DCMS"),
    ],
)
def test_the_code_of_the_programme_decides_where_a_rule_says_so(
    funder, programme, code, kind, department
) -> None:
    award = {"funder": [funder], "programme_title": [programme], "programme": [code]}
    found = funding_kinds.kinds(pd.DataFrame(award)).iloc[0]
    assert found["kind"] == kind
    assert found["department"] == department or (department is None and pd.isna(found["department"]))


def test_order_and_index_are_kept() -> None:
    awards = pd.DataFrame(
        {"funder": ["Cabinet Office", "A Trust", "Cabinet Office"], "programme_title": ["x", None, "y"]},
        index=[7, 3, 5],
    )
    found = funding_kinds.kinds(awards)
    assert found["kind"].to_dict() == {7: "government", 3: "not classified", 5: "government"}
    with pytest.raises(InputError, match="programme_title"):
        funding_kinds.kinds(awards[["funder"]])


def test_departments_are_known_by_name_and_by_code() -> None:
    names = ["Department for Environment, Food and Rural Affairs", "HOME OFFICE", "DfE", "Oxfam", None]
    codes = funding_kinds.of_department(pd.Series(names)).fillna("")
    assert codes.tolist() == ["DEFRA", "HO", "DfE", "", ""]


def test_every_rule_is_reached() -> None:
    """No rule stands behind a wider one."""
    rules = tables.load("funding_kinds").sort_values("rank")
    examples = rules[["funder", "programme", "code"]].replace(r"\*", "X", regex=True)
    found = funding_kinds.kinds(examples.set_axis(["funder", "programme_title", "programme"], axis=1))
    assert found["rank"].tolist() == rules["rank"].tolist()


def test_outcomes_are_policy_areas_and_every_pilot_has_one() -> None:
    outcomes = tables.load("pilot_outcomes")
    assert set(outcomes["policy_area"]) <= {area.name for area in policy_rules.read().areas}
    own = outcomes[outcomes["part"] == "outcome"]
    assert set(own["pilot"]) == set(tables.load("pilots")["pilot"])
