"""Grants of one year and of another, put in pairs by code or title, and what became of each."""

from __future__ import annotations

import re
from typing import Literal

import pandas as pd

from pfpp_utils.methods import columns

Way = Literal["code", "title", "code, then title"]
Pairs = dict[str, list[tuple[int, int]]]


def listing(awards: pd.DataFrame, one: str, other: str, way: Way = "code, then title") -> pd.DataFrame:
    """List the grants of two years, and what became of each.

    Parameters
    ----------
    awards
        One row an award; needs `year`, `programme` (code), `programme_title` and `amount_gbp`.
    one, other
        The two years.
    way
        How grants are matched. A title matches only where one grant has it in either year.

    Returns
    -------
    pandas.DataFrame
        One row a grant, largest value first: `state` (``continue``, ``end`` or ``begin``), `matched_by`
        (``code`` or ``title``, missing unless it continues), `programme_from`, `title_from`, `from_gbp`,
        `programme_to`, `title_to`, `to_gbp` (missing in the year that has no such grant).

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns.require(awards, ["year", "programme", "programme_title", "amount_gbp"], "awards")
    if way == "title":
        awards = awards.assign(programme=pd.array([pd.NA] * len(awards), dtype="string"))
    left, right = (_of_year(awards[awards["year"] == year]) for year in (one, other))
    found = {"code": _pairs(left, right, "programme")} if way != "title" else {}
    if way != "code":
        gone, come = _ends(found)
        found["title"] = _pairs(left.drop(index=gone), right.drop(index=come), "key")
    return _listed(left, right, found)


def states(table: pd.DataFrame) -> pd.Series[str]:
    """Say of each row whether it goes on, ends or begins, from where `from_gbp` and `to_gbp` are missing."""
    state = pd.Series("continue", index=table.index, dtype="string")
    return state.mask(table["to_gbp"].isna(), "end").mask(table["from_gbp"].isna(), "begin")


def _of_year(awards: pd.DataFrame) -> pd.DataFrame:
    """Grants of one year: code, title (the most usual), key of the title, value."""
    key = awards["programme_title"].astype("string").map(_title_key, na_action="ignore").astype("string")
    code = awards["programme"].astype("string").str.strip()
    key, code = (text.mask(text.eq("")) for text in (key, code))
    marked = awards.assign(grant=("code " + code).fillna("title " + key), key=key, programme=code)
    grouped = marked.groupby("grant")
    first = marked.sort_values("programme_title", kind="stable").groupby("grant")
    return pd.DataFrame(
        {
            "programme": first["programme"].first(),
            "title": first["programme_title"].first(),
            "key": first["key"].first(),
            "gbp": grouped["amount_gbp"].sum(),
        }
    ).reset_index(drop=True)


def _title_key(title: str) -> str:
    without_years = re.sub(r"\b(?:fy ?)?(?:19|20)\d\d(?:\s*[-/]\s*\d{2,4})?\b", " ", title.casefold())
    return " ".join(re.sub(r"[^\w]+|_", " ", without_years).split())


def _pairs(left: pd.DataFrame, right: pd.DataFrame, by: str) -> list[tuple[int, int]]:
    once = [side[by].dropna().drop_duplicates(keep=False) for side in (left, right)]
    rows = [pd.Series(side.index, index=side.to_numpy()) for side in once]
    both = rows[0].index.intersection(rows[1].index)
    return list(zip(rows[0][both], rows[1][both], strict=True))


def _ends(found: Pairs) -> list[list[int]]:
    return [[pair[side] for pairs in found.values() for pair in pairs] for side in (0, 1)]


def _listed(left: pd.DataFrame, right: pd.DataFrame, found: Pairs) -> pd.DataFrame:
    pairs = [(one, other, way) for way, two in found.items() for one, other in two]
    gone = [(one, None, None) for one in left.index if one not in _ends(found)[0]]
    come = [(None, other, None) for other in right.index if other not in _ends(found)[1]]
    rows = pd.DataFrame([*pairs, *gone, *come], columns=["one", "other", "matched_by"], dtype=object)
    sides = [
        side.drop(columns="key")
        .reindex(rows[end].fillna(-1).astype(int))
        .set_axis([f"programme_{to}", f"title_{to}", f"{to}_gbp"], axis=1)
        .reset_index(drop=True)
        for side, end, to in ((left, "one", "from"), (right, "other", "to"))
    ]
    table = pd.concat([rows[["matched_by"]].astype("string"), *sides], axis=1)
    table.insert(0, "state", states(table))
    largest = table[["from_gbp", "to_gbp"]].max(axis=1)
    return table.loc[largest.sort_values(ascending=False, kind="stable").index].reset_index(drop=True)
