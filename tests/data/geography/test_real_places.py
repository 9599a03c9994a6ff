"""Placing on the official files themselves; skipped where they are not held."""

import resource

import fastexcel
import pandas as pd
import pytest

from pfpp_utils.data import external as files
from pfpp_utils.data.awards.columns import CANONICAL
from pfpp_utils.data.geography import boundaries, pilot_areas
from pfpp_utils.data.geography.coverage import coverage, share_unplaced, unplaced
from pfpp_utils.data.geography.doubts import conflicts
from pfpp_utils.data.geography.gazetteer import Gazetteer
from pfpp_utils.data.geography.placing import place
from pfpp_utils.data.geography.postcodes import Postcodes
from pfpp_utils.data.geography.totals import totals
from pfpp_utils.publish import area_map

WHOLE = 3_920_986_733


@pytest.fixture(scope="module")
def gazetteer(external):
    return Gazetteer.load()


@pytest.fixture(scope="module")
def register(external):
    book = fastexcel.read_excel(external / "register/government-grant-awards-2016-17.xlsx")
    frame = book.load_sheet(0, dtypes="string").to_pandas().reindex(columns=list(CANONICAL))
    amount = frame["Amount Awarded"].astype(float)
    return frame.astype("string").assign(**{"Amount Awarded": amount})


@pytest.fixture(scope="module")
def placed(register, gazetteer):
    return place(register, gazetteer)


@pytest.fixture(scope="module")
def culture(external):
    book = fastexcel.read_excel(external / "local_funding/CRF_investment_data_published_020421.xlsx")
    sheets = [book.load_sheet(name, dtypes="string").to_pandas() for name in book.sheet_names[1:]]
    names = {"Organisation": "Recipient Org:Name", "Local Authority": "Recipient Org:Location:Name"}
    renamed = [sheet.rename(columns=lambda name: names.get(name.strip(), name)) for sheet in sheets]
    frame = pd.concat(renamed, ignore_index=True)
    amount = frame["£ Awarded"].astype(float)
    frame = frame.reindex(columns=[*CANONICAL, "Region ONS"]).astype("string")
    return frame.assign(**{"Amount Awarded": amount})


def test_authorities_of_2021(gazetteer):
    table = gazetteer.councils.authorities.table
    assert table["tier"].value_counts().to_dict() == {
        **{"single": 193, "district": 181, "county": 25, "combined": 15}
    }
    lowest = table[table["tier"].isin(["single", "district"])]
    assert lowest["nation"].value_counts().to_dict() == {
        **{"England": 309, "Scotland": 32, "Wales": 22, "Northern Ireland": 11}
    }
    assert lowest[["area_km2", "kind", "region"]].notna().all(axis=None)
    assert set(lowest.index) == set(boundaries.read(files.need("boundaries-ltla21")))


def test_the_pilots_codes_are_those_of_the_official_lists(gazetteer):
    table, own = gazetteer.councils.authorities.table, pilot_areas.areas().set_index("authority")
    assert table.loc[own.index, "name"].tolist() == own["authority_name"].tolist()
    assert table.loc[own.index, "tier"].tolist() == own["tier"].tolist()
    assert gazetteer.councils.authorities.members["E10000011"] == pilot_areas.codes(
        "east_sussex", "districts"
    )


def test_bundled_names_mean_authorities_of_the_official_lists(gazetteer):
    from pfpp_utils.data import tables

    names = tables.load("authority_names").dropna(subset=["authority"])
    table = gazetteer.councils.authorities.table
    assert table.loc[names["authority"], "name"].tolist() == names["authority_name"].tolist()
    found = gazetteer.councils.resolve(names["name"].astype("string"))
    assert found["code"].tolist() == names["authority"].tolist()


def test_every_official_name_means_its_own_authority(gazetteer, external):
    register = pd.read_csv(files.need("local-authorities"), dtype=str)
    table = gazetteer.councils.authorities.table
    here = register[register["gss-code"].isin(table.index)]
    found = gazetteer.councils.resolve(here["official-name"].astype("string"))
    assert (found["code"] == here["gss-code"]).all()
    own = gazetteer.councils.resolve(table["name"].astype("string"))
    wrong = own.index[own["code"].isna() | (own["code"] != own.index)]
    assert table.loc[wrong, "tier"].eq("combined").all()


