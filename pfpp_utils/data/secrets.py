"""What a run withheld and whose names it read: listed for the gate, never in what is published.

The process that runs a page finds in the environment variable ``PFPP_SECRETS`` the file to list them in.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

VARIABLE = "PFPP_SECRETS"


def note(entries: Iterable[dict[str, Any]]) -> None:
    """List secrets, if a run asks for them.

    Parameters
    ----------
    entries
        Figures withheld or rounded, or ``{"person": name}``.
    """
    if listed := os.environ.get(VARIABLE):
        with open(listed, "a", encoding="utf-8") as file:
            file.writelines(json.dumps(entry, sort_keys=True) + "\n" for entry in entries)


def listed(file: Path) -> list[dict[str, Any]]:
    """Read what a process has listed, each once.

    Parameters
    ----------
    file
        What ``PFPP_SECRETS`` named.

    Returns
    -------
    list of dict
        Entries; empty if there are none.
    """
    lines = file.read_text(encoding="utf-8").splitlines() if file.is_file() else []
    return [json.loads(line) for line in dict.fromkeys(lines)]
