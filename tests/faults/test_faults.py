"""Whatever happens to a run: the last good book opens, none is half published, the next run completes.

In short form; ``PFPP_FAULTS=50`` kills a run so many times.
"""

from __future__ import annotations

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import nbformat
import psutil
import pytest
from conftest import make_notebook, write_project

TIMES = int(os.environ.get("PFPP_FAULTS", "3"))
PAGES = ("overview", "place-north", "place-south", "data-dictionary", "how-made")


def start(project, *words):
    """Start the command as from a terminal: in a group of its own."""
    environment = {**os.environ, "PFPP_PROJECT": str(project)}
    command = [sys.executable, "-m", "pfpp_utils.cli", *words]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
    return subprocess.Popen(command, env=environment, start_new_session=True, **pipes)


def complete(project, *words):
    """Run the command to its end; returns exit status and what it printed."""
    with start(project, *(words or ("book",))) as run:
        return run.wait(300), run.stdout.read()


def edit(project, edition, code=""):
    """Write an edition: it is named in the prose and in the result of every page."""
    (project / "book/overview.md").write_text(f"# Overview\n\nedition-{edition}-\n")
    shown = f"from pfpp_utils.publish import show\nshow.text('edition-{edition}-')"
    nbformat.write(make_notebook(f"{code}\n{shown}"), project / "notebooks/place.ipynb")


def edition_of(project):
    """Tell which edition is published, which all its pages must be of."""
    book = project / "_build/book"
    texts = [(book / f"{page}.html").read_text() for page in PAGES]
    assert all(text.rstrip().endswith("</html>") for text in texts)
    assert (book / "index.html").is_file()
    assert (book / "_static/pfpp.css").is_file() or (book / "_static/basic.css").is_file()
    found = {edition for text in texts for edition in re.findall(r"edition-(\d+)-", text)}
    assert len(found) == 1, found
    return int(found.pop())


@pytest.fixture
def project(tmp_path):
    folder = tmp_path / "project"
    folder.mkdir()
    write_project(folder)
    edit(folder, 0)
    assert complete(folder)[0] == 0
    return folder


def kill(run, number=signal.SIGKILL):
    """Kill a run alone; returns once all that it had started is gone too."""
    family = []
    with contextlib.suppress(psutil.Error):
        family = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(number)
    run.communicate()
    _, alive = psutil.wait_procs(family, timeout=60)
    assert alive == [], "processes that outlive their run"


def test_a_run_killed_at_any_moment(project):
    edit(project, 1)
    started = time.monotonic()
    assert complete(project)[0] == 0
    took = time.monotonic() - started
    good, seed = 1, random.randrange(10**6)
    print("seed", seed)
    moments = random.Random(seed)
    for edition in range(2, TIMES + 2):
        edit(project, edition)
        run = start(project, "book")
        time.sleep(moments.uniform(0, took))
        kill(run)
        assert edition_of(project) in {good, edition}
        good = edition_of(project)
    status, printed = complete(project)
    assert status == 0, printed
    assert edition_of(project) == TIMES + 1
    assert not list((project / "_build").glob("book.*[!p]")), "leftovers"
    assert [path.name for path in (project / "_build/pages").iterdir() if path.name.startswith(".")] == []


def works_in(process, folder):
    try:
        return process.cwd() == str(folder)
    except psutil.NoSuchProcess:  # of a page that is done: gone, or not yet cleared away
        return False


def test_kernels_killed(project):
    edit(project, 1, "import time\nopen(f'{place}.ready', 'w').close()\nif place == 'north': time.sleep(300)")
    with start(project, "book") as run:
        ready, until = project / "notebooks/north.ready", time.monotonic() + 120
        south = project / "_build/pages/place-south.ipynb"
        while not (ready.exists() and "edition-1-" in south.read_text()) and time.monotonic() < until:
            time.sleep(0.1)
        kernels = [
            process
            for process in psutil.Process(run.pid).children(recursive=True)
            if works_in(process, project / "notebooks")
        ]
        leaves = [process for process in kernels if not process.children()]
        assert leaves
        for process in leaves:
            process.kill()
        printed, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "page place-north failed" in printed
    assert "DeadKernelError: Kernel died" in printed
    assert "page place-south failed" not in printed
    assert edition_of(project) == 0
    edit(project, 2)
    assert complete(project)[0] == 0
    assert edition_of(project) == 2