def test_every_council_of_the_2016_17_register_is_resolved(register, gazetteer):
    names = register["Recipient Org:Name"].drop_duplicates()
    found = gazetteer.councils.resolve(names, councils_only=True).assign(given=names)
    named = found[found["code"].notna()]
    assert len(names) == 2028
    assert named["tier"].value_counts().to_dict() == {
        **{"single": 229, "county": 49, "district": 23, "combined": 5}
    }
    assert (named["how"] == "council service").sum() == 144
    left = found[found["how"].isin(["no authority of that name", "several authorities"])]
    services = left["given"].str.contains("Youth Offending", regex=False)
    assert services.sum() == 16
    assert sorted(left.loc[~services, "given"]) == [
        *("MID SUSSEX DC. IRO HORSHAM DC.", "NRS CC", "Restorative Justice Council")
    ]


def test_register_2016_17_by_way_of_placing(placed):
    table = coverage(placed).set_index("placed_by")
    assert table["awards"].to_dict() == {
        **{"postcode": 1425, "council": 685, "postcode sector": 50, "city": 14, "not placed": 1177}
    }
    assert table["awards"].sum() == 3351
    assert table["value_gbp"].sum() == WHOLE
    assert share_unplaced(placed) == pytest.approx(0.0557, abs=1e-4)


def test_register_2016_17_reasons(placed):
    table = unplaced(placed).set_index("reason")
    assert table["awards"]["postcode placeholder"] == 164
    assert table["awards"].sum() == placed["authority"].isna().sum()
    assert placed["place_flag"].str.contains("postcode missing").sum() == 1204


def test_transport_for_london_stands_out_in_southwark(placed):
    there = placed[(placed["authority"] == "E09000028") & placed["place_flag"].str.contains("holds most")]
    assert there["Recipient Org:Name"].unique().tolist() == ["Transport for London"]
    assert there["Amount Awarded"].max() == pytest.approx(1_418_364_000, rel=1e-6)
    assert there["place_flag"].str.contains("serves several authorities").all()


def test_councils_at_a_postcode_elsewhere_are_listed(register, gazetteer, placed):
    listed = conflicts(register, gazetteer)
    assert listed["Recipient Org:Name"].value_counts().to_dict() == {
        **{"WILTSHIRE COUNCIL": 4, "DOVER DC": 2, "WORCESTER CITY COUNCIL": 1, "MANCHESTER CITY COUNCIL": 1}
    }
    assert placed.loc[listed.index, "placed_by"].eq("council").all()


def test_counties_are_kept_whole(placed):
    kent = placed[placed["Recipient Org:Name"] == "Kent County Council"]
    assert kent["authority"].unique().tolist() == ["E10000016"]
    county = pilot_areas.in_place(placed, "east_sussex", "county")
    districts = pilot_areas.in_place(placed, "east_sussex", "districts")
    both = pilot_areas.in_place(placed, "east_sussex")
    assert len(county) + len(districts) == len(both)
    assert "East Sussex County Council" in set(county["Recipient Org:Name"])


def test_every_culture_recovery_award_is_placed_in_its_region(culture, gazetteer):
    found = place(culture, gazetteer)
    assert len(found) == 2011 + 74 + 2272
    assert found["Amount Awarded"].sum() == culture["Amount Awarded"].sum()
    assert found["authority"].notna().all()
    assert set(found["placed_by"]) == {"named authority", "council"}
    region = found["authority"].map(gazetteer.councils.authorities.table["region"])
    stated = culture["Region ONS"].str.strip()
    assert (stated.str.lower() == region.str.lower())[stated.notna()].mean() == 1


def test_maps_conserve_value(placed, gazetteer, external):
    polygons = boundaries.read(files.need("boundaries-ltla21"))
    for level, areas in (("authority", 374), ("upper tier", 217), ("region", 12)):
        found = totals(placed, gazetteer.councils.authorities, level)
        assert len(found.table) == areas
        assert found.table["value_gbp"].sum() + found.too_wide_gbp + found.unplaced_gbp == pytest.approx(
            WHOLE
        )
        area_map.draw(found, polygons)


def test_postcodes_are_light_to_hold(external):
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    table = Postcodes.read(files.need("postcodes")).table
    assert table.num_rows == 1_739_034
    assert table.nbytes < 40e6
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 400_000
