"""Switching tables: what a case needs to break even over a range of one or two of its assumptions."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from itertools import product

import pandas as pd

from pfpp_utils.methods import appraisal
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.claims import Number, exact
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.switching import Driver, put

#: A driver and the values to set it to, in its unit.
Axis = tuple[Driver, Sequence[Number]]


def one_way(case: Case, driver: Driver, values: Sequence[Number]) -> pd.DataFrame:
    """Appraise a case for several values of one driver, the others as they are.

    Parameters
    ----------
    case
        The other assumptions.
    driver
        What to change; its unit is in `switching.UNITS`.
    values
        What to set it to.

    Returns
    -------
    pandas.DataFrame
        One row a value: ``value``; ``net_value_gbp`` for each person who benefits; ``beneficiaries`` and
        ``reach`` to break even (people, rounded as the case says); ``npsv_gbp``. Missing where no number of
        people is enough, and where the case does not say what is needed for it.

    Raises
    ------
    InputError
        If a value is not possible for the driver, or the case has no such outcome.

    References
    ----------
    HM Treasury (2022), The Green Book, on switching values and sensitivity analysis.
    """
    return pd.DataFrame(
        [{"value": float(value), **_row(put(case, driver, exact(value)))} for value in values]
    )


def two_way(case: Case, rows: Axis, columns: Axis) -> pd.DataFrame:
    """Appraise a case over a grid of two drivers, such as unit value and deadweight.

    Parameters
    ----------
    case
        The other assumptions.
    rows, columns
        Two drivers, and the values to set each to.

    Returns
    -------
    pandas.DataFrame
        One row a pair: ``row`` and ``column`` (values of the drivers), then as for `one_way`.

    Raises
    ------
    InputError
        As for `one_way`.

    References
    ----------
    As for `one_way`.
    """
    (first, down), (second, across) = rows, columns
    found = []
    for row, column in product(down, across):
        changed = put(put(case, first, exact(row)), second, exact(column))
        found.append({"row": float(row), "column": float(column), **_row(changed)})
    return pd.DataFrame(found)


def _row(case: Case) -> dict[str, float | None]:
    result = appraisal.appraise(case)
    return {
        "net_value_gbp": _pounds(result.net_value_per_beneficiary),
        "beneficiaries": _float(result.beneficiaries),
        "reach": _float(result.reach),
        "npsv_gbp": _pounds(result.npsv),
    }


def _pounds(amount: Money | None) -> float | None:
    return None if amount is None else float(amount.gbp)


def _float(people: int | Fraction | None) -> float | None:
    return None if people is None else float(people)
