"""A real Dask cluster of two workers on this machine: the same book, also when one of them is killed."""

from __future__ import annotations

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import nbformat
import psutil
import pytest
from conftest import make_notebook, write_project

from pfpp_utils.errors import InputError
from pfpp_utils.publish import cluster, execute, fingerprint, plan

pytest.importorskip("distributed", reason="Dask is not installed: make dask")

PAGES = 8


def start(*words, **more):
    command = [sys.executable, "-m", "distributed.cli." + words[0], *words[1:]]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **more)


def address_in(file, process, seconds=60):
    """Read where the scheduler listens; its file is there before what it says is written."""
    until = time.monotonic() + seconds
    while time.monotonic() < until and process.poll() is None:
        with suppress(FileNotFoundError, json.JSONDecodeError):
            return json.loads(file.read_text())["address"]
        time.sleep(0.1)
    pytest.fail(f"the scheduler said no address within {seconds} seconds (exit code: {process.poll()})")


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory):
    """Start a scheduler and two workers, which know nothing of any project; yields its address and theirs."""
    folder = tmp_path_factory.mktemp("cluster")
    file = folder / "scheduler.json"
    environment = {key: value for key, value in os.environ.items() if not key.startswith("PFPP_")}
    where = {"cwd": folder, "env": environment}
    running = [
        start(
            "dask_scheduler",
            "--host",
            "127.0.0.1",
            "--port",
            "0",
            "--no-dashboard",
            "--scheduler-file",
            file,
            **where,
        )
    ]
    try:
        address = address_in(file, running[0])
        workers = ("dask_worker", address, "--nthreads", "1", "--no-dashboard", "--local-directory", folder)
        running += [start(*workers, **where) for _ in range(2)]
        yield address, running[1:]
    finally:
        for process in running:
            for child in (
                (*psutil.Process(process.pid).children(recursive=True), process)
                if process.poll() is None
                else ()
            ):
                child.kill()
            process.wait()


def write(folder, code="print(place, (tables.load('reach').pilot == place).sum())"):
    write_project(folder)
    nbformat.write(
        make_notebook(f"from pfpp_utils.data import tables\n{code}"), folder / "notebooks/place.ipynb"
    )
    runs = "".join(
        f"          - page: page-{n}\n            parameters: {{place: {'north' if n % 2 else 'south'}}}\n"
        for n in range(PAGES)
    )
    text = (folder / "notebooks/plan.yml").read_text()
    (folder / "notebooks/plan.yml").write_text(
        re.sub(r"(        runs:\n).*?(?=  - part: Ref)", rf"\1{runs}", text, flags=re.S)
    )


@pytest.fixture
def project(tmp_path, monkeypatch):
    folder = tmp_path / "project"
    folder.mkdir()
    write(folder)
    monkeypatch.setenv("PFPP_PROJECT", str(folder))
    monkeypatch.delenv("PFPP_EXTERNAL", raising=False)
    return folder


def run(address, pages):
    with cluster.executor(address) as executor:
        return [outcome.error for outcome in execute.run(pages, executor=executor)]


def made(pages):
    """Tell what was made, and what was read for it."""
    records = [fingerprint.recall(page) for page in pages]
    return [(record.results, record.parts) for record in records]


def test_a_cluster_gives_the_same_pages_and_says_the_same_of_what_they_read(scheduler, project):
    pages = plan.notebooks(plan.load())
    assert len(pages) == PAGES
    assert run(scheduler[0], pages) == [""] * PAGES
    there = made(pages)
    assert not any(execute.changed(pages).values())
    shutil.rmtree(project / "_build")
    assert [outcome.error for outcome in execute.run(pages)] == [""] * PAGES
    assert made(pages) == there
    assert "data data/tables/reach.csv" in there[0][1]


