"""The grammar of an amount of money written as text: sign, currency, number, word for a multiplier."""

from __future__ import annotations

import re
from typing import Final

import numpy as np
import pandas as pd

WORDS: Final = {"thousand": 10**3, "mn": 10**6, "million": 10**6, "bn": 10**9, "billion": 10**9}
NOT_GIVEN: Final = {
    *("", "-", "--", ".", "..", "...", "*", "x", "?", ":", "#n/a", "n/a", "na", "nan", "n/k", "nil return"),
    *("none", "null", "not available", "not applicable", "not known", "unknown", "unavailable", "blank"),
    *("tbc", "tba", "tbd", "to be confirmed", "to be advised", "to be agreed", "pending", "placeholder"),
}
WITHHELD: Final = {"withheld", "confidential", "commercial in confidence", "not disclosed", "undisclosed"}
_STERLING: Final = {"gbp", "£", "pound", "pounds", "pounds sterling", "sterling", "gb pounds", "uk pounds"}
_FOREIGN: Final = (
    "€|euros?|us dollars?|dollars?|[a-z]{0,2}\\$|¥|₹|eur|usd|aud|bdt|cad|chf|cny|czk|dkk|etb|ghs|hkd|huf|inr|"
    "jpy|kes|mwk|ngn|nok|npr|nzd|pkr|pln|rwf|sek|sgd|tzs|uah|ugx|xaf|xof|zar|zmw"
)
#: Names of pounds sterling that have only such words.
_NAMED: Final = (
    r"(?=.*(?:pound|sterling|gbp|£))(?:\(?(?:great|british|uk|gb|pounds?|sterling|gbp|£)\)?[ -]*)+"
)
_PATTERN: Final = rf"""
    (?P<open>\()?\ ?(?P<minus>-)?\ ?
    (?:(?P<before>£|gbp|{_FOREIGN})\ ?)?(?P<late_minus>-)?
    (?P<whole>[0-9]{{1,3}}(?:,[0-9]{{3}})+|[0-9]{{1,3}}(?:\ [0-9]{{3}})+|[0-9]*)
    (?:\.(?P<part>[0-9]{{0,30}}))?(?P<power>e[+-]?[0-9]{{1,2}})?
    (?:\ ?(?P<suffix>k|m|{"|".join(WORDS)}))?
    (?:\ ?(?P<after>£|gbp|pounds?|{_FOREIGN}))?\ ?(?P<close>\))?"""
_MONEY: Final = re.compile(f"^(?:{_PATTERN})$", re.VERBOSE)
_SPACES: Final = "\u00a0\u2002\u2003\u2007\u2009\u202f\t\n\r"
_MINUSES: Final = "\u2212\u2010\u2011\u2012\u2013\u2014"
_CHARACTERS: Final = str.maketrans({**dict.fromkeys(_SPACES, " "), **dict.fromkeys(_MINUSES, "-")})


def tidy(text: pd.Series[str]) -> pd.Series[str]:
    """Lower-case amounts with one kind of space and of minus.

    Parameters
    ----------
    text
        Cells as written.

    Returns
    -------
    pandas.Series
        Text; "" for missing.
    """
    return text.astype("str").fillna("").str.translate(_CHARACTERS).str.strip().str.lower()


def split(tidied: pd.Series[str]) -> pd.DataFrame:
    """Take amounts apart.

    Parameters
    ----------
    tidied
        What :func:`tidy` returns.

    Returns
    -------
    pandas.DataFrame
        With the index of `tidied`: `number` (whether it is one amount of money), text `whole` (with its
        separators), `part` (digits after the dot), `power` (``e+06``) and `suffix` (``k``), each "" where
        there is none, `brackets`, `negative`, and `foreign` (a currency other than pounds stands with it).
    """
    found = tidied.str.extract(_MONEY).fillna("")
    there = found != ""
    signs = there[["minus", "late_minus", "open"]].sum(axis=1)
    whole = there["open"] == there["close"]
    foreign = [there[place] & ~found[place].isin(_STERLING) for place in ("before", "after")]
    return found[["whole", "part", "power", "suffix"]].assign(
        number=(there["whole"] | there["part"]) & whole & (signs <= 1),
        brackets=there["open"],
        negative=signs > 0,
        foreign=foreign[0] | foreign[1],
    )


def is_foreign(currency: pd.Series[str]) -> pd.Series[bool]:
    """Tell which names or codes of currencies are not pounds sterling.

    Parameters
    ----------
    currency
        Such as ``GBP`` or ``£``; missing or blank means pounds.

    Returns
    -------
    pandas.Series
        True for another currency.
    """
    codes, values = pd.factorize(currency)
    plain = tidy(pd.Series(values))
    foreign = np.append((plain != "") & ~plain.isin(_STERLING) & ~plain.str.fullmatch(_NAMED), False)
    return pd.Series(foreign[codes], index=currency.index, dtype="bool")
