"""Where a quantity is printed: all its places gathered, and compared with each other."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any

import pandas as pd

from pfpp_utils.methods.claims import Number, exact, settle

Row = dict[Hashable, Any]


def gather(tables: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Put together all places in which a quantity is printed, for :func:`compare`.

    Parameters
    ----------
    tables
        Names of the columns that say what is measured, joined by blanks, to the table: those columns,
        `value`, `value_qualifier` (if there is one), `unit` and `where` (the citation). Rows without a
        value are left out.

    Returns
    -------
    pandas.DataFrame
        One row a place: `quantity` (those columns joined by underscores) and the other four.
    """
    columns = ["quantity", "value", "value_qualifier", "unit", "where"]
    named = []
    for keys, frame in tables.items():
        quantity = frame[keys.split()].agg("_".join, axis=1)
        named.append(frame.assign(quantity=quantity, value_qualifier=frame.get("value_qualifier"))[columns])
    return pd.concat(named, ignore_index=True).dropna(subset=["value"])


def compare(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Compare all places in which a quantity is printed with each other.

    Two exact values must be equal; a qualified one ("over", "about") must be borne out by every exact one.
    Two qualified values are not set against each other.

    Parameters
    ----------
    occurrences
        One row a place: `quantity`, `unit`, `value`, `value_qualifier` (missing means exactly) and `where`,
        the citation. Values of one quantity in different units are not compared.

    Returns
    -------
    pandas.DataFrame
        One row a quantity and unit: `quantity`, `unit`, `times` printed, whether all are `alike`, and
        `places`: the values that disagree, each with where it stands; empty if none do.

    Raises
    ------
    InputError
        If a value is not finite or a qualifier is unknown.

    References
    ----------
    The rules are this project's own.

    Examples
    --------
    >>> printed = pd.DataFrame({"quantity": "teams", "unit": "teams", "value": [119, 100, 114],
    ...     "value_qualifier": [None, "over", None], "where": ["section 1", "section 2", "a letter"]})
    >>> compare(printed)["places"].tolist()
    ['119 teams in section 1; 114 teams in a letter']
    """
    rows = []
    for (quantity, unit), group in occurrences.groupby(["quantity", "unit"], sort=False):
        printed = group.assign(value_qualifier=group["value_qualifier"].fillna("exactly")).to_dict("records")
        at_odds = [pair for pair in combinations(printed, 2) if not _agree(*pair)]
        places = _places([row for row in printed if any(row in pair for pair in at_odds)])
        rows.append((quantity, unit, len(printed), not at_odds, places))
    compared = pd.DataFrame(rows, columns=["quantity", "unit", "times", "alike", "places"])
    return compared.astype({"alike": bool})


def in_words(value: Number, unit: str, qualifier: str = "exactly", decimals: int = 0) -> str:
    """Write a number with its unit (a plural) and qualifier, with no more than so many decimals.

    Parameters
    ----------
    value
        A number in that unit.
    unit
        Plural of the unit, such as ``"teams"``; ``"GBP"`` and ``"percent"`` are written as signs.
    qualifier
        Word before the number; ``"exactly"`` is not written.
    decimals
        Most decimals to write; idle zeros are left out.

    Returns
    -------
    str
        Such as ``"over 100 teams"``.

    Examples
    --------
    >>> in_words(87250, "GBP"), in_words(39.496, "percent", decimals=1)
    ('£87,250', '39.5%')
    >>> in_words(100, "teams", "over"), in_words(1, "pilots")
    ('over 100 teams', '1 pilot')
    """
    number = f"{float(value):,.{max(decimals, 0)}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    unit = unit.removesuffix("s") if number == "1" else unit
    shown = {"GBP": f"£{number}", "percent": f"{number}%"}.get(unit, f"{number} {unit}")
    return shown if qualifier == "exactly" else f"{qualifier.replace('_', ' ')} {shown}"


def _agree(one: Row, other: Row) -> bool:
    """Whether two places print the same value, as far as their qualifiers commit them."""
    if other["value_qualifier"] != "exactly":
        one, other = other, one
    if other["value_qualifier"] != "exactly":
        return True
    finest = Decimal(str(one["value"])).normalize().as_tuple().exponent
    decimals = max(0, -int(finest))
    verdict = settle(one["value"], other["value"], decimals=decimals, qualifier=one["value_qualifier"])
    return verdict.status != "not reproduced"


def _places(rows: list[Row]) -> str:
    """Name the first place of each value, and count the others."""
    found: dict[str, list[str]] = {}
    for row in rows:
        value = in_words(exact(row["value"]), row["unit"], row["value_qualifier"], decimals=6)
        found.setdefault(value, []).append(row["where"])
    more = {value: f" (and {len(places) - 1} more)" for value, places in found.items() if len(places) > 1}
    return "; ".join(f"{value} in {places[0]}{more.get(value, '')}" for value, places in found.items())
