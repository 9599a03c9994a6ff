"""The book: built whole or not at all, without a warning and without pages of the past."""

from __future__ import annotations

import re
import shutil

import pytest
from conftest import PLAN, files

from pfpp_utils.errors import Failure
from pfpp_utils.publish import book, plan

WRONG = "# Overview\n\nSee [there](nowhere.md).\n\n```{nosuchdirective}\n```\n"
SOUTH = "          - page: place-south\n            title: South\n            parameters: {place: south}\n"


@pytest.fixture(scope="module")
def built_once(run_once, tmp_path_factory):
    project = shutil.copytree(run_once, tmp_path_factory.mktemp("built") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(project))
        assert book.build(plan.load()) == project / "_build/book"
    return project


@pytest.fixture
def built(built_once, tmp_path, monkeypatch):
    """Make a copy of the project with its book the project at hand, to be changed."""
    shutil.copytree(built_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return tmp_path


def words(project, page):
    return (project / f"_build/book/{page}.html").read_text()


def test_every_page_of_the_plan_is_in_the_book(built_once):
    contents = words(built_once, "place-south")
    for page, title in [
        ("overview", "Overview"),
        ("place-north", "North"),
        ("place-south", "South"),
        ("data-dictionary", "Data dictionary"),
        ("how-made", "How this book was made"),
    ]:
        assert f"<h1>{title}<" in words(built_once, page)
        assert page == "place-south" or f'href="{page}.html"' in contents
    assert "overview.html" in words(built_once, "index")


def test_the_contents_list_names_the_parts(built_once):
    captions = re.findall('class="caption-text">([^<]*)<', words(built_once, "overview"))
    assert captions == ["Places", "Reference"]


def test_a_page_shows_its_results_and_what_made_them(built_once):
    page = words(built_once, "place-south")
    assert "Table 1. Reach" in page
    assert "12.5" in page
    assert re.search(r"Made by pfpp-utils \S+ from data package 1\.2\.3 \([0-9a-f]{12}\)\.", page)


@pytest.mark.parametrize("page", ["overview", "place-north", "data-dictionary", "how-made"])
def test_every_local_address_is_there(built_once, page):
    for address in set(re.findall(r'(?:href|src)="([^"#?:]+)', words(built_once, page))):
        assert (built_once / "_build/book" / address).exists(), address


def test_every_table_can_be_downloaded(built_once):
    for name in ("pilots", "reach"):
        table = (built_once / f"data/tables/{name}.csv").read_bytes()
        assert (built_once / f"_build/book/_static/tables/{name}.csv").read_bytes() == table


def test_a_warning_stops_the_book_however_often_one_tries(built):
    before = files(built / "_build/book")
    (built / "book/overview.md").write_text(WRONG)
    with pytest.raises(Failure, match="last good one still stands") as caught:
        book.build(plan.load())
    assert "overview.md:3" in str(caught.value)
    assert "nowhere.md" in str(caught.value)
    assert "nosuchdirective" in str(caught.value)
    assert "\x1b" not in str(caught.value), "colours of a terminal"
    with pytest.raises(Failure, match="nosuchdirective"):
        book.build(plan.load())
    assert files(built / "_build/book") == before


def test_a_page_no_longer_in_the_plan_is_no_longer_in_the_book(built):
    (built / "notebooks/plan.yml").write_text(PLAN.replace(SOUTH, ""))
    (built / "book/overview.md").write_text("# Overview\n\nNew words.\n")
    book.build(plan.load())
    assert "New words." in words(built, "overview")
    assert [path for path in files(built / "_build/book") if "south" in path] == []
    assert sorted(path.name for path in (built / "_build").glob("book*")) == ["book"]


def test_pages_never_executed_are_missing(executed_project):
    pages = plan.load()
    assert book.missing(pages) == []
    (executed_project / "_build/pages/place-south.ipynb").unlink()
    assert [page.name for page in book.missing(pages)] == ["place-south"]
