"""The numbers of a text: every place where it says how many, how much, which or when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from fractions import Fraction
from itertools import pairwise
from typing import Literal, NamedTuple, get_args

from pfpp_utils.methods import number_words
from pfpp_utils.methods.passages import Passage

Kind = Literal[
    "count", "share", "money", "score", "range", "quantifier", "ordinal", "date", "reference", "name"
]
#: What a number may be, a guess for a person to confirm. Dates, references and names mostly claim nothing.
KINDS: tuple[Kind, ...] = get_args(Kind)

_MONTH = "(?:" + "|".join(number_words.MONTHS) + ")"
_DAY = r"(?:\d{1,2}(?:st|nd|rd|th)?\s)"
_YEAR = r"(?:19|20)\d\d(?:\s?[-/\u2013]\s?(?:20)?\d\d(?!\d))?"
_TO = r"(?:\s?[-\u2013]\s?|\sto\s|\sand\s)"
_LABEL = "table|figure|section|annex|appendix|chapter|attachment|footnote|page|condition"
_TOKEN = re.compile(
    rf"""
    (?P<reference>\b(?:{_LABEL})(?:e?s)?\s\d+(?:\.\d+)*(?:\sand\s\d+(?:\.\d+)*)?
      |\d+(?:\.\d+){{2,}}|\(\d[a-z]\))
  | (?P<date>\b(?:early|mid|late)-{_YEAR}|(?:\b{_DAY}?{_MONTH}{_TO})?\b{_DAY}?{_MONTH}\s{_YEAR}
      |\b{_DAY}{_MONTH}\b|(?<![\w£,.]){_YEAR}(?!\w|,\d|\.\d|\s?%)|\b\d{{4}}s\b)
  | (?P<name>(?-i:(?<![\w£])
      (?:[A-Za-z]+-?\d+[A-Za-z0-9]*|\d+[A-Z][A-Z0-9]*|\d+:\d+|Year\s\d\d?|\d{{16,}})(?!\w)))
  | (?P<ordinal>\b(?:\d+(?:st|nd|rd|th)|{"|".join(number_words.ORDINALS)})\b)
  | (?P<amount>(?:£\s?)?(?:{number_words.AMOUNT})(?:\s?(?:%|percent\b|per\scent\b))?\+?)
  | (?P<quantifier>\b(?:{"|".join(number_words.QUANTIFIERS)})\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_JOINED = re.compile(r"\s?[-\u2013]\s?|-?\s?to\s?-?", re.IGNORECASE)
_QUALIFIERS = {
    "over": r"over|more than|above|exceeding",
    "at_least": r"at least|(?:a )?minimum of",
    "at_most": r"at most|up to|no more than|(?:a )?maximum of",
    "under": r"under|less than|fewer than|below",
    "nearly": r"nearly|almost|close to|just under",
    "around": r"around|approximately|roughly|an estimated|estimated|c\.|circa",
    "about": r"about",
}
_BEFORE = "|".join(f"(?P<{name}>{text})" for name, text in _QUALIFIERS.items())
_QUALIFIER = re.compile(rf"(?:^|\s|\()(?:{_BEFORE})\s?(?:an?\s)?$", re.IGNORECASE)
_PLURAL = re.compile(r"[a-z]{2,}(?:[^sui\W]s|ies)")
_REACH = 70


class Found(NamedTuple):
    """One number of a text.

    Attributes
    ----------
    section, paragraph, line
        Where it stands; see :class:`pfpp_utils.methods.passages.Passage`.
    printed
        As printed, with pound and percent signs.
    value
        What it comes to; None for dates, references and names. A share is in percent.
    unit
        A guess: ``GBP``, ``percent``, or the next plural; empty if there is none.
    qualifier
        What stands before it, such as ``over`` or ``nearly``; ``exactly`` if nothing does.
    kind
        A guess; one of ``KINDS``.
    context
        The words around it.
    """

    section: str
    paragraph: int
    line: int
    printed: str
    value: Fraction | None
    unit: str
    qualifier: str
    kind: Kind
    context: str


def scan(passages: Iterable[Passage]) -> list[Found]:
    """List every number in the passages of a text, in order.

    Found are digits (with thousands, decimals, scales such as k and million, signs), cardinals and ordinals
    in words, parts ("half", "two-thirds", "7/13"), ranges (each end of its own), dates, numbers within names
    and references, and the words that say all, none or most of a whole (``number_words.QUANTIFIERS``). Not
    found are words without a number of their own: "several", "many", "each", "every", "monthly", "a".

    Parameters
    ----------
    passages
        What :func:`pfpp_utils.methods.passages.passages` gives.

    Returns
    -------
    list of Found
        One entry a number, repeated where the text repeats it.

    References
    ----------
    The rules are this project's own.

    Examples
    --------
    >>> text = "Nearly half of the 13 pilots (6/13) spent over £2 million, or 39%, by May 2023."
    >>> for one in scan([Passage("1", 1, 1, text)]):
    ...     print(one.printed, one.value, one.unit, one.qualifier, one.kind, sep=" | ")
    half | 50 | percent | nearly | share
    13 | 13 | pilots | exactly | count
    6/13 | 600/13 | percent | exactly | share
    £2 million | 2000000 | GBP | over | money
    39% | 39 | percent | exactly | share
    May 2023 | None |  | exactly | date
    """
    return [found for passage in passages for found in _scan(passage)]


def _scan(passage: Passage) -> Iterator[Found]:
    tokens = list(_TOKEN.finditer(passage.text))
    for number, token in enumerate(tokens):
        group = str(token.lastgroup)
        printed = token[0].strip()
        ends = _is_end(passage.text, tokens, number)
        kind, unit = _guess(passage.text, token, ends=ends)
        value = None if group in {"date", "name", "reference"} else number_words.value(printed.rstrip("+"))
        share = unit == "percent" and not re.search(r"%|per", printed, re.IGNORECASE)
        before = _QUALIFIER.search(_before(passage.text, token))
        yield Found(
            *passage[:3],
            printed,
            value * 100 if share and value is not None else value,
            unit,
            str(before.lastgroup) if before else "exactly",
            kind,
            _around(passage.text, token),
        )


def _guess(text: str, token: re.Match[str], *, ends: bool) -> tuple[Kind, str]:
    """Guess the kind and the unit of a number."""
    printed, group = token[0], str(token.lastgroup)
    after = text[token.end() : token.end() + _REACH]
    following = re.split(r"[.;:()]", after)[0].split()[:5]
    words = [word.strip(",'\u2019") for word in following]
    plural = next((word for word in words if _PLURAL.fullmatch(word)), "")
    if group in {"date", "name", "reference"}:
        return group, ""  # type: ignore[return-value]
    if group in {"ordinal", "quantifier"}:
        is_share = printed.lower() in {"all", "none", "no", "neither", "most", "majority"}
        return group, "percent" if is_share else plural  # type: ignore[return-value]
    if "£" in printed:
        return "range" if ends else "money", "GBP"
    if token["part"] or token["ratio"] or re.search(r"%|per\s?cent", printed):
        return "range" if ends else "share", "percent"
    if "." in printed and "score" in text[max(0, token.start() - 30) : token.start()].lower():
        return "score", "points"
    return "range" if ends else "count", plural.lower()


def _is_end(text: str, tokens: list[re.Match[str]], number: int) -> bool:
    """Whether a number is one end of a range: "12-15", "six to twelve", "between two and four"."""
    near = tokens[max(0, number - 1) : number + 2]
    for first, second in pairwise(near):
        middle = text[first.end() : second.start()]
        between = _before(text, first).rstrip().lower().endswith("between")
        joined = _JOINED.fullmatch(middle) or (between and middle.strip() == "and")
        if joined and first.lastgroup == second.lastgroup == "amount":
            return True
    return False


def _before(text: str, token: re.Match[str]) -> str:
    """Give what stands before a number, as far as it can bear on it."""
    return text[max(0, token.start() - _REACH) : token.start()]


def _around(text: str, token: re.Match[str]) -> str:
    """Give the words around a number, cut between words."""
    start, end = max(0, token.start() - _REACH), min(len(text), token.end() + _REACH)
    before, after = text[start : token.start()], text[token.end() : end]
    if start:
        before = "…" + before.partition(" ")[2]
    if end < len(text):
        after = after.rpartition(" ")[0] + "…"
    return before + token[0] + after
