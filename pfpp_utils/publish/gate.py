"""The gate: a site is published only if nothing is in it that was withheld, no person and no machine."""

from __future__ import annotations

import fnmatch
import hashlib
import importlib.util
import json
import multiprocessing
import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from pfpp_utils import project
from pfpp_utils.data import publication, tables, yaml_lines
from pfpp_utils.errors import Failure, InputError
from pfpp_utils.publish import (
    gate_figures,
    gate_files,
    gate_html,
    gate_keys,
    gate_kinds,
    gate_numbers,
    gate_passages,
    gate_persons,
    gate_sheets,
    gate_traces,
    withheld,
)
from pfpp_utils.publish.kernels import forks

#: The list of what may be in the site although it looks like a trace.
ALLOWED = "gate.yml"
#: Where code puts two texts together.
_LINKED = re.compile(r"""(["'`])\s*\+\s*["'`]""")
#: Bytes from which on looking is shared among cores.
MUCH = 300_000
_PICTURES = (".svg", ".png", ".jpg", ".jpeg", ".gif", ".webp", ".pdf")


@dataclass(frozen=True, order=True)
class Finding:
    """Something that must not be published.

    Attributes
    ----------
    file
        Path in the site.
    place
        Where in the file: a line, or a member of it.
    kind
        ``figure``, ``person``, ``e-mail``, ``machine``, ``secret``: a key or a number of one person, or
        ``file``: one that is not what its name says, or cannot be looked into.
    what
        What was found; a withheld figure or a secret is named, not told.
    """

    file: str
    place: str
    kind: str
    what: str

    def __str__(self) -> str:
        """Say what, where in one line."""
        return f"{self.file}{', ' if self.place else ''}{self.place}: {self.kind}: {self.what}"


@dataclass(frozen=True)
class Watch:
    """What is looked for.

    Attributes
    ----------
    entries
        Figures withheld and names of persons: see :func:`pfpp_utils.publish.withheld.load`.
    machine
        The machine that built the site.
    allowed
        What may be there: `kind`, `what`, `file` and `reason` of each, the middle two as patterns.
    """

    entries: list[dict[str, Any]]
    machine: gate_traces.Machine = field(default_factory=gate_traces.here)
    allowed: list[dict[str, str]] = field(default_factory=list)

    @property
    def key(self) -> str:
        """Fingerprint of all that decides what is found in a file."""
        code = [Path(module.__file__ or "").read_bytes() for module in _MODULES]
        told = json.dumps([self.entries, asdict(self.machine), self.allowed], sort_keys=True)
        return hashlib.sha256(told.encode() + b"".join(code) + Path(__file__).read_bytes()).hexdigest()

    def admits(self, finding: Finding) -> bool:
        """Whether the list of what is allowed has an entry for a finding."""
        return any(
            entry["kind"] == finding.kind
            and fnmatch.fnmatchcase(finding.what.lower(), entry["what"].lower())
            and fnmatch.fnmatchcase(finding.file, entry.get("file", "*"))
            for entry in self.allowed
        )


#: Packages whose scripts, styles and fonts are in every book.
_LIBRARIES = (
    *("sphinx", "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_design", "sphinx_thebe", "plotly"),
    *("sphinx_togglebutton", "sphinx_copybutton", "sphinx_comments", "myst_nb", "jupyter_book"),
)
_MODULES = (
    *(gate_figures, gate_files, gate_html, gate_keys, gate_kinds, gate_numbers),
    *(gate_passages, gate_persons, gate_sheets, gate_traces),
)


def watch(pages: list[str]) -> Watch:
    """Gather what must not be in the book of this project.

    Parameters
    ----------
    pages
        Names of the pages that were run.

    Returns
    -------
    Watch
        Figures withheld by pages and in tables of the data package, names of persons, this machine, and the
        list ``gate.yml`` of the project.

    Raises
    ------
    InputError
        If it is not known what a page withheld, or the list cannot be used.
    """
    treated = [name for name in tables.names() if not publication.of(name).rule.off]
    kept = [
        {**secret, "output": f"tables/{name}"}
        for name in treated
        for secret in publication.treated(name).secrets
    ]
    return Watch([*withheld.load(pages), *kept, *publication.persons()], allowed=allowed())


