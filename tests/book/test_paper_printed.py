"""A small book printed: bookmarks, links and page numbers lead where they say, and it is tagged."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from pfpp_utils.cli import main
from pfpp_utils.errors import InputError
from pfpp_utils.publish import browser
from pfpp_utils.publish.paper import printing

FRONT = """# Overview

See [the south](place-south) and [the web](https://example.org/).

## A part of it

Text.
"""


@pytest.fixture(scope="module")
def printed(run_once, tmp_path_factory):
    """The folder of a book and its PDF, by the command: one process can drive one browser only."""
    try:
        browser.find()
    except InputError as error:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(str(error))
    folder = shutil.copytree(run_once, tmp_path_factory.mktemp("printed") / "project")
    (folder / "book/overview.md").write_text(FRONT)
    command = [str(Path(sys.executable).with_name("pfpp")), "--project", str(folder), "book", "--pdf"]
    ran = subprocess.run(command, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return folder / "_build/book"


@pytest.fixture(scope="module")
def pdf(printed):
    return PdfReader(printed / "whole-book.pdf")


def bookmarks(pdf, listed=None, depth=0):
    """Each bookmark: how deep it lies, its title and the number of the page that it leads to."""
    for one in pdf.outline if listed is None else listed:
        if isinstance(one, list):
            yield from bookmarks(pdf, one, depth + 1)
        else:
            yield depth, one.title, pdf.get_destination_page_number(one)


def ends(pdf):
    """Name of each end of a link to the text of its page."""
    found = pdf.named_destinations
    return {
        name.removeprefix("/"): pdf.pages[pdf.get_destination_page_number(one)].extract_text()
        for name, one in found.items()
    }


def test_bookmarks_are_the_headings_as_deep_as_their_chapters(pdf):
    found = [(depth, title) for depth, title, _ in bookmarks(pdf)]
    assert found[:8] == [
        *((0, "Contents"), (1, "Places"), (1, "Reference")),
        *((0, "Overview"), (1, "A part of it"), (0, "Places"), (1, "North"), (1, "South")),
    ]
    assert (1, "Data dictionary") in found[8:]
    assert all(title in pdf.pages[page].extract_text() for _, title, page in bookmarks(pdf))


def test_every_link_within_leads_to_a_page_and_those_to_the_web_stay(pdf):
    links = [one.get_object() for page in pdf.pages for one in page.get("/Annots", [])]
    known = ends(pdf)
    within = [str(one["/Dest"]).removeprefix("/") for one in links if "/Dest" in one]
    assert len(within) > 5
    assert set(within) <= set(known)
    assert "South" in known["place-south"]
    web = {str(one["/A"]["/URI"]) for one in links if "/A" in one}
    assert "https://example.org/" in web
    assert not any("127.0.0.1" in address or address.startswith("file") for address in web)


def test_the_contents_say_the_pages_on_which_chapters_begin(pdf):
    contents = pdf.pages[1].extract_text().splitlines()
    begin = {title: page + 1 for _, title, page in bookmarks(pdf)}
    for title in ("Overview", "North", "South", "Data dictionary"):
        assert f"{title} {begin[title]}" in contents


def test_pages_are_numbered_but_the_first(pdf):
    assert "3" in pdf.pages[2].extract_text().splitlines()
    assert "1" not in pdf.pages[0].extract_text().splitlines()


def test_it_says_what_it_is_and_is_tagged(pdf):
    root = pdf.root_object
    assert (root["/Lang"], root["/PageMode"]) == ("en", "/UseOutlines")
    assert root["/MarkInfo"]["/Marked"]
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert "/StructTreeRoot" in root
    assert pdf.metadata.title == "Small"
    assert pdf.metadata.creator.startswith("Made by pfpp-utils")
    assert pdf.metadata.creator in pdf.pages[0].extract_text().replace("\n", " ")


def test_results_are_printed_and_code_is_not(pdf):
    text = "\n".join(page.extract_text() for page in pdf.pages)
    assert "12.5" in text
    assert "tables.load" not in text


def test_every_page_links_to_it_and_nothing_else_is_left_behind(printed):
    for page in ("overview", "place-north", "how-made"):
        assert 'href="whole-book.pdf"' in (printed / f"{page}.html").read_text()
    assert [path.name for path in printed.iterdir() if path.name.startswith("_paper")] == []


def test_a_title_that_is_written_twice_is_written_once():
    assert [printing._once(one) for one in ("NorthNorth", "North", "No")] == ["North", "North", "No"]


def test_without_a_browser_it_is_said_before_anything_is_made(small_project, monkeypatch):
    monkeypatch.setenv("CHROMIUM", "/no/browser")
    with pytest.raises(InputError, match="no browser"):
        browser.find()
    said = CliRunner().invoke(main, ["book", "--pdf"])
    assert said.exit_code == 2
    assert "named in CHROMIUM" in said.stderr
    assert not (small_project / "_build").exists()
