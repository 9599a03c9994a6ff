"""The command as a researcher meets it: help, exit status, messages, and nothing half written."""

from __future__ import annotations

import http.server
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import nbformat
import pytest
from click.testing import CliRunner
from conftest import PLAN, files, make_notebook
from nbformat.v4 import new_code_cell

from pfpp_utils import project
from pfpp_utils.cli import main
from pfpp_utils.commands import terminal
from pfpp_utils.publish import book, execute, notebook, records

VERBS = {
    "plan": "List the pages of the book",
    "run": "Execute the pages that changed with papermill, in parallel",
    "book": "build the book into _build/book/",
    "serve": "Show the built book at a local address",
    "check": "report every fault found",
    "normalise": "the form in which they are committed",
}
PILOTS = "pilot,place,funding_gbp\nnorth,North,100000\nsouth,South,50000\n"


def pfpp(*words):
    """Run the command; returns exit status, what it printed, and what it printed as errors."""
    terminal.console().width = 200  # whatever it was when the first test loaded it
    result = CliRunner(env={"COLUMNS": "200"}).invoke(main, [str(word) for word in words])
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result.exit_code, result.stdout, result.stderr


@pytest.mark.parametrize("verb", VERBS)
def test_help_says_what_a_verb_does(verb):
    status, printed, _ = pfpp(verb, "--help")
    assert status == 0
    assert VERBS[verb] in " ".join(printed.split())
    assert pfpp(verb, "-h") == (0, printed, "")


def test_help_lists_the_verbs_and_what_the_exit_status_means():
    _, printed, _ = pfpp("--help")
    assert all(re.search(rf"^  {verb} +\w", printed, re.MULTILINE) for verb in VERBS)
    assert "Exit status: 0 all well; 1 a page or the book failed; 2" in " ".join(printed.split())


def planned(old, new):
    return lambda folder: (folder / "notebooks/plan.yml").write_text(PLAN.replace(old, new))


def pilots(old, new, encoding="utf-8"):
    text = PILOTS.replace(old, new).encode(encoding)
    return lambda folder: (folder / "data/tables/pilots.csv").write_bytes(text)


def two_cells(folder):
    made = make_notebook()
    made.cells.append(new_code_cell("x = 1", metadata={"tags": ["parameters"]}))
    nbformat.write(made, folder / "notebooks/place.ipynb")


def another_year(folder):
    made = make_notebook(parameters='place = "north"\nyear = "2020-21"')
    nbformat.write(made, folder / "notebooks/place.ipynb")
    planned("{place: south}", '{year: "1999-00"}')(folder)


# What is spoilt, and what the message says: where, what was found, what is allowed.
BAD_INPUT = {
    "unknown place": (planned("place: south", "place: west"), "plan.yml, line 10", "'west'", "north, south"),
    "unknown year": (another_year, "plan.yml, line 10", "'1999-00'", "2020-21"),
    "unknown parameter": (planned("{place:", "{plaice:"), "plan.yml, line 7", "'plaice'", "allowed: place"),
    "two parameters cells": (two_cells, "notebooks/place.ipynb", "2 (cells 2, 4)", "one such cell"),
    "a page listed twice": (planned("e-south", "e-north"), "plan.yml, line 10", "'place-north'", "once"),
    "a missing column": (pilots(",funding_gbp", ""), "pilots.csv, line 1", "funding_gbp", "missing column"),
    "an extra column": (pilots("_gbp", "_gbp,year"), "pilots.csv, line 1", "'year'", "extra column"),
    "a value out of range": (pilots("50000", "-5"), "line 3, column funding_gbp", "'-5'", "minimum is 0"),
    "not UTF-8": (pilots("South", "Süd", "latin-1"), "pilots.csv, line 3", r"\xfc", "UTF-8"),
}


@pytest.mark.parametrize("verb", ["run", "book", "check"])
@pytest.mark.parametrize("fault", BAD_INPUT)
def test_bad_input_is_named_and_nothing_is_written(small_project, fault, verb):
    spoil, *parts = BAD_INPUT[fault]
    spoil(small_project)
    before = files(small_project)
    status, _, errors = pfpp(verb)
    assert status == 2
    assert [part for part in parts if part not in errors] == []
    assert files(small_project) == before


