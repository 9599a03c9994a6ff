"""What a page of the book may load and run: a content security policy, written into every page."""

from __future__ import annotations

import re

#: Everything comes from the book itself. Nothing inline runs, neither scripts nor styles, so that text which
#: were to get into a page as markup could do nothing there. ``data:``: the small pictures of style sheets.
RULES = {
    "default-src": "'none'",
    "script-src": "'self'",
    "style-src": "'self'",
    "img-src": "'self' data:",
    "font-src": "'self'",
    "connect-src": "'self'",
    "object-src": "'none'",
    "base-uri": "'none'",
    "form-action": "'self'",
}
#: How much of what is barred a message quotes, in characters.
LONGEST = 120
META = '<meta http-equiv="Content-Security-Policy" content="{}">'.format(
    "; ".join(f"{rule} {sources}" for rule, sources in RULES.items())
)
_CHARSET = re.compile(r'<meta charset="utf-8" ?/?>')
#: A start tag, with its attributes; and a value in quotation marks, where anything may be said.
_TAG = re.compile(r"""<([a-z][^\s/>]*)((?:[^"'>]|"[^"]*"|'[^']*')*)>""", re.IGNORECASE)
_QUOTED = re.compile(r"""=\s*(?:"[^"]*"|'[^']*')""")
#: What names a script's file, or says that it holds data and no program.
_HARMLESS = re.compile(r"""\ssrc\s*=|\stype\s*=\s*["']application/(?:ld\+)?json["']""", re.IGNORECASE)
_ACTS = re.compile(r"(?:^|[\s/\"'])(?:on[a-z]+|style)\s*=", re.IGNORECASE)


def require(page: str) -> str:
    """Write the policy into a page, before anything that the page loads.

    Parameters
    ----------
    page
        HTML that declares its character set.

    Returns
    -------
    str
        The same with the policy.
    """
    return _CHARSET.sub(lambda found: f"{found[0]}\n    {META}", page, count=1)


def barred(page: str) -> list[str]:
    """Find what the policy will not let a page do.

    Parameters
    ----------
    page
        HTML in which text is escaped.

    Returns
    -------
    list of str
        The beginning of every inline script, handler and style, in order.

    Examples
    --------
    >>> barred('<script src="a.js"></script><p onclick="go()">&lt;script&gt;</p>')
    ['<p onclick="go()">&lt;script&gt;</p>']
    """
    return [_beginning(page, tag) for tag in _TAG.finditer(page) if _acts(tag[1].lower(), tag[2])]


def _acts(element: str, attributes: str) -> bool:
    if element == "script" and not _HARMLESS.search(attributes):
        return True
    return element == "style" or bool(_ACTS.search(_QUOTED.sub("=", attributes)))


def _beginning(page: str, tag: re.Match[str]) -> str:
    said = " ".join(page[tag.start() : tag.end() + 40].split())
    return said if len(said) <= LONGEST else f"{said[:LONGEST]}..."
