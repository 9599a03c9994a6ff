"""Jupyter Book in a process of its own, which gets ready while pages still run and can be used again.

A build can be begun before its pages are there: it waits where Sphinx has read its settings and what it knows
of the last build, and will next look for pages that changed. There this module takes part as an extension.
"""

from __future__ import annotations

import contextlib
import gc
import importlib
import os
import pickle
import select
import signal
import subprocess
import sys
import tempfile
import threading
import traceback
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pfpp_utils.publish.finish import contents

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Where what Sphinx knows of the last build keeps the titles of its pages.
_TITLES = "pfpp_titles"
_ORDERS, _ANSWERS = "PFPP_BUILD_ORDERS", "PFPP_BUILD_ANSWERS"
#: How long a build that waits is left in peace before it gets ready what its pages will need, in seconds.
PATIENCE = 1.0
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
        self._turn = threading.Lock()
        self._log = tempfile.NamedTemporaryFile("r", encoding="utf-8", errors="replace")  # noqa: SIM115
        command = [sys.executable, "-P", "-m", __name__, self._log.name]
        pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
        self._process: Any = subprocess.Popen(command, text=True, start_new_session=True, **pipes)

    @property
    def waits(self) -> bool:
        """Whether a build is begun."""
        return bool(self._begun)

    def begin(self, *arguments: str, settings: str) -> None:
        """Begin to run ``jupyter-book`` with these arguments, up to where it looks for pages.

        Parameters
        ----------
        arguments
            As on the command line; none holds a line break or a tab.
        settings
            Fingerprint of all that has been taken in by then; what was begun with the same still waits.
        """
        with self._turn:
            if settings != self._begun:
                self._begun = settings
                self._send("begin", *arguments)

    def page(self, name: str, target: Path) -> bool:
        """Write one page as it will be in the build that is begun, which then waits as before.

        Parameters
        ----------
        name
            Of a page that the last book had.
        target
            File to write.

        Returns
        -------
        bool
            Whether it was written; it is not if none is begun.
        """
        with self._turn:
            if not self._begun:
                return False
            self._send("page", name, str(target))
            return self._answer() == "0"

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
        with self._turn:
            begun, self._begun = self._begun, ""
            self._send("build" if settings == begun else "afresh", *arguments)
            status = self._answer()
        self._log.seek(0)
        return status == "0", self._log.read() + ("" if status else "the book builder was ended from outside")

    def _send(self, *words: str) -> None:
        self._process.stdin.write("\t".join(words) + "\n")
        self._process.stdin.flush()

    def _answer(self) -> str:
        return str(self._process.stdout.readline().strip())

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
        heard, told = os.pipe(), os.pipe()
        self._process = os.fork()
        if self._process == 0:
            os.close(told[1])
            os.close(heard[0])
            os.environ[_ORDERS], os.environ[_ANSWERS] = str(told[0]), str(heard[1])
            os._exit(_build(log, arguments))
        os.close(told[0])
        os.close(heard[1])
        self._told, self._heard = os.fdopen(told[1], "w"), os.fdopen(heard[0])

    def page(self, *given: str) -> int:
        self._tell("page", *given)
        return int(self._heard.readline() or 1)

    def go(self) -> int:
        self._tell("go")
        return self._end()

    def drop(self) -> None:
        os.kill(self._process, signal.SIGKILL)
        self._end()

    def _tell(self, *words: str) -> None:
        with contextlib.suppress(BrokenPipeError):  # it ended before it came to wait, and says why
            print(*words, sep="\t", file=self._told, flush=True)

    def _end(self) -> int:
        status = os.waitstatus_to_exitcode(os.waitpid(self._process, 0)[1])
        with contextlib.suppress(BrokenPipeError):
            self._told.close()
        self._heard.close()
        return status


def _serve(log: Path) -> None:
    _give_way()
    for name in MODULES:
        importlib.import_module(name)
    _warm()
    begun: _Begun | None = None
    for line in sys.stdin:
        word, *arguments = line.rstrip("\n").split("\t")
        if word == "page":
            print(begun.page(*arguments) if begun else 1, flush=True)
            continue
        if begun and (word != "build" or begun.arguments != arguments):
            begun.drop()
            begun = None
        begun = begun or _Begun(log, arguments)
        if word != "begin":
            print(begun.go(), flush=True)
            begun = None


def _give_way() -> None:
    """Leave the cores to what pages need as long as they run; whoever waits for a book does nothing else."""
    with contextlib.suppress(OSError):
        os.nice(10)
        # Where each session has a share of its own, this says how large it is.
        Path("/proc/self/autogroup").write_text("10", encoding="utf-8")


def _warm() -> None:
    """Have loaded and compiled what is so when first used, and let nobody look for garbage in it."""
    import bs4  # noqa: PLC0415 loaded by now
    import myst_nb.core.render  # noqa: PLC0415
    import nbformat  # noqa: PLC0415
    import pygments.lexers  # type: ignore[import-untyped] # noqa: PLC0415

    nbformat.validate(nbformat.v4.new_notebook())
    with contextlib.suppress(Exception):  # whoever needs a faulty one is told
        myst_nb.core.render.load_renderer("default")
        myst_nb.core.render.load_mime_renders()
    for language in ("ipython3", "python"):
        list(pygments.lexers.get_lexer_by_name(language).get_tokens("1"))
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
    app.connect("builder-inited", _put_style)
    app.connect("builder-inited", _wait, priority=999)
    app.connect("env-before-read-docs", _share)
    app.connect("env-updated", _retitled)
    return {"parallel_read_safe": True, "parallel_write_safe": True}


