"""How often the method gives the policy area that a person gave, on programmes it has not learnt from."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import policy_rules, tables
from pfpp_utils.methods.policy_accuracy import overall
from pfpp_utils.methods.policy_areas import Assigner


def accuracy() -> pd.DataFrame:
    """Measure the method on the test part of table ``policy_labels``, having learnt from the rest.

    Returns
    -------
    pandas.DataFrame
        The columns of :func:`pfpp_utils.methods.policy_accuracy.overall`, indexed by `by` (``all``,
        ``assigned``, ``rule``, ``similarity``, ``none``). The sample is of schemes of government
        departments, so that nothing is known of programmes of other funders.

    Raises
    ------
    InputError
        If the labels or the rules cannot be read.
    """
    labels, known = tables.load("policy_labels"), policy_rules.read()
    learnt, test = labels[labels["part"] == "development"], labels[labels["part"] == "test"]
    assigner = Assigner(known.areas, known.rules, learnt, placeholders=known.placeholders)
    assigned = assigner.assign(test.rename(columns={"aims": "description"}))
    return overall(test["label"], assigned, test["value_gbp"]).set_index("by")
