"""See that nothing is in a built site that must not be published: ``pfpp gate``."""

from __future__ import annotations

from pathlib import Path

import click

from pfpp_utils.commands import terminal


@click.command()
@click.argument("folder", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@terminal.report
def gate(folder: Path | None) -> None:
    """Look through a built site for figures withheld, persons, e-mail and traces of this machine.

    FOLDER is the site; the built book by default. `pfpp book` does the same before it publishes. What is
    found on purpose, such as an address for questions, can be listed in gate.yml with a reason.
    """
    from pfpp_utils.publish import book, plan  # noqa: PLC0415 keeps --help quick
    from pfpp_utils.publish import gate as gates  # noqa: PLC0415

    pages = plan.load()
    site = folder or book.folder()
    gates.require_built(site, [] if folder else [page.name for page in plan.every(pages)])
    watched = gates.watch([page.name for page in plan.notebooks(pages)])
    gates.require(site, watched)
    count = sum(path.is_file() for path in site.rglob("*"))
    terminal.console().print(f"{count} files: nothing found that must not be published.")
