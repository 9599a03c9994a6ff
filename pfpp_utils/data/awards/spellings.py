"""Names that differ only in how they are written: letter case, blanks, signs, ``the``, legal form."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.awards.stand_ins import name_key


def one(names: pd.Series[str]) -> pd.Series[str]:
    """Write every name in the way that most rows do, the first of several that are as frequent.

    Parameters
    ----------
    names
        Of funders or programmes; missing ones stay missing.

    Returns
    -------
    pandas.Series
        With the index of `names`.

    Examples
    --------
    >>> one(pd.Series(["DEPT & Co", "Dept and Co", "Dept and Co", "DfT"], dtype="string")).tolist()
    ['Dept and Co', 'Dept and Co', 'Dept and Co', 'DfT']
    """
    written = _ways(names)
    usual = written.drop_duplicates("key").set_index("key")["name"]
    chosen = written["key"].map(usual).set_axis(written["name"])
    return names.map(chosen.to_dict(), na_action="ignore").astype("string")


def variants(names: pd.Series[str]) -> list[tuple[str, ...]]:
    """List the names that are written in several ways, the most frequent way of each first.

    Parameters
    ----------
    names
        As for :func:`one`.

    Returns
    -------
    list of tuple of str
        One a name.
    """
    written = _ways(names)
    several = written[written["key"].duplicated(keep=False)]
    return [tuple(ways) for _, ways in several.groupby("key", sort=False)["name"]]


def _ways(names: pd.Series[str]) -> pd.DataFrame:
    """Different names and what is left of each without its spelling, the most frequent first."""
    counts = names.value_counts(sort=False).sort_values(ascending=False, kind="stable")
    written = pd.Series(counts.index, dtype="string")
    return pd.DataFrame({"name": written, "key": name_key(written).fillna(written)})
