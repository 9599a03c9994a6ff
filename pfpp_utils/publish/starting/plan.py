"""The plan of a new project: the pages of its book."""

from __future__ import annotations

import json
from collections.abc import Iterator

_HEAD = """\
# The only list of pages: part, notebook, parameters, page. Delete the lines of a page that you do not need.
front: {notebook: overview, page: overview, after: all, parameters: {records: pages}} # it sums up the others

parts:
  - part: The programme
    pages:
      - notebook: evidence
        runs:
          - page: evidence
      - notebook: configurations
        runs:
          - page: configurations

  - part: Money
    pages:
"""
_TAIL = """
  - part: Does it hold?
    pages:
      - notebook: reproduction_ledger
        after: all # it collects what the other pages have recorded
        runs:
          - page: reproduction-ledger
            parameters: {records: pages}
      - prose: limitations

  - part: Reference
    pages:
      - prose: methods
      - prose: glossary
      - generated: data-dictionary
      - generated: how-made
"""


def write(places: dict[str, str]) -> str:
    """Write the plan.

    Parameters
    ----------
    places
        Names of the places by slug.

    Returns
    -------
    str
        ``notebooks/plan.yml``.
    """
    money = "".join(
        _entry(notebook, places, title, whole=True)
        for notebook, title in (("spend", "Spend"), ("breakeven", "Breakeven"))
    )
    return f"{_HEAD}{money}\n  - part: Places\n    pages:\n{_entry('place', places, '', whole=False)}{_TAIL}"


def page(notebook: str, place: str) -> str:
    """Name the page of a notebook for a place, such as ``spend-high-fell``."""
    return f"{notebook}-{place.replace('_', '-')}"


def _entry(notebook: str, places: dict[str, str], title: str, *, whole: bool) -> str:
    return (
        "\n".join(
            [f"      - notebook: {notebook}", "        runs:", *_runs(notebook, places, title, whole=whole)]
        )
        + "\n"
    )


def _runs(notebook: str, places: dict[str, str], title: str, *, whole: bool) -> Iterator[str]:
    indent = "            " if not whole else "                "
    if whole:
        yield f"          - page: {notebook}\n            below:"
    for slug, name in places.items():
        named = json.dumps(f"{title}: {name}" if title else name, ensure_ascii=False)
        yield f"{indent[:-2]}- page: {page(notebook, slug)}"
        yield f"{indent}title: {named}\n{indent}parameters: {{place: {slug}}}"
