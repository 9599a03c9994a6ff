"""Texts of headers: when two are the same, and what unit or financial year one states."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Literal, TypeAlias

StatedUnit: TypeAlias = Literal["thousand", "million", "billion"]

_INVISIBLE = dict.fromkeys(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
_QUOTES = str.maketrans({"\u2018": "'", "\u2019": "'", "`": "'", "\u2013": "-", "\u2014": "-", "_": " "})
_NUMBERED = re.compile(r":\d+:")
_CURRENCY = r"(?:£|gbp|pounds?(?: sterling)?)"
_MANY: dict[StatedUnit, str] = {
    "billion": r"(?:bn|billions?)",
    "million": r"(?:mn?|millions?|'?000[,. ]?'?000'?s?)",
    "thousand": r"(?:k|thousands?|1?,?'?000'?s?)",
}


def _unit(many: str) -> re.Pattern[str]:
    """Return how a unit looks: beside a currency (£m, £'000, millions of pounds), or alone in brackets."""
    beside = rf"{_CURRENCY}\s?\(?(?:in )?{many}\b\)?|\b{many}(?: of)? {_CURRENCY}"
    return re.compile(rf"\(?(?:in )?(?:{beside})\)?|[(\[](?:in |figures in )?{many}[)\]]")


_UNITS = {unit: _unit(many) for unit, many in _MANY.items()}
_PLAIN = re.compile(rf"[(\[]\s*(?:in )?{_CURRENCY}\s*[)\]]|£|\bgbp\b")
_LONG_YEAR = r"(20\d\d)[\s-]?(?:-|/|to)[\s-]?(?:20)?(\d\d)"
_YEAR = re.compile(rf"(?<!\d)(?:{_LONG_YEAR}|(\d\d)/(\d\d))(?!\d)(?!/)")

_DATED = re.compile(
    rf"(?:\b(?:in|for|during)\s+)?(?:the financial year |financial year |fy ?)?{_YEAR.pattern}"
)


@lru_cache(maxsize=100_000)
def key(header: str) -> str:
    r"""Return what two headers must share to be taken for the same.

    Letter case, blanks and line breaks of any kind, underlines, the shape of dashes and quotation marks, the
    number of one of several (``Beneficiary Location:1:Name``), a star for a footnote, and the unit make no
    difference.

    Parameters
    ----------
    header
        As written.

    Returns
    -------
    str
        In lower case; "£" if the header says nothing but the unit.

    Examples
    --------
    >>> key("Amount\u00a0 Awarded (£m) *")
    'amount awarded'
    >>> key("Beneficiary Location:1:Name") == key("beneficiary location : NAME")
    True
    """
    text = _plain(header)
    for pattern in (*_UNITS.values(), _PLAIN):
        text = pattern.sub(" ", text)
    text = _NUMBERED.sub(":", re.sub(r"\s*([:/])\s*", r"\1", " ".join(text.split())))
    return text.strip(" *:-()") or ("£" if unit(header) or "£" in header else _plain(header))


def pattern(header: str) -> str:
    """Return the key of a header in which ``*`` stands for any text.

    Parameters
    ----------
    header
        As somebody who writes a layout would.

    Returns
    -------
    str
        To be matched with the key of a header.

    Examples
    --------
    >>> pattern("Scheme * Name"), pattern("*Portfolio Grant (£)*")
    ('scheme*name', '*portfolio grant*')
    """
    return "*".join(key(part) if part.strip() else "" for part in header.split("*"))


def undated(header: str) -> str:
    """Return the key of a header without the financial year that it states.

    Parameters
    ----------
    header
        As written.

    Returns
    -------
    str
        In lower case.

    Examples
    --------
    >>> undated("Amount awarded in 2013-14 (£'000)")
    'amount awarded'
    """
    return key(_DATED.sub(" ", _plain(header)))


def unit(header: str) -> StatedUnit | None:
    """Return the unit of money that a header states.

    Parameters
    ----------
    header
        As written.

    Returns
    -------
    str or None
        None if it states none: a lone pound sign says which currency, not how many of it.

    Examples
    --------
    >>> [unit(text) for text in ("Amount (£m)", "Value £'000", "GBP thousand", "Amount (£)", "Programme")]
    ['million', 'thousand', 'thousand', None, None]
    """
    text = _plain(header)
    return next((unit for unit, pattern in _UNITS.items() if pattern.search(text)), None)


def years(text: str) -> list[str]:
    """Find the financial years that a header or a name states, however it writes them.

    Parameters
    ----------
    text
        Such as ``GGIS_Grant_Awards_2016_to_2017``. Of years without a century only ``18/19`` is taken.

    Returns
    -------
    list of str
        Such as ``["2016-17"]``; a span of several years, such as ``2018-22``, is none.

    Examples
    --------
    >>> years("Awards 2016_to_2017"), years("2018/19 grant (£)"), years("18/19"), years("NPO 2018-22")
    (['2016-17'], ['2018-19'], ['2018-19'], [])
    """
    found = []
    for long, end, short, short_end in _YEAR.findall(_plain(text)):
        first = int(long or f"20{short}")
        if (first + 1) % 100 == int(end or short_end):
            found.append(f"{first}-{(first + 1) % 100:02}")
    return list(dict.fromkeys(found))


def _plain(text: str) -> str:
    plain = unicodedata.normalize("NFKC", text).translate(_INVISIBLE).translate(_QUOTES).casefold()
    return " ".join(plain.split())
