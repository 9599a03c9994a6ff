"""The programme in a few cards: what was tried and found, how sure that is, and what it cost."""

from __future__ import annotations

import pandas as pd
from scipy import stats

from pfpp_utils.methods.evidence_ladder import LIKELY
from pfpp_utils.publish.cards import Card, Sure
from pfpp_utils.publish.claim_tables import CHECKED, HOLDS, summed

#: The report's count of pilots that reliably reported what became of people, among its claims.
PERSONS = "person_level_outcomes"
#: Chance below which a difference is not put down to chance.
LEVEL = 0.05


def in_short(marks: pd.DataFrame, ledger: pd.DataFrame) -> str:
    """Say what the programme came to, and how far that can be trusted.

    Parameters
    ----------
    marks
        One row a pilot, one column a step of the pathway: whether there is evidence that it was reached.
    ledger
        As from :func:`pfpp_utils.publish.records.load`.

    Returns
    -------
    str
        Two sentences of Markdown.
    """
    done, gained, pilots = int(marks["implemented"].sum()), int(marks["outcomes"].sum()), len(marks)
    delivered = f"All {pilots} pilots were" if done == pilots else f"{done} of {pilots} pilots were"
    claims = ledger[ledger["status"] != "derived"]
    lost = int((claims["status"] == "not_reproducible").sum())
    told = "may have made" if by_chance(marks) < LEVEL else "cannot be shown to have made"
    return (
        f"{delivered} delivered, and {gained} are credited with first results. Central government's part "
        f"{told} the difference, and **{lost} of the {len(claims)} numbers in the report cannot be checked "
        "from outside**."
    )


def cards(
    pilots: pd.DataFrame,
    ratings: pd.DataFrame,
    lasting: pd.Series[bool],
    ledger: pd.DataFrame,
    appraised: pd.DataFrame,
    followed: tuple[int, int],
) -> list[Card]:
    """Make the cards.

    Parameters
    ----------
    pilots
        Table ``pilots``.
    ratings
        One row a pilot by name, one column a step: ``S``, ``M`` or ``none``.
    lasting
        By pilot's name, whether the report's text says that lasting relations came about.
    ledger
        As from :func:`pfpp_utils.publish.records.load`.
    appraised
        As from :func:`pfpp_utils.publish.pilot_appraisals.overview`.
    followed
        How many marks for strong or medium evidence follow from what is printed, and how many there are.

    Returns
    -------
    list of Card
        What was tried, what changed in government and for people, what central involvement did, whether it
        was worth it, and how far the report can be trusted.
    """
    marks = ratings != "none"
    return [
        tried(pilots, ledger),
        closer(marks, lasting),
        benefit(ratings, ledger),
        difference(marks),
        worth(appraised),
        trust(ledger, followed),
    ]


def tried(pilots: pd.DataFrame, ledger: pd.DataFrame) -> Card:
    """Say what was tried, and what the places got for it."""
    gbp, own = pilots["funding_gbp"], [f"funding_{pilot}" for pilot in pilots["pilot"]]
    held = ledger[ledger["quantity"].isin(own) & ledger["status"].isin(HOLDS)]["quantity"].nunique()
    return Card(
        "What was tried, and what did it cost?",
        f"{len(pilots)} places each tackled a problem of their own, with officials to turn to and grants of "
        f"£{gbp.sum() / 1e6:.2f} million in all (£{gbp.min():,} to £{gbp.max():,}).",
        _sure(ledger, ["places_funded", *own]),
        f"{held} of {len(own)} grants can be checked against a second passage; officials' time is left out.",
        "#table-places",
        "See the places",
    )


def closer(marks: pd.DataFrame, lasting: pd.Series[bool]) -> Card:
    """Say whether central and local government came to work together, and what came of it."""
    said = lasting.reindex(marks.index)
    counts = sorted({int(said.sum()), int(marks["engaged"].sum())})
    odd, freed = list(marks.index[said != marks["engaged"]]), list(marks.index[marks["unblocked"]])
    where = f" ({', '.join(freed)})" if len(freed) in (1, 2) else ""
    return Card(
        "Did central and local government work closer together?",
        f"Lasting working relations came about in {' or '.join(map(str, counts))} of {len(marks)} places. "
        f"Officials removed a barrier to delivery in {len(freed)}{where}.",
        "fair" if len(odd) <= 1 else "weak",
        f"The report's text and table disagree on {_listed(odd)}." if odd else "Text and table agree.",
        "building-understanding",
        "See what was built",
    )


