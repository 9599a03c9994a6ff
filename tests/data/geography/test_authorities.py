"""Authorities of 2021: tiers, counties, and codes changed, abolished or made since."""

from small_gazetteer import small_authorities

AREAS = small_authorities()


def test_tiers_and_counties():
    tiers = AREAS.table["tier"]
    assert tiers[["E10000011", "E07000062", "E08000036", "S12000036", "E47000001"]].tolist() == [
        *("county", "district", "single", "single", "combined")
    ]
    assert AREAS.table.loc["E07000062", ["upper_tier_code", "region"]].tolist() == ["E10000011", "South East"]
    assert AREAS.table["region"]["S12000036"] == "Scotland"


def test_a_county_has_the_area_and_the_members_of_its_districts():
    assert AREAS.table["area_km2"]["E10000011"] == 30 + 292
    assert AREAS.members["E10000011"] == {"E07000062", "E07000063"}
    assert AREAS.overlap("E10000011", "E07000062")
    assert not AREAS.overlap("E10000011", "E08000036")
    assert not AREAS.overlap("E07000062", "E07000063")


def test_a_county_divided_by_2021_is_kept_whole():
    assert AREAS.members["E10000021"] == {"E06000061", "E06000062"}
    assert AREAS.table.loc["E10000021", ["name", "tier", "region"]].tolist() == [
        *("Northamptonshire", "county", "East Midlands")
    ]


def test_codes_that_changed_were_abolished_or_came_later_mean_areas_of_2021():
    meant = {
        "E08000020": "E08000037",  # Gateshead before 2013
        "E08000039": "E08000019",  # Sheffield after a later change
        "E07000007": "E06000060",  # Wycombe, now Buckinghamshire
        "E10000002": "E06000060",  # the county council before
        "E07000190": "E07000246",  # Taunton Deane, merged in 2019
        "E06000066": "E10000027",  # Somerset Council, of 2023: the county
    }
    assert {code: AREAS.codes[code] for code in meant} == meant
    assert AREAS.table["area_km2"]["E08000019"] == 368


def test_an_authority_made_later_of_several_means_none():
    assert "E06000063" not in AREAS.codes
    assert AREAS.codes["E10000006"] == "E10000006"
