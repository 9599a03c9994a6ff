"""A notebook as a file: its parameters, and the one form in which it is committed."""

from __future__ import annotations

import ast
import contextlib
import io
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from pfpp_utils import project
from pfpp_utils.errors import InputError

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
PARAMETERS = "parameters"
#: Most bytes that a notebook may have, outputs included.
LARGEST = 2**26
FAULTS = (OSError, ValueError, TypeError, AttributeError, KeyError)


@dataclass(frozen=True)
class Parameter:
    """One parameter of a notebook: its name, its default as written and the comment beside it."""

    name: str
    default: str
    help: str


def path_of(name: str) -> Path:
    """Path of a notebook by its name, without folder and ending.

    Parameters
    ----------
    name
        Such as ``"breakeven"``.

    Returns
    -------
    pathlib.Path
        In the project's folder of notebooks; the file need not exist.
    """
    return project.notebooks() / f"{name}.ipynb"


def names() -> list[str]:
    """Names of all notebooks in the project, in alphabetical order."""
    return sorted(path.stem for path in project.notebooks().glob("*.ipynb"))


def read(path: Path) -> NotebookNode:
    """Read a notebook.

    Parameters
    ----------
    path
        A file in the project.

    Returns
    -------
    nbformat.NotebookNode
        The notebook in format 4.

    Raises
    ------
    InputError
        If the file is absent, larger than :data:`LARGEST`, not UTF-8 or not a notebook.
    """
    try:
        if (size := path.stat().st_size) > LARGEST:
            raise ValueError(f"{size:,} bytes, more than {LARGEST:,}")
        notebook = nbformat.read(path, as_version=4)
        nbformat.validate(notebook)
    except (*FAULTS, RecursionError, nbformat.ValidationError) as error:
        raise InputError(
            "the notebook cannot be read",
            where=path.relative_to(project.root()).as_posix(),
            found=f"{type(error).__name__}: {error}".splitlines()[0],
            allowed="a Jupyter notebook (JSON in UTF-8)",
        ) from error
    return notebook


def write(notebook: NotebookNode, path: Path) -> None:
    """Write a notebook beside its place and move it there, so that no half of it is ever seen.

    Parameters
    ----------
    notebook
        What to write.
    path
        Its place; a file there is replaced.
    """
    beside = path.with_name(f".{path.name}.new")
    nbformat.write(notebook, beside)
    beside.replace(path)


def parameters(name: str) -> dict[str, Parameter]:
    """Return a notebook's parameters by name, read from its one cell tagged ``parameters``.

    Parameters
    ----------
    name
        Name of the notebook, without folder and ending.

    Returns
    -------
    dict
        Name of each parameter to its :class:`Parameter`.

    Raises
    ------
    InputError
        If the notebook has no such cell or more than one: papermill would warn or pick the first.
    """
    import papermill  # noqa: PLC0415 slow to load

    parameter_names(name)
    with contextlib.redirect_stderr(io.StringIO()):
        inspected = papermill.inspect_notebook(str(path_of(name)))
    return {key: Parameter(key, value["default"], value["help"]) for key, value in inspected.items()}


def parameter_names(name: str) -> list[str]:
    """Names of a notebook's parameters, in the order of its cell of parameters.

    Parameters
    ----------
    name
        Name of the notebook, without folder and ending.

    Returns
    -------
    list of str
        What the cell assigns to.

    Raises
    ------
    InputError
        As for :func:`parameters`; or if the cell is not Python.
    """
    path = path_of(name)
    tagged = [(i, cell) for i, cell in enumerate(read(path).cells, start=1) if PARAMETERS in _tags(cell)]
    if len(tagged) != 1:
        cells = [str(number) for number, _ in tagged]
        raise InputError(
            f"a notebook needs exactly one cell tagged {PARAMETERS!r}",
            where=f"notebooks/{path.name}",
            found=f"{len(cells)} (cells {', '.join(cells)})" if cells else "none",
            allowed="one such cell",
        )
    ((number, cell),) = tagged
    try:
        body = ast.parse(cell.source).body
    except SyntaxError as error:
        where, allowed = f"notebooks/{path.name}, cell {number}", "assignments of literals"
        raise InputError("it is not Python", where=where, found=error.text, allowed=allowed) from error
    targets = [
        node.targets if isinstance(node, ast.Assign) else [getattr(node, "target", None)] for node in body
    ]
    return [target.id for some in targets for target in some if isinstance(target, ast.Name)]


def normalise(notebook: NotebookNode) -> NotebookNode:
    """Bring a notebook into the form in which it is committed.

    Text and table outputs stay: they are the reference that nbval compares, so that a changed
    number shows in review. Images and volatile metadata go: a redrawn picture is not a change.

    Parameters
    ----------
    notebook
        An executed notebook; it is not changed.

    Returns
    -------
    nbformat.NotebookNode
        Code cells numbered from 1, outputs without images, metadata down to tags and kernel.
    """
    normal = nbformat.from_dict(notebook)
    normal.metadata = NotebookNode(kernelspec=NotebookNode(KERNEL), language_info=NotebookNode(name="python"))
    count = 0
    for number, cell in enumerate(normal.cells, start=1):
        tags = _tags(cell)
        cell.metadata = NotebookNode(tags=tags) if tags else NotebookNode()
        cell.id = f"cell-{number:02}"
        if cell.cell_type == "code":
            count += cell.execution_count is not None
            cell.execution_count = count if cell.execution_count is not None else None
            cell.outputs = [_without_images(output, count) for output in cell.outputs]
    return normal


def is_normal(path: Path) -> bool:
    """Whether a notebook file is byte for byte what :func:`normalise` would write.

    Parameters
    ----------
    path
        A notebook in the project.

    Returns
    -------
    bool
        True if nothing would change.

    Raises
    ------
    InputError
        As for :func:`read`.
    """
    return path.read_text(encoding="utf-8") == nbformat.writes(normalise(read(path))) + "\n"


def executed(path: Path) -> bool:
    """Whether every code cell has been run, from the first to the last.

    Parameters
    ----------
    path
        A notebook in the project.

    Returns
    -------
    bool
        True if each code cell that is not blank has an execution number.

    Raises
    ------
    InputError
        As for :func:`read`.
    """
    code = [cell for cell in read(path).cells if cell.cell_type == "code" and cell.source.strip()]
    return all(cell.execution_count for cell in code)


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _without_images(output: NotebookNode, count: int) -> NotebookNode:
    kept: dict[str, Any] = dict(output)
    if "data" in kept:
        kept["data"] = {
            kind: content for kind, content in output.data.items() if not kind.startswith("image/")
        }
        kept["metadata"] = {}
    if "execution_count" in kept:
        kept["execution_count"] = count
    return nbformat.from_dict(kept)
