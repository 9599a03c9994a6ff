"""Patterns of achieved steps: which steps of the pathway a pilot, or a type of success, has reached."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

RATINGS = ("S", "M", "none")  # strong, medium, not achieved

Patterns = dict[str, frozenset[str]]  # pilot or type to the steps it achieved


def read_types(frame: pd.DataFrame) -> tuple[tuple[str, ...], Patterns]:
    """Read the pathway's steps, in order, and the achieved steps of every type.

    Parameters
    ----------
    frame
        Long table ``success_type_steps``, as for `classify`.

    Raises
    ------
    InputError
        As for `classify`.
    """
    columns.require(frame, ("success_type", "step", "rating"), "success_type_steps")
    steps = tuple(frame["step"].drop_duplicates())
    patterns = read_patterns(frame, "success_type", steps)
    first: dict[frozenset[str], str] = {}
    for name, achieved in patterns.items():
        if achieved in first:
            found = [first[achieved], name]
            raise InputError(
                "two types with one pattern", where="success_type", found=found, allowed="different steps"
            )
        first[achieved] = name
    if not patterns:
        raise InputError("no types", where="success_type_steps", found=0, allowed="at least one type")
    return steps, patterns


def read_patterns(frame: pd.DataFrame, key: str, steps: tuple[str, ...]) -> Patterns:
    """Read the achieved steps of every pilot or type of a long table.

    Parameters
    ----------
    frame
        Columns `key`, ``step`` and ``rating``.
    key
        ``pilot`` or ``success_type``.
    steps
        All steps of the pathway, in order.

    Raises
    ------
    InputError
        As for `classify`.
    """
    columns.require(frame, (key, "step", "rating"), f"{key}_steps")
    twice = frame.loc[frame.duplicated([key, "step"]), [key, "step"]]
    if len(twice):
        where, found = f"{key}, step", twice.to_numpy().tolist()
        raise InputError("step listed twice", where=where, found=found, allowed="each step once")
    return {
        str(name): read_achieved(
            dict(zip(group["step"], group["rating"], strict=True)), steps, f"{key} {name}"
        )
        for name, group in frame.groupby(key, sort=False)
    }


def read_achieved(pattern: Mapping[str, str], steps: tuple[str, ...], where: str) -> frozenset[str]:
    """Read the steps that a pilot or type achieved: those rated S or M.

    Parameters
    ----------
    pattern
        Step to rating, for every step.
    steps
        All steps of the pathway.
    where
        What to call the pattern in a message.

    Raises
    ------
    InputError
        If steps are missing or unknown, or a rating is unknown.
    """
    missing, strange = [step for step in steps if step not in pattern], sorted(set(pattern) - set(steps))
    if missing or strange:
        what = "missing steps" if missing else "unknown steps"
        raise InputError(what, where=where, found=missing or strange, allowed=steps)
    for step, rating in pattern.items():
        if rating not in RATINGS:
            raise InputError("unknown rating", where=f"{where}, {step}", found=rating, allowed=RATINGS)
    return frozenset(step for step, rating in pattern.items() if rating != "none")
