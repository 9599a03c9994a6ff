"""A ledger that is complete, one that is not, and one whose text has moved on."""

from __future__ import annotations

from collections import Counter

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.methods.coverage import Place, accounts, gaps, require_complete
from pfpp_utils.methods.number_scan import scan
from pfpp_utils.methods.passages import passages

TEXT = "# 1 Aims\nSix of 13 pilots began late, in May 2023.\nSix did not.\n# 2 Results\nSix again."
ALL = {Place("1", 1, "Six"): 2, Place("1", 1, "13"): 1, Place("1", 1, "May 2023"): 1, Place("2", 1, "Six"): 1}


def missing(accounted: dict[Place, int]) -> list[tuple[Place, int, int]]:
    return [gap[:3] for gap in gaps(scan(passages(TEXT)), Counter(accounted))]


def test_nothing_is_missing_when_each_number_is_accounted_for_as_often_as_it_stands() -> None:
    assert missing(ALL) == []
    require_complete(scan(passages(TEXT)), Counter(ALL))


@pytest.mark.parametrize("place", ALL)
def test_each_time_and_each_section_counts(place: Place) -> None:
    times = ALL[place]
    assert missing({**ALL, place: times - 1}) == [(place, times, times - 1)]
    assert missing({**ALL, place: times + 1}) == [(place, times, times + 1)]


def test_the_error_names_both_sides() -> None:
    moved = Counter({**ALL, Place("2", 1, "Six"): 0, Place("2", 1, "Seven"): 1})
    with pytest.raises(InputError, match="2 numbers differ") as caught:
        require_complete(scan(passages(TEXT)), moved)
    assert "'Six' in section 2, passage 1: 1 in the text, 0 in the ledger" in str(caught.value.found)
    assert "'Seven' in section 2, passage 1: 0 in the text, 1 in the ledger" in str(caught.value.found)


def test_accounts_add_up_claims_and_numbers_without_one() -> None:
    claims = pd.DataFrame({"section": ["1", "1"], "paragraph": [1, 1], "printed": ["Six; 13", None]})
    others = pd.DataFrame({"section": ["1"], "paragraph": [1], "printed": ["Six"], "times": [1]})
    assert accounts(claims, others) == {Place("1", 1, "Six"): 2, Place("1", 1, "13"): 1}
