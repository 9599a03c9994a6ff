"""The plan: ``notebooks/plan.yml``, the only list of pages, and the contents list made from it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import Any

from pfpp_utils import project
from pfpp_utils.data import places, yaml_lines
from pfpp_utils.data.external import years
from pfpp_utils.errors import InputError
from pfpp_utils.publish import manifest, notebook

KINDS = ("notebook", "prose", "generated")
GENERATED = ("data-dictionary", "how-made")


@dataclass(frozen=True)
class Page:
    """One page of the book.

    Attributes
    ----------
    name
        Name of the page: its address in the book, and what the command line calls it.
    kind
        ``notebook``, ``prose`` (a file in ``book/``) or ``generated`` (made by the book builder).
    source
        Name of the notebook, of the prose file or of the generated page.
    part
        Part of the book; empty for the front page.
    title
        Title in place of the notebook's own; empty to keep it.
    parameters
        Parameters for the notebook.
    line
        Line of the plan that lists the page.
    children
        Pages below this one in the contents list.
    after
        Names of the pages whose results it reads: it is run after them, and again if they changed.
    """

    name: str
    kind: str
    source: str
    part: str
    title: str = ""
    parameters: dict[str, Any] = field(default_factory=dict)
    line: int = 0
    children: tuple[Page, ...] = ()
    after: tuple[str, ...] = ()

    @property
    def last(self) -> bool:
        """Whether it is run after all others (``after: all`` in the plan), as it reads what they made."""
        return bool(self.after)


def load() -> list[Page]:
    """Read and check the plan.

    Returns
    -------
    list of Page
        Top-level pages in the order of the book; the first is the front page.

    Raises
    ------
    InputError
        Naming the line of the plan: a page listed twice, a page without its notebook or prose
        file, an unknown parameter, place or year, a notebook without exactly one cell of parameters.
    """
    pages, faults = inspect()
    if faults:
        raise faults[0]
    return pages


def inspect() -> tuple[list[Page], list[InputError]]:
    """Read the plan and list everything wrong with its pages, in the order of its lines.

    Raises
    ------
    InputError
        If the plan is not to be read as a plan at all.
    """
    raw = manifest.read()
    pages = [_front(raw["front"], raw[manifest.LINE])]
    for part in raw["parts"]:
        for entry in part["pages"]:
            pages += _pages(entry, part["part"])
    before = tuple(page.name for page in notebooks(pages) if not page.after)
    pages = [_follow(page, before) for page in pages]
    return pages, list(_faults(pages))


def _follow(page: Page, before: tuple[str, ...]) -> Page:
    """Say of a page that comes after all the others which those are."""
    below = tuple(_follow(child, before) for child in page.children)
    return replace(page, children=below, after=before if page.after else ())


def every(pages: list[Page]) -> Iterator[Page]:
    """Walk all pages, children after their parents.

    Parameters
    ----------
    pages
        Top-level pages of the plan.

    Yields
    ------
    Page
        Each page, in the order of the book.
    """
    for page in pages:
        yield page
        yield from every(list(page.children))


def notebooks(pages: list[Page]) -> list[Page]:
    """Only the pages that are executed notebooks, in the order of the book.

    Parameters
    ----------
    pages
        Top-level pages of the plan.

    Returns
    -------
    list of Page
        Pages of kind ``notebook``, at any level.
    """
    return [page for page in every(pages) if page.kind == "notebook"]


def select(pages: list[Page], wanted: tuple[str, ...]) -> list[Page]:
    """Choose notebook pages by page name or by notebook name; all of them if nothing is asked for.

    Parameters
    ----------
    pages
        Top-level pages of the plan.
    wanted
        Names of pages or notebooks; empty for all.

    Returns
    -------
    list of Page
        In the order of the book, each page once.

    Raises
    ------
    InputError
        If a name is neither.
    """
    runnable = notebooks(pages)
    known = {page.name for page in runnable} | {page.source for page in runnable}
    for name in wanted:
        if name not in known:
            raise InputError("unknown page", where="the command line", found=name, allowed=sorted(known))
    return [page for page in runnable if not wanted or page.name in wanted or page.source in wanted]


def contents(pages: list[Page]) -> dict[str, Any]:
    """Make the book's contents list, in the format of Jupyter Book's ``_toc.yml``.

    Parameters
    ----------
    pages
        Top-level pages of the plan; the first is the front page.

    Returns
    -------
    dict
        ``format``, ``root`` and ``parts``, ready to be written as YAML.
    """
    parts: dict[str, list[dict[str, Any]]] = {}
    for page in pages[1:]:
        parts.setdefault(page.part, []).append(_entry(page, "sections"))
    listed = [{"caption": part, "chapters": chapters} for part, chapters in parts.items()]
    return {"format": "jb-book", "root": pages[0].name, "parts": listed}


def _entry(page: Page, below: str) -> dict[str, Any]:
    entry: dict[str, Any] = {"file": page.name}
    if page.children:
        entry[below] = [_entry(child, below) for child in page.children]
    return entry


def _front(entry: str | dict[str, Any], line: int) -> Page:
    """Make the front page: prose where it is only named, or else one run of a notebook."""
    if isinstance(entry, str):
        return Page(entry, "prose", entry, "", line=line)
    return _run(entry["notebook"], entry, "", (entry["after"],) if "after" in entry else ())


def _pages(entry: dict[str, Any], part: str) -> list[Page]:
    """Make the pages of one entry: one for prose, one for each run of a notebook."""
    kind = next(kind for kind in KINDS if kind in entry)
    if kind == "notebook":
        after = (entry["after"],) if "after" in entry else ()
        return [_run(entry["notebook"], run, part, after) for run in entry["runs"]]
    below = tuple(child for sub in entry.get("pages", []) for child in _pages(sub, part))
    return [Page(entry[kind], kind, entry[kind], part, line=entry[manifest.LINE], children=below)]


def _run(source: str, run: dict[str, Any], part: str, after: tuple[str, ...]) -> Page:
    below = tuple(_run(source, child, part, after) for child in run.get("below", []))
    given, title = yaml_lines.plain(run.get("parameters", {})), run.get("title", "")
    return Page(run["page"], "notebook", source, part, title, given, run[manifest.LINE], below, after)


def _faults(pages: list[Page]) -> Iterator[InputError]:
    seen: dict[str, int] = {}
    there = {"notebook": notebook.names(), "prose": _prose(), "generated": list(GENERATED)}
    takes = cache(lambda name: _parameters(name, notebook.path_of(name).read_bytes()))
    fine: list[object] = []
    for page in every(pages):
        where = f"{manifest.FILE}, line {page.line}"
        if page.name in seen:
            allowed = f"once; also at line {seen[page.name]}"
            yield InputError("a page is listed twice", where=where, found=page.name, allowed=allowed)
        seen[page.name] = page.line
        try:
            if page.source not in there[page.kind]:
                what = f"a page without its {page.kind} file"
                raise InputError(what, where=where, found=page.source, allowed=there[page.kind])
            if page.kind == "notebook":
                _check(page, takes(page.source), where, fine)
        except InputError as error:
            yield error


@lru_cache(maxsize=100)
def _parameters(name: str, _content: bytes) -> list[str]:
    return notebook.parameter_names(name)


def _check(page: Page, known: list[str], where: str, fine: list[object]) -> None:
    """Check a page's parameters; places that were found to be fine are remembered."""
    for name, value in page.parameters.items():
        if name not in known:
            what = f"unknown parameter for {page.source}"
            raise InputError(what, where=where, found=name, allowed=known)
        if name == "place" and value not in fine:
            fine.append(places.check(value, where=where, programme=True))
        if name == "year":
            years.check(value, where=where)


def _prose() -> list[str]:
    folder = project.root() / "book"
    return sorted(path.relative_to(folder).with_suffix("").as_posix() for path in folder.rglob("*.md"))
