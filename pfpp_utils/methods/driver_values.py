"""What drivers of spend are sought in: value by funder in each authority, and the value that is in none."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pfpp_utils.methods import columns
from pfpp_utils.methods.drivers import FEWEST

#: Where value can be, seen from the authorities that are compared.
WHERE = ["compared", "wider", "elsewhere", "not placed"]


def by_authority(awards: pd.DataFrame, authorities: pd.Index[str], *, by: str = "funder") -> pd.DataFrame:
    """Add up the value of each funder in each authority.

    Parameters
    ----------
    awards
        One row an award: `amount_gbp`, `authority` (missing if it could not be placed) and the column `by`.
    authorities
        Codes of the authorities to compare; awards anywhere else are left out (see :func:`located`).
    by
        Column of the funders.

    Returns
    -------
    pandas.DataFrame
        One row an authority, in the order given, one column a funder: value in GBP, 0 where it gave nothing.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns.require(awards, ("amount_gbp", "authority", by), "awards")
    kept = awards[awards["authority"].isin(authorities)]
    sums = kept.groupby(["authority", by])["amount_gbp"].sum().unstack(by)
    return sums.reindex(authorities).fillna(0.0).rename_axis(columns=None)


def located(
    awards: pd.DataFrame, authorities: pd.Index[str], *, nation: str = "E", by: str = "funder"
) -> pd.DataFrame:
    """Say how much of each funder's value is in the authorities compared, and where the rest is.

    Parameters
    ----------
    awards, authorities, by
        As for :func:`by_authority`.
    nation
        Letter that official codes of the nation compared begin with.

    Returns
    -------
    pandas.DataFrame
        One row a funder and place, every pair: the column `by`, `where` (of :data:`WHERE`: "wider" is an area
        of the nation that holds several of the authorities, such as a county), `value_gbp`, `awards` and
        `share` of the funder's value (0 to 1). The values of a funder add up to all it gave.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns.require(awards, ("amount_gbp", "authority", by), "awards")
    code = awards["authority"].astype("object")
    where = pd.Series("elsewhere", awards.index)
    where = where.mask(code.astype("string").str.startswith(nation).fillna(False).astype(bool), "wider")
    where = where.mask(code.isin(authorities), "compared").mask(code.isna(), "not placed")
    funders = sorted(awards[by].dropna().unique())
    pairs = pd.MultiIndex.from_product([funders, WHERE], names=[by, "where"])
    grouped = awards["amount_gbp"].groupby([awards[by], where.rename("where")])
    table = pd.DataFrame({"value_gbp": grouped.sum(), "awards": grouped.size()}).reindex(pairs, fill_value=0)
    whole = table.groupby(level=by)["value_gbp"].transform("sum")
    return table.assign(share=(table["value_gbp"] / whole).where(whole != 0)).reset_index()


def chosen(
    values: pd.DataFrame, first: Sequence[str] = (), *, fewest: int = FEWEST, most: int = 6
) -> list[str]:
    """Choose the funders to compare: those that reach enough authorities, and not too many.

    Parameters
    ----------
    values
        As from :func:`by_authority`.
    first
        Funders that come before all others, if they reach enough.
    fewest
        Authorities in which a funder must have given something.
    most
        Funders to keep; after `first`, those of most value.

    Returns
    -------
    list of str
        Columns of `values`, in order of value within each group.
    """
    reaching = values.loc[:, (values != 0).sum() >= fewest]
    by_value = reaching.sum().sort_values(ascending=False, kind="stable").index
    return sorted(by_value, key=lambda funder: funder not in first)[:most]


def together(
    measures: pd.DataFrame,
    area: pd.Series[str],
    *,
    means: Sequence[str] = ("deprivation", "crime_severity"),
    weight: str = "population",
) -> pd.DataFrame:
    """Put measures of authorities together into those of larger areas.

    Counts are added up; scores become means, weighted by the people they are of. An area has no score if one
    of its authorities has none.

    Parameters
    ----------
    measures
        One row an authority (its index), one column a measure.
    area
        Area of each authority, of the same index.
    means
        Measures that are scores.
    weight
        Measure to weight by.

    Returns
    -------
    pandas.DataFrame
        One row an area, the columns of `measures`.
    """
    scores = [name for name in means if name in measures]
    weighted = measures.assign(**{name: measures[name] * measures[weight] for name in scores})
    grouped = weighted.groupby(area.reindex(measures.index))
    sums = grouped.sum().where(grouped.count().eq(grouped.size(), axis=0))
    return sums.assign(**{name: sums[name] / sums[weight] for name in scores})[list(measures)]
