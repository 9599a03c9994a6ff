"""A programme of one's own in a few cards: what was tried and found, how sure that is, and what it cost."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from pfpp_utils.data.own.programme import Programme
from pfpp_utils.methods.evidence_ladder import LIKELY
from pfpp_utils.publish.cards import Card
from pfpp_utils.publish.claim_tables import summed
from pfpp_utils.publish.own.ratings import NO_RATING

_EXAMPLE = "Illustrative: some rows behind it only show how a table is filled in."


def cards(
    about: Programme,
    costs: pd.DataFrame,
    results: pd.DataFrame,
    rated: pd.DataFrame,
    appraised: pd.DataFrame,
    ledger: pd.DataFrame,
    invented: dict[str, bool],
) -> list[Card]:
    """Make the cards.

    Parameters
    ----------
    about
        The programme.
    costs, results
        The tables of these names.
    rated
        As from :func:`pfpp_utils.publish.own.ratings.rated`.
    appraised
        As from :func:`pfpp_utils.publish.own.appraisals.overview`.
    ledger
        As from :func:`pfpp_utils.publish.records.load`; may have no row.
    invented
        By ``tried``, ``changed``, ``evidence``, ``worth`` and ``trust``, whether examples stand behind it.
        What rests on examples is not known.

    Returns
    -------
    list of Card
        In the order of reading; the last only if the ledger has rows.
    """
    made = {
        "tried": tried(about, costs),
        "changed": changed(results),
        "evidence": strength(rated),
        "worth": worth(appraised),
    }
    made |= {"trust": trust(ledger)} if len(ledger) else {}
    return [
        replace(card, sure="open", because=_EXAMPLE) if invented[name] else card
        for name, card in made.items()
    ]


def tried(about: Programme, costs: pd.DataFrame) -> Card:
    """Say where the programme ran, and what it cost."""
    number = costs["place"].nunique()
    return Card(
        "What was tried, and what did it cost?",
        f"{about.name} ran in {about.geography}, {about.period}, for £{costs['amount_gbp'].sum():,.0f} in "
        f"{_count(number, 'place')}.",
        "firm",
        f"The sum of {_count(len(costs), 'cost')}, each with its source.",
        "#place-by-place",
        "See the places",
    )


def changed(results: pd.DataFrame) -> Card:
    """Say how many targets were met."""
    known = results.dropna(subset=["value", "target"])
    met, waiting = int((known["value"] >= known["target"]).sum()), len(results) - len(known)
    told = f"{met} of {_count(len(known), 'target')} that can be compared with a result were met."
    left = f"{_count(waiting, 'result')} cannot be compared with a target."
    return Card(
        "What came of it?",
        "No result can be compared with a target yet." if known.empty else told,
        "open" if known.empty else "fair" if waiting else "firm",
        left if waiting or known.empty else "Every result can be compared with a target.",
        "#place-by-place",
        "See place by place",
    )


def strength(rated: pd.DataFrame) -> Card:
    """Say how good the evidence is that the steps were reached."""
    none, bare = int((rated["rating"] == NO_RATING).sum()), int((rated["supporting"] == 0).sum())
    best = rated.loc[rated["supporting"] > 0, "rating"].value_counts()
    told = ", ".join(f"{number} {word}" for word, number in best.items() if word != NO_RATING)
    return Card(
        "How good is the evidence?",
        f"Of {_count(len(rated), 'step')} in all places, those with evidence are rated: {told or 'none'}.",
        "open" if bare == len(rated) else "weak" if 2 * (bare + none) >= len(rated) else "fair",
        f"For {_count(bare, 'step')} no line of evidence speaks.",
        "evidence",
        "See the evidence",
    )


def worth(appraised: pd.DataFrame) -> Card:
    """Say what it takes for the programme to be worth its cost."""
    known, needed = appraised.dropna(subset="chance"), appraised["needed"].dropna()
    ends = " to ".join(f"{each:,}" for each in sorted({needed.min(), needed.max()}))
    people = f"{ends} people" if len(needed) else "no number of people is enough, or none"
    likely = int((known["reached"] >= known["likely"]).sum())
    return Card(
        "Was it worth its cost?",
        f"In each place, {people} must benefit for the value to equal the cost. {likely} of "
        f"{_count(len(known), 'place')} with known reach had enough to be {LIKELY:.0%} sure.",
        "weak",
        "It rests on assumptions, which are listed and can be changed.",
        "breakeven",
        "See the sums",
    )


def trust(ledger: pd.DataFrame) -> Card:
    """Say which numbers of the programme's report hold."""
    return Card(
        "Do the report's numbers hold?",
        summed(ledger["status"]),
        "firm",
        "Each verdict is reached by a rule, and can be looked up.",
        "reproduction-ledger",
        "Look one up",
    )


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"
