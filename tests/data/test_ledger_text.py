"""The ledger accounts for every number of the report, passage by passage and time by time.

The report itself is not bundled. Set the environment variable PFPP_REPORT to a copy of its text;
without it, all of this is skipped.
"""

from __future__ import annotations

import os
from collections import Counter
from pathlib import Path

import pandas as pd
import pytest

from pfpp_utils.data import document_text, tables
from pfpp_utils.methods import number_words
from pfpp_utils.methods.coverage import SEPARATOR, accounts, gaps, require_complete
from pfpp_utils.methods.number_scan import scan
from pfpp_utils.methods.passages import passages

if not os.environ.get("PFPP_REPORT"):
    pytest.skip("PFPP_REPORT does not name the report's text", allow_module_level=True)

REPORT = document_text.read(Path(os.environ["PFPP_REPORT"]))
PASSAGES = {(one.section, one.paragraph): one.text for one in passages(REPORT)}
FOUND = scan(passages(REPORT))
CLAIMS, OTHERS = tables.load("claims"), tables.load("numbers_without_claim")
NUMBERED = CLAIMS.dropna(subset=["printed"])


def test_no_number_of_the_report_is_left_over() -> None:
    left = gaps(FOUND, accounts(CLAIMS, OTHERS))
    assert left == []


@pytest.mark.parametrize("table", ["claims", "numbers_without_claim"])
def test_no_row_can_be_spared(table: str) -> None:
    whole = accounts(CLAIMS, OTHERS)
    nothing = CLAIMS.iloc[:0], OTHERS.iloc[:0]
    for row in (NUMBERED if table == "claims" else OTHERS).index:
        without = (CLAIMS.loc[[row]], nothing[1]) if table == "claims" else (nothing[0], OTHERS.loc[[row]])
        spared = Counter(whole)
        spared.subtract(accounts(*without))
        assert gaps(FOUND, spared), row


def test_a_number_more_than_the_ledger_knows_is_found() -> None:
    text = REPORT.replace("364 visitors", "364 of 364 visitors")
    with pytest.raises(ValueError, match="1 numbers differ") as caught:
        require_complete(scan(passages(text)), accounts(CLAIMS, OTHERS))
    assert "'364' in section 5.3.3, passage 7: 2 in the text, 1 in the ledger" in str(caught.value)


def test_a_text_that_has_moved_on_is_refused_with_both_sides() -> None:
    text = REPORT.replace("119 central government teams across", "121 central government teams across")
    with pytest.raises(ValueError, match="numbers differ") as caught:
        require_complete(scan(passages(text)), accounts(CLAIMS, OTHERS))
    assert "'119' in section 1.5.1, passage 1: 0 in the text, 1 in the ledger" in str(caught.value)
    assert "'121' in section 1.5.1, passage 1: 1 in the text, 0 in the ledger" in str(caught.value)


def values(printed: str) -> set[float]:
    """What the printed numbers of a claim come to; a part also in percent, a ratio also as two numbers."""
    found = set()
    for one in printed.split(SEPARATOR):
        value = number_words.value(one)
        found |= {float(value), round(float(value * 100), 2)}
        found |= {float(part) for part in one.split("/")} if "/" in one else set()
    return found


def test_the_columns_say_what_is_printed() -> None:
    for column in ("published", "published_high", "out_of"):
        for row in NUMBERED.dropna(subset=[column]).itertuples():
            assert float(getattr(row, column)) in values(row.printed), (row.claim, column)
    with_number = CLAIMS["published"].notna()
    assert set(CLAIMS.loc[with_number, "claim"]) <= set(NUMBERED["claim"])


def test_a_claim_without_a_number_of_its_own_still_stands_in_a_passage() -> None:
    for row in CLAIMS.itertuples():
        assert (row.section, row.paragraph) in PASSAGES, row.claim


def test_the_words_beside_a_number_stand_in_its_passage() -> None:
    for row in OTHERS.itertuples():
        assert row.printed in row.item, row.item
        assert row.item in PASSAGES[row.section, row.paragraph], row.item


def test_the_rows_follow_the_report() -> None:
    order = {place: number for number, place in enumerate(PASSAGES)}
    for table in (CLAIMS, OTHERS):
        places = [
            order[place] for place in table[["section", "paragraph"]].itertuples(index=False, name=None)
        ]
        assert places == sorted(places)


def test_no_statement_copies_the_report() -> None:
    words = " ".join(" ".join(PASSAGES.values()).lower().split())
    for table, columns in {"claims": ["statement", "basis"], "open_questions": ["asks", "because"]}.items():
        for text in pd.concat([tables.load(table)[column] for column in columns]).dropna():
            run = text.lower().replace(",", " ,").split()
            for start in range(len(run) - 8):
                assert " ".join(run[start : start + 9]).replace(" ,", ",") not in words, text
