"""Names of councils: by rule, never by likeness; what is ambiguous stays unresolved and is listed."""

import pandas as pd
import pytest
from small_gazetteer import small_councils

from pfpp_utils.data.geography.names import parse, plain
from pfpp_utils.data.geography.wider_bodies import kind

COUNCILS = small_councils()


def code(name, **options):
    found = COUNCILS.resolve(pd.Series([name], dtype="string"), **options).iloc[0]
    return None if pd.isna(found["code"]) else found["code"]


def how(name, **options):
    return COUNCILS.resolve(pd.Series([name], dtype="string"), **options)["how"].iloc[0]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Wakefield Metropolitan District Council", "E08000036"),
        ("City of Wakefield", "E08000036"),
        ("WAKEFIELD MDC", "E08000036"),
        ("wakefield council.", "E08000036"),
        ("LB Hackney", "E09000012"),
        ("L.B. Hackney", "E09000012"),
        ("London Borough of Hackney", "E09000012"),
        ("Hackney Council London", "E09000012"),
        ("Hackney London Borough Council", "E09000012"),
        ("Durham County Council", "E06000047"),
        ("County Durham", "E06000047"),
        ("Durham", "E06000047"),
        ("Easington District Council", "E06000047"),
        ("Durham City Council", "E06000047"),
        ("East Sussex CC", "E10000011"),
        ("East Sussex County Council", "E10000011"),
        ("Newcastle City Council", "E08000021"),
        ("Newcastle upon Tyne", "E08000021"),
        ("Newcastle-upon-Tyne City Council", "E08000021"),
        ("Newcastle under Lyme", "E07000195"),
        ("Newcastle Borough Council", "E07000195"),
        ("Newcastle-under-Lyme Borough Council", "E07000195"),
        ("Bristol, City of", "E06000023"),
        ("Bristol City Council", "E06000023"),
        ("Kingston upon Hull", "E06000010"),
        ("Kingston upon Hull, City of", "E06000010"),
        ("HULL CITY COUNCIL", "E06000010"),
        ("Herefordshire", "E06000019"),
        ("Herefordshire, County of", "E06000019"),
        ("St Helens", "E08000013"),
        ("St. Helens MBC", "E08000013"),
        ("Southwark", "E09000028"),
        ("City of London", "E09000001"),
        ("Corporation of London", "E09000001"),
        ("Buckinghamshire County Council", "E06000060"),
        ("Wycombe District Council", "E06000060"),
        ("Corby", "E06000061"),
        ("Northamptonshire County Council", "E10000021"),
        ("Taunton Deane Borough Council", "E07000246"),
        ("Somerset Council", "E10000027"),
        ("Edinburgh, City of", "S12000036"),
        ("Greater Manchester Combined Authority", "E47000001"),
    ],
)
def test_variants_old_names_and_abolished_councils_resolve(name, expected):
    assert code(name) == expected


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("Newcastle", "several authorities"),
        ("Newcastle Council", "several authorities"),
        ("Bedfordshire County Council", "several authorities"),
        ("Cumberland Council", "no single authority of 2021"),
        ("Limavady Borough Council", "no single authority of 2021"),
        ("St Helens Parish Council", "parish or town council"),
        ("Lewes Town Council", "parish or town council"),
        ("London", "no authority of that name"),
        ("Greater Manchester", "no authority of that name"),
        ("Southwark Diocese", "no authority of that name"),
        ("London Borough of Lewes", "no authority of that name"),
        ("Hastings County Council", "no authority of that name"),
        ("East Sussex District Council", "no authority of that name"),
        ("Hackny Council", "no authority of that name"),
        ("Hastings Council for Voluntary Service", "no authority of that name"),
    ],
)
def test_what_is_ambiguous_or_no_council_is_not_resolved_and_says_why(name, why):
    assert (code(name), how(name)) == (None, why)


@pytest.mark.parametrize("name", ["Southwark", "Durham", "Hastings", "Southwark Diocese", "Bristol, City of"])
def test_a_recipient_must_say_that_it_is_a_council(name):
    assert code(name, councils_only=True) is None
    assert how(name, councils_only=True) == "not a council's name"


def test_services_of_a_council_count_as_the_council():
    assert code("Hackney Youth Offending Team (YOT)", councils_only=True) == "E09000012"
    assert how("Hackney Youth Offending Team (YOT)") == "council service"
    assert code("Hackney & Southwark Youth Offending Team (YOT)") is None


def test_missing_names_stay_missing_and_the_index_is_kept():
    found = COUNCILS.resolve(pd.Series(["LB Hackney", None], index=[7, 3], dtype="string"))
    assert found.index.tolist() == [7, 3]
    assert found.loc[7].tolist() == ["E09000012", "Hackney", "name", "single"]
    assert found.loc[3].isna().all()


def test_near_misses_are_listed_with_suggestions_and_not_resolved():
    names = pd.Series(["Hackny Council", "LB Hackney", "Hackney Cycling Club", "Zzz Council", "Kent Police"])
    review = COUNCILS.review(names.astype("string"))
    assert review["name"].unique().tolist() == ["Hackny Council", "Zzz Council"]
    assert review.loc[0, ["suggestion", "code"]].tolist() == ["Hackney", "E09000012"]
    assert review.loc[review["name"] == "Zzz Council", "code"].isna().all()


def test_names_are_compared_without_case_accents_and_punctuation():
    assert plain("  Théâtre-Royal & the L.B. ") == "theatre royal and the lb"
    assert parse("The Royal Borough of Kensington & Chelsea").core == "kensington and chelsea"
    assert parse("Council") == ("council", "bare", False)


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Transport for London", "transport body"),
        ("Merseytravel", "transport body"),
        ("Kent PCC", "police"),
        ("West Yorkshire Combined Authority (WYCA)", "combined authority"),
        ("Merseyside Fire and Rescue Authority", "fire and rescue"),
        ("Department for Environment, Food and Rural Affairs", "government body"),
        ("Community Transport for Town and County", ""),
        ("Hackney Council", ""),
    ],
)
def test_bodies_that_serve_several_authorities(name, expected):
    assert kind(name) == expected
