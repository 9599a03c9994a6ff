"""The groups of names that claims count or list, such as the pilots with a mark in a table."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import places, tables
from pfpp_utils.methods import ledger


def load() -> dict[str, list[str]]:
    """Collect every group that columns `members` and `against` of table ``claims`` may name.

    Returns
    -------
    dict
        Name of a group, which is a table and a key such as ``"pilot_steps engaged"``, to its names in order:
        places by name, otherwise departments, events, factors or funders as the tables have them.

    Examples
    --------
    >>> load()["pilot_steps unblocked"]
    ['Bradford']
    """
    label = places.labels()
    groups = ledger.members({table: names.map(label) for table, names in _pilots().items()} | _others())
    everywhere, engaged = set(tables.load("pilots")["place"]), set(groups["pilot_steps engaged"])
    return groups | _orders() | {"pilot_steps not engaged": sorted(everywhere - engaged)}


def _pilots() -> dict[str, pd.Series]:
    """Pilots by table, with what they are grouped by as the index."""
    steps, done = tables.load("pilot_steps"), tables.load("data_collection")
    marks = steps.assign(pilot=steps["pilot"].where(steps["rating"] != "none"))
    engagement = tables.load("pilot_engagement").astype({"sustained": str})
    analysed = tables.load("breakeven_pilots").assign(all="all").melt("pilot", ["status", "all"])
    success = tables.load("pilot_success").set_index(["success_type", "item"])
    ticks = done.assign(pilot=done["pilot"].where(done["done"])).set_index(["activity", "section", "item"])
    return {
        "pilot_steps": marks.set_index("step")["pilot"],
        "pilot_engagement": engagement.set_index("sustained")["pilot"],
        "pilot_success": success["pilot"],
        "data_collection": ticks["pilot"],
        "finding_pilots": tables.load("finding_pilots").set_index("finding")["pilot"],
        "breakeven_pilots": analysed.set_index("value")["pilot"],
        "local_boards": tables.load("local_boards").set_index(["arrangement", "meetings"])["pilot"],
        "pilots": tables.load("pilots").set_index("funding_tier")["pilot"],
        "pilots by_amount": _by_amount(),
    }


def _by_amount() -> pd.Series:
    """Pilots by the tier in whose printed range their funding lies, whatever tier the text names them in."""
    tiers = tables.load("funding_tiers")
    least, most = (tiers[end].fillna(tiers["total_gbp"]) for end in ("minimum_gbp", "maximum_gbp"))
    pairs = tables.load("pilots").merge(
        tiers.assign(least=least, most=most)[["tier", "least", "most"]], "cross"
    )
    return pairs.query("least <= funding_gbp <= most").set_index("tier")["pilot"]


def _others() -> dict[str, pd.Series]:
    """Names other than pilots by table, with what they are grouped by as the index."""
    overlaps = tables.load("spend_overlaps").melt("section", ["department_a", "department_b"]).dropna()
    funding = tables.load("funding_unlocked").set_index(["award", "section"])
    events = tables.load("programme_data_collection").query("activity.str.startswith('event_')").copy()
    name = events["activity"].str.removeprefix("event_").str.replace("_", " ")
    return {
        "spend_overlaps": overlaps.set_index("section")["value"],
        "funding_unlocked": funding["funder_as_printed"],
        "factor_ranks": _ranked().query("rank == 1").set_index("list")["label"],
        "programme_data_collection events": (name + ", " + events["period"]).set_axis(events["section"]),
    }


def _orders() -> dict[str, list[str]]:
    """Factors of each list, each with its rank, so that lists in another order differ."""
    ranked = _ranked()
    ranked["label"] = ranked["rank"].astype(str) + ". " + ranked["label"]
    return {f"factor_ranks order {name}": part["label"].tolist() for name, part in ranked.groupby("list")}


def _ranked() -> pd.DataFrame:
    return tables.load("factor_ranks").merge(tables.load("factors")[["factor", "label"]], on="factor")
