"""Sentences with computed values: text, and nothing that would be a figure or table by another way."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from pfpp_utils.data import publication, tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods.disclosure_table import Treated
from pfpp_utils.publish import controlled, leaks, prose


def require(sentence: str, disclosure: Mapping[str, Any] | None = None) -> None:
    """Refuse a text that is more than sentences, or that may tell what must be withheld.

    Parameters
    ----------
    sentence
        Markdown.
    disclosure
        On a page that has read a table of which something must be withheld: preset ``none``, with the reason
        why the numbers of the text may be told.

    Raises
    ------
    InputError
        If it holds a table, a picture, code or HTML that is no text; if it has numbers on such a page and
        nothing is stated, or another preset is; or if a sentence tells a withheld figure.
    """
    where = "show.text"
    if found := prose.figures(sentence):
        allowed = "sentences and lists; tables by show.table, pictures by show.figure"
        raise InputError("not a text", where=where, found="; ".join(found), allowed=allowed)
    may_be_told(sentence, disclosure)


def may_be_told(sentence: str, disclosure: Mapping[str, Any] | None = None) -> None:
    """Refuse a text that may tell what must be withheld.

    Parameters
    ----------
    sentence, disclosure
        As in :func:`require`.

    Raises
    ------
    InputError
        As for :func:`require`, whatever else the text holds.
    """
    where = "show.text"
    if disclosure is not None and not publication.control(disclosure, where=where).rule.off:
        allowed = 'preset "none" with a reason, and a text written from treated data'
        raise InputError("a text cannot be treated", where=where, found=disclosure["preset"], allowed=allowed)
    if disclosure is None and tables.protected and leaks.numbers(sentence):
        found_ = f"numbers on a page that reads {', '.join(sorted(tables.protected))}"
        allowed = 'disclosure={"preset": "none", "reason": ...}, and a text written from treated data'
        raise InputError("disclosure control is not stated", where=where, found=found_, allowed=allowed)
    nothing = Treated(pd.DataFrame(), pd.DataFrame(), [])
    controlled.require_safe(nothing, name="text", texts=[sentence], output="text")
