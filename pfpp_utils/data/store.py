"""Assembled awards kept as Parquet, under the fingerprint of all they were made from; safe to delete."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import fields
from functools import lru_cache
from pathlib import Path

import pandas as pd

import pfpp_utils
from pfpp_utils import project
from pfpp_utils.data import policy_rules, reads
from pfpp_utils.data.assembled import Assembled

_TABLES = ("pilots", "pilot_authorities", "authority_names", "policy_labels")
#: What assembling reads of the data package, as inputs are named in :mod:`pfpp_utils.data.reads`.
BUNDLED = (
    f"data/{policy_rules.FILE}",
    *(f"data/tables/{name}.csv" for name in _TABLES),
    *(f"data/datapackage.json#{name}" for name in _TABLES),
)
_FRAMES = [field.name for field in fields(Assembled) if field.name != "files"]


def through(files: Iterable[Path], make: Callable[[], Assembled], how: str = "") -> Assembled:
    """Return what was assembled from these files before, or assemble it and keep it.

    Parameters
    ----------
    files
        Every file that the result depends on; the package's own code and data count by themselves.
    make
        Assembles.
    how
        What else makes a difference, such as the year that is kept.

    Returns
    -------
    Assembled
        As `make` returns it.
    """
    _note()
    folder = project.build() / "registers" / _fingerprint(files, how)
    try:
        return _load(folder)
    except (OSError, ValueError, KeyError):  # not there, or not whole: made again
        made = make()
        _keep(made, folder)
        return made


def _note() -> None:
    """Take down what assembling reads: whoever takes from the store depends on it too."""
    for key in BUNDLED:
        name, _, entry = key.partition("#")
        reads.note(project.root() / name, entry=entry)


def _load(folder: Path) -> Assembled:
    frames = {name: pd.read_parquet(folder / f"{name}.parquet") for name in _FRAMES}
    return Assembled(files=json.loads((folder / "files.json").read_text(encoding="utf-8")), **frames)


def _keep(made: Assembled, folder: Path) -> None:
    """Write beside and move into place, so that two processes cannot disturb each other."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    beside = Path(tempfile.mkdtemp(dir=folder.parent, prefix=".new-"))
    try:
        for name in _FRAMES:
            getattr(made, name).to_parquet(beside / f"{name}.parquet")
        (beside / "files.json").write_text(json.dumps(made.files), encoding="utf-8")
        shutil.rmtree(folder, ignore_errors=True)
        beside.rename(folder)
    except OSError:  # another process was first, or the disk is full: it is only a store
        shutil.rmtree(beside, ignore_errors=True)


def _fingerprint(files: Iterable[Path], how: str) -> str:
    bundled = "".join(reads.digest(key) for key in BUNDLED)
    total = hashlib.sha256(_code() + bundled.encode() + how.encode())
    for file in sorted(files):  # the name counts: it can tell the year, and every award keeps it
        total.update(file.name.encode() + b"\0" + hashlib.sha256(file.read_bytes()).digest())
    return total.hexdigest()[:24]


@lru_cache(maxsize=1)
def _code() -> bytes:
    """Fingerprint of what assembles: code, layouts and schemas."""
    package = Path(pfpp_utils.__file__).parent
    floors = [path for floor in ("data", "methods") for path in (package / floor).rglob("*")]
    parts = [path for path in floors if path.is_file() and "__pycache__" not in path.parts]
    total = hashlib.sha256()
    for path in sorted(parts):
        total.update(path.read_bytes())
    return total.digest()
