"""Robustness: which models remain when a cut is moved or a case is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from pfpp_utils.errors import InputError
from pfpp_utils.methods.qca.analysis import Analysis, analyse
from pfpp_utils.methods.qca.memberships import Memberships
from pfpp_utils.methods.qca.solutions import KINDS

_COLUMNS = ("setting", "solution", "model", "tied", "terms", "consistency", "coverage")


def inclusion_cuts(
    sets: Memberships, cuts: Iterable[float], *, n_cut: int = 1, expect: Mapping[int, bool] | None = None
) -> pd.DataFrame:
    """Vary the inclusion cut.

    Parameters
    ----------
    sets
        The cases.
    cuts
        Inclusion cuts, above 0 and at most 1.
    n_cut, expect
        As for `analysis.analyse`.

    Returns
    -------
    pandas.DataFrame
        One row a model: ``setting`` (the cut), ``solution`` (its kind), ``model`` (its text, empty where
        there is none), ``tied`` (models tied with it, itself included; 0 where there is none), ``terms``
        (texts), ``consistency`` and ``coverage``.

    Raises
    ------
    InputError
        If a cut is out of range.
    """
    return _table({cut: analyse(sets, incl_cut=cut, n_cut=n_cut, expect=expect) for cut in cuts})


def frequency_cuts(
    sets: Memberships, cuts: Iterable[int], *, incl_cut: float = 1.0, expect: Mapping[int, bool] | None = None
) -> pd.DataFrame:
    """Vary the frequency cut.

    Parameters
    ----------
    sets, incl_cut, expect
        As for `analysis.analyse`.
    cuts
        Frequency cuts, 1 or more.

    Returns
    -------
    pandas.DataFrame
        As for `inclusion_cuts`; ``setting`` is the cut.

    Raises
    ------
    InputError
        If a cut is out of range.
    """
    return _table({cut: analyse(sets, incl_cut=incl_cut, n_cut=cut, expect=expect) for cut in cuts})


def leave_one_out(
    sets: Memberships, *, incl_cut: float = 1.0, n_cut: int = 1, expect: Mapping[int, bool] | None = None
) -> pd.DataFrame:
    """Leave out each case in turn.

    Parameters
    ----------
    sets, incl_cut, n_cut, expect
        As for `analysis.analyse`.

    Returns
    -------
    pandas.DataFrame
        As for `inclusion_cuts`; ``setting`` is the case left out. Where the others cannot be analysed,
        because all or none of them have the outcome or they are too few, there is no model.
    """
    analyses: dict[str, Analysis | None] = {}
    for case in sets.cases:
        try:
            rest = sets.without(case)
        except InputError:
            analyses[case] = None
        else:
            analyses[case] = analyse(rest, incl_cut=incl_cut, n_cut=n_cut, expect=expect)
    return _table(analyses)


def survival(models: pd.DataFrame) -> pd.DataFrame:
    """Count in how many settings each term comes up.

    Parameters
    ----------
    models
        From one of the functions above.

    Returns
    -------
    pandas.DataFrame
        One row a solution and term, the most frequent first: ``solution``, ``term``, ``in_any`` (settings in
        which some tied model has it), ``in_all`` (settings in which every tied model has it) and ``settings``
        (their number).
    """
    settings = models["setting"].nunique()
    long = models.explode("terms").dropna(subset="terms")
    held = long.groupby(["solution", "setting", "terms"], sort=False).agg(
        models=("model", "size"), tied=("tied", "first")
    )
    held["all"] = held["models"] == held["tied"]
    counted = (
        held.groupby(["solution", "terms"], sort=False)["all"].agg(in_any="size", in_all="sum").reset_index()
    )
    counted = counted.rename(columns={"terms": "term"}).assign(settings=settings)
    keys = ["solution", "in_any", "in_all", "term"]
    return counted.sort_values(keys, ascending=[True, False, False, True], ignore_index=True)


def _table(analyses: Mapping[Any, Analysis | None]) -> pd.DataFrame:
    rows = [row for setting, analysis in analyses.items() for row in _models(setting, analysis)]
    return pd.DataFrame(rows, columns=list(_COLUMNS))


def _models(setting: object, analysis: Analysis | None) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for kind in KINDS:
        found = analysis.models(kind) if analysis else []
        rows += [
            (setting, kind, " + ".join(m["terms"]), len(found), m["terms"], m["consistency"], m["coverage"])
            for m in found
        ] or [(setting, kind, "", 0, [], None, None)]
    return rows
