"""Double-encoded text mended, other text left alone."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data.awards import mojibake

ACCENTED = st.text(st.sampled_from("£éèüçñ\u2019\u2013\u201cabc 1"), max_size=12)


@given(text=ACCENTED, times=st.integers(1, 3))
def test_what_was_encoded_again_comes_back(text, times):
    broken = text
    for _ in range(times):
        broken = broken.encode("utf-8").decode("latin-1")
    assert mojibake.mend(broken) == text


@pytest.mark.parametrize("text", ["£5", "São Tomé", "Ãrea", "Â", "château", "naïve Â £5", "", "â€"])
def test_sound_text_stays(text):
    assert mojibake.mend(text) == text


def test_only_texts_are_mended_and_each_repair_listed():
    cells = pd.DataFrame({"a": pd.array(["Â£1", None, "x"], dtype="string"), "n": [1, 2, 3]})
    mended, repaired = mojibake.mend_cells(cells, pd.Series([7, 8, 9]))
    assert mended["a"].tolist() == ["£1", pd.NA, "x"]
    assert mended["n"].tolist() == [1, 2, 3]
    assert repaired.to_records(index=False).tolist() == [(7, "a", "Â£1", "£1")]
