"""Optimism bias: three conventions by which an appraisal allows for expecting too much."""

from __future__ import annotations

from fractions import Fraction
from typing import Literal, get_args

from pfpp_utils.errors import InputError
from pfpp_utils.methods.quantities import Share

Convention = Literal["benefits", "divide", "cost"]


def convention(name: str, where: str = "convention") -> Convention:
    """Read the name of a convention; InputError, naming `where`, if it is none."""
    for known in get_args(Convention):
        if name == known:
            return known
    raise InputError("unknown convention", where=where, found=name, allowed=get_args(Convention))


def on_benefits(bias: Share, how: Convention) -> Fraction:
    """Factor on benefits: 1 - bias for ``benefits``, 1 / (1 + bias) for ``divide``, 1 for ``cost``.

    Parameters
    ----------
    bias
        The optimism bias, a share from 0 to 1.
    how
        The convention. ``benefits`` cuts benefits by the bias; ``divide`` takes them for having been raised
        by it; ``cost`` raises the cost, as the Green Book does for capital works.

    Returns
    -------
    fractions.Fraction
        From 0 to 1.

    References
    ----------
    HM Treasury, The Green Book (2022), raises costs; section 2.5 of the evaluation report states a further
    20% on the number of beneficiaries, and not how it enters.
    """
    return {"benefits": 1 - bias, "divide": 1 / (1 + bias), "cost": Fraction(1)}[how]


def on_cost(bias: Share, how: Convention) -> Fraction:
    """Factor on cost: 1 + bias for ``cost``, 1 for the others.

    Parameters
    ----------
    bias
        The optimism bias, a share from 0 to 1.
    how
        The convention, as for `on_benefits`.

    Returns
    -------
    fractions.Fraction
        From 1 to 2.

    References
    ----------
    As for `on_benefits`.
    """
    return 1 + bias if how == "cost" else Fraction(1)
