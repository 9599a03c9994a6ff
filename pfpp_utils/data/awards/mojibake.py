"""Text in UTF-8 that was once read as Windows-1252 or Latin-1, and shows ``Â£`` for a pound sign."""

from __future__ import annotations

import re

import pandas as pd

#: What leads a character of two or three bytes, and what can follow it, as those encodings show the bytes.
_FOLLOWING = "".join(
    {
        bytes([byte]).decode(encoding, errors="ignore")
        for byte in range(0x80, 0xC0)
        for encoding in ("cp1252", "latin-1")
    }
)
_BROKEN = re.compile(f"[ÂÃ][{re.escape(_FOLLOWING)}]|â[{re.escape(_FOLLOWING)}]{{2}}")
_TIMES = 3
COLUMNS = ("row", "column", "found", "repaired")


def mend(text: str) -> str:
    """Mend double-encoded characters, also those encoded more than twice.

    Parameters
    ----------
    text
        Any text.

    Returns
    -------
    str
        The same where nothing in it can have been double-encoded.

    Examples
    --------
    >>> mend("Â£5,000 for the village cafÃ©"), mend("Ãrea")
    ('£5,000 for the village café', 'Ãrea')
    """
    for _ in range(_TIMES):
        text = _BROKEN.sub(lambda match: _decoded(match[0]), text)
    return text


def _decoded(broken: str) -> str:
    try:
        return b"".join(_byte(character) for character in broken).decode("utf-8")
    except UnicodeError:
        return broken


def _byte(character: str) -> bytes:
    try:
        return character.encode("cp1252")
    except UnicodeEncodeError:
        return character.encode("latin-1")


def mend_cells(cells: pd.DataFrame, rows: pd.Series[int]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Mend the cells of a table.

    Parameters
    ----------
    cells
        Shape (n, m); columns that are no text stay as they are.
    rows
        Number of each row, shape (n,), for the list of repairs.

    Returns
    -------
    pandas.DataFrame
        `cells` mended.
    pandas.DataFrame
        The repairs: ``row``, ``column``, ``found``, ``repaired``.
    """
    repairs: list[pd.DataFrame] = []
    for column in [str(name) for name, kind in cells.dtypes.items() if isinstance(kind, pd.StringDtype)]:
        suspect = (
            cells[column].str.contains("[ÂÃâ]", regex=True).fillna(False).astype(bool)
        )  # few, found fast
        found = cells.loc[suspect, column]
        repaired = found.map(mend).astype(found.dtype)
        changed = found != repaired
        if changed.any():
            cells = cells.assign(**{column: cells[column].where(~suspect, repaired)})
            listed = {"row": rows[suspect], "column": column, "found": found, "repaired": repaired}
            repairs.append(pd.DataFrame(listed)[changed])
    together = pd.concat(repairs) if repairs else pd.DataFrame(columns=list(COLUMNS))
    return cells, together.reset_index(drop=True)
