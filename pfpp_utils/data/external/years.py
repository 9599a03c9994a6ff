"""Financial years as people and file names write them."""

from __future__ import annotations

import re

from pfpp_utils.errors import InputError

_WRITTEN = re.compile(r"(?<!\d)(20\d\d)(\D{0,4})((?:20)?\d\d)(?!\d)")


def check(year: str, *, where: str = "year") -> str:
    """Return a financial year if it is one.

    Parameters
    ----------
    year
        Such as ``"2020-21"``.
    where
        What the message names.

    Returns
    -------
    str
        `year` as given.

    Raises
    ------
    InputError
        If it is written otherwise, or does not end the year after it begins.
    """
    if re.fullmatch(r"20\d\d-\d\d", year) and in_name(year) == year:
        return year
    raise InputError("not a financial year", where=where, found=year, allowed="a year such as 2020-21")


def in_name(name: str) -> str | None:
    """Find the financial year in a file's name.

    Parameters
    ----------
    name
        Such as ``"Government_Grants_Register_2020_to_2021.ods"``.

    Returns
    -------
    str or None
        Such as ``"2020-21"``: the first two consecutive years that follow each other.

    Examples
    --------
    >>> in_name("awards-2016-17.xlsx"), in_name("awards 2020 to 2021.ods"), in_name("ACE_2018_12082020.xlsx")
    ('2016-17', '2020-21', None)
    """
    for first, _, second in _WRITTEN.findall(name):
        if int(second[-2:]) == (int(first) + 1) % 100:
            return f"{first}-{second[-2:]}"
    return None


def spell(text: str, year: str | None) -> str:
    """Put a financial year into an address.

    Parameters
    ----------
    text
        With ``{from}`` and ``{to}`` where the two calendar years go.
    year
        Such as ``"2020-21"``; None leaves `text` as it is.

    Returns
    -------
    str
        The address for that year.

    Examples
    --------
    >>> spell("statistics-{from}-to-{to}", "2020-21")
    'statistics-2020-to-2021'
    """
    if year is None:
        return text
    first = int(year[:4])
    return text.replace("{from}", str(first)).replace("{to}", str(first + 1))
