"""Which columns are the amount and the recipient, where headings are worded as nobody else words them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pandas as pd

from pfpp_utils.data.awards import headers, money
from pfpp_utils.data.awards.columns import AMOUNT, RECIPIENT
from pfpp_utils.data.awards.sheets import Sheet

#: Words in headings, the surest first.
WORDS: Final = {
    AMOUNT: ("£", "amount", "value", "paid", "payment", "award", "awarded", "grant", "sum", "total"),
    RECIPIENT: (
        *("recipient", "organisation", "organization", "grantee", "payee", "applicant", "supplier", "group"),
        *("charity", "business", "company", "body", "paid to", "awarded to", "who", "name"),
    ),
}
#: In how many rows from the top a heading is looked for, and which share of the cells below bear it out.
DEEPEST: Final = 30
SHARE: Final = 0.8


def columns(sheet: Sheet) -> dict[str, str]:
    """Guess by words in headings and by what stands below them.

    Parameters
    ----------
    sheet
        A sheet of awards.

    Returns
    -------
    dict
        Canonical column to heading, for the amount and the recipient; empty unless one row has both.
    """
    cells = sheet.cells.fillna("")
    for row, texts in cells.head(DEEPEST).iterrows():
        below = cells[cells.index > row]
        kinds = [_kind(below[at]) for at in cells.columns]
        amount = _best(texts.tolist(), kinds, AMOUNT, "money")
        recipient = _best(texts.tolist(), kinds, RECIPIENT, "text")
        if amount and recipient:
            return {AMOUNT: amount, RECIPIENT: recipient}
    return {}


def _best(texts: Sequence[str], kinds: Sequence[str], name: str, kind: str) -> str:
    """Choose the heading with the surest word, of the columns of a kind; the first of equals."""
    likely = [
        (rank, at)
        for at, (text, found) in enumerate(zip(texts, kinds, strict=True))
        if found == kind and (rank := _rank(str(text), name)) is not None
    ]
    return str(texts[min(likely)[1]]) if likely else ""


def _rank(text: str, name: str) -> int | None:
    said = f" {headers.key(text)} {'£' if '£' in text or 'gbp' in text.lower() else ''} "
    return next((rank for rank, word in enumerate(WORDS[name]) if f" {word} " in said), None)


def _kind(cells: pd.Series[str]) -> str:
    """Say what most cells of a column are: money, text, or neither."""
    given = cells[cells.str.strip() != ""]
    if given.empty:
        return ""
    numbers = money.split(money.tidy(given))["number"].astype(bool).mean()
    if numbers >= SHARE:
        return "money"
    return "text" if numbers <= 1 - SHARE and given.str.contains("[A-Za-z]").mean() >= SHARE else ""
