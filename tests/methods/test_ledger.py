"""The ledger: every verdict by its rule, every place of print compared, and a table of claims that fits."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import ledger, occurrences
from pfpp_utils.methods.claims import rounded
from pfpp_utils.publish import plan

EXACTLY, WITHIN, INCONSISTENT, DERIVED, LOST = ledger.STATUSES
GROUPS = {"a": ["Durham", "Luton"], "b": ["Luton", "Wakefield"], "c": ["Luton", "Durham"], "none": []}


def claim(name="x", published=None, kind="count", **given):
    row = {"claim": name, "kind": kind, "published": published, "unit": "pilots", "qualifier": "exactly"}
    row |= {"decimals": 0, "quantity": name, "members": None, "against": None, "needs": None}
    return {**row, **given}


def frame(*rows):
    made = pd.DataFrame(list(rows))
    return made.astype({"published": float, "members": "str", "against": "str", "needs": "str"})


RANGE = claim(kind="range", published=2, published_high=4)


def settle(row, value=None, **options):
    values = {} if value is None else {row["claim"]: value}
    return ledger.settle_all(frame(row), values, groups=GROUPS, **options).iloc[0]


@pytest.mark.parametrize(
    ("row", "value", "settled"),
    [
        (claim(published=7), 7, ("7 pilots", "7 pilots", EXACTLY, "", "")),
        (claim(published=1), Fraction(1), ("1 pilot", "1 pilot", EXACTLY, "", "")),
        (claim(published=7), np.int64(6), ("7 pilots", "6 pilots", INCONSISTENT, "", "")),
        (claim(published=0), 0, ("0 pilots", "0 pilots", EXACTLY, "", "")),
        (
            claim(published=10, unit="percent"),
            Fraction(300, 28),
            ("10%", "10.7%", WITHIN, "truncated", "truncated"),
        ),
        (
            claim(published=39, unit="percent"),
            100 * 47 / 119,
            ("39%", "just under 39.5%", WITHIN, "half up", "rounded half up"),
        ),
        (claim(published=2), 2.5, ("2 pilots", "2.5 pilots", WITHIN, "half even", "rounded half to even")),
        (claim(published=146), 145.36, ("146 pilots", "145.4 pilots", WITHIN, "up", "rounded up")),
        (
            claim(published=100, qualifier="over", unit="teams"),
            119,
            ("over 100 teams", "119 teams", WITHIN, "as “over” allows", "as “over” allows"),
        ),
        (
            claim(published=5, qualifier="at_least", unit="teams"),
            2,
            ("at least 5 teams", "2 teams", INCONSISTENT, "", ""),
        ),
        (
            claim(published=335_000, unit="GBP", decimals=-3),
            334_600,
            ("£335,000", "£334,600", WITHIN, "half up", "rounded half up"),
        ),
        (
            claim(unit="months", kind="derived", decimals=None),
            3,
            ("not printed", "3 months", DERIVED, "", ""),
        ),
        (claim(kind="comparison"), True, ("yes", "yes", EXACTLY, "", "")),
        (claim(kind="comparison"), np.bool_(False), ("yes", "no", INCONSISTENT, "", "")),
        (
            claim(published=50, qualifier="under"),
            39,
            ("under 50 pilots", "39 pilots", WITHIN, "as “under” allows", "as “under” allows"),
        ),
        (claim(published=50, qualifier="under"), 50, ("under 50 pilots", "50 pilots", INCONSISTENT, "", "")),
        (
            RANGE,
            2,
            (
                "2 pilots to 4 pilots",
                "2 pilots",
                EXACTLY,
                "",
                "lies within the range, whose ends are not checked",
            ),
        ),
        (RANGE, 4.5, ("2 pilots to 4 pilots", "4.5 pilots", INCONSISTENT, "", "")),
        (
            {**RANGE, "needs": "records"},
            None,
            ("2 pilots to 4 pilots", "not recomputed", LOST, "", "records"),
        ),
        (claim(kind="table", needs="records"), None, ("as printed", "not recomputed", LOST, "", "records")),
        (
            claim(kind="list", members="a", needs="notes"),
            None,
            ("Durham, Luton", "not recomputed", LOST, "", "notes"),
        ),
        (claim(published=9, needs="a list"), None, ("9 pilots", "not recomputed", LOST, "", "a list")),
        (claim(kind="comparison", needs="a list"), None, ("yes", "not recomputed", LOST, "", "a list")),
        (claim(published=2, members="a"), None, ("2 pilots", "2 pilots", EXACTLY, "", "")),
        (claim(published=0, members="none"), None, ("0 pilots", "0 pilots", EXACTLY, "", "")),
        (
            claim(kind="list", members="a", against="c"),
            None,
            ("Durham, Luton", "Luton, Durham", EXACTLY, "", ""),
        ),
        (
            claim(kind="list", members="a", against="b"),
            None,
            (
                "Durham, Luton",
                "Luton, Wakefield",
                INCONSISTENT,
                "",
                "only in the claim: Durham; not in the claim: Wakefield",
            ),
        ),
    ],
)
def test_each_verdict(row, value, settled):
    assert tuple(settle(row, value)[ledger.SETTLED]) == settled


@given(st.decimals(1, 1000, places=3), st.integers(-1, 2))
def test_what_is_shown_rounds_to_what_is_printed(value, decimals):
    printed = rounded(value, decimals)
    row = claim(published=float(printed), unit="percent", decimals=decimals)
    found = settle(row, Fraction(value))
    assert found["status"] in (EXACTLY, WITHIN)
    number = found["as_recomputed"].removeprefix("just under ").rstrip("%").replace(",", "")
    seen, shown_to = Fraction(number), max(decimals, 0)
    step = Fraction(1, 10 ** (shown_to + 2)) if "under" in found["as_recomputed"] else 0
    assert rounded(seen - step, shown_to) == rounded(value, shown_to)
    assert abs(seen - Fraction(value)) <= Fraction(1, 2 * 10 ** (shown_to + 1))


def test_another_value_elsewhere_outweighs_every_other_verdict():
    rows = [claim("held", 119), claim("lost", 119, needs="records"), claim("other", 2)]
    for row in rows[:2]:
        row["quantity"] = "teams"
    compared = pd.DataFrame(
        {"quantity": ["teams", "other"], "alike": [False, True], "places": ["119 here; 114 there", ""]}
    )
    settled = ledger.settle_all(frame(*rows), {"held": 119, "other": 2}, compared=compared)
    assert settled["status"].tolist() == [INCONSISTENT, INCONSISTENT, EXACTLY]
    assert settled["reason"].tolist() == ["119 here; 114 there"] * 2 + [""]


def test_a_disagreement_is_counted_once_for_each_quantity_and_only_if_unexplained():
    rows = pd.DataFrame({"quantity": list("aabbcde"), "status": [INCONSISTENT] * 5 + [EXACTLY, LOST]})
    rows["explanation"] = [None, None, "x", None, "x", None, None]
    assert ledger.unexplained(rows) == 2
    assert ledger.unexplained(rows[rows["quantity"] == "d"]) == 0


def test_other_columns_and_the_order_are_kept():
    rows = frame(claim("b", 1, page="two"), claim("a", 1, page="one")).set_index(pd.Index([7, 3]))
    settled = ledger.settle_all(rows, {"a": 1, "b": 1})
    assert settled[["claim", "page"]].to_numpy().tolist() == [["b", "two"], ["a", "one"]]


@pytest.mark.parametrize(
    ("rows", "values", "message"),
    [
        ([claim(), claim()], {"x": 1}, "listed twice"),
        ([claim()], {"x": 1, "y": 2}, "no claim"),
        ([claim(published=1)], {}, "neither"),
        ([claim(published=1, needs="a list")], {"x": 1}, "both recomputed and"),
        ([claim(published=1, members="a", needs="a list")], {}, "both recomputed and"),
        ([claim(published=1, members="a")], {"x": 1}, "recomputed twice"),
        ([claim(kind="list", members="a")], {}, "list without two groups"),
        ([claim(kind="list", members="a", against="b", needs="notes")], {}, "both recomputed and"),
        ([claim(kind="table")], {}, "neither"),
        ([claim(published=1, members="a", against="b")], {}, "list without two groups"),
        ([claim(published=1, members="z")], {}, "unknown group"),
        ([claim(published=1)], {"x": True}, "unsuitable value"),
        ([claim(kind="comparison")], {"x": 1}, "unsuitable value"),
        ([claim(published=1)], {"x": float("nan")}, "claim x"),
        ([claim(published=1.5)], {"x": 2}, "claim x"),
    ],
)
def test_faults_name_the_claim(rows, values, message):
    with pytest.raises(InputError, match=message) as caught:
        ledger.settle_all(frame(*rows), values, groups=GROUPS)
    assert any(name in str(caught.value) for name in ("x", "y", "z"))


def printed(*values):
    rows = [("teams", value, qualifier, "teams", f"place {n}") for n, (value, qualifier) in enumerate(values)]
    return pd.DataFrame(rows, columns=["quantity", "value", "value_qualifier", "unit", "where"])


@pytest.mark.parametrize(
    ("values", "places"),
    [
        ([(119, "exactly"), (119, None)], ""),
        ([(119, "exactly"), (114, None)], "119 teams in place 0; 114 teams in place 1"),
        ([(119, "exactly"), (100, "over"), (120, "nearly"), (118, "about"), (119, "at_least")], ""),
        ([(119, "exactly"), (119, "over")], "119 teams in place 0; over 119 teams in place 1"),
        ([(119, "exactly"), (90, "about")], "119 teams in place 0; about 90 teams in place 1"),
        ([(5, "at_least"), (2, "exactly")], "at least 5 teams in place 0; 2 teams in place 1"),
        ([(100, "over"), (50, "about")], ""),
        (
            [(7, None), (7, None), (6, None), (6.5, "about")],
            "7 teams in place 0 (and 1 more); 6 teams in place 2",
        ),
        ([(3.86, None), (3.9, None)], "3.86 teams in place 0; 3.9 teams in place 1"),
    ],
)
def test_places_are_compared_as_their_qualifiers_allow(values, places):
    found = occurrences.compare(printed(*values)).iloc[0]
    assert (found["times"], found["alike"], found["places"]) == (len(values), not places, places)


def test_other_units_are_another_matter():
    rows = pd.concat([printed((7, None)), printed((50, None)).assign(unit="percent")])
    assert occurrences.compare(rows)["alike"].tolist() == [True, True]


def test_gathering_names_the_quantity_by_its_columns():
    board = pd.DataFrame(
        {"forum": ["board"], "measure": ["held"], "value": [5], "unit": "meetings", "where": "4"}
    )
    teams = printed((119, "about"), (None, None)).rename(columns={"quantity": "measure"})
    found = occurrences.gather({"forum measure": board, "measure": teams})
    assert found["quantity"].tolist() == ["board_held", "teams"]
    assert found["value_qualifier"].fillna("").tolist() == ["", "about"]


def test_groups_have_each_member_once():
    index = pd.MultiIndex.from_tuples([("calls", "Table 2"), ("calls", "Table 2"), ("calls", "text")])
    found = ledger.members({"data": pd.Series(["Luton", "Luton", "Durham"], index=index)})
    assert found == {"data calls Table 2": ["Luton"], "data calls text": ["Durham"]}


def test_a_group_without_names_is_kept_empty_and_counts_as_nobody():
    groups = ledger.members({"steps": pd.Series([None, "Luton"], index=["unblocked", "uptake"])})
    assert groups == {"steps unblocked": [], "steps uptake": ["Luton"]}
    row = claim(kind="list", members="steps unblocked", against="steps uptake")
    found = ledger.settle_all(pd.DataFrame([row]), {}, groups=groups).loc[0]
    assert (found["as_published"], found["as_recomputed"]) == ("nobody", "Luton")


def test_an_unknown_strand_is_refused():
    rows = pd.DataFrame({"strand": ["breakeven", "programme"]})
    assert len(ledger.of_strand(rows, "all")) == 2
    assert ledger.of_strand(rows, "programme").index.tolist() == [1]
    with pytest.raises(InputError, match="breakeven, programme"):
        ledger.of_strand(rows, "leeds")


class TestTableOfClaims:
    """What the schema cannot say of the bundled claims."""

    rows = tables.load("claims")

    def test_each_says_what_it_rests_on_or_lacks(self):
        assert (self.rows["basis"].isna() != self.rows["needs"].isna()).all()
        named = set(self.rows["rests_on"].str.split("; ").explode())
        assert named <= set(tables.names()) - {"claims"}
        first = self.rows.dropna(subset=["members"])
        assert (first["members"].str.split().str[0] == first["rests_on"].str.split("; ").str[0]).all()

    def test_no_list_is_compared_with_itself(self):
        assert (self.rows["members"].fillna("") != self.rows["against"].fillna("-")).all()

    def test_only_what_can_be_recomputed_says_whether_it_stands_in_the_same_passage(self):
        assert (self.rows["same_passage"].isna() == self.rows["needs"].notna()).all()

    def test_explanations_name_their_section_and_belong_to_what_is_recomputed(self):
        given = self.rows.dropna(subset=["explanation"])
        assert given["explanation"].str.contains(r"section", regex=False).all()
        assert given["needs"].isna().all()

    def test_presumed_holders_are_not_stated_as_fact(self):
        bare = self.rows["needs"].dropna().str.replace("should hold", "")
        assert not bare.str.contains(r"\bholds?\b").any()

    def test_number_qualifier_and_decimals_go_together(self):
        wordless = self.rows["kind"].isin(["list", "comparison", "derived", "table"])
        for column in ("published", "qualifier", "decimals"):
            assert (self.rows[column].isna() == wordless).all(), column
        assert (self.rows["unit"].isna() == self.rows["kind"].isin(["list", "comparison", "table"])).all()
        assert (self.rows["published_high"].notna() == self.rows["kind"].eq("range")).all()
        assert (self.rows["published_high"] > self.rows["published"])[self.rows["kind"].eq("range")].all()
        assert (self.rows["out_of"] >= self.rows["published"])[self.rows["out_of"].notna()].all()

    def test_repeated_quantities_share_a_name_and_a_unit(self):
        numbered = self.rows[self.rows["kind"].isin(["count", "share", "money", "score"])]
        assert (numbered.groupby("quantity")["unit"].nunique() == 1).all()
        assert (numbered.groupby("quantity").size() > 1).sum() > 60

    def test_tables_rest_on_records_alone(self):
        whole = self.rows[self.rows["kind"] == "table"]
        assert whole["needs"].notna().all()
        assert not whole[["members", "printed"]].notna().any(axis=None)

    def test_each_page_is_in_the_plan(self):
        known = {page.name for page in plan.every(plan.load())}
        assert set(self.rows["page"]) <= known

    def test_the_number_is_among_those_transcribed_for_its_quantity(self):
        tracked = tables.load("engagement_measures").set_index("measure")["value"]
        found = tables.load("findings").set_index("quantity")["value"]
        stated = pd.concat([tracked, found]).dropna().groupby(level=0).agg(set)
        checked = self.rows[self.rows["quantity"].isin(stated.index)].dropna(subset=["published"])
        assert len(checked) > 20
        wrong = [row.claim for row in checked.itertuples() if row.published not in stated[row.quantity]]
        assert wrong == []