def allowed() -> list[dict[str, str]]:
    """Read what may be in the site although it looks like a trace.

    Returns
    -------
    list of dict
        Entries of ``gate.yml``; none if there is no such file.

    Raises
    ------
    InputError
        If an entry lacks its kind, what it is about or a reason, or has anything else.
    """
    path = project.root() / ALLOWED
    if not path.is_file():
        return []
    listed = yaml_lines.plain(yaml_lines.read(path, file=ALLOWED, what="the list")) or []
    for number, entry in enumerate(listed if isinstance(listed, list) else [listed], start=1):
        fits = isinstance(entry, dict) and {"kind", "what", "reason"} <= set(entry) <= {
            "kind",
            "what",
            "reason",
            "file",
        }
        if not (fits and all(isinstance(value, str) and value.strip() for value in entry.values())):
            needs = "texts: kind (figure, person, e-mail, machine, secret or file), what, reason; and file"
            raise InputError(
                "an entry that cannot be used", where=f"{ALLOWED}, entry {number}", found=entry, allowed=needs
            )
    return list(listed)


def findings(
    folder: Path, watched: Watch, *, memory: Path | None = None, jobs: int | None = None
) -> list[Finding]:
    """Find what must not be published in a site.

    Parameters
    ----------
    folder
        The built site.
    watched
        What is looked for.
    memory
        File that remembers what was found in which content, so that only what changed is read again.
    jobs
        How many processes look through many or large files; all cores by default. More than one are forked
        from this process, in which no other thread should be at work.

    Returns
    -------
    list of Finding
        In order of file and place.
    """
    key, known = watched.key if memory else "", _recall(memory)
    seen = known["files"] if known.get("key") == key else {}
    there = sorted(path for path in folder.rglob("*") if path.is_file())
    paths = {path.relative_to(folder).as_posix(): path for path in there}
    digests = {file: hashlib.sha256(path.read_bytes()).hexdigest() for file, path in paths.items()}
    unseen = [file for file, digest in digests.items() if file not in seen or seen[file][0] != digest]
    fresh = _looked({file: paths[file] for file in unseen}, watched, jobs or os.cpu_count() or 1)
    kept = {file: [asdict(one) for one in fresh[file]] if file in fresh else seen[file][1] for file in paths}
    if memory:
        files = {file: [digests[file], told] for file, told in kept.items()}
        memory.write_text(json.dumps({"key": key, "files": files}), encoding="utf-8")
    return [Finding(**one) for told in kept.values() for one in told]


def _looked(paths: dict[str, Path], watched: Watch, jobs: int) -> dict[str, list[Finding]]:
    """Look through files, the largest first."""
    sizes = {file: path.stat().st_size for file, path in paths.items()}
    search, order = _Search(watched), sorted(paths, key=lambda file: sizes[file], reverse=True)
    given = order, [paths[file] for file in order]
    if sum(sizes.values()) < MUCH or jobs < 2:
        return dict(zip(order, map(search.look, *given), strict=True))
    forked = multiprocessing.get_context("fork")  # what is searched for stays as it is, and need not be sent
    with ProcessPoolExecutor(jobs, mp_context=forked, initializer=_keep, initargs=(search,)) as pool:
        return dict(zip(order, pool.map(_look, *given), strict=True))


_searching: _Search


def _keep(search: _Search) -> None:
    global _searching  # noqa: PLW0603 a process of its own, which does nothing else
    forks.end_with_parent()
    _searching = search


def _look(file: str, path: Path) -> list[Finding]:
    return _searching.look(file, path)


def require_built(folder: Path, pages: list[str]) -> None:
    """Refuse a folder of which nothing can be said, because there is no whole site in it.

    Parameters
    ----------
    folder
        The site.
    pages
        Names of pages that must be there.

    Raises
    ------
    InputError
        If there is no page in it, or a page is missing.
    """
    allowed = "a site that was built whole: `pfpp book`"
    if not any(folder.rglob("*.html")):
        found = "no page in it" if folder.is_dir() else "no such folder"
        raise InputError("there is no site to look through", where=str(folder), found=found, allowed=allowed)
    missing = [page for page in ["index", *pages] if not (folder / f"{page}.html").is_file()]
    if pages and missing:
        found = f"no page {', '.join(missing[:5])}{' and others' if len(missing) > 5 else ''}"
        raise InputError("the site is half built", where=str(folder), found=found, allowed=allowed)


def require(folder: Path, watched: Watch, *, memory: Path | None = None, jobs: int | None = None) -> None:
    """Stop if a site must not be published.

    Parameters
    ----------
    folder, watched, memory, jobs
        As for :func:`findings`.

    Raises
    ------
    Failure
        With one line for each finding.
    """
    if found := findings(folder, watched, memory=memory, jobs=jobs):
        listed = "\n".join(f"  {one}" for one in found)
        what = "things that must not be published" if len(found) > 1 else "thing that must not be published"
        raise Failure(f"the gate found {len(found)} {what}; nothing was published\n{listed}")


def _recall(memory: Path | None) -> dict[str, Any]:
    try:
        known = json.loads(memory.read_text(encoding="utf-8")) if memory else {}
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


