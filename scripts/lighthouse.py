"""Measure pages of the built book with Lighthouse, as on a throttled laptop, and hold them to bars.

`make lighthouse` measures every page; with PAGES=--kinds one page of each kind, as continuous integration
does.
Lighthouse is the npm package that `.ci/lighthouse` locks; the pages come from the server of `pfpp serve`.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from pfpp_utils import project
from pfpp_utils.errors import Failure, InputError
from pfpp_utils.publish import book, browser, site

LIGHTHOUSE = project.CHECKOUT / ".venv/lighthouse/node_modules/lighthouse/cli/index.js"
#: A laptop: its screen, a line of 10 Mbit/s with 40 ms to the server, and a processor slowed down four times.
PROFILE = ("--preset=desktop", "--throttling.cpuSlowdownMultiplier=4")
CATEGORIES = ("performance", "accessibility", "best-practices")
#: A machine with other work only ever measures a page slower than it is: the best of so many counts.
TRIES = 3
#: Kinds of pages, each by a sign in its HTML: the heaviest page with it stands for them.
KINDS = {
    "figures": 'class="pfpp-figure"',
    "flow diagram": 'class="pfpp-diagram"',
    "calculator": 'class="pfpp-calculator"',
    "ledger": "pfpp-ledger",
    "formulas": "<math",
    "tables": 'class="pfpp-table"',
    "bibliography": "citation-list",
    "search": "search-results",
    "any": "<html",
}


@dataclass(frozen=True)
class Bars:
    """What a page must reach: scores from 0 to 100, bytes as sent and milliseconds."""

    performance: int = 90
    accessibility: int = 100
    best_practices: int = 95
    bytes: int = 1_500_000
    interactive_ms: int = 2_500


@dataclass(frozen=True)
class Measured:
    """What Lighthouse found of a page, in the units of :class:`Bars`."""

    performance: int
    accessibility: int
    best_practices: int
    bytes: int
    interactive_ms: int
    faults: tuple[str, ...] = ()

    def below(self, bars: Bars) -> list[str]:
        """Name the bars that it does not reach."""
        least, most = ("performance", "accessibility", "best_practices"), ("bytes", "interactive_ms")
        found = [name for name in least if getattr(self, name) < getattr(bars, name)]
        return found + [name for name in most if getattr(self, name) > getattr(bars, name)]


def read(report: dict[str, Any]) -> Measured:
    """Take what is held to bars out of a report of Lighthouse."""
    if error := report.get("runtimeError"):
        raise Failure(f"Lighthouse could not measure {report.get('requestedUrl')}: {error.get('message')}")
    audits = report["audits"]
    scores = {name: int(100 * (report["categories"][name]["score"] or 0) + 0.5) for name in CATEGORIES}
    counted = {
        one["id"]
        for name in CATEGORIES[1:]
        for one in report["categories"][name]["auditRefs"]
        if one["weight"]
    }
    faults = [audits[name]["title"] for name in sorted(counted) if audits[name]["score"] not in (1, None)]
    return Measured(
        performance=scores["performance"],
        accessibility=scores["accessibility"],
        best_practices=scores["best-practices"],
        bytes=round(audits["total-byte-weight"]["numericValue"]),
        interactive_ms=round(audits["interactive"]["numericValue"]),
        faults=tuple(faults),
    )


def kinds(folder: Path) -> list[str]:
    """Choose one page of each kind: the front page, and of each sign the heaviest page that has it."""
    texts = {page: (folder / page).read_text(encoding="utf-8") for page in every(folder)}
    chosen = [_front(folder)]
    for sign in KINDS.values():
        having = [page for page, text in texts.items() if sign in text]
        chosen += [max(having, key=lambda page: len(texts[page]))] if having else []
    return list(dict.fromkeys(chosen))


def every(folder: Path) -> list[str]:
    """Name every page of a book but its door."""
    found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
    return sorted(page for page in found if page != "index.html" and not page.startswith("_"))


def _front(folder: Path) -> str:
    door = (folder / "index.html").read_text(encoding="utf-8")
    return door.partition("url=")[2].partition('"')[0]


def measure(address: str) -> Measured:
    """Run Lighthouse on an address once."""
    flags = " ".join(["--headless=new", *browser.QUIET])
    asked = (
        "--output=json",
        "--quiet",
        f"--only-categories={','.join(CATEGORIES)}",
        f"--chrome-flags={flags}",
    )
    command = ["node", str(LIGHTHOUSE), address, *PROFILE, *asked]
    ran = subprocess.run(
        command,
        env={**os.environ, "CHROME_PATH": browser.find()},
        capture_output=True,
        text=True,
        check=False,
    )
    if ran.returncode and not ran.stdout.strip():
        raise Failure(f"Lighthouse ended with {ran.returncode}\n{ran.stderr.strip()[-2000:]}")
    return read(json.loads(ran.stdout))


def settled(address: str, bars: Bars) -> Measured:
    """Measure until a page reaches the bars, at most :data:`TRIES` times; what is best otherwise."""
    tries: list[Measured] = []
    while len(tries) < TRIES:
        tries.append(measure(address))
        if not tries[-1].below(bars):
            return tries[-1]
    return max(tries, key=lambda one: (one.performance, -one.interactive_ms))


def rows(folder: Path, pages: list[str], bars: Bars) -> Iterator[tuple[str, Measured]]:
    """Measure pages of a folder, one after the other."""
    with site.served(folder) as at:
        for page in pages:
            yield page, settled(f"{at}/{page}", bars)


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE.html...]")
@click.option("--kinds", "only_kinds", is_flag=True, help="One page of each kind.")
@click.option("--folder", type=click.Path(path_type=Path), help="The built book.  [default: _build/book]")
def main(pages: tuple[str, ...], folder: Path | None, *, only_kinds: bool) -> None:
    """Measure pages of the built book; exit status 1 if one does not reach the bars."""
    folder, bars = folder or book.folder(), Bars()
    if not (folder / "index.html").is_file():
        raise click.ClickException("there is no book yet; run `make book` first")
    if not LIGHTHOUSE.is_file():
        raise click.ClickException("Lighthouse is not installed; run `make lighthouse`")
    chosen = list(pages) or (kinds(folder) if only_kinds else every(folder))
    if unknown := [page for page in chosen if not (folder / page).is_file()]:
        raise click.ClickException(f"no such page in {folder}: {', '.join(unknown)}; say it as overview.html")
    print(f"{'Page':<44} {'perf.':>6} {'access.':>7} {'practice':>8} {'kB':>6} {'ready, s':>8}", flush=True)
    failed = 0
    try:
        for page, one in rows(folder, chosen, bars):
            below = one.below(bars)
            failed += bool(below)
            told = (
                f"{one.performance:>6} {one.accessibility:>7} {one.best_practices:>8} {one.bytes / 1e3:>6.0f}"
            )
            print(f"{page:<44} {told} {one.interactive_ms / 1e3:>8.2f}", flush=True)
            for fault in (*(f"does not reach the bar of {name}" for name in below), *one.faults):
                print(f"    {fault}", flush=True)
    except (Failure, InputError) as error:
        sys.exit(str(error))
    print(f"{len(chosen)} pages, {failed} below a bar: {bars}")
    sys.exit(bool(failed))


if __name__ == "__main__":
    main()
