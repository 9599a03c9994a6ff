"""How much could be placed, by which way, and why the rest could not: awards and pounds, nothing left out."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.geography.doubts import ABROAD, REDACTED, WIDER
from pfpp_utils.errors import InputError


def coverage(placed: pd.DataFrame) -> pd.DataFrame:
    """Count awards and value by the way they were placed.

    Parameters
    ----------
    placed
        Awards from :func:`pfpp_utils.data.geography.placing.place`.

    Returns
    -------
    pandas.DataFrame
        One row a way, most value first, and "not placed": `placed_by`, `awards`, `value_gbp`,
        `share_of_awards` and `share_of_value` (0 to 1; missing if all value is nought).
    """
    return _counted(placed, placed["placed_by"].fillna("not placed"), placed, "placed_by")


def unplaced(placed: pd.DataFrame) -> pd.DataFrame:
    """Count awards and value that could not be placed, by reason.

    Parameters
    ----------
    placed
        As for :func:`coverage`.

    Returns
    -------
    pandas.DataFrame
        One row a reason, most value first: `reason`, `awards`, `value_gbp`, `share_of_awards` and
        `share_of_value` of all awards, placed or not (0 to 1). Empty if all were placed.
    """
    left = placed[placed["authority"].isna()]
    return _counted(left, reasons(left), placed, "reason")


def share_unplaced(placed: pd.DataFrame) -> float:
    """Share of value (0 to 1) that could not be placed; it stands on every map and table of places.

    Raises
    ------
    InputError
        If all value adds up to nothing or less.
    """
    whole = placed["Amount Awarded"].sum()
    if not whole > 0:
        allowed = "awards worth more than nothing"
        raise InputError("no share of no value", where="Amount Awarded", found=whole, allowed=allowed)
    return float(placed.loc[placed["authority"].isna(), "Amount Awarded"].sum() / whole)


def reasons(left: pd.DataFrame) -> pd.Series[str]:
    """Give each award that could not be placed one reason, from its flags; the most telling first."""
    flags = left["place_flag"].fillna("")
    reason = flags.str.extract(r"(postcode (?!repaired)[^;]+)")[0].fillna("no address")
    reason = reason.mask(reason.eq("postcode missing"), "no address")
    for flag in (WIDER, ABROAD, REDACTED):
        reason = reason.mask(flags.str.contains(flag, regex=False), flag)
    return reason.astype("string")


def _counted(part: pd.DataFrame, by: pd.Series[str], whole: pd.DataFrame, name: str) -> pd.DataFrame:
    grouped = part["Amount Awarded"].groupby(by.rename(name))
    table = pd.DataFrame({"awards": grouped.size(), "value_gbp": grouped.sum()}).astype({"value_gbp": float})
    total = whole["Amount Awarded"].sum()
    table["share_of_awards"] = table["awards"] / len(whole)
    table["share_of_value"] = table["value_gbp"] / total if total else float("nan")
    return table.sort_values(by="value_gbp", ascending=False).reset_index()
