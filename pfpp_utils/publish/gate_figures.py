"""Withheld figures in a site, told from equal numbers by labels, columns and output around them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import Any

from pfpp_utils.methods import number_words
from pfpp_utils.publish import gate_files, gate_numbers
from pfpp_utils.publish.gate_passages import SHORT, Passage

_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n+")
#: Longest text that is a figure with its unit, in characters.
_CELL = 32
#: Names of columns that say nothing of what is counted, and words that stand for people.
_GENERIC = re.compile(
    r"|[\W\d_]*|n|no|nos?|numbers?|counts?|values?|figures?|totals?|amounts?|quantity|freq|frequency|size|sum|"
    r"data|datasets?|rows?|table|results?|[a-z]\d?|text|title|content|label|order|sort|after|before|index|note|"
    r"unnamed.*|var|let|const|all|series\d*|column ?\w?|field\d*|item|items|name|cells?|td|span|div|li"
)
_PEOPLE = "people persons? individuals residents participants cases respondents".split(" ")  # noqa: SIM905
_CARDINALS = frozenset(number_words.CARDINALS)
_COMPASS = re.compile(r"\b(?:North|South|East|West|Upper|Lower|New|Great|Little|Old|Mid)[ -]$")
_PLACE = re.compile(
    r"ward|area|county|city|borough|district|region|town|council|place|site|the|of|in|for|[\d\W]+"
)
#: A noun in the plural after a number says what is counted.
_COUNTED = re.compile(r"\s*(?:(?:new|old|other|more|local|[a-z]+(?:al|ic|ed|ing|ary))\s+)?([a-z]{3,}s)\b")
_ADDRESS = re.compile(r"\s*(?:\w+\s+){0,2}(?:Street|Road|Lane|Avenue|Square|House|Way|Close|Court)\b")
_VERBS = {"was", "has", "does", "is", "lives", "plus", "less", "versus", "perhaps", "always", "this"}


@dataclass(frozen=True)
class Secret:
    """A figure that must not be found.

    Attributes
    ----------
    labels
        Ways in which its row is named, each with all the labels that name it.
    columns
        Names of its column.
    value
        The figure.
    page, output
        The page, and the address of the figure or table on it.
    same
        How many figures of the row as it is shown are equal to it.
    """

    labels: tuple[frozenset[str], ...]
    columns: frozenset[str]
    value: float
    page: str
    output: str
    same: int = 0

    @property
    def told(self) -> str:
        """What it is, without what it is."""
        row, column = ", ".join(sorted(self.labels[0])), ", ".join(sorted(self.columns))
        return f"withheld figure of {self.output} on page {self.page or 'any'}: row {row}, column {column}"

    @property
    def telling(self) -> bool:
        """Whether the number is so particular that it is the figure wherever it stands."""
        return self.digits >= 5

    @property
    def digits(self) -> int:
        """How many of its digits matter; a number that can be a year has fewer."""
        written = re.sub(r"\D", "", f"{self.value:.6f}".rstrip("0").rstrip(".")).strip("0")
        return 2 if 1900 <= self.value <= 2100 else len(written)

    @cached_property
    def stems(self) -> frozenset[str]:
        """Beginnings of the words that name its column."""
        words = (word for column in self.columns for word in re.findall(r"\w{4,}", column))
        return frozenset(word[:5] for word in words)


def secrets(entries: Iterable[dict[str, Any]]) -> list[Secret]:
    """Read what a run withheld.

    Parameters
    ----------
    entries
        As :func:`pfpp_utils.publish.withheld.load` gives them; those of persons are passed over.

    Returns
    -------
    list of Secret
        Each once.
    """
    found = []
    for entry in entries:
        if "value" in entry:
            ways = [entry["row"], *([one] for one in entry.get("first", []))]
            labels = dict.fromkeys(frozenset(plain(label) for label in way if label) for way in ways)
            columns = frozenset(plain(name) for name in entry.get("columns", [entry["column"]]))
            where = entry.get("page", ""), entry["output"], entry.get("same", 0)
            found.append(Secret(tuple(way for way in labels if way), columns, entry["value"], *where))
    return list(dict.fromkeys(found))


class Figures:
    """Finds withheld figures."""

    def __init__(self, known: Iterable[Secret]) -> None:
        self._known = list(known)
        self._telling: dict[float, list[Secret]] = defaultdict(list)
        for secret in self._known:
            if secret.telling:
                self._telling[secret.value].append(secret)

    def __len__(self) -> int:
        return len(self._known)

    def worth(self, text: str) -> list[Secret]:
        """Choose the secrets that can be in a text at all: some name of their row is, and their value.

        Parameters
        ----------
        text
            The whole of a file, with and without its tags.
        """
        small = plain(text)
        named = [
            one for one in self._known if any(all(label in small for label in way) for way in one.labels)
        ]
        if not named or "bdata" in small:  # numbers packed as bytes do not show
            return named
        known = {value for line in small.split(". ") for value in gate_numbers.values(line)}
        return [one for one in named if one.value in known]

    def telling(self, text: str) -> Iterator[Secret]:
        """Find figures that cannot be mistaken, wherever they stand.

        Parameters
        ----------
        text
            Any text.
        """
        for value in self._telling and gate_numbers.values(text) & self._telling.keys():
            yield from self._telling[value]

    def own(self, file: str, text: str) -> Iterator[Secret]:
        """Find figures in a picture's own words: there any number like it counts.

        Parameters
        ----------
        file
            Path in the site.
        text
            What the picture says.
        """
        stem = f"figure-{PurePosixPath(file).stem}"
        mine = [one for one in self._known if one.output == stem and one.page in file]
        known = gate_numbers.values(text) if mine else frozenset()
        yield from (one for one in mine if one.value in known)


def found(passages: Iterable[Passage], worth: list[Secret], *, file: str) -> set[Secret]:
    """Say which withheld figures passages tell.

    Parameters
    ----------
    passages
        Of one text.
    worth
        From :meth:`Figures.worth`.
    file
        Path of the file in the site.

    Returns
    -------
    set of Secret
        Those whose row is named beside their value, where what is around says that it is no other number:
        the name of the column, the figure's own output, or a second figure of it in the same line.
    """
    told: set[Secret] = set()
    hinted: dict[tuple[int, str, str, frozenset[str]], set[Secret]] = defaultdict(set)
    named: dict[int, set[Secret]] = defaultdict(set)
    for passage in passages:
        known = {value for cell in passage.cells for value in _values(cell)}
        for secret in worth:
            if secret in told:
                continue
            if passage.table and _way(passage, secret):
                named[passage.table].add(secret)
            if secret.value in known:
                place = _judged(passage, secret, file)
                if place is True:
                    told.add(secret)
                elif isinstance(place, str):
                    hinted[passage.table, place, secret.output, secret.columns].add(secret)
    for (table, _, output, columns), hints in hinted.items():
        lines = {one.labels for one in named[table] if (one.output, one.columns) == (output, columns)}
        if 1 < len({one.labels for one in hints}) >= 2 / 3 * len(lines):
            told |= hints
    return told


def plain(text: str) -> str:
    """Write a text so that only its words count."""
    return " ".join(text.split()).casefold()


@lru_cache(maxsize=100_000)
def _form(cell: str) -> str:
    return gate_files.forms(cell)[-1].strip()


def _values(cell: str) -> set[float]:
    return {value for part in _form(cell).split("\n") for value in gate_numbers.values(part)}


def _judged(passage: Passage, secret: Secret, file: str) -> bool | str:
    """Whether a passage that holds the value tells it; the head of its column if it only may."""
    own = passage.output == secret.output or _own(file, secret)
    single = len(passage.cells) == 1
    near, around = own or secret.page in re.split(r"[/.]", file), " ".join(passage.around)
    # a long text is read by sentences; one with tags in it comes again, read as what it is
    texts = [cell for cell in passage.cells if single or (len(cell) > _CELL and "</" not in cell)]
    for sentence in (one for text in texts for one in _SENTENCE.split(_form(text))):
        if _said(sentence, secret, around, near=near):
            return True
    return not single and _in_line(passage, secret, own=own)


def _in_line(passage: Passage, secret: Secret, *, own: bool) -> bool | str:  # noqa: PLR0911 one return a rule
    hits = [place for place, cell in enumerate(passage.cells) if _is_figure(cell, secret)]
    way = _way(passage, secret) if hits else ()
    beside = bool(way)
    if not way and hits:
        way = _way_near(passage, secret)
    if not way:
        return False
    if own and len(hits) > secret.same:
        return True
    named = (*passage.around, *passage.before[-2:])
    others = [cell for place, cell in enumerate(passage.cells) if place not in hits and cell]
    if _about(passage.cells[hits[0]], secret) or any(_about(cell, secret) for cell in others):
        return True
    for place in hits:
        head = _form(passage.header[place]) if passage.header else ""
        parts = [plain(part) for part in head.split("\n") if not _is_label(part, secret)]
        telling = [part for part in parts if not _GENERIC.fullmatch(part)]
        if _about("\n".join(telling), secret):
            return True
        if not beside and telling:
            continue
        bare = [cell for cell in others if not _GENERIC.fullmatch(plain(cell))]
        if not telling and (
            (beside and (passage.header or len(bare) <= len(way))) or _about(" ".join(named), secret)
        ):
            return True
        if beside and secret.digits >= 3:
            return True
        if beside and passage.table:
            return head or str(place)
    return False


def _way(passage: Passage, secret: Secret) -> frozenset[str]:
    """Choose the labels of the figure's row that cells or the head of its own line name."""
    texts = [*passage.cells, *(passage.header[:1] if passage.header else ())]
    named = {label for way in secret.labels for label in way if any(_is_name(cell, label) for cell in texts)}
    return next((way for way in secret.labels if way <= named), frozenset())


