"""Fingerprints of pages: all that a page was made from, so that it is run again only when that changed."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

from pfpp_utils import project
from pfpp_utils.data import reads
from pfpp_utils.publish import reach, withheld
from pfpp_utils.publish.plan import Page

Parts = dict[str, str]


@dataclass(frozen=True)
class Made:
    """How a page was last made.

    Attributes
    ----------
    parts
        Fingerprint of each thing it was made from, by name: of :func:`parts`, and each input it read.
    output
        Fingerprint of the executed notebook.
    results
        Fingerprint of what its cells show, without the times at which they ran.
    seconds
        Time that it took.
    memory
        The most resident memory that its process had, in bytes; 0 if not known.
    """

    parts: Parts
    output: str
    results: str
    seconds: float
    memory: int = 0


def path(name: str) -> Path:
    """File that remembers how the page of a name was last made; it can be deleted at no cost but time."""
    return project.build() / "made" / f"{name}.json"


def parts(page: Page) -> Parts:
    """Fingerprint everything that a page will be made from, but the data that only a run can tell.

    Parameters
    ----------
    page
        A page of kind ``notebook``.

    Returns
    -------
    dict
        SHA-256 of the notebook's code and prose, of the parameters, of every module of the package that it
        reaches, of the lock, of the interpreter and of the results of pages that come before it, by name.
    """
    content = (project.notebooks() / f"{page.source}.ipynb").read_bytes()
    named = {"parameters": page.parameters, "lock": _lock(project.root()), "interpreter": _interpreter()}
    before = {f"page {name}": made.results if (made := _recall(name)) else "" for name in page.after}
    return {name: _digest(value) for name, value in named.items()} | _notebook(content) | before


@lru_cache(maxsize=200)
def _notebook(content: bytes) -> Parts:
    """Fingerprint a notebook's code and prose, and all modules that it reaches; many pages are of one."""
    cells = json.loads(content)["cells"]
    text = [[cell["cell_type"], "".join(cell["source"]), cell["metadata"].get("tags")] for cell in cells]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    modules = {f"module {name}": digest for name, digest in reach.modules(code).items()}
    return {"notebook": _digest(text)} | modules


def results(executed: str) -> str:
    """Fingerprint what the cells of an executed notebook show; prose and code are no results.

    Parameters
    ----------
    executed
        The notebook, as JSON.

    Returns
    -------
    str
        Hexadecimal SHA-256; the same whenever the results are.
    """
    code = [cell for cell in json.loads(executed)["cells"] if cell["cell_type"] == "code"]
    return _digest([[cell.get("id"), cell["outputs"]] for cell in code if cell["outputs"]])


def shown(page: Page, output: Path) -> str:
    """Fingerprint what a page shows as it is now.

    Parameters
    ----------
    page
        A page of kind ``notebook``.
    output
        Its executed notebook; it need not exist.

    Returns
    -------
    str
        Of its results as remembered; of all that it holds, if that was changed from outside.
    """
    made, content = recall(page), output.read_bytes() if output.is_file() else b""
    now = hashlib.sha256(content).hexdigest()
    return made.results if made and made.output == now else now


def remember(page: Page, made: Made) -> None:
    """Keep how a page was made, whole or not at all.

    Parameters
    ----------
    page
        The page.
    made
        How it was made.
    """
    file = path(page.name)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.write_text(json.dumps(vars(made), indent=1), encoding="utf-8")
    beside.replace(file)


def recall(page: Page) -> Made | None:
    """How a page was last made, or None if that is not known or cannot be read.

    Parameters
    ----------
    page
        The page.
    """
    return _recall(page.name)


def _recall(name: str) -> Made | None:
    try:
        made = Made(**json.loads(path(name).read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return made if isinstance(made.parts, dict) and isinstance(made.seconds, float) else None


def changed(page: Page, output: Path, digest: Callable[[str], str] = reads.digest) -> list[str]:
    """Say what changed since a page was made.

    Parameters
    ----------
    page
        A page of kind ``notebook``.
    output
        Its executed notebook.
    digest
        Fingerprints an input, by its name.

    Returns
    -------
    list of str
        Names of what changed, in plain words; empty if the page is as it would be made now.
    """
    made = recall(page)
    if made is None or not output.is_file():
        return ["never run"]
    now = parts(page)
    data = {name: digest for name, digest in made.parts.items() if name.startswith("data ")}
    now |= {name: digest(name.removeprefix("data ")) for name in data}
    found = [name for name in sorted(made.parts.keys() | now) if made.parts.get(name) != now.get(name)]
    if hashlib.sha256(output.read_bytes()).hexdigest() != made.output:
        found.append("its executed notebook, from outside")
    if not withheld.path(page.name).is_file():
        found.append("what it withheld is not known")
    return found


def data(made: Made) -> str:
    """Fingerprint the data that a page read when it was made, all together.

    Parameters
    ----------
    made
        From :func:`recall`.

    Returns
    -------
    str
        Hexadecimal SHA-256.
    """
    return _digest({name: digest for name, digest in made.parts.items() if name.startswith("data ")})


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True, default=str).encode()).hexdigest()


@cache
def _lock(root: Path) -> str:
    file = root / "requirements.lock"
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _interpreter() -> str:
    return f"{platform.python_implementation()} {platform.python_version()} {platform.machine()}"
