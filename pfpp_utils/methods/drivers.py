"""Drivers of spend: which measure of a place goes with the money that it gets.

For every funder the value in each authority is set against each measure by rank correlation (Spearman's),
once as it is and once given a third measure such as population. Authorities are not a sample, so the test is
one of permutation: how often would values dealt out at random go with the measure as closely?
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt
import pandas as pd
import pingouin as pg
from scipy.stats import rankdata

from pfpp_utils.errors import InputError

Values = npt.NDArray[np.float64]
#: Fewer authorities than this give no interval worth printing.
FEWEST = 10
COLUMNS = [
    *("funder", "measure", "n", "r", "low", "high", "p", "p_holm"),
    *("partial_r", "partial_low", "partial_high", "partial_p", "partial_p_holm", "shared_denominator"),
]


def correlate(
    values: pd.DataFrame,
    measures: pd.DataFrame,
    *,
    given: str,
    denominators: Mapping[str, str] | None = None,
    permutations: int = 9_999,
    seed: int = 2024,
) -> pd.DataFrame:
    r"""Rank correlation of each funder's value with each measure, with and without a third held fixed.

    The partial correlation is that of the ranks after the ranks of `given` are taken out of both. The
    permutation p-value is :math:`(1 + \#\{|r^*| \ge |r|\}) / (B + 1)` over *B* random orders; for the partial
    correlation the residuals are permuted. Holm's correction is over the whole table, for each kind apart.

    Parameters
    ----------
    values
        One row an authority (its index), one column a funder: value in GBP, 0 where it gave nothing.
    measures
        One row an authority (its index), one column a measure, in any unit; missing where not known.
    given
        Measure to hold fixed, usually ``"population"``.
    denominators
        What a ratio is divided by, for columns of either table that are ratios: ``{"births_per_head":
        "population"}``. Two ratios with one denominator go together by construction.
    permutations
        Random orders, *B*.
    seed
        Of the random orders.

    Returns
    -------
    pandas.DataFrame
        One row a funder and measure: `funder`, `measure`, `n` (authorities with both), `r`, `low`, `high`
        (95% interval by Fisher's transformation), `p`, `p_holm`, `partial_r`, `partial_low`, `partial_high`,
        `partial_p`, `partial_p_holm` (missing for `given` itself), `shared_denominator` (missing if none).

    Raises
    ------
    InputError
        If `given` is no measure, the tables share fewer than 10 authorities, or a column does not vary.

    References
    ----------
    Phipson, B. and Smyth, G. K. (2010), Permutation p-values should never be zero, Statistical Applications
    in Genetics and Molecular Biology 9(1), 39. Holm, S. (1979), A simple sequentially rejective multiple test
    procedure, Scandinavian Journal of Statistics 6(2), 65-70. Pearson, K. (1897), On a form of spurious
    correlation, Proceedings of the Royal Society 60, 489-498 (ratios with one denominator).
    """
    if given not in measures:
        raise InputError("not a measure", where="given", found=given, allowed=[*map(str, measures)])
    random = np.random.default_rng(seed)
    rows = [
        {
            "funder": funder,
            "measure": measure,
            **_pair(values[funder], measures[[measure]], permutations, random),
        }
        | (
            _partial(values[funder], measures[[measure, given]], permutations, random)
            if measure != given
            else {}
        )
        | {"shared_denominator": _shared(denominators or {}, str(funder), str(measure))}
        for funder in values
        for measure in measures
    ]
    table = pd.DataFrame(rows)
    for p in ("p", "partial_p"):
        table[f"{p}_holm"] = _holm(table[p]) if p in table else np.nan
    return table.reindex(columns=COLUMNS)


def strongest(
    values: pd.DataFrame, measures: pd.DataFrame, *, resamples: int = 2_000, seed: int = 2024
) -> pd.DataFrame:
    """Which measure goes most closely with each funder's value, and how surely.

    Parameters
    ----------
    values, measures
        As for :func:`correlate`. Only authorities for which every measure is known are used, so that the
        measures compete on the same places.
    resamples
        Bootstrap resamples of the authorities.
    seed
        Of the resamples.

    Returns
    -------
    pandas.DataFrame
        One row a funder and measure, strongest first: `funder`, `measure`, `n`, `r`, `strongest_share` (of
        the resamples in which its rank correlation is the largest in size; 0 to 1, adding up to 1).

    Raises
    ------
    InputError
        If the tables share fewer than 10 authorities, or a column does not vary.
    """
    random, whole = np.random.default_rng(seed), measures.dropna()
    tables = []
    for funder in values:
        matched = _matched(values[funder], whole)
        draws = random.integers(len(matched), size=(resamples, len(matched)))
        won = [np.argmax(np.abs(np.nan_to_num(_with_first(matched[draw])))) for draw in draws]
        table = pd.DataFrame({"funder": funder, "measure": whole.columns, "n": len(matched)}).assign(
            r=_with_first(matched), strongest_share=np.bincount(won, minlength=whole.shape[1]) / resamples
        )
        tables.append(table.sort_values("r", key=np.abs, ascending=False, kind="stable"))
    return pd.concat(tables, ignore_index=True)


def _pair(
    value: pd.Series[float], measure: pd.DataFrame, permutations: int, random: np.random.Generator
) -> dict[str, float]:
    both = _matched(value, measure)
    found = pg.corr(both[:, 0], both[:, 1], method="spearman").iloc[0]
    ranks = _ranked(both)
    p = _permuted(ranks[:, 0], ranks[:, 1], permutations, random)
    return {"n": len(both), "r": found["r"], "low": found["CI95"][0], "high": found["CI95"][1], "p": p}


def _partial(
    value: pd.Series[float], measures: pd.DataFrame, permutations: int, random: np.random.Generator
) -> dict[str, float]:
    frame = pd.DataFrame(_matched(value, measures), columns=["value", "measure", "given"])
    found = pg.partial_corr(frame, "value", "measure", "given", method="spearman").iloc[0]
    ranks = _ranked(frame.to_numpy())
    left = ranks[:, :2] - np.outer(ranks[:, 2], ranks[:, 2] @ ranks[:, :2])
    p = _permuted(left[:, 0], left[:, 1], permutations, random)
    return {
        "partial_r": found["r"],
        "partial_low": found["CI95"][0],
        "partial_high": found["CI95"][1],
        "partial_p": p,
    }


def _matched(value: pd.Series[float], measures: pd.DataFrame) -> Values:
    both = pd.concat([value, measures], axis=1, join="inner").dropna()
    if len(both) < FEWEST:
        raise InputError(
            "too few authorities",
            where=f"{value.name} and {', '.join(map(str, measures))}",
            found=len(both),
            allowed=f"{FEWEST} or more with both",
        )
    if same := [str(column) for column in both if both[column].nunique() == 1]:
        raise InputError("a column does not vary", where=", ".join(same), found="one value", allowed="two")
    return both.to_numpy(dtype=float)


def _ranked(values: Values) -> Values:
    """Centred ranks of length 1, so that a product of two columns is their rank correlation."""
    centred = rankdata(values, axis=0) - (len(values) + 1) / 2
    scaled: Values = centred / np.linalg.norm(centred, axis=0)
    return scaled


def _with_first(values: Values) -> Values:
    ranks = _ranked(values)
    return ranks[:, 1:].T @ ranks[:, 0]


def _permuted(x: Values, y: Values, permutations: int, random: np.random.Generator) -> float:
    orders = random.permuted(np.broadcast_to(y, (permutations, len(y))), axis=1)
    as_close = np.abs(orders @ x) >= abs(y @ x) * (1 - 1e-12)
    return float((1 + as_close.sum()) / (permutations + 1))


def _holm(p: pd.Series[float]) -> pd.Series[float]:
    known = p.notna()
    corrected = pd.Series(np.nan, index=p.index)
    corrected[known] = pg.multicomp(p[known].to_numpy(), method="holm")[1]
    return corrected


def _shared(denominators: Mapping[str, str], funder: str, measure: str) -> str | None:
    first, second = denominators.get(funder), denominators.get(measure)
    return first if first is not None and first == second else None
