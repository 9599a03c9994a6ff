"""Sizes of awards: how many are small, and how awards and value spread over bands of size."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import narwhals as nw
import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.amounts import require_columns
from pfpp_utils.methods.engines import Awards
from pfpp_utils.methods.spend import By
from pfpp_utils.methods.totals import totals

#: Edges of bands in pounds, about threefold apart: even steps on a logarithmic scale.
EDGES_GBP = (1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000, 3_000_000)


@dataclass(frozen=True)
class Share:
    """A count of awards, the number of awards it is taken from, and its share of them (0 to 1)."""

    count: int
    total: int

    @property
    def share(self) -> float:
        """`count` / `total`."""
        return self.count / self.total


def small_share(awards: Awards, threshold_gbp: float, *, recipient_type: str | None = None) -> Share:
    """Share of awards of less than a threshold.

    Published for the 13 pilot areas in 2020-21 (report, 3.1.3): 70% of the awards to all bodies and about a
    third (33%) of those to a council are under GBP 100,000.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp`, and `recipient_type` if one is given.
    threshold_gbp
        In pounds; an award of exactly this amount is not small.
    recipient_type
        Count only awards to this type of recipient, such as ``"council"``.

    Raises
    ------
    InputError
        If the threshold is not positive, no award is to that type, or a column or an amount is missing.
    """
    _require_increasing([0, threshold_gbp], "threshold_gbp")
    table = totals(awards, ["recipient_type"] if recipient_type else [], under={"small": threshold_gbp})
    counted = table[table["recipient_type"] == recipient_type] if recipient_type else table
    if counted.empty:
        kinds = sorted(table["recipient_type"].dropna()) if recipient_type else []
        allowed = kinds or "at least one award"
        raise InputError("no awards to count", where="awards", found=recipient_type, allowed=allowed)
    return Share(int(counted["small"].sum()), int(counted["awards"].sum()))


def small_by(
    awards: Awards, threshold_gbp: float, by: By = "place", *, total: str | None = None
) -> pd.DataFrame:
    """Count the awards of less than a threshold in each group, as the report's Figure 4 does by council.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp` and the columns of `by`.
    threshold_gbp
        In pounds; an award of exactly this amount is not small.
    by
        Column or columns to group by. Awards for which it is missing form a row of their own.
    total
        Name for a last row that counts all awards together, such as ``"all bodies"``. None leaves it out.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order of `by`: `small`, `awards`, `share` (small / awards, 0 to 1).

    Raises
    ------
    InputError
        If the threshold is not positive, or a column or an amount is missing.
    """
    keys = [by] if isinstance(by, str) else by
    _require_increasing([0, threshold_gbp], "threshold_gbp")
    table = totals(awards, keys, under={"small": threshold_gbp})[[*keys, "small", "awards"]]
    if total is not None:
        last = {keys[0]: total, "small": table["small"].sum(), "awards": table["awards"].sum()}
        table = pd.concat([table, pd.DataFrame([last])], ignore_index=True)
    return table.assign(share=table["small"] / table["awards"])


def size_bands(awards: Awards, edges: Sequence[float]) -> pd.DataFrame:
    """Distribute awards over bands of size.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp`.
    edges
        Amounts in pounds between the bands, rising, above 0. An edge's amount is in the upper band.

    Returns
    -------
    pandas.DataFrame
        One row a band, from small to large, empty ones too: `band` (label), `awards`, `share` of awards,
        `value_gbp`, `value_share` (shares 0 to 1). The lowest band takes repayments (negative amounts) too.

    Raises
    ------
    InputError
        If the edges do not rise from above 0, or the amounts are missing.
    """
    _require_increasing([0, *edges], "edges")
    reached = [(nw.col("amount_gbp") >= edge).cast(nw.Int64) for edge in edges]
    banded = require_columns(awards, []).with_columns(nw.sum_horizontal(reached).alias("band"))
    table = totals(banded, ["band"]).set_index("band").reindex(range(len(edges) + 1), fill_value=0)
    between = [f"£{low:,.0f} to under £{high:,.0f}" for low, high in pairwise(edges)]
    table.insert(0, "band", [f"under £{edges[0]:,.0f}", *between, f"£{edges[-1]:,.0f} or more"])
    table.insert(2, "share", table["awards"] / table["awards"].sum())
    table = table.reset_index(drop=True)
    return table.assign(value_share=table["value_gbp"] / table["value_gbp"].sum())


def _require_increasing(amounts: Sequence[float], where: str) -> None:
    if len(amounts) < 2 or not (np.diff(amounts) > 0).all():
        raise InputError(
            "amounts must rise from above 0", where=where, found=amounts[1:], allowed="such as 10000, 100000"
        )
