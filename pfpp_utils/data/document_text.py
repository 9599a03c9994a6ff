"""The text of a document as a file: read with its encoding, refused if it is not text."""

from __future__ import annotations

from pathlib import Path

from pfpp_utils.errors import InputError


def read(path: Path) -> str:
    r"""Read a plain text in UTF-8, with or without a byte order mark.

    Parameters
    ----------
    path
        The file.

    Returns
    -------
    str
        The text, with line ends as ``\n``.

    Raises
    ------
    InputError
        If there is no such file, it is not text in UTF-8, or there is nothing in it.
    """
    allowed = "a plain text in UTF-8, such as the text of a report"
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        found = error.strerror or "cannot be read"
        raise InputError("no text to read", where=str(path), found=found, allowed=allowed) from error
    except UnicodeDecodeError as error:
        found = f"a byte that is not UTF-8, after {error.start} others"
        raise InputError("not a plain text", where=str(path), found=found, allowed=allowed) from error
    if "\0" in text or not text.strip():
        found = "nothing" if not text.strip() else "a file for programs, not for people"
        raise InputError("not a plain text", where=str(path), found=found, allowed=allowed)
    return text
