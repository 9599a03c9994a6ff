"""How far two funders pay the same organisations: overlap of their sets of recipients."""

from __future__ import annotations

from itertools import combinations

import pandas as pd

from pfpp_utils.methods import columns

COLUMNS = [
    "funder_a",
    "funder_b",
    "recipients_a",
    "recipients_b",
    "both",
    "either",
    "jaccard",
    "share_of_smaller",
    "value_a_to_both_gbp",
    "value_b_to_both_gbp",
]


def overlap(awards: pd.DataFrame, by: str = "funder") -> pd.DataFrame:
    r"""Compare the recipients of every two funders.

    With :math:`A` and :math:`B` the two sets of organisations, the Jaccard index is
    :math:`J = |A \cap B| / |A \cup B|`, 0 for sets that share nothing and 1 for equal ones. Of a small set
    and a large one it is at most the ratio of their sizes, so the share of the smaller set that is in the
    other, :math:`|A \cap B| / \min(|A|, |B|)`, stands beside it.

    What it cannot show. It counts all awards of the register, so there is no sample and no interval. There is
    no baseline of chance either: shuffled recipients would say what two funders share that pay anybody at
    random, and none does. An organisation that the matching of names has missed lowers the overlap; awards
    without a named recipient are in no set. Being paid by two funders is not duplication.

    Parameters
    ----------
    awards
        One row an award; needs `recipient` (id of the organisation, missing where it is not named),
        `amount_gbp` and the column `by`. Awards without a funder are left out.
    by
        Column of the funder, or of any other kind of holder, such as ``"programme"``.

    Returns
    -------
    pandas.DataFrame
        One row a pair, most shared recipients first: `funder_a` and `funder_b` (in alphabetical order), the
        sizes of their sets, `both`, `either`, `jaccard` (missing where both sets are empty),
        `share_of_smaller` (missing where one is empty), and what each pays to the recipients that both have.

    Raises
    ------
    InputError
        If a column is missing.

    References
    ----------
    Jaccard, P. (1912), The distribution of the flora in the alpine zone, New Phytologist 11(2), 37-50.
    Szymkiewicz, D. (1934), Une contribution statistique à la géographie floristique, Acta Societatis
    Botanicorum Poloniae 11(3), 249-265.

    Examples
    --------
    >>> awards = pd.DataFrame(
    ...     {
    ...         "funder": ["DfT", "DfT", "MoJ", "MoJ"],
    ...         "recipient": ["kent", "essex", "kent", None],
    ...         "amount_gbp": [5.0, 1.0, 2.0, 9.0],
    ...     }
    ... )
    >>> overlap(awards)[["both", "either", "jaccard", "share_of_smaller"]].to_dict("records")
    [{'both': 1, 'either': 2, 'jaccard': 0.5, 'share_of_smaller': 1.0}]
    """
    columns.require(awards, [by, "recipient", "amount_gbp"], "awards")
    paid = awards.dropna(subset=[by]).groupby([by, "recipient"], dropna=False)["amount_gbp"].sum()
    values = {str(funder): part.droplevel(0) for funder, part in paid.groupby(level=0)}
    named = {funder: part[part.index.notna()] for funder, part in values.items()}
    rows = [_compared(one, other, named) for one, other in combinations(sorted(named), 2)]
    table = pd.DataFrame(rows, columns=COLUMNS).astype({"jaccard": float, "share_of_smaller": float})
    order = ["both", "jaccard", "funder_a", "funder_b"]
    return table.sort_values(order, ascending=[False, False, True, True], ignore_index=True)


def _compared(one: str, other: str, paid: dict[str, pd.Series[float]]) -> tuple[object, ...]:
    left, right = paid[one], paid[other]
    both = left.index.intersection(right.index)
    sizes = len(left), len(right)
    either = sum(sizes) - len(both)
    jaccard = len(both) / either if either else None
    smaller = len(both) / min(sizes) if min(sizes) else None
    return one, other, *sizes, len(both), either, jaccard, smaller, left[both].sum(), right[both].sum()
