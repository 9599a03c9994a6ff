"""How unevenly an amount is spread over its holders: Herfindahl-Hirschman index and Gini coefficient."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.amounts import require_columns
from pfpp_utils.methods.engines import Awards
from pfpp_utils.methods.totals import holdings

MEASURES = ("holders", "hhi", "effective_number", "gini")

Values = npt.NDArray[np.float64]


class Concentration(NamedTuple):
    """Herfindahl-Hirschman index (0 to 10,000) and effective number of holders (10,000 / index)."""

    hhi: float
    effective_number: float


def concentration(values: npt.ArrayLike) -> Concentration:
    r"""Herfindahl-Hirschman index of the holders' shares, and their effective number.

    With :math:`s_i` the share of holder *i* in percent, :math:`HHI = \sum_i s_i^2`. It runs from
    10,000 / *n* (*n* equal holders) to 10,000 (one holder has all). The effective number,
    10,000 / *HHI*, is how many equal holders would be as concentrated; holders of nothing count for
    nothing.

    Parameters
    ----------
    values
        What each holder has, in any one unit; shape (n,), none negative, not all 0. For grants: the
        value by funder, by recipient or by policy area.

    Returns
    -------
    Concentration
        `hhi` and `effective_number`.

    Raises
    ------
    InputError
        If there is no value, one is negative or missing, or all are 0.

    References
    ----------
    Hirschman, A. O. (1964), The paternity of an index, American Economic Review 54(5), 761.
    Laakso, M. and Taagepera, R. (1979), Effective number of parties, Comparative Political Studies 12(1),
    3-27.

    Examples
    --------
    >>> concentration([60, 20, 10, 10])
    Concentration(hhi=4200.0, effective_number=2.380952380952381)
    """
    hhi = float(10_000 * np.sum(_shares(values) ** 2))
    return Concentration(hhi, 10_000 / hhi)


def gini(values: npt.ArrayLike) -> float:
    r"""Gini coefficient of the holders' amounts.

    With :math:`x_1 \le \dots \le x_n`, :math:`G = \sum_i (2i - n - 1) x_i \, / \, (n \sum_i x_i)`: half the
    mean difference between two holders, relative to the mean. It is 0 when all have the same and
    (*n* - 1) / *n* when one has all. Unlike the concentration index it counts holders of nothing.

    Parameters
    ----------
    values
        What each holder has, in any one unit; shape (n,), none negative, not all 0.

    Returns
    -------
    float
        Between 0 and (n - 1) / n.

    Raises
    ------
    InputError
        If there is no value, one is negative or missing, or all are 0.

    References
    ----------
    Sen, A. (1973), On Economic Inequality, Clarendon Press, chapter 2.

    Examples
    --------
    >>> gini([0, 0, 0, 8])
    0.75
    """
    shares = np.sort(_shares(values))
    n = len(shares)
    ranks = 2 * np.arange(1, n + 1) - n - 1
    return max(0.0, float(ranks @ shares) / n)


def measure(
    awards: Awards, holders: Mapping[str, str], *, by: str | None = None, strict: bool = True
) -> pd.DataFrame:
    """Measure how concentrated the value of awards is, by several kinds of holder.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp` and the columns of `holders` and `by`.
    holders
        Column of `awards` for each kind of holder: ``{"funders": "funder"}``. Awards without one, such as
        those to redacted recipients, are left out: together they are not one holder.
    by
        Measure each group of this column by itself, such as ``"place"``. None measures all awards together.
    strict
        Refuse amounts of which no shares can be made. If False, holders whose amounts add up to less than 0,
        as after a repayment, are left out and counted, and measures are missing where nothing is left.

    Returns
    -------
    pandas.DataFrame
        One row a group and kind of holder, kinds in the order given: the column `by` if one is given, `kind`,
        `holders` (how many there are), `hhi` (0 to 10,000), `effective_number`, `gini` (0 to 1), and if not
        `strict` `left_out` (how many holders were).

    Raises
    ------
    InputError
        If a column or an amount is missing, or `strict` and the amounts of a holder add up to less than 0
        or those of all to 0.
    """
    require_columns(awards, [*holders.values(), *([by] if by else [])])
    tables = [_of_kind(awards, kind, column, by, strict) for kind, column in holders.items()]
    table = pd.concat(tables, ignore_index=True)
    return table.sort_values(by, kind="stable", ignore_index=True) if by else table


def _of_kind(awards: Awards, kind: str, column: str, by: str | None, strict: bool) -> pd.DataFrame:
    sums = holdings(awards, column, [by] if by else [])
    groups = sums.groupby(by, dropna=False)["pence"] if by else [("", sums["pence"])]
    rows = [{by or "": group, "kind": kind, **_row(pence.to_numpy(), strict)} for group, pence in groups]
    columns = [*([by] if by else []), "kind", *MEASURES, *([] if strict else ["left_out"])]
    return pd.DataFrame(rows, columns=columns)


def _row(pence: npt.NDArray[np.int64], strict: bool) -> dict[str, float]:
    kept = pence if strict else pence[pence >= 0]
    measured = (math.nan,) * 3 if not (strict or kept.any()) else (*concentration(kept), gini(kept))
    return dict(zip(MEASURES, (len(kept), *measured), strict=True)) | {"left_out": len(pence) - len(kept)}


def _shares(values: npt.ArrayLike) -> Values:
    amounts = np.asarray(values, dtype=float)
    if amounts.ndim != 1 or not (np.isfinite(amounts) & (amounts >= 0)).all() or not amounts.any():
        raise InputError(
            "no shares can be made of these values",
            where="values",
            found=amounts.tolist() if amounts.size <= 10 else f"{amounts.size} values from {amounts.min()}",
            allowed="one or more numbers, none negative or missing, not all 0",
        )
    scaled: Values = amounts / amounts.max()  # so that the sum cannot overflow
    shares: Values = scaled / scaled.sum()
    return shares
