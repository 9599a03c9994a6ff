"""Dates as publishers write them, read by an order of day and month that is known or proved."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple, TypeAlias

import pandas as pd

from pfpp_utils.data.awards import money

Order: TypeAlias = Literal["dmy", "mdy"]
AMBIGUOUS: Final = "day or month first"
IMPOSSIBLE: Final = "no such date"
SERIAL: Final = "a number, not a date"
UNREADABLE: Final = "not a date"
_ZONE: Final = r"(?: ?z| ?utc| ?gmt| ?[+-][0-9]{2}:?[0-9]{2})?"
_TIME: Final = rf"(?:(?:t|,? )[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}}(?:\.[0-9]+)?)?(?: ?[ap]m)?{_ZONE})?"
_ABBREVIATED: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    "(?P<month>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|"
    "oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = r"(?P<day>[0-9]{1,2})(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>[0-9]{4}|[0-9]{2})"
#: Ways to write a date that leave no doubt about which number is which.
_PLAIN: Final = (
    rf"^(?P<year>[0-9]{{4}})([-/.])(?P<month>[0-9]{{1,2}})\2(?P<day>[0-9]{{1,2}}){_TIME}$",
    r"^(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})$",
    rf"^{_DAY}[ /-]{_MONTH}[ ,/-]{{1,2}}{_YEAR}{_TIME}$",
    rf"^{_MONTH} {_DAY},? (?P<year>[0-9]{{4}}){_TIME}$",
)
_LATE: Final = r"-(?:0[3-9]|10)-[0-9]{2}[t ]23:00(?::00(?:\.0+)?)?(?:z|\+00:?00)$"
_NUMBERS: Final = rf"^(?P<first>[0-9]{{1,2}})([-/.])(?P<second>[0-9]{{1,2}})\2{_YEAR}{_TIME}$"


class Dates(NamedTuple):
    """Dates of a column, row by row.

    Attributes
    ----------
    dates
        Date without a time; missing where there is none or it could not be read.
    reason
        Why it could not; missing where it could, or where the cell gives none.
    order
        Order of day and month by which ``05/06/2014`` was read; None if no value needed or settled it.
    proof
        The value that settled the order, such as ``25/06/2014``; "" where the publisher's order is known.
    settled
        How many dates such as ``05/06/2014`` were read by that order, given or proved.
    """

    dates: pd.Series[pd.Timestamp]
    reason: pd.Series[str]
    order: Order | None
    proof: str
    settled: int


def read(text: pd.Series[str], *, order: Order | None = None) -> Dates:
    """Read a column of dates.

    ISO dates, with or without time and zone, and dates with the month's name are read as written: a time is
    dropped and the date in the written zone kept. ``25/06/2014`` says its own order; ``05/06/2014`` is read
    in the given order, else in that of the column if its values prove one and none the other. Two digits of
    a year are 1969 to 2068. Numbers of days (42461) are not read: a spreadsheet's dates arrive as dates.

    Parameters
    ----------
    text
        Dates as written; missing where a cell is empty.
    order
        Order of day and month that the publisher is known to use.

    Returns
    -------
    Dates
        Series with the index of `text`, and what settled the order.

    Examples
    --------
    >>> read(pd.Series(["05/06/2014", "25/06/2014"])).dates.dt.date.astype("str").tolist()
    ['2014-06-05', '2014-06-25']
    >>> read(pd.Series(["05/06/2014"])).reason.tolist()
    ['day or month first']
    """
    codes, values = pd.factorize(text)
    unique = money.tidy(pd.Series(values))
    parts, numbers = _plain(unique), _numbers(unique)
    used, proof = _settled(order, numbers, unique)
    parts = parts.fillna(_ordered(numbers, used))
    dates = pd.to_datetime(parts, errors="coerce")
    reason = _reasons(unique, parts, numbers).mask(dates.notna())
    found = pd.DataFrame({"dates": dates, "reason": reason}).reindex(codes).set_axis(text.index)
    doubtful = numbers[["first", "second"]].max(axis=1).between(1, 12)
    settled = int(doubtful.reindex(codes, fill_value=False).sum()) if used else 0
    return Dates(found["dates"], found["reason"], used, proof, settled)


def late_evening(text: pd.Series[str]) -> pd.Series[bool]:
    """Tell which dates are written as 11 pm in universal time in the months of British summer time.

    Parameters
    ----------
    text
        Dates as written.

    Returns
    -------
    pandas.Series
        True for ``2015-05-31T23:00:00Z``, midnight of 1 June in Britain.
    """
    codes, values = pd.factorize(text)
    late = money.tidy(pd.Series(values)).str.contains(_LATE)
    return late.reindex(codes, fill_value=False).astype(bool).set_axis(text.index)


def _plain(unique: pd.Series[str]) -> pd.DataFrame:
    parts = pd.DataFrame(index=unique.index, columns=["year", "month", "day"], dtype="float64")
    for pattern in _PLAIN:
        found = unique.str.extract(pattern)[["year", "month", "day"]]
        months = found["month"].str[:3].map({name: number for number, name in enumerate(_ABBREVIATED, 1)})
        found["month"] = months.fillna(pd.to_numeric(found["month"], errors="coerce"))
        found["year"] = _full_years(found["year"])
        parts = parts.fillna(found.astype("float64"))
    return parts


def _numbers(unique: pd.Series[str]) -> pd.DataFrame:
    found = unique.str.extract(_NUMBERS)[["first", "second", "year"]]
    return found.assign(year=_full_years(found["year"])).astype("float64")


def _settled(order: Order | None, numbers: pd.DataFrame, unique: pd.Series[str]) -> tuple[Order | None, str]:
    """Order that the publisher uses or values of the column prove, unless values prove the contrary only."""
    first, second = numbers["first"], numbers["second"]
    proofs: dict[Order, pd.Series[str]] = {
        "dmy": unique[first.between(13, 31) & second.between(1, 12)],
        "mdy": unique[second.between(13, 31) & first.between(1, 12)],
    }
    proved: list[Order] = [name for name, texts in proofs.items() if len(texts)]
    if order and (order in proved or not proved):
        return order, ""
    if order or len(proved) != 1:
        return None, ""
    return proved[0], proofs[proved[0]].iloc[0]


def _ordered(numbers: pd.DataFrame, order: Order | None) -> pd.DataFrame:
    first, second = numbers["first"], numbers["second"]
    if order == "mdy":
        first, second = second, first
    if order is None:  # each value by itself
        swapped = (second > 12) & (first <= 12)
        first, second = first.mask(swapped, second), second.mask(swapped, first)
        second = second.mask((first <= 12) & (first != second))
    return pd.DataFrame({"year": numbers["year"], "month": second, "day": first})


def _full_years(year: pd.Series[str]) -> pd.Series[float]:
    number = year.astype("float64")
    return number + (1900 + 100 * (number <= 68)).where(year.str.len() == 2, 0)


def _reasons(unique: pd.Series[str], parts: pd.DataFrame, numbers: pd.DataFrame) -> pd.Series[str]:
    reason = pd.Series(UNREADABLE, index=unique.index, dtype="string")
    reason = reason.mask(unique.str.fullmatch(r"[0-9]{5,6}(?:\.[0-9]+)?"), SERIAL)
    reason = reason.mask(parts.notna().all(axis=1), IMPOSSIBLE)
    doubtful = numbers.notna().all(axis=1) & parts["month"].isna()
    reason = reason.mask(doubtful, AMBIGUOUS)
    return reason.mask(unique.isin(money.NOT_GIVEN))
