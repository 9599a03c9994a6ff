"""Names of councils, taken apart: the place in the name, and what kind of council the name says it is."""

from __future__ import annotations

import re
import unicodedata
from typing import Literal, NamedTuple

Style = Literal["bare", "council", "city", "district", "london", "county", "combined", "service", "parish"]

#: Words around a place name, and the kind of council that they assert.
WORDS: dict[str, Style] = {
    "council": "council",
    "cc": "council",  # city council or county council: no telling which
    "corporation": "council",
    "ua": "council",
    "unitary": "council",
    "authority": "council",
    "city": "city",
    "borough": "district",
    "boro": "district",
    "district": "district",
    "metropolitan": "district",
    "mbc": "district",
    "mdc": "district",
    "bc": "district",
    "dc": "district",
    "london": "london",
    "lb": "london",
    "county": "county",
}
#: Words that say that the body is a council, not only where it is.
COUNCIL = frozenset({"council", "cc", "corporation", "mbc", "mdc", "bc", "dc", "lb"})
_LINKS = frozenset({"of", "the", "and", "royal", "rb"})
_STRONGEST: tuple[Style, ...] = ("london", "county", "district", "city", "council")
_PARISH = re.compile(r"\b(parish|town|community|parochial church) (council|meeting)$")
_COMBINED = re.compile(r" (mayoral )?(combined (county )?authority|ca)( [a-z]{3,5})?$")
_SERVICE = re.compile(r" youth (offending|justice) (team|service)s?( yo[ts])?$")
_TRADING = re.compile(r"\b(t/a|trading as)\b.*")
_LONDON = re.compile(r"\b(city|corporation) of london( corporation)?\b")
_PREFIX = re.compile(
    r"^(?P<words>(?:(?:royal|london|lb|rb|city|county|metropolitan|borough|district|council|corporation|and)"
    r" )+)of (?:the )?",
)


class Parsed(NamedTuple):
    """The place in a council's name, the kind of council the name asserts, and whether it says it is one."""

    core: str
    style: Style
    council: bool


def plain(name: str) -> str:
    """Write a name in small letters and digits without accents, punctuation or what it trades as.

    Parameters
    ----------
    name
        As published.

    Returns
    -------
    str
        Words with one space between them; "&" is "and".

    Examples
    --------
    >>> plain("The King's Lynn & West-Norfolk B.C.  T/A Buses")
    'kings lynn and west norfolk bc'
    """
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    text = _TRADING.sub("", text).replace("&", " and ")
    text = re.sub(r"[.'`]", "", text)
    text = re.sub(r"[^a-z0-9]+", " ", text).strip()
    return re.sub(r"^l b ", "lb ", text.removeprefix("the "))


def parse(name: str) -> Parsed:
    """Take the name of a council apart.

    Parameters
    ----------
    name
        As published: ``"LB Hackney"``, ``"Bristol, City of"``, ``"Wakefield MDC"``.

    Returns
    -------
    Parsed
        The place, the kind of council ("bare" if no word says one, "service" for a youth offending team,
        "parish" for the councils below districts), and whether a word such as "council" stands in it.

    Examples
    --------
    >>> parse("City of Bradford Metropolitan District Council")
    Parsed(core='bradford', style='district', council=True)
    >>> parse("Herefordshire, County of")
    Parsed(core='herefordshire', style='county', council=False)
    >>> parse("City of London")
    Parsed(core='city of london', style='bare', council=False)
    """
    text = plain(name)
    if _PARISH.search(text):
        return Parsed(text, "parish", council=True)
    if _COMBINED.search(text):
        return Parsed(_bare(_COMBINED.sub("", text))[0], "combined", council=False)
    if _SERVICE.search(text):
        return Parsed(_bare(_SERVICE.sub("", text))[0], "service", council=False)
    core, words = _bare(text)
    council = bool(COUNCIL & words) or text.startswith(("london borough", "royal borough"))
    return Parsed(core, _style(words), council)


def _bare(text: str) -> tuple[str, set[str]]:
    """Strip the words around a place; return the place and the words."""
    kept = _LONDON.sub("cityoflondon", text)  # here the words are part of the name
    begin = _PREFIX.match(kept + " ")
    words = set(begin["words"].split()) if begin and kept[begin.end() :] else set()
    tokens = (kept[begin.end() :] if words and begin else kept.removeprefix("lb ")).split()
    words |= {"lb"} if not words and kept.startswith("lb ") else set()
    while len(tokens) > 1 and (tokens[-1] in WORDS or tokens[-1] in _LINKS):
        words.add(tokens.pop())
    return " ".join(tokens).replace("cityoflondon", "city of london"), words


def _style(words: set[str]) -> Style:
    """Choose the most telling of the kinds that the words assert."""
    styles = {WORDS[word] for word in words if word in WORDS}
    return next((style for style in _STRONGEST if style in styles), "bare")
