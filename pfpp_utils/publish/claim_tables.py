"""Tables of settled claims on the pages that settle them, each place with its own address."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd

from pfpp_utils.publish.markup import Html, escape, named_by, table

Writer = Callable[..., str]

#: Page of the ledger, in which every claim has the same address as where it is settled.
LEDGER = "reproduction-ledger"
#: What becomes of a claim, in words for readers.
WORDS = {
    "reproduced": "Reproduced",
    "rounded": "Reproduced within rounding",
    "inconsistent": "Inconsistent",
    "derived": "Derived here",
    "not_reproducible": "Out of reach",
}

#: Verdicts of claims that hold, and of all that can be checked.
HOLDS, CHECKED = ("reproduced", "rounded"), ("reproduced", "rounded", "inconsistent")


def summed(status: pd.Series[str]) -> str:
    """Say how many claims can be checked, and how many of them hold; what is derived here is no claim.

    Examples
    --------
    >>> summed(pd.Series(["reproduced", "inconsistent", "not_reproducible", "rounded", "derived"]))
    'Of 4 numbers, 3 can be checked: 2 hold, 1 does not.'
    """
    printed = status[status != "derived"]
    checked, holds = int(printed.isin(CHECKED).sum()), int(printed.isin(HOLDS).sum())
    good, bad = f"{holds} hold{'s' if holds == 1 else ''}", checked - holds
    wrong = f"{bad} do{'es' if bad == 1 else ''} not"
    return f"Of {_count(len(printed), 'number')}, {checked} can be checked: {good}, {wrong}."


def unchecked(status: pd.Series[str]) -> str:
    """Say how many claims nobody outside can check; nothing if there is none.

    Examples
    --------
    >>> unchecked(pd.Series(["reproduced", "not_reproducible"]))
    '1 may be right, but rests on what was not published.'
    """
    lost = int(status.eq("not_reproducible").sum())
    return (
        f"{lost:,} may be right, but rest{'s' if lost == 1 else ''} on what was not published."
        if lost
        else ""
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def beside(found: pd.DataFrame, *, identity: str, caption: str, subtitle: str = "") -> str:
    """Write settled claims with the published number beside the recomputed one.

    Claims about one quantity that say and give the same, on the same basis, share a row, which names the
    place of each.

    Parameters
    ----------
    found
        What :func:`pfpp_utils.publish.settle.settled` returns.
    identity, caption, subtitle
        As for :func:`pfpp_utils.publish.markup.table`.

    Returns
    -------
    str
        HTML; each claim's address is ``claim-`` and its name.
    """
    alike = ["quantity", "as_published", "as_recomputed", "code", "rounding", "basis"]
    rows = [_row(part) for _, part in found.groupby(alike, sort=False, dropna=False)]
    heads = [
        "What is claimed",
        "Published",
        "Recomputed",
        "Verdict",
        "What it rests on",
        "Where it is printed",
    ]
    told = pd.DataFrame(rows, columns=heads, dtype=object)
    return table(told, identity=identity, caption=caption, subtitle=subtitle)


def waiting(found: pd.DataFrame, *, identity: str, caption: str, subtitle: str = "") -> str:
    """Write claims that are out of reach as a list for each thing that they wait for, closed at first.

    Parameters
    ----------
    found
        What :func:`pfpp_utils.publish.settle.settled` returns.
    identity, caption, subtitle
        As for :func:`pfpp_utils.publish.markup.table`.

    Returns
    -------
    str
        HTML; each claim's address is ``claim-`` and its name.
    """
    parts = [_group(needs, part) for needs, part in found.groupby("needs", sort=False)]
    title = named_by(identity, caption, subtitle)
    return f'<div class="pfpp-block" id="{identity}">\n{title}\n' + "\n".join(parts) + "\n</div>"


def _row(part: pd.DataFrame) -> list[object]:
    first = part.iloc[0]
    rests = first["basis"] if first["reason"] == "" else f"{first['basis']}; {first['reason']}"
    places = Html(
        "; ".join(_place(claim, where) for claim, where in zip(part["claim"], part["where"], strict=True))
    )
    told = [first["statement"], first["as_published"], first["as_recomputed"], WORDS[first["code"]], rests]
    return [*told, places]


def short(where: str) -> str:
    """Leave out the name of the document, where nearly all places are in the report.

    Examples
    --------
    >>> short("Report, section 4.1.2, Table 5"), short("Foreword, text")
    ('Section 4.1.2, Table 5', 'Foreword, text')
    """
    place = where.removeprefix("Report, ")
    return place[:1].upper() + place[1:]


def _place(claim: str, where: str) -> str:
    return (
        f'<a id="claim-{escape(claim)}" href="{LEDGER}.html#claim-{escape(claim)}">{escape(short(where))}</a>'
    )


def _group(needs: object, part: pd.DataFrame) -> str:
    items = "\n".join(
        f"<li>{escape(row['statement'])} Published: {escape(row['as_published'])} "
        f"({_place(row['claim'], row['where'])})</li>"
        for row in part.to_dict("records")
    )
    many = f"{len(part)} claim{'s' if len(part) > 1 else ''}"
    summary = f"<summary>{many}: {escape(needs)}</summary>"
    return f'<details class="pfpp-details">{summary}\n<ul>\n{items}\n</ul>\n</details>'
