"""A place in five plain sentences, and what is not known about it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from pfpp_utils.methods import contribution
from pfpp_utils.publish.cards import SURE, Sure
from pfpp_utils.publish.markup import plain

Row = Mapping[Hashable, Any]

_VOICES = {
    contribution.BEYOND: "not only those who took part say so",
    contribution.OPINION: "all of it is the word of those who took part",
    contribution.NO_SOURCE: "none of it says whose word it is",
}
_RIVALS = {
    contribution.ANSWERED: "and an answer to it is given",
    contribution.UNANSWERED: "and not ruled out",
}
_MARKS = {"S": "strong", "M": "medium"}


def in_short(pilot: Row, reached: Row, told: pd.DataFrame, rating: str) -> dict[str, str]:
    """Say in five parts what was tried, with what money, what was done, what came of it, and how sure it is.

    Parameters
    ----------
    pilot
        A row of table ``pilots``.
    reached
        The place's row of table ``reach`` that stands for its reach.
    told
        Its story, from :func:`pfpp_utils.methods.contribution.story`, by step.
    rating
        Published mark of its first results: ``S``, ``M`` or ``none``.

    Returns
    -------
    dict
        Head to sentences, as Markdown.
    """
    claim, (sure, because) = told["claim"], how_sure(told.loc["outcomes"].to_dict(), rating)
    credited = f"The report credits {'' if rating in _MARKS else 'no '}first results here."
    called = f"A grant of £{pilot['funding_gbp']:,} for the pilot, called “{pilot['pilot_name']}”."
    return {
        "What was tried, and for whom": plain(pilot["focus"]),
        "The money": plain(called),
        "What was done": plain(f"{claim['implemented']} {claim['uptake']} {reach(reached)}"),
        "What came of it": plain(f"{claim['outcomes']} {credited}"),
        "How sure that is": f"**{SURE[sure][0]}.** {plain(because)}",
    }


def reach(row: Row) -> str:
    """Say whom a place reached, by the figure that stands for it, and its target if there was one.

    Examples
    --------
    >>> row = {"measure": "Visitors", "value": 700.0, "value_qualifier": "exactly", "unit": "people"}
    >>> reach({**row, "target_low": 100.0, "target_high": 100.0})
    'Visitors: 700, against a target of 100.'
    """
    if bool(pd.isna(row["value"])):
        return "The report gives no count of the people reached."
    about = {"exactly": "", "about": "about "}.get(row["value_qualifier"], f"{row['value_qualifier']} ")
    ends = [f"{end:,.0f}" for end in (row["target_low"], row["target_high"]) if pd.notna(end)]
    target = f", against a target of {' to '.join(dict.fromkeys(ends))}" if ends else ""
    return f"{row['measure']}: {about}{row['value']:,.0f}{target}."


def how_sure(outcomes: Row, rating: str) -> tuple[Sure, str]:
    """Say how sure it is that a pilot had first results, and why.

    Parameters
    ----------
    outcomes
        The step of first results, from :func:`pfpp_utils.methods.contribution.story`.
    rating
        Its published mark: ``S``, ``M`` or ``none``.

    Returns
    -------
    tuple
        How sure, and two sentences. *Fair* asks for a mark, for evidence of others than those who took part,
        and for no other explanation left open; *firm* also for a mark of strong evidence.
    """
    found = {role: len(outcomes[role]) for role in ("evidence_for", "evidence_against", "rivals")}
    backed = outcomes["voices"] == contribution.BEYOND
    closed = outcomes["rivals_answered"] != contribution.UNANSWERED
    sure: Sure = "weak" if found["evidence_for"] + found["evidence_against"] else "open"
    if rating in _MARKS and backed and closed:
        sure = "firm" if rating == "S" and not found["evidence_against"] else "fair"
    mark = _MARKS.get(rating)
    said = f"calls its evidence of results {mark}" if mark else "found limited evidence of results, or none"
    return sure, f"The report {said}. {_weighed(found, outcomes)}"


def _weighed(found: dict[str, int], outcomes: Row) -> str:
    """Say what is printed for and against results, whose word it is, and what else could explain them."""
    good, bad, rivals = found.values()
    if not good + bad:
        return "Nothing in print speaks for results, or against them."
    whose = f" ({_VOICES[outcomes['voices']]})" if outcomes["voices"] in _VOICES else ""
    speak = _count(good, "statement speaks", "statements speak")
    said = f"In print, {speak} for results{whose}, {bad or 'none'} against."
    if not rivals:
        return said
    other = _count(rivals, "other explanation is", "other explanations are")
    return f"{said} {other.capitalize()} named {_RIVALS[outcomes['rivals_answered']]}."


def unknown(
    name: str, reached: Row, told: pd.DataFrame, *, analysed: str | None, mapped: bool, undone: list[str]
) -> list[str]:
    """List what is not known about a place.

    Parameters
    ----------
    name
        Of the place.
    reached, told
        As for :func:`in_short`.
    analysed
        Status of the place's breakeven analysis; None if there was none.
    mapped
        Whether the spend mapping prints a figure for the place.
    undone
        Activities of data collection that did not take place there.

    Returns
    -------
    list of str
        A sentence each.
    """
    silent = list(told.loc[~told["evidenced"], "question"])
    gaps = {
        f"How many people {name} reached: no count is printed.": pd.isna(reached["value"]),
        "How many it was meant to reach: no target is printed.": pd.isna(reached["target_low"]),
        "What would have happened without the pilot: no evidence compares it with people not reached.": True,
        f"Whether it paid: {_BREAKEVEN[analysed]}": True,
        "What other central money reaches the place: no figure is printed.": not mapped,
        f"The answer to these, for nothing printed speaks for it: {' '.join(silent)}": bool(silent),
        f"What these would have shown, not being done here: {', '.join(undone).lower()}.": bool(undone),
    }
    return [gap for gap, holds in gaps.items() if holds]


_BREAKEVEN = {
    None: "no breakeven analysis was made.",
    "target_published": "a target was printed, but not what it was worked out from.",
    "too_early": "the report judged it too early to tell.",
    "unlikely": "the report held it unlikely in the programme's time, without printing a target.",
}


def _count(number: int, one: str, many: str) -> str:
    return f"{number or 'no'} {one if number == 1 else many}"
