"""Rules that find the policy area of a grant in the words of its title and description."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, NamedTuple

Field = Literal["title", "description"]
#: The rest of a word, what may stand between words, and the ways in which registers write an apostrophe.
REST, BETWEEN, APOSTROPHE = r"[^\W_]*", r"[\s\-\u2013/]+", r"['\u2019?]?"


@dataclass(frozen=True)
class Area:
    """A policy area.

    Attributes
    ----------
    name
        What it is called everywhere.
    includes, excludes
        What belongs to it, and what one might think does, in a line each.
    cofog
        Divisions of the Classification of the Functions of Government (1 to 10) that it lies in.
    also
        Other names of it, such as other documents' or registers'.
    """

    name: str
    includes: str
    excludes: str
    cofog: tuple[int, ...]
    also: tuple[str, ...] = ()


class Hit(NamedTuple):
    """A rule that matched: its id and area, the field, and the words as they stand there."""

    rule: str
    area: str
    field: Field
    words: str


@dataclass(frozen=True)
class Rule:
    """Phrases that place a grant in an area.

    Attributes
    ----------
    id
        By which assignments name the rule.
    area
        Name of the area.
    phrases
        Any of them matches: whole words, ``*`` for the rest of a word, hyphens as spaces; in either letter
        case, unless the phrase has capitals.
    unless
        Phrases in whose presence, in the same field, the rule does not match.
    overrides
        Whether it is tried on both fields before the rules that do not.
    """

    id: str
    area: str
    phrases: tuple[str, ...]
    unless: tuple[str, ...] = ()
    overrides: bool = False

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        return _any_of(self.phrases)

    @cached_property
    def _exception(self) -> re.Pattern[str] | None:
        return _any_of(self.unless) if self.unless else None

    def words(self, text: str) -> str:
        """Words of a text that the rule matches.

        Parameters
        ----------
        text
            A title or a description.

        Returns
        -------
        str
            Joined by ``"; "``, each once; empty if the rule does not match.

        Examples
        --------
        >>> Rule("r1", "Homelessness", ("homeless*", "rough sleep*"), ("sleeper train*",)).words(
        ...     "Rough-sleeping and homelessness"
        ... )
        'Rough-sleeping; homelessness'
        """
        if self._exception and self._exception.search(text):
            return ""
        return "; ".join(dict.fromkeys(found.group() for found in self._pattern.finditer(text)))


def hits(title: str, description: str, rules: Sequence[Rule]) -> list[Hit]:
    """Every rule that matches a grant, the one that decides first.

    Overriding rules come first, then the others; of each, matches in the title before those in the
    description; and then the order of the rules.

    Parameters
    ----------
    title, description
        Of the grant's programme; may be empty.
    rules
        In their order.

    Returns
    -------
    list of Hit
        Empty if no rule matches.
    """
    first = [rule for rule in rules if rule.overrides]
    rest = [rule for rule in rules if not rule.overrides]
    found: list[Hit] = []
    for group in (first, rest):
        found += [*_in_field(group, "title", title), *_in_field(group, "description", description)]
    return found


def _in_field(rules: Sequence[Rule], field: Field, text: str) -> Iterator[Hit]:
    for rule in rules:
        if words := rule.words(text):
            yield Hit(rule.id, rule.area, field, words)


def _any_of(phrases: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(map(_phrase, phrases))})(?![^\W_])")


def _phrase(phrase: str) -> str:
    parts = (re.escape(word) for word in re.split("[ -]+", phrase))
    together = BETWEEN.join(part.replace(r"\*", REST).replace("'", APOSTROPHE) for part in parts)
    return together if phrase != phrase.lower() else f"(?i:{together})"
