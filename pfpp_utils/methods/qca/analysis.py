"""A whole analysis: truth table, necessity, all models of the three solutions, and warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any, NamedTuple

import numpy as np

from pfpp_utils.methods.qca import cautions, fit, terms, truth_table
from pfpp_utils.methods.qca import solutions as solving
from pfpp_utils.methods.qca.memberships import Memberships


class _Seen(NamedTuple):
    """A term as the cases show it."""

    name: str
    degrees: fit.Degrees
    fit: fit.Fit
    cases: list[str]


@dataclass(frozen=True)
class Analysis:
    """Everything that an analysis found.

    Attributes
    ----------
    sets
        The cases.
    settings
        ``incl_cut``, ``n_cut``, ``negate`` and ``expect`` (condition to 1 or 0).
    table
        The truth table.
    necessity
        Two entries a condition.
    solutions
        Kind to solution.
    warnings
        Named warnings.
    """

    sets: Memberships
    settings: dict[str, Any]
    table: truth_table.TruthTable
    necessity: list[fit.Necessity]
    solutions: dict[solving.Kind, solving.Solution]
    warnings: list[cautions.Caution]
    _seen: dict[terms.Term, _Seen] = field(default_factory=dict, repr=False)

    def models(self, kind: solving.Kind) -> list[dict[str, Any]]:
        """Describe the tied models of one kind, with their fit.

        Parameters
        ----------
        kind
            ``conservative``, ``parsimonious`` or ``intermediate``.

        Returns
        -------
        list of dict
            For each model ``terms`` (texts), ``consistency``, ``pri`` and ``coverage``, and, each by term,
            ``raw_coverage``, ``unique_coverage``, ``term_consistency``, ``term_pri`` and ``covered_cases``
            (cases whose membership in the term is above 0.5).
        """
        return [self._model(model) for model in self.solutions[kind].models]

    def as_dict(self) -> dict[str, Any]:
        """Put everything into plain lists and dictionaries, for JSON.

        Returns
        -------
        dict
            ``outcome``, ``conditions``, ``settings``, ``truth_table`` (observed rows), ``remainders`` (number
            of rows unobserved or below the frequency cut), ``necessity``, ``solutions`` (kind to ``models``
            and ``complete``) and ``warnings``. Shares are not rounded; None where one is 0 divided by 0.
        """
        return {
            "outcome": self.sets.outcome,
            "conditions": list(self.sets.conditions),
            "settings": self.settings,
            "truth_table": [self._row(row) for row in self.table.rows],
            "remainders": self.table.remainders,
            "necessity": [asdict(entry) for entry in self.necessity],
            "solutions": {
                kind: {"models": self.models(kind), "complete": solution.complete}
                for kind, solution in self.solutions.items()
            },
            "warnings": [caution._asdict() for caution in self.warnings],
        }

    def _row(self, row: truth_table.Row) -> dict[str, Any]:
        size = len(self.sets.conditions)
        states = {
            name: int(bool(row.code & terms.bit(at, size))) for at, name in enumerate(self.sets.conditions)
        }
        groups = {
            "cases": row.cases,
            "with_outcome": row.with_outcome,
            "without_outcome": row.without_outcome,
        }
        return {
            **states,
            "n": len(row.cases),
            "consistency": row.consistency,
            "pri": row.pri,
            "out": row.out,
            "contradictory": row.contradictory,
            **{name: list(cases) for name, cases in groups.items()},
        }

    def _model(self, model: solving.Model) -> dict[str, Any]:
        seen = [self._term(term) for term in model]
        names = [each.name for each in seen]
        parts = [each.degrees for each in seen]
        whole = fit.sufficiency(fit.union(parts, len(self.sets.cases)), self.sets.y)
        by_term: dict[str, list[Any]] = {
            "raw_coverage": [each.fit.coverage for each in seen],
            "unique_coverage": fit.unique_coverage(parts, self.sets.y),
            "term_consistency": [each.fit.consistency for each in seen],
            "term_pri": [each.fit.pri for each in seen],
            "covered_cases": [each.cases for each in seen],
        }
        named = {key: dict(zip(names, values, strict=True)) for key, values in by_term.items()}
        return {"terms": names, **asdict(whole), **named}

    def _term(self, term: terms.Term) -> _Seen:
        """Look at a term once, however many models it is in."""
        if term not in self._seen:
            degrees = terms.membership(term, self.sets)
            cases = [self.sets.cases[at] for at in np.flatnonzero(degrees > 0.5)]
            name = terms.text(term, self.sets.conditions)
            self._seen[term] = _Seen(name, degrees, fit.sufficiency(degrees, self.sets.y), cases)
        return self._seen[term]


def analyse(
    sets: Memberships,
    *,
    incl_cut: float = 1.0,
    n_cut: int = 1,
    expect: Mapping[int, bool] | None = None,
    limit: int = 1000,
) -> Analysis:
    """Run an analysis.

    Parameters
    ----------
    sets
        The cases, from `memberships.check`.
    incl_cut, n_cut
        Inclusion and frequency cut, as for `truth_table.build`.
    expect
        Directional expectations, as for `solutions.solve`.
    limit
        How many tied models of a kind to list at most, as for `solutions.solve`.

    Returns
    -------
    Analysis
        What was found.

    Raises
    ------
    InputError
        If a cut or the limit is out of range.
    """
    table = truth_table.build(sets, incl_cut=incl_cut, n_cut=n_cut)
    solved = solving.solve(table, expect, limit=limit)
    named = {sets.conditions[at]: int(present) for at, present in (expect or {}).items()}
    settings = {"incl_cut": incl_cut, "n_cut": n_cut, "negate": sets.outcome.startswith("~"), "expect": named}
    warnings = [
        *cautions.of_memberships(sets),
        *cautions.of_table(table, incl_cut=incl_cut),
        *cautions.of_solutions(solved, expected=bool(expect)),
    ]
    return Analysis(sets, settings, table, fit.necessity(sets), solved, warnings)
