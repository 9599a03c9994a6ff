"""Inputs: the uncertain numbers of a case, each with its distribution and the field that it stands in."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from pfpp_utils.errors import InputError
from pfpp_utils.methods.batch import Values
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.distributions import Counts, Distribution, Interval, Prior, Shape, ThreePoint
from pfpp_utils.methods.fields import limits, settings
from pfpp_utils.methods.spreads import Spread

#: Where a number stands in a case: a field, or several fields that share one number.
Field = str | tuple[str, ...]
#: Distributions by field, or by fields that share one number.
Inputs = Mapping[str, Distribution] | Mapping[Field, Distribution]


def of_ranges(
    ranges: Mapping[str, Spread],
    *,
    shape: Shape = "pert",
    prior: Prior = "jeffreys",
    intervals: Collection[str] = (),
) -> dict[Field, Distribution]:
    """Read the distributions of every number of a case that has a range.

    Outcomes whose unit values have the same range from the same source share one number, because they are
    worth more or less together.

    Parameters
    ----------
    ranges
        The spread of each field of a case, by the field's name, as a case file has them.
    shape
        Of ranges with three points; those of which only the ends are given are intervals.
    prior
        Of shares that were counted.
    intervals
        Fields of whose range only the ends are to be used too, every value between them being as likely.

    Returns
    -------
    dict of Field to Distribution
        By field, or by the fields that share one number; those without a range are left out.

    Raises
    ------
    InputError
        If a field in `intervals` is unknown, or a shape or a prior.

    Examples
    --------
    >>> from pfpp_utils.methods.spreads import spread
    >>> cost = spread("cost", {"low": 1, "central": 2, "high": 4}, falls=True, where="cost")
    >>> of_ranges({"cost": cost}, intervals=["cost"])
    {'cost': Interval(low=1.0, high=4.0)}
    """
    for field in intervals:
        if field not in ranges:
            raise InputError("unknown field", where="intervals", found=field, allowed=list(ranges))
    groups: dict[tuple[object, ...], list[str]] = {}
    for field, each in ranges.items():
        if each.counts or each.low < each.high:
            groups.setdefault(_identity(field, each), []).append(field)
    found: dict[Field, Distribution] = {}
    for first, *others in groups.values():
        key = (first, *others) if others else first
        found[key] = _distribution(ranges[first], shape, prior, first in intervals or ranges[first].ends_only)
    return found


def draw(inputs: Inputs, points: Floats) -> dict[str, Values]:
    """Turn points (one row a field, numbers from 0 to 1) into values of the fields."""
    return put(inputs, (each.quantile(row) for each, row in zip(inputs.values(), points, strict=True)))


def put(inputs: Inputs, values: Iterable[Values]) -> dict[str, Values]:
    """Set the fields of each distribution to a value; those that share one number get the same."""
    pairs = zip(inputs, values, strict=True)
    return {name: value for field, value in pairs for name in names(field)}


def names(field: Field) -> tuple[str, ...]:
    """List the fields that a key of `Inputs` stands for."""
    return (field,) if isinstance(field, str) else field


def labels(inputs: Inputs) -> list[str]:
    """Name each distribution by its fields."""
    return [" and ".join(names(field)) for field in inputs]


def require(case: Case, inputs: Inputs) -> None:
    """Check that distributions fit the fields of a case.

    Parameters
    ----------
    case
        The case.
    inputs
        Distributions by field.

    Raises
    ------
    InputError
        If a field is unknown or given twice, a distribution reaches beyond what its field allows, or there
        is none.
    """
    allowed, found = settings(case), [name for field in inputs for name in names(field)]
    if not found:
        raise InputError("nothing is uncertain", where="inputs", found="no distribution", allowed=allowed)
    for name in found:
        if name not in allowed or found.count(name) > 1:
            what = "a field is drawn twice" if name in allowed else "unknown field"
            raise InputError(what, where="inputs", found=name, allowed=allowed)
    for field, each in inputs.items():
        for name in names(field):
            _require_possible(name, each)


def _identity(field: str, given: Spread) -> tuple[object, ...]:
    """Tell numbers apart: by their field, but unit values of one source by their range and source."""
    if field.endswith(".unit_value.value_gbp") and given.source:
        return given.low, given.central, given.high, given.source
    return (field,)


def _distribution(given: Spread, shape: Shape, prior: Prior, ends_only: bool) -> Distribution:
    if given.counts:
        return Counts(*given.counts, prior)
    if ends_only:
        return Interval(float(given.low), float(given.high))
    return ThreePoint(float(given.low), float(given.central), float(given.high), shape)


def _require_possible(field: str, each: Distribution) -> None:
    (least, most), (low, high) = limits(field), each.support
    if low < least or high > most:
        what, allowed = "a range beyond what is possible", f"{least:g} to {most:g}"
        raise InputError(what, where=field, found=f"{low:g} to {high:g}", allowed=allowed)
