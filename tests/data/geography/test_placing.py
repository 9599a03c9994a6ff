"""Placing recipients: which way counts, what is flagged, and that nothing gets lost."""

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from small_gazetteer import awards, small_gazetteer

from pfpp_utils.data.geography.coverage import coverage, share_unplaced, unplaced
from pfpp_utils.data.geography.doubts import conflicts
from pfpp_utils.data.geography.headquarters import headquarters
from pfpp_utils.data.geography.placing import place
from pfpp_utils.errors import InputError

GAZETTEER = small_gazetteer()


def placed(**row):
    return place(awards(row), GAZETTEER).iloc[0]


@pytest.mark.parametrize(
    ("row", "authority", "way"),
    [
        ({"code": "E08000020", "postcode": "SE1 8NJ"}, "E08000037", "official code"),
        ({"code": "E09000012; E09000028", "postcode": "SE1 8NJ"}, "E09000028", "postcode"),
        ({"name": "A club", "postcode": "se18nj", "named": "Hackney"}, "E09000028", "postcode"),
        ({"name": "A club", "named": "Corby"}, "E06000061", "named authority"),
        ({"name": "East Sussex County Council", "postcode": "BN7 1AA"}, "E10000011", "council"),
        ({"name": "Wiltshire Council", "postcode": "BN14 8JN"}, "E06000054", "council"),
        ({"name": "WILTSHIRE", "postcode": "BA14 8JN"}, "E06000054", "council"),
        ({"name": "WILTSHIRE", "postcode": "BN14 8JN"}, "E09000012", "postcode"),
        ({"name": "A club", "postcode": "E8 1ZZ", "city": "Wakefield"}, "E09000012", "postcode sector"),
        ({"name": "A club", "benefit_code": "E07000062", "city": "Lewes"}, "E07000062", "beneficiary area"),
        ({"name": "A club", "city": "Bristol"}, "E06000023", "city"),
        ({"name": "A club", "city": "Wakefield", "postcode": "AA1 1AA"}, "E08000036", "city"),
    ],
)
def test_the_surest_way_counts(row, authority, way):
    found = placed(**row)
    assert (found["authority"], found["placed_by"]) == (authority, way)


@pytest.mark.parametrize(
    "row",
    [
        {"name": "A club"},
        {"name": "A club", "city": "London"},
        {"name": "A club", "city": "Newcastle"},
        {"name": "A club", "city": "East Sussex"},
        {"name": "Greater Manchester Combined Authority"},
        {"name": "A club", "named": "Greater Manchester Combined Authority"},
        {"name": "A club", "benefit_code": "E09000012; E09000028"},
        {"name": "A club", "benefit_code": "E92000001", "benefit": "England"},
        {"name": "Southwark"},
    ],
)
def test_what_says_nothing_of_one_authority_places_nothing(row):
    found = placed(**row)
    assert pd.isna(found["authority"])
    assert pd.isna(found["placed_by"])


@pytest.mark.parametrize(
    ("row", "flag"),
    [
        ({"postcode": "AA1 1AA"}, "postcode placeholder"),
        ({"postcode": "Pontypridd"}, "postcode malformed"),
        ({"postcode": "E8 1ZZ"}, "postcode no live postcode"),
        ({"postcode": "BT9 5NF"}, "postcode outside Great Britain"),
        ({"postcode": "LS26 OUE"}, "postcode repaired"),
        ({"name": "Redacted", "postcode": "E8 1EA"}, "redacted recipient"),
        ({"name": "Transport for London", "postcode": "E8 1EA"}, "serves several authorities"),
        ({"name": "A club", "postcode": "E8 1EA", "named": "Southwark"}, "sources disagree"),
        ({"name": "A club", "postcode": "E8 1EA", "benefit_code": "E07000062"}, "benefits elsewhere"),
        ({"name": "A club", "postcode": "E8 1EA", "country": "Ireland"}, "outside the United Kingdom"),
    ],
)
def test_doubts_are_flagged(row, flag):
    assert flag in placed(**row)["place_flag"].split("; ")


def test_a_clear_place_has_no_flag_and_a_district_does_not_contradict_its_county():
    whole = awards(
        {"name": "A", "postcode": "E8 1EA", "benefit_code": "E09000012", "country": "United Kingdom"},
        {"name": "B", "postcode": "E8 1EB"},
        {"name": "East Sussex County Council", "postcode": "BN7 1AA", "benefit_code": "E07000062"},
    )
    found = place(whole, GAZETTEER)
    assert found["place_flag"].isna().all()
    assert found["council"].fillna("").tolist() == ["", "", "E10000011"]


def test_conflicts_are_listed_with_what_each_source_says():
    whole = awards(
        {"name": "A club", "postcode": "E8 1EA"},
        {"name": "Wiltshire Council", "postcode": "BN14 8JN", "amount": 5},
    )
    listed = conflicts(whole, GAZETTEER)
    assert listed.index.tolist() == [1]
    assert listed.loc[1, ["council", "postcode", "Amount Awarded"]].tolist() == ["Wiltshire", "Hackney", 5]