def test_a_full_disk(tmp_path):
    if os.geteuid() or not shutil.which("mount"):
        pytest.skip("only an administrator can mount a small disk")
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=80m", "tmpfs", disk], capture_output=True, check=False
    ).returncode:
        pytest.skip("no disk can be mounted here")
    try:
        project = disk / "project"
        project.mkdir()
        write_project(project)
        edit(project, 0)
        assert complete(project)[0] == 0
        edit(project, 1)
        with (disk / "filler").open("wb") as file, contextlib.suppress(OSError):
            while True:
                file.write(bytes(2**14))
        status, printed = complete(project)
        assert status == 1
        assert "No space left on device" in printed
        assert edition_of(project) == 0
        (disk / "filler").unlink()
        assert complete(project)[0] == 0
        assert edition_of(project) == 1
    finally:
        subprocess.run(["umount", "--lazy", disk], check=True)


def test_a_data_file_removed_while_pages_run(project):
    table = project / "data/tables/reach.csv"
    text = table.read_text()
    edit(
        project,
        1,
        "import time\nfrom pfpp_utils.data import tables\nopen(f'{place}.ready', 'w').close()\ntime.sleep(4)\ntables.load('reach')",
    )
    with start(project, "book") as run:
        ready, until = project / "notebooks/north.ready", time.monotonic() + 120
        while not ready.exists() and time.monotonic() < until:
            time.sleep(0.1)
        table.unlink()
        printed, _ = run.communicate(timeout=120)
    assert run.returncode == 1
    assert "data/tables/reach.csv" in printed
    assert edition_of(project) == 0
    table.write_text(text)
    assert complete(project)[0] == 0
    assert edition_of(project) == 1


def test_two_at_once(project):
    edit(project, 1, "import time\nopen(f'{place}.ready', 'w').close()\ntime.sleep(4)")
    with start(project, "book") as first:
        ready, until = project / "notebooks/north.ready", time.monotonic() + 120
        while not ready.exists() and time.monotonic() < until:
            time.sleep(0.1)
        status, printed = complete(project)
        assert status == 1
        assert f"another run is at work here (process {first.pid})" in printed
        first.communicate(timeout=120)
    assert first.returncode == 0
    assert edition_of(project) == 1


def test_a_lock_that_was_left_is_taken_over(project):
    (project / "_build/turn").write_text("1")
    edit(project, 1)
    assert complete(project)[0] == 0


@pytest.mark.parametrize("kernel", ["warm", "plain"])
def test_interrupted_from_the_keyboard(project, kernel, monkeypatch, request):
    scratch = Path(tempfile.mkdtemp(prefix="pfpp-"))  # a socket will be in it, whose path must be short
    request.addfinalizer(lambda: shutil.rmtree(scratch))
    monkeypatch.setenv("TMPDIR", str(scratch))
    ready = "import pathlib, time\npathlib.Path(f'{place}.ready').touch()\n"
    edit(project, 1, f"{ready}if place == 'south': time.sleep(500)")
    with start(project, "book", "--jobs", "1", "--kernel", kernel) as run:
        until = time.monotonic() + 120
        while not (project / "notebooks/south.ready").exists() and time.monotonic() < until:
            time.sleep(0.1)
        family = psutil.Process(run.pid).children(recursive=True)
        os.killpg(run.pid, signal.SIGINT)
        printed, _ = run.communicate(timeout=60)
    _, alive = psutil.wait_procs(family, timeout=60)
    assert run.returncode == 1
    assert "pfpp: stopped while it ran place-south; pages done by then are kept" in printed
    assert "Traceback" not in printed
    assert alive == [], "kernels that outlive their run"
    assert list(scratch.iterdir()) == [], "what pages needed only meanwhile"
    assert edition_of(project) == 0
    edit(project, 2)
    assert complete(project)[0] == 0
    assert edition_of(project) == 2