def _way_near(passage: Passage, secret: Secret) -> frozenset[str]:
    """Choose the labels that headings or keys around a line name, or texts by themselves before it."""
    around = " | ".join(passage.around)
    for way in secret.labels:
        if all(
            _phrase(label, around, secret.stems) or any(_is_name(text, label) for text in passage.before)
            for label in way
        ):
            return way
    return frozenset()


@lru_cache(maxsize=500_000)
def _is_name(cell: str, label: str) -> bool:
    """Whether a cell is a label: with nothing else, or only with words that say what kind of thing it is."""
    if len(cell) > SHORT * 2 or len(cell) < len(label):
        return False
    for part in _form(cell).split("\n"):
        small = plain(part).strip(" :.,;-\"'*()[]")
        if small == label:
            return True
        if _phrase(label, part, frozenset()):
            rest = small.replace(label, " ", 1).split()
            if len(rest) < 2 or all(_PLACE.fullmatch(word.strip(".,;:()")) for word in rest):
                return True
    return False


def _is_label(text: str, secret: Secret) -> bool:
    return any(_is_name(text, label) for way in secret.labels for label in way)


def _is_figure(cell: str, secret: Secret) -> bool:
    """Whether a cell is the value, with its unit at most."""
    parts = [part for part in _form(cell).split("\n") if len(part) <= _CELL and not _is_label(part, secret)]
    return any(
        value == secret.value and (_free(part[end:]) or _about(part, secret))
        for part in parts
        for value, end in gate_numbers.readings(part)
    )


