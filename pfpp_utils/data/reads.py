"""What was read: every file a page took data from, so that it is run again when, and only when, one changed.

An input is named by its path (within the project, or absolute), which may end in ``#name`` for one entry of
the data package's description, or in ``/`` for the names in a folder. The process that runs a page finds in
the environment variable ``PFPP_READS`` the file to list its inputs in.
"""

from __future__ import annotations

import hashlib
import json
import os
from functools import cache, lru_cache
from pathlib import Path

from pfpp_utils import project

VARIABLE = "PFPP_READS"
ABSENT = "absent"
_OFFICIAL = "official "
_HELD = Path("data/external")


def note(path: Path, *, entry: str = "") -> None:
    """Take down that a file, or one entry of the data package's description, is read.

    Parameters
    ----------
    path
        The file; it need not exist, as it matters when one appears. A folder stands for the names in it.
    entry
        Name of the entry, if only that matters.
    """
    if listed := os.environ.get(VARIABLE):
        _list(listed, _key(path) + ("/" if path.is_dir() else "") + (f"#{entry}" if entry else ""))


def note_official(label: str) -> None:
    """Take down that an official file is asked for, whether or not it is held.

    Parameters
    ----------
    label
        Name of the source, with its year if it has one: wherever the file lies, that is what it is.
    """
    if listed := os.environ.get(VARIABLE):
        _list(listed, _OFFICIAL + label)


@cache
def _list(listed: str, key: str) -> None:
    with open(listed, "a", encoding="utf-8") as file:
        file.write(json.dumps([key, digest(key)]) + "\n")


def digest(key: str) -> str:
    """Fingerprint of an input as it is now.

    Parameters
    ----------
    key
        Name of the input, as :func:`listed` gives it.

    Returns
    -------
    str
        Hexadecimal SHA-256 of its content, or ``"absent"``.
    """
    if key.startswith(_OFFICIAL):
        return _official(key.removeprefix(_OFFICIAL))
    name, _, entry = key.partition("#")
    path = Path(name)
    held = path.is_relative_to(_HELD)
    path = external() / path.relative_to(_HELD) if held else project.root() / path
    try:
        if name.endswith("/"):
            content = "\n".join(sorted(os.listdir(path))).encode()
        else:
            content = path.read_bytes()
            if entry:
                content = _entries(content)[entry]
    except (OSError, ValueError, LookupError):
        return ABSENT
    return hashlib.sha256(content).hexdigest()


def listed(file: Path) -> dict[str, str]:
    """Read which inputs a process has listed, each with its fingerprint when it was first read.

    Parameters
    ----------
    file
        What ``PFPP_READS`` named.

    Returns
    -------
    dict
        Fingerprint by name of input, in order of name; empty if nothing was read.
    """
    found: dict[str, str] = {}
    for line in file.read_text(encoding="utf-8").splitlines() if file.is_file() else ():
        key, value = json.loads(line)
        found.setdefault(key, value)
    return dict(sorted(found.items()))


def _official(label: str) -> str:
    """Fingerprint the files held of a source. They read through this module: loaded only here."""
    from pfpp_utils.data.external import catalogue, files, record  # noqa: PLC0415

    held = [record.checksum(path) for path in files.held(catalogue.item(label))]
    return hashlib.sha256("".join(held).encode()).hexdigest() if held else ABSENT


def external() -> Path:
    """Folder of the official files; inputs in it are named as if it were the project's own."""
    return Path(os.environ.get("PFPP_EXTERNAL") or project.root() / _HELD).absolute()


def _key(path: Path) -> str:
    path, root = path.absolute(), project.root()
    if path.is_relative_to(external()):
        return (_HELD / path.relative_to(external())).as_posix()
    # Within `data/external` a name means the folder of the official files, wherever that is.
    ours = path.is_relative_to(root) and not path.is_relative_to(root / _HELD)
    return path.relative_to(root).as_posix() if ours else path.as_posix()


@lru_cache(maxsize=1)
def _entries(package: bytes) -> dict[str, bytes]:
    """Entries of the data package's description, each as it stands there."""
    resources = json.loads(package)["resources"]
    return {entry["name"]: json.dumps(entry, sort_keys=True).encode() for entry in resources}
