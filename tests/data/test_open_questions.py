"""What the report cannot tell: ranked without gaps, and tied to claims of the ledger."""

from __future__ import annotations

from pfpp_utils.data import tables

QUESTIONS, CLAIMS = tables.load("open_questions"), tables.load("claims").set_index("claim")
#: Sums of money that several sections print alike, each from an award letter; no finding hangs on them.
AWARDS = {"mine_water_heating", "advice_for_residents", "find_a_grant"}


def test_ranks_run_from_one_without_gaps() -> None:
    assert QUESTIONS["rank"].tolist() == list(range(1, len(QUESTIONS) + 1))


def test_each_question_names_claims_and_one_at_least_of_its_strand() -> None:
    for row in QUESTIONS.itertuples():
        named = row.claims.split("; ")
        assert len(named) == len(set(named))
        assert set(named) <= set(CLAIMS.index), row.question
        assert row.strand in set(CLAIMS.loc[named, "strand"]), row.question


def test_what_is_printed_most_often_and_out_of_reach_is_asked_for() -> None:
    asked = set(CLAIMS.loc[QUESTIONS["claims"].str.split("; ").explode(), "quantity"])
    often = CLAIMS[CLAIMS["needs"].notna() & CLAIMS["published"].notna()].groupby("quantity").size()
    assert set(often[often >= 3].index) - asked == AWARDS


def test_presumed_holders_are_not_stated_as_fact() -> None:
    bare = QUESTIONS["settled_by"].str.replace("should hold", "")
    assert not bare.str.contains(r"\bholds?\b").any()