def _about(text: str, secret: Secret) -> bool:
    """Whether a text names the figure's column, by its whole name or by a word of it."""
    small = plain(_form(text))
    if not small or _is_label(text, secret):
        return False
    return small in secret.columns or any(re.search(rf"\b{stem}", small) for stem in secret.stems)


@lru_cache(maxsize=100_000)
def _phrase(label: str, text: str, stems: frozenset[str]) -> bool:
    """Whether a text names a label, and not something whose name is longer, such as Ashby North."""
    if label not in plain(text):
        return False
    words = r"\s+".join(map(re.escape, label.split()))
    for found in re.finditer(rf"(?<!\w)({words})(?!\w)(?:[ \xa0]+([A-Z]\w+))?", text, re.IGNORECASE):
        after = (found[2] or "").casefold()
        known = _PLACE.fullmatch(after) or after in _CARDINALS or after[:5] in stems
        longer = found[2] and found[2][0].isupper() and found[1][0].isupper() and not known
        if not longer and not _COMPASS.search(text[: found.start()]):
            return True
    return False


def _said(sentence: str, secret: Secret, around: str, *, near: bool) -> bool:
    """Whether a sentence names the row and the value; far from its page, the column as well."""
    ends = [end for value, end in gate_numbers.readings(sentence) if value == secret.value]
    small = plain(sentence)
    if not ends:
        return False
    about = _about(sentence, secret)
    if not any(all(_phrase(label, sentence, secret.stems) for label in way) for way in secret.labels):
        named = any(all(_phrase(label, around, secret.stems) for label in way) for way in secret.labels)
        return named and about and len(sentence) < 300
    return about or ((near or len(small) <= SHORT) and any(_free(sentence[end:]) for end in ends))


def _free(after: str) -> bool:
    """Whether what follows a number says of nothing else that it is counted."""
    if _ADDRESS.match(after):
        return False
    counted = _COUNTED.match(after.casefold())
    return not counted or counted[1] in _VERBS or any(re.fullmatch(word, counted[1]) for word in _PEOPLE)


def _own(file: str, secret: Secret) -> bool:
    """Whether a file belongs to the output: its picture or download, or the download of the table itself."""
    path = PurePosixPath(file)
    if secret.output.startswith("tables/"):
        return path.stem == secret.output.removeprefix("tables/") and path.parent.name == "tables"
    return path.parent.name == secret.page and path.stem in {secret.output, secret.output.partition("-")[2]}
