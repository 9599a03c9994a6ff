"""Spreads: an assumption with its low, central and high value, and at which end a case looks worse."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal, get_args

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.quantities import positive

#: How a case is looked at: with every assumption at its unfavourable end, its centre or its favourable end.
View = Literal["worst", "central", "best"]
VIEWS: tuple[View, ...] = get_args(View)


@dataclass(frozen=True)
class Spread:
    """What one assumption may be.

    Attributes
    ----------
    field
        Where it stands in the case, such as ``outcomes[work].duration_years``.
    low, central, high
        In the field's unit; all the same where no range is given.
    falls
        Whether the net value of the case falls as this rises, as with costs and deadweight.
    counts
        People with it and people observed, where the value is a share counted.
    source
        Where the numbers come from; empty where they are assumed.
    ends_only
        Whether only the ends were given, so that no value between them is likelier than another.
    """

    field: str
    low: Fraction
    central: Fraction
    high: Fraction
    falls: bool = False
    counts: tuple[int, int] | None = None
    source: str = ""
    ends_only: bool = False

    def at(self, view: View) -> Fraction:
        """Value at the worst end, the centre or the best end."""
        if view == "central":
            return self.central
        return self.high if self.falls == (view == "worst") else self.low


def spread(field: str, given: Number | Mapping[str, Number | str], *, falls: bool, where: str) -> Spread:
    """Read a spread: a number, a range, or a count out of those observed.

    Parameters
    ----------
    field, falls
        As for `Spread`.
    given
        A number; ``low`` and ``high``, with ``central`` or the middle between them; ``central`` alone; or
        ``count`` and ``of``, which is their quotient. A ``source`` may go with each but the plain number.
    where
        What the message of an error names.

    Returns
    -------
    Spread
        Exactly.

    Raises
    ------
    InputError
        If the parts do not make a spread, are out of order, or more were counted than observed.

    Examples
    --------
    >>> spread("share", {"low": 0.1, "high": 0.4}, falls=False, where="share").central
    Fraction(1, 4)
    """
    parts = dict(given) if isinstance(given, Mapping) else {"central": given}
    source = str(parts.pop("source", ""))
    values = {key: exact(value, where=where) for key, value in parts.items()}  # type: ignore[arg-type]
    counts = None
    match sorted(values):
        case ["central"]:
            low = central = high = values["central"]
        case ["high", "low"]:
            low, high = values["low"], values["high"]
            central = (low + high) / 2
        case ["central", "high", "low"]:
            low, central, high = values["low"], values["central"], values["high"]
        case ["count", "of"]:
            low = central = high = values["count"] / positive(values["of"], where)
            counts = int(values["count"]), int(values["of"])
        case keys:
            allowed = "a number; low and high, with or without central; or count and of"
            raise InputError("not a range", where=where, found=", ".join(keys), allowed=allowed)
    if not low <= central <= high or (counts and high > 1):
        allowed = "low, central and high in rising order, and no more counted than observed"
        found = {key: float(value) for key, value in values.items()}
        raise InputError("a range in the wrong order", where=where, found=found, allowed=allowed)
    return Spread(
        field, low, central, high, falls, counts, source, ends_only=sorted(values) == ["high", "low"]
    )
