"""Evidence ladder: whether a pilot breaks even, by which evidence, from what is published to what is not yet.

The first rung asks only whether enough people were reached, the second takes the outcomes seen so far and how
few they are, the third says what a survey would have to find out.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from typing import Any, Literal

import pandas as pd

from pfpp_utils.methods.distributions import Counts
from pfpp_utils.methods.quantities import between, people, positive, share
from pfpp_utils.methods.sample_size import CONFIDENCE, for_precision

Verdict = Literal[
    "possible",
    "out of reach",
    "likely",
    "uncertain",
    "unlikely",
    "open",
    "no target",
    "no reach",
    "no outcomes",
    "means only",
]
#: Probabilities from which breaking even is called likely, and up to which it is called unlikely.
LIKELY, UNLIKELY = 0.9, 0.1


@dataclass(frozen=True)
class Evidence:
    """What is known about one pilot.

    Attributes
    ----------
    pilot
        Its name.
    target
        People with the outcome at which it breaks even, net of those who would have had it anyway; None if
        none is published.
    reached
        People reached, so far or by the end; None if not stated.
    observed
        Outcomes seen so far, among how many people; None if none were counted.
    deadweight
        Share of outcomes that would have come about anyway, 0 to below 1.
    means
        Whether outcomes were measured before and after and only their means published, not how many people
        have the outcome.
    """

    pilot: str
    target: float | None = None
    reached: float | None = None
    observed: Counts | None = None
    deadweight: float = 0.0
    means: bool = False

    def __post_init__(self) -> None:
        if self.target is not None:
            positive(self.target, f"{self.pilot}, target")
        if self.reached is not None:
            people(self.reached, f"{self.pilot}, reached")
        positive(1 - between(self.deadweight, 0, 1, "deadweight"), f"{self.pilot}, 1 - deadweight")

    @property
    def share_needed(self) -> float | None:
        """Share of those reached who must have the outcome: target / (reached (1 - deadweight))."""
        if self.target is None or self.reached is None:
            return None
        gross = self.target / (1 - float(share(self.deadweight, "deadweight")))
        return gross / self.reached if self.reached else inf

    @property
    def chance(self) -> float | None:
        """Probability that the share of those like the ones observed is at least the share needed."""
        if self.observed is None or self.share_needed is None:
            return None
        return float(self.observed.frozen().sf(self.share_needed))


def ladder(
    evidence: Sequence[Evidence], *, half_width: float = 0.05, confidence: float = CONFIDENCE
) -> pd.DataFrame:
    """Climb the three rungs for every pilot.

    On the second rung, with x outcomes of n seen and Jeffreys' or another prior, the share that holds for
    people like them has a beta distribution; the pilot breaks even if that share is at least
    target / (reached (1 - deadweight)).

    Parameters
    ----------
    evidence
        One entry a pilot, or several with different numbers reached.
    half_width
        To which the survey is to know the share, between 0 and 0.5.
    confidence
        Of the survey's Wilson interval.

    Returns
    -------
    pandas.DataFrame
        Three rows an entry: ``pilot``; ``rung``; ``reached`` (people) and ``share_needed`` of them. On the
        second rung ``low``, ``central`` and ``high``: net outcomes expected among those reached, at the
        limits of the share seen and at that share; and ``probability`` that they are enough. On the third
        ``answers`` that a survey needs, of those reached. And a ``verdict``: ``possible`` or ``out of
        reach`` on the first rung; ``likely`` (from `LIKELY`), ``uncertain`` or ``unlikely`` (up to
        `UNLIKELY`) on the second; ``open`` on the third, where nobody has asked yet; or what is
        missing: ``means only`` where outcomes were measured and nobody said how many people have them.

    Raises
    ------
    InputError
        If a number is impossible.

    References
    ----------
    Section 5.3.3 of the evaluation report. For the posterior, as for `distributions.Counts`; for the survey,
    as for `sample_size.for_precision`.

    Examples
    --------
    >>> year = Evidence("cornwall", target=22, reached=148, observed=Counts(7, 37), deadweight=0.2)
    >>> ladder([year])[["rung", "verdict"]].to_numpy().tolist()[:2]
    [['published reach', 'possible'], ['emerging outcomes', 'uncertain']]
    """
    rows = []
    for each in evidence:
        same = {"pilot": each.pilot, "reached": each.reached, "share_needed": each.share_needed}
        rows.append({**same, "rung": "published reach", "verdict": _reach(each)})
        rows.append({**same, "rung": "emerging outcomes", **_outcomes(each)})
        answers = _answers(each, half_width, confidence)
        rows.append({**same, "rung": "required survey", "answers": answers, "verdict": "open"})
    columns = ["pilot", "rung", "reached", "share_needed", "low", "central", "high", "probability", "answers"]
    return pd.DataFrame(rows, columns=[*columns, "verdict"])


def _missing(each: Evidence) -> Verdict | None:
    if each.target is None:
        return "no target"
    return "no reach" if each.reached is None else None


def _reach(each: Evidence) -> Verdict:
    needed = each.share_needed
    return _missing(each) or ("possible" if needed is not None and needed <= 1 else "out of reach")


def _outcomes(each: Evidence) -> dict[str, Any]:
    if each.observed is None:
        return {"verdict": "means only" if each.means else "no outcomes"}
    found: dict[str, Any] = {"probability": each.chance}
    if each.reached is not None:
        net = each.reached * (1 - each.deadweight)
        found |= {name: net * getattr(each.observed, name) for name in ("low", "central", "high")}
    return {**found, "verdict": _missing(each) or _likelihood(each.chance or 0.0)}


def _likelihood(probability: float) -> Verdict:
    if probability >= LIKELY:
        return "likely"
    return "unlikely" if probability <= UNLIKELY else "uncertain"


def _answers(each: Evidence, half_width: float, confidence: float) -> int | None:
    """Answers around the share needed, or one half where that is unknown; none if nobody was reached."""
    if each.reached == 0:
        return None
    expected = 0.5 if each.share_needed is None else min(each.share_needed, 1.0)
    return for_precision(expected, half_width, population=each.reached or inf, confidence=confidence)
