"""Characters that cannot be seen but act: on a terminal, on the direction of text, on a parser of files."""

from __future__ import annotations

import re
from typing import Final

#: Control characters (C0 but for tab and line feed, DEL, C1), those that turn the direction of text or hide
#: (bidirectional controls, zero width space, byte order mark, line separators, tags), and halves of pairs,
#: which no file can hold.
ACTING: Final = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb"
    "\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
)


def shown(text: str) -> str:
    r"""Show what acts in a text as what it is.

    Parameters
    ----------
    text
        From data, or a name from outside.

    Returns
    -------
    str
        The same with the code of each such character in its place, in brackets; a carriage return is a line
        end.

    Examples
    --------
    >>> shown("safe \u202etxt.exe\x1b[2J")
    'safe [U+202E]txt.exe[U+001B][2J'
    """
    return ACTING.sub(lambda found: f"[U+{ord(found[0]):04X}]", re.sub("\r\n?", "\n", text))


def escaped(json: str) -> str:
    """Write what acts in a JSON text in its own way, so that programs read the same and terminals do not act.

    Parameters
    ----------
    json
        JSON, not all in ASCII.

    Returns
    -------
    str
        JSON of the same value.
    """
    return ACTING.sub(lambda found: _units(found[0]), json)


def _units(character: str) -> str:
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
