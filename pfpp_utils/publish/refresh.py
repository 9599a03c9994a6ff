"""Refreshing committed notebooks: run with their defaults if asked, then brought into normal form."""

from __future__ import annotations

from pathlib import Path

from pfpp_utils.errors import Failure
from pfpp_utils.publish import execute, notebook, plan
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
        If a cell fails; no notebook is changed then, or none of those that the plan runs after all others,
        which read what the others keep.
    """
    if not rerun:
        return _write({name: notebook.path_of(name) for name in names})
    late = {page.source for page in plan.notebooks(plan.inspect()[0]) if page.last}
    changed: dict[str, bool] = {}
    for part in ([name for name in names if name not in late], [name for name in names if name in late]):
        sources = _run(part)
        changed |= _write(sources)
        for source in sources.values():
            source.unlink()
    return {name: changed[name] for name in names}


def _write(sources: dict[str, Path]) -> dict[str, bool]:
    """Bring notebooks from where they are into the form and the place in which they are committed."""
    changed = {}
    for name, source in sources.items():
        path = notebook.path_of(name)
        before = path.read_bytes()
        notebook.write(notebook.normalise(notebook.read(source)), path)
        changed[name] = path.read_bytes() != before
    return changed


def _run(names: list[str]) -> dict[str, Path]:
    pages = [Page(f".defaults-{name}", "notebook", name, "") for name in names]
    failed = [outcome.error for outcome in execute.run(pages) if outcome.error]
    if failed:
        for page in pages:
            execute.output(page).unlink(missing_ok=True)
        raise Failure("\n".join(failed))
    return {page.source: execute.output(page) for page in pages}
