"""Texts that stand for nothing or hide something, and what is left of a name without its spelling."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, TypeAlias

import numpy as np
import pandas as pd

from pfpp_utils.data.awards import columns

Mask: TypeAlias = "pd.Series[bool]"
_PLACEHOLDERS: Final = {
    *("placeholder", "test", "dummy", "example", "tbc", "tba", "tbd", "to be confirmed", "to be advised"),
    *("n/a", "na", "n.a", "n/k", "nk", "none", "null", "nil", "unknown", "not known", "not available"),
    *("not applicable", "not provided", "not stated", "not recorded", "no data", "blank", "xxx", "#n/a", "0"),
    *("aa1 1aa", "aa11aa", "xx1 1xx", "xx11xx", "zz1 1zz", "zz11zz", "zz99 9zz", "zz999zz"),
}
_AROUND: Final = " \t\n,.;:-_/?*()"
_PERSON: Final = r"(?:an? )?(?:private |named |anonymous )?(?:individuals?|persons?)|anonymous"
_LEGAL: Final = (
    r"\b(?:limited|ltd|plc|public limited company|llp|lp|cic|community interest company|cio|inc|incorporated|"
    r"company|co|the)\b"
)


def redacted(awards: pd.DataFrame) -> Mask:
    """Tell which awards have a recipient that is redacted, or only said to be an individual.

    Parameters
    ----------
    awards
        Canonical awards.

    Returns
    -------
    pandas.Series
        True where the recipient's name is no name. Such recipients are never one organisation.
    """
    name = awards[columns.RECIPIENT]
    return says_redacted(name) | _by_value(name, lambda plain: plain.str.fullmatch(_PERSON))


def placeholder(text: pd.Series[str]) -> Mask:
    """Tell which cells hold a word or a postcode that stands for nothing.

    Parameters
    ----------
    text
        Cells of any column.

    Returns
    -------
    pandas.Series
        True for such as ``Placeholder``, ``TBC``, ``n/a ,`` or ``AA1 1AA``; False for missing.
    """
    return _by_value(text, lambda plain: plain.isin(_PLACEHOLDERS) | (plain == ""))


def name_key(names: pd.Series[str]) -> pd.Series[str]:
    """Reduce names to what is left without case, punctuation, ``the`` and the legal form.

    Parameters
    ----------
    names
        Names of organisations.

    Returns
    -------
    pandas.Series
        ``age uk`` for ``Age-UK Ltd.``; missing for names of which nothing is left.
    """
    plain = names.str.lower().str.replace("&", " and ", regex=False).str.replace("['\u2019.]", "", regex=True)
    words = plain.str.replace(r"[\W_]+", " ", regex=True).str.replace(_LEGAL, " ", regex=True)
    key = words.str.replace(r" +", " ", regex=True).str.strip()
    return key.mask(key == "")


def _by_value(text: pd.Series[str], holds: Callable[[pd.Series[str]], Mask]) -> Mask:
    """Test every different value once, in lower case and without punctuation around."""
    codes, values = pd.factorize(text)
    plain = pd.Series(values, dtype="str").str.lower().str.strip(_AROUND)
    truth = np.append(holds(plain).to_numpy(dtype=bool), False)
    return pd.Series(truth[codes], index=text.index)


def says_redacted(text: pd.Series[str]) -> Mask:
    """Tell which cells say that their content was redacted.

    Parameters
    ----------
    text
        Cells of any column.

    Returns
    -------
    pandas.Series
        True for such as ``[REDACTED]``; False for missing.
    """
    return _by_value(text, lambda plain: plain.str.contains("redact", regex=False))
