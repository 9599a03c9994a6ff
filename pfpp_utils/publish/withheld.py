"""What each page withheld when it was run: kept beside the book for the gate, and never in it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pfpp_utils import project
from pfpp_utils.errors import InputError


def path(page: str) -> Path:
    """File that lists what a page withheld, and whose names it read.

    Parameters
    ----------
    page
        Name of the page.
    """
    return project.build() / "withheld" / f"{page}.json"


def keep(page: str, entries: list[dict[str, Any]]) -> None:
    """Keep what a page withheld, whole or not at all.

    Parameters
    ----------
    page
        Name of the page.
    entries
        As :mod:`pfpp_utils.data.secrets` lists them.
    """
    file = path(page)
    file.parent.mkdir(parents=True, exist_ok=True)
    beside = file.with_suffix(".part")
    beside.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    beside.replace(file)


def load(pages: list[str]) -> list[dict[str, Any]]:
    """Read what pages withheld.

    Parameters
    ----------
    pages
        Names of pages that have been run.

    Returns
    -------
    list of dict
        Entries, each with its `page`.

    Raises
    ------
    InputError
        If it is not known of a page: nothing can be said of a book then.
    """
    found = []
    for page in pages:
        try:
            entries = json.loads(path(page).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            where, allowed = f"_build/withheld/{page}.json", f"a page that was run: `pfpp run {page}`"
            raise InputError(
                "what a page withheld is not known", where=where, found=str(error), allowed=allowed
            ) from error
        found += [{**entry, "page": page} for entry in entries]
    return found
