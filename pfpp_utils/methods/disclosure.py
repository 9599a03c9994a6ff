"""Disclosure control: presets, and single counts, sums and ratios treated by them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from pfpp_utils.errors import InputError

#: What stands for a withheld figure: the shorthand for "confidential" in accessible official statistics.
WITHHELD = "[c]"

Totals = Literal["own", "shown"]
Zeros = Literal["hide", "show"]
Counts = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Preset:
    """A rule of disclosure control.

    Attributes
    ----------
    name
        What it is called.
    least
        The smallest count that may be shown; 0 withholds nothing.
    base
        Counts that are shown are rounded to a multiple of this; 1 leaves them as they are.
    totals
        ``own``: totals are rounded by themselves. ``shown``: they are sums of the rounded counts shown.
    zeros
        ``hide``: a nought is a small count like any other. ``show``: true noughts are shown, as where
        everybody knows them.

    Raises
    ------
    InputError
        If a number is out of range or a word is none of those.
    """

    name: str
    least: int = 0
    base: int = 1
    totals: Totals = "own"
    zeros: Zeros = "hide"

    def __post_init__(self) -> None:
        for field, lowest in (("least", 0), ("base", 1)):
            found = getattr(self, field)
            if isinstance(found, bool) or not isinstance(found, int) or found < lowest:
                raise _bad(self.name, field, found, f"a whole number, at least {lowest}")
        for field, words in (("totals", get_args(Totals)), ("zeros", get_args(Zeros))):
            if getattr(self, field) not in words:
                raise _bad(self.name, field, getattr(self, field), words)

    @property
    def off(self) -> bool:
        """Whether it changes nothing."""
        return self.least == 0 and self.base == 1

    @property
    def rule(self) -> str:
        """The rule in words, for a note below a table."""
        small = f"counts under {self.least} are withheld"
        nought = ", true zeros are shown" if self.zeros == "show" else ""
        rounded = f", others rounded to {self.base}" if self.base > 1 else ""
        totals = ", totals are sums of the counts shown" if self.totals == "shown" else ""
        return f"{small}{nought}{rounded}{totals}"


#: Owners' rules. Noughts are small counts in both: neither makes an exception for them.
PRESETS = {
    "none": Preset("none"),  # figures already published by their owner
    "opensafely": Preset("opensafely", least=8, base=5, totals="shown"),
    "ons-10-5": Preset("ons-10-5", least=10, base=5),
}


def preset(name: str, **own: Any) -> Preset:  # noqa: ANN401 checked by Preset
    """Find a preset by its name, or make one's own.

    Parameters
    ----------
    name
        ``none``, ``opensafely``, ``ons-10-5`` or ``custom``.
    **own
        For ``custom`` only: `least`, `base`, `totals` and `zeros`, as in :class:`Preset`. `least` is needed.

    Returns
    -------
    Preset
        The rule.

    Raises
    ------
    InputError
        If there is no such preset, or an option does not belong to it.

    References
    ----------
    OpenSAFELY: redact counts of 7 or less, then round to 5, totals from the rounded. ONS: the threshold of
    10 with rounding to 5, as in its Secure Research Service.

    Examples
    --------
    >>> preset("opensafely").rule
    'counts under 8 are withheld, others rounded to 5, totals are sums of the counts shown'
    """
    if name not in {*PRESETS, "custom"}:
        raise InputError("no such preset", where="disclosure", found=name, allowed=[*PRESETS, "custom"])
    known = ("least", "base", "totals", "zeros") if name == "custom" else ()
    if strange := sorted(set(own) - set(known)):
        allowed = known or "no options: the name says it all; `custom` takes them"
        raise InputError("an option that is not one", where=f"preset {name}", found=strange, allowed=allowed)
    if name == "custom" and "least" not in own:
        raise _bad(name, "least", None, "the smallest count that may be shown")
    return PRESETS[name] if name in PRESETS else Preset(name, **own)


def small(counts: Counts, rule: Preset) -> npt.NDArray[np.bool_]:
    """Tell which counts are too small to be shown: primary suppression.

    Parameters
    ----------
    counts
        Counts of any shape; not a number where one is missing.
    rule
        The rule.

    Returns
    -------
    numpy.ndarray
        True where a count must be withheld; a missing one is not withheld.

    Examples
    --------
    >>> small(np.array([0.0, 7, 8, np.nan]), PRESETS["opensafely"]).tolist()
    [True, True, False, False]
    """
    return np.asarray((counts < rule.least) & ~((counts == 0) & (rule.zeros == "show")))


def rounded(counts: Counts, rule: Preset) -> Counts:
    """Round to the nearest multiple of the rule's base; what lies half-way goes up.

    Parameters
    ----------
    counts
        Counts of any shape.
    rule
        The rule.

    Returns
    -------
    numpy.ndarray
        As large as `counts`.

    Examples
    --------
    >>> rounded(np.array([8.0, 12, 13]), PRESETS["ons-10-5"]).tolist()
    [10.0, 10.0, 15.0]
    """
    return np.asarray(np.floor(counts / rule.base + 0.5) * rule.base)


def shown(counts: Iterable[float], rule: Preset) -> Counts:
    """Treat counts that belong to no table: withhold, then round.

    Parameters
    ----------
    counts
        Whole numbers from 0.
    rule
        The rule.

    Returns
    -------
    numpy.ndarray
        Not a number where a count is withheld.

    Examples
    --------
    >>> shown([3, 12], PRESETS["ons-10-5"]).tolist()
    [nan, 10.0]
    """
    values = whole(np.asarray(list(counts), dtype=float), where="counts")
    return np.where(small(values, rule), np.nan, rounded(values, rule))


def total(counts: Iterable[float], rule: Preset) -> float:
    """Add up treated counts.

    Parameters
    ----------
    counts
        Whole numbers from 0, not treated yet.
    rule
        The rule.

    Returns
    -------
    float
        Sum of the counts that may be shown, rounded; not a number if there is none.

    Examples
    --------
    >>> total([3, 12, 22], PRESETS["opensafely"])
    30.0
    """
    kept = shown(counts, rule)
    return float(np.nansum(kept)) if (~np.isnan(kept)).any() else float("nan")


def ratio(count: float, of: float, rule: Preset, *, times: float = 1) -> float:
    """Divide one treated count by another.

    Parameters
    ----------
    count, of
        Whole numbers from 0, not treated yet.
    rule
        The rule.
    times
        100 for a percentage.

    Returns
    -------
    float
        Not a number if either is withheld, or `of` is nought.

    Examples
    --------
    >>> ratio(12, 40, PRESETS["opensafely"], times=100), ratio(5, 40, PRESETS["opensafely"])
    (25.0, nan)
    """
    above, below = shown([count, of], rule)
    return float(times * above / below) if below else float("nan")


def whole(counts: Counts, where: str) -> Counts:
    """Refuse what is no count.

    Parameters
    ----------
    counts
        Numbers; not a number where one is missing.
    where
        What to call them in a message.

    Returns
    -------
    numpy.ndarray
        The same.

    Raises
    ------
    InputError
        If one is negative, not whole or without end.
    """
    bad = ~np.isnan(counts) & ~((counts >= 0) & (np.floor(counts) == counts) & np.isfinite(counts))
    if bad.any():
        raise InputError("not a count", where=where, found=float(counts[bad][0]), allowed="0, 1, 2 ...")
    return counts


def _bad(name: str, field: str, found: object, allowed: str | Iterable[str]) -> InputError:
    return InputError(
        f"a preset's {field} is not right", where=f"preset {name}", found=found, allowed=allowed
    )


def from_descriptor(given: Mapping[str, Any], *, where: str) -> Preset:
    """Read the preset that a table's schema names.

    Parameters
    ----------
    given
        ``preset`` and, for ``custom``, its options, among other keys.
    where
        What to call the place in a message.

    Returns
    -------
    Preset
        The rule.

    Raises
    ------
    InputError
        If it names none, or as for :func:`preset`.
    """
    allowed = [*PRESETS, "custom"]
    if given.get("preset") not in allowed:
        raise InputError("no such preset", where=where, found=given.get("preset"), allowed=allowed)
    own = {key: given[key] for key in ("least", "base", "totals_from", "zeros") if key in given}
    return preset(given["preset"], **{key.removesuffix("_from"): value for key, value in own.items()})
