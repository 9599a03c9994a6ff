"""The records that pages keep of the claims they settle: collected, and checked against the claims."""

from __future__ import annotations

import json
from collections.abc import Hashable, Iterator
from pathlib import Path
from typing import Any, Literal, get_args

import pandas as pd

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import ledger as methods
from pfpp_utils.publish import execute, notebook, plan, settle
from pfpp_utils.publish.plan import Page

Source = Literal["pages", "notebooks"]
TABLE = "data/tables/claims.csv"


def load(source: Source = "pages") -> pd.DataFrame:
    """Collect the records of all pages but the last ones, one row a claim.

    Parameters
    ----------
    source
        ``pages``: from the executed pages in ``_build/pages``. ``notebooks``: from the outputs that the
        committed notebooks keep, which nbval compares with a fresh run.

    Returns
    -------
    pandas.DataFrame
        Table ``claims`` in its order, with `page`'s subject as `about`, and of each record `unit`,
        `published`, `recomputed`, `status`, `rounding`, `reason`, `conflicts_with`, `page` and `cell`.

    Raises
    ------
    InputError
        If `source` is neither, or as for :func:`check`.
    """
    if source not in get_args(Source):
        raise InputError("unknown source", where="records", found=source, allowed=get_args(Source))
    claims = tables.load("claims")
    found = check(list(_records(source)), claims)
    kept = claims.rename(columns={"page": "about", "published": "number"}).drop(columns="unit")
    return kept.merge(found, on="claim", validate="one_to_one")


def available() -> Source:
    """Where the latest records are: the executed pages if all with records were run, or the notebooks."""
    pages = [page for page in _settling() if _holds(notebook.path_of(page.source))]
    return "pages" if pages and all(execute.output(page).is_file() for page in pages) else "notebooks"


def choose(
    ledger: pd.DataFrame, *, status: str | None = None, section: str | None = None
) -> list[dict[str, object]]:
    """Choose claims by verdict and section, for programs.

    Parameters
    ----------
    ledger
        What :func:`load` returns.
    status
        One of the words for programs; all by default.
    section
        A section, which stands for those within it as well; all by default.

    Returns
    -------
    list of dict
        `id`, `section`, `statement`, `published`, `recomputed`, `status`, `conflicts_with`, `page`, `cell`
        and `note` of each; None for what is not printed or not recomputed.

    Raises
    ------
    InputError
        If no claim is in that section.
    """
    chosen = ledger
    if section is not None:
        sections = ledger["section"].astype(str)
        within = (sections == section) | sections.str.startswith(f"{section}.")
        if not within.any():
            allowed = list(dict.fromkeys(sections))
            raise InputError("a section without claims", where="--section", found=section, allowed=allowed)
        chosen = chosen[within]
    if status is not None:
        chosen = chosen[chosen["status"] == status]
    return [_for_programs(row) for row in chosen.to_dict("records")]


def _for_programs(row: dict[Hashable, Any]) -> dict[str, object]:
    """Keep what is promised of a claim, in plain types."""
    absent = (methods.NOT_PRINTED, methods.NOT_RECOMPUTED)
    values = {key: None if row[key] in absent else row[key] for key in ("published", "recomputed")}
    notes = [row[key] for key in ("basis", "reason", "explanation") if pd.notna(row[key]) and row[key]]
    same = {key: row[key] for key in ("section", "statement", "status", "conflicts_with", "page", "cell")}
    found = {"id": row["claim"], **same, **values, "note": "; ".join(notes)}
    order = ("id", "section", "statement", "published", "recomputed", "status", "conflicts_with")
    return {key: found[key] for key in (*order, "page", "cell", "note")}


def require(pages: list[Page]) -> None:
    """Stop a book whose pages do not settle every claim, once and alike; a project without claims passes.

    Parameters
    ----------
    pages
        Top-level pages of the plan.

    Raises
    ------
    InputError
        As for :func:`check`.
    """
    if "claims" in tables.names() and any(page.last for page in plan.notebooks(pages)):
        load("pages")


def check(records: list[dict[str, object]], claims: pd.DataFrame) -> pd.DataFrame:
    """Hold records against the table of claims, and against each other.

    Parameters
    ----------
    records
        With `page` and `cell`, and as :mod:`pfpp_utils.publish.settle` writes them.
    claims
        Table ``claims``.

    Returns
    -------
    pandas.DataFrame
        The records, each claim once.

    Raises
    ------
    InputError
        Naming both sides: a record without a claim; a record with another unit or another published number
        than the claim; two records that settle one claim differently; a claim without a record.
    """
    stated = settle.stated(claims)
    first: dict[object, dict[str, object]] = {}
    for record in records:
        claim = str(record["claim"])
        if claim not in stated:
            allowed = f"a claim of {TABLE}; the page is older than the table if it was there before"
            raise InputError("a record without a claim", where=_place(record), found=claim, allowed=allowed)
        for key, value in stated[claim].items():
            if record[key] != value:
                what, found = f"a record with another {key} than its claim", f"{claim}: {record[key]}"
                raise InputError(what, where=_place(record), found=found, allowed=f"{value}, as in {TABLE}")
        _agree(first.setdefault(claim, record), record)
    if missing := [claim for claim in claims["claim"] if claim not in first]:
        pages = ", ".join(dict.fromkeys(claims.set_index("claim").loc[missing, "page"]))
        allowed = f"a record of each on a page of the book; they are about the subjects of: {pages}"
        raise InputError(
            "claims that no page settles", where=TABLE, found=", ".join(missing), allowed=allowed
        )
    columns = None if first else [*settle.RECORD.values(), "page", "cell"]
    return pd.DataFrame(list(first.values()), columns=columns)


def _agree(one: dict[str, object], other: dict[str, object]) -> None:
    for key in ("recomputed", "status"):
        if one[key] != other[key]:
            where = f"claim {one['claim']}, {_place(one)} and {_place(other)}"
            found = f"{one['recomputed']} ({one['status']}) and {other['recomputed']} ({other['status']})"
            allowed = "one value and one verdict, wherever it is settled"
            raise InputError(
                "two pages settle one claim differently", where=where, found=found, allowed=allowed
            )


def _place(record: dict[str, object]) -> str:
    return f"page {record['page']}, {record['cell']}"


def _settling() -> list[Page]:
    """Pages that may hold records, one for each notebook when it is run with its defaults."""
    return [page for page in plan.notebooks(plan.load()) if not page.last]


def _records(source: Source) -> Iterator[dict[str, object]]:
    seen = set()
    for page in _settling():
        if source == "pages" or page.source not in seen:
            yield from _kept(source, page)
        seen.add(page.source)


def _holds(path: Path) -> bool:
    """Whether a notebook may hold records, told without reading it as a notebook."""
    return path.is_file() and settle.MIME in path.read_text(encoding="utf-8")


def _kept(source: Source, page: Page) -> list[dict[str, object]]:
    """Read the records of one page, each with the page and the cell that made it."""
    path = execute.output(page) if source == "pages" else notebook.path_of(page.source)
    if not _holds(path):
        return []
    code = [cell for cell in notebook.read(path).cells if cell.cell_type == "code"]
    outputs = [(cell.id, output.get("data", {})) for cell in code for output in cell.outputs]
    found = [(cell, data[settle.MIME].splitlines()) for cell, data in outputs if settle.MIME in data]
    return [{**json.loads(line), "page": page.name, "cell": cell} for cell, lines in found for line in lines]
