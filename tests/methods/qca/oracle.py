"""Minimisation by brute force, written from the definitions: terms as tuples of 1, 0 and None (not named)."""

from __future__ import annotations

from itertools import combinations, product


def rows_of(term):
    return {row for row in product((0, 1), repeat=len(term)) if holds(term, row)}


def holds(term, row):
    return all(literal is None or literal == value for literal, value in zip(term, row, strict=True))


def shorter(term):
    return [(*term[:at], None, *term[at + 1 :]) for at, literal in enumerate(term) if literal is not None]


def primes(positive, forbidden):
    """Terms that hold for no forbidden row but some positive one, and would not if any condition went."""
    size = len(next(iter(positive)))
    every = set(product((0, 1, None), repeat=size))
    allowed = {term for term in every if not rows_of(term) & forbidden}
    return {
        term
        for term in allowed
        if rows_of(term) & positive and not any(longer in allowed for longer in shorter(term))
    }


def models(positive, forbidden):
    """All sets of the fewest prime implicants that cover every positive row."""
    terms = primes(positive, forbidden)
    for number in range(1, len(positive) + 1):
        found = {
            frozenset(chosen)
            for chosen in combinations(terms, number)
            if positive <= set().union(*map(rows_of, chosen))
        }
        if found:
            return found
    raise AssertionError("the positive rows cover themselves")


def conservative(positive, negative):
    size = len(next(iter(positive)))
    return models(positive, set(product((0, 1), repeat=size)) - positive)


def parsimonious(positive, negative):
    return models(positive, negative)


def intermediate(positive, negative, expected):
    """For every pair of models, use those remainders that only drop what is against expectation."""
    size = len(next(iter(positive)))
    every = set(product((0, 1), repeat=size))
    found = set()
    for low, high in product(conservative(positive, negative), parsimonious(positive, negative)):
        easy = set()
        for term, goal in product(low, high):
            if rows_of(term) <= rows_of(goal):
                easy |= rows_of(tuple(_kept(at, term, goal, expected) for at in range(size)))
        found |= models(positive, every - positive - easy)
    return found


def _kept(at, term, goal, expected):
    against = at in expected and term[at] == 1 - expected[at]
    return None if goal[at] is None and against else term[at]
