"""Which columns say where an award is, and when it was made, by what stands in them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import Final

import pandas as pd

from pfpp_utils.data.awards.columns import AWARD_DATE
from pfpp_utils.data.awards.fitting import Header
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.data.own import placing
from pfpp_utils.publish.starting.guesses import SHARE

WHERE: Final = "Recipient Org:Location:Name"
_DATE = re.compile(r"(?:\d{4}-\d\d-\d\d|\d{1,2}[/.-]\d{1,2}[/.-](?:\d\d){1,2})(?:[ T].*)?")


def columns(sheet: Sheet, header: Header, places: Iterable[str]) -> dict[str, str]:
    """Find what the headings did not tell.

    Parameters
    ----------
    sheet
        A sheet of awards.
    header
        Its headings, and what is known of them.
    places
        Names of the places of the programme.

    Returns
    -------
    dict
        Canonical column to heading. Postcodes and dates need nearly all cells of a column to be such; for
        the place it is the column in which most cells are the name of one.
    """
    own = {placing.council(name) for name in places}
    wanted: dict[str, tuple[Callable[[str], bool], float]] = {
        placing.POSTCODE: (lambda text: any(placing.postcodes(text)), SHARE),
        AWARD_DATE: (lambda text: _DATE.fullmatch(text.strip()) is not None, SHARE),
        WHERE: (lambda text: placing.council(text) in own, 0),
    }
    match, found = header.match, dict[str, str]()
    below = sheet.cells.loc[sheet.cells.index > header.row]
    for name, (holds, least) in wanted.items():
        free = [
            at
            for at, text in enumerate(match.headers)
            if at not in match.used and match.headers.count(text) == 1 and text not in found.values()
        ]
        shares = {match.headers[at]: _share(below[at], holds) for at in free if match.headers[at]}
        best = max(shares, key=lambda text: shares[text], default="")
        if name not in match.positions and shares.get(best, 0) > least:
            found[name] = best
    return found


def _share(cells: pd.Series[str], holds: Callable[[str], bool]) -> float:
    given = cells.dropna()[lambda each: each.str.strip() != ""]
    return float(given.map(holds).mean()) if len(given) else 0.0
