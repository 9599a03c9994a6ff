"""How like a text must be to a policy area to be assigned to it: from labelled texts, each held out."""

from __future__ import annotations

import numpy as np
import pandas as pd
from sklearn.model_selection import KFold

from pfpp_utils.errors import InputError
from pfpp_utils.methods.policy_similarity import Prototypes


def cross_validate(
    definitions: dict[str, str], examples: pd.DataFrame, *, folds: int = 10, seed: int = 1
) -> pd.DataFrame:
    """Match every labelled text by prototypes that have not seen it.

    Parameters
    ----------
    definitions, examples
        As for :class:`Prototypes`.
    folds
        Parts into which the examples are dealt, at random; each is matched by the others.
    seed
        Of the dealing.

    Returns
    -------
    pandas.DataFrame
        One row an example, in its order: `label`, `area`, `score` and `right`.

    Raises
    ------
    InputError
        If there are fewer examples than folds.
    """
    if len(examples) < folds:
        raise InputError(
            "too few examples", where="examples", found=len(examples), allowed=f"{folds} or more"
        )
    parts = []
    for train, test in KFold(folds, shuffle=True, random_state=seed).split(examples):
        held = examples.iloc[test]
        found = Prototypes(definitions, examples.iloc[train]).match([str(text) for text in held["text"]])
        parts.append(
            pd.DataFrame({"area": [m.area for m in found], "score": [m.score for m in found]}, held.index)
        )
    table = pd.concat(parts).loc[examples.index]
    return table.assign(label=examples["label"], right=table["area"] == examples["label"])


def threshold(validated: pd.DataFrame, *, precision: float = 0.8) -> float:
    """Lowest score from which on at least a share of the matches is right.

    Parameters
    ----------
    validated
        From :func:`cross_validate`.
    precision
        The share, above 0 and at most 1.

    Returns
    -------
    float
        A score, 0 to 1; above every score if no score will do.

    Raises
    ------
    InputError
        If the share is impossible.
    """
    if not 0 < precision <= 1:
        raise InputError("impossible share", where="precision", found=precision, allowed="above 0, at most 1")
    ordered = validated.sort_values("score", ascending=False, kind="stable")
    share = ordered["right"].cumsum() / np.arange(1, len(ordered) + 1)
    last = ordered["score"] != ordered["score"].shift(-1)  # equal scores stand or fall together
    enough = ordered.loc[(share >= precision) & last, "score"]
    return float(enough.min()) if len(enough) else float(np.nextafter(ordered["score"].max(), 2))
