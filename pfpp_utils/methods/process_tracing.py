"""Process tracing: how far each test that evidence passes or fails moves the belief in a claim."""

from __future__ import annotations

import math

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns

_TEST = ("test", "p_if_true", "p_if_false", "seen")


def kind_of_test(p_if_true: float, p_if_false: float, *, certain: float = 0.8, unique: float = 0.2) -> str:
    """Name a test by what it demands, from its two probabilities.

    A test is *certain* if the evidence must be expected where the claim is true (p_if_true >= `certain`), and
    *unique* if it would surprise where the claim is false (p_if_false <= `unique`).

    Parameters
    ----------
    p_if_true, p_if_false
        Probability, from 0 to 1, of seeing the evidence if the claim is true, and if it is false.
    certain, unique
        The thresholds: conventions, not findings.

    Returns
    -------
    str
        ``hoop`` (certain, not unique: failing it speaks against the claim), ``smoking gun`` (unique, not
        certain: passing it speaks for it), ``doubly decisive`` (both), ``straw in the wind`` (neither);
        ``uninformative`` if the two probabilities are equal; ``counter-evidence`` if the evidence is more to
        be expected where the claim is false.

    Raises
    ------
    InputError
        If a probability or threshold is not between 0 and 1.

    References
    ----------
    Van Evera (1997), Guide to Methods for Students of Political Science; Bennett and Checkel (2015), Process
    Tracing, appendix.

    Examples
    --------
    >>> kind_of_test(0.3, 0), kind_of_test(0.8, 0.5)
    ('smoking gun', 'hoop')
    """
    given = {"p_if_true": p_if_true, "p_if_false": p_if_false, "certain": certain, "unique": unique}
    for name, number in given.items():
        _probability(number, name)
    if p_if_true <= p_if_false:
        return "uninformative" if p_if_true == p_if_false else "counter-evidence"
    names = {
        (True, True): "doubly decisive",
        (True, False): "hoop",
        (False, True): "smoking gun",
        (False, False): "straw in the wind",
    }
    return names[p_if_true >= certain, p_if_false <= unique]


def update(prior: float, p_if_true: float, p_if_false: float, *, seen: bool = True) -> float:
    """Update the probability of a claim by one test.

    Posterior odds = prior odds x p(E|H) / p(E|not H), with 1 - p in place of p if the evidence was looked for
    and not seen. Probabilities of 0 and 1 are taken at their word.

    Parameters
    ----------
    prior
        Probability of the claim before the test, from 0 to 1.
    p_if_true, p_if_false
        As for `kind_of_test`.
    seen
        Whether the evidence was seen; False only if it was looked for.

    Raises
    ------
    InputError
        If a probability is not between 0 and 1, or what happened is impossible whether the claim is true or
        false, so that one of the probabilities must be wrong.

    References
    ----------
    Humphreys and Jacobs (2015), Mixing methods: a Bayesian approach, American Political Science Review 109,
    653-673; Fairfield and Charman (2017), Explicit Bayesian analysis for process tracing, Political Analysis
    25, 363-380.

    Examples
    --------
    >>> update(0.5, 0.3, 0), update(0.5, 0.8, 0.2)
    (1.0, 0.8)
    """
    for name, number in {"prior": prior, "p_if_true": p_if_true, "p_if_false": p_if_false}.items():
        _probability(number, name)
    true = prior * (p_if_true if seen else 1 - p_if_true)
    false = (1 - prior) * (p_if_false if seen else 1 - p_if_false)
    if true + false == 0:
        found = {"prior": prior, "p_if_true": p_if_true, "p_if_false": p_if_false, "seen": seen}
        allowed = "probabilities under which what happened can happen"
        raise InputError("evidence impossible either way", where="test", found=found, allowed=allowed)
    return true / (true + false)


def trace(tests: pd.DataFrame, prior: float, *, certain: float = 0.8, unique: float = 0.2) -> pd.DataFrame:
    """Update the probability of a claim by several tests, one after the other.

    The product assumes that, given the claim, and given its opposite, the tests are independent: see
    `tracing_limits.warn`. The order does not change the last posterior.

    Parameters
    ----------
    tests
        One row a test: ``test`` (its name, unique), ``p_if_true``, ``p_if_false``, ``seen`` (true or false;
        a missing value says that it was not looked for, and the test changes nothing).
    prior
        Probability of the claim before all tests, from 0 to 1.
    certain, unique
        As for `kind_of_test`.

    Returns
    -------
    pandas.DataFrame
        `tests` with ``kind``, ``likelihood_ratio`` (of what happened; infinite where it is impossible if the
        claim is false, 1 where nothing was looked for), ``prior`` and ``posterior`` of the test.

    Raises
    ------
    InputError
        As for `update`, naming the test; also if a column is missing or a test is listed twice.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["a", "b"], "p_if_true": [0.3, 0.8], "p_if_false": [0.1, 0.2],
    ...                       "seen": [True, False]})
    >>> trace(tests, 0.5)[["kind", "posterior"]].round(3).to_numpy().tolist()
    [['smoking gun', 0.75], ['doubly decisive', 0.429]]
    """
    columns.require(tests, _TEST, "tests")
    seen = [flag(value, "tests, seen") for value in tests["seen"]]
    if tests["test"].duplicated().any():
        twice = tests.loc[tests["test"].duplicated(), "test"].tolist()
        raise InputError("test listed twice", where="tests, test", found=twice, allowed="each test once")
    rows, belief = [], prior
    _probability(prior, "prior")
    for test, happened in zip(tests.to_dict("records"), seen, strict=True):
        one, other = test["p_if_true"], test["p_if_false"]
        try:
            kind = kind_of_test(one, other, certain=certain, unique=unique)
            after = belief if happened is None else update(belief, one, other, seen=happened)
        except InputError as error:
            where = f"test {test['test']}, {error.where}"
            raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from error
        rows.append((kind, _ratio(one, other, happened), belief, after))
        belief = after
    results = pd.DataFrame(
        rows, columns=["kind", "likelihood_ratio", "prior", "posterior"], index=tests.index
    )
    return tests.drop(columns=results.columns, errors="ignore").join(results)


def flag(value: object, where: str) -> bool | None:
    """Read true, false or missing; text such as "no" is refused, since any text counts as true.

    Parameters
    ----------
    value
        True or false, 1 or 0, or missing.
    where
        What to name in the message.

    Returns
    -------
    bool or None
        None where it is missing.

    Raises
    ------
    InputError
        If it is anything else.
    """
    if value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, str) or value not in (0, 1):
        allowed = "true, false, 1, 0, or missing"
        raise InputError("neither true nor false", where=where, found=value, allowed=allowed)
    return bool(value)


def _ratio(one: float, other: float, seen: bool | None) -> float:
    """Divide the probabilities of what happened; 0/0, which only an impossible test has, is missing."""
    if seen is None:
        return 1.0
    top, bottom = (one, other) if seen else (1 - one, 1 - other)
    return top / bottom if bottom else float("inf") if top else float("nan")


def _probability(number: object, where: str) -> None:
    if not isinstance(number, int | float) or not 0 <= number <= 1:
        raise InputError("not a probability", where=where, found=number, allowed="from 0 to 1")
