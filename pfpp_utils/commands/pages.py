"""Run pages and make the book: ``pfpp plan``, ``run`` and ``book``."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pfpp_utils.commands import terminal

if TYPE_CHECKING:
    from pfpp_utils.publish import edition


def _ways(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add the options that say how pages are run."""
    for option in (
        click.option("--memory", type=click.IntRange(1), metavar="MIB", help="Memory that a page may take."),
        click.option("--seconds", type=click.FloatRange(0, min_open=True), help="Time that a page may take."),
        click.option(
            "--scheduler",
            default="",
            metavar="ADDRESS",
            help="Run on a Dask cluster, such as tcp://host:8786.",
        ),
        click.option(
            "--kernel",
            type=click.Choice(["warm", "plain"]),
            default="warm",
            show_default=True,
            help="Processes forked from one with everything loaded, or a fresh kernel each.",
        ),
        click.option("-a", "--all", "everything", is_flag=True, help="Run also what has not changed."),
        click.option(
            "-j",
            "--jobs",
            type=click.IntRange(1),
            help="How many pages to run at once.  [default: all cores]",
        ),
    ):
        command = option(command)
    return command


@click.command()
@click.option("--why", is_flag=True, help="Say of each page what changed since it was run.")
@terminal.report
def plan(*, why: bool) -> None:
    """List the pages of the book: part, page, notebook, parameters and when each was last run.

    The pages are those of notebooks/plan.yml, which is checked as it is read.
    """
    from pfpp_utils.publish import execute  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.publish import plan as plans  # noqa: PLC0415

    planned = plans.load()
    rows: list[tuple[str, ...]] = [("Part", "Page", "Made from", "Parameters", "Last run")]
    for page in plans.every(planned):
        given = ", ".join(f"{key}={value}" for key, value in page.parameters.items())
        runs = page.kind == "notebook"
        made, last = (f"{page.source}.ipynb", _last_run(execute.output(page))) if runs else (page.kind, "")
        rows.append((page.part, page.name, made, given, last))
    if why:
        changed = execute.changed(plans.notebooks(planned))
        rows = [("Page", "What changed since it was run")]
        rows += [(name, "; ".join(what) or "nothing") for name, what in changed.items()]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        terminal.say("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE...]")
@_ways
@terminal.report
def run(pages: tuple[str, ...], **ways: Any) -> None:  # noqa: ANN401
    """Execute the pages that changed with papermill, in parallel.

    A page is run again if its notebook, its parameters, a module it reaches, a file it read, the lock
    or Python is another than when it was run; `pfpp plan --why` says which. PAGE is the name of a page
    or of a notebook, which stands for all its pages; `pfpp plan` lists both. Executed notebooks go to
    _build/pages/; a page that fails leaves its last good version in place.
    """
    from pfpp_utils.publish import edition  # noqa: PLC0415
    from pfpp_utils.publish import plan as plans  # noqa: PLC0415

    chosen = plans.select(plans.load(), pages)
    with terminal.Progress() as progress:
        ran = edition.run(_order(progress, pages, **ways), chosen)
    if not ran:
        click.echo("Nothing has changed since these pages were run.")


@click.command()
@click.argument("pages", nargs=-1, metavar="[PAGE...]")
@_ways
@click.option("--no-run", is_flag=True, help="Run nothing; build from the pages as last executed.")
@click.option("--pdf", "on_paper", is_flag=True, help="Print the whole book as one PDF too (needs Chromium).")
@terminal.report
def book(pages: tuple[str, ...], *, no_run: bool, on_paper: bool, **ways: Any) -> None:  # noqa: ANN401
    """Execute the pages that changed and build the book into _build/book/.

    With PAGE (a page or a notebook) only those run, and pages never run yet; the others stay as last
    executed. Warnings of the book builder are errors. After a failure the last good book still stands.

    With --pdf the book holds whole-book.pdf, printed from its pages by Chromium or Chrome, and each page
    links to it. A book made again without --pdf has none, so that a PDF never is older than its book.
    """
    from pfpp_utils.project import build  # noqa: PLC0415
    from pfpp_utils.publish import browser, stamp  # noqa: PLC0415

    started, made_from = time.perf_counter(), stamp.inputs()
    if on_paper:
        browser.find()  # or it is said before pages are run
    there = not on_paper or (build() / "book/whole-book.pdf").is_file()
    if there and not (pages or ways["everything"] or no_run) and stamp.holds(made_from):
        click.echo("Nothing has changed since the book was built.")
        return
    from pfpp_utils.publish import edition  # noqa: PLC0415
    from pfpp_utils.publish.builder import Builder  # noqa: PLC0415

    with terminal.Progress() as progress, Builder() as builder:
        order = replace(_order(progress, pages, **ways), on_paper=on_paper)
        built = edition.make(order, builder, made_from=made_from, no_run=no_run)
    click.echo(f"Book built in {time.perf_counter() - started:.1f} s: {built / 'index.html'}")


def _order(progress: terminal.Progress, pages: tuple[str, ...], **ways: Any) -> edition.Order:  # noqa: ANN401
    from pfpp_utils.publish import edition, execute  # noqa: PLC0415

    memory = ways.pop("memory")
    way = execute.Way(ways.pop("kernel"), ways.pop("seconds"), memory and memory * 2**20)
    return edition.Order(pages, way=way, begin=progress.begin, **ways)


def _last_run(path: Path) -> str:
    return (
        time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime)) if path.is_file() else "never"
    )
