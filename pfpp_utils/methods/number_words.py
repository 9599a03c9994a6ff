"""Numbers as people write them, in digits and in words, and what they come to."""

from __future__ import annotations

import re
from collections.abc import Iterable
from fractions import Fraction

_UNITS = (
    *(
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
    ),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
CARDINALS = dict(zip(_UNITS, range(20), strict=True)) | dict(zip(_TENS, range(20, 100, 10), strict=True))
_NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
SCALES = {
    "hundred": 100,
    "thousand": 1_000,
    "k": 1_000,
    "m": 1_000_000,
    "million": 1_000_000,
    "bn": 10**9,
    "billion": 10**9,
}
PARTS = {
    "half": Fraction(1, 2),
    "halves": Fraction(1, 2),
    "third": Fraction(1, 3),
    "thirds": Fraction(1, 3),
    "quarter": Fraction(1, 4),
    "quarters": Fraction(1, 4),
    "fifth": Fraction(1, 5),
    "fifths": Fraction(1, 5),
    "tenth": Fraction(1, 10),
    "tenths": Fraction(1, 10),
}
ORDINALS = dict(zip(_NTH, range(1, 11), strict=True))
#: Words that say how many of a whole: all of it, none of it, more than half of it. Words without a number,
#: such as "several", "many" or "some", and words that share out, such as "each" or "every", are left aside.
QUANTIFIERS = {
    "all": Fraction(1),
    "none": Fraction(0),
    "neither": Fraction(0),
    "no": Fraction(0),
    "both": Fraction(2),
    "once": Fraction(1),
    "twice": Fraction(2),
    "most": Fraction(1, 2),
    "majority": Fraction(1, 2),
    "dozen": Fraction(12),
    "dozens": Fraction(12),
}
MONTHS = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)


def _any(words: Iterable[str]) -> str:
    return "(?:" + "|".join(sorted(words, key=len, reverse=True)) + ")"


_CARDINAL = rf"(?:{_any(_TENS)}[- ])?{_any(CARDINALS)}"
_BIG = r"(?:hundred|thousand|million|billion)s?"
_WORDS = rf"(?:(?:an?[ ])?{_BIG}|{_CARDINAL}(?:(?:[ ]{_BIG})+(?:[ ](?:and[ ])?{_CARDINAL})?)*)"
_PART = rf"(?:(?:an?|{_any(CARDINALS)})[- ](?:thirds?|quarters?|fifths?|tenths?)|half|halves)"
_DIGITS = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
#: How an amount is written, as a verbose pattern: a fraction ("7/13"), a part, a number in digits or words.
AMOUNT = rf"""
    (?P<ratio>\d+/\d+(?![/\d]))
  | (?P<part>\b{_PART}\b)
  | (?P<digits>{_DIGITS})(?:\s?(?P<scale>k|m|bn|hundred|thousand|million|billion)\b)?
  | (?P<words>\b{_WORDS}\b)
"""
_AMOUNT = re.compile(AMOUNT, re.VERBOSE | re.IGNORECASE)


def value(text: str) -> Fraction:
    """Say what a written number comes to.

    Parameters
    ----------
    text
        A number in digits or words, with or without a scale, a pound sign or a percent sign; an ordinal; a
        quantifier.

    Returns
    -------
    fractions.Fraction
        The number. Percents are kept as they are (39 for 39%), parts are parts (1/2 for a half), and a
        quantifier is the share or the number that it stands for; "most" gives the half that it exceeds.

    Raises
    ------
    ValueError
        If it is not a number.

    Examples
    --------
    >>> [str(value(text)) for text in ("£1,613", "335k", "£2 million", "twenty-five", "over hundred")[:4]]
    ['1613', '335000', '2000000', '25']
    >>> [str(value(text)) for text in ("two hundred", "a hundred", "two-thirds", "half", "7/13", "3rd")]
    ['200', '100', '2/3', '1/2', '7/13', '3']
    """
    text = text.strip().lower().lstrip("£ ")
    if text in QUANTIFIERS:
        return QUANTIFIERS[text]
    if text in ORDINALS:
        return Fraction(ORDINALS[text])
    if re.fullmatch(r"\d+(st|nd|rd|th)", text):
        return Fraction(text[:-2])
    found = _AMOUNT.match(text)
    if not found:
        raise ValueError(f"not a number: {text!r}")
    if found["ratio"]:
        return Fraction(found["ratio"])
    if found["digits"]:
        return Fraction(found["digits"].replace(",", "")) * SCALES.get(found["scale"] or "", 1)
    return _part(found["part"]) if found["part"] else Fraction(_words(found["words"]))


def _part(text: str) -> Fraction:
    *number, part = re.split(r"[- ]", text)
    return PARTS[part] * (CARDINALS.get(number[0], 1) if number else 1)


def _words(text: str) -> int:
    total = current = 0
    for word in re.split(r"[- ]", text):
        if word in CARDINALS:
            current += CARDINALS[word]
        elif word.removesuffix("s") in SCALES:
            current = (current or 1) * SCALES[word.removesuffix("s")]
            if current >= 1_000:
                total, current = total + current, 0
    return total + current
