"""Rubrics: the clauses of a rule for rating evidence, read from a table."""

from __future__ import annotations

import re
from typing import Any

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

STRENGTH = ("strong", "medium", "limited")  # strongest first: the order where the table has no rank
_SHARES = tuple(
    f"{noun}_share_{bound}_percent" for noun in ("pilot", "outcome") for bound in ("minimum", "below")
)
_LAST = "alternatives_required"
_WORDS = {"multiple": "2+", "single": "1", "none": "0"}
COLUMNS = ("rubric", "clause", "rating", "lines", "sources", *_SHARES, _LAST)

Clause = dict[str, Any]


def clauses(criteria: pd.DataFrame) -> list[Clause]:
    """Read the clauses of one rubric, strongest first, by clause within a rating; row order does not count.

    Parameters
    ----------
    criteria
        One row a clause. ``rubric``: one name throughout. ``clause``: its name, unique. ``rating``: any word.
        ``lines`` and ``sources``: ``multiple`` (two or more), ``single`` (exactly one), ``none``, or a number
        such as ``3`` (exactly) or ``3+`` (at least). The four shares: percent, from 0 to 100.
        ``alternatives_required``: true or false. In all but the first three an empty cell asks for nothing.
        ``rank``: 1 for the strongest rating, 2 for the next; not needed where the ratings are strong, medium
        and limited. ``item``, where given: where the clause is printed, such as ``Table 6``.

    Returns
    -------
    list of dict
        Each clause with its ``label`` for readers, such as ``Table 6, clause 2``.

    Raises
    ------
    InputError
        If the rows are not one rubric, a clause is listed twice, or a cell is not of this vocabulary.
    """
    columns.require(criteria, COLUMNS, "rating_criteria")
    rows: list[Any] = criteria.to_dict("records")
    rubrics = list(dict.fromkeys(row["rubric"] for row in rows))
    if len(rubrics) != 1:
        raise InputError("not one rubric", where="criteria", found=rubrics, allowed="the rows of one rubric")
    names = [str(row["clause"]) for row in rows]
    _refuse(rows, "clause", [names.count(name) > 1 for name in names], "each clause once")
    for noun in ("lines", "sources"):
        rows = [row | {noun: _count(row[noun])} for row in rows]
        wrong = [not is_empty(row[noun]) and not re.fullmatch(r"\d+\+?", row[noun]) for row in rows]
        _refuse(rows, noun, wrong, "multiple, single, none, 3, 3+, or empty")
    for share in _SHARES:
        wrong = [not is_empty(row[share]) and not _is_percent(row[share]) for row in rows]
        _refuse(rows, share, wrong, "percent, or empty")
    unclear = [not is_empty(row[_LAST]) and row[_LAST] not in (True, False) for row in rows]
    _refuse(rows, _LAST, unclear, "true, false, or empty")
    ranks = _ranks(rows)
    rows = [row | {"label": _label(row)} for row in rows]
    return sorted(rows, key=lambda row: (ranks[row["rating"]], len(str(row["clause"])), str(row["clause"])))


def ratings(criteria: pd.DataFrame) -> tuple[str, ...]:
    """List the ratings of one rubric, strongest first."""
    return tuple(dict.fromkeys(clause["rating"] for clause in clauses(criteria)))


def spell(symbols: pd.Series[str], criteria: pd.DataFrame) -> pd.Series[str]:
    """Write printed symbols as ratings; where none is printed, it is the rating that has no symbol.

    Parameters
    ----------
    symbols
        Such as S, M and missing.
    criteria
        The rows of one rubric, with the column ``symbol``.

    Raises
    ------
    InputError
        If a symbol stands for no rating or for two.
    """
    columns.require(criteria, ("rating", "symbol"), "rating_criteria")
    pairs = criteria[["symbol", "rating"]].drop_duplicates().fillna({"symbol": ""})
    twice, allowed = pairs["symbol"].duplicated().tolist(), "one rating for each symbol"
    _refuse(pairs.to_dict("records"), "symbol", twice, allowed)  # type: ignore[arg-type]
    known = pairs.set_index("symbol")["rating"]
    printed = symbols.fillna("")
    strange = printed[~printed.isin(known.index)].drop_duplicates().tolist()
    if strange:
        raise InputError("unknown symbol", where=str(symbols.name), found=strange, allowed=known.index)
    return printed.map(known)


