"""Refreshing committed notebooks: run with their defaults if asked, then brought into normal form."""

from __future__ import annotations

from pathlib import Path

from pfpp_utils.errors import Failure
from pfpp_utils.publish import execute, notebook
from pfpp_utils.publish.plan import Page


def refresh(names: list[str], *, rerun: bool = False) -> dict[str, bool]:
    """Normalise notebooks in place.

    Parameters
    ----------
    names
        Names of notebooks.
    rerun
        Run each with its default parameters first, in parallel.

    Returns
    -------
    dict
        Whether each file changed, by name.

    Raises
    ------
    Failure
        If a cell fails; no notebook is changed then.
    """
    sources = _run(names) if rerun else {name: notebook.path_of(name) for name in names}
    changed = {}
    for name, source in sources.items():
        path = notebook.path_of(name)
        before = path.read_bytes()
        notebook.write(notebook.normalise(notebook.read(source)), path)
        changed[name] = path.read_bytes() != before
        if rerun:
            source.unlink()
    return changed


def _run(names: list[str]) -> dict[str, Path]:
    pages = [Page(f".defaults-{name}", "notebook", name, "") for name in names]
    failed = [outcome.error for outcome in execute.run(pages) if outcome.error]
    if failed:
        for page in pages:
            execute.output(page).unlink(missing_ok=True)
        raise Failure("\n".join(failed))
    return {page.source: execute.output(page) for page in pages}
