"""Counts and sums of awards by group, exact to the penny in every engine: what the measures are made of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals as nw
import pandas as pd

from pfpp_utils.methods.amounts import AMOUNT, BLANK, PENCE, collect_priced, require_columns
from pfpp_utils.methods.engines import Awards, collect


def totals(
    awards: Awards,
    by: Sequence[str],
    *,
    distinct: Mapping[str, str] | None = None,
    under: Mapping[str, float] | None = None,
) -> pd.DataFrame:
    """Count awards and add up their value by group, in one pass.

    Every amount is taken to the nearest penny and pence are added up, so that the result depends neither on
    the engine nor on the order of the rows.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp` (pounds) and the columns named.
    by
        Columns to group by. Awards for which one is missing form groups of their own. None of them makes one
        group of all awards.
    distinct
        Result column and the column whose different values it counts; missing ones are not counted.
    under
        Result column and the amount in pounds of less than which it counts awards.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order of `by`: its columns, `awards`, those of `distinct` and of `under`, and
        `value_gbp` (a whole number where the amounts are of a type of whole numbers).

    Raises
    ------
    InputError
        If a column or an amount is missing, amounts are text, or a sum is too large to be exact.
    """
    distinct, under = distinct or {}, under or {}
    frame = require_columns(awards, [*by, *distinct.values()])
    table = collect_priced(_sums(frame, by, under), frame)
    for name, column in distinct.items():
        table = _with_different(table, frame, by, name, column)
    counts = ["awards", *distinct, *under]
    table = table.astype(dict.fromkeys(counts, "int64")).sort_values(_keys(by), kind="stable")
    whole = frame.collect_schema()["amount_gbp"].is_integer()
    table["value_gbp"] = table["pence"] // 100 if whole else table["pence"] / 100
    return _named(table[[*_keys(by)[: len(by)], *counts, "value_gbp"]], by)


def holdings(awards: Awards, holder: str, by: Sequence[str] = ()) -> pd.DataFrame:
    """Add up what each holder has, without the holders' names, of which there can be millions.

    Parameters
    ----------
    awards
        One row an award; needs `amount_gbp`, the column `holder` and those of `by`.
    holder
        Column that names the holder. Awards without one are left out.
    by
        Columns within whose groups a holder is one.

    Returns
    -------
    pandas.DataFrame
        One row a holder and group, smallest amount first: the columns of `by`, and `pence`.

    Raises
    ------
    InputError
        As :func:`totals`.
    """
    frame = require_columns(awards, [*by, holder])
    keys = [*by, holder]
    nameless = nw.col(_keys(keys)[-1]).is_null().alias("nameless")
    sums = _sums(frame, keys, {}).select(*_keys(keys)[:-1], nameless, "pence", "blank")
    table = collect_priced(sums, frame)
    table = table.loc[~table["nameless"], [*_keys(keys)[:-1], "pence"]]
    return _named(table.sort_values("pence"), by)


def regroup(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    """Add up the rows of a table of totals further, again exact to the penny.

    Parameters
    ----------
    table
        What :func:`totals` returns.
    by
        Columns to keep apart.

    Returns
    -------
    pandas.DataFrame
        One row a group, in order of `by`: its columns, `awards`, `value_gbp`.
    """
    unit = 1 if pd.api.types.is_integer_dtype(table["value_gbp"]) else 100
    whole = table.assign(value_gbp=(table["value_gbp"] * unit).round().astype("int64"))
    sums = whole.groupby(list(by), dropna=False, as_index=False)[["awards", "value_gbp"]].sum()
    return sums if unit == 1 else sums.assign(value_gbp=sums["value_gbp"] / unit)


def _sums(frame: nw.LazyFrame[Any], by: Sequence[str], under: Mapping[str, float]) -> nw.LazyFrame[Any]:
    small = [(amount > AMOUNT).cast(nw.Float64).alias(name) for name, amount in under.items()]
    rows = frame.select(*_groups(by), *small, PENCE.alias("pence"), BLANK.cast(nw.Float64).alias("blank"))
    return rows.group_by(_keys(by)).agg(nw.len().alias("awards"), nw.col("pence", "blank", *under).sum())


def _with_different(
    table: pd.DataFrame, frame: nw.LazyFrame[Any], by: Sequence[str], name: str, column: str
) -> pd.DataFrame:
    """Count different values in two steps, pairs and then groups: less memory than in one, and as fast."""
    keys = _keys(by)
    if column in by:
        return table.assign(**{name: table[keys[by.index(column)]].notna()})
    rows = frame.drop_nulls(column).select(*_groups(by), nw.col(column).alias("counted"))
    pairs = rows.group_by(*keys, "counted").agg(nw.len())
    counts = collect(pairs.group_by(keys).agg(nw.len().alias(name)))
    alike = counts.astype(table[keys].dtypes)  # a key that is missing throughout may come back as numbers
    return table.merge(alike, on=keys, how="left").fillna({name: 0})


def _keys(by: Sequence[str]) -> list[str]:
    """Names that no engine can take for anything else; a group of all awards has one key too."""
    return [f"key{place}" for place in range(len(by) or 1)]


def _groups(by: Sequence[str]) -> list[nw.Expr]:
    if not by:
        return [nw.lit(0).alias("key0")]
    return [nw.col(column).alias(key) for key, column in zip(_keys(by), by, strict=True)]


def _named(table: pd.DataFrame, by: Sequence[str]) -> pd.DataFrame:
    return table.rename(columns=dict(zip(_keys(by), by, strict=False))).reset_index(drop=True)
