"""Rules that every chart keeps, checked as it is drawn: on its texts and marks as they come out."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import NamedTuple

from matplotlib.figure import Figure

from pfpp_utils.errors import InputError
from pfpp_utils.publish import kind_rules, mark_rules, marks, proof, text_rules
from pfpp_utils.publish.contrast import GRAPHIC, TEXT
from pfpp_utils.publish.mark_rules import CATEGORIES
from pfpp_utils.publish.marks import Mark
from pfpp_utils.publish.proof import Proof
from pfpp_utils.publish.text_rules import LETTERS

#: How many faults of one kind are named.
NAMED = 5


class Drawn(NamedTuple):
    """A chart as it comes out: the figure, its proof and its marks."""

    chart: Figure
    proof: Proof
    marks: list[Mark]


class Rule(NamedTuple):
    """A rule: what breaks it, what is allowed instead, and what finds the faults."""

    broken: str
    allowed: str
    faults: Callable[[Drawn], Iterator[str]]


RULES: tuple[Rule, ...] = (
    Rule("its letters are too small", f"{LETTERS:g} points or more", lambda it: text_rules.size(it.proof)),
    Rule("its text is not horizontal", "no text turned", lambda it: text_rules.turned(it.proof)),
    Rule("its text is cut off", "all text within the picture", lambda it: text_rules.cut_off(it.proof)),
    Rule("its texts overlap", "room for each text", lambda it: text_rules.overlapping(it.proof)),
    Rule("its text is covered", "nothing drawn over text", lambda it: text_rules.covered(it.proof)),
    Rule(
        "its text stands off too little",
        f"{TEXT}:1 against what lies below",
        lambda it: text_rules.faint(it.proof),
    ),
    Rule(
        "its marks stand off too little",
        f"{GRAPHIC:g}:1 against what lies below, by face, border or hatch, or a label in the mark",
        lambda it: mark_rules.faint(it.marks, it.proof.lines),
    ),
    Rule(
        "neighbours differ too little",
        f"{GRAPHIC:g}:1 between colours, or another hatch, a border that differs from both, or labels",
        lambda it: mark_rules.alike(it.marks, it.proof.lines),
    ),
    Rule(
        "it tells things apart by colour alone",
        "another hatch, dashes or shape, direct labels, or a legend in the order of the bars",
        lambda it: mark_rules.colour_alone(it.marks, list(it.proof.lines), it.chart),
    ),
    Rule(
        "it has too many categories",
        f"at most {CATEGORIES} looks, by colour, hatch, dashes or shape",
        lambda it: mark_rules.categories(it.marks, list(it.proof.lines)),
    ),
    Rule(
        "its marks are cut off",
        "all marks within the axes",
        lambda it: mark_rules.cut_off(it.marks, it.proof),
    ),
    Rule("it has two scales", "one scale, or a picture each", lambda it: kind_rules.dual_axes(it.chart)),
    Rule(
        "its bars do not begin at nought",
        "bars from 0; dots or lines",
        lambda it: kind_rules.truncated(it.chart),
    ),
    Rule("it shows depth", "two dimensions", lambda it: kind_rules.depth(it.chart)),
    Rule("a part of it is made of pixels", "lines and areas", lambda it: kind_rules.pixels(it.chart)),
    Rule("a part of it is a table", "show.table", lambda it: kind_rules.tables(it.chart)),
    Rule(
        "it is drawn with effects",
        "plain colours; a white box behind a text (`set_bbox`) for one that lies on lines",
        lambda it: kind_rules.effects(it.chart),
    ),
    Rule(
        "its letters are drawn as shapes",
        "text, and dots without letters",
        lambda it: kind_rules.letters(it.chart),
    ),
)


def check(chart: Figure, name: str) -> None:
    """Refuse a chart that breaks a rule; its layout is fixed, so that it is saved as it was looked at.

    Parameters
    ----------
    chart
        A figure that is ready to be shown.
    name
        Its name on the page.

    Raises
    ------
    InputError
        With the first rule that is broken, and by what.

    References
    ----------
    Government Analysis Function, Data visualisation: charts; W3C, WCAG 2.2, 1.4.1, 1.4.3 and 1.4.11.
    """
    require(look(chart), name)


def require(drawn: Drawn, name: str) -> None:
    """Refuse a chart that has been looked at, as :func:`check` does.

    Parameters
    ----------
    drawn
        From :func:`look`.
    name
        Its name on the page.
    """
    for rule, found in _faults(drawn):
        listed = "; ".join(found[:NAMED]) + (f"; and {len(found) - NAMED} more" if len(found) > NAMED else "")
        raise InputError(rule.broken, where=f"figure {name}", found=listed, allowed=rule.allowed)


def look(chart: Figure) -> Drawn:
    """Draw a chart to look at it.

    Parameters
    ----------
    chart
        A figure that is ready to be shown; its layout is fixed.
    """
    pulled = proof.pull(chart)
    return Drawn(chart, pulled, marks.gather(chart))


def faults(chart: Figure) -> Iterator[tuple[Rule, list[str]]]:
    """Find what breaks the rules.

    Parameters
    ----------
    chart
        A figure that is ready to be shown; its layout is fixed.

    Yields
    ------
    tuple
        Each rule that is broken, and what breaks it, in words.
    """
    yield from _faults(look(chart))


def _faults(drawn: Drawn) -> Iterator[tuple[Rule, list[str]]]:
    for rule in RULES:
        if found := list(rule.faults(drawn)):
            yield rule, found
