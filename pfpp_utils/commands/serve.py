"""Read the book while it is worked on: ``pfpp serve``."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterator

import click

from pfpp_utils.commands import terminal
from pfpp_utils.errors import InputError

#: How long to wait for whoever makes the book to end, in seconds.
PATIENCE = 5


@click.command()
@click.option(
    "-p",
    "--port",
    type=click.IntRange(0, 65535),
    default=8000,
    show_default=True,
    help="Port on this machine; 0 chooses a free one.",
)
@click.option("--no-watch", is_flag=True, help="Show the book as it is; make nothing.")
@terminal.report
def serve(port: int, *, no_watch: bool) -> None:
    """Show the built book at a local address, for this machine only. Ctrl-C ends it.

    While it is shown, the book is made again whenever a notebook, the package, the data or prose is
    saved, and an open page loads itself again if it is another than before. An edited page is shown
    as soon as it is made; the rest of the book follows.
    """
    from pfpp_utils.project import build, root  # noqa: PLC0415
    from pfpp_utils.publish import site  # noqa: PLC0415 keeps --help quick

    folder, ahead = build() / "book", None if no_watch else site.ahead()
    if no_watch and not (folder / "index.html").is_file():
        raise InputError(
            "there is no book yet",
            where=str(folder),
            found="no index.html",
            allowed="a built book: run `pfpp book` first",
        )
    root()
    try:
        with site.server(folder, port, listens=not no_watch, ahead=ahead) as server:
            click.echo(f"Serving {folder} at http://127.0.0.1:{server.server_port}/ (Ctrl-C ends)")
            with contextlib.nullcontext() if no_watch else _watcher():
                server.serve_forever()
    except KeyboardInterrupt:
        click.echo("\nStopped.")
    except OSError as error:
        raise InputError(
            "the port cannot be used", where="--port", found=port, allowed=f"a free port ({error.strerror})"
        ) from error


@contextlib.contextmanager
def _watcher() -> Iterator[None]:
    import multiprocessing  # noqa: PLC0415

    from pfpp_utils.publish import site  # noqa: PLC0415
    from pfpp_utils.publish.kernels import forks  # noqa: PLC0415
    from pfpp_utils.publish.watcher import watch  # noqa: PLC0415

    site.clear()  # what an end from outside left there
    with tempfile.TemporaryDirectory(prefix="pfpp-", ignore_cleanup_errors=True) as scratch:
        watching = multiprocessing.get_context("spawn").Process(target=watch, args=[scratch])
        with forks.without_main():
            watching.start()
        try:
            yield
        finally:
            watching.terminate()  # it ends what it has started
            watching.join(PATIENCE)
            watching.kill()
            watching.join()
            site.clear()
