"""What opens something or stands for one person: keys, tokens, passwords, numbers of persons."""

from __future__ import annotations

import re
from collections.abc import Iterator

_REST = r"7[1-9]\d\d(?:[ -]?\d){6}(?![\w-]|[.,]\d)"
#: What is looked for, its form, and texts of which a file must hold one. Landlines are those of offices.
_KINDS: list[tuple[str, str, tuple[str, ...]]] = [
    ("a private key", r"-----BEGIN (?:[A-Z]+ )*PRIVATE KEY-----", ("PRIVATE KEY",)),
    (
        "a token of GitHub or GitLab",
        r"\b(?:gh[pousr]_\w{36}|github_pat_\w{40}|glpat-[\w-]{20})",
        ("ghp_", "gho_", "ghu_", "ghs_", "ghr_", "github_pat_", "glpat-"),
    ),
    ("a key of a cloud", r"\bAKIA[0-9A-Z]{16}\b", ("AKIA",)),
    ("a signed token", r"\beyJ[\w-]{10,}\.eyJ[\w-]{10,}\.[\w-]{10,}", ("eyJ",)),
    (
        "a password in an address",
        r"://[^\s/:@?#\"'<>]{1,64}:[^\s/:@?#\"'<>]{1,64}@[\w-]",
        ("://",),
    ),
    (
        "a National Insurance number",
        r"(?<![A-Za-z0-9])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D](?![A-Za-z0-9])",
        ("",),
    ),
    # what is rare comes first, so that long texts are passed quickly
    ("a mobile telephone number", rf"0(?<![\w.,/=-]0){_REST}", ("07",)),
    (
        "a mobile telephone number",
        rf"44(?:(?<=\+44)|(?<=\b0044))[ -]?(?:\(0\)[ -]?)?{_REST}",
        ("+44", "0044"),
    ),
]
_FORMS = [(what, re.compile(form), holds) for what, form, holds in _KINDS]


def found(text: str) -> Iterator[str]:
    """Find keys and numbers of persons.

    Parameters
    ----------
    text
        Any text.

    Yields
    ------
    str
        What each is; never itself.

    Examples
    --------
    >>> list(found("Ring 07700 900123 or 020 7946 0958"))
    ['a mobile telephone number']
    """
    for what, form, holds in _FORMS:
        if any(part in text for part in holds) and form.search(text):
            yield what
