"""Which council a name means: by rules and lists, never by likeness; near misses go to a review list."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import NamedTuple

import pandas as pd
from rapidfuzz import fuzz, process

from pfpp_utils.data.geography import wider_bodies
from pfpp_utils.data.geography.authorities import Authorities
from pfpp_utils.data.geography.names import Parsed, Style, parse, plain

#: What `how` says of a name that no authority was found for.
UNKNOWN, SEVERAL, GONE = "no authority of that name", "several authorities", "no single authority of 2021"
PARISH, NOT_ONE = "parish or town council", "not a council's name"
#: How like (0 to 100) a name must be to be suggested for review.
LIKENESS = 86


class Meaning(NamedTuple):
    """What a name means: the area's code (empty if none), how that is known, the kind of council named."""

    code: str
    how: str
    style: Style


@dataclass(frozen=True)
class Councils:
    """Names of councils with the areas of 2021 that they mean.

    Attributes
    ----------
    authorities
        The areas.
    exact
        Meanings by the whole name as :func:`~pfpp_utils.data.geography.names.plain` writes it.
    cores
        Meanings by the place in the name.
    """

    authorities: Authorities
    exact: dict[str, list[Meaning]]
    cores: dict[str, list[Meaning]]

    def resolve(self, names: pd.Series[str], *, councils_only: bool = False) -> pd.DataFrame:
        """Find the authority that each name means.

        Parameters
        ----------
        names
            Names of councils or of their areas, as published; missing ones stay missing.
        councils_only
            Whether a name must say that it is a council ("Luton Borough Council", not "Luton"): for
            recipients, where a bare place name may be a club.

        Returns
        -------
        pandas.DataFrame
            Index of `names`; `code` (area of 2021: a county's for a county council), `name`, `how` and
            `tier`. Where nothing was found `code` is missing and `how` says why; of a council service such as
            a youth offending team `how` is "council service".
        """
        found = {name: self._find(str(name), councils_only) for name in names.dropna().unique()}
        code = names.map({name: meaning.code or None for name, meaning in found.items()}).astype("string")
        how = names.map({name: meaning.how for name, meaning in found.items()}).astype("string")
        name, tier = (
            code.map(self.authorities.table[column]).astype("string") for column in ("name", "tier")
        )
        return pd.DataFrame({"code": code, "name": name, "how": how, "tier": tier}, index=names.index)

    def review(self, names: pd.Series[str]) -> pd.DataFrame:
        """List names that look like a council's and were not resolved, each with the likest names known.

        Parameters
        ----------
        names
            As for :meth:`resolve`.

        Returns
        -------
        pandas.DataFrame
            One row a name and suggestion, sorted by name and likeness: `name`, `why`, `suggestion`, `code`,
            `likeness` (0 to 100). A name nothing is like has one row without suggestion.
        """
        rows: list[tuple[str, str, str | None, str | None, float | None]] = []
        for name in sorted(names.dropna().unique()):
            meaning, parsed = self._find(name, councils_only=True), parse(name)
            if meaning.code or meaning.how not in {UNKNOWN, SEVERAL} or wider_bodies.kind(name):
                continue
            likest = self._likest(parsed.core)
            rows += [(name, meaning.how, known, code, score) for code, (known, score) in likest.items()]
            if not likest:
                rows.append((name, meaning.how, None, None, None))
        return pd.DataFrame(rows, columns=["name", "why", "suggestion", "code", "likeness"])

    def _likest(self, core: str) -> dict[str, tuple[str, float]]:
        """Names and likeness of at most three authorities whose names are like this one, by code."""
        found = process.extract(core, list(self.cores), scorer=fuzz.WRatio, score_cutoff=LIKENESS, limit=9)
        codes = {meaning.code: score for name, score, _ in reversed(found) for meaning in self.cores[name]}
        best = sorted(codes, key=lambda code: (-codes[code], code))[:3]
        return {code: (str(self.authorities.table["name"].get(code)), codes[code]) for code in best if code}

    def _find(self, name: str, councils_only: bool) -> Meaning:
        parsed, whole = parse(name), self.exact.get(plain(name), [])
        if parsed.style == "parish":
            return Meaning("", PARISH, parsed.style)
        official = any(meaning.how == "official name" for meaning in whole)
        if councils_only and not (parsed.council or official or parsed.style in {"combined", "service"}):
            return Meaning("", NOT_ONE, parsed.style)
        if len({meaning.code for meaning in whole}) == 1:
            return whole[0]
        if any(meaning.how == SEVERAL for meaning in whole):
            return Meaning("", SEVERAL, parsed.style)
        return self._by_core(parsed)

    def _by_core(self, parsed: Parsed) -> Meaning:
        """Find what the place in a name means, if the kind of council agrees."""
        fit = [meaning for meaning in self.cores.get(parsed.core, []) if self._agrees(parsed.style, meaning)]
        for candidates in (fit, [meaning for meaning in fit if meaning.style == parsed.style]):
            if len({meaning.code for meaning in candidates}) == 1:
                how = "council service" if parsed.style == "service" else candidates[0].how
                how = "name" if how == "official name" else how
                return Meaning(candidates[0].code, how, parsed.style)
        return Meaning("", SEVERAL if fit else UNKNOWN, parsed.style)

    def _agrees(self, style: Style, meaning: Meaning) -> bool:
        """Whether a name that asserts a kind of council can mean this area."""
        tier = self.authorities.table["tier"].get(meaning.code)
        if style == "combined" or tier == "combined":
            return style == "combined" and tier == "combined"
        if style == "county":
            return tier == "county" or meaning.style == "county"
        if style == "london":
            return meaning.code.startswith("E09")
        return tier != "county" or style not in {"city", "district"}


