"""Rows that only show how a table is filled in: named until they are replaced, and marked on pages."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from pfpp_utils import project
from pfpp_utils.data import reads, tables, yaml_lines
from pfpp_utils.data.own import programme

#: Column that marks a row as an example, and how the name of a case file begins that is one.
COLUMN, CASE = "example", "Example"


def remaining() -> list[str]:
    """Name everything in the project at hand that is still an example, a line each."""
    return [*_tables(), *_cases(), *_grants()]


def any_in(*names: str) -> bool:
    """Whether a table holds an example.

    Parameters
    ----------
    names
        Tables of the data package.
    """
    return any(bool(tables.load(name)[COLUMN].fillna(False).any()) for name in names)


def case(place: str) -> bool:
    """Whether the case file of a place is still an example."""
    path = project.data() / "cases" / f"{place}.yml"
    reads.note(path)
    return path.is_file() and _is_example(path.read_text(encoding="utf-8"))


def _is_example(text: str) -> bool:
    return re.search(rf"^case: *[\"']?{CASE}\b", text, re.MULTILINE) is not None


def _tables() -> Iterator[str]:
    for name in tables.names():
        resource = tables.describe(name)
        if _marks(resource):
            marked = tables.load(name)[COLUMN].fillna(False).astype(bool)
            if marked.any():
                rows = _lines([int(row) + 2 for row in marked[marked].index])
                yield (
                    f"data/{resource['path']}, {rows}: examples; "
                    f"put your own in their place and leave column {COLUMN} empty"
                )


def _marks(resource: tables.Schema) -> bool:
    """Whether a table has the column, which is true or empty; elsewhere the word may mean something else."""
    return any(
        field["name"] == COLUMN and field["type"] == "boolean" for field in resource["schema"]["fields"]
    )


def _cases() -> Iterator[str]:
    for path in sorted((project.data() / "cases").glob("*.yml")):
        if _is_example(path.read_text(encoding="utf-8")):
            yield f"data/cases/{path.name}: example assumptions; state yours, and take Example off its name"


def _grants() -> Iterator[str]:
    path = project.root() / programme.FILE
    if path.is_file():
        lined = yaml_lines.read(path, file=programme.FILE, what="the programme")
        grants = lined.get("grants") if isinstance(lined, dict) else None
        if isinstance(grants, dict) and grants.get("example"):
            line = f"{programme.FILE}, line {grants[yaml_lines.LINE]}"
            yield f"{line}: invented grants; name your own file and drop `example`"


def _lines(numbers: list[int]) -> str:
    """Write line numbers with runs together, such as ``lines 2 to 4, 7``."""
    starts = [numbers[0]] + [later for earlier, later in pairwise(numbers) if later != earlier + 1]
    ends = [earlier for earlier, later in pairwise(numbers) if later != earlier + 1] + [numbers[-1]]
    runs = [str(a) if a == b else f"{a} to {b}" for a, b in zip(starts, ends, strict=True)]
    return f"line{'s' if len(numbers) > 1 else ''} {', '.join(runs)}"
