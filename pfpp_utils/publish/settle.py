"""Settling published claims on a page: one call shows both numbers side by side and records the verdicts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any, Final

import pandas as pd

from pfpp_utils.data import claim_groups, sources, tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import ledger, occurrences
from pfpp_utils.methods.claims import Number
from pfpp_utils.publish import claim_tables

#: Type of the output that carries the records, a line of JSON for each claim: a changed verdict is one line
#: of a notebook's differences.
MIME = "application/vnd.pfpp.claims.jsonl"
#: What a record keeps of a settled claim, and under which name.
RECORD = {
    "claim": "claim",
    "unit": "unit",
    "as_published": "published",
    "as_recomputed": "recomputed",
    "code": "status",
    "rounding": "rounding",
    "reason": "reason",
    "conflicts_with": "conflicts_with",
}
#: What a reader can download of it.
SHOWN = {
    "claim": "Claim",
    "where": "Place",
    "statement": "What is claimed",
    "as_published": "Published",
    "as_recomputed": "Recomputed",
    "code": "Verdict",
    "basis": "What it rests on",
    "reason": "Note",
}
SCOPE = "Claims as the report prints them, 13 places in England, 2021 to 2023"
#: Verdict of each claim that this process has settled, to be summed up at the end of a page.
_VERDICTS: Final[dict[str, str]] = {}
SOURCE = "As named in each row; tables of the data package"

Value = Number | bool | tuple[Number, str]


def claims(values: Mapping[str, Value], *, strand: str, name: str, title: str) -> None:
    """Settle claims with recomputed values: a table for readers, and a record for the ledger.

    Parameters
    ----------
    values
        Name of a quantity, which stands for all claims of the strand about it that wait for a value, or name
        of one claim, to its value in the claim's unit; for a comparison, whether it holds. A value may be
        given with its unit, such as ``(87, "ticks")``, which must then be the claim's.
    strand
        Strand of the claims; claims of other strands about the same quantity stay as they are.
    name, title
        Of the table, as for :func:`pfpp_utils.publish.show.table`.

    Raises
    ------
    InputError
        If a name is neither, or two names give one claim; if a unit is another, or a value does not suit its
        claim.
    """
    everything = tables.load("claims").query("strand == @strand")
    waiting = everything[everything[["members", "needs"]].isna().all(axis="columns")]
    given = _by_claim(values, waiting, strand)
    chosen = waiting[waiting["claim"].isin(given)]
    units = dict(zip(chosen["claim"], chosen["unit"], strict=True))
    plain = {one: _plain(one, value, units) for one, value in given.items()}
    _show(settled(chosen, plain), claim_tables.beside, name, title)


def named(strand: str, *, name: str, title: str) -> None:
    """Settle the claims of a strand that count or list names, such as those of the pilots in a table.

    Parameters
    ----------
    strand
        Strand of the claims.
    name, title
        Of the table.
    """
    everything = tables.load("claims").query("strand == @strand")
    counted = everything[everything["members"].notna() & everything["needs"].isna()]
    _show(settled(counted, {}), claim_tables.beside, name, title)


def out_of_reach(strand: str, *, name: str, title: str) -> None:
    """Record the claims of a strand that cannot be recomputed, and show what each waits for.

    Parameters
    ----------
    strand
        Strand of the claims.
    name, title
        Of the list.
    """
    everything = tables.load("claims").query("strand == @strand")
    _show(settled(everything[everything["needs"].notna()], {}), claim_tables.waiting, name, title)


def in_short(strand: str) -> None:
    """Say how many of the claims of a strand, settled before on the page, can be checked, and how many hold.

    Parameters
    ----------
    strand
        Strand of the claims.
    """
    from pfpp_utils.publish import show  # noqa: PLC0415 slow to load, and not needed to check claims

    own = tables.load("claims").query("strand == @strand")["claim"]
    verdicts = own.map(_VERDICTS).dropna()
    show.text(f"**In short.** {claim_tables.summed(verdicts)} {claim_tables.unchecked(verdicts)}".strip())


def settled(claims: pd.DataFrame, values: Mapping[str, Number | bool]) -> pd.DataFrame:
    """Settle claims by rule, each place in which a quantity is printed compared with all others.

    Parameters
    ----------
    claims
        Rows of table ``claims``.
    values
        Claim to value, for those that need one.

    Returns
    -------
    pandas.DataFrame
        As :func:`pfpp_utils.methods.ledger.settle_all` gives it, with `where`, the citation; `code`, the
        status as programs know it; and `conflicts_with`, a list of what contradicts the claim.
    """
    groups = claim_groups.load() if claims["members"].notna().any() else {}
    compared = _compared(claims["quantity"])
    alone = ledger.settle_all(claims, values, groups=groups)
    found = ledger.settle_all(claims, values, groups=groups, compared=compared)
    found["where"], found["code"] = sources.cite(found), found["status"].map(ledger.CODES)
    against = (alone["as_recomputed"] + ": " + alone["basis"]).where(alone["status"].eq("inconsistent"))
    places = found["quantity"].map(compared[~compared["alike"]].set_index("quantity")["places"].to_dict())
    both = zip(places, against, strict=True)
    found["conflicts_with"] = [[str(side) for side in pair if pd.notna(side)] for pair in both]
    return found


def stated(claims: pd.DataFrame) -> dict[str, dict[str, object]]:
    """Say what a record must have in common with its claim.

    Parameters
    ----------
    claims
        Rows of table ``claims``.

    Returns
    -------
    dict
        Claim to its `unit` (or None) and its `published` value as text.
    """
    groups = claim_groups.load() if claims["members"].notna().any() else {}
    rows = claims.to_dict("records")
    texts = {row["claim"]: ledger.as_published(row, groups) for row in rows}
    return {row["claim"]: {"unit": _or_none(row["unit"]), "published": texts[row["claim"]]} for row in rows}


def _compared(quantities: pd.Series[str]) -> pd.DataFrame:
    """Compare all places in which the report prints a quantity, whichever strand they belong to."""
    everything = tables.load("claims")
    printed = everything[everything["quantity"].isin(quantities) & (everything["kind"] != "range")]
    printed = printed.rename(columns={"published": "value", "qualifier": "value_qualifier"})
    return occurrences.compare(occurrences.gather({"quantity": printed.assign(where=sources.cite(printed))}))


def _by_claim(values: Mapping[str, Value], waiting: pd.DataFrame, strand: str) -> dict[str, Value]:
    """Give each claim its value; the name of a quantity stands for all its claims."""
    given: dict[str, Value] = {}
    for key, value in values.items():
        found = waiting.loc[waiting["quantity"] == key, "claim"]
        found = found if len(found) else waiting.loc[waiting["claim"] == key, "claim"]
        if found.empty:
            allowed = f"a quantity or a claim of strand {strand} in table claims that waits for a value"
            raise InputError("unknown claim", where="a call of settle.claims", found=key, allowed=allowed)
        if twice := given.keys() & set(found):
            what, allowed = "a claim is settled twice in one call", "one value for each claim"
            raise InputError(what, where=key, found=", ".join(sorted(twice)), allowed=allowed)
        given |= dict.fromkeys(found, value)
    return given


def _plain(claim: str, value: Value, units: Mapping[str, str]) -> Number | bool:
    """Take the unit off a value, if it is the claim's."""
    if not isinstance(value, tuple):
        return value
    number, unit = value
    if unit != units[claim]:
        where, allowed = f"claim {claim}", f"{units[claim]}, the unit in table claims"
        raise InputError("a value of another unit", where=where, found=f"{number} {unit}", allowed=allowed)
    return number


def scope() -> str:
    """Say where and when the claims hold; a project of one's own says no more than whose they are."""
    return "Claims as the report prints them" if tables.has("places") else SCOPE


def _show(found: pd.DataFrame, write: claim_tables.Writer, name: str, title: str) -> None:
    from pfpp_utils.publish import show  # noqa: PLC0415 slow to load, and not needed to check claims

    _VERDICTS.update(zip(found["claim"], found["code"], strict=True))
    rows = found[list(RECORD)].rename(columns=RECORD).to_dict("records")
    lines = [
        json.dumps({key: _or_none(value) for key, value in row.items()}, ensure_ascii=False) for row in rows
    ]
    data = found[list(SHOWN)].rename(columns=SHOWN)
    kind = "List" if write is claim_tables.waiting else "Table"
    texts: dict[str, Any] = {
        "name": name,
        "title": title,
        "subtitle": scope(),
        "source": SOURCE,
        "kind": kind,
    }
    show.block(write, found, data=data, kept={MIME: "\n".join(lines)}, **texts)


def _or_none(value: object) -> object:
    return None if isinstance(value, float) and pd.isna(value) else value
