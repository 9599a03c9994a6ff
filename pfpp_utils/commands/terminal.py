"""What all verbs share: where they print, and what their exit status means."""

from __future__ import annotations

import functools
import json
import sys
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from pfpp_utils import characters
from pfpp_utils.errors import Failure, InputError

if TYPE_CHECKING:
    from rich.console import Console
    from rich.text import Text

    from pfpp_utils.publish import execute


@functools.cache
def console() -> Console:
    """Where tables and progress are printed; made when it is first used, as it is slow to load."""
    from rich.console import Console  # noqa: PLC0415

    return Console()


def text(words: str) -> Text:
    """Make what comes from data fit for the terminal: no markup, no control characters.

    Parameters
    ----------
    words
        One line.

    Returns
    -------
    rich.text.Text
        For :func:`console`.
    """
    from rich.text import Text  # noqa: PLC0415

    return Text(characters.shown(words))


def say(words: str, *, err: bool = False) -> None:
    """Print lines that may hold words from data.

    Parameters
    ----------
    words
        Plain text; characters that act are shown as what they are.
    err
        Whether they are messages of errors.
    """
    click.echo(characters.shown(words), err=err)


def say_json(found: object) -> None:
    """Print JSON for programs; a terminal does not act on it either.

    Parameters
    ----------
    found
        What JSON can hold.
    """
    click.echo(characters.escaped(json.dumps(found, indent=2, ensure_ascii=False, allow_nan=False)))


def report(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn bad input into its message and exit status 2, and what did not succeed into status 1."""

    @functools.wraps(command)
    def wrapped(*args: object, **options: object) -> object:
        try:
            return command(*args, **options)
        except InputError as error:
            say(f"pfpp: {error}", err=True)
            sys.exit(2)
        except Failure as error:
            say(f"pfpp: {error}", err=True)
            sys.exit(1)

    return wrapped


class Progress:
    """Shows pages as they are run, and a summary at the end."""

    def __init__(self) -> None:
        self._bar: Any = None
        self._run = self._failed = 0
        self._started = time.perf_counter()

    def __enter__(self) -> Progress:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bar:
            self._bar.stop()
            seconds = time.perf_counter() - self._started
            console().print(
                f"{self._run - self._failed} pages run, {self._failed} failed, in {seconds:.1f} s."
            )

    def begin(self, total: int) -> Callable[[execute.Outcome], None]:
        """Say how many pages are about to be run.

        Parameters
        ----------
        total
            How many.

        Returns
        -------
        callable
            Takes the outcome of each.
        """
        from rich import progress  # noqa: PLC0415

        if self._bar is None:
            columns = (progress.BarColumn(), progress.MofNCompleteColumn(), progress.TimeElapsedColumn())
            self._bar = progress.Progress(progress.TextColumn("Running"), *columns, console=console())
            self._bar.start()
        task = self._bar.add_task("pages", total=total)

        def show(outcome: execute.Outcome) -> None:
            self._run += 1
            self._failed += bool(outcome.error)
            mark = "[red]failed[/]" if outcome.error else "done"
            size = f"{outcome.memory / 2**20:5.0f} MiB" if outcome.memory else ""
            self._bar.update(task, advance=1)
            self._bar.console.print(f"  {outcome.page.name:<32} {mark} {outcome.seconds:5.1f} s {size}")

        return show
