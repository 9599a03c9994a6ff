"""Whether anything has changed since the book was last made: all of it at once, with nothing heavy loaded.

This answers only "nothing did"; which pages a change touches is for :mod:`pfpp_utils.publish.fingerprint`.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from pfpp_utils import project

PACKAGE = Path(project.__file__).parent


def inputs(settled: str = "") -> str:
    """Fingerprint all that a book is made from.

    Parameters
    ----------
    settled
        From :func:`base`, if it is known.

    Returns
    -------
    str
        SHA-256 over the content of every file of the project and the package; of official files, which can be
        large, over their sizes and times.
    """
    edited = [file for room in ("notebooks", "book") for file in below(project.root() / room)]
    return _digest([settled or base(), {str(file): _content(file) for file in edited}])


def base() -> str:
    """Fingerprint what a book is made from besides notebooks and prose: package, data and settings."""
    root, external = project.root(), Path(os.environ.get("PFPP_EXTERNAL") or project.data() / "external")
    files = [file for file in below(root / "data") if not file.is_relative_to(external)]
    files += [
        *below(PACKAGE),
        root / "requirements.lock",
        root / "_config.yml",
        root / "CITATION.cff",
        root / "gate.yml",
        root / "benchmarks/engine.json",
    ]
    looks = {str(file): _look(file) for file in below(external)}
    return _digest([sys.version, {str(file): _content(file) for file in files}, looks])


def outputs() -> str:
    """Fingerprint what was made: executed notebooks by their content, the book by sizes and times."""
    build = project.build()
    executed = {file.name: _content(file) for file in below(build / "pages")}
    return _digest([executed, {str(file): _look(file) for file in below(build / "book")}])


def package() -> str:
    """Fingerprint every file of the package."""
    return _digest({file.relative_to(PACKAGE).as_posix(): _content(file) for file in below(PACKAGE)})


def tools() -> str:
    """Fingerprint what makes pages of results: the package, the lock and the interpreter."""
    return _digest([package(), _content(project.root() / "requirements.lock"), sys.version])


def keep(made_from: str) -> None:
    """Remember that the book as it stands is made from these inputs.

    Parameters
    ----------
    made_from
        From :func:`inputs`, taken before anything was made.
    """
    put("book", [made_from, outputs()])


def holds(made_from: str) -> bool:
    """Whether the book is what would be made now.

    Parameters
    ----------
    made_from
        From :func:`inputs`.
    """
    kept = get("book")
    return isinstance(kept, list) and kept[:1] == [made_from] and kept[1:] == [outputs()]


def require_sound() -> str:
    """Check the data as ``validation.require_sound`` does, unless they were found sound before.

    Returns
    -------
    str
        Fingerprint of the data.

    Raises
    ------
    pfpp_utils.errors.InputError
        If they have a fault.
    """
    files = [*below(project.data()), *below(PACKAGE / "data"), project.root() / "requirements.lock"]
    return once(
        "sound", {str(file): _content(file) for file in files if "external" not in file.parts}, _sound
    )


def _sound() -> None:
    from pfpp_utils.data import validation  # noqa: PLC0415 slow to load, and seldom needed

    validation.require_sound()


def once(name: str, made_from: object, check: Callable[[], None]) -> str:
    """Check something, unless it passed before and was made from the same.

    Parameters
    ----------
    name
        Of the check.
    made_from
        All that its result depends on.
    check
        Raises if something is wrong.

    Returns
    -------
    str
        Fingerprint of what it was made from.
    """
    now = _digest(made_from)
    if get(name) != now:
        check()
        put(name, now)
    return now


def below(folder: Path) -> Iterator[Path]:
    """Walk the files below a folder, in order, leaving out hidden ones and what Python compiled.

    Parameters
    ----------
    folder
        It need not exist.

    Yields
    ------
    pathlib.Path
        Each file.
    """
    for here, folders, files in os.walk(folder, followlinks=True):
        folders[:] = sorted(name for name in folders if name[0] != "." and name != "__pycache__")
        yield from (Path(here, name) for name in sorted(files) if name[0] != ".")


def _content(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.is_file() else ""


def _look(file: Path) -> list[int]:
    found = file.stat()
    return [found.st_size, found.st_mtime_ns, found.st_ctime_ns, found.st_ino]


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()


def _file(name: str) -> Path:
    return project.build() / f"{name}.stamp"


def get(name: str) -> object:
    """Read what was kept under a name; None if nothing was, or it cannot be read."""
    try:
        return json.loads(_file(name).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None


def put(name: str, value: object) -> None:
    """Keep what JSON can hold under a name, whole or not at all; it can be deleted at no cost but time."""
    file = _file(name)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(f".{os.getpid()}.part")
    beside.write_text(json.dumps(value), encoding="utf-8")
    beside.replace(file)
