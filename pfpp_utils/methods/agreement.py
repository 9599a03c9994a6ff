"""Agreement of two people who labelled the same things."""

from __future__ import annotations

import pandas as pd
from sklearn.metrics import cohen_kappa_score

from pfpp_utils.errors import InputError
from pfpp_utils.methods.proportions import Proportion, exact_interval


def agreement(first: pd.Series[str], second: pd.Series[str]) -> tuple[float, Proportion]:
    r"""Agreement of two labellers beyond chance, and the share of labels on which they agree.

    Cohen's kappa is :math:`(p_o - p_e) / (1 - p_e)`, with :math:`p_o` the share on which they agree and
    :math:`p_e` the share on which they would if each dealt out their own labels at random.

    Parameters
    ----------
    first, second
        Labels, of the same index; rows that either left out do not count.

    Returns
    -------
    tuple of float and Proportion
        Kappa (1 for full agreement, 0 for none beyond chance), and the share with its exact interval.

    Raises
    ------
    InputError
        If no row has both labels.

    References
    ----------
    Cohen, J. (1960), A coefficient of agreement for nominal scales, Educational and Psychological
    Measurement 20(1), 37-46.

    Examples
    --------
    >>> kappa, share = agreement(pd.Series(["a", "a", "b", "b"]), pd.Series(["a", "a", "b", "a"]))
    >>> kappa, share.estimate
    (0.5, 0.75)
    """
    both = first.notna() & second.notna()
    if not both.any():
        raise InputError("no row has two labels", where="second", found=0, allowed="one or more")
    one, other = first[both], second[both]
    alike = bool((one == one.iloc[0]).all() and (other == one.iloc[0]).all())  # else 0 / 0
    kappa = 1.0 if alike else float(cohen_kappa_score(one, other))
    return kappa, exact_interval(int((one == other).sum()), len(one))