def councils(authorities: Authorities, register: pd.DataFrame, more: pd.DataFrame) -> Councils:
    """Collect the names of all councils.

    Parameters
    ----------
    authorities
        The areas of 2021.
    register
        Register of local authorities (mySociety), with official, short and other names.
    more
        Table ``authority_names`` of the data package.

    Returns
    -------
    Councils
        Ready to resolve names.
    """
    exact: dict[str, list[Meaning]] = defaultdict(list)
    cores: dict[str, list[Meaning]] = defaultdict(list)
    for name, code, how in _names(authorities, register, more):
        parsed = parse(name)
        exact[plain(name)].append(Meaning(code, how, parsed.style))
        if how != SEVERAL:
            cores[parsed.core].append(Meaning(code, how, parsed.style))
    return Councils(authorities, dict(exact), dict(cores))


def _names(
    authorities: Authorities, register: pd.DataFrame, more: pd.DataFrame
) -> list[tuple[str, str, str]]:
    """List every name with the code of its area and what kind of name it is, most official first."""
    own = [(str(name), str(code), "name") for code, name in authorities.table["name"].items()]
    listed: list[tuple[str, str, str]] = []
    for row in register.fillna("").to_dict("records"):
        code = authorities.codes.get(row["gss-code"], "")
        changed = "" if code and code == row["gss-code"] else "former or later name" if code else GONE
        listed.append((row["official-name"], code, changed or "official name"))
        others = [row["nice-name"], *row["alt-names"].split(",")]
        if row["local-authority-type"] in {"COMB", "SRA"}:  # their short names are regions and counties
            others = [name for name in others if parse(name).style == "combined"]
        listed += [
            (name, code, changed or "other spelling") for name in others if plain(name) not in {"", "city of"}
        ]
    kinds = {"former": "former or later name", "spelling": "other spelling", "several": SEVERAL}
    text = more.fillna("")
    added = zip(text["name"], text["authority"], text["relation"].map(kinds), strict=True)
    return own + listed + list(added)
