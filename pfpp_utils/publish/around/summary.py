"""The first lines of a page: what it asks, what it finds, and how long it takes to read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from pfpp_utils.publish.around import markings

#: How many words a summary has at most, unless its only sentence has more.
WORDS: Final = 50
#: Words of English non-fiction that adults read silently in a minute: Brysbaert (2019), "How many words do we
#: read per minute?", Journal of Memory and Language 109.
SPEED: Final = 238
#: Headings under which a page gives its answer.
ANSWERS: Final = ("In short", "Decision")

_TITLE: Final = re.compile(r"<h1>.*?</h1>", re.DOTALL)
_QUESTION: Final = re.compile(r"\s*<p>(<strong>Question: .*?</strong>)</p>", re.DOTALL)
_SHORT: Final = re.compile(r"<p><strong>In short\.?</strong>\s*(.*?)</p>", re.DOTALL)
_COMPUTED: Final = re.compile(r'<div class="(?:cell_output|output) [^"]*">\s*<p>(.*?)</p>', re.DOTALL)
_PARAGRAPH: Final = re.compile(r"<p>(.*?)</p>", re.DOTALL)
_SECTION: Final = re.compile(r"<h2>(.*?)</h2>", re.DOTALL)
#: A page that opens with what it computed, its code below or left out.
_ANSWERED: Final = re.compile(
    r'\s*<div class="cell tag_remove-input [^"]*">\s*<div class="cell_output [^"]*">\s*'
)


@dataclass(frozen=True)
class Summary:
    """What a page asks and finds.

    Attributes
    ----------
    body
        HTML of the page, with the summary below its title.
    said
        The summary as plain text.
    """

    body: str
    said: str


def put(body: str) -> Summary:
    """Put a page's own question and finding below its title.

    The question moves up, and so do the first sentences of what the page opens with; a finding from further
    down is repeated there.

    Parameters
    ----------
    body
        HTML of a page that has a title.

    Returns
    -------
    Summary
        The page with it; as it was if there is no title.
    """
    title = _TITLE.search(body)
    if not title:
        return Summary(body, "")
    head, rest = body[: title.end()], body[title.end() :]
    long = _minutes(rest)
    question = _QUESTION.match(rest)
    asked = question[1] if question else ""
    rest = rest[question.end() :] if question else rest
    finding, rest = _finding(rest, WORDS - len(markings.plain(asked).split()))
    short = markings.leading(finding, WORDS)[0] or _first(rest, WORDS)
    said = " ".join(filter(None, map(markings.plain, (asked, short))))
    lines = [f"<p>{line}</p>" for line in (asked, finding) if line]
    block = f'\n<div class="pfpp-summary">\n{"".join(lines)}\n</div>' if lines else ""
    if not asked and _ANSWERED.match(rest):  # the answer needs the first screen
        before, section, after = rest.partition("<section")
        return Summary(f"{head}{block}\n{before}\n{long}\n{section}{after}", said)
    return Summary(f"{head}{block}\n{long}\n{rest}", said)


def _finding(rest: str, words: int) -> tuple[str, str]:
    """Find what a page finds; give it, and the page, from which an opening paragraph is taken out.

    Nothing, if the page opens with a computed list: that is its summary.
    """
    if begins := _ANSWERED.match(rest):
        answer = _PARAGRAPH.match(rest, begins.end())
        return (answer[1], rest[: begins.end()] + rest[answer.end() :]) if answer else ("", rest)
    if found := _SHORT.search(rest) or _answer(rest) or _COMPUTED.search(rest):
        lead, more = markings.leading(found[1], words)
        opens = more and not lead.endswith("…") and "<p>" not in rest[: found.start()]
        return lead, rest[: found.start(1)] + more + rest[found.end(1) :] if opens else rest
    opening = re.match(r"\s*<p>(.*?)</p>", rest, re.DOTALL)
    if opening and not opening[1].lstrip().startswith("<img"):
        lead, more = markings.leading(opening[1], words)
        left = f"\n<p>{more}</p>" if more and not lead.endswith("…") else opening[0] if more else ""
        return lead, left + rest[opening.end() :]
    return _first(rest, words), rest


def _first(rest: str, words: int) -> str:
    first = _PARAGRAPH.search(rest)
    return markings.leading(first[1], words)[0] if first else ""


def _answer(rest: str) -> re.Match[str] | None:
    """Find the first paragraph below a heading that announces the answer; what was computed goes first."""
    heads = [*_SECTION.finditer(rest)]
    for number, head in enumerate(heads):
        if markings.plain(head[1]) in ANSWERS:
            until = heads[number + 1].start() if number + 1 < len(heads) else len(rest)
            within = (rest, head.end(), until)
            return _within(_COMPUTED, *within) or _within(_PARAGRAPH, *within)
    return None


def _within(pattern: re.Pattern[str], text: str, begin: int, end: int) -> re.Match[str] | None:
    return pattern.search(text, begin, end)


def minutes(words: int) -> int:
    """How long so many words take, in whole minutes.

    Examples
    --------
    >>> minutes(40), minutes(1428)
    (1, 6)
    """
    return max(1, round(words / SPEED))


def _minutes(markup: str) -> str:
    words = len(markings.prose(markup).split())
    long = minutes(words)
    told = f"About {long} minute{'s' if long > 1 else ''} to read"
    how = f"{words:,} words at {SPEED} a minute, without tables and code"
    return f'<p class="pfpp-minutes">{told} <span>({how})</span></p>'
