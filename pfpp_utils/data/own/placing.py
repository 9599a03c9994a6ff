"""Where awards belong, by what a project says of its own places: codes, names and postcodes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import pandas as pd

from pfpp_utils.data.geography import names

#: Columns that are looked at for each kind of row of table ``place_areas``, the surest first.
CODES = ("Beneficiary Location:Geographic Code", "Recipient Org:Location:Geographic Code")
AUTHORITIES = ("Beneficiary Location:Name", "Recipient Org:Location:Name", "Recipient Org:City")
POSTCODE, RECIPIENT = "Recipient Org:Postal Code", "Recipient Org:Name"
_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)([0-9])([A-Z]{2})")
Known = Mapping[str, str]


def place(awards: pd.DataFrame, areas: pd.DataFrame) -> pd.DataFrame:
    """Say which place each award belongs to.

    A code is surer than the name of an authority, that than a postcode, and that than the name of a
    recipient which is a council itself. Names of councils are the same with or without words such as
    "Borough Council".

    Parameters
    ----------
    awards
        Canonical awards.
    areas
        Table ``place_areas``: `place`; `kind`, which is ``code``, ``authority`` or ``postcode``; and `value`.
        A postcode is a whole one, a sector (ZZ1 2) or a district (ZZ1).

    Returns
    -------
    pandas.DataFrame
        Index of `awards`: `place` (slug, missing where nothing says it), `placed_by` (words for readers) and
        `disagree` (the place that another way names, missing where none does).
    """
    codes, authorities, posts = (_known(areas, kind) for kind in ("code", "authority", "postcode"))
    ways = {f"code: {name}": awards[name].map(lambda text: codes.get(code(text))) for name in CODES}
    ways |= {
        f"name: {name}": awards[name].map(lambda text: authorities.get(council(text))) for name in AUTHORITIES
    }
    ways["postcode"] = awards[POSTCODE].map(lambda text: _by_postcode(text, posts))
    ways["recipient is the council"] = awards[RECIPIENT].map(lambda text: _own_council(text, authorities))
    found = pd.DataFrame(ways, dtype=object)
    first = found.bfill(axis="columns").iloc[:, 0].astype("string")
    way = found.notna().idxmax(axis="columns").where(first.notna()).astype("string")
    others = found.where(found.ne(first, axis="index") & found.notna())
    return pd.DataFrame(
        {
            "place": first,
            "placed_by": way,
            "disagree": others.bfill(axis="columns").iloc[:, 0].astype("string"),
        }
    )


def code(text: object) -> str:
    """Write an official code without blanks and in capitals; "" for a missing one."""
    return "" if pd.isna(text) else str(text).strip().upper()  # type: ignore[call-overload]


def council(text: object) -> str:
    """Return what two names of one authority share.

    Examples
    --------
    >>> council("Alder Borough Council") == council("ALDER")
    True
    """
    return "" if pd.isna(text) else names.parse(str(text)).core  # type: ignore[call-overload]


def postcodes(text: object) -> Iterator[str]:
    """Give a postcode, its sector and its district; nothing if it is none.

    Examples
    --------
    >>> list(postcodes("zz12 3ab"))
    ['ZZ12 3AB', 'ZZ12 3', 'ZZ12']
    """
    whole = "" if pd.isna(text) else re.sub(r"\s", "", str(text)).upper()  # type: ignore[call-overload]
    if parts := _POSTCODE.fullmatch(whole):
        district, sector, unit = parts.groups()
        yield from (f"{district} {sector}{unit}", f"{district} {sector}", district)


def key(kind: str, value: str) -> str:
    """Return what a value of table ``place_areas`` is looked up by.

    Examples
    --------
    >>> key("postcode", "zz1  2"), key("authority", "Alder District Council")
    ('ZZ1 2', 'alder')
    """
    if kind == "postcode":
        return next(postcodes(value), " ".join(value.upper().split()))
    return code(value) if kind == "code" else council(value)


def _known(areas: pd.DataFrame, kind: str) -> dict[str, str]:
    own = areas[areas["kind"] == kind]
    return {key(kind, value): slug for slug, value in zip(own["place"], own["value"], strict=True)}


def _by_postcode(text: object, known: Known) -> str | None:
    return next((known[each] for each in postcodes(text) if each in known), None)


def _own_council(text: object, known: Known) -> str | None:
    parsed = None if pd.isna(text) else names.parse(str(text))  # type: ignore[call-overload]
    return known.get(parsed.core) if parsed and parsed.council else None
