"""The same six spend measures three ways: the package's own, hand-written DuckDB SQL, and pandas.

Counts by place; small awards by type of recipient; value by funder; concentration by funder, policy area and
recipient; overlaps across and within funders; flows. Every way ends in the same summary, to be compared.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import chain

import duckdb
import numpy as np
import pandas as pd

from pfpp_utils.methods import concentration, engines, flows, sizes, spend

KEYS = ["place", "policy_area", "funder"]
KINDS = ["funder", "policy_area", "recipient"]
STEPS = [["funder", "policy_area"], ["policy_area", "recipient_type"]]
THRESHOLD_GBP = 100_000

PENCE = "sum(floor(amount_gbp * 100 + 0.5)) as pence"
DIFFERENT = "count(distinct programme) as grants, count(distinct recipient) as recipients"
COUNTS = f"count(*) as awards, {DIFFERENT}, count(distinct funder) as funders, {PENCE}"
PLACES = f"select place, {COUNTS} from awards group by place order by place"
SMALL = f"""
    select recipient_type, count(*) filter (amount_gbp < {THRESHOLD_GBP}) as small, count(*) as awards
    from awards group by recipient_type order by recipient_type"""
VALUE = f"select funder, count(*) as awards, {PENCE} from awards group by funder order by pence desc"
ACROSS = f"""
    select place, policy_area, string_agg(distinct funder, ', ' order by funder) as funder_names, {COUNTS}
    from awards where place is not null and policy_area is not null
    group by place, policy_area having funders > 1 order by place, pence desc"""
WITHIN = f"""
    select place, policy_area, funder, count(*) as awards, {DIFFERENT}, {PENCE}
    from awards where place is not null and policy_area is not null and funder is not null
    group by place, policy_area, funder having grants > 1 and recipients > 1 order by place, pence desc"""
LINKS = "select {0}, {1}, count(*) as awards, " + PENCE + " from awards group by {0}, {1} order by pence desc"
SPREAD = f"""
    with holders as (
        select {PENCE} from awards where {{0}} is not null group by {{0}} having pence >= 0
    ), ranked as (
        select pence, row_number() over (order by pence) as rank, count(*) over () as n from holders
    )
    select count(*), 1e4 * sum(pence * pence) / sum(pence) ** 2,
        sum((2 * rank - n - 1) * pence) / sum(pence) / max(n)
    from ranked"""


def portable(path: str) -> list[float]:
    """Run the package's measures on DuckDB."""
    awards = engines.open(path)
    tables = [
        spend.summarise(awards),
        sizes.small_by(awards, THRESHOLD_GBP, "recipient_type"),
        spend.value_by(awards),
        spend.overlaps(awards),
        spend.repeats(awards),
        flows.flows(awards),
    ]
    spread = concentration.measure(awards, {kind: kind for kind in KINDS}, strict=False)
    for table in tables:
        if "value_gbp" in table:
            table["pence"] = (table["value_gbp"] * 100).round()
    return _summary(tables, spread[["holders", "hhi", "gini"]].to_numpy().tolist())


def sql(path: str) -> list[float]:
    """Run the same in SQL, as one would write it by hand."""
    ask = duckdb.connect().execute
    ask(f"create view awards as from read_parquet('{path}')")
    tables = [ask(query).df() for query in (PLACES, SMALL, VALUE, ACROSS, WITHIN)]
    links = pd.concat([ask(LINKS.format(*step)).df() for step in STEPS])
    return _summary([*tables, links], [ask(SPREAD.format(kind)).fetchall()[0] for kind in KINDS])


def by_pandas(path: str) -> list[float]:
    """Run the same in pandas, as one would write it by hand."""
    awards = pd.read_parquet(path, columns=[*KEYS, "programme", "recipient", "recipient_type", "amount_gbp"])
    awards["pence"] = np.floor(awards["amount_gbp"] * 100 + 0.5)
    awards["small"] = awards["amount_gbp"] < THRESHOLD_GBP
    total = {"awards": ("pence", "size"), "pence": ("pence", "sum")}
    different = {"grants": ("programme", "nunique"), "recipients": ("recipient", "nunique")}
    counts = {**total, **different, "funders": ("funder", "nunique")}
    small = {"small": ("small", "sum"), "awards": ("small", "size")}
    across = awards.groupby(KEYS[:2], as_index=False).agg(**counts).query("funders > 1")
    named = awards[KEYS].drop_duplicates().dropna().sort_values(KEYS)
    named = named.groupby(KEYS[:2])["funder"].agg(", ".join).rename("funder_names")
    within = awards.groupby(KEYS, as_index=False).agg(**total, **different)
    tables = [
        awards.groupby("place", dropna=False, as_index=False).agg(**counts),
        awards.groupby("recipient_type", as_index=False).agg(**small),
        awards.groupby("funder", as_index=False).agg(**total),
        across.join(named, on=KEYS[:2]),
        within.query("grants > 1 and recipients > 1"),
        pd.concat([awards.groupby(step, as_index=False).agg(**total) for step in STEPS]),
    ]
    return _summary(tables, [_spread(awards.groupby(kind)["pence"].sum()) for kind in KINDS])


def _spread(pence: pd.Series[float]) -> tuple[float, float, float]:
    shares = np.sort(pence[pence >= 0].to_numpy()) / pence[pence >= 0].sum()
    n = len(shares)
    return n, float(1e4 * (shares**2).sum()), float((2 * np.arange(1, n + 1) - n - 1) @ shares / n)


def _summary(tables: Sequence[pd.DataFrame], spread: Sequence[Sequence[float]]) -> list[float]:
    """Say how many rows each table has and what its columns add up to; then the indices."""
    names = ("awards", "grants", "recipients", "funders", "small", "pence")
    sums = [[len(table), *(int(table[name].sum()) for name in names if name in table)] for table in tables]
    letters = [int(table["funder_names"].str.len().sum()) for table in tables if "funder_names" in table]
    return [*chain(*sums), *letters, *chain(*spread)]


WAYS: dict[str, Callable[[str], list[float]]] = {"portable": portable, "SQL": sql, "pandas": by_pandas}
