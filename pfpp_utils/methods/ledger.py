"""A ledger of published claims: what each was recomputed to, and a verdict that a rule reached."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Literal, get_args

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, Verdict, rounded, settle, settle_list
from pfpp_utils.methods.occurrences import Row, in_words

Status = Literal[
    "reproduced exactly",
    "reproduced within rounding",
    "inconsistent",
    "derived here for the first time",
    "not reproducible",
]
#: What can become of a claim.
STATUSES: tuple[Status, ...] = get_args(Status)
#: The same as programs know it, and in a word for readers.
CODES = dict(
    zip(STATUSES, ("reproduced", "rounded", "inconsistent", "derived", "not_reproducible"), strict=True)
)
#: What stands in place of a value where there is none.
NOT_PRINTED, NOT_RECOMPUTED = "not printed", "not recomputed"
#: What stands in place of a list without names.
NOBODY = "nobody"
SETTLED = ["as_published", "as_recomputed", "status", "rounding", "reason"]
_WITHIN = "lies within the range, whose ends are not checked"
_ROUNDED = {"half up": "rounded half up", "half even": "rounded half to even", "up": "rounded up"}

Groups = Mapping[str, Collection[str]]


def members(tables: Mapping[str, pd.Series]) -> dict[str, list[str]]:
    """Collect the names that belong together, such as the pilots that reached a step.

    Parameters
    ----------
    tables
        Name of a table to its names (such as pilots), with what they are grouped by as the index (one level
        or several). A missing name is nobody's: a group of such names alone is kept, without members.

    Returns
    -------
    dict
        Name of each group, which is the table's name and the key, to its different names in order.

    Examples
    --------
    >>> members({"steps": pd.Series(["Luton", "Durham", "Durham"], index=["uptake", "uptake", "engaged"])})
    {'steps engaged': ['Durham'], 'steps uptake': ['Durham', 'Luton']}
    """
    found = {}
    for table, names in tables.items():
        for key, part in names.groupby(level=list(range(names.index.nlevels))):
            parts = key if isinstance(key, tuple) else (key,)
            found[" ".join([table, *map(str, parts)])] = sorted(part.dropna().unique())
    return found


def settle_all(
    claims: pd.DataFrame,
    recomputed: Mapping[str, Number | bool],
    *,
    groups: Groups | None = None,
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
        missing), `unit`, `qualifier`, `decimals`, `quantity`; `members`, the group that a claim counts or
        lists, and `against`, the group that a list is compared with; `needs`, what is lacking, for claims
        that are not recomputed and for no others. A ``range`` has its other end in `published_high`: a value
        between the ends reproduces it. A ``table`` has no value, only needs. Other columns are kept.
    recomputed
        Name of a claim without members to its value, in the claim's unit; for a comparison, whether it holds.
    groups
        What :func:`members` returns.
    compared
        What :func:`compare` returns.

    Returns
    -------
    pandas.DataFrame
        The claims in their order, with `as_published` and `as_recomputed` (texts, ``NOT_PRINTED`` or
        ``NOT_RECOMPUTED`` where there is no value), `status` (one of ``STATUSES``), `rounding` (the rule
        or the qualifier that bridges a difference) and `reason`.

    Raises
    ------
    InputError
        If a claim is listed twice, is neither recomputed nor said to be out of reach, or is both; if
        something is recomputed that is no claim; if a group is unknown, or a value does not suit its claim.

    References
    ----------
    The rules are this project's own.

    Examples
    --------
    >>> claims = pd.DataFrame({"claim": ["share"], "kind": ["share"], "published": [39.0], "decimals": [0],
    ...     "unit": ["percent"], "qualifier": ["exactly"], "quantity": ["share"], "members": [None],
    ...     "against": [None], "needs": [None]})
    >>> settle_all(claims, {"share": 100 * 47 / 119})[["as_recomputed", "status", "rounding"]].loc[0].tolist()
    ['just under 39.5%', 'reproduced within rounding', 'half up']
    """
    groups = groups or {}
    _check(claims, recomputed, groups)
    settled = [_named(row, recomputed.get(row["claim"]), groups) for row in claims.to_dict("records")]
    ledger = claims.reset_index(drop=True).join(pd.DataFrame(settled, columns=SETTLED))
    if compared is not None:
        others = compared.loc[~compared["alike"]].drop_duplicates("quantity").set_index("quantity")["places"]
        differs = ledger["quantity"].isin(others.index)
        ledger.loc[differs, "reason"] = ledger["quantity"].map(others)
        ledger.loc[differs, ["status", "rounding"]] = ["inconsistent", ""]
    return ledger


def as_published(row: Row, groups: Groups) -> str:
    """Write what a claim says: its number with unit and qualifier, or the names of its list.

    Parameters
    ----------
    row
        A claim, as for :func:`settle_all`.
    groups
        What :func:`members` returns; needed for lists.

    Returns
    -------
    str
        ``NOT_PRINTED`` if no number is printed.
    """
    if row["kind"] in ("comparison", "table"):
        return {"comparison": "yes", "table": "as printed"}[row["kind"]]
    if row["kind"] == "list":
        return ", ".join(groups[row["members"]]) or NOBODY
    if not _has(row, "published"):
        return NOT_PRINTED
    stated = in_words(row["published"], row["unit"], row["qualifier"], _decimals(row))
    if row["kind"] == "range":
        stated += " to " + in_words(row["published_high"], row["unit"], decimals=_decimals(row))
    return stated


