"""What a matching of recipients gives, as tables: ids and names, ways of matching, pairs to review."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence

import pandas as pd

from pfpp_utils.methods.organisation_groups import Labels
from pfpp_utils.methods.organisation_ids import NUMBERS, identify, undisputed
from pfpp_utils.methods.organisation_links import Doubt
from pfpp_utils.methods.organisation_names import key
from pfpp_utils.methods.organisation_records import Record, scheme

WAYS = ["number", "identifier", "name", "similar name", "decision", "not named"]
"""How an award's recipient was matched: by a charity or company number of its own; by another identifier;
by a name that is equal but for its form; by likeness of names; by a person's decision; not at all."""


def spellings(awards: pd.DataFrame, codes: pd.Series[int], joined: Labels) -> pd.DataFrame:
    """Count the spellings of each organisation, the one to show first.

    Parameters
    ----------
    awards
        With `recipient_name` and `amount_gbp`.
    codes
        Record of each award, -1 where not named.
    joined
        Group of each record.

    Returns
    -------
    pandas.DataFrame
        One row a group and spelling: `group`, `name`, `awards`, `value_gbp`, `key`. In a group the spelling
        of most awards comes first; of equals, one that is not all in capitals, then the first by alphabet.
    """
    known = codes[codes.ge(0)]
    said = awards.loc[codes.ge(0).to_numpy(), ["recipient_name", "amount_gbp"]]
    names = said.assign(group=joined[known], name=said["recipient_name"].astype("string").str.strip())
    grouped = names.groupby(["group", "name"], as_index=False)
    table = grouped.agg(awards=("amount_gbp", "size"), value_gbp=("amount_gbp", "sum"))
    table = table.assign(key=table["name"].map(key), capitals=table["name"].str.isupper())
    order = ["group", "awards", "capitals", "name"]
    table = table.sort_values(order, ascending=[True, False, True, True], ignore_index=True)
    return table.assign(value_gbp=table["value_gbp"].round(2)).drop(columns="capitals")


def organisations(spelt: pd.DataFrame, records: Sequence[Record], joined: Labels) -> pd.DataFrame:
    """Describe each organisation: `recipient`, `organisation`, `names`, `spellings`, `awards`, `value_gbp`.

    Parameters
    ----------
    spelt
        As of :func:`spellings`.
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    joined
        Group of each record.

    Returns
    -------
    pandas.DataFrame
        One row a group, which is the index.
    """
    table = spelt.groupby("group").agg(
        organisation=("name", "first"),
        names=("name", " | ".join),
        spellings=("name", "size"),
        awards=("awards", "sum"),
        value_gbp=("value_gbp", "sum"),
    )
    table["value_gbp"] = table["value_gbp"].round(2)  # pennies, whatever the order of adding
    table.insert(0, "recipient", identify(table["organisation"], records, joined))
    return table


def ways(
    table: pd.DataFrame, records: Sequence[Record], named: Labels, joined: Labels, decided: Collection[str]
) -> list[str]:
    """Say by which of `WAYS` each record came to its organisation.

    Parameters
    ----------
    table
        As of :func:`organisations`.
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    named
        Group of each record by number, identifier and name alone.
    joined
        Group of each record in the end.
    decided
        Keys that a decision joins.

    Returns
    -------
    list of str
        One a record.
    """
    preferred = table["organisation"].map(key)
    anchors: defaultdict[int, set[int]] = defaultdict(set)
    for group, before, record in zip(joined, named, records, strict=True):
        if record.key == preferred[group]:
            anchors[group].add(before)
    shared = _shared(records, joined)
    found = []
    for row, tokens in enumerate(undisputed(records, joined)):
        if any(scheme(token) in NUMBERS for token in tokens):
            found.append("number")
        elif tokens or (joined[row], records[row].own) in shared:
            found.append("identifier")
        elif named[row] in anchors[joined[row]]:
            found.append("name")
        else:
            found.append("decision" if records[row].key in decided else "similar name")
    return found


def matched(codes: pd.Series[int], table: pd.DataFrame, way: Sequence[str], joined: Labels) -> pd.DataFrame:
    """Give each award its `recipient`, `organisation` and `matched_by`; index as `codes`."""
    groups = pd.Series(joined, dtype="Int64").reindex(codes).set_axis(codes.index)
    return pd.DataFrame(
        {
            "recipient": groups.map(table["recipient"]).astype("string"),
            "organisation": groups.map(table["organisation"]).astype("string"),
            "matched_by": pd.Series(way, dtype="string")
            .reindex(codes)
            .set_axis(codes.index)
            .fillna(WAYS[-1]),
        }
    )


def review(
    doubts: Sequence[Doubt],
    spelt: pd.DataFrame,
    table: pd.DataFrame,
    records: Sequence[Record],
    joined: Labels,
) -> pd.DataFrame:
    """List the pairs that a person should look at, largest value at stake first.

    Parameters
    ----------
    doubts
        Pairs of records.
    spelt
        As of :func:`spellings`.
    table
        As of :func:`organisations`.
    records
        As of :func:`pfpp_utils.methods.organisation_records.read`.
    joined
        Group of each record.

    Returns
    -------
    pandas.DataFrame
        As `review` of :class:`pfpp_utils.methods.organisations.Matches`.
    """
    usual = {
        (group, name): spelling
        for group, name, spelling in spelt.drop_duplicates(["group", "key"])[
            ["group", "key", "name"]
        ].itertuples(index=False)
    }
    rows = []
    for doubt in doubts:
        ends = [(int(joined[row]), records[row].key) for row in (doubt.one, doubt.other)]
        (name_a, a), (name_b, b) = sorted((usual[end], end[0]) for end in ends)
        stake = table.loc[[a, b], "value_gbp"].min()
        ids = table.at[a, "recipient"], table.at[b, "recipient"]
        rows.append((name_a, ids[0], name_b, ids[1], doubt.likeness, doubt.reason, stake))
    columns = ["name_a", "recipient_a", "name_b", "recipient_b", "likeness", "reason", "value_gbp"]
    listed = pd.DataFrame(rows, columns=columns).drop_duplicates()
    return listed.sort_values(["value_gbp", *columns[:-1]], ascending=[False] + [True] * 6, ignore_index=True)


def summary(awards: pd.DataFrame, matched_by: pd.Series[str]) -> pd.DataFrame:
    """Count awards, value and spellings by way of matching.

    Returns
    -------
    pandas.DataFrame
        As `ways` of :class:`pfpp_utils.methods.organisations.Matches`; one row for each of `WAYS`.
    """
    grouped = awards.groupby(matched_by)
    table = pd.DataFrame(
        {
            "awards": grouped.size(),
            "value_gbp": grouped["amount_gbp"].sum().round(2),
            "spellings": grouped["recipient_name"].nunique(),
        }
    )
    table = table.reindex(WAYS, fill_value=0).rename_axis("matched_by").reset_index()
    table.insert(2, "share_of_awards", table["awards"] / table["awards"].sum())
    table.insert(4, "share_of_value", table["value_gbp"] / table["value_gbp"].sum())
    return table


def _shared(records: Sequence[Record], joined: Labels) -> set[tuple[int, str]]:
    """Find the groups, with a publisher's own identifier, in which this joined several names."""
    keys: defaultdict[tuple[int, str], set[str]] = defaultdict(set)
    for group, record in zip(joined, records, strict=True):
        if record.own:
            keys[group, record.own].add(record.key)
    return {held for held, names in keys.items() if len(names) > 1}
