"""Solutions: the conservative, parsimonious and intermediate models of a truth table, all that are tied."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca.bit_tables import to_numbers
from pfpp_utils.methods.qca.covers import minimal_covers, room
from pfpp_utils.methods.qca.deadline import Deadline
from pfpp_utils.methods.qca.implicants import prime_implicants
from pfpp_utils.methods.qca.terms import Term, bit, order
from pfpp_utils.methods.qca.truth_table import TruthTable

Kind = Literal["conservative", "parsimonious", "intermediate"]
KINDS: tuple[Kind, ...] = ("conservative", "parsimonious", "intermediate")
Model = tuple[Term, ...]


@dataclass(frozen=True)
class Solution:
    """All tied models of one kind.

    Attributes
    ----------
    kind
        Which remainders were used: none (conservative), any (parsimonious) or those that directional
        expectations make easy to imagine (intermediate).
    models
        Models with the fewest terms; none if no row is positive.
    complete
        Whether these are all; False if there are more than the limit, or may be more than the search found.
    smallest
        Whether it is certain that no fewer terms do; False if the search took too long.
    """

    kind: Kind
    models: tuple[Model, ...]
    complete: bool
    smallest: bool = True


def solve(
    table: TruthTable,
    expectations: Mapping[int, bool] | None = None,
    *,
    limit: int = 1000,
    deadline: Deadline | None = None,
) -> dict[Kind, Solution]:
    """Find the models of every kind.

    What is found depends on the machine's speed only if the deadline is reached, and then a solution says so
    by not being complete.

    Parameters
    ----------
    table
        The truth table.
    expectations
        Directional expectations: position of a condition to whether its presence (True) or its absence
        (False) is expected to contribute to the outcome. Without any, intermediate equals conservative.
    limit
        How many models of a kind to list at most, 1 or more, and no more than have 30,000 terms in all;
        intermediate ones derive from every pair of a
        conservative and a parsimonious model listed.
    deadline
        By when to be done; without it, 4 seconds for all kinds together.

    Returns
    -------
    dict
        Kind to solution.

    Raises
    ------
    InputError
        If the limit is not a whole number, 1 or more.

    References
    ----------
    ---------- Ragin and Sonnett (2005), Between complexity and parsimony, in Kropp and Minkenberg (eds),
    Vergleichen in der Politikwissenschaft; Dusa (2019), QCA with R, chapter 8.
    """
    if limit < 1 or limit != int(limit):
        allowed = "a whole number, 1 or more"
        raise InputError("impossible number of models", where="limit", found=limit, allowed=allowed)
    if not table.positive:
        return {kind: Solution(kind, (), complete=True) for kind in KINDS}
    deadline = deadline or Deadline()
    conservative = _minimise(table, "conservative", _only(table, ()), limit, deadline.part(0.3))
    negative = np.zeros(2**table.size, dtype=bool)
    negative[table.negative] = True
    parsimonious = _minimise(table, "parsimonious", negative, limit, deadline.part(0.7))
    intermediate = replace(conservative, kind="intermediate")
    if expectations:
        intermediate = _intermediate(table, conservative, parsimonious, dict(expectations), limit, deadline)
    return {solution.kind: solution for solution in (conservative, parsimonious, intermediate)}


def read_expectations(text: Sequence[str], conditions: Sequence[str]) -> dict[int, bool]:
    """Read directional expectations as written on the command line.

    Parameters
    ----------
    text
        Such as ``["A=1", "B=0"]``: 1 for presence, 0 for absence.
    conditions
        Names of the conditions.

    Returns
    -------
    dict
        For `solve`.

    Raises
    ------
    InputError
        If one is not of that form, names an unknown condition, or names one twice.

    Examples
    --------
    >>> read_expectations(["B=0"], ["A", "B"])
    {1: False}
    """
    expected: dict[int, bool] = {}
    for item in text:
        name, _, side = (part.strip() for part in item.partition("="))
        if side not in {"0", "1"}:
            allowed = "such as A=1 (its presence contributes) or A=0 (its absence does)"
            raise InputError("not a directional expectation", where="expect", found=item, allowed=allowed)
        if name not in conditions:
            raise InputError("unknown condition", where="expect", found=name, allowed=conditions)
        if conditions.index(name) in expected:
            raise InputError(
                "two expectations of one condition", where="expect", found=name, allowed="one each"
            )
        expected[conditions.index(name)] = side == "1"
    return expected


def _minimise(
    table: TruthTable, kind: Kind, forbidden: NDArray[np.bool_], limit: int, deadline: Deadline
) -> Solution:
    terms = prime_implicants(table.positive, forbidden, table.size)
    care, value = np.array(terms).T[:, :, None]
    chart = to_numbers(np.array(table.positive) & care == value)
    covers = minimal_covers(chart, len(table.positive), limit=limit, deadline=deadline)
    models = _tidy(tuple(terms[at] for at in model) for model in covers.found)
    return Solution(kind, models, covers.complete, covers.smallest)


def _tidy(models: Iterator[Model]) -> tuple[Model, ...]:
    """Sort terms and models, and drop repetitions."""
    unique = {tuple(sorted(model, key=order)) for model in models}
    return tuple(sorted(unique, key=lambda model: (len(model), [order(term) for term in model])))


def _only(table: TruthTable, terms: Sequence[Term]) -> NDArray[np.bool_]:
    """Forbid every row but the positive ones and those that the terms cover."""
    rows = np.arange(2**table.size)
    forbidden = np.ones(2**table.size, dtype=bool)
    forbidden[table.positive] = False
    for term in terms:
        forbidden &= rows & term.care != term.value
    return forbidden


def _intermediate(
    table: TruthTable,
    low: Solution,
    high: Solution,
    expected: dict[int, bool],
    limit: int,
    deadline: Deadline,
) -> Solution:
    """Minimise once for each set of easy counterfactuals that a pair of models allows."""
    models: set[Model] = set()
    limit = room(limit, len(low.models[0]))
    complete, smallest = low.complete and high.complete, low.smallest and high.smallest
    used: set[frozenset[Term]] = set()
    seen: set[bytes] = set()
    for terms in _easy_terms(low.models, high.models, _droppable(table.size, expected)):
        if models and (len(models) > limit or not deadline.left):
            complete = False
            break
        if terms in used:
            continue
        used.add(terms)
        forbidden = _only(table, sorted(terms))
        if forbidden.tobytes() not in seen:
            seen.add(forbidden.tobytes())
            solved = _minimise(table, "intermediate", forbidden, limit, deadline)
            complete, smallest = complete and solved.complete, smallest and solved.smallest
            models.update(solved.models)
    tidy = _tidy(iter(models))
    return Solution("intermediate", tidy[:limit], complete and len(tidy) <= limit, smallest)


def _droppable(size: int, expected: dict[int, bool]) -> Term:
    """Give the literals that counterfactuals may drop: those against expectation."""
    care = sum(bit(position, size) for position in expected)
    return Term(care, sum(bit(position, size) for position, present in expected.items() if not present))


def _easy_terms(low: Sequence[Model], high: Sequence[Model], against: Term) -> Iterator[frozenset[Term]]:
    """Give, for each pair of models, the conservative terms without what may be dropped towards the other."""
    bolds = sorted({term for model in high for term in model})
    for cautious in low:
        reduced = _reduced(cautious, bolds, against)
        for model in high:
            yield frozenset().union(*(reduced[bold] for bold in model))


def _reduced(cautious: Model, bolds: Sequence[Term], against: Term) -> dict[Term, set[Term]]:
    """Give, for each parsimonious term, the conservative ones within it, without what may be dropped."""
    care, value = np.array(bolds).T
    reduced: dict[Term, set[Term]] = {bold: set() for bold in bolds}
    for term in cautious:
        for at in np.flatnonzero((care & term.care == care) & (care & term.value == value)):
            bold = bolds[int(at)]
            reduced[bold].add(_between(term, bold, against))
    return reduced


def _between(term: Term, bold: Term, against: Term) -> Term:
    """Drop from a conservative term what is against expectation and not in the parsimonious term."""
    disagree = term.care & against.care & ~(term.value ^ against.value)
    care = term.care & ~(disagree & ~bold.care)
    return Term(care, term.value & care)
