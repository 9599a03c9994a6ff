"""Published figures against recomputed ones: which hold, and by which rounding."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor
from typing import Literal, get_args

from pfpp_utils.errors import InputError

Number = int | float | Fraction | Decimal
Status = Literal["reproduced exactly", "reproduced within rounding", "not reproduced", "not reproducible"]
Rounding = Literal["half up", "half even", "truncated", "up"]
Qualifier = Literal["exactly", "about", "around", "nearly", "over", "at_least", "under"]

#: How far "about", "around" and "nearly" reach when no tolerance is given: a tenth of the published figure.
#: A choice of this project, not of the report; it accepts the report's own uses ("around half" for 52%).
APPROXIMATELY = Fraction(1, 10)


@dataclass(frozen=True)
class Verdict:
    """What became of one published figure or list.

    Attributes
    ----------
    status
        ``reproduced exactly``: the recomputed value is the published one. ``reproduced within rounding``:
        they differ, in a way that the published precision, its qualifier or the stated tolerance allows.
        ``not reproduced``: they differ by more. ``not reproducible``: what is published does not suffice to
        recompute it.
    rounding
        The first rule that turns the recomputed into the published figure; None where none was needed or none
        does.
    reason
        Why the figure is out of reach; empty otherwise.
    missing, extra
        For lists: published members that were not recomputed, and recomputed ones that were not published.
    """

    status: Status
    rounding: Rounding | None = None
    reason: str = ""
    missing: tuple[str, ...] = ()
    extra: tuple[str, ...] = ()


def exact(value: Number, *, where: str = "value") -> Fraction:
    """Turn a number into the fraction that its writer meant.

    A binary float is read to 15 significant digits, the most that always survive the trip through binary;
    integers, fractions and decimals are kept as they are.

    Parameters
    ----------
    value
        A finite number.
    where
        What the message of an error names.

    Returns
    -------
    fractions.Fraction
        The same number, exactly, in the same unit.

    Raises
    ------
    InputError
        If `value` is not a finite number.

    Examples
    --------
    >>> exact(0.1 + 0.2), exact(Fraction(7, 37))
    (Fraction(3, 10), Fraction(7, 37))
    """
    try:
        if isinstance(value, int | Fraction | Decimal):
            return Fraction(value)
        return Fraction(f"{value:.15g}")
    except (TypeError, ValueError, OverflowError) as error:
        raise InputError("not a number", where=where, found=value, allowed="a finite number") from error


def rounded(value: Number, decimals: int = 0, how: Rounding = "half up") -> Fraction:
    """Round by a named rule, alike on both sides of zero.

    With m = |value| x 10^decimals: ``half up`` takes floor(m + 1/2), ``half even`` the nearest integer and
    the even one of two equally near, ``truncated`` floor(m), ``up`` ceil(m). Negative `decimals` round to
    tens, hundreds, ...

    Parameters
    ----------
    value
        A finite number.
    decimals
        Decimals to keep; negative for tens, hundreds, ...
    how
        Name of the rule.

    Returns
    -------
    fractions.Fraction
        The rounded number, exactly, in the unit of `value`.

    Raises
    ------
    InputError
        If `value` is not a finite number or `how` is not a rule.

    Examples
    --------
    >>> [int(rounded(2.5, how=rule)) for rule in ("half up", "half even", "truncated", "up")]
    [3, 2, 2, 3]
    """
    number = exact(value)
    scale = Fraction(10) ** decimals
    size = abs(number) * scale
    if how == "half up":
        whole = floor(size + Fraction(1, 2))
    elif how == "half even":
        whole = round(size)
    elif how == "truncated":
        whole = floor(size)
    elif how == "up":
        whole = ceil(size)
    else:
        raise InputError("unknown rounding", where="how", found=how, allowed=get_args(Rounding))
    return (whole if number >= 0 else -whole) / scale


def settle(
    published: Number,
    recomputed: Number,
    *,
    decimals: int = 0,
    tolerance: Number | None = None,
    qualifier: Qualifier | None = None,
) -> Verdict:
    """Compare a published figure with the recomputed one, by rule and in exact arithmetic.

    Without a qualifier the first that applies decides: equal; equal after rounding the recomputed value to
    `decimals` half up, half even, truncated, up; no further apart than `tolerance`; otherwise not reproduced.
    A qualifier widens or replaces that:

    - ``about``, ``around``: as above, with a tolerance of a tenth of the published figure unless another is
      given;
    - ``nearly``: the recomputed value is below the published one, by no more than that tolerance;
    - ``over``: the recomputed value is above the published one (by no more than `tolerance`, where one is
      given);
    - ``at_least``: as ``over``, or equal;
    - ``under``: the recomputed value is below the published one, as ``over`` is above it;
    - ``exactly``: as without a qualifier.

    ``nearly``, ``over`` and ``under`` are strict: an equal value does not bear them out.

    Parameters
    ----------
    published, recomputed
        In the same unit (for a printed 19% give 19, and 100 x 7/37).
    decimals
        To how many decimals the published figure is printed; negative for tens, hundreds, ...
    tolerance
        Greatest allowed distance, absolute, in the unit of the figures.
    qualifier
        The word that stands before the published figure.

    Returns
    -------
    Verdict
        Status, and the rounding that bridges a difference, if one does.

    Raises
    ------
    InputError
        If a figure is not finite, the tolerance is negative, the qualifier unknown, or the published figure
        has more decimals than `decimals` (unless a tolerance decides).

    References
    ----------
    The rules are this project's own.

    Examples
    --------
    >>> settle(19, 100 * 7 / 37)
    Verdict(status='reproduced within rounding', rounding='half up', reason='', missing=(), extra=())
    >>> settle(50, 52, qualifier="around").status
    'reproduced within rounding'
    """
    was, now = exact(published, where="published"), exact(recomputed, where="recomputed")
    limit = _limit(was, tolerance, qualifier)
    if tolerance is None and rounded(was, decimals) != was:
        allowed = f"a figure with {decimals} decimals, or another `decimals`"
        raise InputError(
            "finer than its stated decimals", where="published", found=published, allowed=allowed
        )
    if was == now and qualifier not in ("nearly", "over", "under"):
        return Verdict("reproduced exactly")
    if qualifier in ("nearly", "over", "at_least", "under"):
        beyond = now - was if qualifier in ("over", "at_least") else was - now
        return _verdict(beyond > 0 and (limit is None or beyond <= limit))
    for rule in get_args(Rounding):
        if rounded(now, decimals, rule) == was:
            return Verdict("reproduced within rounding", rule)
    return _verdict(limit is not None and abs(was - now) <= limit)


def settle_list(published: Iterable[str], recomputed: Iterable[str]) -> Verdict:
    """Compare a published list of names with the recomputed one; order and repetition do not count.

    Parameters
    ----------
    published, recomputed
        Names, in any order.

    Returns
    -------
    Verdict
        ``reproduced exactly`` or ``not reproduced``, with the missing and the extra members in alphabetical
        order.

    Raises
    ------
    InputError
        If either is a single string rather than a list of them.

    References
    ----------
    The rule is this project's own.

    Examples
    --------
    >>> settle_list(["Hackney", "Sunderland"], ["Hackney", "Luton"]).missing
    ('Sunderland',)
    """
    for name, value in (("published", published), ("recomputed", recomputed)):
        if isinstance(value, str):
            raise InputError(
                "a single text where a list is needed", where=name, found=value, allowed="a list of texts"
            )
    was, now = set(published), set(recomputed)
    status: Status = "reproduced exactly" if was == now else "not reproduced"
    return Verdict(status, missing=tuple(sorted(was - now)), extra=tuple(sorted(now - was)))


def _limit(published: Fraction, tolerance: Number | None, qualifier: Qualifier | None) -> Fraction | None:
    """Give the greatest allowed distance; None where there is none, or rounding alone decides."""
    if qualifier is not None and qualifier not in get_args(Qualifier):
        raise InputError("unknown qualifier", where="qualifier", found=qualifier, allowed=get_args(Qualifier))
    if tolerance is None:
        return abs(published) * APPROXIMATELY if qualifier in ("about", "around", "nearly") else None
    limit = exact(tolerance, where="tolerance")
    if limit < 0:
        raise InputError("negative tolerance", where="tolerance", found=tolerance, allowed="zero or more")
    return limit


def _verdict(holds: bool) -> Verdict:
    return Verdict("reproduced within rounding" if holds else "not reproduced")
