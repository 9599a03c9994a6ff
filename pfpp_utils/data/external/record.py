"""Which official files this process has used, for whoever must know when a page is out of date."""

from __future__ import annotations

import functools
import hashlib
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Use:
    """A file that was asked for.

    Attributes
    ----------
    name
        Name in ``data/sources.yml``, with its year if it has one.
    path
        Where it lies, or None if it was not held: that a page did without a file counts as well.
    """

    name: str
    path: Path | None

    @property
    def sha256(self) -> str:
        """Checksum of the file as it is now; empty if it is not held."""
        return checksum(self.path) if self.path else ""


_used: dict[tuple[str, Path | None], Use] = {}


def note(name: str, path: Path | None) -> None:
    """Remember that a file was asked for."""
    _used.setdefault((name, path), Use(name, path))


def used() -> list[Use]:
    """Files asked for in this process, each once, in order."""
    return list(_used.values())


def forget() -> None:
    """Begin a new record."""
    _used.clear()


def checksum(path: Path) -> str:
    """SHA-256 of a file, computed once for each state of it.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        64 hexadecimal digits.
    """
    state = path.stat()
    return _checksum(path, state.st_size, state.st_mtime_ns, state.st_ino)


@functools.lru_cache(maxsize=256)
def _checksum(path: Path, _size: int, _modified: int, _node: int) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
