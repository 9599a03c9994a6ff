"""Text alternatives: what a figure says, written from its data, for those who do not see it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import pandas as pd

from pfpp_utils.errors import InputError

_FILE = re.compile(r"\S+\.(png|svg|jpe?g|gif|webp|pdf|html?|json|csv|ipynb)", re.IGNORECASE)
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")
#: Fewest words that say anything.
WORDS = 3


def check(alt: str, *, name: str, said: Iterable[str], data: pd.DataFrame) -> None:
    """Refuse a text alternative that says nothing of its own.

    Parameters
    ----------
    alt
        The text alternative.
    name
        Of the figure.
    said
        What stands beside the figure anyway, such as its title.
    data
        What the figure shows; something of it must be in the text, a label or a number.

    Raises
    ------
    InputError
        If it is the name of a file or of the figure, has less than three words, repeats what is said anyway,
        or has nothing from the data in it.
    """
    allowed = "the figure in words, with labels and numbers of its data"
    for fault, met in _faults(alt, name, said, data):
        if met:
            raise InputError(
                f"the text alternative {fault}", where=f"figure {name}", found=alt, allowed=allowed
            )


def _faults(alt: str, name: str, said: Iterable[str], data: pd.DataFrame) -> Iterator[tuple[str, bool]]:
    bare, texts = _bare(alt), [_bare(text) for text in said]
    yield "is the name of a file", bool(_FILE.fullmatch(alt.strip()))
    yield "is the figure's name", bare == _bare(name)
    yield "repeats the title", bare in {*texts, " ".join(texts), " ".join(texts[::-1])}
    yield "is too short to say anything", len(bare.split()) < WORDS
    yield "has nothing from the data in it", not _tells(alt, data)


def _bare(text: str) -> str:
    """Leave letters and digits, without the number of a figure and the mark of invented data."""
    bare = " ".join(re.findall(r"\w+", text.casefold()))
    return re.sub(r"^(illustrative data |figure \d+ )+", "", bare)


def _tells(alt: str, data: pd.DataFrame) -> bool:
    """Whether a label of the data or one of its numbers, however rounded, stands in the text."""
    folded, stated = alt.casefold(), [found.replace(",", "") for found in _NUMBER.findall(alt)]
    labels = {str(value).casefold() for column in data for value in data[column] if isinstance(value, str)}
    if any(label.strip() and label in folded for label in labels):
        return True
    numbers = [float(value) for column in data.select_dtypes("number") for value in data[column].dropna()]
    near = {
        round(value * times, len(text.partition(".")[2]))
        for text in stated
        for value in numbers
        for times in (1, 100)
    }
    return any(float(text) in near for text in stated)
