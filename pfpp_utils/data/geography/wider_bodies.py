"""Public bodies that serve several local authorities: their address says little of where money went."""

from __future__ import annotations

import re

import pandas as pd

from pfpp_utils.data.geography.names import plain

#: Kinds of such bodies, by how their names read in plain letters; the first that fits counts.
KINDS = {
    "combined authority": r"combined (county )?authority|greater london authority",
    "transport body": (
        r"^transport for |(integrated|passenger) transport (authority|executive)|^merseytravel$|^nexus$"
    ),
    "police": r"\bpolice\b|\bpcc\b|\bmopac\b|police and crime commissioner",
    "fire and rescue": r"\bfire (and rescue )?(authority|service|brigade)\b",
    "national park authority": r"\bnational park authority\b",
    "local enterprise partnership": r"\blocal enterprise partnership\b|\blep$",
    "government body": r"^(department|ministry) (for|of)\b|^innovate uk\b|^home office$|^hm ",
}
_PATTERNS = {kind: re.compile(pattern) for kind, pattern in KINDS.items()}


def kind(name: str) -> str:
    """Say what kind of wider body a name is of.

    Parameters
    ----------
    name
        As published.

    Returns
    -------
    str
        A key of :data:`KINDS`; empty for any other name.

    Examples
    --------
    >>> kind("Transport for London"), kind("Luton Borough Council")
    ('transport body', '')
    """
    text = plain(name)
    return next((kind for kind, pattern in _PATTERNS.items() if pattern.search(text)), "")


def kinds(names: pd.Series[str]) -> pd.Series[str]:
    """Say the same for many names.

    Parameters
    ----------
    names
        As published; may be missing.

    Returns
    -------
    pandas.Series
        Kinds, missing for any other name; index of `names`.
    """
    found = {name: kind(name) or pd.NA for name in names.dropna().unique()}
    return names.map(found).astype("string")
