"""Secondary suppression: which other counts to withhold so that no small one can be worked out."""

from __future__ import annotations

import numpy as np

from pfpp_utils.errors import InputError
from pfpp_utils.methods import disclosure
from pfpp_utils.methods.disclosure import Counts, Preset
from pfpp_utils.methods.disclosure_attack import Attack
from pfpp_utils.methods.disclosure_layout import Relation

Found = tuple[Attack, tuple[int, frozenset[int]]]


def suppress(
    values: Counts, ways: list[list[Relation]], rule: Preset, *, where: str
) -> tuple[set[int], set[int]]:
    """Choose which counts to withhold.

    Small counts are withheld first. Then, as long as a withheld count could be worked out too closely, its
    smallest neighbour is withheld with it, totals last. In the end, what turned out not to be needed is shown
    again, the largest first.

    Parameters
    ----------
    values
        Counts by number of cell; not a number where one is missing.
    ways
        Totals with their parts; several such lists where either may be what a reader knows.
    rule
        The rule.
    where
        What to call the table in a message.

    Returns
    -------
    primary, secondary
        Numbers of the cells withheld because they are small, and to protect others.

    Raises
    ------
    InputError
        If even withholding everything would leave a count to be worked out.

    Examples
    --------
    >>> rule = disclosure.preset("ons-10-5")
    >>> suppress(np.array([3.0, 12, 40, 55]), [[(3, (0, 1, 2))]], rule, where="a row")
    ({0}, {1})
    """
    primary = set(np.flatnonzero(disclosure.small(values, rule)).tolist())
    attacks = [Attack(values, relations, rule, primary) for relations in ways]
    secondary: set[int] = set()
    while opened := _open(attacks, primary | secondary):
        attack, found = opened
        partner = _partner(attack, *found)
        if partner is None:
            raise InputError(
                "counts that withholding cannot protect",
                where=where,
                found=f"{len(found[1])} counts that give each other away by their totals",
                allowed="fewer or larger categories, or zeros withheld too",
            )
        secondary.add(partner)
    return primary, _needed(attacks, secondary)


def _open(attacks: list[Attack], hidden: set[int]) -> Found | None:
    """Find a withheld count that can be worked out too closely in any of the ways."""
    tried = ((attack, attack.open(hidden)) for attack in attacks)
    return next(((attack, found) for attack, found in tried if found), None)


def _partner(attack: Attack, cell: int, group: frozenset[int]) -> int | None:
    """Find the smallest shown count tied to the cell or to one tied to it; nearer ones first, totals last."""
    totals = {total for total, _ in attack.relations}
    ties = [{total, *parts} for total, parts in attack.relations if group & {total, *parts}]
    near = {one for tie in ties if cell in tie for one in tie}
    shown = {one for tie in ties for one in tie - group if attack.values[one] > 0}  # a true nought is no help
    return min(shown, key=lambda one: (one in totals, one not in near, attack.values[one], one), default=None)


def _needed(attacks: list[Attack], secondary: set[int]) -> set[int]:
    """Show again what protects nothing, totals and large counts first."""
    kept = set(secondary)
    totals = {total for attack in attacks for total, _ in attack.relations}
    values, primary = attacks[0].values, attacks[0].primary
    for cell in sorted(secondary, key=lambda one: (one not in totals, -values[one], one)):
        if _open(attacks, primary | kept - {cell}) is None:
            kept.discard(cell)
    return kept
