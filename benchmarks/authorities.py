"""The engine at scale: a spend page and a profile for each of 309 authorities, beside a book of 30 pages.

``python benchmarks/authorities.py --pages 30 600`` writes a project for each number of pages into a folder of
its own, runs it and builds its book, and prints time per page, the most memory that each kind of process
held, and the weight of its pages. The project is this checkout with another plan: the authorities are the
pilot places in turn, on the illustrative register, with a threshold that differs from page to page.
"""

from __future__ import annotations

import argparse
import contextlib
import ctypes
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import yaml

ROOT = Path(__file__).resolve().parent.parent
AUTHORITIES = 309
NOTEBOOKS = {"profile": "place_profile", "spend": "spend_register"}
#: The first page of each, to which the notebooks link.
FIRST = {"profile": "place-durham", "spend": "spend-register"}
#: What the most pages may take, a page, of what the fewest do.
BAR = 1.15


def write(folder: Path, pages: int) -> None:
    """Write a project with so many pages of authorities, which needs nothing from elsewhere.

    Parameters
    ----------
    folder
        To be made.
    pages
        At least two, and even: a profile and a spend page each.
    """
    for room in ("data", "notebooks"):
        shutil.copytree(ROOT / room, folder / room, ignore=shutil.ignore_patterns("external", ".*"))
    (folder / "book").mkdir()
    shutil.copy(ROOT / "book/references.bib", folder / "book")
    (folder / "book/overview.md").write_text(f"# Authorities\n\nA book of {pages} pages.\n", encoding="utf-8")
    settings = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
    settings["title"] = "Authorities"
    (folder / "_config.yml").write_text(yaml.safe_dump(settings), encoding="utf-8")
    parts = [_part(kind, list(_runs(kind, pages // 2))) for kind in NOTEBOOKS]
    generated = [{"generated": "data-dictionary"}, {"generated": "how-made"}]
    reference = {"part": "Reference", "pages": [*generated, *_linked(folder / "book")]}
    planned = {"front": "overview", "parts": [*parts, reference]}
    (folder / "notebooks/plan.yml").write_text(yaml.safe_dump(planned, sort_keys=False), encoding="utf-8")


def _linked(prose: Path) -> Iterator[dict[str, str]]:
    """Put a page of a line wherever the notebooks link to one that is not among those of this book."""
    text = "".join(
        (ROOT / f"notebooks/{name}.ipynb").read_text(encoding="utf-8") for name in NOTEBOOKS.values()
    )
    for name in sorted(
        set(re.findall(r"\]\(([a-z][a-z0-9-]*)\)", text)) - {*FIRST.values(), "data-dictionary", "overview"}
    ):
        (prose / f"{name}.md").write_text(f"# {name}\n\nNot part of this book.\n", encoding="utf-8")
        yield {"prose": name}


def _part(kind: str, below: list[dict[str, Any]]) -> dict[str, Any]:
    first = {**below[0], "page": FIRST[kind]}
    run = {**first, "below": below[1:]} if below[1:] else first
    return {"part": f"The {kind} of each", "pages": [{"notebook": NOTEBOOKS[kind], "runs": [run]}]}


def _runs(kind: str, authorities: int) -> Iterator[dict[str, Any]]:
    lines = (ROOT / "data/tables/pilots.csv").read_text(encoding="utf-8").splitlines()[1:]
    places = [line.partition(",")[0] for line in lines]
    for number in range(authorities):
        given: dict[str, Any] = {"place": places[number % len(places)]}
        if kind == "spend":
            given["threshold_gbp"] = 50_000 + number
        name = f"{kind.capitalize()} of authority {number + 1:03}"
        yield {"page": f"{kind}-{number + 1:03}", "title": name, "parameters": given}


def kinds(family: list[psutil.Process]) -> dict[str, float]:
    """Most resident memory of one process of each kind that a run has now, in MiB."""
    most: dict[str, float] = {}
    for depth, process in enumerate(family):
        try:
            kind = "command" if depth == 0 else _kind(" ".join(process.cmdline()))
            most[kind] = max(most.get(kind, 0.0), process.memory_info().rss / 2**20)
        except psutil.Error:
            continue
    return most


def _kind(command: str) -> str:
    return "book builder" if "publish.builder" in command else "workers and pages"


def measure(folder: Path, *words: str) -> tuple[float, float, dict[str, float]]:
    """Run the command on a project: wall time and processor time in seconds, memory in MiB by kind."""
    environment = {**os.environ, "PFPP_PROJECT": str(folder)}
    environment.pop("PFPP_EXTERNAL", None)
    started, used = time.perf_counter(), _processor()
    command = [sys.executable, "-m", "pfpp_utils.cli", *words]
    most: dict[str, float] = {}
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as run:
        process = psutil.Process(run.pid)
        while run.poll() is None:
            try:
                family = [process, *process.children(recursive=True)]
            except psutil.Error:
                break
            for kind, size in kinds(family).items():
                most[kind] = max(most.get(kind, 0.0), size)
            time.sleep(0.5)
    if run.returncode:
        sys.exit(f"pfpp {' '.join(words)} failed in {folder}")
    wall = time.perf_counter() - started
    with contextlib.suppress(ChildProcessError):  # those that the command started, and left to us
        while True:
            os.wait()
    return wall, _processor() - used, most


def _processor() -> float:
    now = os.times()
    return now.children_user + now.children_system


def scale(pages: int, *, book: bool, keep: Path | None) -> dict[str, Any]:
    """Measure a project of so many pages."""
    with contextlib.nullcontext(keep) if keep else tempfile.TemporaryDirectory() as room:
        folder = Path(room) / f"{pages}-pages"
        write(folder, pages)
        steps = {"run": measure(folder, "run")}
        if book:
            steps["book"] = measure(folder, "book", "--no-run")
        found: dict[str, Any] = {"pages": pages}
        for step, (wall, processor, memory) in steps.items():
            sizes = {kind: round(size) for kind, size in sorted(memory.items())}
            found[step] = {"wall": wall / pages, "processor": processor / pages, "memory": sizes}
        html = sorted((folder / "_build/book").glob("*.html"))
        found["weights"] = {path.stem: path.stat().st_size for path in html if path.stem in _SHOWN}
        return found


_SHOWN = ("overview", "spend-register", "spend-002", "profile-002", "how-made")


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--pages", type=int, nargs="+", default=[30, 2 * AUTHORITIES], help="even numbers of pages, from 2 on"
    )
    parser.add_argument("--no-book", action="store_true", help="run the pages only")
    parser.add_argument("--keep", type=Path, help="folder in which the projects stay, to be looked at")
    given = parser.parse_args()
    if odd := [pages for pages in given.pages if pages < 2 or pages % 2]:
        parser.error(f"--pages: {odd[0]}; allowed: even numbers from 2 on, a profile and a spend page each")
    if given.keep and any((given.keep / f"{pages}-pages").exists() for pages in given.pages):
        parser.error(f"--keep: {given.keep} holds such a project already; allowed: a folder without")
    adopt = 36  # PR_SET_CHILD_SUBREAPER of Linux: processes whose parent is gone are counted here
    ctypes.CDLL(None).prctl(adopt, 1, 0, 0, 0)
    found = [scale(pages, book=not given.no_book, keep=given.keep) for pages in given.pages]
    for one in found:
        print(json.dumps(one))
    for step in found[0].keys() & {"run", "book"}:
        ratio = found[-1][step]["wall"] / found[0][step]["wall"]
        print(f"{step}: a page takes {ratio:.2f} of what it takes in the smallest (at most {BAR} to run)")


if __name__ == "__main__":
    main()
