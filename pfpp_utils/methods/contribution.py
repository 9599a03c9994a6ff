"""Contribution stories: what is claimed at each step, on what evidence, and against which rivals."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

ROLES = {
    "for": "evidence_for",
    "against": "evidence_against",
    "rival": "rivals",
    "other_influence": "influences",
    "verdict": "verdicts",
}
OWN = ("pilot", "dluhc_team", "central_government")  # perspectives of those whose contribution is in question
NO_SOURCE, OPINION, BEYOND = (
    "no source named",
    "stakeholders' own opinion only",
    "more than stakeholders' opinion",
)
NO_EVIDENCE = "no line of evidence"
NO_RIVAL, UNANSWERED, ANSWERED = "none named", "named, not answered", "named and answered"


def story(
    claims: pd.DataFrame,
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    source_kinds: pd.DataFrame,
    steps: pd.DataFrame,
    pilot: str,
    *,
    own: Collection[str] = OWN,
) -> pd.DataFrame:
    """Assemble one pilot's contribution story along the pathway, with the weak points to look for.

    Parameters
    ----------
    claims
        ``pilot``, ``step``, ``claim``: at most one claim a pilot and step.
    lines
        ``line``, ``pilot``, ``step``, ``statement`` and ``role``: ``for``, ``against``, ``rival`` (something
        else that may explain what was seen), ``other_influence`` or ``verdict`` (the conclusion itself, which
        is no evidence for it). If the table has a column ``answers``, it names the line of the rival that a
        line speaks against.
    line_sources
        ``line``, ``source_kind``.
    source_kinds
        ``source_kind``, ``perspective``: whose view the source carries.
    steps
        The pathway: ``step`` and ``order``.
    pilot
        Whose story to tell.
    own
        Perspectives of those who would be judging their own contribution.

    Returns
    -------
    pandas.DataFrame
        One row a step, in pathway order: ``step``; ``claim`` (empty where there is none); ``evidence_for``,
        ``evidence_against``, ``rivals``, ``influences``, ``verdicts`` (tuples of statements); ``evidenced``
        (whether a line speaks for the step); ``broken`` (true for the first step that none speaks for);
        ``voices`` (whether the evidence for the step is ``more than stakeholders' opinion``, ``stakeholders'
        own opinion only``, has ``no source named``, or is ``no line of evidence``); ``rivals_answered``
        (``none named``, ``named, not answered``, ``named and answered``).

    Raises
    ------
    InputError
        If a column is missing, the pilot has neither claims nor lines, or a claim is listed twice; if a role,
        step or kind of source is unknown.

    References
    ----------
    Mayne (2019), Revisiting contribution analysis, Canadian Journal of Program Evaluation 34, 171-191: steps
    4 and 5; stakeholders' opinion of their own contribution is weak evidence for a contribution claim.
    """
    _check(claims, lines, line_sources, source_kinds, steps)
    claims, lines = (frame[frame["pilot"] == pilot] for frame in (claims, lines))
    if claims.empty and lines.empty:
        raise InputError("no such story", where="pilot", found=pilot, allowed="a pilot with claims or lines")
    if claims["step"].duplicated().any():
        twice = claims.loc[claims["step"].duplicated(), "step"].tolist()
        raise InputError("two claims for one step", where=f"pilot {pilot}", found=twice, allowed="one each")
    views = line_sources.merge(source_kinds[["source_kind", "perspective"]], on="source_kind")
    claimed = claims.set_index("step")["claim"]
    rows = []
    for step in steps.sort_values("order")["step"]:
        here = lines[lines["step"] == step]
        texts = {name: tuple(here.loc[here["role"] == role, "statement"]) for role, name in ROLES.items()}
        checks = {"voices": _voices(here, views, own), "rivals_answered": _answered(here, lines)}
        rows.append({"step": step, "claim": claimed.get(step, ""), **texts, **checks})
    table = pd.DataFrame(rows)
    evidenced = table["evidence_for"].map(len) > 0
    return table.assign(evidenced=evidenced, broken=~evidenced & (~evidenced).cumsum().eq(1))


def first_break(told: pd.DataFrame) -> str | None:
    """Name the first step of a story that no line speaks for; None if every step has one.

    Parameters
    ----------
    told
        Result of `story`.
    """
    broken = told.loc[told["broken"], "step"]
    return None if broken.empty else str(broken.iloc[0])


def _voices(here: pd.DataFrame, views: pd.DataFrame, own: Collection[str]) -> str:
    """Say whether the evidence for a step has more behind it than the opinion of those concerned."""
    supporting = here.loc[here["role"] == "for", "line"]
    heard = set(views.loc[views["line"].isin(supporting), "perspective"])
    if supporting.empty:
        return NO_EVIDENCE
    return NO_SOURCE if not heard else OPINION if heard <= set(own) else BEYOND


def _answered(here: pd.DataFrame, lines: pd.DataFrame) -> str:
    """Say whether every rival named at a step has a line that speaks against it."""
    rivals = here.loc[here["role"] == "rival", "line"]
    if rivals.empty:
        return NO_RIVAL
    answers = set(lines["answers"].dropna()) if "answers" in lines else set()
    return ANSWERED if set(rivals) <= answers else UNANSWERED


def _check(
    claims: pd.DataFrame,
    lines: pd.DataFrame,
    line_sources: pd.DataFrame,
    source_kinds: pd.DataFrame,
    steps: pd.DataFrame,
) -> None:
    columns.require(claims, ("pilot", "step", "claim"), "contribution_claims")
    columns.require(lines, ("line", "pilot", "step", "role", "statement"), "contribution_lines")
    columns.require(line_sources, ("line", "source_kind"), "contribution_line_sources")
    columns.require(source_kinds, ("source_kind", "perspective"), "source_kinds")
    columns.require(steps, ("step", "order"), "pathway_steps")
    known = {"role": list(ROLES), "step": steps["step"].tolist()}
    for column, allowed in known.items():
        _refuse(lines[column], allowed, f"contribution_lines, {column}")
    _refuse(claims["step"], known["step"], "contribution_claims, step")
    kinds = source_kinds["source_kind"].tolist()
    _refuse(line_sources["source_kind"], kinds, "contribution_line_sources, source_kind")


def _refuse(cells: pd.Series[str], allowed: list[str], where: str) -> None:
    strange = cells[~cells.isin(allowed)].drop_duplicates().tolist()
    if strange:
        raise InputError("unknown word", where=where, found=strange, allowed=allowed)
