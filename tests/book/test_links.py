"""Every link of a built book leads somewhere, those in what the code of its notebooks shows too."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import nbformat
import pytest
from conftest import make_notebook, write_project

from pfpp_utils.publish import book, execute, page, plan
from pfpp_utils.publish.builder import Builder

from .crawl import Page, lost

CODE = """\
import pandas as pd
from pfpp_utils.publish import markup, show

show.text("[In text](place-north#table-see), [whole](data-dictionary) and <a href='how-made'>in HTML</a>.")
see = [markup.Html('<a href="place-south#table-see">In a table</a>')]
seen = pd.DataFrame({"Place": [place], "See": see}, dtype=object)
show.table(seen, name="see", title="See", subtitle="Links", source="Test")
"""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    folder = tmp_path_factory.mktemp("links")
    write_project(folder)
    nbformat.write(make_notebook(CODE), folder / "notebooks/place.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(folder))
        pages = plan.load()
        assert [one.error for one in execute.run(plan.notebooks(pages))] == ["", ""]
        with Builder() as builder:
            return book.build(pages, builder)


def test_links_in_outputs_are_links_in_the_book(built):
    links = set(Page((built / "place-north.html").read_text(encoding="utf-8")).links)
    assert {"place-north.html#table-see", "place-south.html#table-see"} <= links
    assert links >= {"data-dictionary.html", "how-made.html"}


def test_every_link_of_the_book_leads_somewhere(built):
    assert lost(built) == []


def test_every_page_that_an_executed_notebook_names_is_in_the_plan():
    """The project's own pages, as run last: links in outputs after rendering."""
    pages = plan.load()
    known = {f"{one.name}.html" for one in plan.every(pages)}
    wrong = []
    for one in plan.notebooks(pages):
        if not execute.output(one).is_file():
            pytest.skip("pages have not been run: run `make book`")
        executed = nbformat.read(execute.output(one), as_version=4)
        for cell in page.render(executed, one, made="").notebook.cells:
            for output in cell.get("outputs", []):
                told = "".join(
                    output.get("data", {}).get(kind, "") for kind in ("text/html", "text/markdown")
                )
                links = re.findall(r'<a\s[^>]*?\bhref="([^"#]+)|\]\(([^)#\s]+)', told)
                near = [link for link in map("".join, links) if not urlsplit(link).scheme]
                wrong += [
                    f"{one.name}: {link}" for link in near if link[:8] != "_static/" and link not in known
                ]
    assert wrong == []
