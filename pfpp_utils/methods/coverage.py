"""Whether a ledger accounts for every number of a text, place by place and time by time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.number_scan import Found

SEPARATOR = "; "


class Place(NamedTuple):
    """A number in a passage of a text: the section, the passage in it, and the number as printed."""

    section: str
    paragraph: int
    printed: str


class Gap(NamedTuple):
    """A number that stands in a passage more or less often than it is accounted for.

    Attributes
    ----------
    place
        Section, passage and number as printed.
    in_text
        How often it stands in the passage.
    accounted
        How often the ledger accounts for it there.
    context
        The words around it, where it stands in the text; otherwise empty.
    """

    place: Place
    in_text: int
    accounted: int
    context: str


def accounts(claims: pd.DataFrame, without_claim: pd.DataFrame) -> Counter[Place]:
    """Count how often each number of each passage is accounted for.

    Parameters
    ----------
    claims
        One row a claim: `section`, `paragraph` and `printed`, its numbers joined by semicolons; missing if it
        has none.
    without_claim
        One row a number that claims nothing: `section`, `paragraph`, `printed` and `times`.

    Returns
    -------
    collections.Counter
        Place to how often it is accounted for.

    Examples
    --------
    >>> claims = pd.DataFrame({"section": ["1"], "paragraph": [2], "printed": ["47; 119"]})
    >>> dates = pd.DataFrame({"section": ["1"], "paragraph": [2], "printed": ["May 2023"], "times": [2]})
    >>> for place, times in accounts(claims, dates).items():
    ...     print(place.printed, times)
    47 1
    119 1
    May 2023 2
    """
    found: Counter[Place] = Counter()
    for row in claims.dropna(subset=["printed"]).itertuples():
        for printed in str(row.printed).split(SEPARATOR):
            found[Place(str(row.section), int(str(row.paragraph)), printed)] += 1
    for row in without_claim.itertuples():
        found[Place(str(row.section), int(str(row.paragraph)), str(row.printed))] += int(str(row.times))
    return found


def gaps(found: Iterable[Found], accounted: Counter[Place]) -> list[Gap]:
    r"""List the numbers that a ledger accounts for less or more often than they stand in the text.

    Parameters
    ----------
    found
        What :func:`pfpp_utils.methods.number_scan.scan` gives.
    accounted
        What :func:`accounts` gives.

    Returns
    -------
    list of Gap
        In the order of the text, then what is only in the ledger; empty if it is complete.

    Examples
    --------
    >>> from pfpp_utils.methods.number_scan import scan
    >>> from pfpp_utils.methods.passages import passages
    >>> seen = scan(passages("# 1 Aims\nSix of 13 pilots."))
    >>> for gap in gaps(seen, Counter({Place("1", 1, "Six"): 1, Place("1", 1, "14"): 1})):
    ...     print(gap.place.printed, gap.in_text, gap.accounted)
    13 1 0
    14 0 1
    """
    there: Counter[Place] = Counter()
    contexts: dict[Place, str] = {}
    for one in found:
        place = Place(one.section, one.paragraph, one.printed)
        there[place] += 1
        contexts.setdefault(place, one.context)
    places = dict.fromkeys([*there, *accounted])
    return [
        Gap(place, there[place], accounted[place], contexts.get(place, ""))
        for place in places
        if there[place] != accounted[place]
    ]


def require_complete(found: Iterable[Found], accounted: Counter[Place]) -> None:
    """Raise an error that names both sides if a text and its ledger do not fit each other.

    Parameters
    ----------
    found, accounted
        As for :func:`gaps`.

    Raises
    ------
    InputError
        If :func:`gaps` finds any, with the first ten.
    """
    differ = gaps(found, accounted)
    if not differ:
        return
    first = [
        f"{gap.place.printed!r} in section {gap.place.section}, passage {gap.place.paragraph}: "
        f"{gap.in_text} in the text, {gap.accounted} in the ledger"
        for gap in differ[:10]
    ]
    raise InputError(
        f"{len(differ)} numbers differ between the text and the ledger",
        where="the text, tables claims and numbers_without_claim",
        found="; ".join(first),
        allowed="a text and a ledger of the same version, each number accounted for as often as it stands",
    )