@pytest.mark.parametrize(
    ("verb", "allowed"),
    [("run", "place, place-north"), ("book", "place, place-north"), ("normalise", "place")],
)
def test_an_unknown_name_is_answered_with_the_list(small_project, verb, allowed):
    before = files(small_project)
    status, _, errors = pfpp(verb, "leeds")
    assert status == 2
    assert "found:   'leeds'" in errors
    assert f"allowed: {allowed}" in errors
    assert files(small_project) == before


@pytest.mark.parametrize(
    "words", ["run --jobs 0", "serve --port 70000", "run --kernel cold", "run --fast", "walk"]
)
def test_a_command_that_cannot_be_is_refused(words):
    assert pfpp(*words.split())[0] == 2


@pytest.mark.parametrize("verb", VERBS)
def test_a_folder_that_is_no_project_is_refused(tmp_path, monkeypatch, verb):
    monkeypatch.setenv("PFPP_PROJECT", "")
    status, _, errors = pfpp("--project", tmp_path / "nowhere", verb)
    assert status == 2
    assert str(tmp_path / "nowhere") in errors
    assert "data/datapackage.json" in errors
    assert list(tmp_path.iterdir()) == []


def test_a_project_named_from_where_one_stands_is_the_same_from_everywhere(small_project, monkeypatch):
    monkeypatch.setenv("PFPP_PROJECT", "")
    monkeypatch.chdir(small_project.parent)
    assert pfpp("--project", small_project.name, "plan")[0] == 0
    monkeypatch.chdir(small_project / "notebooks")  # where the kernels work
    assert project.root() == small_project


def test_plan_lists_every_page(executed_project):
    (executed_project / "_build/pages/place-south.ipynb").unlink()
    status, printed, _ = pfpp("plan")
    lines = [line.split() for line in printed.splitlines()]
    assert status == 0
    assert lines[1] == ["overview", "prose"]
    assert lines[2][:4] == ["Places", "place-north", "place.ipynb", "place=north"]
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", " ".join(lines[2][4:]))
    assert lines[3] == ["Places", "place-south", "place.ipynb", "place=south", "never"]
    assert lines[5] == ["Reference", "how-made", "generated"]


def test_a_failing_page_is_reported_and_the_others_are_run(small_project):
    nbformat.write(make_notebook("assert place == 'north'"), small_project / "notebooks/place.ipynb")
    status, printed, errors = pfpp("run")
    assert status == 1
    assert re.search(r"place-north +done +\d", printed)
    assert re.search(r"place-south +failed +\d", printed)
    assert "1 failed" in printed
    assert "page place-south failed\n  notebook:   notebooks/place.ipynb, cell 3\n" in errors
    assert "  parameters: place='south'\n  error:      AssertionError: " in errors
    assert [path.name for path in (small_project / "_build/pages").iterdir()] == ["place-north.ipynb"]


@pytest.fixture
def ran(monkeypatch):
    """Record the pages that would be run, and let the book be built of what there is."""
    names = []

    def run(pages, **_):
        names.extend(page.name for page in pages)
        return [execute.Outcome(page, 1.0) for page in pages]

    monkeypatch.setattr(execute, "run", run)
    monkeypatch.setattr(book, "build", lambda pages, builder, **_: book.folder())
    return names


@pytest.mark.parametrize(
    ("words", "absent", "expected"),
    [
        (["--all"], (), ["place-north", "place-south"]),
        (["--all", "place-north"], (), ["place-north"]),
        (["--all", "place-north"], ("place-south",), ["place-north", "place-south"]),
        (["--all", "place"], (), ["place-north", "place-south"]),
        ([], (), []),
        ([], ("place-south",), ["place-south"]),
        (["place"], ("place-south",), ["place-south"]),
        (["place-north"], ("place-south",), ["place-south"]),
        (["--no-run"], (), []),
    ],
)
def test_book_runs_what_is_asked_for_and_what_was_never_run(executed_project, ran, words, absent, expected):
    for name in absent:
        (executed_project / f"_build/pages/{name}.ipynb").unlink()
    status, printed, _ = pfpp("book", *words)
    assert (status, ran) == (0, expected)
    assert "Book built in" in printed


def test_a_book_without_running_needs_every_page(executed_project, ran):
    (executed_project / "_build/pages/place-south.ipynb").unlink()
    status, _, errors = pfpp("book", "--no-run")
    assert status == 2
    assert "found:   'place-south'" in errors


