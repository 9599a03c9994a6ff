"""Jupyter Book in a process of its own, which gets ready while pages still run and can be used again.

A build can be begun before its pages are there: it waits where Sphinx has read its settings and what it knows
of the last build, and will next look for pages that changed. There this module takes part as an extension.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import signal
import subprocess
import sys
import tempfile
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Where what Sphinx knows of the last build keeps the titles of its pages.
_TITLES = "pfpp_titles"
_GO = "PFPP_BUILD_GO"
#: Up to so many pages are made faster by one process than by several.
FEW = 5
#: What Jupyter Book and Sphinx load by name for a book like this one.
MODULES = (
    "jupyter_book.cli.main",
    "jupyter_book.sphinx",
    "sphinx.builders.html",
    "sphinx.ext.intersphinx",
    "myst_nb",
    "myst_nb.sphinx_ext",
    "pydata_sphinx_theme",
    "sphinx_book_theme",
    "sphinx_comments",
    "sphinx_copybutton",
    "sphinx_design",
    "sphinx_external_toc",
    "sphinxcontrib.bibtex",
    "pfpp_utils.publish.around.extension",
)


class Builder:
    """Builds books; the process behind it starts with it, and ends with :meth:`end` or with this process."""

    def __init__(self) -> None:
        self._begun = ""
        self._log = tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace")  # noqa: SIM115
        command = [sys.executable, "-m", __name__, self._log.name]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process: Any = subprocess.Popen(command, text=True, start_new_session=True, **pipes)

    def begin(self, *arguments: str, settings: str) -> None:
        """Begin to run ``jupyter-book`` with these arguments, up to where it looks for pages.

        Parameters
        ----------
        arguments
            As on the command line; none holds a line break or a tab.
        settings
            Fingerprint of all that is read by then.
        """
        self._begun = settings
        self._send("begin", *arguments)

    def build(self, *arguments: str, settings: str) -> tuple[bool, str]:
        """Run ``jupyter-book`` with these arguments.

        Parameters
        ----------
        arguments, settings
            As for :meth:`begin`; what was begun with others is dropped.

        Returns
        -------
        bool
            Whether it succeeded.
        str
            What it printed.
        """
        self._send("build" if settings == self._begun else "afresh", *arguments)
        status = self._process.stdout.readline().strip()
        self._log.seek(0)
        return status == "0", self._log.read() + ("" if status else "the book builder was ended from outside")

    def _send(self, *words: str) -> None:
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()

    def end(self) -> None:
        """End the process, and a build under way."""
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.communicate()
        self._log.close()

    def __enter__(self) -> Builder:
        return self

    def __exit__(self, *_: object) -> None:
        self.end()


class _Begun:
    """A build that waits until it is told to go on; the process is forked from this one."""

    def __init__(self, log: Path, arguments: list[str]) -> None:
        self.arguments = arguments
        waits, self._go = os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(self._go)
            os.environ[_GO] = str(waits)
            os._exit(_build(log, arguments))
        os.close(waits)

    def go(self) -> int:
        with contextlib.suppress(BrokenPipeError):  # it ended before it came to wait, and says why
            os.write(self._go, b"1")
        return self._end()

    def drop(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        self._end()

    def _end(self) -> int:
        status = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
        os.close(self._go)
        return status


def _serve(log: Path) -> None:
    for name in MODULES:
        importlib.import_module(name)
    _warm()
    begun: _Begun | None = None
    for line in sys.stdin:
        word, *arguments = line.rstrip("\n").split("\t")
        if begun and (word != "build" or begun.arguments != arguments):
            begun.drop()
            begun = None
        begun = begun or _Begun(log, arguments)
        if word != "begin":
            print(begun.go(), flush=True)
            begun = None


def _warm() -> None:
    """Have compiled beforehand what is compiled when first used, and let nobody look for garbage in it."""
    import bs4  # noqa: PLC0415 loaded by now

    bs4.BeautifulSoup("<ul><li></li></ul>", "html.parser").select("ul > li.one[class]:has(> a):not(a)")
    gc.freeze()
    gc.set_threshold(100_000)


def _build(log: Path, arguments: list[str]) -> int:
    import sphinx.application  # noqa: PLC0415 loaded by now
    from jupyter_book.cli.main import main  # noqa: PLC0415

    sphinx.application.builtin_extensions += (f"{__package__}.builder",)
    with log.open("w", encoding="utf-8") as file:
        for number in (1, 2):
            os.dup2(file.fileno(), number)
        try:
            main(arguments, prog_name="jupyter-book")
        except SystemExit as end:
            sys.stdout.flush()
            sys.stderr.flush()
            return int(bool(end.code))
        except BaseException:
            traceback.print_exc()
            sys.stderr.flush()
        return 1


def setup(app: Sphinx) -> dict[str, bool]:
    """Take part in a build, as an extension of Sphinx.

    Parameters
    ----------
    app
        The build.

    Returns
    -------
    dict
        What Sphinx asks of extensions.
    """
    app.connect("builder-inited", _wait, priority=999)
    app.connect("env-before-read-docs", _share)
    app.connect("env-updated", _retitled)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _wait(app: Sphinx) -> None:
    """Wait for the word to go on; compiled templates are kept from build to build."""
    import jinja2  # noqa: PLC0415

    kept = Path(app.outdir).parent / "templates"
    kept.mkdir(exist_ok=True)
    app.builder.templates.environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(kept))
    if not os.read(int(os.environ[_GO]), 1):  # whoever began this is gone
        os._exit(1)


def _share(app: Sphinx, _env: BuildEnvironment, pages: list[str]) -> None:
    """Have many pages read and written on all cores, for which Jupyter Book has no option."""
    if numbering := app.extensions.get("sphinx_multitoc_numbering"):
        numbering.parallel_read_safe = True  # it begins when all is read, and only does not say so
    safe = all(one.parallel_read_safe and one.parallel_write_safe for one in app.extensions.values())
    app.parallel = os.cpu_count() or 1 if safe and len(pages) > FEW else 1


def _retitled(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have all pages written again if a title is another: the contents list stands in each of them."""
    titles = {name: title.astext() for name, title in env.titles.items()}
    last = getattr(env, _TITLES, titles)
    setattr(env, _TITLES, titles)
    if last == titles:
        return []
    _share(app, env, list(titles))
    return sorted(env.found_docs)


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
