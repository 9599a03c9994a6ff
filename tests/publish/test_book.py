"""The book: built whole or not at all, without a warning and without pages of the past."""

from __future__ import annotations

import json
import re
import shutil

import pytest
from conftest import PLAN, files

from pfpp_utils.errors import Failure
from pfpp_utils.publish import book, execute, gathering, plan, settings, workbook
from pfpp_utils.publish import page as pages
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.gathering import Gathering

WRONG = "# Overview\n\nSee [there](nowhere.md).\n\n```{nosuchdirective}\n```\n"
SOUTH = "          - page: place-south\n            title: South\n            parameters: {place: south}\n"


@pytest.fixture(scope="module")
def built_once(run_once, tmp_path_factory):
    project = shutil.copytree(run_once, tmp_path_factory.mktemp("built") / "project")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(project))
        assert build() == project / "_build/book"
    return project


@pytest.fixture
def built(built_once, tmp_path, monkeypatch):
    """Make a copy of the project with its book the project at hand, to be changed."""
    shutil.copytree(built_once, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return tmp_path


def build():
    with Builder() as builder:
        return book.build(plan.load(), builder)


def say(executed, text):
    content = json.loads(executed.read_text())
    content["cells"].append({"cell_type": "markdown", "id": "said", "metadata": {}, "source": text})
    executed.write_text(json.dumps(content))


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


@pytest.mark.parametrize("page", ["overview", "place-north", "data-dictionary", "how-made"])
def test_a_book_is_accessible_by_no_setting_of_its_own(built_once, page):
    """Its settings name none of this: names for what the theme leaves bare, styles, scripts and templates."""
    assert "access" not in (built_once / "_config.yml").read_text()
    text = words(built_once, page)
    sheets = re.findall(r'<link[^>]*href="_static/([\w-]+\.css)', text)
    assert sheets[-2:] == ["access.css", "print.css"], "they come after the book's own"
    assert re.search(r'<script[^>]*src="_static/access\.js', text)
    assert 'tabindex="-1"' in re.search(r'<main id="main-content"[^>]*>', text)[0]
    assert '<dialog id="pst-search-dialog" aria-label="Search"' in text
    assert 'id="pst-back-to-top"' not in text
    assert '<p class="collapsed' not in text
    for box in re.findall(
        r'<div class="pst-scrollable-table-container"[^>]*>|<div [^>]*pst-scrollable[^>]*>', text
    ):
        assert 'role="region"' in box
        assert "aria-label=" in box


def test_every_table_can_be_downloaded(built_once):
    for name in ("pilots", "reach"):
        table = (built_once / f"data/tables/{name}.csv").read_bytes()
        assert (built_once / f"_build/book/_static/tables/{name}.csv").read_bytes() == table


def test_a_warning_stops_the_book_however_often_one_tries(built):
    before = files(built / "_build/book")
    (built / "book/overview.md").write_text(WRONG)
    with pytest.raises(Failure, match="last good one still stands") as caught:
        build()
    assert "overview.md:3" in str(caught.value)
    assert "nowhere.md" in str(caught.value)
    assert "nosuchdirective" in str(caught.value)
    assert "\x1b" not in str(caught.value), "colours of a terminal"
    with pytest.raises(Failure, match="nosuchdirective"):
        build()
    assert files(built / "_build/book") == before


def test_a_page_no_longer_in_the_plan_is_no_longer_in_the_book(built):
    (built / "notebooks/plan.yml").write_text(PLAN.replace(SOUTH, ""))
    (built / "book/overview.md").write_text("# Overview\n\nNew words.\n")
    build()
    assert "New words." in words(built, "overview")
    assert [path for path in files(built / "_build/book") if "south" in path] == []
    assert sorted(path.name for path in (built / "_build").glob("book*")) == ["book"]


def test_a_page_that_comes_back_stands_in_every_contents_list_again(built):
    for planned in (PLAN.replace(SOUTH, ""), PLAN):
        (built / "notebooks/plan.yml").write_text(planned)
        build()
    assert re.search('<li class="toctree-l1"><a [^>]*href="place-south.html"', words(built, "place-north"))


def test_the_same_builder_can_be_used_again_and_rebuilds_only_what_changed(built):
    html = built / "_build/sphinx/_build/html"
    with Builder() as builder:
        (built / "book/overview.md").write_text("# Overview\n\nOnce.\n")
        book.build(plan.load(), builder)
        before = {path.name: path.stat().st_mtime_ns for path in html.glob("*.html")}
        (built / "book/overview.md").write_text("# Overview\n\nTwice.\n")
        book.build(plan.load(), builder)
    assert "Twice." in words(built, "overview")
    for page in ("place-north", "place-south", "data-dictionary", "how-made"):
        assert (html / f"{page}.html").stat().st_mtime_ns == before[f"{page}.html"], page


def test_a_page_made_alone_is_the_same_as_one_made_with_all_others(built):
    """Its contents list as well, which is written once for all pages below the same one."""
    below = "".join(f"          - prose: below-{n}\n" for n in range(4))
    (built / "notebooks/plan.yml").write_text(f"{PLAN}      - prose: above\n        pages:\n{below}")
    for name in ("above", *(f"below-{n}" for n in range(4))):
        (built / f"book/{name}.md").write_text(f"# About {name}\n\nThe same.\n")
    build()
    together = {n: words(built, f"below-{n}") for n in range(4)}
    for n, text in together.items():
        (mark,) = re.findall(r'<li class="toctree-l2 current active"><a [^>]*>([^<]*)<', text)
        assert mark == f"About below-{n}"
    for changed in ("Not the same.", "The same."):
        (built / "book/below-2.md").write_text(f"# About below-2\n\n{changed}\n")
        build()
    assert words(built, "below-2") == together[2]


def test_what_waits_is_begun_anew_for_a_new_template(built):
    config = settings.put(built / "_build/sphinx")
    before = book._settings(config)
    assert book._settings(config) == before
    (gathering.folder() / "_templates").mkdir()
    (gathering.folder() / "_templates/layout.html").write_text("Another.")
    assert book._settings(config) != before


def test_a_page_made_again_is_the_same_as_in_a_first_book(built):
    page = built / "book/overview.md"
    for text in (f"{page.read_text()}\nMore.\n", page.read_text()):
        page.write_text(text)
        build()
    again = words(built, "overview")
    shutil.rmtree(built / "_build/sphinx")
    build()
    assert words(built, "overview") == again


def test_a_new_title_stands_in_the_contents_list_of_every_page(built):
    (built / "book/overview.md").write_text("# Outlook\n\nThe same.\n")
    plan_file = built / "notebooks/plan.yml"
    plan_file.write_text(plan_file.read_text().replace("title: North", "title: Far north"))
    build()
    for page in ("place-north", "place-south", "data-dictionary", "how-made"):
        assert "Far north" in words(built, page), page


def test_a_changed_style_reaches_every_page_though_no_page_changed(built):
    """Pages name each style by its checksum, or a browser would go on with the one that it has."""
    style = built / "book/_static/own.css"
    style.parent.mkdir(exist_ok=True)
    named = []
    with Builder() as builder:
        for text in ("p { color: black; }", "p { color: navy; }", "p { color: teal; }"):
            style.write_text(text)
            book.build(plan.load(), builder)
            assert book.begin(builder), "as under serve, which waits with the next one begun"
            assert not builder.page("no-such-page", built / "none.html"), "it answers once it waits"
            assert (built / "_build/book/_static/own.css").read_text() == text
            named += re.findall(r"own\.css\?v=\w+", words(built, "place-north"))
    assert len(set(named)) == 3


def test_a_build_that_fails_before_it_waits_says_why():
    with Builder() as builder:
        for _ in range(2):
            builder.begin("build", "/nowhere", settings="same")
            done, printed = builder.build("build", "/nowhere", settings="same")
            assert not done
            assert "'/nowhere' does not exist" in printed


def test_a_build_begun_with_other_settings_is_dropped(built):
    with Builder() as builder:
        book.begin(builder)
        (built / "_config.yml").write_text(
            (built / "_config.yml").read_text().replace("title:", "title: New")
        )
        (built / "book/overview.md").write_text("# Overview\n\nOther words.\n")
        book.build(plan.load(), builder)
        assert "<title>" in words(built, "place-north")
        assert "New" in re.search("<title>(.*)</title>", words(built, "place-north"), re.DOTALL).group(1)
        book.begin(builder)
        (built / "book/overview.md").write_text("# Overview\n\nYet others.\n")
        book.build(plan.load(), builder)
    assert "Yet others." in words(built, "overview")


def test_what_is_kept_of_a_rendered_page_can_be_spoilt_or_deleted(built):
    before = files(built / "_build/source")
    kept = sorted(path for path in (built / "_build/rendered").rglob("*") if path.is_file())
    assert kept
    for path in kept:
        path.write_bytes(b"spoilt")
    Gathering(plan.load()).finish()
    assert files(built / "_build/source") == before
    (built / "_build/rendered/place-north/files.json").unlink()
    shutil.rmtree(built / "_build/source")
    Gathering(plan.load()).finish()
    assert files(built / "_build/source") == before


@pytest.mark.parametrize("content", [b"", b"spoilt"])
def test_what_the_builder_keeps_of_the_front_page_can_be_spoilt(built, content):
    build()  # here, and not where the fixture built
    (built / "_build/sphinx/_build/.doctrees/overview.doctree").write_bytes(content)
    (built / "book/overview.md").write_text("# Overview\n\nNew words.\n")
    build()
    assert "New words." in words(built, "overview")


def test_what_was_gathered_while_pages_ran_is_gathered_again_only_where_it_changed(built, monkeypatch):
    before = set(files(built / "_build/source"))
    shutil.rmtree(built / "_build/source")
    gathering = Gathering(plan.load())
    gathering.begin()
    executed = built / "_build/pages/place-north.ipynb"
    say(executed, "Norther.")
    rendered = []
    render = pages.render
    monkeypatch.setattr(pages, "render", lambda *a, **k: rendered.append(a[1].name) or render(*a, **k))
    gathering.finish()
    assert rendered == ["place-north"]
    assert "Norther" in (built / "_build/source/place-north.ipynb").read_text()
    assert set(files(built / "_build/source")) == before


def test_a_spreadsheet_is_written_again_only_if_its_table_is_another(built, monkeypatch):
    Gathering(plan.load()).finish()
    before = files(built / "_build/source")
    sheet = next(name for name in before if name.endswith(".xlsx") and "place-north" in name)
    executed = built / "_build/pages/place-north.ipynb"
    monkeypatch.setattr(workbook, "written", lambda *_: b"written anew")
    say(executed, "Norther.")
    Gathering(plan.load()).finish()
    assert files(built / "_build/source")[sheet] == before[sheet]
    book_ = json.loads(executed.read_text())
    csv = [o["data"] for c in book_["cells"] for o in c.get("outputs", []) if "text/csv" in o.get("data", {})]
    assert csv
    for data in csv:
        data["text/csv"] = "".join(data["text/csv"]) + "another,1\n"
    executed.write_text(json.dumps(book_))
    Gathering(plan.load()).finish()
    assert files(built / "_build/source")[sheet] == b"written anew"


def test_a_book_left_between_two_moves_is_put_back(built):
    before = files(built / "_build/book")
    (built / "_build/book").rename(built / "_build/book.old")
    (built / "book/overview.md").write_text(WRONG)
    with pytest.raises(Failure):
        build()
    assert files(built / "_build/book") == before


def test_pages_never_executed_are_missing(executed_project):
    pages = plan.notebooks(plan.load())
    assert execute.missing(pages) == []
    (executed_project / "_build/pages/place-south.ipynb").unlink()
    assert [page.name for page in execute.missing(pages)] == ["place-south"]
