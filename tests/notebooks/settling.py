"""Running the cells of the notebooks that settle claims, here and now, to see what they record."""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any

import pandas as pd
import pytest

from pfpp_utils.data import tables
from pfpp_utils.publish import notebook, outputs, settle

NOTEBOOKS = [name for name in notebook.names() if name.startswith("numbers_")]

#: The tables as they are, each read once.
original = functools.cache(tables.load)
#: Which tables each notebook reads, told when it is run.
reads: dict[str, set[str]] = {}


@functools.cache
def programs(name: str) -> list[Any]:
    """Compile a notebook's code cells, once."""
    cells = notebook.read(notebook.path_of(name)).cells
    return [compile(cell.source, name, "exec") for cell in cells if cell.cell_type == "code"]


def records(name: str, changed: Mapping[str, pd.DataFrame] | None = None) -> dict[str, dict[str, Any]]:
    """Run a notebook's code cells in this process, with some tables changed; return each claim's record."""
    kept: dict[str, dict[str, Any]] = {}
    instead = changed or {}

    def display(content: dict[str, Any], **_: object) -> None:
        for line in content.get(settle.MIME, "").splitlines():
            record = json.loads(line)
            assert record["claim"] not in kept, record["claim"]
            kept[record["claim"]] = record

    def load(table: str) -> pd.DataFrame:
        reads.setdefault(name, set()).add(table)
        return instead.get(table, original(table)).copy()

    space: dict[str, Any] = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(outputs, "display", display)
        patch.setattr(tables, "load", load)
        for program in programs(name):
            exec(program, space)
    return kept


@functools.cache
def unchanged(name: str) -> dict[str, dict[str, Any]]:
    """Run a notebook with the tables as they are, once."""
    return records(name)


def every(changed: Mapping[str, pd.DataFrame] | None = None) -> dict[str, dict[str, Any]]:
    """Run all notebooks that settle claims; those that read no changed table are run once for all."""
    as_it_is = {name: unchanged(name) for name in NOTEBOOKS}
    touched = {name for name in NOTEBOOKS if reads[name] & set(changed or {})}
    found = [records(name, changed) if name in touched else as_it_is[name] for name in NOTEBOOKS]
    assert sum(map(len, found)) == len({claim for part in found for claim in part})
    return {claim: record for part in found for claim, record in part.items()}
