"""Who received the money: recipients of awards matched into organisations.

First by number (charity, company), then by identifiers whose form shows the register they are from, then by
name, last by likeness of names. What is not sure is not joined but listed for review, and a table of
decisions overrules the method. Recipients that are not named (redacted, individuals, blanks) are no
organisation.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns, organisation_likeness, organisation_links, organisation_records
from pfpp_utils.methods import organisation_tables as tables
from pfpp_utils.methods.organisation_groups import Labels
from pfpp_utils.methods.organisation_links import Doubt, Link, label
from pfpp_utils.methods.organisation_names import key
from pfpp_utils.methods.organisation_records import Record


@dataclass(frozen=True)
class Matches:
    """Recipients of awards as organisations.

    Attributes
    ----------
    awards
        Index as the awards: `recipient` (id of the organisation: ``GB-CHC-1074546``, ``GB-COH-06825798``,
        ``vat:GB108260441`` or ``name:transport for london``), `organisation` (its name, in the spelling that
        most awards have), `matched_by` (of :data:`pfpp_utils.methods.organisation_tables.WAYS`). The first
        two are missing where `not named`.
    organisations
        One row an organisation, largest value first: `recipient`, `organisation`, `names` (spellings, joined
        by `` | ``), `spellings` (how many), `awards`, `value_gbp`.
    review
        One row a pair to be looked at, largest value at stake first: `name_a`, `recipient_a`, `name_b`,
        `recipient_b` (the same where the two are joined all the same), `likeness` (0 to 1), `reason`,
        `value_gbp` (of the smaller of the two organisations: what would move).
    ways
        One row a way of matching: `matched_by`, `awards`, `share_of_awards`, `value_gbp`, `share_of_value`,
        `spellings`.
    """

    awards: pd.DataFrame
    organisations: pd.DataFrame
    review: pd.DataFrame
    ways: pd.DataFrame


def match(awards: pd.DataFrame, decisions: pd.DataFrame | None = None) -> Matches:
    """Match the recipients of awards into organisations.

    Parameters
    ----------
    awards
        One row an award, of one file or many, each index once; needs `recipient_name` and `amount_gbp`.
        `charity_number`, `company_number`, `recipient_identifier`, `postcode` and `file` are used where they
        are there.
    decisions
        What a person has decided: `name_a`, `name_b`, `decision` (``same`` or ``different``). Names as they
        are in the awards, in any spelling of the same key; a name that no award has is passed over. ``same``
        for a name and itself joins all that bear it, whatever their numbers.

    Returns
    -------
    Matches
        The same for any order of the awards.

    Raises
    ------
    InputError
        If a column is missing, a decision is neither word, or names to be kept apart are joined otherwise.

    Examples
    --------
    >>> found = match(
    ...     pd.DataFrame(
    ...         {
    ...             "recipient_name": ["Clinks", "CLINKS LTD", "Redacted", "Redacted"],
    ...             "charity_number": ["1074546", None, None, None],
    ...             "amount_gbp": [3.0, 1.0, 1.0, 1.0],
    ...         }
    ...     )
    ... )
    >>> found.awards["recipient"].tolist()
    ['GB-CHC-1074546', 'GB-CHC-1074546', <NA>, <NA>]
    >>> found.awards["matched_by"].tolist()
    ['number', 'name', 'not named', 'not named']
    """
    columns.require(awards, ["recipient_name", "amount_gbp"], "awards")
    same, apart = _decisions(decisions)
    records, codes = organisation_records.read(awards)
    named, joined, doubts = _groups(records, same, apart)
    _refuse_joined(records, joined, apart)
    spellings = tables.spellings(awards, codes, joined)
    organisations = tables.organisations(spellings, records, joined)
    decided = {name for pair in same for name in pair}
    ways = tables.ways(organisations, records, named, joined, decided)
    matched = tables.matched(codes, organisations, ways, joined)
    open_doubts = [
        doubt for doubt in doubts if _keys(records, doubt) not in {frozenset(pair) for pair in same}
    ]
    review = tables.review(open_doubts, spellings, organisations, records, joined)
    listed = organisations.sort_values(["value_gbp", "recipient"], ascending=[False, True], ignore_index=True)
    return Matches(matched, listed, review, tables.summary(awards, matched["matched_by"]))


def _keys(records: list[Record], doubt: Doubt) -> frozenset[str]:
    return frozenset((records[doubt.one].key, records[doubt.other].key))


def _decisions(decisions: pd.DataFrame | None) -> tuple[list[tuple[str, str]], set[frozenset[str]]]:
    if decisions is None:
        return [], set()
    columns.require(decisions, ["name_a", "name_b", "decision"], "decisions")
    same: list[tuple[str, str]] = []
    apart: set[frozenset[str]] = set()
    for row, (one, other, decision) in enumerate(
        decisions[["name_a", "name_b", "decision"]].itertuples(index=False), start=1
    ):
        pair = key(str(one)), key(str(other))
        if decision not in {"same", "different"} or (decision == "different" and pair[0] == pair[1]):
            raise InputError(
                "not a decision on two names",
                where=f"decisions, row {row}",
                found=(one, other, decision),
                allowed="same, or different for names with different keys",
            )
        if decision == "same":
            same.append(pair)
        else:
            apart.add(frozenset(pair))
    return same, apart


def _groups(
    records: list[Record], same: list[tuple[str, str]], apart: set[frozenset[str]]
) -> tuple[Labels, Labels, list[Doubt]]:
    size = len(records)
    links, doubts = organisation_links.by_number(records, apart)
    more, unsure = organisation_links.by_name(records, label(links, size))
    named = label(links + more, size)
    decided = [*links, *more, *_decided(records, same)]
    alike, nearly = organisation_likeness.by_likeness(records, label(decided, size), apart)
    return named, label([*decided, *alike], size), doubts + unsure + nearly


def _decided(records: list[Record], same: list[tuple[str, str]]) -> list[Link]:
    rows = _rows(records)
    known = [rows[one] + rows[other] for one, other in same if one in rows and other in rows]
    return [(both[0], row) for both in known for row in both]


def _refuse_joined(records: list[Record], joined: Labels, apart: set[frozenset[str]]) -> None:
    rows = _rows(records)
    for one, other in sorted(tuple(sorted(pair)) for pair in apart):
        both = {joined[row] for row in rows.get(one, [])} & {joined[row] for row in rows.get(other, [])}
        if both:
            chain = {record.key for record, group in zip(records, joined, strict=True) if group in both}
            raise InputError(
                "names to be kept apart are joined through others",
                where="decisions",
                found=(one, other),
                allowed=f"a decision on one of: {', '.join(sorted(chain))}",
            )


def _rows(records: list[Record]) -> dict[str, list[int]]:
    rows: defaultdict[str, list[int]] = defaultdict(list)
    for row, record in enumerate(records):
        rows[record.key].append(row)
    return dict(rows)
