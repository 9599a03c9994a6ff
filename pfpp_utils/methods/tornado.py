"""Tornado: how far each uncertain number moves a result by itself, from its low to its high value."""

from __future__ import annotations

import numpy as np
import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.batch import Batch, Output, Values
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.float_model import evaluate
from pfpp_utils.methods.inputs import Inputs, labels, put, require


def tornado(
    case: Case, inputs: Inputs, *, reached: float | None = None, output: Output = "npsv"
) -> pd.DataFrame:
    """Move one number at a time, the others at their central values.

    Parameters
    ----------
    case
        Everything that has no range.
    inputs
        Distributions by field, as in `fields.settings`. Those of counts run between 95% credible limits, the
        others between their ends.
    reached
        People reached; those who benefit are then people reached x conversion.
    output
        Which result to look at; its unit is in `batch.UNITS`.

    Returns
    -------
    pandas.DataFrame
        One row a field, the one that moves the result most first: ``field``; its values ``low``, ``central``
        and ``high``; the result at each, ``at_low``, ``at_central`` and ``at_high``; and ``swing``, the
        difference between the ends. A result is infinite where no number of people is enough.

    Raises
    ------
    InputError
        As for `simulation.simulate`, and if the case does not have the result.

    References
    ----------
    Eschenbach (1992), Spiderplots versus tornado diagrams for sensitivity analysis, Interfaces 22(6), 40-46.
    """
    require(case, inputs)
    names = ("low", "central", "high")
    at = {name: np.array([getattr(each, name) for each in inputs.values()]) for name in names}
    found = {
        f"at_{name}": result(evaluate(case, _moved(inputs, at["central"], at[name]), reached=reached), output)
        for name in names
    }
    low, high = found["at_low"], found["at_high"]
    swing = np.abs(np.subtract(high, low, where=low != high, out=np.zeros(len(low))))
    frame = pd.DataFrame({"field": labels(inputs), **at, **found, "swing": swing})
    return frame.sort_values("swing", ascending=False, kind="stable", ignore_index=True)


def result(batch: Batch, output: Output) -> Floats:
    """Give a result that the case must have; InputError, naming it, if it does not."""
    values = batch.result(output)
    if values is None:
        what, allowed = (
            "the case does not have this result",
            "people reached or who benefit, and a conversion",
        )
        raise InputError(what, where="output", found=output, allowed=allowed)
    return np.asarray(values)


def _moved(inputs: Inputs, central: Floats, ends: Floats) -> dict[str, Values]:
    """Set every field in as many appraisals as there are fields: in each, another one to its end."""
    settings = np.tile(central, (len(inputs), 1))
    np.fill_diagonal(settings, ends)
    return put(inputs, settings.T)
