"""Where a row comes from: document, section and item, as a reader would cite it."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import tables


def cite(frame: pd.DataFrame) -> pd.Series[str]:
    """Write each row's source as text.

    Parameters
    ----------
    frame
        A table of the data package, or part of one, with its columns `document`, `section`, `item`.

    Returns
    -------
    pandas.Series
        One citation a row, such as ``"Report, section 4.1.2, Table 5"``, with the frame's index.
    """
    titles = {
        "report": "Report",
        "foreword": "Foreword",
        "officials_guidance": "Officials' guidance",
        "localis": "Localis",
    }
    plain = frame["document"].str.replace("_", " ").str.capitalize()
    document = frame["document"].map(titles).fillna(plain)
    numbered = frame["section"].str.match(r"\d")
    section = frame["section"].where(~numbered, "section " + frame["section"])
    return document + ", " + section + ", " + frame["item"].fillna("text")


def cite_once(frame: pd.DataFrame) -> str:
    """Write the sources of a whole table as one line, each document, section and item once.

    Parameters
    ----------
    frame
        As for :func:`cite`.

    Returns
    -------
    str
        Citations in order of appearance, joined by semicolons.
    """
    return "; ".join(dict.fromkeys(cite(frame)))


def once(frame: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Put repeats of a statement into one row, with all the sections in which it is made.

    Parameters
    ----------
    frame
        A table of the data package, or part of one, with its column `section`.
    by
        Columns that make two rows repeats of each other; missing values count as equal.

    Returns
    -------
    pandas.DataFrame
        The first row of each group, in order of appearance, with `section` listing each section once.
    """
    if frame.empty:
        return frame
    together = frame.groupby(by, sort=False, dropna=False)["section"]
    listed = together.transform(lambda sections: ", ".join(dict.fromkeys(sections)))
    return frame.assign(section=listed).drop_duplicates(by).reset_index(drop=True)


def documents() -> pd.DataFrame:
    """Return the documents that the data package is transcribed from (table ``documents``)."""
    return tables.load("documents")
