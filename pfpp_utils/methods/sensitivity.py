"""Global sensitivity: which share of a result's variance each uncertain number answers for."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import pandas as pd
from SALib.analyze import sobol as analysis
from SALib.sample import sobol as sampling

from pfpp_utils.errors import InputError
from pfpp_utils.methods.batch import Output
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.float_model import evaluate
from pfpp_utils.methods.inputs import Inputs, draw, labels, require
from pfpp_utils.methods.sampling import SAMPLE
from pfpp_utils.methods.tornado import result

#: Points from which the indices are estimated, a power of two; the model runs (numbers + 2) times as often.
BASE = 2**13
CONFIDENCE = 0.95


def of_case(
    case: Case,
    inputs: Inputs,
    *,
    reached: float | None = None,
    output: Output = "npsv",
    base: int = BASE,
    seed: int = SAMPLE.seed,
) -> pd.DataFrame:
    """Find the Sobol indices of the uncertain numbers of a case.

    Parameters
    ----------
    case
        Everything that has no range.
    inputs
        Distributions by field, as in `fields.settings`.
    reached
        People reached; those who benefit are then people reached x conversion.
    output
        Which result to look at; finite in every draw.
    base, seed
        As for `indices`.

    Returns
    -------
    pandas.DataFrame
        As for `indices`, the fields under ``field``, the one with the largest total index first.

    Raises
    ------
    InputError
        As for `indices` and `simulation.simulate`.

    References
    ----------
    As for `indices`.
    """
    require(case, inputs)

    def model(points: Floats) -> Floats:
        return result(evaluate(case, draw(inputs, points.T), reached=reached), output)

    found = indices(model, labels(inputs), base=base, seed=seed).rename(columns={"name": "field"})
    return found.sort_values("total", ascending=False, kind="stable", ignore_index=True)


def indices(
    model: Callable[[Floats], Floats], names: Sequence[str], *, base: int = BASE, seed: int = SAMPLE.seed
) -> pd.DataFrame:
    """Estimate the Sobol indices of a model of independent numbers.

    First order: Var(E[Y | X_i]) / Var(Y), what is left of the variance less once X_i is known. Total:
    E(Var[Y | all others]) / Var(Y), what X_i does alone and together with others. In a model without
    interactions they are the same and add up to 1.

    Parameters
    ----------
    model
        Takes points, one row each, with a number from 0 to 1 in each column, and gives one result a point.
    names
        Of the columns.
    base
        Number of base points, a power of two.
    seed
        Of the scrambled points and of the bootstrap, 0 or more.

    Returns
    -------
    pandas.DataFrame
        One row a column of the points: ``name``, ``first`` and ``total``, and half the widths of their 95%
        bootstrap intervals, ``first_error`` and ``total_error``.

    Raises
    ------
    InputError
        If the number of base points is not a power of two, or results are infinite or all the same.

    References
    ----------
    Saltelli et al. (2010), Variance based sensitivity analysis of model output, Computer Physics
    Communications 181, 259-270. Herman and Usher (2017), SALib, Journal of Open Source Software 2(9), 97.
    """
    if base < 2 or base & (base - 1):
        raise InputError("impossible number of points", where="base", found=base, allowed="a power of two")
    problem = {"num_vars": len(names), "names": list(names), "bounds": [[0, 1]] * len(names)}
    results = model(sampling.sample(problem, base, calc_second_order=False, seed=seed))
    if not np.isfinite(results).all() or np.ptp(results) == 0:
        found = "infinite results" if not np.isfinite(results).all() else "the same result everywhere"
        raise InputError("no variance to share out", where="output", found=found, allowed="finite, differing")
    bootstrap = seed + 1  # SALib takes 0 for no seed
    found = analysis.analyze(problem, results, calc_second_order=False, conf_level=CONFIDENCE, seed=bootstrap)
    columns = {"first": "S1", "first_error": "S1_conf", "total": "ST", "total_error": "ST_conf"}
    return pd.DataFrame({"name": list(names), **{name: found[key] for name, key in columns.items()}})
