"""Sentences on funding for an outcome: how far policy areas can be trusted, and whose money it is."""

from __future__ import annotations

import pandas as pd

#: What stands for awards that could not be given a policy area.
NOT_ASSIGNED = "not assigned"


def accuracy(measured: pd.DataFrame, ways: pd.Series[str]) -> str:
    """Say how often the method is right where that was measured, and how these awards got their areas.

    Parameters
    ----------
    measured
        As from :func:`pfpp_utils.data.policy_sample.accuracy`.
    ways
        Way by which each award got its policy area: ``rule``, ``similarity``, ``publisher`` or ``none``.

    Returns
    -------
    str
        Three sentences, or two if there is no award.
    """
    every, assigned = measured.loc["all"], measured.loc["assigned"]
    text = (
        f"On {every['of']:.0f} schemes labelled by hand the method gives the same area in "
        f"{every['estimate']:.0%} (95% interval {every['low']:.0%} to {every['high']:.0%}), and in "
        f"{assigned['estimate']:.0%} of those to which it gives an area at all. By value, which a few large "
        f"schemes decide, it is {every['right_by_value']:.0%}."
    )
    if ways.empty:
        return text
    names = {
        "rule": "a rule",
        "similarity": "likeness",
        "publisher": "the publisher",
        "none": "none of these",
    }
    shares = ways.map(names).value_counts(normalize=True)
    told = ", ".join(f"{name} for {share:.0%}" for name, share in shares.items())
    return f"{text} Of the awards on this page the area was given by {told}."


def largest(values: pd.Series[float], what: str = "", verb: str = "is") -> str:
    """Say which has most of the value, for a title.

    Parameters
    ----------
    values
        Value (GBP) by name.
    what
        What the names are followed by, such as ``"money"``.
    verb
        What they do with the value.

    Returns
    -------
    str
        Such as ``"Government money is 60% of the value"``; that there is none, if values add up to nothing.

    Examples
    --------
    >>> largest(pd.Series({"lottery": 1.0, "government": 3.0}), "money")
    'Government money is 75% of the value'
    """
    whole = values.sum()
    if not whole > 0:
        return "There is no value"
    name = str(values.idxmax())
    subject = f"{name[:1].upper()}{name[1:]} {what}".strip()
    return f"{subject} {verb} {values.max() / whole:.0%} of the value"


def shares(table: pd.DataFrame, areas: pd.Series[float]) -> str:
    """Say how much of the value is for the places' own outcomes, for a title.

    Parameters
    ----------
    table
        As from :func:`pfpp_utils.methods.outcome_shares.by_place`: `narrow` and `wide` (0 to 1).
    areas
        Value (GBP) of the same awards by policy area, :data:`NOT_ASSIGNED` among them.

    Returns
    -------
    str
        Of one place its shares, of several the largest. Where no award is for an outcome, or near to it, what
        the awards are instead; that there is no value, if there is none.

    Examples
    --------
    >>> table = pd.DataFrame({"narrow": [0.0, 0.02], "wide": [0.031, 0.02]})
    >>> shares(table, pd.Series({"Homelessness": 3.0}))
    'No place has more than 2.0% of its value for its own outcome, or 3.1% with what is related'
    >>> shares(table * 0, pd.Series({"Culture and sport": 3.0}))
    'None of the awards held is in a policy area of the outcome of its place: all are culture and sport'
    """
    if table["wide"].isna().all():
        return "There is no value"
    narrow, wide = (table[name].fillna(0).max() for name in ("narrow", "wide"))
    one = len(table) == 1
    if wide == 0:
        return _none(areas, "the outcome" if one else "the outcome of its place")
    if one:
        return f"{narrow:.1%} of the value is for the place's own outcome, {wide:.1%} with what is related"
    return (
        f"No place has more than {narrow:.1%} of its value for its own outcome, or {wide:.1%} with what is "
        "related"
    )


def in_short(
    table: pd.DataFrame, areas: pd.Series[float], name: str, title: str, *, illustrative: bool
) -> str:
    """Say what a page finds, and first whether its awards are real.

    Parameters
    ----------
    table, areas
        As for :func:`shares`.
    name
        Place or places that the awards went to.
    title
        What the awards are called.
    illustrative
        Whether they are invented.

    Returns
    -------
    str
        One sentence of Markdown, so that a summary of the page never leaves the finding out.

    Examples
    --------
    >>> table = pd.DataFrame({"narrow": [0.02], "wide": [0.031]})
    >>> print(in_short(table, pd.Series({"Schools": 3e6}), "Luton", "files held, 2020-21", illustrative=False))
    **In short.** In files held, 2020-21, £3,000,000 went to Luton, and 2.0% of the value is for the place's own outcome, 3.1% with what is related.
    """  # noqa: E501
    held = "awards invented to show the method" if illustrative else title
    said = shares(table, areas)
    return f"**In short.** In {held}, £{areas.sum():,.0f} went to {name}, and {said[:1].lower()}{said[1:]}."


def unplaced(lost: pd.Series[float], name: str) -> str:
    """Say how much could not be placed, for a note below a table of places.

    Parameters
    ----------
    lost
        `awards`, `value_gbp` and `share` (of all value, 0 to 1) that could not be placed.
    name
        Place or places that the table is of.

    Returns
    -------
    str
        A sentence.

    Examples
    --------
    >>> unplaced(pd.Series({"awards": 2, "value_gbp": 30.0, "share": 0.3}), "Luton")
    'Of all awards of the year 2 (£30, 30.0% of the value) could not be placed. They are in no row, and some may have gone to Luton.'
    >>> unplaced(pd.Series({"awards": 0, "value_gbp": 0.0, "share": 0.0}), "Luton")
    'Of all awards of the year none (0.0% of the value) was left without a place.'
    """  # noqa: E501
    if not lost["awards"]:
        return "Of all awards of the year none (0.0% of the value) was left without a place."
    return (
        f"Of all awards of the year {lost['awards']:,.0f} (£{lost['value_gbp']:,.0f}, {lost['share']:.1%} of "
        f"the value) could not be placed. They are in no row, and some may have gone to {name}."
    )


def _none(areas: pd.Series[float], outcome: str) -> str:
    """Say that no award is for the outcome, and what they are, by value."""
    known = areas.drop(NOT_ASSIGNED, errors="ignore")
    if known.empty:
        return "None of the awards held could be given a policy area"
    held = "is" if len(known) == len(areas) else "is known to be"
    text = f"None of the awards held {held} in a policy area of {outcome}"
    name = f"{str(known.idxmax())[:1].lower()}{str(known.idxmax())[1:]}"
    if len(areas) == 1:
        return f"{text}: all are {name}"
    return f"{text}: {known.max() / areas.sum():.0%} of the value is {name}"
