"""Pictures and pages that do something when they are opened, which browsers then run as the book's own."""

from __future__ import annotations

import re
from xml.parsers import expat

from pfpp_utils.publish.finish import policy

PROGRAM, ELSEWHERE = "a picture with a program in it", "a picture that loads from elsewhere"
#: Elements, in whatever namespace, that run a program or hold a page.
_ACTING = {"script", "handler", "listener", "foreignobject", "iframe", "object", "embed", "audio", "video"}
#: Addresses that are programs or pages, once spaces and controls are out, in which browsers see nothing.
_PROGRAMS = re.compile(r"(?:javascript|vbscript):|data:(?:text/html|image/svg|application/)")
_UNSEEN = re.compile(r"[\x00-\x20]")
_FAR = re.compile(r"(?:https?|ftp|file|wss?):|//")
_LOADS = re.compile(r"(?:url\(\s*[\"']?|@import\s+[\"']?)(?:[a-z]+:)?//", re.IGNORECASE)


def in_picture(content: bytes) -> str:
    """Say what an SVG would do besides being drawn.

    Parameters
    ----------
    content
        The file.

    Returns
    -------
    str
        What it is, in words; empty if it is a picture and nothing else.

    Examples
    --------
    >>> in_picture(b"<svg><path d='M0 0'/></svg>"), in_picture(b"<svg><g onclick='go()'/></svg>")
    ('', 'a picture with a program in it')
    """
    found: list[str] = []
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartElementHandler = lambda name, given: found.extend(_element(name, given))
    parser.CharacterDataHandler = lambda text: found.extend(_style(text))
    parser.EntityDeclHandler = lambda *_: found.append("a picture with entities")
    parser.ProcessingInstructionHandler = lambda *_: found.append(ELSEWHERE)
    try:
        parser.Parse(content, True)
    except (expat.ExpatError, ValueError):  # how a browser would read it is anybody's guess
        return found[0] if found else "a broken picture"
    return found[0] if found else ""


def in_page(text: str) -> str:
    """Say why a page that nobody built here may not lie in the book.

    Parameters
    ----------
    text
        HTML.

    Returns
    -------
    str
        What it is, in words; empty if it carries the book's policy and has nothing that this bars.
    """
    if policy.META not in text:
        return "a page without the book's content security policy"
    return "a page with a program or style in it" if policy.barred(text) else ""


def _element(name: str, given: dict[str, str]) -> list[str]:
    element = _local(name)
    if element in _ACTING:
        return [PROGRAM]
    told = []
    for key, value in given.items():
        attribute, address = _local(key), _UNSEEN.sub("", value).lower()
        if attribute.startswith("on") or _PROGRAMS.search(address):
            told.append(PROGRAM)
        elif (attribute in {"href", "src"} and element != "a" and _FAR.match(address)) or _LOADS.search(
            value
        ):
            told.append(ELSEWHERE)
    return told


def _style(text: str) -> list[str]:
    return [ELSEWHERE] if _LOADS.search(text) else []


def _local(name: str) -> str:
    return name.rpartition(" ")[2].lower()
