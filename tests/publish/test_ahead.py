"""An edited page shown ahead of its book: as it will stand there, or not at all."""

from __future__ import annotations

import json
import re
import time
import urllib.request
from contextlib import suppress
from dataclasses import replace

import nbformat
import psutil
import pytest
from conftest import make_notebook, serving

from pfpp_utils.errors import Failure
from pfpp_utils.publish import ahead, book, execute, plan, site
from pfpp_utils.publish.builder import Builder

PAGE = "place-north"


@pytest.fixture
def built(executed_project):
    with Builder() as builder:
        book.build(plan.load(), builder)
    return executed_project


def edit(project, text):
    """Say something more in the notebook, and run the page."""
    path = project / "notebooks/place.ipynb"
    content = json.loads(path.read_text())
    content["cells"].append({"cell_type": "markdown", "id": "said", "metadata": {}, "source": text})
    path.write_text(json.dumps(content))
    pages = [page for page in plan.notebooks(plan.load()) if page.name == PAGE]
    assert [outcome.error for outcome in execute.run(pages)] == [""]
    return pages[0]


def test_a_page_is_shown_as_it_then_stands_in_the_book(built):
    with Builder() as builder:
        assert book.begin(builder)
        page = edit(built, "Said later.")
        assert ahead.put(page, plan.load(), builder)
        shown = (site.ahead() / f"{PAGE}.html").read_bytes()
        assert b"Said later." in shown
        assert b"Said later." not in (book.folder() / f"{PAGE}.html").read_bytes()
        book.build(plan.load(), builder)
        assert (book.folder() / f"{PAGE}.html").read_bytes() == shown


def test_a_new_title_stands_in_its_contents_list_too(built):
    with Builder() as builder:
        assert book.begin(builder)
        time.sleep(8)  # until it has made the list ahead; without it, nothing could be wrong
        path = built / "notebooks/plan.yml"
        path.write_text(path.read_text().replace("title: North", "title: Far north"))
        page = edit(built, "Said later.")
        assert ahead.put(page, plan.load(), builder)
        shown = (site.ahead() / f"{PAGE}.html").read_text()
        assert re.search('<li class="toctree-l1 current active"><a [^>]*>Far north</a>', shown)
        book.build(plan.load(), builder)
        assert (book.folder() / f"{PAGE}.html").read_text() == shown


def test_files_that_are_another_are_shown_too_and_pages_shown_before_stay(built):
    with Builder() as builder:
        assert book.begin(builder)
        page = edit(built, "Said later.")
        last = next((built / f"_build/book/_static/downloads/{PAGE}").glob("*.csv"))
        last.write_text("of the last book\n")
        (built / "_build/ahead").mkdir()
        (built / "_build/ahead/other.html").write_text("other")
        assert ahead.put(page, plan.load(), builder)
    files = {path.relative_to(site.ahead()) for path in site.ahead().rglob("*") if path.is_file()}
    names = {path.as_posix() for path in files}
    assert names == {f"{PAGE}.html", "other.html", last.relative_to(book.folder()).as_posix()}
    site.clear()
    assert not site.ahead().exists()


def test_what_must_not_be_published_is_not_shown(built):
    with Builder() as builder:
        assert book.begin(builder)
        page = edit(built, "Ask jane.doe@wards.gov.uk.")
        with pytest.raises(Failure, match=r"jane\.doe"):
            ahead.put(page, plan.load(), builder)
    assert not site.ahead().exists()


def test_without_a_book_begun_or_a_last_one_nothing_is_shown(built):
    with Builder() as builder:
        page = edit(built, "Said later.")
        assert not ahead.put(page, plan.load(), builder)
        assert book.begin(builder)
        assert not builder.page("never-built", built / "never-built.html")
        assert ahead.put(page, plan.load(), builder), "what could not be written spoils nothing"
    assert not (built / "never-built.html").exists()


