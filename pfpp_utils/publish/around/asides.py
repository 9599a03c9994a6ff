"""Notes beside the first use of a term on a page: what the glossary says, in the margin or on request."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A word that prose marks as a term, as Sphinx links it to its anchor in the glossary.
_USED: Final = re.compile(
    r'<a class="reference internal" href="[^"#]+#(term-[^"]+)"[^>]*>'
    r'<span class="xref std std-term">.*?</span></a>',
    re.DOTALL,
)
_LINKED: Final = (
    '<a class="reference internal" href="{href}"><span class="xref std std-term">{word}</span></a>'
)
#: What is no running text: other links, headings, tables, code, pictures and what belongs to them, sources.
_NO_PROSE: Final = re.compile(
    r"<(a|h[1-6]|table|pre|code|figure|details|form|math|svg|nav|dt|cite|button|summary)\b.*?</\1>"
    r'|<div class="(?:citation|pfpp-block).*?</div>|<p class="pfpp-[a-z]+".*?</p>|<[^>]*>',
    re.DOTALL,
)
#: Where a note cannot stand at all, and where only one that opens on request.
_BARRED: Final = re.compile(r"<(h[1-6]|summary|dt)\b.*?</\1>", re.DOTALL)
_BOXED: Final = re.compile(r"<(table|details)\b.*?</\1>", re.DOTALL)


@dataclass(frozen=True)
class Meaning:
    """What the glossary says of a term.

    Attributes
    ----------
    term
        As it stands there.
    said
        Its definition, as plain text.
    page
        Name of the page that it stands on.
    """

    term: str
    said: str
    page: str = "glossary"


def defined(page: str, doctree: nodes.document) -> Iterator[tuple[str, Meaning]]:
    """Read the glossary that a page holds, if it holds one.

    Parameters
    ----------
    page
        Its name.
    doctree
        What it says, as Sphinx read it.

    Yields
    ------
    tuple
        Anchor of each term, and what it means.
    """
    for glossary in doctree.findall(addnodes.glossary):
        for item in glossary.findall(nodes.definition_list_item):
            meant = " ".join(one.astext() for one in item.findall(nodes.definition))
            for term in item.findall(nodes.term):
                for anchor in term["ids"][:1]:
                    yield anchor, Meaning(term.astext(), " ".join(meant.split()), page)


def link(body: str, known: Mapping[str, Meaning], way: Callable[[str], str]) -> str:
    """Link the first use of a term in prose where the text does not mark it as one.

    Only terms of two words or more are linked so: "award" or "point" can mean something else.

    Parameters
    ----------
    body
        HTML of a page.
    known
        Meanings by anchor: see :func:`pfpp_utils.publish.around.objects.definitions`.
    way
        Gives the address of a page, as seen from this one.

    Returns
    -------
    str
        HTML; each term that the page marks itself is left as it is.
    """
    wanted = {
        re.sub(r"\s+", " ", escape(one.term.lower())): anchor
        for anchor, one in known.items()
        if re.search(r"\w[\s-]\w", one.term) and f'#{anchor}"' not in body
    }
    if not wanted:
        return body
    either = "|".join(sorted(map(re.escape, wanted), key=len, reverse=True)).replace(r"\ ", r"\s+")
    words = re.compile(rf"(?<![\w-])({either})s?(?![\w-])", re.IGNORECASE)
    parts, last = [], 0
    for found in (one for begin, end in _prose(body) for one in words.finditer(body, begin, end)):
        if anchor := wanted.pop(" ".join(found[1].lower().split()), ""):
            href = f"{escape(way(known[anchor].page))}#{anchor}"
            parts += [body[last : found.start()], _LINKED.format(href=href, word=found[0])]
            last = found.end()
    return "".join([*parts, body[last:]])


def _prose(body: str) -> Iterator[tuple[int, int]]:
    """Find where running text begins and ends."""
    last = 0
    for other in _NO_PROSE.finditer(body):
        if other.start() > last + 1:
            yield last, other.start()
        last = other.end()


def put(body: str, known: Mapping[str, Meaning]) -> str:
    """Put a note beside the first use of each term, and all of them at the end, for paper.

    Parameters
    ----------
    body
        HTML of a page.
    known
        As for :func:`link`.

    Returns
    -------
    str
        HTML. A note stands in the margin where there is one; elsewhere a button opens it, which works by
        keyboard and without a script.
    """
    barred, boxed = ([at.span() for at in pattern.finditer(body)] for pattern in (_BARRED, _BOXED))
    first: dict[str, re.Match[str]] = {}
    for used in _USED.finditer(body):
        if used[1] in known and not _in(barred, used):
            kept = first.get(used[1])
            if kept is None or (_in(boxed, kept) and not _in(boxed, used)):
                first[used[1]] = used
    if not first:
        return body
    parts, last = [], 0
    placed = sorted(first.values(), key=lambda used: used.start())
    for number, used in enumerate(placed, start=1):
        parts += [body[last : used.end()], _note(number, used[1], known[used[1]], apart=_in(boxed, used))]
        last = used.end()
    return "".join([*parts, body[last:], _listed([known[used[1]] for used in placed])])


def _in(spans: list[tuple[int, int]], used: re.Match[str]) -> bool:
    return any(begin <= used.start() < end for begin, end in spans)


def _note(number: int, anchor: str, meaning: Meaning, *, apart: bool) -> str:
    term, meant = escape(meaning.term), escape(meaning.said)
    note = f"note-{escape(anchor)}"
    where = "pfpp-term-note" if apart else "pfpp-term-note margin"
    asks = f'type="button" class="pfpp-term" popovertarget="{note}" aria-label="What {term} means"'
    return (
        f'<sup class="pfpp-term-number">{number}</sup>'
        f"<button {asks}>?</button>"
        f'<span class="{where}" id="{note}" popover role="note"><strong>{term}</strong>: {meant}</span>'
    )


def _listed(said: list[Meaning]) -> str:
    lines = "".join(f"<li><strong>{escape(one.term)}</strong>: {escape(one.said)}</li>" for one in said)
    return f'<ol class="pfpp-term-notes">{lines}</ol>\n'
