"""A case from numbers typed on the command line, read exactly."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from fractions import Fraction

from pfpp_utils.errors import InputError
from pfpp_utils.methods.additionality import Additionality
from pfpp_utils.methods.case import Case, Conversion, Cost, Outcome, rounding
from pfpp_utils.methods.claims import Number
from pfpp_utils.methods.discounting import schedule
from pfpp_utils.methods.optimism import convention
from pfpp_utils.methods.quantities import Money, Share, Years, factor, share, years
from pfpp_utils.methods.unit_values import UnitValue

#: A number as people type it: 314000, 0.2, 1e6, 7/37.
TYPED = re.compile(
    r"[+-]?(\d{1,30}(\.\d{0,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?|[+-]?\d{1,30}/0*[1-9]\d{0,29}",
    re.ASCII,
)


def option(field: str) -> str:
    """Name of an option as typed: ``ob_convention`` is ``--ob-convention``."""
    return "--" + field.replace("_", "-")


def number(text: str, where: str) -> Fraction:
    """Read a number as typed, exactly.

    Parameters
    ----------
    text
        Such as ``314000``, ``0.2`` or ``7/37``.
    where
        What the message of an error names.

    Returns
    -------
    fractions.Fraction
        The number.

    Raises
    ------
    InputError
        If it is no number.

    Examples
    --------
    >>> number("0.2", "--deadweight"), number("7/37", "--conversion")
    (Fraction(1, 5), Fraction(7, 37))
    """
    if not TYPED.fullmatch(text.strip()):
        allowed = "a number such as 314000, 0.2 or 7/37"
        raise InputError("not a number", where=where, found=text, allowed=allowed)
    return Fraction(text.strip())


def case(typed: Mapping[str, str]) -> Case:
    """Make a case of one cost and one outcome, in one price base that is not stated.

    Parameters
    ----------
    typed
        Option to its text: ``cost`` and ``value`` (pounds), and where given ``deadweight``,
        ``optimism_bias`` and ``conversion`` (shares), ``duration`` (years), ``ob_convention``, ``rounding``
        and ``discount``.

    Returns
    -------
    Case
        With deadweight in the value.

    Raises
    ------
    InputError
        Naming the option: absent, no number, or out of its limits.
    """
    if missing := [field for field in ("cost", "value") if field not in typed]:
        what, found = "cost and value are needed, or a case file", ", ".join(map(option, typed)) or "nothing"
        raise InputError(what, where=option(missing[0]), found=found, allowed="pounds, 0 or more")

    def read(field: str, default: str, reader: Callable[[Number, str], Fraction]) -> Fraction:
        where = option(field)
        return reader(number(typed.get(field, default), where), where)

    value = UnitValue("value", Money(read("value", "", factor)), source="as typed")
    outcome = Outcome(
        "outcome",
        value,
        duration=Years(read("duration", "1", years)),
        additionality=Additionality(deadweight=Share(read("deadweight", "0", share))),
    )
    rate = Share(read("conversion", "1", _rate))
    return Case(
        "as typed",
        (Cost("cost", Money(read("cost", "", factor))),),
        (outcome,),
        conversion=Conversion(rate) if "conversion" in typed else None,
        optimism_bias=Share(read("optimism_bias", "0", share)),
        convention=convention(typed.get("ob_convention", "benefits"), option("ob_convention")),
        schedule=schedule(typed.get("discount", "standard")),
        rounding=rounding(typed.get("rounding", "up"), option("rounding")),
    )


def _rate(value: Number, where: str) -> Share:
    """Read a conversion: a share that somebody has."""
    if (rate := share(value, where)) == 0:
        allowed = "above 0 and at most 1"
        raise InputError("nobody who is reached benefits", where=where, found=value, allowed=allowed)
    return rate
