"""Names of organisations: the key under which spellings of one name meet, and names that name nobody.

A key keeps what tells organisations apart and drops what publishers vary at will: letter case, accents,
punctuation, `The`, `&`, the legal form, a trading name after `t/a`, an abbreviation in brackets, and the kind
of council. The lists here and in :mod:`pfpp_utils.methods.organisation_words` are all the knowledge in it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from pfpp_utils.methods.organisation_words import COMMON, FILLER, NO_NAMES, NOBODY

LEGAL = (
    "community interest company|community benefit society|charitable incorporated organisation|"
    "company limited by guarantee|limited liability partnership|public limited company|"
    "limited|ltd|plc|llp|cic|cio|scio|inc|incorporated"
)
_SMALL = frozenset({"and", "at", "for", "in", "of", "on", "the"})
_TRADING = re.compile(r"(?<=\w)\W+(?:t/as?|trading as|formerly|previously|aka)\b.*", re.DOTALL)
_BRACKET = re.compile(r"\(([^()]*)\)|-\s*([a-z]+)\s*$")
_FUELS = frozenset({"biodiesel", "diesel", "petrol"})
_WORDS = [
    (re.compile(rf"\b(?:{old})\b"), new)
    for old, new in {
        "assocn?|associat": "association",
        "co op|co operative": "cooperative",
        "co": "company",
        "dept": "department",
        "nhs ?ft|nhs foundation trust": "nhs trust",
        "saint": "st",
    }.items()
]
_LEGAL = re.compile(rf"(?:\s+(?:{LEGAL}))+$")
_KIND = r"(?:city|borough|metropolitan|district)"
_COUNCILS = [
    re.compile(
        rf"(?:(?:royal |london |metropolitan )?borough of|lb) (?P<place>.+?)(?: {_KIND})*(?: council)?"
    ),
    re.compile(rf"city of (?P<place>\w+|.+?(?= {_KIND}| council))(?: {_KIND})*(?: council)?"),
    re.compile(rf"(?P<place>.+?)(?: {_KIND})* council(?: london)?"),
    re.compile(r"(?P<place>.+?) (?:mbc|mdc|bc|dc)"),
]
_SEVERAL_COUNCILS = frozenset({"newcastle"})  # a city upon Tyne and a borough under Lyme


@cache
def key(name: str) -> str:
    """Reduce a name to what its spellings have in common.

    Parameters
    ----------
    name
        As published.

    Returns
    -------
    str
        Lower-case words with one space between; empty if no letter or digit is left.

    Examples
    --------
    >>> key("The Open University"), key("READING TRANSPORT LTD t/a Reading Buses")
    ('open university', 'reading transport')
    >>> key("London Borough of Brent"), key("CHESHIRE EAST BOROUGH COUNCIL")
    ('brent council', 'cheshire east council')
    >>> key("Cambridge Rape Crisis Centre (CRCC)"), key("Age UK Warwickshire (Diesel)")
    ('cambridge rape crisis centre', 'age uk warwickshire')
    """
    text = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    text = _BRACKET.sub(lambda found: _kept(found, text), _TRADING.sub("", text))
    text = " ".join(re.sub(r"[^a-z0-9]+", " ", re.sub(r"['`]", "", re.sub(r"[&+]", " and ", text))).split())
    for pattern, word in _WORDS:
        text = pattern.sub(word, text)
    text = _LEGAL.sub("", text.removeprefix("the ").removesuffix(" the"))
    return _council(text)


def names_nobody(name: str) -> bool:
    """Whether a name stands for a person, for nobody, or for whom the publisher does not name.

    Parameters
    ----------
    name
        As published.

    Returns
    -------
    bool
        True for blanks, `redacted`, `individual 12`, `N/A` and the like; False for *Anonymous Theatre*.

    Examples
    --------
    >>> [names_nobody(name) for name in ("Redacted", "Individual 7", "n/a", " - ", "Redacted Records Ltd")]
    [True, True, True, True, False]
    """
    plain = re.sub(r"[^a-z0-9]+", " ", name.casefold()).strip()
    words = [word for word in plain.split() if not word.isdecimal()]
    if not words or " ".join(words) in NO_NAMES:
        return not re.fullmatch(r"[1-9]\d{1,3}", plain)  # 1927 is a theatre company
    return not NOBODY.isdisjoint(words) and NOBODY.union(FILLER).issuperset(words)


def is_common(name_key: str) -> bool:
    """Whether many can bear a name: all its words are like `St`, `Mary`, `Village`, `Hall`.

    Parameters
    ----------
    name_key
        From :func:`key`.

    Returns
    -------
    bool
        True if nothing in it tells where or what exactly.

    Examples
    --------
    >>> is_common(key("St Mary's Church")), is_common(key("St Mary's Church Ealing"))
    (True, False)
    """
    return COMMON.issuperset(name_key.split())


def _kept(bracket: re.Match[str], text: str) -> str:
    inner = (bracket[1] or bracket[2]).strip()
    outer = re.sub(r"[^a-z0-9 ]+", " ", text[: bracket.start()]).split()
    initials = "".join(word[0] for word in outer if word not in _SMALL)
    dropped = inner in _FUELS or (bracket[1] and len(inner) > 1 and initials.endswith(inner))
    return " " if dropped else bracket[0]


def _council(text: str) -> str:
    for form in _COUNCILS:
        found = form.fullmatch(text)
        if found and found["place"] not in _SEVERAL_COUNCILS:
            return f"{found['place']} council"
    return text