def test_a_book_without_running_needs_sound_data_too(executed_project, ran):
    pilots("50000", "-5")(executed_project)
    status, _, errors = pfpp("book", "--no-run")
    assert status == 2
    assert "minimum is 0" in errors


def test_claims_are_checked_again_if_a_page_was_changed_by_hand(executed_project, ran, monkeypatch):
    checked = []
    monkeypatch.setattr(records, "require", checked.append)
    page = executed_project / "_build/pages/place-north.ipynb"
    for text, times in ((page.read_text(), 1), (page.read_text(), 1), (page.read_text() + " ", 2)):
        page.write_text(text)
        assert pfpp("book", "--no-run")[0] == 0
        assert len(checked) == times


def test_a_sound_project_passes_check(small_project):
    made = make_notebook("x = 1 + 1")
    for cell in made.cells[1:]:
        cell.execution_count = 1
    notebook.write(notebook.normalise(made), small_project / "notebooks/place.ipynb")
    assert pfpp("check") == (0, "Data package, plan and notebooks are sound.\n", "")


def test_check_reports_every_fault_and_counts_them(small_project):
    pilots("50000", "-5")(small_project)
    planned("place: south", "place: west")(small_project)
    status, _, errors = pfpp("check")
    assert status == 2
    for part in ("pilots.csv, line 3", "plan.yml, line 10", "pfpp normalise place", "pfpp: 4 faults"):
        assert part in errors


def test_normalise_says_what_it_changed(small_project):
    assert pfpp("normalise") == (0, "place: rewritten\n", "")
    assert pfpp("normalise", "place") == (0, "place: unchanged\n", "")


def test_there_is_nothing_to_serve_before_there_is_a_book(small_project):
    status, _, errors = pfpp("serve", "--no-watch")
    assert status == 2
    assert "pfpp book" in errors


@pytest.fixture
def index(small_project):
    (small_project / "_build/book").mkdir(parents=True)
    (small_project / "_build/book/index.html").write_text("<title>A small book</title>")


@pytest.mark.usefixtures("index")
def test_a_port_in_use_is_refused(monkeypatch):
    monkeypatch.setattr(http.server.ThreadingHTTPServer, "serve_forever", lambda server: None)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, errors = pfpp("serve", "--no-watch", "--port", port)
    assert status == 2
    assert f"found:   {port}" in errors


@pytest.mark.usefixtures("index")
def test_serve_shows_the_book_to_this_machine_until_it_is_stopped():
    command = [sys.executable, "-m", "pfpp_utils.cli", "serve", "--no-watch", "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as server:
        try:
            address = re.search(r"http://127\.0\.0\.1:\d+/", server.stdout.readline()).group()
            with urllib.request.urlopen(address, timeout=60) as page:
                assert page.read() == b"<title>A small book</title>"
            server.send_signal(signal.SIGINT)
            assert server.wait(timeout=60) == 0
            assert "Stopped." in server.stdout.read()
        finally:
            server.kill()


def test_an_interrupted_run_ends_soon_and_leaves_nothing_half_done(small_project):
    more = "".join(f"          - page: more-{number}\n" for number in range(8))
    (small_project / "notebooks/plan.yml").write_text(
        PLAN.replace("        runs:\n", f"        runs:\n{more}")
    )
    nbformat.write(make_notebook("import time\ntime.sleep(1)"), small_project / "notebooks/place.ipynb")
    command = [sys.executable, "-m", "pfpp_utils.cli", "run", "--jobs", "1"]
    done, until = small_project / "_build/pages", time.monotonic() + 60
    with subprocess.Popen(command, stderr=subprocess.PIPE, start_new_session=True) as run:
        while not list(done.glob("*.ipynb")) and time.monotonic() < until:
            time.sleep(0.1)
        os.killpg(run.pid, signal.SIGINT)  # as Ctrl-C in a terminal does: to every process of the group
        _, errors = run.communicate(timeout=60)
    assert run.returncode == 1
    assert re.search(rb"stopped while it ran more-\d; pages done by then are kept", errors)
    assert 1 <= len(list(done.iterdir())) < 10
    assert not list(done.glob(".*")), "nothing half done"
