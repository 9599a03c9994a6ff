"""The list of sources: what is wrong with it is named by line, and the one that is shipped is right."""

from __future__ import annotations

import re

import pytest

from pfpp_utils import project
from pfpp_utils.data.external import catalogue, years
from pfpp_utils.data.external.source import Item
from pfpp_utils.errors import InputError

pytest_plugins = ["official_fixtures"]


@pytest.mark.usefixtures("sources")
class TestList:
    def test_is_read(self):
        awards, county = catalogue.load()
        assert (awards.name, awards.yearly, awards.kinds) == ("awards", True, ("xlsx", "ods", "csv"))
        assert (awards.smallest, awards.largest) == (100, 200_000)
        assert county.tables[0].rows == 2
        assert county.get == {"by_hand": "Search for it."}

    def test_is_read_again_when_it_has_changed(self, sources):
        catalogue.load()
        sources("name: county", "name: counties")
        assert [source.name for source in catalogue.load()] == ["awards", "counties"]

    def test_of_a_project_that_has_none_is_that_of_the_checkout(self, small_project):
        (small_project / "data/sources.yml").unlink()
        assert "imd-2019" in [source.name for source in catalogue.load()]

    @pytest.mark.parametrize(
        ("old", "new", "where", "what"),
        [
            ("name: awards", "name: County list", "line 2, name", "not of the right kind"),
            ("name: awards", "name: county", "line 19", "a source is listed twice"),
            ("page: https://www.ons", "page: http://www.ons", "line 19, page", "not of the right kind"),
            ("licence:", "license:", "line 2", "'licence'"),
            ("kinds: [csv]", "kinds: [pdf]", "line 27, looks", "not of the right kind"),
            ("bytes: [5, 1000]", "bytes: [5]", "line 27, looks", "not of the right kind"),
            (
                "{by_hand: Search for it.}",
                "{by_hand: x, url: 'https://a.uk'}",
                "line 24, get",
                "not of the right",
            ),
            ("{by_hand: Search for it.}", "{govuk: government/x}", "line 24, get", "not of the right kind"),
            ("[award, register]", "['(award']", "line 2", "a pattern that cannot be used"),
            ("rows: 2", "rows: two", "line 30", "not of the right kind"),
            ("rows: 2", "rows: 2\n          rows: 3", "line 30", "a key is given twice"),
            ("sources:", "sources: [", "data/sources.yml", "cannot be read"),
        ],
    )
    def test_fault_is_named_with_its_line(self, sources, old, new, where, what):
        sources(old, new)
        with pytest.raises(InputError) as caught:
            catalogue.load()
        assert where in caught.value.where
        assert what in str(caught.value)
        assert "data/sources.yml" in caught.value.where

    def test_editions_and_tables_of_a_year_are_of_that_year_only(self, sources):
        digits = "0" * 64
        sources(
            "\n  - name: county",
            f"\n    editions: [{{edition: one, year: 2020-21, sha256: '{digits}'}}]\n  - name: county",
        )
        sources("columns: [Identifier, Amount Awarded]", "{columns: [A], year: 2020-21}")
        one, other = catalogue.item("awards-2020-21"), catalogue.item("awards", "2019-20")
        assert ([each.edition for each in one.editions()], len(one.tables())) == (["one"], 1)
        assert (other.editions(), other.tables()) == ((), ())


@pytest.mark.usefixtures("sources")
class TestItem:
    @pytest.mark.parametrize(
        ("name", "year"), [("awards-2020-21", None), ("awards", "2020-21"), ("awards-2020-21", "2020-21")]
    )
    def test_is_found_with_its_year(self, name, year):
        item = catalogue.item(name, year)
        assert (item.source.name, item.year, item.label) == ("awards", "2020-21", "awards-2020-21")
        assert item.page == "https://www.gov.uk/government/statistics/grants-2020-to-2021"

    @pytest.mark.parametrize(
        ("name", "year", "what", "allowed"),
        [
            ("award", None, "unknown source", "awards, county"),
            ("county-2020-21", None, "this source has no years", "county alone"),
            ("awards", "2020-22", "not a financial year", "2020-21"),
            ("awards", "2020/21", "not a financial year", "2020-21"),
            ("awards-2020-21", "2019-20", "two years", "one year"),
        ],
    )
    def test_is_refused(self, name, year, what, allowed):
        with pytest.raises(InputError, match=what) as caught:
            catalogue.item(name, year)
        assert allowed in caught.value.allowed


@pytest.mark.parametrize(
    ("name", "year"),
    [
        ("awards-2016-17.xlsx", "2016-17"),
        ("Government_Grants_Register_2020_to_2021__awards_.ods", "2020-21"),
        ("grants 2019-2020.csv", "2019-20"),
        ("GGIS201617.csv", "2016-17"),
        ("awards-2016-18.xlsx", None),
        ("ACE_2018_12082020.xlsx", None),
        ("1999-00.csv", None),
    ],
)
def test_a_year_is_found_in_a_name(name, year):
    assert years.in_name(name) == year


class TestShippedList:
    @pytest.fixture(autouse=True)
    def shipped(self, monkeypatch):
        monkeypatch.setenv("PFPP_PROJECT", str(project.CHECKOUT))

    def test_is_sound(self):
        names = [source.name for source in catalogue.load()]
        assert len(names) > 20

    def test_names_no_package_registry(self):
        text = (project.CHECKOUT / "data/sources.yml").read_text()
        assert not re.search(r"pypi|pythonhosted|cran\.|npmjs|conda", text)

    def test_gives_a_saved_file_one_meaning(self):
        for source in catalogue.load():
            saved = (
                f"{source.name}-2020-21.{source.kinds[0]}"
                if source.yearly
                else f"{source.name}.{source.kinds[0]}"
            )
            meant = [other.name for other in catalogue.load() if Item(other).is_named(saved)]
            assert meant == [source.name], saved

    @pytest.mark.parametrize(
        ("name", "meant"),
        [
            ("Government_grants_register_2020-21_awards.ods", {"grants-register-awards"}),
            ("GGIS_Grant_Schemes_2017_to_2018.csv", {"grants-register-schemes"}),
            (
                "government-grants-register-2022-to-2023.ods",
                {"grants-register-awards", "grants-register-schemes"},
            ),
            ("government-grants-register.ods", set()),
        ],
    )
    def test_knows_registers_by_the_names_publishers_give(self, name, meant):
        assert {source.name for source in catalogue.load() if Item(source).is_named(name)} == meant
