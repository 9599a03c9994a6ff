"""Measures of the authorities, and regional spending, on the official files."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pfpp_utils import project
from pfpp_utils.data import areas, regional_spend
from pfpp_utils.errors import InputError

pytestmark = pytest.mark.usefixtures("external")


class TestStatistics:
    def test_covers_england_as_published(self) -> None:
        table = areas.statistics()
        assert len(table) == 309
        assert table["population"].sum() == 56_550_138  # ONS mid-2020 estimate for England
        assert table.loc["E06000047", ["name", "region", "population"]].tolist() == [
            "County Durham",
            "North East",
            533_149,
        ]
        assert table["region"].nunique() == 9

    def test_what_the_sources_do_not_know_is_missing(self) -> None:
        unknown = areas.statistics().isna().sum()
        merged = {"E06000060", "E06000061", "E06000062"}  # Buckinghamshire, North and West Northamptonshire
        table = areas.statistics()
        assert set(table.index[table["deprivation"].isna()]) == merged
        assert (
            unknown[["name", "region", "population", "young_people", "area_km2", "business_births"]].sum()
            == 0
        )
        assert 0 < unknown["crime_severity"] < 40

    def test_an_unknown_year_is_refused(self) -> None:
        with pytest.raises(InputError, match="no business births"):
            areas.statistics(births_year=1999)

    def test_every_measure_is_described(self) -> None:
        assert list(areas.statistics().columns[2:]) == list(areas.MEASURES)


class TestRegionalSpend:
    def test_adds_up_to_the_database(self) -> None:
        table = regional_spend.read("2016-17")
        assert table["value_gbp"].sum() == 711_577_251_000  # the column's own total, in thousand
        assert table["region"].nunique() == 14

    def test_the_two_spellings_of_yorkshire_are_one_region(self) -> None:
        table = regional_spend.read("2016-17").query("region == 'Yorkshire and The Humber'")
        assert table["value_gbp"].sum() == (12_499_748 + 35_499_509) * 1_000

    def test_spending_for_the_whole_country_has_no_region(self) -> None:
        table = regional_spend.read("2016-17")
        assert set(table.loc[~table["identifiable"], "region"]) <= {"Not regional", "Outside the UK"}

    def test_an_unknown_year_is_refused(self) -> None:
        with pytest.raises(InputError, match="no regional analysis"):
            regional_spend.read("2020-21")


def test_the_bundled_figures_are_those_of_the_official_files() -> None:
    script = project.CHECKOUT / "scripts" / "bundle_official_figures.py"
    subprocess.run([sys.executable, str(script), "--check"], check=True)
