"""Everything that can be found wrong without running a page: all faults, not the first."""

from __future__ import annotations

from nbformat import NotebookNode

from pfpp_utils import project
from pfpp_utils.data import cases, validation
from pfpp_utils.data.own import costed_cases, programme, register
from pfpp_utils.errors import InputError
from pfpp_utils.publish import attachments, byways, gate, notebook, plan

LINES_PER_CELL, WIDTH = 15, 120


def every() -> list[str]:
    """List every fault of data package, case files, plan and the committed notebooks, one text each."""
    pages = (fault for name in notebook.names() for fault in _notebook(name))
    found = [*_data(), *_programme(), *_cases(), *_plan(), *_gate(), *_attachments(), *pages]
    return list(dict.fromkeys(found))


def unplaced() -> list[str]:
    """Say if no award belongs to any place, for then no page on spend can be made.

    Not among :func:`every`: `pfpp new` makes such a project, so that its places can be told.
    """
    if not (project.root() / programme.FILE).is_file():
        return []
    try:
        register.read()
    except InputError as error:
        return [str(error)]
    return []


def _data() -> list[str]:
    try:
        return [str(problem) for problem in validation.problems()]
    except InputError as error:
        return [str(error)]


def _cases() -> list[str]:
    try:
        return [str(error) for error in cases.faults(project.data() / "cases") or costed_cases.faults()]
    except InputError:  # a table is broken, which is a fault of the data package
        return []


def _programme() -> list[str]:
    try:
        if (project.root() / programme.FILE).is_file():
            programme.read()
    except InputError as error:
        return [str(error)]
    return []


def _plan() -> list[str]:
    try:
        _, found = plan.inspect()
    except InputError as error:
        return [str(error)]
    return [str(error) for error in found]


def _gate() -> list[str]:
    try:
        gate.allowed()
    except InputError as error:
        return [str(error)]
    return []


def _attachments() -> list[str]:
    return [str(error) for error in attachments.faults(project.root() / "book")]


def _notebook(name: str) -> list[str]:
    path, where = notebook.path_of(name), f"notebooks/{name}.ipynb"
    try:
        notebook.parameters(name)
        cells = notebook.read(path).cells
    except InputError as error:
        return [str(error)]
    found = []
    if not notebook.is_normal(path):
        found.append(f"{where}: not in the form that is committed; run `pfpp normalise {name}`")
    if programme.keeps_outputs() and not notebook.executed(path):
        found.append(f"{where}: not every cell has been run; run `pfpp normalise --execute {name}`")
    numbered = list(enumerate(cells, start=1))
    return found + [f"{where}, cell {number}: {fault}" for number, cell in numbered for fault in _cell(cell)]


def _cell(cell: NotebookNode) -> list[str]:
    if cell.cell_type != "code":
        typed = byways.typed(cell.source) if cell.cell_type == "markdown" else []
        return [f"{fault} typed into it; figures and tables go through show" for fault in typed]
    lines = cell.source.splitlines()
    found = []
    if len(lines) > LINES_PER_CELL:
        found.append(f"{len(lines)} lines of code; allowed: {LINES_PER_CELL}, more belongs into the package")
    if max(map(len, lines), default=0) > WIDTH:
        found.append(f"a line of code is wider than {WIDTH} characters")
    if any(output.output_type in {"stream", "error"} for output in cell.outputs):
        found.append("it prints, warns or fails; output goes through show")
    return found + [f"{fault}; output goes through show" for fault in byways.every(cell.source, cell=True)]
