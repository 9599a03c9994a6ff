"""Unit values: what one unit of an outcome is worth to one person, by which source and licence."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from pfpp_utils.errors import InputError
from pfpp_utils.methods.quantities import Money


@dataclass(frozen=True)
class UnitValue:
    """The value of one unit of an outcome, for one person, for one year.

    Attributes
    ----------
    name
        Short name, such as ``wellby``.
    value
        Pounds of the source's price year.
    unit
        What one unit is, such as one point of life satisfaction for a year.
    source, vintage, licence
        Where it comes from, of when, and under which terms.
    shareable
        Whether the licence allows passing the value on. One that does not may be computed with, and not
        published: see `require_shareable`.
    """

    name: str
    value: Money
    unit: str = "one outcome"
    source: str = "not stated"
    vintage: str = "not stated"
    licence: str = "not stated"
    shareable: bool = True


def require_shareable(values: Iterable[UnitValue]) -> None:
    """Stop before a value is published that its licence forbids to share; whoever publishes calls this.

    Parameters
    ----------
    values
        The unit values that a result rests on. A net value of one outcome gives its unit value away.

    Raises
    ------
    InputError
        Naming each value that must not be shared, its source and its licence.
    """
    kept = [each for each in values if not each.shareable]
    if kept:
        raise InputError(
            "a unit value whose licence forbids sharing cannot be published",
            where="unit_value " + ", ".join(each.name for each in kept),
            found="; ".join(f"{each.source}: {each.licence}" for each in kept),
            allowed="values marked shareable; results with this one may be computed, not published",
        )