@pytest.mark.parametrize(
    ("row", "area", "level", "code"),
    [
        ({}, None, None, None),
        ({"benefit": "England", "benefit_code": "E92000001"}, "England", "country", None),
        (
            {"benefit": "England; Wales", "benefit_code": "K02000001"},
            "England; Wales",
            "several countries",
            None,
        ),
        ({"benefit": "UK Wide", "benefit_code": "K02000001"}, "UK Wide", "United Kingdom", None),
        ({"benefit": "Hastings"}, "Hastings", "authority", "E07000062"),
        ({"benefit_code": "E10000011"}, "E10000011", "county", "E10000011"),
        ({"benefit": "London"}, "London", "region", None),
        ({"benefit_code": "E12000007"}, "E12000007", "region", None),
        ({"benefit": "Hastings; Lewes"}, "Hastings; Lewes", "several", None),
        ({"benefit": "The seaside"}, "The seaside", "other", None),
    ],
)
def test_the_area_that_benefits_is_kept_beside_the_address(row, area, level, code):
    found = placed(name="A club", postcode="E8 1EA", **row)
    assert found["authority"] == "E09000012"
    stated = [found[name] for name in ("benefit_area", "benefit_level", "benefit_code")]
    assert [None if pd.isna(value) else value for value in stated] == [area, level, code]


def test_a_headquarters_stands_out_and_a_council_at_home_does_not():
    rows = [
        {"name": "Transport for London", "postcode": "SE1 8NJ", "amount": 900},
        {"name": "A club", "postcode": "SE1 8NJ", "amount": 100},
        {"name": "London Borough of Hackney", "postcode": "E8 1EA", "amount": 900},
        {"name": "B club", "postcode": "E8 1EA", "amount": 100},
    ]
    found = place(awards(*rows), GAZETTEER)
    flagged = found["place_flag"].fillna("").str.contains("holds most")
    assert flagged.tolist() == [True, False, False, False]
    assert headquarters(found)["held"].tolist() == [0.9, 0.1, 0.9, 0.1]


def test_redacted_recipients_together_are_no_headquarters():
    names = ["Redacted", "REDACTED", "Individual", "n/a", "Housing Association"]
    found = pd.DataFrame({"Recipient Org:Name": names, "Amount Awarded": [90.0] * 4 + [10.0]}).assign(
        authority="E08000036", council=pd.NA
    )
    assert headquarters(found)["flagged"].tolist() == [False] * 5
    assert headquarters(found)["held"].dropna().tolist() == [10 / 370]


def test_a_small_place_with_one_award_is_not_a_headquarters():
    rows = [{"name": f"Club {n}", "postcode": "SE1 8NJ", "amount": 1000} for n in range(3)]
    found = place(awards(*rows, {"name": "D", "postcode": "E8 1EA", "amount": 2}), GAZETTEER)
    assert found["place_flag"].isna().all()


def test_reasons_for_what_could_not_be_placed():
    rows = [
        {"name": "A", "amount": 10},
        {"name": "A", "postcode": "AA1 1AA", "amount": 20},
        {"name": "Kent PCC", "amount": 30},
        {"name": "B", "postcode": "Pontypridd", "country": "Ireland", "amount": 5},
        {"name": "redacted", "postcode": "redacted", "amount": 15},
        {"name": "C", "postcode": "E8 1EA", "amount": 20},
    ]
    table = unplaced(place(awards(*rows), GAZETTEER)).set_index("reason")
    assert table["value_gbp"].to_dict() == {
        **{"serves several authorities": 30, "postcode placeholder": 20, "redacted recipient": 15},
        **{"no address": 10, "outside the United Kingdom": 5},
    }
    assert table["share_of_value"].sum() == pytest.approx(0.8)
    assert table["share_of_awards"].sum() == pytest.approx(5 / 6)


SEEN = {
    "name": ["A club", "Hackney Council", "Kent PCC", "redacted", "East Sussex CC", None],
    "postcode": ["E8 1EA", "SE1 8NJ", "AA1 1AA", "x", "E8 1ZZ", None],
    "city": ["Bristol", "London", None],
    "benefit_code": ["E07000062", "E92000001", None],
}
some = st.fixed_dictionaries({key: st.sampled_from(values) for key, values in SEEN.items()})
amounts = st.integers(-100_000, 10_000_000).map(lambda pennies: pennies / 100)


@settings(max_examples=25)
@given(st.lists(st.tuples(some, amounts), min_size=1, max_size=12))
def test_placed_and_unplaced_are_all_awards_and_all_pounds(rows):
    given_awards = awards(*[{**row, "amount": amount} for row, amount in rows])
    found = place(given_awards, GAZETTEER)
    pd.testing.assert_frame_equal(found[given_awards.columns], given_awards)
    by_way, by_reason = coverage(found), unplaced(found)
    pennies = round(sum(round(amount * 100) for _, amount in rows))
    assert by_way["awards"].sum() == len(rows)
    assert round(by_way["value_gbp"].sum() * 100) == pennies
    rest = by_way[by_way["placed_by"] == "not placed"]
    assert by_reason["awards"].sum() == rest["awards"].sum() == found["authority"].isna().sum()
    assert round(by_reason["value_gbp"].sum() * 100) == round(rest["value_gbp"].sum() * 100)


def test_no_share_of_no_value():
    with pytest.raises(InputError, match="no share"):
        share_unplaced(place(awards({"name": "A", "amount": 0}), GAZETTEER))
    assert (
        share_unplaced(place(awards({"name": "A"}, {"postcode": "E8 1EA", "amount": 3}), GAZETTEER)) == 0.25
    )
