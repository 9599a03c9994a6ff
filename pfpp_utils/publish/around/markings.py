"""HTML of a page as its text is read here: tags told from words, elements found by their ends."""

from __future__ import annotations

import html
import re
from typing import Final

TAG: Final = re.compile(r"<[^>]*>")
#: What is no prose: tables, code, pictures, formulas, what is folded away, and the small print of figures.
_APART: Final = re.compile(
    r"<(table|pre|svg|math|details|script|figure|form|nav|aside)\b.*?</\1>"
    r'|<p class="pfpp-[a-z]+".*?</p>|<span class="pfpp-term-note".*?</span>'
    r'|<a class="(?:headerlink|pfpp-permalink)".*?</a>',
    re.DOTALL,
)
#: The end of a sentence: no end is the point after an initial or an abbreviation, as more follows it at once.
_END: Final = re.compile(
    r"""[.?!]["'”\u2019)]*(?:</(?:strong|em|a|span)>)*(?=\s+(?:<[^>]*>)*["'“\u2018(]?[A-Z0-9£]|\s*$)"""
)
_OPEN: Final = re.compile(r"<(/?)([a-z]+)[^>]*>")


def plain(markup: str) -> str:
    """Take the words out of HTML.

    Parameters
    ----------
    markup
        HTML in which text is escaped.

    Returns
    -------
    str
        Its text, on one line; without the marks of permalinks.

    Examples
    --------
    >>> plain('<p>Costs &amp; <em>benefits</em></p>')
    'Costs & benefits'
    """
    bare = re.sub(r'<a class="(?:headerlink|pfpp-permalink)".*?</a>', "", markup, flags=re.DOTALL)
    return " ".join(html.unescape(TAG.sub("", bare)).split())


def prose(markup: str) -> str:
    """Take the prose out of HTML: no tables, code, pictures, formulas, or what is folded away.

    Parameters
    ----------
    markup
        As for :func:`plain`.

    Returns
    -------
    str
        Its words.
    """
    return plain(TAG.sub(" ", _APART.sub(" ", markup)))


def leading(markup: str, words: int) -> tuple[str, str]:
    """Cut HTML of one paragraph after its first whole sentences.

    Parameters
    ----------
    markup
        What stands within the paragraph.
    words
        How many words the sentences may have. The first one is kept whole even if it alone has more,
        but for what follows a semicolon in it.

    Returns
    -------
    str
        The first sentences.
    str
        The rest.

    Examples
    --------
    >>> leading("One <em>two. Three</em> four. Five.", 4)
    ('One <em>two. Three</em> four.', 'Five.')
    """
    ends = [found.end() for found in _END.finditer(markup) if _closed(markup[: found.end()])]
    fit = [end for end in ends if len(plain(markup[:end]).split()) <= words]
    if fit:
        return markup[: fit[-1]].strip(), markup[fit[-1] :].strip()
    stops = [at.start() for at in re.finditer("; ", markup) if _closed(markup[: at.start()])]
    short = [stop for stop in stops if len(plain(markup[:stop]).split()) <= words]
    if short:
        return f"{markup[: short[-1]].strip()} …", markup.strip()
    end = ends[0] if ends else len(markup)
    return markup[:end].strip(), markup[end:].strip()


def _closed(markup: str) -> bool:
    """Whether every element that is begun is ended; entities end in semicolons that are none."""
    return (
        not re.search(r"&#?\w+$", markup)
        and sum(-1 if ended else 1 for ended, _ in _OPEN.findall(markup)) == 0
    )
