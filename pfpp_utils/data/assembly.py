"""From awards as published to awards as measured: placed, matched to organisations, given policy areas."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import pandas as pd

from pfpp_utils.data import policy_rules, tables
from pfpp_utils.data.assembled import COLUMNS, PLACED, Assembled
from pfpp_utils.data.awards import quality, spellings, table
from pfpp_utils.data.geography import coverage, gazetteer, headquarters, pilot_areas, placing
from pfpp_utils.methods import organisations
from pfpp_utils.methods.policy_areas import Assigner

_REASONS = ["reason", "awards", "value_gbp", "share_of_awards", "share_of_value"]


def assemble(reading: table.Reading, *, decisions: pd.DataFrame | None = None) -> Assembled:
    """Place the awards' recipients, match them into organisations, and say what the awards are for.

    Without the official files that places are found by, no award is placed.

    Parameters
    ----------
    reading
        Awards as read from their files.
    decisions
        What a person decided on names of recipients: see :func:`pfpp_utils.methods.organisations.match`.

    Returns
    -------
    Assembled
        Every award of the reading, in its order.

    Raises
    ------
    InputError
        If an official file that places are found by is not what it should be, or decisions contradict each
        other.
    """
    held = gazetteer.held()
    read = reading.awards
    placed = placing.place(read, _gazetteer()) if held else _nowhere(read)
    awards = placed.rename(columns=COLUMNS)[[*COLUMNS.values(), *PLACED]]
    matched = organisations.match(awards, decisions)
    awards = awards.assign(recipient=matched.awards["recipient"], **_policy(awards))
    awards[["held_of_place", "headquarters"]] = headquarters.headquarters(placed)
    awards["funder"] = spellings.one(awards["funder"])
    untitled = awards["programme"].notna()
    awards["programme"] = awards["programme"].fillna(spellings.one(awards["programme_title"].mask(untitled)))
    awards["pilot"] = pilot_areas.pilots(awards["authority"])
    return Assembled(
        awards,
        [quality.as_json(report) for report in reading.files],
        coverage.coverage(placed),
        coverage.unplaced(placed) if held else pd.DataFrame(columns=_REASONS),
        matched.ways,
        matched.review,
    )


def _nowhere(awards: pd.DataFrame) -> pd.DataFrame:
    return awards.assign(**{name: pd.Series(pd.NA, awards.index, dtype="string") for name in PLACED})


def read(files: Sequence[Path], *, mapping: Path | None = None, year: str | None = None) -> Assembled:
    """Read files of awards and assemble them.

    Parameters
    ----------
    files, mapping, year
        As for :func:`pfpp_utils.data.awards.table.read`.

    Returns
    -------
    Assembled
        Every award of the files.

    Raises
    ------
    InputError
        As for that function and for :func:`assemble`.
    """
    return assemble(table.read(files, mapping=mapping, year=year))


def _policy(awards: pd.DataFrame) -> dict[str, pd.Series[str]]:
    found = _assigner().assign_awards(awards)
    kept = {"policy_area": "area", "policy_by": "by", "policy_rule": "rule", "policy_words": "matched"}
    given = {name: found[column].astype("string") for name, column in kept.items()}
    return given | {"policy_area": given["policy_area"].mask(found["by"] == "none")}


@lru_cache(maxsize=1)
def _gazetteer() -> gazetteer.Gazetteer:
    return gazetteer.Gazetteer.load()


@lru_cache(maxsize=1)
def _assigner() -> Assigner:
    known, labels = policy_rules.read(), tables.load("policy_labels")
    examples = labels[labels["part"] == "development"]
    return Assigner(known.areas, known.rules, examples, placeholders=known.placeholders)
