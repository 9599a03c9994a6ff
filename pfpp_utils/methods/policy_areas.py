"""What grants are for: policy areas assigned by rules, and by likeness where no rule speaks."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import pandas as pd

from pfpp_utils.methods import columns
from pfpp_utils.methods.policy_rules import Area, Rule, hits
from pfpp_utils.methods.policy_similarity import Match, Prototypes
from pfpp_utils.methods.policy_threshold import cross_validate, threshold

NOT_ASSIGNED = "not assigned"
COLUMNS = ["area", "by", "rule", "field", "matched", "also", "nearest", "score", "margin"]
Row = tuple[str, str, str, str, str, str, str, float, float]


class Assigner:
    """A way to assign policy areas that shows for every assignment how it came about.

    Rules are tried first. What no rule matches goes to the area whose prototype it is most like, if the
    likeness reaches a threshold: the lowest at which the wanted share of the labelled texts, each matched by
    prototypes that had not seen it, came out right. The rest is left ``not assigned``. The funder is not
    looked at, for else two departments could never be found to fund one area.

    Parameters
    ----------
    areas, rules
        As read from a file of policy areas.
    examples
        Labelled programmes to learn from, never those on which accuracy is measured: `title`, `label`, and
        `aims` if there are any.
    placeholders
        Descriptions that say nothing, such as ``TBC``; numbers and signs around them do not matter.
    precision
        Share of the assignments by likeness that is to be right, above 0 and at most 1.

    Attributes
    ----------
    threshold
        Least likeness to be assigned by, 0 to 1.

    Raises
    ------
    InputError
        If columns are missing, there are fewer than 10 examples, or the share is impossible.
    """

    def __init__(
        self,
        areas: Sequence[Area],
        rules: Sequence[Rule],
        examples: pd.DataFrame,
        *,
        placeholders: Sequence[str] = (),
        precision: float = 0.8,
    ) -> None:
        columns.require(examples, ("title", "label"), "examples")
        nothing = "|".join(map(re.escape, placeholders)) or r"\W"
        self._rules = tuple(rules)
        self._nothing = re.compile(rf"(?:{nothing}|Q?\d+|[\W_])*", re.IGNORECASE)
        definitions = {area.name: f"{area.name}. {area.includes}" for area in areas}
        texts = [_joined(*pair) for pair in self._pairs(examples.rename(columns={"aims": "description"}))]
        learnt = pd.DataFrame({"text": texts, "label": examples["label"].to_numpy()})
        self._prototypes = Prototypes(definitions, learnt)
        self._names = {name.lower(): area.name for area in areas for name in (area.name, *area.also)}
        self.threshold = threshold(cross_validate(definitions, learnt), precision=precision)

    def assign(self, texts: pd.DataFrame) -> pd.DataFrame:
        """Assign an area to every text.

        Parameters
        ----------
        texts
            One row a programme: `title`, and `description` if there is one.

        Returns
        -------
        pandas.DataFrame
            The index of `texts`, and `area`; `by`, which is ``rule``, ``similarity`` or ``none``; for a
            rule, its id as `rule`, the `field` and the words `matched` there, and as `also` the areas to
            which other rules point; else the `nearest` labelled text, the `score` of the best area (0 to 1)
            and its `margin` over the second best, and as `also` the best area, if it was not near enough.

        Raises
        ------
        InputError
            If there is no column `title`.
        """
        columns.require(texts, ("title",), "texts")
        pairs = self._pairs(texts)
        distinct = list(dict.fromkeys(pairs))
        rows: dict[tuple[str, str], Row] = {pair: row for pair in distinct if (row := self._by_rule(*pair))}
        left = [pair for pair in distinct if pair not in rows]
        matches = self._prototypes.match([_joined(*pair) for pair in left])
        rows |= {pair: self._by_likeness(match) for pair, match in zip(left, matches, strict=True)}
        return pd.DataFrame([rows[pair] for pair in pairs], index=texts.index, columns=COLUMNS)

    def assign_awards(
        self, awards: pd.DataFrame, descriptions: Mapping[str, str] | None = None
    ) -> pd.DataFrame:
        """Assign an area to every award, the same to all awards of a programme.

        A programme is known by its code, or else its title; an award without either by its own title. Of
        several titles of one code the most frequent counts. What the publisher says comes before rules.

        Parameters
        ----------
        awards
            One row an award: `programme`, `programme_title`, `award_title`, and `policy_area` if the
            publisher gives one; any may be missing in a row.
        descriptions
            What programmes are for, by their code, such as the aims in a register of schemes.

        Returns
        -------
        pandas.DataFrame
            As from `assign`, the index of `awards`; `by` is ``publisher`` where the publisher's area has a
            name that an area is known by.

        Raises
        ------
        InputError
            If a column is missing.
        """
        columns.require(awards, ("programme", "programme_title", "award_title"), "awards")
        own, named = _text(awards["award_title"]), awards["programme_title"].notna()
        title = _text(awards["programme_title"]).where(named, own)
        key = _text(awards["programme"]).where(awards["programme"].notna(), title)
        titles = title.groupby(key).agg(lambda each: each.mode().iloc[0])
        texts = titles.to_frame("title").assign(description=titles.index.map(descriptions or {}))
        return self._published(awards, self.assign(texts).reindex(key).set_axis(awards.index))

    def _published(self, awards: pd.DataFrame, assigned: pd.DataFrame) -> pd.DataFrame:
        if "policy_area" not in awards:
            return assigned
        area = _text(awards["policy_area"]).str.lower().map(self._names)
        given = area.notna()
        texts = dict.fromkeys(COLUMNS[2:7], "") | {"by": "publisher"}
        assigned.loc[given, [*texts]] = [*texts.values()]
        assigned.loc[given, ["score", "margin"]] = float("nan")
        return assigned.assign(area=area.where(given, assigned["area"]))

    def _pairs(self, texts: pd.DataFrame) -> list[tuple[str, str]]:
        titles = _text(texts["title"])
        if "description" not in texts:
            return [(title, "") for title in titles]
        descriptions = _text(texts["description"])
        empty = descriptions.map(lambda text: bool(self._nothing.fullmatch(text)))
        return list(zip(titles, descriptions.mask(empty, ""), strict=True))

    def _by_rule(self, title: str, description: str) -> Row | None:
        found = hits(title, description, self._rules)
        if not found:
            return None
        first = found[0]
        also = "; ".join(dict.fromkeys(hit.area for hit in found if hit.area != first.area))
        return (
            first.area,
            "rule",
            first.rule,
            first.field,
            first.words,
            also,
            "",
            float("nan"),
            float("nan"),
        )

    def _by_likeness(self, match: Match) -> Row:
        near = match.score >= self.threshold
        area, by, also = (match.area, "similarity", "") if near else (NOT_ASSIGNED, "none", match.area)
        return (area, by, "", "", "", also, match.nearest, match.score, match.margin)


def _joined(title: str, description: str) -> str:
    return f"{title}. {description}" if description else title


def _text(column: pd.Series[str]) -> pd.Series[str]:
    """Column of texts, empty where there are none, even if no row has one."""
    return column.astype("string").fillna("").astype(str)
