"""Regional spending shared out to local authorities by a weight such as population.

The report's first workstream (section 2.6) did so with the Treasury's Country and Regional Analysis and gave
it up as too rough. The result is an allocation, not an observation: within a region every authority gets the
same amount for each head, so that it cannot show any difference between the authorities of one region.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.columns import require


def allocate(
    spending: pd.DataFrame, areas: pd.DataFrame, *, weight: str = "population", value: str = "value_gbp"
) -> pd.DataFrame:
    r"""Share out each region's spending over its authorities, to the pound, and lose none.

    Authority *a* of region *r* gets :math:`V_r \, w_a / \sum_{b \in r} w_b`. Pounds left by rounding down go
    to the largest remainders (Hamilton's method), so the authorities of a region add up to it exactly.

    Parameters
    ----------
    spending
        One row a region and whatever else it is divided by, such as a department: `region` and `value`,
        whole pounds of one year, which may be negative (income).
    areas
        One row an authority: `authority`, `region` and `weight`, none negative.
    weight
        Column of `areas` to share out by.
    value
        Column of `spending` to share out.

    Returns
    -------
    pandas.DataFrame
        One row for each row of `spending` and authority of its region: the columns of `spending`,
        `authority`, and `value` as allocated, in whole pounds.

    Raises
    ------
    InputError
        If a column is missing, a value is not in whole pounds, a weight is missing or negative, an authority
        is listed twice, or a region has spending and no authority with a weight above 0.

    References
    ----------
    HM Treasury, Country and Regional Analysis; Balinski, M. L. and Young, H. P. (2001), Fair Representation,
    2nd edition, chapter 3.

    Examples
    --------
    >>> areas = pd.DataFrame({"authority": ["a", "b", "c"], "region": "N", "population": [1, 1, 1]})
    >>> allocate(pd.DataFrame({"region": ["N"], "value_gbp": [100]}), areas)["value_gbp"].tolist()
    [34, 33, 33]
    """
    require(spending, ["region", value], "spending")
    require(areas, ["authority", "region", weight], "areas")
    _check(spending[value], areas, weight)
    held = {
        str(region): part for region, part in areas.groupby("region", sort=False) if part[weight].sum() > 0
    }
    if lacking := sorted(set(spending["region"]) - set(held)):
        raise InputError(
            "regions with spending but no authority to share it out to",
            where="spending, column region",
            found=lacking,
            allowed=sorted(held),
        )
    parts = [_shared(row, held[row["region"]], weight, value) for row in spending.to_dict("records")]
    columns = [*(column for column in spending if column != value), "authority", value]
    return pd.concat(parts, ignore_index=True)[columns] if parts else pd.DataFrame(columns=columns)


def _check(values: pd.Series[float], areas: pd.DataFrame, weight: str) -> None:
    if (bad := values.isna() | (values % 1 != 0)).any():
        found = values[bad].iloc[0]
        raise InputError(
            "not in whole pounds", where=f"spending, row {bad.idxmax()}", found=found, allowed="an integer"
        )
    wrong = areas[~(areas[weight].astype(float).between(0, np.inf, inclusive="left"))]
    if len(wrong):
        name, found = wrong[["authority", weight]].iloc[0]
        raise InputError(f"{weight} cannot be a weight", where=str(name), found=found, allowed="0 or more")
    if (twice := areas["authority"].duplicated()).any():
        name = areas["authority"][twice].iloc[0]
        raise InputError(
            "an authority is listed twice", where="areas", found=name, allowed="one row an authority"
        )


def _shared(row: dict[Any, Any], areas: pd.DataFrame, weight: str, value: str) -> pd.DataFrame:
    pounds = _hamilton(int(row[value]), areas[weight].to_numpy(dtype=float))
    return pd.DataFrame({**row, "authority": areas["authority"].to_numpy(), value: pounds})


def _hamilton(total: int, weights: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    exact = abs(total) * (weights / weights.sum())
    shares = np.floor(exact).astype(np.int64)
    left = abs(total) - int(shares.sum())
    order = np.argsort(shares - exact, kind="stable")  # largest remainder first, earlier authority at a tie
    shares[order[:left]] += 1
    return shares * (1 if total >= 0 else -1)
