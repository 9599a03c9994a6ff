"""Addresses of figures, tables and claims: each is made from its name, and can be seen and copied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from typing import Final

from pfpp_utils.publish.around import markings

_FIGURE: Final = re.compile(
    r'(<figure class="pfpp-figure" id="(?P<id>[\w-]+)">\s*<figcaption>\s*<p class="pfpp-title">)'
    r"(?P<said>.*?)(?=</p>)",
    re.DOTALL,
)
_TABLE: Final = re.compile(
    r'<p class="pfpp-title" id="(?P<id>(?!data-)[\w-]+)-title">(?P<said>.*?)</p>', re.DOTALL
)
_CLAIM: Final = re.compile(
    r'<tr id="(?P<id>claim-[^"]+)"[^>]*>\s*<th scope="row">(?P<said>.*?)</th>', re.DOTALL
)


@dataclass(frozen=True, order=True)
class Named:
    """Something on a page that has an address.

    Attributes
    ----------
    kind
        ``figure``, ``table`` or ``claim``; a list is a table.
    anchor
        Its address on the page, without the hash.
    said
        Number and title, or what is claimed.
    """

    kind: str
    anchor: str
    said: str


def named(markup: str) -> Iterator[Named]:
    """Find what has an address.

    Parameters
    ----------
    markup
        HTML as the notebooks make it.

    Yields
    ------
    Named
        Each figure, each table, and each claim of the ledger.
    """
    for kind, pattern in (("figure", _FIGURE), ("table", _TABLE), ("claim", _CLAIM)):
        for found in pattern.finditer(markup):
            yield Named(kind, found["id"], markings.plain(found["said"]))


def put(markup: str) -> str:
    """Put a link to itself behind the title of every figure and table; claims have one.

    Parameters
    ----------
    markup
        As for :func:`named`.

    Returns
    -------
    str
        HTML; the link is no part of what names a table.
    """
    markup = _FIGURE.sub(lambda found: f"{found[1]}{found['said']} {_link(found)}", markup)
    return _TABLE.sub(
        lambda found: (
            f'<p class="pfpp-title"><span id="{found["id"]}-title">{found["said"]}</span> {_link(found)}</p>'
        ),
        markup,
    )


def _link(found: re.Match[str]) -> str:
    label = markings.plain(found["said"]).partition(".")[0]
    return f'<a class="pfpp-permalink" href="#{found["id"]}" aria-label="Link to {escape(label)}">#</a>'
