"""A ledger of published claims: what each was recomputed to, and a verdict that a rule reached."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import Any, Literal, get_args

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, Verdict, exact, settle, settle_list

Status = Literal[
    "reproduced exactly",
    "reproduced within rounding",
    "inconsistent",
    "derived here for the first time",
    "not reproducible",
]
#: What can become of a claim.
STATUSES: tuple[Status, ...] = get_args(Status)
SETTLED = ["as_published", "as_recomputed", "status", "rounding", "reason"]

Names = tuple[Collection[str], Collection[str]]
Row = dict[Hashable, Any]


def settle_all(
    claims: pd.DataFrame,
    recomputed: Mapping[str, Number | bool],
    *,
    lists: Mapping[str, Names] | None = None,
    compared: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Settle every claim by rule: the first of these that applies decides.

    - Its quantity is printed with another value elsewhere: ``inconsistent``.
    - It is not recomputed: ``not reproducible``, for the reason in `needs`.
    - It is recomputed, but no number is printed: ``derived here for the first time``.
    - It is recomputed: as :func:`pfpp_utils.methods.claims.settle` says; what is "not reproduced" there is
      ``inconsistent`` here, as both values are the documents' own.

    Parameters
    ----------
    claims
        One row a claim: `claim`, `kind` (``list`` and ``comparison`` are special), `published` (a number, or
        missing), `unit`, `qualifier`, `decimals`, `quantity`, and `needs` (what is lacking, for the claims
        that are not recomputed and for no others). Other columns are kept.
    recomputed
        Name of a claim to its value, in the claim's unit; for a comparison, whether it holds.
    lists
        Name of a claim of kind ``list`` to the names printed and the names they are compared with.
    compared
        What :func:`compare` returns.

    Returns
    -------
    pandas.DataFrame
        The claims in their order, with `as_published` and `as_recomputed` (texts), `status` (one of
        ``STATUSES``), `rounding` (the rule or the qualifier that bridges a difference) and `reason`.

    Raises
    ------
    InputError
        If a claim is listed twice, is neither recomputed nor said to be out of reach, or is both; if
        something is recomputed that is no claim; or if a value does not suit its claim.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim": ["share"], "kind": ["share"], "published": [39.0], "decimals": [0],
    ...     "unit": ["percent"], "qualifier": ["exactly"], "quantity": ["share"], "needs": [None]})
    >>> settle_all(claims, {"share": 100 * 47 / 119})[["as_recomputed", "status", "rounding"]].loc[0].tolist()
    ['39.5%', 'reproduced within rounding', 'half up']
    """
    lists = lists or {}
    _check(claims, recomputed, lists)
    rows = claims.to_dict("records")
    settled = [_settle(row, recomputed.get(row["claim"]), lists.get(row["claim"])) for row in rows]
    ledger = claims.reset_index(drop=True).join(pd.DataFrame(settled, columns=SETTLED))
    if compared is not None:
        others = compared.loc[~compared["alike"]].drop_duplicates("quantity").set_index("quantity")["places"]
        differs = ledger["quantity"].isin(others.index)
        ledger.loc[differs, "reason"] = ledger["quantity"].map(others)
        ledger.loc[differs, ["status", "rounding"]] = ["inconsistent", ""]
    return ledger


def compare(occurrences: pd.DataFrame) -> pd.DataFrame:
    """Compare all places in which a quantity is printed with each other.

    Two exact values must be equal; a qualified one ("over", "about") must be borne out by every exact one.
    Two qualified values are not set against each other.

    Parameters
    ----------
    occurrences
        One row a place: `quantity`, `unit`, `value`, `value_qualifier` (missing means exactly) and `place`,
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

    Examples
    --------
    >>> printed = pd.DataFrame({"quantity": "teams", "unit": "teams", "value": [119, 100, 114],
    ...     "value_qualifier": [None, "over", None], "place": ["section 1", "section 2", "a letter"]})
    >>> compare(printed)["places"].tolist()
    ['119 teams in section 1; 114 teams in a letter']
    """
    rows = []
    for (quantity, unit), group in occurrences.groupby(["quantity", "unit"], sort=False):
        printed = group.assign(value_qualifier=group["value_qualifier"].fillna("exactly")).to_dict("records")
        at_odds = [pair for pair in combinations(printed, 2) if not _agree(*pair)]
        places = _places([row for row in printed if any(row in pair for pair in at_odds)])
        rows.append((quantity, unit, len(printed), not at_odds, places))
    return pd.DataFrame(rows, columns=["quantity", "unit", "times", "alike", "places"])


