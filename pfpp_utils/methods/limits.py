"""What the measures of some awards leave out, and how much it is, and what they cannot show."""

from __future__ import annotations

import narwhals as nw
import pandas as pd

from pfpp_utils.methods.engines import Awards, lazy
from pfpp_utils.methods.totals import totals

#: Begin of official codes of counties that have districts.
COUNTY = "E10"
#: Awards that are told apart: the column, and which values of it.
MARKS = {
    "without_area": ("policy_area", nw.col("policy_area").is_null()),
    "without_name": ("recipient", nw.col("recipient").is_null()),
    "at_offices": ("headquarters", nw.col("headquarters")),
    "of_counties": ("authority", nw.col("authority").cast(nw.String).str.starts_with(COUNTY)),
}
SAID = {
    "without_area": "have no policy area: they are in no overlap, and in no policy area's share.",
    "without_name": "have no recipient that is named: they count as awards, and as no recipient.",
    "at_offices": "went to recipients that may be head offices and spend it elsewhere.",
    "of_counties": "are placed in a county apart from its districts: --place with its name adds them up.",
}
#: What no count of awards can show, whatever they are.
ALWAYS = (
    "An award stands at its recipient's address, which need not be where the money is spent.",
    "Overlap is a fact about funding lines: that it is duplication or waste cannot be seen here.",
)


def said(awards: Awards) -> list[str]:
    """Say what the measures of awards leave out, and what they cannot show.

    Parameters
    ----------
    awards
        One row an award, in any engine; needs `amount_gbp`, `recipient` and `policy_area`. Of `year`,
        `authority` and `headquarters` it says what there is.

    Returns
    -------
    list of str
        Sentences; those with a number only where it is not nought.
    """
    frame = lazy(awards)
    names = frame.collect_schema().names()
    marks = {mark: rule.fill_null(value=False) for mark, (column, rule) in MARKS.items() if column in names}
    by = [*marks, *(["year"] if "year" in names else [])]
    table = totals(frame.with_columns(**marks), by)  # one pass
    years = sorted(table["year"].dropna().unique()) if "year" in names else []
    pooled = f"Awards of {len(years)} years ({', '.join(years)}) are added up: --year measures one."
    found = [_sentence(mark, table[table[mark].astype(bool)], table) for mark in marks if table[mark].any()]
    return [*([pooled] if len(years) > 1 else []), *found, *ALWAYS]


def _sentence(mark: str, those: pd.DataFrame, table: pd.DataFrame) -> str:
    value, whole = those["value_gbp"].sum(), table["value_gbp"].sum()
    share = f" ({value / whole:.1%} of the value)" if whole > 0 else ""
    return f"{those['awards'].sum():,} awards with GBP {value:,.2f}{share} {SAID[mark]}"
