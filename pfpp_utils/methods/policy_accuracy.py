"""How far assigned policy areas can be trusted: accuracy against labels by hand."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.methods import columns
from pfpp_utils.methods.policy_areas import NOT_ASSIGNED
from pfpp_utils.methods.proportions import with_intervals


def confusion(labels: pd.Series[str], areas: pd.Series[str]) -> pd.DataFrame:
    """Count how often a labelled area was assigned each area.

    Parameters
    ----------
    labels, areas
        By hand and by the method, of the same index.

    Returns
    -------
    pandas.DataFrame
        Labelled areas as rows, assigned areas as columns, counts.
    """
    return pd.crosstab(labels, areas, rownames=["labelled"], colnames=["assigned"])


def by_area(labels: pd.Series[str], areas: pd.Series[str], *, confidence: float = 0.95) -> pd.DataFrame:
    """Precision and recall of every area, with exact intervals.

    Parameters
    ----------
    labels, areas
        By hand and by the method, of the same index.
    confidence
        Of the Clopper-Pearson intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row an area and measure: `area`, `measure` (``precision``, of those assigned the area the share so
        labelled; ``recall``, of those labelled the share so assigned), `right` of `of`, `estimate`, `low`,
        `high` (0 to 1). An area never assigned has no precision, and one never labelled no recall.
    """
    rows = []
    for area in sorted({*labels, *areas} - {NOT_ASSIGNED}):
        right = int(((labels == area) & (areas == area)).sum())
        rows += [(area, "precision", right, int((areas == area).sum()))]
        rows += [(area, "recall", right, int((labels == area).sum()))]
    table = pd.DataFrame(rows, columns=["area", "measure", "right", "of"])
    return with_intervals(table[table["of"] > 0].reset_index(drop=True), "right", "of", confidence)


def overall(
    labels: pd.Series[str], assigned: pd.DataFrame, values: pd.Series[float], *, confidence: float = 0.95
) -> pd.DataFrame:
    """Accuracy in all, and of rules and likeness apart, by count and by value.

    Parameters
    ----------
    labels
        By hand.
    assigned
        `area` and `by`, as from :meth:`~pfpp_utils.methods.policy_areas.Assigner.assign`; same index.
    values
        Of the programmes, in pounds; repayments (below 0) count with their size. Same index.
    confidence
        Of the Clopper-Pearson intervals, between 0 and 1.

    Returns
    -------
    pandas.DataFrame
        One row each for ``all``, ``assigned`` (by either way), ``rule``, ``similarity`` and ``none``, those
        that occur: `by`, `right` of `of`, `estimate`, `low`, `high` (0 to 1), `share` (of all programmes),
        and `right_by_value`, `share_by_value`. Leaving alone what the labeller could not place is right.

    Raises
    ------
    InputError
        If a column is missing.
    """
    columns.require(assigned, ("area", "by"), "assigned")
    right, size, by = assigned["area"] == labels, values.abs(), assigned["by"]
    groups = {"all": by.notna(), "assigned": by != "none"}
    groups |= {way: by == way for way in ("rule", "similarity", "none")}
    rows = [
        (name, right[rows].sum(), rows.sum(), rows.mean(), _share(size[rows & right], size[rows]),
         _share(size[rows], size))
        for name, rows in groups.items()
        if rows.any()
    ]  # fmt: skip
    names = ["by", "right", "of", "share", "right_by_value", "share_by_value"]
    return with_intervals(pd.DataFrame(rows, columns=names), "right", "of", confidence)


def baselines(train: pd.DataFrame, test: pd.DataFrame) -> pd.DataFrame:
    """Accuracy of what needs no text: the most frequent area, and the most frequent of each COFOG function.

    Parameters
    ----------
    train, test
        Labelled programmes to learn from and to measure on: `label`, `cofog` (may be missing) and
        `value_gbp` (pounds).

    Returns
    -------
    pandas.DataFrame
        One row a baseline: `baseline`, `right` of `of`, `estimate`, `low`, `high`, `right_by_value`.

    Raises
    ------
    InputError
        If a column is missing.
    """
    for name, frame in (("train", train), ("test", test)):
        columns.require(frame, ("label", "cofog", "value_gbp"), name)
    most = train["label"].mode().iloc[0]
    of_function = train.groupby("cofog")["label"].agg(lambda each: each.mode().iloc[0])
    guesses = {
        "most frequent area": pd.Series(most, test.index),
        "COFOG only": test["cofog"].map(of_function).fillna(most),
    }
    size, rows = test["value_gbp"].abs(), []
    for name, guess in guesses.items():
        right = guess == test["label"]
        rows.append((name, right.sum(), len(test), _share(size[right], size)))
    return with_intervals(
        pd.DataFrame(rows, columns=["baseline", "right", "of", "right_by_value"]), "right", "of"
    )


def _share(part: pd.Series[float], whole: pd.Series[float]) -> float:
    return float(part.sum() / whole.sum()) if whole.sum() else float("nan")