def test_changed_data_are_sent_again(scheduler, project):
    pages = plan.notebooks(plan.load())[:1]
    run(scheduler[0], pages)
    with (project / "data/tables/reach.csv").open("a") as file:
        file.write("south,1,target\n")
    assert run(scheduler[0], pages) == [""]
    assert nbformat.read(execute.output(pages[0]), 4).cells[-1].outputs[0].text == "south 2\n"


OFFICIAL = """
from pfpp_utils.data import reads
from pfpp_utils.data.external import files
for path in files.every():
    reads.note(path)
    print(path.name, path.read_text(), end='')
"""


def test_official_files_held_elsewhere_are_sent_and_no_others(scheduler, project, tmp_path, monkeypatch):
    held = {project / "data/external": "no longer used\n", tmp_path / "official": "1 and 2\n"}
    for folder, text in held.items():
        folder.mkdir()
        (folder / f"{folder.name}.csv").write_text(text)
    monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "official"))
    nbformat.write(make_notebook(OFFICIAL), project / "notebooks/place.ipynb")
    pages = plan.notebooks(plan.load())[:1]
    assert run(scheduler[0], pages) == [""]
    there = made(pages)
    assert nbformat.read(execute.output(pages[0]), 4).cells[-1].outputs[0].text == "official.csv 1 and 2\n"
    assert "data data/external/official.csv" in there[0][1]
    assert not any(execute.changed(pages).values())
    execute.run(pages)
    assert made(pages) == there


def test_a_failing_page_fails_alone_and_as_it_does_here(scheduler, project):
    nbformat.write(make_notebook("assert place == 'north'"), project / "notebooks/place.ipynb")
    errors = run(scheduler[0], plan.notebooks(plan.load()))
    assert [bool(error) for error in errors] == [True, False] * (PAGES // 2)
    assert "notebooks/place.ipynb, cell 3" in errors[0]
    assert "AssertionError" in errors[0]


def test_a_worker_with_another_version_is_refused(scheduler, project, monkeypatch):
    monkeypatch.setattr(cluster.stamp, "package", lambda: "another")
    (error,) = run(scheduler[0], plan.notebooks(plan.load())[:1])
    assert "another version of pfpp-utils" in error


@pytest.mark.parametrize("address", ["tcp://127.0.0.1:9", "nowhere at all", "http://127.0.0.1:80"])
def test_an_address_where_nobody_answers_is_refused(project, address, monkeypatch):
    monkeypatch.setattr(cluster, "PATIENCE", "2s")
    with pytest.raises(InputError, match="the cluster cannot be used"), cluster.executor(address):
        pass


def test_a_cluster_is_reached_from_within_a_running_loop(scheduler, project):
    """As in a notebook, or beside a browser under test."""

    async def within():
        return run(scheduler[0], plan.notebooks(plan.load())[:1])

    with ThreadPoolExecutor(1) as aside:  # the tests may have a loop themselves
        assert aside.submit(asyncio.run, within()).result() == [""]


def test_a_worker_killed_while_it_runs_pages_changes_nothing(scheduler, project):
    """Last, as only one worker is left after it."""
    address, workers = scheduler
    write_slow = "import time\ntime.sleep(1.5)\nprint(place)"
    nbformat.write(make_notebook(write_slow), project / "notebooks/place.ipynb")
    pages = plan.notebooks(plan.load())
    killed = []

    def kill(_):
        if not killed:
            family = [
                *psutil.Process(workers[0].pid).children(recursive=True),
                psutil.Process(workers[0].pid),
            ]
            killed.extend(family)
            for process in family:
                os.kill(process.pid, signal.SIGKILL)

    with cluster.executor(address) as executor:
        outcomes = execute.run(pages, executor=executor, progress=kill)
    assert killed
    assert [outcome.error for outcome in outcomes] == [""] * PAGES
    texts = [nbformat.read(execute.output(page), 4).cells[-1].outputs[0].text for page in pages]
    assert texts == ["south\n", "north\n"] * (PAGES // 2)