def benefit(ratings: pd.DataFrame, ledger: pd.DataFrame) -> Card:
    """Say whether people are better off."""
    outcomes = ratings["outcomes"]
    strong, gained = int((outcomes == "S").sum()), int((outcomes != "none").sum())
    sure, counted = _sure(ledger, [PERSONS]), ledger.loc[ledger["quantity"] == PERSONS, "number"].dropna()
    number = int(counted.iloc[0]) if len(counted) else None
    whom = f" {number} place{'' if number == 1 else 's'} reported reliably what became of people."
    return Card(
        "Are people better off?",
        f"The report credits first results in {gained} of {len(outcomes)} places."
        f"{'' if number is None else whom}",
        "fair" if strong == gained and sure != "open" else "weak",
        f"The report calls its own evidence strong in {strong or 'none'} of the {gained}.",
        "effective-interventions",
        "See step by step",
    )


def difference(marks: pd.DataFrame) -> Card:
    """Say whether results went with central engagement more often than chance would have it."""
    engaged, rest = marks[marks["engaged"]], marks[~marks["engaged"]]
    chance = by_chance(marks)
    return Card(
        "Was it central government's part that did it?",
        f"Results came in {engaged['outcomes'].sum()} of {len(engaged)} places with regular contact, and in "
        f"{rest['outcomes'].sum()} of {len(rest)} without.",
        "weak" if chance < LEVEL else "open",
        f"Were there no link, so large a difference would still come by chance in {chance:.0%} of cases.",
        "reach-and-change",
        "See the comparison",
    )


def worth(appraised: pd.DataFrame) -> Card:
    """Say what it takes for the pilots to be worth their cost."""
    known = appraised.dropna(subset="chance")
    even, likely = (known["reached"] >= known["even"]).sum(), (known["reached"] >= known["likely"]).sum()
    return Card(
        "Was it worth its cost?",
        f"Between {appraised['needed'].min():,} and {appraised['needed'].max():,} people must gain for a "
        f"pilot to pay off. Of {len(known)} that counted people, {even} reached enough for even odds, and "
        f"{likely or 'none'} enough to be {LIKELY:.0%} sure.",
        "weak" if likely < len(known) else "fair",
        "What a gain is worth is assumed, and in "
        f"{appraised['placeholder'].sum()} of {len(appraised)} pilots the gain itself is a stand-in.",
        "breakeven",
        "See the sums",
    )


def trust(ledger: pd.DataFrame, followed: tuple[int, int]) -> Card:
    """Say which numbers of the report hold, and whether its ratings follow from what it prints."""
    return Card(
        "Can the report's numbers be trusted?",
        f"{summed(ledger['status'])} Of {followed[1]} ratings for good evidence, {followed[0]} follow from "
        "what is printed.",
        "firm",
        "Each verdict is reached by a rule, and can be looked up.",
        "reproduction-ledger",
        "Look one up",
    )


def by_chance(marks: pd.DataFrame) -> float:
    """Chance of as strong a link between engagement and outcomes if there is none (Fisher's exact test)."""
    crossed = pd.crosstab(marks["engaged"], marks["outcomes"])
    whole = crossed.reindex(index=[True, False], columns=[True, False], fill_value=0)
    return float(stats.fisher_exact(whole.to_numpy()).pvalue)


def _sure(ledger: pd.DataFrame, quantities: list[str]) -> Sure:
    """Say how sure printed quantities are: by how many passages that print them hold."""
    status = ledger.loc[ledger["quantity"].isin(quantities), "status"]
    if status.isin(HOLDS).all() and len(status):
        return "firm"
    return "fair" if status.isin(CHECKED).any() else "open"


def _listed(names: list[str]) -> str:
    return ", ".join(names) if len(names) < 3 else f"{len(names)} places"