def refine(criteria: pd.DataFrame, rubric: str, *, base: str) -> pd.DataFrame:
    """Let a rubric stand on another: for ratings that it does not speak of, the other's clauses hold.

    So the report's footnote 23 says what *strong* and *medium* mean for short-term outcomes, and leaves
    *limited* to Table 6.

    Parameters
    ----------
    criteria
        The rows of several rubrics, as for `clauses`.
    rubric, base
        The rubric that refines, and the one it refines.

    Returns
    -------
    pandas.DataFrame
        `criteria` with the clauses that `rubric` takes over, named ``BASE CLAUSE``; their ``label`` is the
        one that readers know them by in `base`.

    Raises
    ------
    InputError
        If one of the two has no rows.
    """
    columns.require(criteria, COLUMNS, "rating_criteria")
    own, other = (criteria[criteria["rubric"] == name] for name in (rubric, base))
    for name, rows in ((rubric, own), (base, other)):
        if rows.empty:
            allowed = criteria["rubric"].unique().tolist()
            raise InputError("unknown rubric", where="rating_criteria", found=name, allowed=allowed)
    taken = other[~other["rating"].isin(own["rating"])]
    codes = [f"{base} {clause}" for clause in taken["clause"]]
    known: list[Any] = taken.to_dict("records")
    named = taken.assign(rubric=rubric, label=[_label(row) for row in known], clause=codes)
    return pd.concat([criteria.astype({"clause": object}), named], ignore_index=True)


def _label(row: Clause) -> str:
    """Name a clause for readers: by its own label, or by where it is printed."""
    label, printed = row.get("label"), row.get("item")
    if not is_empty(label):
        return str(label)
    return f"clause {row['clause']}" if is_empty(printed) else f"{printed}, clause {row['clause']}"


def _ranks(rows: list[Clause]) -> dict[str, float]:
    """Rank the ratings, lowest for the strongest: by the table's rank, or by the usual words."""
    if "rank" not in rows[0]:
        allowed = f"{', '.join(STRENGTH)}; other words need a column rank"
        _refuse(rows, "rating", [row["rating"] not in STRENGTH for row in rows], allowed)
        return {rating: place for place, rating in enumerate(STRENGTH)}
    _refuse(rows, "rating", [is_empty(row["rating"]) for row in rows], "a word")
    pairs = {(row["rating"], row["rank"]) for row in rows}
    ratings_of, ranks_of = ([pair[side] for pair in pairs] for side in (0, 1))
    wrong = [
        is_empty(row["rank"]) or ratings_of.count(row["rating"]) > 1 or ranks_of.count(row["rank"]) > 1
        for row in rows
    ]
    _refuse(rows, "rank", wrong, "one number for each rating, 1 for the strongest")
    return dict(pairs)


def _count(cell: object) -> object:
    """Write a count as a number: words by what they mean; 3.0, which is what empty cells make of it, as 3."""
    if is_empty(cell):
        return None
    return _WORDS.get(str(cell), str(cell).removesuffix(".0"))


def _is_percent(cell: object) -> bool:
    try:
        return 0 <= float(str(cell)) <= 100
    except ValueError:
        return False


def _refuse(rows: list[Clause], column: str, wrong: list[bool], allowed: str) -> None:
    found = [row[column] for row, is_wrong in zip(rows, wrong, strict=True) if is_wrong]
    if found:
        where = f"rating_criteria, {column}"
        raise InputError("cannot be read as a rubric", where=where, found=found, allowed=allowed)


def is_empty(cell: object) -> bool:
    """Whether a cell of a rubric asks for nothing."""
    return cell is None or cell == "" or cell is pd.NA or cell != cell  # noqa: PLR0124 (NaN is not itself)