def _put_style(app: Sphinx) -> None:
    """Put myst_nb's style where pages look for its checksum; it does so itself when they are written."""
    from myst_nb.sphinx_ext import add_global_html_resources  # noqa: PLC0415 loaded by now

    Path(app.outdir, "_static").mkdir(parents=True, exist_ok=True)
    add_global_html_resources(app, None)


def _wait(app: Sphinx) -> None:
    """Wait for the word to go on; compiled templates are kept from build to build."""
    import jinja2  # noqa: PLC0415

    kept = Path(app.outdir).parent / "templates"
    kept.mkdir(exist_ok=True)
    app.builder.templates.environment.bytecode_cache = jinja2.FileSystemBytecodeCache(str(kept))
    _load_templates(app.builder.templates)
    with contextlib.suppress(Exception):  # there may be none, or one that cannot be read
        _ = app.env.master_doctree  # forks need it for the contents list
    with open(int(os.environ[_ORDERS]), encoding="utf-8") as orders:
        if not select.select([orders], [], [], PATIENCE)[0]:
            _list(app)
        gc.freeze()  # forks need not look for garbage in what is there by now
        for order in orders:
            word, *given = order.rstrip("\n").split("\t")
            if word == "go":
                vars(app.env).pop("master_doctree", None)  # it can be another by now
                app.env._pickled_doctree_cache.clear()
                return
            os.write(int(os.environ[_ANSWERS]), b"%d\n" % _ahead(app, *given))
    os._exit(1)  # whoever began this is gone


def _load_templates(templates: Any) -> None:  # noqa: ANN401 of Sphinx's that is without types
    """Have all templates of pages ready; whoever needs one that is faulty will be told."""
    for name in {name for loader in templates.loaders for name in loader.list_templates()}:
        if name.endswith(".html"):
            with contextlib.suppress(Exception):
                templates.environment.get_template(name)


def _list(app: Sphinx) -> None:
    """Have the contents list of pages written, in a fork, which leaves nothing else of it behind."""
    heard, told = os.pipe()
    if other := os.fork():
        os.close(told)
        whatever = contextlib.suppress(EOFError, pickle.UnpicklingError)  # it can be written later
        with os.fdopen(heard, "rb") as made, whatever:
            vars(app)[contents.LISTS] = pickle.load(made)
        os.waitpid(other, 0)
        return
    try:
        _say_nothing()
        _write(app, app.config.root_doc, os.devnull)
        with os.fdopen(told, "wb") as made:
            pickle.dump(vars(app)[contents.LISTS], made)
    finally:
        os._exit(0)


def _ahead(app: Sphinx, page: str, target: str) -> int:
    """Read and write one page in a fork of this build, which knows nothing of it."""
    if other := os.fork():
        return os.waitstatus_to_exitcode(os.waitpid(other, 0)[1])
    status = 1
    try:
        _say_nothing()
        if page in app.env.all_docs:
            titles = _titles(app.env)
            app.emit("env-purge-doc", app.env, page)
            app.env.clear_doc(page)
            app.builder.read_doc(page)
            if titles != _titles(app.env):
                vars(app).pop(contents.LISTS, None)
            _write(app, page, target)
            status = 0
    finally:
        os._exit(status)


def _say_nothing() -> None:
    """Keep quiet in a fork: whatever is wrong is said once, when the book is built."""
    for number in (1, 2):
        os.dup2(os.open(os.devnull, os.O_WRONLY), number)


def _write(app: Sphinx, page: str, target: str) -> None:
    """Write one page to a file of one's own choice, as it will be in the book."""
    builder: Any = app.builder
    read = app.env.get_and_resolve_doctree(page, builder)
    builder.get_outfilename = lambda _: target
    builder.create_pygments_style_file()  # pages name its checksum
    builder.search = False  # the index is only for a whole book
    builder.prepare_writing({page})
    builder.search = True  # or the page would not lead to it
    builder.write_doc(page, read)


def _share(app: Sphinx, _env: BuildEnvironment, pages: list[str]) -> None:
    """Have many pages read and written on all cores, for which Jupyter Book has no option."""
    if numbering := app.extensions.get("sphinx_multitoc_numbering"):
        numbering.parallel_read_safe = True  # it begins when all is read, and only does not say so
    safe = all(one.parallel_read_safe and one.parallel_write_safe for one in app.extensions.values())
    app.parallel = os.cpu_count() or 1 if safe and len(pages) > FEW else 1


def _retitled(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Have all pages written again if a title is another: the contents list stands in each of them."""
    titles = _titles(env)
    last = getattr(env, _TITLES, titles)
    setattr(env, _TITLES, titles)
    if last == titles:
        return []
    vars(app).pop(contents.LISTS, None)
    _share(app, env, list(titles))
    return sorted(env.found_docs)


def _titles(env: BuildEnvironment) -> dict[str, str]:
    return {name: str(title) for name, title in env.titles.items()}


if __name__ == "__main__":
    _serve(Path(sys.argv[1]))
