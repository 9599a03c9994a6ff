"""Types of success as a decision table: who stands in each row, which rows are missing, which row is next."""

from __future__ import annotations

from itertools import product

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.patterns import Patterns, read_patterns, read_types
from pfpp_utils.methods.typology import NOT_COVERED

MOST_STEPS = 12  # 4,096 patterns: more than anybody reads


def decide(pilot_steps: pd.DataFrame, success_type_steps: pd.DataFrame) -> pd.DataFrame:
    """Lay out types by steps, with the pilots that match each row.

    Parameters
    ----------
    pilot_steps, success_type_steps
        As for `typology.classify_all`.

    Returns
    -------
    pandas.DataFrame
        One row a type, in the table's order, then one row for each pattern that pilots show and no type
        covers: ``success_type`` (or ``not covered``), one column a step (True where achieved), ``pilots``
        (joined by ", "; empty if none matches) and ``count``.

    Raises
    ------
    InputError
        As for `typology.classify_all`.

    Examples
    --------
    >>> types = pd.DataFrame({"success_type": ["some", "some"], "step": ["a", "b"], "rating": ["S", "none"]})
    >>> pilots = pd.DataFrame({"pilot": ["here", "here"], "step": ["a", "b"], "rating": ["S", "M"]})
    >>> decide(pilots, types).to_numpy().tolist()
    [['some', True, False, '', 0], ['not covered', True, True, 'here', 1]]
    """
    steps, known = read_types(success_type_steps)
    seen = read_patterns(pilot_steps, "pilot", steps)
    uncovered = dict.fromkeys(pattern for pattern in seen.values() if pattern not in known.values())
    rows = []
    for name, pattern in [*known.items(), *((NOT_COVERED, pattern) for pattern in uncovered)]:
        here = [pilot for pilot, achieved in seen.items() if achieved == pattern]
        rows.append((name, *(step in pattern for step in steps), ", ".join(here), len(here)))
    return pd.DataFrame(rows, columns=["success_type", *steps, "pilots", "count"])


def uncovered_patterns(success_type_steps: pd.DataFrame) -> pd.DataFrame:
    """List every pattern of achieved steps that no type covers, whether a pilot shows it or not.

    Parameters
    ----------
    success_type_steps
        As for `typology.classify_all`.

    Returns
    -------
    pandas.DataFrame
        One row a pattern, by number of steps: one column a step (True where achieved), ``pattern`` (its steps
        joined by " + ", or ``none``), ``achieved`` (how many) and ``nearest_type`` (differing in the fewest
        steps; several joined by " or ").

    Raises
    ------
    InputError
        As for `typology.classify`; also if there are more than 12 steps.

    Examples
    --------
    >>> types = pd.DataFrame({"success_type": ["some", "some"], "step": ["a", "b"], "rating": ["S", "none"]})
    >>> len(uncovered_patterns(types))
    3
    """
    steps, known = read_types(success_type_steps)
    if len(steps) > MOST_STEPS:
        where = "success_type_steps"
        raise InputError("too many steps", where=where, found=len(steps), allowed=f"at most {MOST_STEPS}")
    patterns = [
        frozenset(step for step, yes in zip(steps, flags, strict=True) if yes)
        for flags in product((False, True), repeat=len(steps))
    ]
    missing = sorted((pattern for pattern in patterns if pattern not in known.values()), key=len)
    rows = []
    for pattern in missing:
        name = " + ".join(step for step in steps if step in pattern) or "none"
        near = " or ".join(_nearest(pattern, known))
        rows.append((*(step in pattern for step in steps), name, len(pattern), near))
    return pd.DataFrame(rows, columns=[*steps, "pattern", "achieved", "nearest_type"])


def next_types(pilot_steps: pd.DataFrame, success_type_steps: pd.DataFrame) -> pd.DataFrame:
    """Say what each pilot would have needed for the next type: the one that asks for the fewest more steps.

    Parameters
    ----------
    pilot_steps, success_type_steps
        As for `typology.classify_all`.

    Returns
    -------
    pandas.DataFrame
        One row a pilot and next type, ties one after the other: ``pilot``, ``next_type``, ``missing_steps``
        (in pathway order, joined by ", "), ``missing`` (how many), ``tied`` (True where the pilot has
        several). A pilot that no type goes beyond has one row with both texts empty and 0 missing.

    Raises
    ------
    InputError
        As for `typology.classify_all`.

    Examples
    --------
    >>> types = pd.DataFrame({"success_type": ["full", "full"], "step": ["a", "b"], "rating": ["S", "M"]})
    >>> pilots = pd.DataFrame({"pilot": ["here", "here"], "step": ["a", "b"], "rating": ["S", "none"]})
    >>> next_types(pilots, types).to_dict("records")
    [{'pilot': 'here', 'next_type': 'full', 'missing_steps': 'b', 'missing': 1, 'tied': False}]
    """
    steps, known = read_types(success_type_steps)
    rows: list[tuple[str, str, str, int, bool]] = []
    for pilot, achieved in read_patterns(pilot_steps, "pilot", steps).items():
        beyond = {name: other - achieved for name, other in known.items() if achieved < other}
        fewest = min(map(len, beyond.values()), default=0)
        near = {name: lacking for name, lacking in beyond.items() if len(lacking) == fewest}
        for name, lacking in (near or {"": frozenset[str]()}).items():
            missing = ", ".join(step for step in steps if step in lacking)
            rows.append((pilot, name, missing, len(lacking), len(near) > 1))
    return pd.DataFrame(rows, columns=["pilot", "next_type", "missing_steps", "missing", "tied"])


def _nearest(pattern: frozenset[str], known: Patterns) -> list[str]:
    gaps = {name: len(pattern ^ other) for name, other in known.items()}
    return [name for name, gap in gaps.items() if gap == min(gaps.values())]
