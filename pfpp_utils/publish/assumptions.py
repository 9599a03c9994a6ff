"""The assumptions of a case file in words: as a table with source and status, and turned round."""

from __future__ import annotations

import re
from fractions import Fraction
from math import ceil
from typing import Literal

import pandas as pd

from pfpp_utils.data.cases import CaseFile
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.distributions import Counts
from pfpp_utils.methods.spreads import Spread
from pfpp_utils.methods.switching import Name, drivers, setting, switching_value

Status = Literal["printed", "from guidance", "derived by us", "assumed by us", "none"]
#: What a source says of an assumption's centre or range that is not itself in the source.
MARK = re.compile(r"; (centre|range) (derived by us|assumed by us)")
#: What the last part of a field's name means to a reader, and in which form its numbers are written.
WORDS = {
    "amount_gbp": ("Cost", "£{:,.0f}"),
    "value_gbp": ("Value of one unit", "£{:,.0f}"),
    "units": ("Units gained", "{:.3g}"),
    "duration_years": ("Duration in years", "{:.3g}"),
    "drop_off": ("Yearly drop-off", "{:.0%}"),
    "deadweight": ("Deadweight", "{:.0%}"),
    "share": ("Share with this outcome", "{:.0%}"),
    "beneficiaries": ("People who benefit", "{:,.0f}"),
    "rate": ("Conversion", "{:.0%}"),
    "multiplier": ("Multiplier", "{:g}"),
    "weight": ("Weight", "{:g}"),
}
DRIVERS: dict[Name, str] = {
    "beneficiaries": "beneficiaries",
    "cost": "amount_gbp",
    "optimism_bias": "optimism_bias",
    "unit_value": "value_gbp",
    "deadweight": "deadweight",
    "duration": "duration_years",
}


def label(field: str) -> str:
    """Name a field of a case for readers.

    Parameters
    ----------
    field
        Such as ``outcomes[work].duration_years``.

    Returns
    -------
    str
        A few words, without the name of cost or outcome.

    Examples
    --------
    >>> label("outcomes[work].unit_value.value_gbp"), label("optimism_bias.rate")
    ('Value of one unit', 'Optimism bias')
    """
    if "optimism_bias" in field:
        return "Optimism bias"
    last = field.rpartition(".")[2]
    return WORDS[last][0] if last in WORDS else last.replace("_", " ").capitalize()


def written(field: str, value: Fraction | float | None) -> str:
    """Write a value of a field with its unit, people upwards to whole ones; or that none is possible."""
    if value is None:
        return "no possible value"
    last = "deadweight" if "optimism_bias" in field else field.rpartition(".")[2]
    number = ceil(value) if last == "beneficiaries" else float(value)
    return WORDS.get(last, ("", "{:.0%}"))[1].format(number)


def status(spread: Spread) -> tuple[Status, Status]:
    """Say who stands behind the centre of an assumption, and who behind its range.

    Parameters
    ----------
    spread
        Its source may end in marks such as ``; range assumed by us``; without a mark, the source gives it.

    Returns
    -------
    tuple of str
        Of the centre and of the range; ``none`` where there is no range. The range of a share that was
        counted is derived.

    Examples
    --------
    >>> status(Spread("share", 0, 1, 2, source="Evaluation report, section 2.5; range assumed by us"))
    ('printed', 'assumed by us')
    """
    base: Status = "printed" if spread.source.startswith("Evaluation report") else "from guidance"
    own: dict[str, Status] = dict(MARK.findall(spread.source))
    if not spread.source:
        base = "assumed by us"
    if spread.counts:
        own.setdefault("range", "derived by us")
    elif spread.low == spread.high:
        own["range"] = "none"
    return own.get("centre", base), own.get("range", base)


def table(file: CaseFile) -> pd.DataFrame:
    """Tabulate what a case assumes.

    Parameters
    ----------
    file
        The case and its ranges.

    Returns
    -------
    pandas.DataFrame
        One row an assumption, all cells texts: ``Assumption``, ``Low``, ``Central``, ``High``, ``Centre is``
        and ``Range is`` (their `status`) and ``Source``. The ends of a share that was counted are the limits
        of its 95% credible interval.
    """
    rows = []
    for each in file.spreads.values():
        low, central, high = (written(each.field, end) for end in (each.low, each.central, each.high))
        source = MARK.sub("", each.source) or "none"
        if each.counts:
            counted = Counts(*each.counts)
            low, high = (written(each.field, end) for end in (counted.low, counted.high))
            source = f"{each.counts[0]} of {each.counts[1]} counted: {source}"
        rows.append((_named(file, each), low, central, high, *status(each), source))
    return pd.DataFrame(
        rows, columns=["Assumption", "Low", "Central", "High", "Centre is", "Range is", "Source"]
    )


def _named(file: CaseFile, each: Spread) -> str:
    """Label an assumption; a unit value also by its name and price year."""
    for outcome, value in file.values.items():
        if each.field.startswith(f"outcomes[{outcome}].unit_value"):
            name = value.name.upper() if value.name == "wellby" else value.name.replace("_", " ")
            return f"{label(each.field)} ({name}, prices of {value.value.price_year})"
    return label(each.field)


def turned_round(case: Case) -> pd.DataFrame:
    """Tabulate the switching values of a case.

    Parameters
    ----------
    case
        The assumptions. Without a number of people who benefit, that number is the only driver.

    Returns
    -------
    pandas.DataFrame
        One row a driver, all cells texts: ``Assumption``, ``Now``, ``Must be`` (for benefits to equal the
        cost, the others as they are) and ``Change`` (in percent of the value now).
    """
    rows = []
    for driver in drivers(case):
        if case.beneficiaries is None and driver.name != "beneficiaries":
            continue
        now, then = setting(case, driver), switching_value(case, driver)
        field = DRIVERS[driver.name]
        before = "not stated" if now is None else written(field, now)
        change = "none" if not now or then is None else f"{100 * float(then / now - 1):+,.0f}%"
        rows.append((label(field), before, written(field, then), change))
    return pd.DataFrame(rows, columns=["Assumption", "Now", "Must be", "Change"])


def changes(turned: pd.DataFrame) -> str:
    """Say how far the assumptions would have to change, from the least to the most.

    Parameters
    ----------
    turned
        From `turned_round`.

    Returns
    -------
    str
        Such as ", 54% to 214% away"; empty where none is known.

    Examples
    --------
    >>> changes(pd.DataFrame({"Change": ["-54%", "+1,214%", "none"]}))
    ', 54% to 1,214% away'
    """
    sizes = sorted(int(re.sub(r"[^0-9]", "", each)) for each in turned["Change"] if each != "none")
    return f", {sizes[0]:,}% to {sizes[-1]:,}% away" if sizes else ""
