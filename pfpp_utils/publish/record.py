"""What made the book: versions, data, notebooks and run times, on each page and a page of its own."""

from __future__ import annotations

import hashlib
import platform
from functools import cache
from importlib import metadata
from pathlib import Path

from pfpp_utils import project
from pfpp_utils.data import tables
from pfpp_utils.publish import fingerprint, markup, notebook, plan, speed
from pfpp_utils.publish.plan import Page

#: The packages whose versions a reader would ask for.
PACKAGES = (
    "pandas",
    "numpy",
    "scipy",
    "pingouin",
    "seaborn",
    "matplotlib",
    "plotly",
    "papermill",
    "jupyter-book",
    "sphinx",
)


def digest(paths: list[Path]) -> str:
    """First twelve hexadecimal digits of the SHA-256 of the files' contents, in the order given.

    Parameters
    ----------
    paths
        Files that exist.

    Returns
    -------
    str
        Twelve characters.
    """
    total = hashlib.sha256()
    for path in paths:
        total.update(path.read_bytes())
    return total.hexdigest()[:12]


def data_digest() -> str:
    """Fingerprint of the data package: its description and all its tables."""
    files = [project.data() / tables.describe(name)["path"] for name in tables.names()]
    return digest([project.data() / "datapackage.json", *files])


@cache
def _version() -> str:
    return metadata.version("pfpp-utils")


def line(page: Page | None = None) -> str:
    """One line for the foot of a page: package version and data fingerprint.

    Parameters
    ----------
    page
        The page, whose fingerprint is of what it read; without one, of the whole data package.

    Returns
    -------
    str
        One sentence.
    """
    version = _version()
    made = fingerprint.recall(page) if page else None
    data = fingerprint.data(made) if made else data_digest()
    vintage = f"{tables.package().get('version', 'without version')} ({data[:12]})"
    return f"Made by pfpp-utils {version} from data package {vintage}."


def markdown(pages: list[Page]) -> str:
    """Write the page "How this book was made".

    Parameters
    ----------
    pages
        Top-level pages of the plan; every notebook page has been executed.

    Returns
    -------
    str
        The whole page, as Markdown.
    """
    rows = "\n".join(_row(page) for page in plan.notebooks(pages))
    versions = "\n".join(f"| {name} | {metadata.version(name)} |" for name in PACKAGES)
    return f"""# How this book was made

Every page below was executed from its notebook with the parameters shown, by papermill, in a process
of its own. Nothing on these pages was typed in by hand after the run: the book is put together from the
executed notebooks as they are.

{line()} Python {platform.python_version()}.

## Pages

| Page | Notebook | Parameters | Notebook fingerprint | Run time (seconds) |
|---|---|---|---|---:|
{rows}

## Versions

| Package | Version |
|---|---|
{versions}

A fingerprint is the first twelve digits of the SHA-256 of the file's content: the same fingerprint
means the same file. Run times vary with the machine.

{speed.markdown()}"""


def _row(page: Page) -> str:
    given = ", ".join(f"{key} = {value}" for key, value in page.parameters.items()) or "defaults"
    given = markup.plain(given)
    made = fingerprint.recall(page)
    seconds = made.seconds if made else 0.0
    source = digest([notebook.path_of(page.source)])
    return f"| [{page.name}]({page.name}) | {page.source} | {given} | {source} | {seconds:.1f} |"
