"""All measures of spend mapping at once, for all awards and for each place: what the command prints."""

from __future__ import annotations

from typing import Any

import narwhals as nw
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import concentration, spend
from pfpp_utils.methods.engines import Awards, lazy
from pfpp_utils.methods.totals import totals

#: Awards under these amounts in pounds count as small.
SMALL = {"under_10k": 10_000, "under_100k": 100_000}
HOLDERS = {"funders": "funder", "recipients": "recipient", "policy_areas": "policy_area"}
COUNTS = ["awards", "grants", "recipients", "funders"]
OVERLAP = ["policy_area", "funder_names", "grants", "recipients", "awards", "value_gbp"]
REPEAT = ["policy_area", "funder", "grants", "recipients", "awards", "value_gbp"]

Measures = dict[str, Any]
NO_COUNCIL: Measures = {"awards": 0, "value": 0.0} | {f"share_{name}": None for name in SMALL}


def measure(awards: Awards, *, by: str = "place") -> dict[str, Measures]:
    """Measure the awards of each place.

    Parameters
    ----------
    awards
        One row an award, in any engine; needs `amount_gbp`, `programme`, `recipient`, `funder`, `policy_area`
        and `by`.
    by
        Column of the places. Awards without one are left out.

    Returns
    -------
    dict
        By place: `awards`, `grants` (different programmes), `recipients`, `funders`, `value` (GBP),
        `recipients_per_grant`, `share_under_10k` and `share_under_100k` (of awards, 0 to 1), `to_councils`
        (`awards`, `value` and the same shares of those whose recipient is a council, by a column `council`;
        None without one), `concentration`
        (of funders, recipients and policy areas: `holders`, `hhi`, `effective_number`, `gini`, and
        `left_out`, the holders whose amounts add up to less than 0), and `overlap`: `across_funders` (policy
        areas with two funders or more) and `within_funder` (with several grants of one funder to several
        recipients). What cannot be measured is None.

    Raises
    ------
    InputError
        If a column or an amount is missing.

    References
    ----------
    Evaluation report, section 3.1.3; the modules that this one calls give the formulas.
    """
    placed = lazy(awards).filter(~nw.col(by).is_null()).with_columns(nw.col(by).alias("place"))
    councils = _councils(placed)
    counts = totals(placed, ["place"], distinct=spend.DIFFERENT, under=SMALL).set_index("place")
    concentrated = concentration.measure(placed, HOLDERS, by="place", strict=False)
    across, within = spend.overlaps(placed), spend.repeats(placed)
    return {
        str(place): _counts(row)
        | {"to_councils": councils.get(place, NO_COUNCIL) if councils is not None else None}
        | {"concentration": _concentration(concentrated[concentrated["place"] == place])}
        | {
            "overlap": {
                "across_funders": _rows(across, place, OVERLAP),
                "within_funder": _rows(within, place, REPEAT),
            }
        }
        for place, row in counts.iterrows()
    }


def in_all(awards: Awards) -> Measures:
    """Measure all awards together, those that could not be placed too.

    Parameters
    ----------
    awards
        As for :func:`measure`.

    Returns
    -------
    dict
        The measures of one place.

    Raises
    ------
    InputError
        As for :func:`measure`, and if there is no award.
    """
    found = measure(lazy(awards).with_columns(nw.lit("all").alias("place")))
    if not found:
        raise InputError("no award to measure", where="awards", found="none", allowed="one award or more")
    return found["all"]


def _councils(placed: nw.LazyFrame[Any]) -> dict[object, Measures] | None:
    """Measure by place the awards to councils; None if nothing says which recipients are."""
    if "council" not in placed.collect_schema().names():
        return None
    table = totals(placed.filter(~nw.col("council").is_null()), ["place"], under=SMALL).set_index("place")
    return {place: {"awards": int(row["awards"]), **_valued(row)} for place, row in table.iterrows()}


def _valued(row: pd.Series[Any]) -> Measures:
    shares = {f"share_{name}": row[name] / row["awards"] for name in SMALL}
    return {"value": _plain(row["value_gbp"]), **shares}


def _counts(row: pd.Series[Any]) -> Measures:
    each = row["recipients"] / row["grants"] if row["grants"] else None
    counts: Measures = {name: int(row[name]) for name in COUNTS}
    return counts | {"recipients_per_grant": each} | _valued(row)


def _concentration(table: pd.DataFrame) -> Measures:
    kept = ["holders", "hhi", "effective_number", "gini", "left_out"]
    return {row["kind"]: {name: _plain(row[name]) for name in kept} for row in table.to_dict("records")}


def _rows(table: pd.DataFrame, place: object, columns: list[str]) -> list[Measures]:
    rows = table.loc[table["place"] == place, columns].to_dict("records")
    return [{str(name): _plain(value) for name, value in row.items()} for row in rows]


def _plain(value: Any) -> int | float | str | None:  # noqa: ANN401 whatever a frame holds
    """Turn a number into one that JSON has; missing ones become None."""
    if value is None or pd.isna(value):
        return None
    return value.item() if hasattr(value, "item") else value
