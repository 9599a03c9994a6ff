"""Every measure of spend, by name, and awards that are awkward to add up and to tell apart."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any

import narwhals as nw
import pandas as pd
from hypothesis import strategies as st

from pfpp_utils.methods import concentration, engines, flows, limits, measures, sizes, spend

COLUMNS = ["award", "place", "funder", "programme", "policy_area", "recipient", "recipient_type"]
HOLDERS = {"funders": "funder", "recipients": "recipient", "areas": "policy_area"}

MEASURES: dict[str, Callable[[engines.Awards], pd.DataFrame]] = {
    "summarise": spend.summarise,
    "in all": lambda awards: spend.summarise(awards, []),
    "by two": lambda awards: spend.summarise(awards, ["place", "funder"]),
    "value": lambda awards: spend.value_by(awards, "policy_area"),
    "overlaps": spend.overlaps,
    "repeats": spend.repeats,
    "small": lambda awards: sizes.small_by(awards, 100_000, "recipient_type", total="all bodies"),
    "share": lambda awards: pd.DataFrame([vars(sizes.small_share(awards, 10_000))]),
    "bands": lambda awards: sizes.size_bands(awards, sizes.EDGES_GBP),
    "concentration": lambda awards: concentration.measure(awards, HOLDERS, strict=False),
    "by place": lambda awards: concentration.measure(awards, HOLDERS, by="place", strict=False),
    "flows": flows.flows,
    "top flows": lambda awards: flows.flows(awards, top=2),
    "left out": lambda awards: pd.DataFrame({"said": limits.said(awards)}),
    "to councils": lambda awards: pd.DataFrame({"found": [to_councils(awards)]}),
}


def to_councils(awards: engines.Awards) -> str:
    """What councils got of each place, as if the type of a recipient were the council that it is."""
    found = measures.measure(engines.lazy(awards).with_columns(nw.col("recipient_type").alias("council")))
    return json.dumps({place: row["to_councils"] for place, row in found.items()}, sort_keys=True)


names = st.sampled_from(["Ely", "ely", "Ynys Môn", "Łódź", " ", 'O\'Brien "& Co"', "金額", "🏛", None])
pence = st.integers(-(10**6), 10**9) | st.integers(-(10**13), 10**13) | st.just(0)
rows = st.lists(st.tuples(*[names] * 6, pence), min_size=1, max_size=30)


def table(rows: list[tuple[Any, ...]]) -> pd.DataFrame:
    """Awards as the readers make them: text that may be missing, and pounds exact to the penny."""
    awards = pd.DataFrame([(f"A{place}", *row[:-1]) for place, row in enumerate(rows)], columns=COLUMNS)
    return awards.astype("string").assign(amount_gbp=[row[-1] / 100 for row in rows])


def values(found: pd.DataFrame) -> tuple[list[str], list[list[Any]]]:
    """What a table says, whatever the types of its columns; every digit counts."""
    cells = found.astype(object).where(found.notna(), None)
    return list(cells.columns), [list(row.values()) for row in cells.to_dict("records")]