class _Search:
    """Looks through files for all that is watched."""

    def __init__(self, watched: Watch) -> None:
        self._watched = watched
        self._figures = gate_figures.Figures(gate_figures.secrets(watched.entries))
        self._persons = gate_persons.Persons(
            entry["person"] for entry in watched.entries if "person" in entry
        )
        self._machinery = gate_traces.Machinery(watched.machine)
        self._libraries: dict[str, list[Path]] = {}

    def look(self, file: str, path: Path) -> list[Finding]:
        """Find what must not be published in one file, which is at a path."""
        return self.file(file, path.read_bytes())

    def file(self, file: str, content: bytes) -> list[Finding]:
        """Find what must not be published in one file."""
        if self._bundled(file, content):
            return []
        found = set()
        if what := gate_kinds.mismatch(file, content):
            found.add(Finding(file, "", "file", what))
        for text in [gate_files.Text("the file's name", file), *gate_files.texts(file, content)]:
            found |= set(self._text(file, text))
        return sorted(one for one in found if not self._watched.admits(one))

    def _text(self, file: str, text: gate_files.Text) -> Iterator[Finding]:
        if text.unread:
            yield Finding(file, text.place, "file", text.unread)
            return
        sheets = (
            list(gate_sheets.sheets(text.content))
            if self._watched.entries and text.content[:2] == b"PK"
            else []
        )
        streams = list(_streams(text.text, sheets))
        for kind, finder in (
            ("e-mail", gate_traces.emails),
            ("machine", self._machinery.found),
            ("secret", gate_keys.found),
            ("person", self._persons.found),
        ):
            for what in dict.fromkeys(one for stream in streams for one in finder(stream)):
                yield Finding(file, _place(text, what), kind, what)
        if not self._figures:
            return
        for secret in dict.fromkeys(self._withheld(file, text, streams, sheets)):
            yield Finding(file, text.place, "figure", secret.told)

    def _bundled(self, file: str, content: bytes) -> bool:
        """Whether a file is one that a library brings, to the byte: its numbers are not ours."""
        if "_static" not in file:  # where builders put them
            return False
        if not self._libraries:
            specs = filter(None, map(importlib.util.find_spec, _LIBRARIES))
            rooms = [Path(room) for spec in specs for room in spec.submodule_search_locations or []]
            for path in (
                path for room in rooms for path in room.rglob("*.*") if path.suffix not in {".py", ".pyc"}
            ):
                self._libraries.setdefault(path.name, []).append(path)
        same = self._libraries.get(file.rsplit("/", 1)[-1], [])
        return any(path.is_file() and path.read_bytes() == content for path in same)

    def _withheld(
        self, file: str, text: gate_files.Text, streams: list[str], sheets: list[gate_sheets.Sheet]
    ) -> Iterable[gate_figures.Secret]:
        for stream in streams:
            yield from self._figures.telling(stream)
        if file.endswith(_PICTURES):
            yield from self._figures.own(file, _words(file, text.text))
        if text.again:
            return
        if worth := self._figures.worth("\n".join([*streams, text.plain])):
            yield from gate_figures.found(gate_passages.passages(text.text, sheets), worth, file=file)


def _streams(text: str, sheets: list[gate_sheets.Sheet]) -> Iterator[str]:
    """Give a text as it is, and as it is read without tags and quotes, whatever these part."""
    yield text
    told = text
    if (data := gate_passages.parsed(text)) is not None:
        told = gate_files.forms("\n".join(gate_passages.leaves(data)))[-1]
        yield told
    if "+" in text and (linked := _LINKED.sub("", text)) != text:
        yield linked
    if "<" in told and ">" in told:
        yield from (gate_files.forms(plain)[-1] for plain in gate_html.untagged(told))
    if sheets:
        listed = "\n".join("\t".join(row) for name, rows in sheets for row in [[name], *rows])
        yield gate_files.forms(listed)[-1]


def _words(file: str, text: str) -> str:
    """Give what a picture says; of an SVG its texts and labels, not its numbers of drawing."""
    if not file.endswith(".svg"):
        return text
    return "\n".join(" ".join(passage.cells) for passage in gate_passages.passages(_undrawn(text)))


def _undrawn(svg: str) -> str:
    return re.sub(
        r'\s(?!aria-|alt|title|data-)[\w:-]+="[^"]*"',
        "",
        re.sub(r"<style.*?</style>", "", svg, flags=re.DOTALL),
    )


def _place(text: gate_files.Text, what: str) -> str:
    line = text.text.lower().find(what.lower())
    return text.place or (f"line {text.text.count(chr(10), 0, line) + 1}" if line >= 0 else "")
