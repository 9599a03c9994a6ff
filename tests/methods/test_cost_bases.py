"""Cost bases: as printed, with the grant for planning, and without it."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.cost_bases import cost_bases


def test_three_costs_of_each_pilot():
    pilots = pd.DataFrame(
        {"pilot": ["a", "b"], "funding_gbp": [100_000, 248_000], "funding_tier": ["low", "middle"]}
    )
    costs = cost_bases(pilots, 50_000, "with_grant")
    assert costs.loc[costs["in_force"], "cost_gbp"].tolist() == [100_000, 298_000]
    wide = costs.pivot(index="pilot", columns="basis", values="cost_gbp")
    assert wide[["as_printed", "with_grant", "without_grant"]].to_numpy().tolist() == [
        [100_000, 100_000, 50_000],
        [248_000, 298_000, 198_000],
    ]
    with pytest.raises(InputError, match="as_printed, with_grant, without_grant"):
        cost_bases(pilots, 50_000, "half")
