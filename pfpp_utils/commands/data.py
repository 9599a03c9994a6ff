"""Official files: ``pfpp data list``, ``get`` and ``check``."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import click

from pfpp_utils.commands import terminal


@click.group()
def data() -> None:
    """List, fetch and check the official files that the project can use.

    They are not part of the project. Their publishers, pages and licences stand in data/sources.yml;
    they lie anywhere below data/external/, or below the folder that PFPP_EXTERNAL names.
    """


@data.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
@terminal.report
def list_(*, as_json: bool) -> None:
    """List the files: what each is, who publishes it under which licence, and whether it is held.

    An edition is named where the checksum of the file is a known one.
    """
    from rich.table import Table  # noqa: PLC0415 keeps --help quick

    from pfpp_utils.data.external import catalogue, files, holdings  # noqa: PLC0415

    found = [holdings.describe(source) for source in catalogue.load()]
    if as_json:
        listed = {"folder": str(files.folder()), "sources": found}
        terminal.say_json(listed)
        return
    table = Table("Name", "Held", "What", "Publisher", "Licence", box=None, pad_edge=False)
    names = [source["name"] + ("-YEAR" if source["yearly"] else "") for source in found]
    table.columns[0].min_width = max(map(len, names))  # a name is typed, so it must be there in full
    for name, source in zip(names, found, strict=True):
        cells = (name, _held(source), source["what"], source["publisher"], source["licence"])
        table.add_row(*(terminal.text(cell) for cell in cells))
    terminal.console().print(table)


@data.command()
@click.argument("name")
@click.option("--year", metavar="YEAR", help="Financial year such as 2020-21, if NAME does not end in one.")
@click.option(
    "--attachment", metavar="FILE", help="Which attached file to take, where the page leaves a choice."
)
@click.option("--new-edition", is_flag=True, help="Accept a file whose checksum is not a known one.")
@click.option(
    "--govuk",
    metavar="URL",
    envvar="PFPP_GOVUK",
    default="https://www.gov.uk",
    show_default=True,
    help="Address of GOV.UK; PFPP_GOVUK sets it too.",
)
@click.option(
    "--seconds",
    type=click.FloatRange(min=0.1),
    default=1800,
    show_default=True,
    help="Time for the transfer of the file, in all.",
)
@terminal.report
def get(
    name: str, year: str | None, attachment: str | None, govuk: str, seconds: float, *, new_edition: bool
) -> None:
    """Fetch the file NAME from its publisher.

    The file on a GOV.UK page is found through the GOV.UK Content API. It is downloaded beside its
    place, compared with its length, with the checksum where one is known and with what
    data/sources.yml says it must look like, and only then moved into place; a file held before stays
    until then. Where it came from is written beside it, to NAME.source.json. When the server is busy
    (429 or 503), it is asked again after the time that it says. Exit status 1 if the file cannot be had,
    or is not what it must be.

    \b
    Examples:
      pfpp data get grants-register-awards --year 2020-21
      pfpp data get imd-2019
    """  # noqa: D301 \b keeps the lines of the example apart
    from pfpp_utils.data.external import acquisition, sessions  # noqa: PLC0415 keeps --help quick

    with _progress(name) as show:
        outcome = acquisition.get(
            name,
            year,
            base=govuk,
            attachment=attachment,
            new_edition=new_edition,
            limits=sessions.Limits(seconds=seconds, silence=min(30, seconds)),
            progress=show,
        )
    said = {"new": "downloaded", "replaced": "replaced by a newer file", "unchanged": "already up to date"}
    terminal.say(
        f"{outcome.path}: {said[outcome.done]} ({outcome.path.stat().st_size:,} bytes, {outcome.url})"
    )


@data.command()
@terminal.report
def check() -> None:
    """Compare every file that is held with what data/sources.yml says, and report every fault.

    Files that no source knows are named too; they are no fault. Exit status 2 if there is a fault.
    """
    from pfpp_utils.data.external import files, holdings  # noqa: PLC0415 keeps --help quick

    for path in files.strangers():
        terminal.say(f"{path.relative_to(files.folder())}: not in data/sources.yml")
    found = holdings.faults()
    for fault in found:
        terminal.say(fault, err=True)
    if found:
        click.echo(f"pfpp: {len(found)} fault{'s' if len(found) > 1 else ''}", err=True)
        sys.exit(2)
    held = len(files.every()) - len(files.strangers())
    click.echo(f"{held} official file{'s' if held != 1 else ''} in {files.folder()}, all as they should be.")


def _held(source: dict[str, Any]) -> str:
    """Say what is held, in a few words: the years or editions."""
    words = [each["edition"] or "held" for each in source["held"]]
    if source["yearly"]:
        words = [each["year"] for each in source["held"]]
    elif len(words) > 1:
        words = [f"{len(words)} files"]
    return ", ".join(words) or "-"


@contextmanager
def _progress(name: str) -> Iterator[Callable[[int, int | None], None]]:
    """Show how far a download is, on a terminal only."""
    from rich import progress  # noqa: PLC0415 slow to load
    from rich.console import Console  # noqa: PLC0415

    console = Console(stderr=True)
    sizes = (progress.DownloadColumn(), progress.TransferSpeedColumn())
    columns = (progress.TextColumn("{task.description}"), progress.BarColumn(), *sizes)
    hidden = not console.is_terminal
    with progress.Progress(*columns, console=console, transient=True, disable=hidden) as bar:
        task = bar.add_task(name, total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)
