"""Refreshing a committed notebook: run with its defaults if asked, then brought into normal form."""

from __future__ import annotations

import nbformat

from pfpp_utils.errors import Failure
from pfpp_utils.publish import execute, notebook
from pfpp_utils.publish.plan import Page


def refresh(name: str, *, execute_first: bool = False) -> bool:
    """Normalise one notebook in place.

    Parameters
    ----------
    name
        Name of the notebook.
    execute_first
        Run it with its default parameters first.

    Returns
    -------
    bool
        Whether the file changed.

    Raises
    ------
    Failure
        If a cell fails; the notebook is left as it was.
    """
    path = notebook.path_of(name)
    before = path.read_text(encoding="utf-8")
    source = path
    if execute_first:
        page = Page(f".refresh-{name}", "notebook", name, "")
        execute.folder().mkdir(parents=True, exist_ok=True)
        outcome = execute.execute(page)
        if outcome.error:
            raise Failure(outcome.error)
        source = execute.output(page)
    normal = notebook.normalise(notebook.read(source))
    if source != path:
        source.unlink()
    if nbformat.writes(normal) + "\n" != before:
        notebook.write(normal, path)
    return path.read_text(encoding="utf-8") != before
