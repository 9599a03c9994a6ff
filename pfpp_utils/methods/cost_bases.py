"""Cost bases: the costs that a pilot's benefits may have to meet, as the report leaves it open."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.errors import InputError


def cost_bases(frame: pd.DataFrame, grant_gbp: float, basis: str) -> pd.DataFrame:
    """Give each pilot the three costs that its benefits may have to meet.

    Section 2.2 of the report says only for the lowest tier that the total includes the grant for planning.

    Parameters
    ----------
    frame
        One row a pilot: ``funding_gbp`` as in the report's Table 1, and ``funding_tier``.
    grant_gbp
        Grant for planning, in pounds.
    basis
        Which of the three to mark in the result.

    Returns
    -------
    pandas.DataFrame
        The rows three times, with ``basis`` and ``cost_gbp``: ``as_printed``; ``with_grant``, where the
        grant is added except to the lowest tier; ``without_grant``, where it is taken off. ``in_force`` is
        true for the basis asked for.

    Raises
    ------
    InputError
        If the basis is unknown.

    Examples
    --------
    >>> pilot = pd.DataFrame({"funding_gbp": [100_000], "funding_tier": ["low"]})
    >>> cost_bases(pilot, 50_000, "as_printed")["cost_gbp"].tolist()
    [100000.0, 100000.0, 50000.0]
    """
    funding, lowest = frame["funding_gbp"].astype(float), frame["funding_tier"] == "low"
    costs = {
        "as_printed": funding,
        "with_grant": funding.where(lowest, funding + grant_gbp),
        "without_grant": funding - grant_gbp,
    }
    if basis not in costs:
        raise InputError("unknown cost", where="cost_basis", found=basis, allowed=costs)
    return pd.concat(
        [frame.assign(basis=name, cost_gbp=cost, in_force=name == basis) for name, cost in costs.items()]
    )
