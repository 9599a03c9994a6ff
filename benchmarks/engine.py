"""The engine beside the tools that it could have been: ratios within one run, medians and spreads.

``python benchmarks/engine.py`` measures everything that has a bar five times and the rest once, and writes
``benchmarks/engine.json``; ``--repeats 1 --pages 12 --only cold,edits`` is a quick look. Tools that are not
in the project's lock are installed into a folder of their own, which is removed afterwards. The checkout is
not changed.

The other tools run as they are after ``pip install jupyterlab jupyter-book``, which brings rfc3987-syntax: a
second of start-up in every process that reads a notebook, and kept out by this project's lock. Jupyter Book
is measured without it too ("lean").
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
import venv
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
PYTHON = sys.executable
BIN = Path(sys.executable).parent
#: What is promised: a measure, what it is compared with, and the ratio that it may have at most.
BARS = (
    ("ours cold", "papermill in two processes", 0.42),
    ("ours cold", "the limit", 1.25),
    ("ours nothing to do", "jupyter-book nothing to do", 0.12),
    ("ours edit one notebook", "jupyter-book edit one notebook", 0.40),
    ("ours edit under serve", "jupyter-book edit one notebook", 0.15),
    ("ours nbval", "nbval as installed", 0.55),
)
#: What stock installations have, and this project's lock has not.
STOCK = "rfc3987-syntax"
PAPERMILL = """
import sys
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
def run(file):
    import papermill
    given = dict(cwd=sys.argv[2], kernel_name="python3", progress_bar=False)
    papermill.execute_notebook(file, file + ".out", **given)
if __name__ == "__main__":
    files = sorted(map(str, Path(sys.argv[1]).glob("*.ipynb")))
    if sys.argv[3] == "1":
        [run(file) for file in files]
    else:
        with ProcessPoolExecutor(int(sys.argv[3])) as pool:
            list(pool.map(run, files))
"""
LIMIT = """
import sys
from pfpp_utils.publish.kernels import ground, preload
import json, os
from multiprocessing import connection
from pathlib import Path
from pfpp_utils.publish.kernels import forks, shell
def run(cells):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    shell.run(cells, lambda *_: None)
books = [json.loads(path.read_text()) for path in sorted(Path(sys.argv[1]).glob("*.ipynb"))]
cells = [["".join(cell["source"]) for cell in book["cells"] if cell["cell_type"] == "code"] for book in books]
running = []
for some in cells:
    while len(running) == 2:
        connection.wait([process.sentinel for process in running])
        running = [process for process in running if process.is_alive()]
    running.append(forks.start(run, some, cwd=sys.argv[2]))
for process in running:
    process.join()
"""
SNAKEFILE = """
from pathlib import Path
NAMES = sorted(path.stem for path in Path("{stock}").glob("*.ipynb"))
rule all:
    input: expand("out/{{name}}.ipynb", name=NAMES)
rule page:
    input: "{stock}/{{name}}.ipynb"
    output: "out/{{name}}.ipynb"
    shell: "{bin}/papermill --cwd {notebooks} -k python3 --no-progress-bar {{input}} {{output}}"
"""


class Bench:
    """A copy of the project, and the measures on it."""

    def __init__(self, folder: Path, pages: int, run_cold: int) -> None:
        self.folder, self.project, self.stock = folder, folder / "project", folder / "stock"
        self.cold_stock = folder / "cold"
        for room in ("pfpp_utils", "notebooks", "data", "book"):
            shutil.copytree(
                ROOT / room, self.project / room, ignore=shutil.ignore_patterns("__pycache__", ".*")
            )
        for file in ("_config.yml", "requirements.lock", "pyproject.toml"):
            shutil.copy(ROOT / file, self.project)
        self.environment = {**os.environ, "PYTHONPATH": str(self.project), "PFPP_PROJECT": str(self.project)}
        self.run(PYTHON, "-m", "compileall", "-q", "pfpp_utils")  # as an installed package is
        library = folder / "stock-lib"
        # without the project's settings, which keep it out
        words = "pip", "install", "-q", "--no-config", "--compile-bytecode", "--target", library, STOCK
        self.run(BIN / "uv", *words)
        both = f"{self.project}{os.pathsep}{library}"
        self.stock_environment = {**self.environment, "PYTHONPATH": both}
        self.names = self._write_stock(self.stock, pages)
        self.cold_names = self._write_stock(self.cold_stock, run_cold)
        self.times: dict[str, list[float]] = {}
        tools = ("papermill", "jupyter-book", "nbval", "jupyter-client", "ipykernel")
        self.versions = {tool: metadata.version(tool) for tool in tools}
        self._edits = 0

    def _write_stock(self, folder: Path, pages: int) -> list[str]:
        """Write a notebook for each of so many pages, as tools without parameters need it."""
        script = """
