"""The check for missing columns, which many methods share."""

from __future__ import annotations

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods import columns


def test_missing_columns_are_named_with_those_found():
    with pytest.raises(InputError) as caught:
        columns.require(pd.DataFrame({"a": [], "b": []}), ["b", "d", "c"], "the table")
    assert (caught.value.what, caught.value.where) == ("missing column", "the table")
    assert (caught.value.found, caught.value.allowed) == (["a", "b"], "d, c")
