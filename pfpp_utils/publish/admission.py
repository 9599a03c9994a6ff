"""What a figure or table needs before it may be shown: name, texts, licence, the mark of invented data."""

from __future__ import annotations

import re

import pandas as pd

from pfpp_utils.errors import InputError

#: What stands on invented data wherever they go.
STAMP = "ILLUSTRATIVE, not real data"
#: What no table or list is made of: what is drawn, and what acts.
_OTHERS = re.compile(
    r"<\s*(?:img|picture|svg|canvas|iframe|object|embed|video|audio|script|style|link|meta|base)\b", re.I
)


def require(name: str, **texts: str) -> None:
    """Refuse a name that is no address, and texts that are blank.

    Parameters
    ----------
    name
        Of a figure or table.
    **texts
        Title, subtitle and the like, by what they are called.

    Raises
    ------
    InputError
        Naming the text.
    """
    if not name or name.strip("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise InputError(
            "a figure or table needs a short name", where="name", found=name, allowed="a-z, 0-9 and hyphens"
        )
    for key, value in texts.items():
        if not value.strip():
            raise InputError(f"{name} needs its {key}", where=key, found=value, allowed="a text")


def listed(name: str, html: str, identity: str, caption: str) -> str:
    """Refuse HTML of its own layout that is no table or list, or is without its address or caption.

    Parameters
    ----------
    name
        Of the table.
    html
        As it was written.
    identity, caption
        What it was told to bear; the caption escaped.

    Returns
    -------
    str
        The same.
    """
    lacks = [
        what for what, part in (("address", f'id="{identity}"'), ("caption", caption)) if part not in html
    ]
    if found := [*(f"no {what}" for what in lacks), *(tag[0] for tag in _OTHERS.finditer(html))]:
        allowed = "a table or list with the identity and caption that it is given; show.figure for pictures"
        raise InputError("not a table or list", where=name, found=", ".join(found), allowed=allowed)
    return html


def shareable(name: str, data: pd.DataFrame) -> None:
    """Refuse rows that are marked as not to be shared, whichever columns of them would be shown."""
    marks = data[[name for name in data if str(name).lower().endswith("shareable")]]
    barred = ~marks.isin([True]).all(axis="columns")  # a missing mark is no permission either
    if barred.any():
        rows = data.loc[barred].iloc[:, 0]
        found, allowed = ", ".join(map(str, rows)), "rows whose licence allows sharing them"
        raise InputError("a licence forbids sharing this", where=name, found=found, allowed=allowed)


def marked(name: str, title: str, data: pd.DataFrame, alt: str) -> tuple[str, str, pd.DataFrame]:
    """Mark invented data so that it cannot pass for real, wherever a part of it ends up."""
    if "illustrative" not in title.lower():
        raise InputError("the title must say so", where=name, found=title, allowed='the word "illustrative"')
    alt = alt if alt.startswith("Illustrative") else f"Illustrative data. {alt}"
    marked = data.copy()
    marked.insert(0, "Status", STAMP)
    return f"illustrative-{name}", alt, marked
