"""Whether amounts may be in another unit than they were read in: suspicions, which are listed only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pandas as pd

from pfpp_utils.data.awards import agreement, columns, headers
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.claims import Claim
from pfpp_utils.data.awards.entries import REASON
from pfpp_utils.data.awards.findings import pounds

#: Pounds between which half the schemes of a register lie. In the registers of 2013-14 and 2016-17 the median
#: is 0.5 and 2.2 million: a thirtieth and thirty times of which are nearer to what another unit would make.
TYPICAL: Final = (30_000, 30_000_000)
#: Share by which a total may differ in a unit that its sheet names, and the unit still be the right one.
_NEAR: Final = 0.05
#: Of how many schemes the median says something; of fewer, whether all are below or above such amounts.
_ENOUGH, _ALL_BELOW, _ALL_ABOVE = 10, 10_000, 1_000_000_000


def compare(
    entries: pd.DataFrame, parts: Iterable[pd.DataFrame], claims: Sequence[Claim]
) -> list[tuple[str, bool]]:
    """Hold what was read of a file against totals that it states, where no layout says what they are of.

    Parameters
    ----------
    entries
        Its rows.
    parts
        The rows of each of its sheets.
    claims
        Totals that it states.

    Returns
    -------
    list of tuple of str and bool
        One sentence for each sheet that states totals, and whether one of them agrees.
    """
    values = dict.fromkeys(pounds(rows[rows[REASON].isna()]) for rows in (entries, *parts))
    by_place: dict[str, list[Claim]] = {}
    for claim in claims:
        by_place.setdefault(claim.where.rpartition(", row ")[0], []).append(claim)
    return [_compared(place, [*values], stated) for place, stated in by_place.items() if any(values)]


def _compared(place: str, values: list[float], claims: list[Claim]) -> tuple[str, bool]:
    pairs = [(value, claim, each) for value in values for claim in claims for each in claim.meanings]
    for value, claim, (stated, step) in pairs:
        if abs(value - stated) <= step / 2 + 0.005:
            return f"GBP {value:,.2f} in all, as {claim.where} states ({claim.label!r})", True
    for value, claim, (stated, _) in pairs:
        near = any(abs(each - value) < _NEAR * value for each, _ in claim.meanings)
        if not near and (factor := agreement.factor(value, stated)):
            said = f"{claim.where} states {claim.text} ({claim.label!r})"
            return f"GBP {value:,.2f} was read, but {said}, {factor:,} times off: is the unit right?", False
    shown = "; ".join(f"{claim.label!r} {claim.text}" for claim in claims[:3])
    return f"{place} states totals, none of which is the GBP {values[0]:,.2f} that was read: {shown}", False


def said(entries: pd.DataFrame, body: Body) -> Iterator[str]:
    """Warn where a sheet names another unit than it was read in, or its schemes are of an odd size for it.

    Parameters
    ----------
    entries
        Rows of one sheet.
    body
        The sheet.

    Yields
    ------
    str
        At most one sentence on each.
    """
    where = f"sheet {body.sheet.name!r}" if body.sheet.name else body.sheet.file.name
    above = body.outside.loc[body.outside["row"] < body.header_row, "text"]
    other = [text for text in above if headers.unit(text) not in {None, body.unit}]
    if other:
        yield f"{where}: read in {body.unit}, but above the header stands {other[0]!r}: is the unit right?"
    amounts = entries.loc[entries[REASON].isna(), columns.AMOUNT].abs()
    amounts = amounts[amounts > 0]
    if body.layout.level == "schemes" and len(amounts) and (odd := _odd(amounts)):
        yield (
            f"{where}: read in {body.unit}, half of {len(amounts):,} schemes are {odd}; half of those in the "
            "registers of 2013-14 and 2016-17 are above GBP 0.5 and 2.2 million: is the unit right?"
        )


def _odd(amounts: pd.Series[float]) -> str:
    middle, (low, high) = float(amounts.median()), TYPICAL
    enough = len(amounts) >= _ENOUGH
    if middle < low if enough else amounts.max() < _ALL_BELOW:
        return f"below GBP {middle:,.2f}"
    large = middle > high if enough else amounts.min() > _ALL_ABOVE
    return f"above GBP {middle:,.2f}" if large else ""