def of_strand(ledger: pd.DataFrame, strand: str) -> pd.DataFrame:
    """Keep the rows of one strand, or of ``"all"``.

    Raises
    ------
    InputError
        If no row has that strand.
    """
    strands = ledger["strand"].unique().tolist()
    if strand not in ["all", *strands]:
        raise InputError("unknown strand", where="strand", found=strand, allowed=["all", *strands])
    return ledger[(ledger["strand"] == strand) | (strand == "all")]


def in_words(value: Number, unit: str, qualifier: str = "exactly", decimals: int = 0) -> str:
    """Write a number with its unit and qualifier, with no more than so many decimals.

    Examples
    --------
    >>> in_words(87250, "GBP"), in_words(39.496, "percent", decimals=1), in_words(100, "teams", "over")
    ('£87,250', '39.5%', 'over 100 teams')
    """
    number = f"{float(value):,.{max(decimals, 0)}f}"
    number = number.rstrip("0").rstrip(".") if "." in number else number
    shown = {"GBP": f"£{number}", "percent": f"{number}%"}.get(unit, f"{number} {unit}")
    return shown if qualifier == "exactly" else f"{qualifier.replace('_', ' ')} {shown}"


def _check(claims: pd.DataFrame, recomputed: Mapping[str, object], lists: Mapping[str, object]) -> None:
    names, given = claims["claim"], {*recomputed, *lists}
    needing, listing = set(names[claims["needs"].notna()]), set(names[claims["kind"] == "list"])
    wrong = {
        "claim listed twice": set(names[names.duplicated()]),
        "recomputed, but no claim": given - set(names),
        "neither recomputed nor said to be out of reach": set(names) - given - needing,
        "both recomputed and said to be out of reach": given & needing,
        "a single value for a list": listing & set(recomputed),
        "a list for a single value": set(lists) - listing,
    }
    allowed = "each claim once, with either a value of its kind or a text in `needs`"
    for what, found in wrong.items():
        if found:
            raise InputError(what, where="claims", found=", ".join(sorted(found)), allowed=allowed)


def _settle(row: Row, value: Number | bool | None, names: Names | None) -> tuple[str, ...]:
    """Settle one claim on its own; the result has the fields of ``SETTLED``."""
    stated, gives = _as_text(row), ""
    if names is not None:
        stated, gives = (", ".join(sorted(set(side))) for side in names)
        verdict = settle_list(*names)
    elif value is None:
        return stated, gives, "not reproducible", "", str(row["needs"])
    elif (row["kind"] == "comparison") != isinstance(value, bool | np.bool_):
        allowed = "true or false for a comparison, a number for anything else"
        raise InputError("unsuitable value", where=f"claim {row['claim']}", found=value, allowed=allowed)
    elif row["kind"] == "comparison":
        verdict = Verdict("reproduced exactly" if value else "not reproduced")
        stated, gives = "so", "so" if value else "not so"
    else:
        gives = in_words(value, row["unit"], decimals=max(_decimals(row), 0) + 1)
        if not stated:
            return stated, gives, "derived here for the first time", "", "No number is printed."
        verdict = _settle_number(row, value)
    return stated, gives, *_explain(verdict, gives, row["qualifier"])


def _settle_number(row: Row, value: Number) -> Verdict:
    try:
        return settle(row["published"], value, decimals=_decimals(row), qualifier=row["qualifier"])
    except InputError as error:
        where = f"claim {row['claim']}, {error.where}"
        raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from error


def _explain(verdict: Verdict, gives: str, qualifier: str) -> tuple[str, str, str]:
    """Give the status, what bridges a difference, and the reason in words."""
    if verdict.status == "reproduced within rounding":
        how = verdict.rounding or f"as “{qualifier.replace('_', ' ')}” allows"
        return verdict.status, how, f"{gives}, rounded {how}" if verdict.rounding else how
    if verdict.status == "not reproduced":
        sides = {"Only in the claim": verdict.missing, "Only in what it is compared with": verdict.extra}
        lists = "; ".join(f"{side}: {', '.join(names)}" for side, names in sides.items() if names)
        return "inconsistent", "", lists or f"What it is compared with gives {gives}."
    return verdict.status, "", ""


def _as_text(row: Row) -> str:
    if not _has(row, "published"):
        return ""
    return in_words(row["published"], row["unit"], row["qualifier"], _decimals(row))


def _decimals(row: Row) -> int:
    return int(row["decimals"]) if _has(row, "decimals") else 0


def _has(row: Row, column: str) -> bool:
    return bool(pd.notna(row[column]))


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
        found.setdefault(value, []).append(row["place"])
    more = {value: f" (and {len(places) - 1} more)" for value, places in found.items() if len(places) > 1}
    return "; ".join(f"{value} in {places[0]}{more.get(value, '')}" for value, places in found.items())
