"""Keep the project in order: ``pfpp check`` and ``normalise``."""

from __future__ import annotations

import sys

import click

from pfpp_utils.commands import terminal
from pfpp_utils.errors import InputError


@click.command()
@terminal.report
def check() -> None:
    """Check data package, plan and committed notebooks, and report every fault found."""
    from pfpp_utils.data.own import examples  # noqa: PLC0415
    from pfpp_utils.publish import faults  # noqa: PLC0415

    found = faults.every() or faults.unplaced()
    for fault in found:
        terminal.say(fault, err=True)
    if found:
        click.echo(f"pfpp: {len(found)} fault{'s' if len(found) > 1 else ''}", err=True)
        sys.exit(2)
    for example in examples.remaining():
        click.echo(example)
    terminal.console().print("Data package, plan and notebooks are sound.")


@click.command()
@click.argument("notebooks", nargs=-1, metavar="[NOTEBOOK...]")
@click.option(
    "--execute",
    is_flag=True,
    help="Run each notebook with its default parameters first, so that its outputs are fresh.",
)
@terminal.report
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
        terminal.console().print(f"{name}: {'rewritten' if changed else 'unchanged'}")