def test_what_goes_wrong_is_left_to_the_book_and_of_many_pages_none_is_shown(built):
    said = []
    with Builder() as builder:
        show = ahead.shown(builder, said.append)
        page = edit(built, "Said later.")
        show(1)(execute.Outcome(page, 1.0))  # no book is begun
        book.begin(builder)
        show(1)(execute.Outcome(page, 1.0, error="it failed"))
        show(ahead.FEW + 1)(execute.Outcome(page, 1.0))
        two = show(2)
        two(execute.Outcome(page, 1.0))
        assert not said, "the other may yet withhold something"
        two(execute.Outcome(replace(page, name="place-south"), 1.0, error="it failed"))
    assert [line.partition(",")[0] for line in said] == [f"Page {PAGE} is shown"]


def test_an_edited_notebook_is_shown_and_then_its_book(built):
    with serving(built) as (address, wait):
        wait("Book built", "as it would be")
        path = built / "notebooks/place.ipynb"
        content = json.loads(path.read_text())
        content["cells"].append({"cell_type": "markdown", "id": "a", "metadata": {}, "source": "Edited."})
        path.write_text(json.dumps(content))
        wait(f"Page {PAGE} is shown")
        with urllib.request.urlopen(f"{address}/{PAGE}.html", timeout=10) as answer:
            assert "Edited." in answer.read().decode()
        wait("Book built")
        assert "Edited." in (built / f"_build/book/{PAGE}.html").read_text()
        path.write_text(json.dumps(content).replace("Edited.", "Ask jane.doe@wards.gov.uk."))
        wait("jane.doe")
        with urllib.request.urlopen(f"{address}/{PAGE}.html", timeout=10) as answer:
            assert "Edited." in answer.read().decode()


def test_what_was_saved_is_shown_before_other_pages_are_run(executed_project):
    """Another page fails, and is tried again after every save."""
    mark = executed_project / "tried"
    planned = executed_project / "notebooks/plan.yml"
    planned.write_text(f"{planned.read_text()}      - notebook: other\n        runs: [{{page: other}}]\n")
    other = executed_project / "notebooks/other.ipynb"
    nbformat.write(make_notebook("fine = 1", "here = 1  # a parameter"), other)
    with serving(executed_project) as (_, wait):
        wait("Book built")
        fails = f"import time\ntime.sleep(3)\nopen({str(mark)!r}, 'w').close()\nraise ValueError('other')"
        nbformat.write(make_notebook(fails, "here = 1  # a parameter"), other)
        wait("ValueError: other")
        mark.unlink()
        path = executed_project / "notebooks/place.ipynb"
        path.write_text(path.read_text().replace("# A place", "# A place\\n\\nEdited."))
        wait(f"Page {PAGE} is shown")
        assert not mark.exists()
        wait("ValueError: other")
        assert mark.exists()


def warm_processes():
    """Wait for the server that pages of a served book are forked from, and one that waits for a page."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        served = [one for one in psutil.Process().children(recursive=True) if "serve" in one.cmdline()]
        below = [one for parent in served for one in parent.children(recursive=True)]
        with suppress(psutil.NoSuchProcess):
            warm = [one for one in below if "multiprocessing.forkserver" in " ".join(one.cmdline())]
            if len(warm) == 2:
                return warm
        time.sleep(0.1)
    pytest.fail("no process waits")


@pytest.mark.parametrize("also_server", [False, True])
def test_a_save_is_shown_also_when_what_waited_for_it_was_ended(built, tmp_path_factory, also_server):
    scratch = tmp_path_factory.mktemp("t")  # sockets below it must have short names
    with serving(built, TMPDIR=str(scratch)) as (_, wait):
        wait("Book built", "as it would be")
        found = warm_processes()
        for one in found[0 if also_server else 1 :]:
            one.kill()
        time.sleep(1)  # until whoever started it has heard of it
        path = built / "notebooks/place.ipynb"
        content = json.loads(path.read_text())
        content["cells"].append({"cell_type": "markdown", "id": "a", "metadata": {}, "source": "Edited."})
        path.write_text(json.dumps(content))
        wait(f"Page {PAGE} is shown")
        wait("Book built")
        assert "Edited." in (built / f"_build/book/{PAGE}.html").read_text()
        warm_processes()
    assert not list(scratch.glob("pfpp-*")), "it ends without a trace"
