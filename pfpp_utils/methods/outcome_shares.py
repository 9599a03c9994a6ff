"""How much of a place's funding is for its own priority outcome, as far as policy areas tell."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pfpp_utils.methods import columns
from pfpp_utils.methods.spend import summarise

#: What an award is for, seen from the place's own outcome; the first two make up the wide reading.
PARTS = ["outcome", "related", "other", "not assigned"]
_NEEDED = ("pilot", "policy_area", "amount_gbp", "recipient", "funder", "programme")


def parts(awards: pd.DataFrame, outcomes: pd.DataFrame) -> pd.Series[str]:
    """Say of each award whether it is for the outcome of the place that it went to.

    Parameters
    ----------
    awards
        One row an award: `pilot` (missing outside the places) and `policy_area` (missing if not known).
    outcomes
        One row a pilot and policy area: `pilot`, `policy_area`, `part` ("outcome" or "related").

    Returns
    -------
    pandas.Series
        Index of `awards`; one of :data:`PARTS`.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns.require(awards, ("pilot", "policy_area"), "awards")
    columns.require(outcomes, ("pilot", "policy_area", "part"), "outcomes")
    part = outcomes.set_index(["pilot", "policy_area"])["part"].to_dict()
    pairs = zip(awards["pilot"].astype(object), awards["policy_area"].astype(object), strict=True)
    known = pd.Series([part.get(pair, "other") for pair in pairs], awards.index, dtype="string")
    return known.mask(awards["policy_area"].isna(), "not assigned")


def by_place(awards: pd.DataFrame, outcomes: pd.DataFrame, places: list[str]) -> pd.DataFrame:
    """Count the awards of each place and add up their value, in all and by what they are for.

    Parameters
    ----------
    awards
        One row an award, with the columns of :func:`parts` and of
        :func:`pfpp_utils.methods.spend.summarise`.
    outcomes
        As for :func:`parts`.
    places
        Slugs to list, those without an award too.

    Returns
    -------
    pandas.DataFrame
        One row a place, in the order given (its slug the index): `awards`, `recipients`, `funders`,
        `value_gbp`, the value of each of :data:`PARTS` (GBP), `narrow` and `wide` (shares of the value, 0 to
        1, for the outcome itself and with what is related to it; missing where there is no value).

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    columns.require(awards, _NEEDED, "awards")
    here = awards[awards["pilot"].isin(places)]
    counts = summarise(here, "pilot").set_index("pilot")[["awards", "recipients", "funders", "value_gbp"]]
    value = here["amount_gbp"].groupby([here["pilot"], parts(here, outcomes)]).sum().unstack()
    table = counts.join(value.reindex(columns=PARTS)).reindex(places).fillna(0.0)
    table = table.astype({"awards": "int64", "recipients": "int64", "funders": "int64"})
    whole = table["value_gbp"].replace(0, np.nan)
    wide = (table["outcome"] + table["related"]) / whole
    return table.assign(narrow=table["outcome"] / whole, wide=wide).rename_axis("pilot")


def by_area(awards: pd.DataFrame, outcomes: pd.DataFrame) -> pd.DataFrame:
    """Add up value by policy area and by what it is to the outcome of the place that got it.

    Parameters
    ----------
    awards, outcomes
        As for :func:`by_place`; awards outside the places are left out.

    Returns
    -------
    pandas.DataFrame
        One row a policy area and part, most value first: `policy_area` ("not assigned" where missing),
        `part`, `awards`, `value_gbp`, `share` of all value (0 to 1).

    Raises
    ------
    InputError
        If a column or an amount is missing.
    """
    columns.require(awards, _NEEDED, "awards")
    here = awards[awards["pilot"].notna()]
    here = here.assign(part=parts(here, outcomes), policy_area=here["policy_area"].fillna("not assigned"))
    table = summarise(here, ["policy_area", "part"])[["policy_area", "part", "awards", "value_gbp"]]
    table = table.sort_values("value_gbp", ascending=False, kind="stable", ignore_index=True)
    return table.assign(share=table["value_gbp"] / (table["value_gbp"].sum() or np.nan))
