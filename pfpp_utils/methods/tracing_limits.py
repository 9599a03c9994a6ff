"""Limits of process tracing: how much a posterior owes to the numbers assumed, and which traps are near."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns
from pfpp_utils.methods.process_tracing import flag, trace

DEPENDENT = "dependent evidence"
NO_SOURCE = "source not stated"
NOT_EXCLUSIVE = "rivals not exclusive"
NOT_EXHAUSTIVE = "rivals not exhaustive"


def sensitivity(tests: pd.DataFrame, priors: Sequence[float], *, spread: float = 0.0) -> pd.DataFrame:
    """Trace a claim from several priors, with bounds where the likelihoods are known only within limits.

    The posterior rises with the probability of what happened if the claim is true, and falls with its
    probability if the claim is false. So the bounds are reached where every likelihood is at the limit least,
    or most, favourable to the claim.

    Parameters
    ----------
    tests
        As for `process_tracing.trace`. Where the table has them, the columns ``p_if_true_low``,
        ``p_if_true_high``, ``p_if_false_low`` and ``p_if_false_high`` give the limits.
    priors
        Probabilities from 0 to 1.
    spread
        Where the table has no limits: how far each likelihood may lie from the one stated, on either side,
        kept within 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row a prior: ``prior``, ``posterior``, ``low``, ``high`` (from 0 to 1). A bound is missing where
        the limits would make what happened impossible whether the claim is true or false.

    Raises
    ------
    InputError
        As for `process_tracing.trace`; also if limits do not hold the stated likelihood between them.

    Examples
    --------
    >>> tests = pd.DataFrame({"test": ["t"], "p_if_true": [0.8], "p_if_false": [0.2], "seen": [True]})
    >>> sensitivity(tests, [0.2, 0.5], spread=0.1).round(2).to_numpy().tolist()
    [[0.2, 0.5, 0.37, 0.69], [0.5, 0.8, 0.7, 0.9]]
    """
    limits = _limits(tests, spread)
    rows = [
        (prior, _last(tests, prior), *(_corner(limits, prior, kind) for kind in ("low", "high")))
        for prior in priors
    ]
    return pd.DataFrame(rows, columns=["prior", "posterior", "low", "high"])


def warn(tests: pd.DataFrame, hypotheses: pd.DataFrame | None = None) -> pd.DataFrame:
    """Name the traps that a trace may have stepped into.

    Parameters
    ----------
    tests
        As for `process_tracing.trace`, with ``group``: the source or occasion that the evidence comes from.
        Tests of one group may depend on each other; then multiplying their ratios counts one thing twice.
    hypotheses
        The claim and its rivals: ``hypothesis``, ``prior`` (from 0 to 1) and ``exclusive`` (false where it
        can be true together with another). Odds set the claim against everything else, so that the priors
        should add to one and no two hypotheses should hold at once.

    Returns
    -------
    pandas.DataFrame
        One row a warning: ``warning`` (``dependent evidence``, ``source not stated``, ``rivals not
        exclusive`` or ``rivals not exhaustive``) and ``detail``. Empty if none applies.

    Raises
    ------
    InputError
        If a column is missing, a flag is neither true nor false, or a prior is not a probability.

    References
    ----------
    Fairfield and Charman (2017), Explicit Bayesian analysis for process tracing, Political Analysis 25,
    363-380; Zaks (2021), Updating Bayesian(s), Political Analysis 29, 58-74.
    """
    columns.require(tests, ("test", "seen", "group"), "tests")
    used = tests[[flag(seen, "tests, seen") is not None for seen in tests["seen"]]]
    spelt = used["group"].map(str).str.split().str.join(" ").str.casefold().where(used["group"].notna())
    found = [
        (DEPENDENT, f"{len(group)} tests from one source, {group['group'].iloc[0]}: {_names(group)}")
        for _, group in used.groupby(spelt, sort=False)
        if len(group) > 1
    ]
    if spelt.isna().any():
        found.append((NO_SOURCE, f"may depend on the others: {_names(used[spelt.isna()])}"))
    if hypotheses is not None:
        columns.require(hypotheses, ("hypothesis", "prior", "exclusive"), "hypotheses")
        found += _about_rivals(hypotheses)
    return pd.DataFrame(found, columns=["warning", "detail"])


def explanations(claim: str, rivals: Sequence[str], prior: float) -> pd.DataFrame:
    """Set a claim beside the rivals named for it, which nobody says exclude it.

    Parameters
    ----------
    claim, rivals
        In words. Without a rival, something unnamed stands for everything else.
    prior
        Probability of the claim before the evidence, from 0 to 1; the rivals share the rest equally.

    Returns
    -------
    pandas.DataFrame
        ``hypothesis``, ``prior`` and ``exclusive``, as `warn` reads them.

    Examples
    --------
    >>> explanations("It helped", ["Luck", "Money"], 0.5)["prior"].tolist()
    [0.5, 0.25, 0.25]
    """
    others = list(rivals) or ["Something that is not named"]
    rest = (1 - prior) / len(others)
    rows = [(claim, prior, True), *((other, rest, not rivals) for other in others)]
    return pd.DataFrame(rows, columns=["hypothesis", "prior", "exclusive"])


def _names(tests: pd.DataFrame) -> str:
    return "; ".join(map(str, tests["test"]))


def _about_rivals(hypotheses: pd.DataFrame) -> list[tuple[str, str]]:
    found = []
    wrong = hypotheses.loc[~hypotheses["prior"].between(0, 1), "prior"].tolist()
    if wrong:
        raise InputError("not a probability", where="hypotheses, prior", found=wrong, allowed="from 0 to 1")
    alone = [bool(flag(value, "hypotheses, exclusive")) for value in hypotheses["exclusive"]]
    together = [str(name) for name, only in zip(hypotheses["hypothesis"], alone, strict=True) if not only]
    if together:
        found.append((NOT_EXCLUSIVE, f"can hold together with another: {'; '.join(together)}"))
    total = float(hypotheses["prior"].sum())
    if total > 1 + 1e-9:
        found.append((NOT_EXCLUSIVE, f"the priors add to {total:.4g}, so some must hold together"))
    if total < 1 - 1e-9:
        found.append((NOT_EXHAUSTIVE, f"the priors add to {total:.4g}, so some explanation is missing"))
    return found


def _limits(tests: pd.DataFrame, spread: float) -> pd.DataFrame:
    """Give every test its four limits."""
    limits = tests.copy()
    for name in ("p_if_true", "p_if_false"):
        columns.require(tests, (name,), "tests")
        for bound, step in (("low", -spread), ("high", spread)):
            if f"{name}_{bound}" not in tests:
                limits[f"{name}_{bound}"] = (tests[name] + step).clip(0, 1)
        inside = limits[f"{name}_low"].le(tests[name]) & limits[f"{name}_high"].ge(tests[name])
        if not inside.all():
            found = limits.loc[~inside, [f"{name}_low", name, f"{name}_high"]].to_numpy().tolist()
            raise InputError("limits do not hold", where=name, found=found, allowed="low <= stated <= high")
    return limits


def _corner(limits: pd.DataFrame, prior: float, kind: str) -> float:
    """Trace with every likelihood at the limit least (low) or most (high) favourable to the claim."""
    seen = limits["seen"].fillna(True).astype(bool)
    high = seen == (kind == "high")
    corner = limits.assign(
        p_if_true=limits["p_if_true_high"].where(high, limits["p_if_true_low"]),
        p_if_false=limits["p_if_false_low"].where(high, limits["p_if_false_high"]),
    )
    try:
        return _last(corner, prior)
    except InputError:
        return float("nan")


def _last(tests: pd.DataFrame, prior: float) -> float:
    return float(trace(tests, prior)["posterior"].iloc[-1]) if len(tests) else prior
