"""The ledger as a page shows it: one table of all claims, and what does not agree, one by one."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from pfpp_utils.publish.claim_tables import WORDS, short
from pfpp_utils.publish.markup import Html, escape, named_by

Row = Mapping[Hashable, Any]

#: Columns of the table for readers, and the sort of value by which each is sorted.
HEADS = {
    "What is claimed": "text",
    "Where": "order",
    "Published": "number",
    "Recomputed": "number",
    "Verdict": "text",
    "Why, and where to check it": "text",
}


def whole(ledger: pd.DataFrame, *, identity: str, caption: str, subtitle: str = "") -> str:
    """Write every claim as a row that can be linked to; a script of the book lets readers filter and sort.

    Without the script it is a table as any other.

    Parameters
    ----------
    ledger
        What :func:`pfpp_utils.publish.records.load` returns, with `where`, the citation.
    identity, caption, subtitle
        As for :func:`pfpp_utils.publish.markup.table`.

    Returns
    -------
    str
        HTML; each claim's address is ``claim-`` and its name.
    """
    head = "".join(f'<th scope="col" data-sort="{kind}">{name}</th>' for name, kind in HEADS.items())
    body = "\n".join(_row(number, row) for number, row in enumerate(ledger.to_dict("records")))
    named = f'aria-labelledby="{identity}-title"'
    return (
        f'<div class="pfpp-block pfpp-ledger" id="{identity}">\n'
        f"{named_by(identity, caption, subtitle)}\n"
        f'<div class="pfpp-table" role="region" tabindex="0" {named}>\n<table {named}>\n'
        f"<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n</div>\n</div>"
    )


def conflicts(ledger: pd.DataFrame, *, identity: str, caption: str, subtitle: str = "") -> str:
    """Write up what does not agree: each quantity once, both sides with their sources.

    Parameters
    ----------
    ledger
        The inconsistent claims of what :func:`pfpp_utils.publish.records.load` returns, with `where`.
    identity, caption, subtitle
        As for :func:`pfpp_utils.publish.markup.table`.

    Returns
    -------
    str
        HTML: an ordered list.
    """
    items = "\n".join(_conflict(part) for _, part in ledger.groupby("quantity", sort=False))
    title = named_by(identity, caption, subtitle)
    listed = f'<ol class="pfpp-conflicts" aria-labelledby="{identity}-title">\n{items}\n</ol>'
    return f'<div class="pfpp-block" id="{identity}">\n{title}\n{listed}\n</div>'


def _row(number: int, row: Row) -> str:
    name, link = escape(row["claim"]), f"{row['page']}.html#claim-{row['claim']}"
    data = {"status": row["status"], "strand": row["strand"], "section": row["section"], "order": number}
    marked = " ".join(f'data-{key}="{escape(value)}"' for key, value in data.items())
    anchor = f'<a class="pfpp-permalink" href="#claim-{name}" aria-label="Link to claim {name}">#</a>'
    checks = f'<a href="{escape(link)}">{_checked(row)}</a>; <a href="{row["about"]}.html">subject</a>'
    cells = [escape(short(row["where"])), escape(row["published"]), escape(row["recomputed"])]
    cells += [f'<span class="pfpp-verdict">{WORDS[row["status"]]}</span>', f"{why(row)} {checks}"]
    told = "".join(
        f'<td data-head="{head}">{cell}</td>' for head, cell in zip([*HEADS][1:], cells, strict=True)
    )
    return (
        f'<tr id="claim-{name}" {marked}><th scope="row">{escape(row["statement"])} {anchor}</th>{told}</tr>'
    )


def why(row: Row) -> Html:
    """Say in a line why a claim has its verdict.

    Parameters
    ----------
    row
        A row of the ledger.

    Returns
    -------
    Html
        Escaped text that ends with a full stop.
    """
    parts = [row["needs"]] if row["status"] == "not_reproducible" else [row["basis"], row["reason"]]
    told = "; ".join(str(part) for part in parts if pd.notna(part) and part)
    if row["same_passage"] is True:
        told += "; in the same passage, which shows only that it agrees with itself"
    return Html(f"{escape(told[:1].upper() + told[1:])}.")


def _checked(row: Row) -> str:
    return "What it waits for" if row["status"] == "not_reproducible" else "See it recomputed"


def _conflict(part: pd.DataFrame) -> str:
    rows = part.to_dict("records")
    first = rows[0]
    printed: dict[str, list[str]] = {}
    for row in rows:
        place = f'<a href="#claim-{escape(row["claim"])}">{escape(short(row["where"]))}</a>'
        printed.setdefault(row["published"], []).append(place)
    sides = "; ".join(f"<strong>{escape(value)}</strong> ({', '.join(at)})" for value, at in printed.items())
    against = dict.fromkeys(side for row in rows for side in row["conflicts_with"])
    other = " ".join(f"{escape(side[:1].upper() + side[1:])}." for side in against)
    said = next((row["explanation"] for row in rows if pd.notna(row["explanation"])), None)
    given = escape(said) if said else "The documents give none."
    seen = f'<a href="{first["page"]}.html#claim-{escape(first["claim"])}">See it recomputed</a>.'
    return (
        f"<li><p><strong>{escape(first['statement'])}</strong></p>\n<ul>\n<li>In print: {sides}.</li>\n"
        f"<li>Against it: {other} {seen}</li>\n<li>Explanation: {given}</li>\n</ul></li>"
    )
