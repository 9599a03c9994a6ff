"""Where a downloaded file came from: a small JSON file beside it."""

from __future__ import annotations

import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pfpp_utils.data.external.files import RECORD
from pfpp_utils.data.external.source import Item


def beside(path: Path) -> Path:
    """Path of the record of a file."""
    return path.with_name(path.name + RECORD)


def write(path: Path, item: Item, *, url: str, title: str, size: int, sha256: str) -> None:
    """Record where a file came from.

    Parameters
    ----------
    path
        The file.
    item
        What it is.
    url, title
        Where it was found, and what the publisher calls it.
    size, sha256
        Its bytes and checksum.
    """
    found = {
        "name": item.label,
        "title": title,
        "publisher": item.source.publisher,
        "licence": item.source.licence,
        "page": item.page,
        "url": url,
        "downloaded": datetime.now(UTC).isoformat(timespec="seconds"),
        "bytes": size,
        "sha256": sha256,
    }
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps(found, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    part.replace(beside(path))


def read(path: Path) -> dict[str, Any] | None:
    """Read the record of a file.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    dict or None
        What :func:`write` wrote, or None if there is no record or it cannot be read.
    """
    try:
        found = json.loads(beside(path).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return found if isinstance(found, dict) else None
