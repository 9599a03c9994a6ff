"""The breakeven calculator of a page: the numbers it starts from, checked, and what follows from them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

from pfpp_utils.data import typed_case
from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.publish import appraisals

#: What is not given starts here, as on the command line.
DEFAULTS = {
    "deadweight": "0",
    "optimism_bias": "0",
    "ob_convention": "benefits",
    "conversion": "",
    "duration": "1",
    "discount": "standard",
    "rounding": "up",
}
NAMES = ("cost", "value", *DEFAULTS)
CHOICES = {"ob_convention", "discount", "rounding"}


def starting(given: Mapping[str, Number | str | None]) -> dict[str, str]:
    """Check the numbers that a calculator starts from, and write each exactly.

    Parameters
    ----------
    given
        As typed for `pfpp breakeven` or as numbers: ``cost`` and ``value`` (pounds), and where wanted
        ``deadweight``, ``optimism_bias``, ``conversion`` (shares; None where there is no conversion),
        ``duration`` (years), ``ob_convention``, ``rounding`` and ``discount``.

    Returns
    -------
    dict
        Every number and choice to its text; an absent conversion is empty.

    Raises
    ------
    InputError
        Naming the option: unknown, absent, no number, out of its limits, or pounds with parts of a penny.

    Examples
    --------
    >>> starting({"cost": 314000, "value": 14500, "deadweight": 0.2})["deadweight"]
    '0.2'
    """
    if unknown := [name for name in given if name not in NAMES]:
        raise InputError("unknown option", where="calculator", found=unknown[0], allowed=list(NAMES))
    texts = {name: _text(value, name) for name, value in given.items() if value not in (None, "")}
    typed_case.case(texts)  # refuses what cannot be used
    for name in ("cost", "value"):
        if (Fraction(texts[name]) * 100).denominator > 1:
            where, allowed = typed_case.option(name), "whole pence; round what was computed"
            raise InputError("parts of a penny", where=where, found=given[name], allowed=allowed)
    return {name: texts.get(name, DEFAULTS.get(name, "")) for name in NAMES}


def sentence(start: Mapping[str, str]) -> str:
    """Say what the Python model makes of the starting numbers.

    Parameters
    ----------
    start
        From :func:`starting`.

    Returns
    -------
    str
        One paragraph.
    """
    return appraisals.sentence(appraisals.plain(typed_case.case(_given(start))))


def command(start: Mapping[str, str]) -> str:
    """Write the command that gives the same.

    Parameters
    ----------
    start
        From :func:`starting`.

    Returns
    -------
    str
        Such as ``pfpp breakeven --cost 314000 --value 14500``, with every option.
    """
    options = (f"{typed_case.option(name)} {text}" for name, text in _given(start).items())
    return " ".join(["pfpp breakeven", *options])


def decimal(number: Fraction) -> str:
    """Write a fraction exactly: as a decimal where it ends, as a ratio otherwise.

    Parameters
    ----------
    number
        0 or more.

    Returns
    -------
    str
        Which `pfpp breakeven` and the calculator read back as the same number.

    Examples
    --------
    >>> decimal(Fraction(1, 40)), decimal(Fraction(7, 37))
    ('0.025', '7/37')
    """
    places, rest = 0, number.denominator
    for prime in (10, 5, 2):
        while rest % prime == 0:
            places, rest = places + 1, rest // prime
    if rest > 1:
        return str(number)
    digits = str(number.numerator * 10**places // number.denominator).zfill(places + 1)
    return f"{digits[:-places]}.{digits[-places:]}" if places else digits


def _given(start: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in start.items() if text}


def _text(value: Number | str | None, name: str) -> str:
    if name in CHOICES:
        return str(value)
    where = typed_case.option(name)
    number = typed_case.number(value, where) if isinstance(value, str) else exact(value or 0, where=where)
    return decimal(number) if number >= 0 else str(number)
