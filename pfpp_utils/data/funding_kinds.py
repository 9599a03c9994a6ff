"""Whose money an award is: government, lottery, charitable or local, by funder, programme and its code."""

from __future__ import annotations

import re
from fnmatch import translate

import pandas as pd

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError

#: What stands for funders that no rule knows.
UNKNOWN = "not classified"
GOVERNMENT = "government"


def kinds(awards: pd.DataFrame) -> pd.DataFrame:
    """Find the rule of table ``funding_kinds`` that fits each award: the first whose patterns all match.

    Parameters
    ----------
    awards
        One row an award: `funder`, `programme_title` and, if there is one, `programme`, the publisher's code
        of the programme (Arts Council England: ``GIA`` for grant-in-aid, ``LOT`` for the Lottery). Each may
        be missing in a row.

    Returns
    -------
    pandas.DataFrame
        Index of `awards`: `kind` (:data:`UNKNOWN` where no rule fits), `department` (code of the department
        that the funder answers to, missing where none is known), `rank` of the rule and its `reason`.

    Raises
    ------
    InputError
        If a column is missing.
    """
    if missing := [column for column in ("funder", "programme_title") if column not in awards]:
        raise InputError("missing column", where="awards", found=[*map(str, awards)], allowed=missing)
    names = awards.reindex(columns=["funder", "programme_title", "programme"]).astype("string").fillna("")
    rules = tables.load("funding_kinds").sort_values("rank")
    known = names.drop_duplicates()
    found = [_first(rules, *name) for name in known.itertuples(index=False)]
    table = pd.DataFrame(found, columns=["kind", "department", "rank", "reason"])
    by_name = pd.concat([known.reset_index(drop=True), table], axis=1)
    joined = names.merge(by_name, how="left").set_axis(awards.index)[[*table]]
    return joined.assign(
        kind=joined["kind"].fillna(UNKNOWN).astype("string"), rank=joined["rank"].astype("Int64")
    )


def of_department(funder: pd.Series[str]) -> pd.Series[str]:
    """Code of each funder that is a department, by its name or code in table ``departments``.

    Parameters
    ----------
    funder
        Names such as ``"Department for Education"`` or ``"DfE"``; letter case and signs do not matter.

    Returns
    -------
    pandas.Series
        Codes, missing where the funder is no department known.

    Examples
    --------
    >>> of_department(pd.Series(["Ministry of Justice", "dft", "Arts Council England"])).tolist()
    ['MoJ', 'DfT', <NA>]
    """
    known = tables.load("departments")
    named = known.dropna(subset=["name"])
    codes = {_plain(code): code for code in known["department"]}
    codes |= {_plain(name): code for name, code in zip(named["name"], named["department"], strict=True)}
    return funder.map(_plain, na_action="ignore").map(codes).astype("string")


def _first(rules: pd.DataFrame, funder: str, programme: str, code: str) -> tuple[object, ...]:
    for rule in rules.itertuples():
        patterns = zip((rule.funder, rule.programme, rule.code), (funder, programme, code), strict=True)
        if all(_fits(pattern, name) for pattern, name in patterns):
            return rule.kind, rule.department, rule.rank, rule.reason
    return (None, None, None, None)


def _fits(pattern: object, name: str) -> bool:
    return re.match(translate(str(pattern)), name.strip(), re.IGNORECASE) is not None


def _plain(name: object) -> str:
    return re.sub(r"\band\b|[\W_]", "", str(name).replace("&", " and ").casefold())
