"""Where the official files lie: found by name anywhere below one folder."""

from __future__ import annotations

import os
from pathlib import Path

from pfpp_utils import project
from pfpp_utils.data.external import catalogue
from pfpp_utils.data.external.source import Item
from pfpp_utils.errors import InputError

#: Ends of names that are not data: what a download leaves beside a file.
RECORD = ".source.json"


def folder() -> Path:
    """Folder of the official files: ``PFPP_EXTERNAL``, or else ``data/external`` of the project.

    Returns
    -------
    pathlib.Path
        An absolute path; the project's own need not exist yet.

    Raises
    ------
    InputError
        If ``PFPP_EXTERNAL`` names no folder.
    """
    named = os.environ.get("PFPP_EXTERNAL")
    if not named:
        return project.data() / "external"
    path = Path(named).resolve()
    if not path.is_dir():
        allowed = "a folder that exists; unset, it is data/external"
        raise InputError("no such folder", where="PFPP_EXTERNAL", found=named, allowed=allowed)
    return path


def every() -> list[Path]:
    """All files below the folder, but for hidden ones and records of downloads.

    Returns
    -------
    list of pathlib.Path
        Sorted.
    """
    found = []
    for place, folders, names in os.walk(folder()):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [
            Path(place, name) for name in names if not name.startswith(".") and not name.endswith(RECORD)
        ]
    return sorted(found)


def held(item: Item) -> list[Path]:
    """Files that are a source, or a year of it, by their names; any number.

    Parameters
    ----------
    item
        From :func:`pfpp_utils.data.external.catalogue.item`.

    Returns
    -------
    list of pathlib.Path
        Sorted; empty if none is held.
    """
    return [path for path in every() if item.is_named(path.name)]


def strangers() -> list[Path]:
    """Files below the folder that no source knows.

    Returns
    -------
    list of pathlib.Path
        Sorted.
    """
    known = [Item(source) for source in catalogue.load()]
    return [path for path in every() if not any(item.is_named(path.name) for item in known)]
