"""Types of success: which published pattern of achieved steps a pilot shows, and what the next would take."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pfpp_utils.methods.patterns import Patterns, read_achieved, read_patterns, read_types

NOT_COVERED = "not covered"


def classify(pattern: Mapping[str, str], types: pd.DataFrame) -> str | None:
    """Find the type of success whose achieved steps are exactly the pilot's.

    A step counts as achieved if its rating is not ``none``: strong (S) and medium (M) count alike.

    Parameters
    ----------
    pattern
        Step to rating (S, M or none), for every step of the pathway.
    types
        Long table ``success_type_steps``: ``success_type``, ``step``, ``rating``; every step for every type.

    Returns
    -------
    str or None
        The type; None if no type has this pattern.

    Raises
    ------
    InputError
        If steps are missing, unknown or listed twice, a rating is unknown, or two types have the same
        pattern.

    References
    ----------
    The evaluation report's Table 7.

    Examples
    --------
    >>> types = pd.DataFrame({
    ...     "success_type": ["implementation", "implementation", "full", "full"],
    ...     "step": ["delivery", "outcomes"] * 2,
    ...     "rating": ["S", "none", "S", "S"],
    ... })
    >>> classify({"delivery": "S", "outcomes": "M"}, types)
    'full'
    >>> classify({"delivery": "none", "outcomes": "M"}, types) is None
    True
    """
    steps, known = read_types(types)
    return _match(read_achieved(pattern, steps, "pattern"), known)


def classify_all(pilot_steps: pd.DataFrame, success_type_steps: pd.DataFrame) -> pd.DataFrame:
    """Classify every pilot, and say how far it is from the nearest type.

    The distance is the number of steps achieved in one and not in the other. All types equally near are
    named.

    Parameters
    ----------
    pilot_steps
        Long table: ``pilot``, ``step``, ``rating``; every step for every pilot.
    success_type_steps
        Long table: ``success_type``, ``step``, ``rating``.

    Returns
    -------
    pandas.DataFrame
        One row a pilot, in order of first appearance: ``pilot``; ``success_type``, or ``not covered``;
        ``nearest_type`` (the type itself where covered), several joined by " or "; ``differing_steps`` from
        it in pathway order, joined by ", " (and " or " in step with the types), empty where covered.

    Raises
    ------
    InputError
        As for `classify`; the message names the table and the pilot or type.

    Examples
    --------
    >>> types = pd.DataFrame({"success_type": ["some", "some"], "step": ["a", "b"], "rating": ["S", "none"]})
    >>> pilots = pd.DataFrame({"pilot": ["here", "here"], "step": ["a", "b"], "rating": ["S", "M"]})
    >>> classify_all(pilots, types).iloc[0].tolist()
    ['here', 'not covered', 'some', 'b']
    """
    steps, known = read_types(success_type_steps)
    rows = []
    for pilot, achieved in read_patterns(pilot_steps, "pilot", steps).items():
        gaps = {name: achieved ^ other for name, other in known.items()}
        fewest = min(map(len, gaps.values()))
        near = {name: gap for name, gap in gaps.items() if len(gap) == fewest}
        differing = " or ".join(", ".join(step for step in steps if step in gap) for gap in near.values())
        rows.append((pilot, _match(achieved, known) or NOT_COVERED, " or ".join(near), differing))
    return pd.DataFrame(rows, columns=["pilot", "success_type", "nearest_type", "differing_steps"])


def to_next(pattern: Mapping[str, str], types: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """List what a pilot would have needed in addition for each type that goes beyond it.

    Parameters
    ----------
    pattern, types
        As for `classify`.

    Returns
    -------
    dict
        Type to the steps missing, in pathway order; only types that include every step the pilot achieved and
        at least one more; fewest missing steps first.

    Raises
    ------
    InputError
        As for `classify`.

    Examples
    --------
    >>> types = pd.DataFrame({"success_type": ["full", "full"], "step": ["a", "b"], "rating": ["S", "M"]})
    >>> to_next({"a": "S", "b": "none"}, types)
    {'full': ('b',)}
    """
    steps, known = read_types(types)
    achieved = read_achieved(pattern, steps, "pattern")
    beyond = {name: other - achieved for name, other in known.items() if achieved < other}
    nearest = sorted(beyond, key=lambda name: len(beyond[name]))
    return {name: tuple(step for step in steps if step in beyond[name]) for name in nearest}


def _match(achieved: frozenset[str], types: Patterns) -> str | None:
    return next((name for name, other in types.items() if other == achieved), None)