def unexplained(ledger: pd.DataFrame) -> int:
    """Count the disagreements that the documents do not explain, each quantity once.

    Parameters
    ----------
    ledger
        What :func:`settle_all` returns, with `explanation`: the documents' own, missing if they give none.

    Returns
    -------
    int
        Number of quantities.

    Examples
    --------
    >>> ledger = pd.DataFrame({"quantity": ["a", "a", "b"], "status": "inconsistent",
    ...     "explanation": [None, None, "two funders"]})
    >>> unexplained(ledger)
    1
    """
    left = ledger[(ledger["status"] == "inconsistent") & ledger["explanation"].isna()]
    return left["quantity"].nunique()


def of_strand(ledger: pd.DataFrame, strand: str) -> pd.DataFrame:
    """Keep the rows of one strand, or of ``"all"``.

    Parameters
    ----------
    ledger
        One row a claim, with its `strand`.
    strand
        A value of that column, or ``"all"``.

    Returns
    -------
    pandas.DataFrame
        Those rows, with their index and all columns.

    Raises
    ------
    InputError
        If no row has that strand.
    """
    strands = ledger["strand"].unique().tolist()
    if strand not in ["all", *strands]:
        raise InputError("unknown strand", where="strand", found=strand, allowed=["all", *strands])
    return ledger[(ledger["strand"] == strand) | (strand == "all")]


def _check(claims: pd.DataFrame, recomputed: Mapping[str, object], groups: Groups) -> None:
    names = claims["claim"]
    lists, needing = claims["kind"] == "list", set(names[claims["needs"].notna()])
    only_named = lists & claims["needs"].notna() & claims["against"].isna()  # a list that nothing else names
    grouped = set(names[claims["members"].notna() & ~only_named])
    given = {*recomputed, *grouped}
    wrong = {
        "claim listed twice": set(names[names.duplicated()]),
        "recomputed, but no claim": given - set(names),
        "recomputed twice, by its members and otherwise": grouped & set(recomputed),
        "neither recomputed nor said to be out of reach": set(names) - given - needing,
        "both recomputed and said to be out of reach": given & needing,
        "a list without two groups": set(names[(lists & ~only_named) ^ claims["against"].notna()]),
        "unknown group": {*claims["members"].dropna(), *claims["against"].dropna()} - set(groups),
    }
    allowed = "each claim once, with members, a value of its kind or a text in `needs`"
    for what, found in wrong.items():
        if found:
            raise InputError(what, where="claims", found=", ".join(sorted(found)), allowed=allowed)


def _named(row: Row, value: Number | bool | None, groups: Groups) -> tuple[str, ...]:
    """Settle one claim, and name it in any error."""
    try:
        return _settle(row, value, groups)
    except InputError as error:
        where = f"claim {row['claim']}, {error.where}"
        raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from error


def _settle(row: Row, value: Number | bool | None, groups: Groups) -> tuple[str, ...]:
    """Settle one claim on its own; the result has the fields of ``SETTLED``."""
    stated = as_published(row, groups)
    if _has(row, "against"):
        names = groups[row["members"]], groups[row["against"]]
        stated, gives = (", ".join(side) or NOBODY for side in names)
        return stated, gives, *_explain(settle_list(*names))
    value = len(groups[row["members"]]) if _has(row, "members") and row["kind"] != "list" else value
    if value is None:
        return stated, NOT_RECOMPUTED, "not reproducible", "", str(row["needs"])
    if (row["kind"] == "comparison") != isinstance(value, bool | np.bool_):
        allowed = "true or false for a comparison, a number for anything else"
        raise InputError("unsuitable value", where="recomputed", found=value, allowed=allowed)
    if row["kind"] == "comparison":
        verdict = Verdict("reproduced exactly" if value else "not reproduced")
        return stated, "yes" if value else "no", *_explain(verdict)
    gives = _telling(value, row["unit"], max(_decimals(row), 0))
    if not _has(row, "published"):
        return stated, gives, "derived here for the first time", "", ""
    if row["kind"] == "range":
        within = row["published"] <= value <= row["published_high"]
        status, rounding, _ = _explain(Verdict("reproduced exactly" if within else "not reproduced"))
        return stated, gives, status, rounding, _WITHIN if within else ""
    verdict = settle(row["published"], value, decimals=_decimals(row), qualifier=row["qualifier"])
    return stated, gives, *_explain(verdict, row["qualifier"])


def _telling(value: Number, unit: str, decimals: int) -> str:
    """Write a value to one decimal more than is printed, in such a way that a reader rounds it as we do."""
    shown = rounded(value, decimals + 1)
    under = rounded(shown, decimals) != rounded(value, decimals)
    return ("just under " if under else "") + in_words(shown, unit, decimals=decimals + 1)


def _explain(verdict: Verdict, qualifier: str = "") -> tuple[str, str, str]:
    """Give the status, what bridges a difference, and the reason in words."""
    if verdict.status == "reproduced within rounding":
        how = verdict.rounding or f"as “{qualifier.replace('_', ' ')}” allows"
        return verdict.status, how, _ROUNDED.get(how, how)
    if verdict.status == "not reproduced":
        sides = {"only in the claim": verdict.missing, "not in the claim": verdict.extra}
        reason = "; ".join(f"{side}: {', '.join(names)}" for side, names in sides.items() if names)
        return "inconsistent", "", reason
    return verdict.status, "", ""


def _decimals(row: Row) -> int:
    return int(row["decimals"]) if _has(row, "decimals") else 0


def _has(row: Row, column: str) -> bool:
    return bool(pd.notna(row[column]))
