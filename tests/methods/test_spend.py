"""Spend mapping on a register small enough to count by hand, and on the illustrative one."""

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.spend import overlaps, repeats, summarise, value_by

COLUMNS = ["place", "funder", "programme", "policy_area", "recipient", "recipient_type", "amount_gbp"]
AWARDS = pd.DataFrame(
    [
        ("Luton", "BEIS", "P1", "Business support", "R1", "council", 40),
        ("Luton", "BEIS", "P1", "Business support", "R2", "private", 30),
        ("Luton", "DLUHC", "P2", "Business support", "R2", "private", 20),
        ("Luton", "BEIS", "P3", "Net zero", "R1", "council", 10),
        ("Luton", "BEIS", "P4", "Net zero", "R3", "university", 5),
        ("Durham", "BEIS", "P1", "Business support", "R4", "private", 7),
        ("Durham", "DfE", "P5", "Schools", None, None, 3),
        ("Durham", "DfE", "P5", "Schools", None, None, 2),
    ],
    columns=COLUMNS,
)


def test_summarise_counts_different_grants_recipients_and_departments():
    table = summarise(AWARDS).set_index("place")
    assert table.loc["Luton"].to_dict() == {
        "awards": 5,
        "grants": 4,
        "recipients": 3,
        "funders": 2,
        "value_gbp": 105,
        "recipients_per_grant": 0.75,
    }


def test_redacted_recipients_count_as_awards_and_value_but_not_as_a_recipient():
    durham = summarise(AWARDS).set_index("place").loc["Durham"]
    assert (durham["awards"], durham["value_gbp"], durham["recipients"]) == (3, 12, 1)


def test_summarise_by_several_columns():
    table = summarise(AWARDS, ["place", "funder"])
    assert table[["place", "funder"]].to_numpy().tolist() == [
        ["Durham", "BEIS"],
        ["Durham", "DfE"],
        ["Luton", "BEIS"],
        ["Luton", "DLUHC"],
    ]
    assert table["value_gbp"].tolist() == [7, 5, 85, 20]


def test_awards_without_a_place_are_kept_in_a_row_of_their_own():
    unplaced = AWARDS.assign(place=AWARDS["place"].where(AWARDS["place"] == "Luton"))
    table = summarise(unplaced)
    assert table["value_gbp"].sum() == AWARDS["amount_gbp"].sum()
    assert table.loc[table["place"].isna(), "value_gbp"].item() == 12


def test_recipients_per_grant_is_missing_where_no_grant_is_named():
    table = summarise(AWARDS.assign(programme=None))
    assert table["recipients_per_grant"].isna().all()


def test_value_by_is_largest_first_with_shares_that_sum_to_one():
    table = value_by(AWARDS, "funder")
    assert table["funder"].tolist() == ["BEIS", "DLUHC", "DfE"]
    assert table["value_gbp"].tolist() == [92, 20, 5]
    assert table["share"].tolist() == pytest.approx([92 / 117, 20 / 117, 5 / 117])


def test_overlaps_are_policy_areas_of_one_place_with_two_departments():
    table = overlaps(AWARDS)
    assert table.to_dict("records") == [
        {
            "place": "Luton",
            "policy_area": "Business support",
            "funder_names": "BEIS, DLUHC",
            "awards": 3,
            "grants": 2,
            "recipients": 2,
            "funders": 2,
            "value_gbp": 90,
            "recipients_per_grant": 1.0,
        }
    ]


def test_departments_that_fund_the_same_area_in_two_places_do_not_overlap():
    moved = AWARDS.assign(place=["Hackney" if code == "DLUHC" else "Luton" for code in AWARDS["funder"]])
    assert overlaps(moved).empty


def test_repeats_are_several_grants_of_one_department_to_several_recipients():
    table = repeats(AWARDS)
    assert table[
        ["place", "policy_area", "funder", "grants", "recipients", "value_gbp"]
    ].to_numpy().tolist() == [["Luton", "Net zero", "BEIS", 2, 2, 15]]


def test_one_grant_to_many_or_many_grants_to_one_is_no_repeat():
    assert repeats(AWARDS.assign(programme="P1")).empty
    assert repeats(AWARDS.assign(recipient="R1")).empty


@pytest.mark.parametrize("function", [overlaps, repeats])
def test_an_empty_register_has_no_overlaps(function):
    assert function(AWARDS.iloc[:0]).empty


@pytest.mark.parametrize("column", ["amount_gbp", "programme", "recipient", "funder", "place"])
@pytest.mark.parametrize("function", [summarise, overlaps, repeats])
def test_a_missing_column_is_named(function, column):
    with pytest.raises(InputError) as caught:
        function(AWARDS.drop(columns=column))
    assert caught.value.found == [column]


def test_a_missing_amount_is_refused_with_its_row():
    blank = AWARDS.assign(amount_gbp=AWARDS["amount_gbp"].where(AWARDS["amount_gbp"] != 20))
    with pytest.raises(InputError, match="row 2"):
        value_by(blank)


# Report, section 3.1.3; the register is made so that these hold.
@pytest.mark.parametrize(
    ("place", "grants", "recipients"),
    [("Wakefield", 384, 1613), ("Durham", 229, 1278), ("Hackney", 197, 953), ("Luton", 153, 513)],
)
def test_published_grants_and_recipients_come_out_of_the_illustrative_register(
    awards, place, grants, recipients
):
    row = summarise(awards).set_index("place").loc[place]
    assert (row["grants"], row["recipients"]) == (grants, recipients)


def test_published_duplication_comes_out_of_the_illustrative_register(awards):
    several = repeats(awards).set_index(["place", "policy_area", "funder"])
    assert several.loc[("Birmingham", "Housing", "DLUHC"), "grants"] == 11
    assert several.loc[("Cornwall", "Net zero", "BEIS"), ["grants", "recipients"]].tolist() == [4, 10]
    found = set(overlaps(awards)[["policy_area", "funder_names"]].itertuples(index=False, name=None))
    assert {
        ("Business support", "BEIS, DLUHC"),
        ("Homelessness", "DHSC, DLUHC"),
        ("Net zero", "BEIS, DCMS"),
    } <= found


@pytest.fixture(scope="module")
def awards():
    from pfpp_utils.data.grants import read_register

    return read_register("2020-21").awards
