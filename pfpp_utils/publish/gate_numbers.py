"""Numbers in a text, however they are written: in digits of any kind, with separators, or in words."""

from __future__ import annotations

import re
from functools import lru_cache

from pfpp_utils.methods import number_words

_RUN = re.compile(r"(?<![^\W_])(?<![.\d])\d+(?:[,.'\u00b7 _]\d+)*(?:e[+-]?\d+)?(?![\d])", re.IGNORECASE)
_THOUSANDS = re.compile(r"\d{1,3}([,.'\u00b7 _])\d{3}(?:\1\d{3})*(?:\.\d+)?")
_AMOUNT = re.compile(number_words.AMOUNT, re.VERBOSE | re.IGNORECASE)
_WORDED = re.compile("|".join([*number_words.CARDINALS, "hundred", "dozen"]), re.IGNORECASE)
_MONTH = "(?-i:" + "|".join(rf"{month[:3]}(?:{month[3:]})?" for month in number_words.MONTHS) + r")\b"
#: What is no count: dates, times, years with their next, references, and numbers of several points.
_OTHER = re.compile(
    rf"""\d{{1,2}}\ ?(?:st|nd|rd|th)?(?:\ of)?\ {_MONTH} | {_MONTH}\ \d{{1,2}}(?:st|nd|rd|th)?\b(?!,?\d)
    | \b\d{{4}}-\d\d(?:-\d\d)?\b | \b\d\d?/\d\d?/\d{{2,4}}\b | \b\d\d?:\d\d\b | \b(?:19|20)\d\d/\d\d\b
    | \b\d+(?:\.\d+){{2,}}\b""",
    re.VERBOSE | re.IGNORECASE,
)
_REFERENCE = re.compile(
    r"\b(?:tables?|figures?|pages?|sections?|notes?|chapters?|phase|week|year|stage|step|item|part|round|"
    r"wave|day|appendix|annex|version|decile|quintile|level|questions?|aged?) \d+(?![\d,]*\d)",
    re.IGNORECASE,
)
_SCALE = re.compile(r" ?(k|m|bn|thousand|million|billion)\b", re.IGNORECASE)


@lru_cache(maxsize=200_000)
def readings(text: str) -> tuple[tuple[float, int], ...]:
    """Read all numbers of a text.

    Parameters
    ----------
    text
        With encodings undone: see :func:`pfpp_utils.publish.gate_files.forms`.

    Returns
    -------
    tuple of (float, int)
        Each value that a number can stand for, and where its writing ends; no dates, times or references.

    Examples
    --------
    >>> [value for value, _ in readings("1,234 or forty-one, 3.0; on 12 March, 4th, Table 5, E06")]
    [1234.0, 3.0, 41.0]
    """
    if not any(map(str.isdigit, text)) and not _WORDED.search(text):
        return ()
    text = _REFERENCE.sub(_blank, _OTHER.sub(_blank, text))
    found = [reading for run in _RUN.finditer(text) for reading in _digits(run, text)]
    if _WORDED.search(text):
        plain = re.sub(r"(thousand|million),(?= )", r"\1", text, flags=re.IGNORECASE)
        found += [
            (float(number_words.value(word["words"])), word.end())
            for word in _AMOUNT.finditer(plain)
            if word["words"]
        ]
        found += [(12.0, word.end()) for word in re.finditer(r"\ba dozen\b", text, re.IGNORECASE)]
    return tuple(found)


def values(text: str) -> frozenset[float]:
    """Give the values of all numbers of a text."""
    return frozenset(value for value, _ in readings(text))


def _blank(found: re.Match[str]) -> str:
    return re.sub(r"\w", "_", found[0])


def _digits(run: re.Match[str], text: str) -> list[tuple[float, int]]:
    """Read a run of digits: as one number, or as several that only stand side by side."""
    written, end = run[0], run.end()
    scale = _SCALE.match(text, end)
    if scale:
        end, times = scale.end(), number_words.SCALES[scale[1].lower()]
        single = re.sub("[,' _]", "", written)
        return [(float(single) * times, end)] if re.fullmatch(r"\d+(\.\d+)?", single) else []
    if text[end : end + 1].isalpha():  # a part of a word, such as 3rd
        written = re.sub(r"(^|[,.' _])\d+$", "", written)
    if not written:
        return []
    found: list[float] = []
    if whole := _THOUSANDS.fullmatch(written):
        found.append(float(written.replace(whole[1], "")))
        if whole[1] != "," and whole[1] != "'":
            found += _apart(written)
    else:
        found += _apart(written)
    return [(value, end) for value in found]


def _apart(written: str) -> list[float]:
    parts = [part.replace("\u00b7", ".") for part in re.split("[,' _]", written)]
    return [
        float(part) for part in parts if re.fullmatch(r"\d+(\.\d+)?(e[+-]?\d{1,2})?", part, re.IGNORECASE)
    ]