import sys, nbformat
from papermill.iorw import load_notebook_node
from papermill.parameterize import parameterize_notebook
from pfpp_utils.publish import notebook, plan
chosen = plan.notebooks(plan.load())
if int(sys.argv[2]) < len(chosen):  # pages that read the records of all others need them all
    chosen = [page for page in chosen if not page.last]
    chosen = chosen[:: max(1, len(chosen) // int(sys.argv[2]))]
for page in chosen:
    book = load_notebook_node(str(notebook.path_of(page.source)))
    if page.parameters:
        book = parameterize_notebook(book, page.parameters)
    for cell in book.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    nbformat.write(book, f"{sys.argv[1]}/{page.name}.ipynb")
    print(page.name)
"""
        folder.mkdir()
        return self.run(PYTHON, "-c", script, folder, pages).split()

    def run(self, *words: object, cwd: Path | None = None, stock: bool = False) -> str:
        """Run a command, of ours or as stock tools are; returns what it printed."""
        command = [str(word) for word in words]
        where = {"cwd": cwd or self.project, "env": self.stock_environment if stock else self.environment}
        done = subprocess.run(command, capture_output=True, text=True, check=False, **where)
        if done.returncode:
            sys.exit(f"{' '.join(command)[:300]}\n{done.stdout[-2000:]}\n{done.stderr[-3000:]}")
        return done.stdout

    def time(self, name: str, *words: object, cwd: Path | None = None, stock: bool = False) -> None:
        """Measure a command."""
        started = time.perf_counter()
        self.run(*words, cwd=cwd, stock=stock)
        self.keep(name, time.perf_counter() - started)

    def keep(self, name: str, seconds: float) -> None:
        """Keep a time, and say it."""
        self.times.setdefault(name, []).append(seconds)
        print(f"{name:<40} {seconds:8.2f} s", flush=True)

    def edit(self, file: Path) -> None:
        """Change a notebook, a table, or a module, in a way that changes no result."""
        self._edits += 1
        if file.suffix == ".ipynb":
            book = json.loads(file.read_text())
            next(cell for cell in book["cells"] if cell["cell_type"] == "markdown")["source"] += (
                f"\n\n{self._edits}"
            )
            file.write_text(json.dumps(book))
        else:
            *lines, one, other = file.read_text().splitlines(keepends=True)
            swapped = file.suffix == ".csv"  # rows in another order
            file.write_text(
                "".join([*lines, other, one] if swapped else [*lines, one, other, f"# {self._edits}\n"])
            )

    # The measures, by group.

    def cold(self) -> None:
        """Run the pages that are run cold."""
        self.time("ours cold", BIN / "pfpp", "run", "--all", *self.cold_names)
        script = self.folder / "stock.py"
        script.write_text(PAPERMILL)
        words = PYTHON, script, self.cold_stock, self.project / "notebooks", 2
        self.time("papermill in two processes", *words, stock=True)
        limit = self.folder / "limit.py"
        limit.write_text(LIMIT)
        self.time("the limit", PYTHON, limit, self.cold_stock, self.project / "notebooks")

    def one(self) -> None:
        """Run all pages one after the other: once."""
        if "papermill one by one" in self.times:
            return
        script = self.folder / "stock.py"
        script.write_text(PAPERMILL)
        words = PYTHON, script, self.cold_stock, self.project / "notebooks", 1
        self.time("papermill one by one", *words, stock=True)

    def edits(self) -> None:
        """Ours: nothing to do, and one thing edited."""
        pfpp = BIN / "pfpp"
        self.run(pfpp, "book")
        self.time("ours nothing to do", pfpp, "book")
        for what, file in {
            "edit one notebook": "notebooks/reach_and_change.ipynb",
            "edit one data file": "data/tables/reach.csv",
            "edit one module": "pfpp_utils/methods/rating.py",
        }.items():
            again = what != "edit one notebook" and f"ours {what}" in self.times
            if (self.project / file).is_file() and not again:
                self.edit(self.project / file)
                self.time(f"ours {what}", pfpp, "book")

    def serve(self) -> None:
        """Ours: one notebook edited while the book is served."""
        self.run(BIN / "pfpp", "book")
        command = [BIN / "pfpp", "serve", "--port", "0"]
        where = {"cwd": self.project, "env": self.environment}
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, **where) as server:
            try:
                lines = iter(server.stdout.readline, "")
                address = re.search(r"http://[^/]+/", next(lines)).group()
                next(line for line in lines if "as it would be" in line)
                for number in range(2):  # the first one after a start waits for what is still being loaded
                    time.sleep(6)
                    shown, built = self._saved(address, lines)
                    if number:
                        self.keep("ours edit under serve", shown)
                        self.keep("ours edit under serve, whole book", built)
            finally:
                server.terminate()

    def _saved(self, address: str, lines: Iterator[str]) -> tuple[float, float]:
        """Edit a notebook; returns when its page was shown, and when the whole book was there."""
        page = "reach-and-change.html"
        with urllib.request.urlopen(f"{address}_pfpp/events?/{page}") as events:
            events.readline()
            started = time.perf_counter()
            self.edit(self.project / "notebooks/reach_and_change.ipynb")
            next(line for line in events if line.startswith(b"data"))
            with urllib.request.urlopen(address + page) as answer:
                said = answer.read().decode()
            shown = time.perf_counter() - started
        if f"<p>{self._edits}</p>" not in said:
            sys.exit(f"{page} was shown without what was edited")
        next(line for line in lines if "Book built" in line)
        return shown, time.perf_counter() - started

    def jupyter_book(self) -> None:
        """Jupyter Book with its cache: executing once, nothing to do, one notebook edited."""
        source = self.folder / "jupyter-book"
        command = BIN / "jupyter-book", "build", "-q", source
        if not source.is_dir():
            self._write_stock_book(source)
            self.time("jupyter-book executing", *command, stock=True)
        name = "reach-and-change" if "reach-and-change" in self.names else self.names[0]
        for tool, stock in (("jupyter-book", True), ("jupyter-book, lean,", False)):
            self.time(f"{tool} nothing to do", *command, stock=stock)
            book = source / f"{name}.ipynb"
            edited = json.loads(book.read_text())  # its cache looks at code only
            code = next(cell for cell in reversed(edited["cells"]) if cell["cell_type"] == "code")
            code["source"] += "\n# edited"
            book.write_text(json.dumps(edited))
            self.time(f"{tool} edit one notebook", *command, stock=stock)

    def _write_stock_book(self, source: Path) -> None:
        shutil.copytree(self.stock, source)
        (source / "index.md").write_text("# Index\n")
        chapters = "".join(f"- file: {name}\n" for name in self.names)
        (source / "_toc.yml").write_text(f"format: jb-book\nroot: index\nchapters:\n{chapters}")
        (source / "_config.yml").write_text(
            "execute: {execute_notebooks: cache, timeout: 600}\nonly_build_toc_files: true\n"
        )

    def nbval(self) -> None:
        """Compare the notebooks with their stored outputs, on two workers."""
        words = (
            "-m",
            "pytest",
            "-q",
            "-p",
            "no:cacheprovider",
            "--numprocesses",
            "2",
            "--dist",
            "loadscope",
            "--nbval",
        )
        self.time("nbval as installed", PYTHON, *words, "--nbval-current-env", "notebooks", stock=True)
        self.time("ours nbval", PYTHON, *words, "--nbval-kernel-name", "pfpp-warm", "notebooks")

    def others(self) -> None:
        """Tools that the project does not use: once."""
        if "nbmake on two workers" in self.times:
            return
        tools = self.folder / "tools"
        if not tools.is_dir():
            venv.create(tools, with_pip=True)
            self.run(tools / "bin/pip", "install", "-q", "snakemake", "nbmake", "pytest-xdist")
            kernel = self.folder / "jupyter/kernels/python3/kernel.json"
            kernel.parent.mkdir(parents=True)
            argv = [PYTHON, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
            kernel.write_text(json.dumps({"argv": argv, "display_name": "Python 3", "language": "python"}))
            self.stock_environment["JUPYTER_PATH"] = str(self.folder / "jupyter")
            listed = json.loads(self.run(tools / "bin/pip", "list", "--format", "json"))
            named = {one["name"]: one["version"] for one in listed}
            self.versions |= {tool: named[tool] for tool in ("snakemake", "nbmake")}
        work = self.folder / "snakemake"
        shutil.rmtree(work, ignore_errors=True)
        work.mkdir()
        places = {"stock": self.cold_stock, "bin": BIN, "notebooks": self.project / "notebooks"}
        (work / "Snakefile").write_text(SNAKEFILE.format(**places))
        self.time(
            "Snakemake driving papermill", tools / "bin/snakemake", "-q", "--cores", 2, cwd=work, stock=True
        )
        words = "-q", "-p", "no:cacheprovider", "--nbmake", "-n=2", "--nbmake-timeout=600", self.cold_stock
        self.time(
            "nbmake on two workers",
            tools / "bin/python",
            "-m",
            "pytest",
            *words,
            cwd=self.project / "notebooks",
            stock=True,
        )


def summary(bench: Bench) -> dict[str, object]:
    """Medians, spreads, and each bar with its ratio: the median of those of single rounds."""
    times = bench.times
    measures = {
        name: {"median": statistics.median(found), "least": min(found), "most": max(found), "rounds": found}
        for name, found in times.items()
    }
    ratios = {}
    for ours, other, bar in BARS:
        if rounds := [one / two for one, two in zip(times.get(ours, ()), times.get(other, ()), strict=False)]:
            ratio = statistics.median(rounds)
            said = {"ours": ours, "beside": other, "ratio": ratio, "least": min(rounds), "most": max(rounds)}
            ratios[f"{ours} / {other}"] = {**said, "at most": bar, "holds": ratio <= bar}
    machine = {"cores": os.cpu_count(), "python": platform.python_version(), "load": os.getloadavg()[0]}
    machine["date"] = time.strftime("%Y-%m-%d")
    return {
        "pages": len(bench.names),
        "cold pages": len(bench.cold_names),
        "machine": machine,
        "versions": bench.versions,
        "measures": measures,
        "ratios": ratios,
    }


def main() -> None:
    """Measure, print and write."""
    groups: dict[str, Callable[[Bench], None]] = {
        "cold": Bench.cold, "jupyter-book": Bench.jupyter_book, "edits": Bench.edits, "serve": Bench.serve,
        "nbval": Bench.nbval, "one": Bench.one, "others": Bench.others,
    }  # fmt: skip
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeats", type=int, default=5)
    parser.add_argument("--pages", type=int, default=1000, help="about how many pages to build, of all")
    parser.add_argument(
        "--cold-pages", type=int, default=1000, help="about how many pages to run cold, of all"
    )
    parser.add_argument("--only", default=",".join(groups), help="groups of measures, separated by commas")
    parser.add_argument("--output", type=Path, default=HERE / "engine.json")
    given = parser.parse_args()
    if unknown := sorted(set(given.only.split(",")) - groups.keys()):
        parser.error(f"--only: found {', '.join(unknown)}; allowed are {', '.join(groups)}")
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), given.pages, given.cold_pages)
        for _ in range(given.repeats):
            for name in given.only.split(","):
                groups[name](bench)
        found = summary(bench)
    given.output.write_text(json.dumps(found, indent=1) + "\n")
    for name, bar in found["ratios"].items():  # type: ignore[attr-defined]
        print(f"{name:<60} {bar['ratio']:6.3f} (at most {bar['at most']}) {'' if bar['holds'] else 'MISSED'}")


if __name__ == "__main__":
    main()
