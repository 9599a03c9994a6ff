"""The ``pfpp`` command: thin, each verb a few lines over the package."""

from __future__ import annotations

import functools
import http.server
import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pfpp_utils.errors import Failure, InputError

console = Console()


def _report(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn bad input into its message and exit status 2, and a failed page or book into status 1."""

    @functools.wraps(command)
    def wrapped(*args: object, **options: object) -> object:
        try:
            return command(*args, **options)
        except InputError as error:
            click.echo(f"pfpp: {error}", err=True)
            sys.exit(2)
        except Failure as error:
            click.echo(f"pfpp: {error}", err=True)
            sys.exit(1)

    return wrapped


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--project",
    type=click.Path(file_okay=False, path_type=Path),
    help="Work on the project in this folder instead of the checkout that holds the package.",
)
@click.version_option(package_name="pfpp-utils")
def main(project: Path | None) -> None:
    """Run the evaluation's notebooks and build the book from them.

    \b
    A usual day:
      pfpp plan                              which pages there are
      pfpp run building_understanding        run one notebook's pages again
      pfpp book breakeven                    run its pages again and rebuild the book
      pfpp serve                             read the book at a local address
      pfpp check                             data, plan and notebooks: every fault
      pfpp breakeven data/cases/cornwall.yml what a pilot must achieve to be worth its cost

    Exit status: 0 all well; 1 a page or the book failed; 2 something you supplied cannot be used.
    """  # noqa: D301 \b keeps the lines of the example apart
    if project:
        os.environ["PFPP_PROJECT"] = str(project.resolve())


@main.command()
@_report
def plan() -> None:
    """List the pages of the book: part, page, notebook, parameters and when each was last run.

    The pages are those of notebooks/plan.yml, which is checked as it is read.
    """
    from pfpp_utils.publish import execute  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.publish import plan as plans  # noqa: PLC0415

    rows = [("Part", "Page", "Made from", "Parameters", "Last run")]
    for page in plans.every(plans.load()):
        given = ", ".join(f"{key}={value}" for key, value in page.parameters.items())
        runs = page.kind == "notebook"
        made, last = (f"{page.source}.ipynb", _last_run(execute.output(page))) if runs else (page.kind, "")
        rows.append((page.part, page.name, made, given, last))
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    for row in rows:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip())


@main.command()
@click.argument("pages", nargs=-1, metavar="[PAGE...]")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="How many pages to run at once.  [default: all cores]"
)
@_report
def run(pages: tuple[str, ...], jobs: int | None) -> None:
    """Execute pages with papermill, in parallel.

    PAGE is the name of a page or of a notebook, which stands for all its pages; `pfpp plan` lists
    both. Without PAGE, everything runs. Executed notebooks go to _build/pages/; a page that fails
    leaves its last good version in place.
    """
    from pfpp_utils.publish import plan as plans  # noqa: PLC0415

    _run(plans.load(), pages, jobs)


@main.command()
@click.argument("pages", nargs=-1, metavar="[PAGE...]")
@click.option(
    "-j", "--jobs", type=click.IntRange(1), help="How many pages to run at once.  [default: all cores]"
)
@click.option("--no-run", is_flag=True, help="Run nothing; build from the pages as last executed.")
@_report
def book(pages: tuple[str, ...], jobs: int | None, *, no_run: bool) -> None:
    """Execute pages and build the book into _build/book/.

    With PAGE (a page or a notebook) only those run again, and pages never run yet; the others stay
    as last executed. Warnings of the book builder are errors. After a failure the last good book
    still stands.
    """
    from pfpp_utils.data import validation  # noqa: PLC0415
    from pfpp_utils.publish import book as books  # noqa: PLC0415
    from pfpp_utils.publish import plan as plans  # noqa: PLC0415

    planned = plans.load()
    absent = tuple(page.name for page in books.missing(planned))
    if no_run and absent:
        raise InputError(
            "pages have never been run",
            where="--no-run",
            found=", ".join(absent),
            allowed="a book whose pages were all run; leave out --no-run",
        )
    if no_run:
        validation.require_sound()
    else:
        _run(planned, (*pages, *absent) if pages else (), jobs)
    started = time.perf_counter()
    with console.status("Building the book"):
        built = books.build(planned)
    console.print(
        f"Book built in {time.perf_counter() - started:.0f} s: {built / 'index.html'}", soft_wrap=True
    )


@main.command()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 chooses a free one.",
)
@_report
def serve(port: int) -> None:
    """Show the built book at a local address, for this machine only. Ctrl-C ends it."""
    from pfpp_utils.publish import book as books  # noqa: PLC0415

    folder = books.folder()
    if not (folder / "index.html").is_file():
        raise InputError(
            "there is no book yet",
            where=str(folder),
            found="no index.html",
            allowed="a built book: run `pfpp book` first",
        )
    handler = functools.partial(http.server.SimpleHTTPRequestHandler, directory=str(folder))
    try:
        with http.server.ThreadingHTTPServer(("127.0.0.1", port), handler) as server:
            click.echo(f"Serving {folder} at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends)")
            server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    except OSError as error:
        raise InputError(
            "the port cannot be used", where="--port", found=port, allowed=f"a free port ({error.strerror})"
        ) from error


@main.command()
@_report
def check() -> None:
    """Check data package, plan and committed notebooks, and report every fault found."""
    from pfpp_utils.publish import faults  # noqa: PLC0415

    found = faults.every()
    for fault in found:
        click.echo(fault, err=True)
    if found:
        click.echo(f"pfpp: {len(found)} fault{'s' if len(found) > 1 else ''}", err=True)
        sys.exit(2)
    console.print("Data package, plan and notebooks are sound.")


@main.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK...]")
@click.option(
    "--execute",
    is_flag=True,
    help="Run each notebook with its default parameters first, so that its outputs are fresh.",
)
@_report
def normalise(notebooks: tuple[str, ...], *, execute: bool) -> None:
    """Bring notebooks into the form in which they are committed.

    Text and table outputs stay, as the reference that the tests compare with; images and volatile
    metadata go. NOTEBOOK is a name such as breakeven; without it, all are normalised. With
    --execute, review the difference before you commit: every line of it is a number that moved.
    """
    from pfpp_utils.data import validation  # noqa: PLC0415
    from pfpp_utils.publish import notebook  # noqa: PLC0415
    from pfpp_utils.publish.refresh import refresh  # noqa: PLC0415

    for name in notebooks:
        if name not in notebook.names():
            raise InputError(
                "unknown notebook", where="the command line", found=name, allowed=notebook.names()
            )
    if execute:
        validation.require_sound()
    for name, changed in refresh(list(notebooks) or notebook.names(), rerun=execute).items():
        console.print(f"{name}: {'rewritten' if changed else 'unchanged'}")


@main.command()
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE.csv")
@click.option("--outcome", required=True, metavar="NAME", help="Column of the outcome.")
@click.option(
    "--conditions", required=True, metavar="A,B,C", help="Columns of the conditions, in this order."
)
@click.option(
    "--incl-cut", type=float, default=1.0, show_default=True, help="Consistency that makes a row positive."
)
@click.option(
    "--n-cut", type=int, default=1, show_default=True, help="Cases that a row needs to count as observed."
)
@click.option(
    "--expect", default="", metavar="A=1,B=0", help="What should help: presence (1) or absence (0)."
)
@click.option("--limit", type=int, default=1000, show_default=True, help="Models of a kind to list at most.")
@click.option("--negate", is_flag=True, help="Analyse the absence of the outcome.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, with nothing rounded, for programs.")
@_report
def qca(
    file: Path,
    outcome: str,
    conditions: str,
    incl_cut: float,
    n_cut: int,
    expect: str,
    limit: int,
    *,
    negate: bool,
    as_json: bool,
) -> None:
    """Find which combinations of conditions go with an outcome: crisp and fuzzy QCA.

    FILE.csv is comma-separated and has one row a case: its name in the first column, whose header
    may be empty, then memberships from 0 (fully out) to 1 (fully in). Printed are the truth table,
    necessity, and all tied models of the conservative, parsimonious and intermediate solutions.
    Only rows that cases show are printed; the remainders are counted.

    \b
    Example:
      pfpp qca lipset.csv --outcome SURV --conditions DEV,URB,LIT,IND,STB \\
          --incl-cut 0.7 --expect DEV=1,URB=1,LIT=1,IND=1,STB=1

    At most --limit models of a kind are listed, and no more than have 30,000 terms in all. The
    search ends after 4 seconds with what it has found, and a warning says so; only then does the
    result depend on the speed of the machine.

    Refused, with exit status 2: columns separated by semicolons or tabs; a membership that is
    missing, not a number or outside 0 to 1; a condition at exactly 0.5; an unknown or repeated
    column; the outcome among the conditions; cases without a name or with the same; as many
    conditions as cases, or more than 15; an outcome that no case or every case has (above 0.5); an
    expectation of an unknown condition.

    \b
    Warnings, by name:
      constant_condition     a condition that never varies
      skewed_condition       a condition on one side of 0.5 for every case
      many_conditions        more than one condition for three cases
      outcome_at_half        cases at exactly 0.5 in the outcome
      contradictory_rows     the same combination, but not the same outcome
      cases_below_n_cut      cases set aside, in rows with fewer than --n-cut
      no_positive_row        no row reaches --incl-cut, so there are no models
      no_negative_row        every row reaches it: nothing to tell it from
      model_ambiguity        several models are tied
      models_not_all_listed  more than --limit are tied, or the search took too long
      no_expectations        without --expect, intermediate equals conservative
    """  # noqa: D301 \b keeps the lines of the example apart
    from pfpp_utils.data import rows  # noqa: PLC0415
    from pfpp_utils.methods.qca import analysis, case_file, memberships, report, solutions  # noqa: PLC0415

    read = rows.read(file, file=file.name, encoding="utf-8-sig")
    frame = case_file.table([read.header, *read.cells], file=file.name)
    names = [name.strip() for name in conditions.split(",") if name.strip()]
    sets = memberships.check(frame, outcome=outcome, conditions=names, negate=negate)
    expected = solutions.read_expectations([item for item in expect.split(",") if item.strip()], names)
    found = analysis.analyse(sets, incl_cut=incl_cut, n_cut=n_cut, expect=expected, limit=limit)
    click.echo(json.dumps(found.as_dict(), indent=2, allow_nan=False) if as_json else report.write(found))


@main.command()
@click.argument("case_file", required=False, type=click.Path(path_type=Path), metavar="[CASE.yml]")
@click.option("--cost", metavar="GBP", multiple=True, help="Cost that benefits must meet, in pounds.")
@click.option(
    "--value", metavar="GBP", multiple=True, help="Value of one outcome for one person for a year, in pounds."
)
@click.option(
    "--deadweight",
    metavar="SHARE",
    multiple=True,
    help="Share that would have come about anyway.  [default: 0]",
)
@click.option(
    "--optimism-bias", metavar="SHARE", multiple=True, help="Share for expecting too much.  [default: 0]"
)
@click.option(
    "--ob-convention",
    multiple=True,
    type=click.Choice(["benefits", "divide", "cost"]),
    help="Benefits x (1 - bias), benefits / (1 + bias), or cost x (1 + bias).  [default: benefits]",
)
@click.option(
    "--rounding",
    multiple=True,
    type=click.Choice(["up", "nearest"]),
    help="To whole people, each time.  [default: up]",
)
@click.option("--conversion", metavar="SHARE", multiple=True, help="Share of the people reached who benefit.")
@click.option(
    "--duration",
    metavar="YEARS",
    multiple=True,
    help="Years that the outcome lasts, whole or not.  [default: 1]",
)
@click.option(
    "--discount",
    multiple=True,
    type=click.Choice(["standard", "health", "lower-rate", "none"]),
    help="Green Book schedule for later years; year 0 is undiscounted.  [default: standard]",
)
@click.option("--json", "as_json", is_flag=True, help="Print the results as JSON.")
@_report
def breakeven(case_file: Path | None, *, as_json: bool, **given: tuple[str, ...]) -> None:
    """Say how many people must benefit to meet a cost.

    \b
    Either from numbers (a share may be typed as 0.2 or 7/37):
      pfpp breakeven --cost 314000 --value 14500 --deadweight 0.2 --optimism-bias 0.2
    or from a case file with several outcomes, ranges and sources:
      pfpp breakeven data/cases/cornwall.yml --json

    The methods page of the book has the formulas. Arithmetic is exact: a quotient of 30 is 30 people.
    """  # noqa: D301 \b keeps the lines of the example apart
    import json  # noqa: PLC0415

    from pfpp_utils.data import typed_case  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.publish import appraisals  # noqa: PLC0415

    for name, texts in given.items():  # which of two numbers is meant, nobody can tell
        if len(texts) > 1:
            what, found = "an option is given twice", ", ".join(texts)
            raise InputError(what, where=typed_case.option(name), found=found, allowed="each option once")
    typed = {name: texts[0] for name, texts in given.items() if texts}
    if case_file and typed:
        found = ", ".join(typed_case.option(field) for field in typed)
        what, allowed = "a case file and numbers too", "a case file alone, or options alone"
        raise InputError(what, where="the command line", found=found, allowed=allowed)
    if case_file:
        from pfpp_utils.data import cases  # noqa: PLC0415 loads what typed numbers do not need

        results = appraisals.ranged(cases.read(case_file))
    else:
        results = appraisals.plain(typed_case.case(typed))
    click.echo(json.dumps(results, indent=2) if as_json else appraisals.sentence(results))


def _run(planned: list[Any], wanted: tuple[str, ...], jobs: int | None) -> None:
    """Check the data, run the pages with a progress bar, and print a summary."""
    from pfpp_utils.data import validation  # noqa: PLC0415
    from pfpp_utils.publish import execute  # noqa: PLC0415
    from pfpp_utils.publish import plan as plans  # noqa: PLC0415

    validation.require_sound()
    pages = plans.select(planned, wanted)
    started = time.perf_counter()
    columns = (
        TextColumn("Running"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console) as progress:
        task = progress.add_task("starting kernels", total=len(pages))

        def show(outcome: execute.Outcome) -> None:
            mark = "[red]failed[/]" if outcome.error else "done"
            progress.update(task, advance=1, description=outcome.page.name)
            progress.console.print(f"  {outcome.page.name:<32} {mark} {outcome.seconds:5.1f} s")

        try:
            outcomes = execute.run(pages, jobs=jobs, progress=show)
        except KeyboardInterrupt:
            raise Failure("stopped; pages done by then are kept, the others stay as they were") from None
    failed = [outcome for outcome in outcomes if outcome.error]
    seconds = time.perf_counter() - started
    console.print(f"{len(outcomes) - len(failed)} pages run, {len(failed)} failed, in {seconds:.0f} s.")
    if failed:
        raise Failure("\npfpp: ".join(outcome.error for outcome in failed))


def _last_run(path: Path) -> str:
    return (
        time.strftime("%Y-%m-%d %H:%M", time.localtime(path.stat().st_mtime)) if path.is_file() else "never"
    )


if __name__ == "__main__":
    main()
