"""The passages of a plain text: paragraphs, list items, table rows and headings, each with its section."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

_MARK = re.compile(r"^#{1,6}\s+|^(?=\*{2}\d)")
_NUMBERED = re.compile(r"\**\s*(\d+(?:\.\d+)*)\.?(?!\S)\s*(?P<title>.*)")
_LEADER = re.compile(r"(?:\.{4,}|(?:\s\.){4,})[\s*]*\d*\s*$")
_BULLET = r"[-*\u2022\u25aa\u2013\u2014]"
_ITEM = re.compile(rf"^(?:{_BULLET}\s+)?(?:\d{{1,2}}\.|{_BULLET})\s+")
_URL = re.compile(r"\(?\b(?:https?://|www\.)[^\s)>\]]+\)?")
_LINK = re.compile(r"\[([^\]]*)\]\((?:[^()\s]|\([^()]*\))*\)")
_FOOTNOTE = re.compile(r"<sup>\d+(?:,\s?\d+)*</sup>")
_LONGEST_TITLE = 100


class Passage(NamedTuple):
    """One paragraph, list item, table row or heading.

    Attributes
    ----------
    section
        The nearest numbered heading above, such as ``"4.1.2"``; the title of a heading of the first level
        without a number; empty before any heading.
    paragraph
        Place in that section, from 1; 0 for the section's own heading. A section without a number that
        comes back later is counted on.
    line
        First line of the passage in the text, from 1.
    text
        The words, without markup, addresses of pages, numbers of headings and items, and footnote marks.
    """

    section: str
    paragraph: int
    line: int
    text: str


def passages(text: str) -> list[Passage]:
    r"""Split a text into its passages.

    A passage ends at an empty line, at a rule of hyphens, before a heading, and before an item of a list; a
    line with tabs is a row of a table and a passage of its own. Headings are lines that begin with ``#``, or
    with a number in bold, or with a plain number (``4.1.3 Title``) that goes on from the heading before.
    Lines that end in a row of dots and a page are those of a table of contents, and no headings.

    Parameters
    ----------
    text
        Plain text, with or without the marks of Markdown and of HTML.

    Returns
    -------
    list of Passage
        In order; none without words.

    Examples
    --------
    >>> text = "# 1 Aims\n\nTwo\naims.<sup>3</sup>\n- one\n- two\n## Notes\n# Annex\nx"
    >>> for passage in passages(text):
    ...     print(passage)
    Passage(section='1', paragraph=0, line=1, text='Aims')
    Passage(section='1', paragraph=1, line=3, text='Two aims.')
    Passage(section='1', paragraph=2, line=5, text='one')
    Passage(section='1', paragraph=3, line=6, text='two')
    Passage(section='1', paragraph=4, line=7, text='Notes')
    Passage(section='Annex', paragraph=0, line=8, text='Annex')
    Passage(section='Annex', paragraph=1, line=9, text='x')
    """
    found: list[Passage] = []
    counts: dict[str, int] = {}
    for section, line, raw, is_heading in _blocks(text):
        words = plain(raw)
        if words:
            counts[section] = counts.get(section, 0) + (not is_heading)
            found.append(Passage(section, 0 if is_heading else counts[section], line, words))
    return found


def sections(text: str) -> dict[str, str]:
    r"""Split a text at its headings; a section does not include those below it.

    Parameters
    ----------
    text
        As for :func:`passages`.

    Returns
    -------
    dict
        Name of the section (empty for what stands before the first) to its lines as they are.

    Examples
    --------
    >>> sections("a\n# 1 One\nb\n## 1.1 Sub\nc")
    {'': 'a', '1': '# 1 One\nb', '1.1': '## 1.1 Sub\nc'}
    """
    found: dict[str, list[str]] = {"": []}
    for section, _, line in _lines(text):
        found.setdefault(section, []).append(line)
    return {name: "\n".join(lines) for name, lines in found.items()}


def plain(text: str) -> str:
    r"""Take away markup, addresses of pages and footnote marks, and put single blanks between words.

    Examples
    --------
    >>> plain("<b>Over *100*</b>\tteams<sup>4</sup>, see [the list](https://example.org/1)")
    'Over 100 teams, see the list'
    """
    text = _LINK.sub(r" \1 ", _FOOTNOTE.sub("", text))
    text = re.sub(r"<sup>(\w+)</sup>", r"\1", _URL.sub(" ", text))
    text = re.sub(r"<[^<>]*>|[*✓]|\\(?=[_*\[\]])", " ", text)
    return re.sub(r"\s+(?=[,.;:)])", "", " ".join(text.split()))


def _lines(text: str) -> Iterator[tuple[str, int, str]]:
    """Yield the section, number and text of each line."""
    section, top = "", 0
    for number, line in enumerate(text.splitlines(), start=1):
        heading = _heading(line, top)
        if heading:
            section = heading
            top = int(heading.split(".")[0]) if re.fullmatch(r"\d+(\.\d+)*", heading) else top
        yield section, number, line


def _blocks(text: str) -> Iterator[tuple[str, int, str, bool]]:
    """Yield the section, first line, text of each passage, and whether it is the section's heading."""
    block: tuple[str, int, str] | None = None
    before = ""
    for section, number, line in _lines(text):
        stripped = line.strip()
        heads = section != before
        before = section
        item = _ITEM.match(stripped)
        alone = heads or "\t" in line or stripped.startswith("#")
        if block and (alone or item or not stripped.strip("-")):
            yield *block, False
            block = None
        if heads:
            title = _NUMBERED.fullmatch(_MARK.sub("", stripped))
            yield section, number, title["title"] if title else stripped.lstrip("# "), True
        elif alone:
            yield section, number, _ITEM.sub("", stripped.lstrip("# ")), False
        elif stripped.strip("-"):
            words = _ITEM.sub("", stripped)
            block = (section, block[1], f"{block[2]} {words}") if block else (section, number, words)
    if block:
        yield *block, False


def _heading(line: str, top: int) -> str:
    """Name the section that a line begins, or give an empty text."""
    mark = _MARK.match(line)
    words = line[mark.end() :] if mark else line
    numbered = _NUMBERED.fullmatch(words.strip())
    if _LEADER.search(line) or "\t" in line:
        return ""
    if numbered and not re.match(r"\**\s*\d+\.\s", words):  # "3. Title" is an item of a list
        number, title = numbered[1], numbered["title"]
        if mark or _goes_on(number, title, top):
            return number
    return words.strip(" *") if re.match(r"#\s", line) and not numbered else ""


def _goes_on(number: str, title: str, top: int) -> bool:
    """Whether a line without a mark is the next heading rather than a sentence that begins with a number."""
    first, *rest = map(int, number.split("."))
    follows = first in {top, top + 1} if rest else first == top + 1
    starts = re.match(r"[A-Z\"'\u2018\u201c]", title) is not None
    return follows and starts and (bool(rest) or (len(title) < _LONGEST_TITLE and title[-1] not in ".;:,"))
