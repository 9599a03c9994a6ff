"""Evidence of a programme's own places, rated by its own rubric."""

from __future__ import annotations

import pandas as pd
import seaborn as sns

from pfpp_utils.data import places, tables
from pfpp_utils.methods import defence, evidence, rubric
from pfpp_utils.publish import diagrams

NO_RATING = "no rating"


def rules() -> pd.DataFrame:
    """Read table ``rubric`` as the clauses of one rubric, strongest first."""
    clauses = tables.load("rubric").assign(rubric="own").sort_values("rank", kind="stable")
    return clauses.reindex(columns=[*rubric.COLUMNS, "rank", "wording"])


def rated(lines: pd.DataFrame, line_sources: pd.DataFrame) -> pd.DataFrame:
    """Rate every place at every step.

    Parameters
    ----------
    lines, line_sources
        Tables ``evidence_lines`` and ``evidence_line_sources``, or part of them.

    Returns
    -------
    pandas.DataFrame
        `place`, `step`, `supporting` (lines for the step), `rating` and `reason`, place by place.

    Raises
    ------
    InputError
        If the rubric or the lines cannot be used.
    """
    found = evidence.rate_pilots(_cases(), _lines(lines), line_sources, criteria=rules())
    found["rating"] = found["rating"].replace(evidence.UNDEFINED, NO_RATING)
    return found.rename(columns={"pilot": "place"})[["place", "step", "supporting", "rating", "reason"]]


def struck(lines: pd.DataFrame, line_sources: pd.DataFrame) -> pd.DataFrame:
    """Say of each line what the rating would be without it.

    Parameters
    ----------
    lines, line_sources
        As for :func:`rated`.

    Returns
    -------
    pandas.DataFrame
        `lines` with `source_kinds`, `rating`, `without` and `pivotal`, as from :func:`defence.defend`.
    """
    found = defence.defend(_cases(), _lines(lines), line_sources, criteria=rules())
    words = {name: found[name].replace(evidence.UNDEFINED, NO_RATING) for name in ("rating", "without")}
    return found.assign(**words).rename(columns={"pilot": "place"})


def _cases() -> pd.DataFrame:
    steps = tables.load("steps").sort_values("order")["step"]
    pairs = [(place, step) for place in places.slugs() for step in steps]
    return pd.DataFrame(pairs, columns=["pilot", "step"]).assign(rubric="own")


def _lines(lines: pd.DataFrame) -> pd.DataFrame:
    return lines.rename(columns={"place": "pilot"})


def shades(clauses: pd.DataFrame) -> dict[str, str]:
    """Choose a colour for each rating of a rubric, the darker the stronger; white where there is none.

    Parameters
    ----------
    clauses
        From :func:`rules`.

    Returns
    -------
    dict
        Colour by rating, strongest first, then of :data:`NO_RATING`.
    """
    words = rubric.ratings(clauses)
    strong, weak = diagrams.RATINGS["strong"], diagrams.RATINGS["limited"]
    inks = sns.blend_palette([strong, weak], len(words)).as_hex()
    return dict(zip(words, inks, strict=True)) | {NO_RATING: diagrams.RATINGS["not rated"]}
