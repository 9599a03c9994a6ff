"""Tables of one page that would tell together what each withholds."""

from __future__ import annotations

import pandas as pd
import pytest
from conftest import add_table
from hypothesis import given, settings
from hypothesis import strategies as st

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods import disclosure, disclosure_linked
from pfpp_utils.methods.disclosure_layout import Layout
from pfpp_utils.methods.disclosure_table import Control, treat
from pfpp_utils.publish import show

RULE = {"preset": "ons-10-5", "counts": ["People"], "by": ["Ward"]}
WITH_TOTAL = RULE | {"totals": {"Ward": {"All": []}}}
WARDS = pd.DataFrame({"Ward": ["East", "West", "Hill", "All"], "People": [3, 12, 41, 56]})
TEXTS = {"title": "Wards", "subtitle": "People, by ward, 2022", "source": "Test"}
OPEN = "gives away what another withholds"


def put(frame, name, rule=RULE):
    show.table(frame.reset_index(drop=True), name=name, disclosure=rule, **TEXTS)


def test_rows_of_a_table_shown_before(shown):
    """West is withheld to protect East; on its own it would be shown."""
    put(WARDS, "all", WITH_TOTAL)
    with pytest.raises(InputError, match=OPEN) as caught:
        put(WARDS.query("Ward == ['West', 'Hill']"), "some")
    assert "12" not in str(caught.value)
    assert len(shown) == 1
    put(WARDS.query("Ward == ['Hill', 'All']"), "others")
    put(WARDS, "all", WITH_TOTAL)  # the same again, as when a cell is run twice
    put(WARDS, "again", WITH_TOTAL)
    assert len(shown) == 4


def test_a_total_shown_later_or_by_no_rule(shown):
    put(WARDS[:3], "places")
    for rule in (RULE, {"preset": "none", "reason": "one large number"}):
        with pytest.raises(InputError, match=OPEN):
            put(WARDS, "total", rule | ({"totals": {"Ward": {"All": []}}} if rule is RULE else {}))
    assert len(shown) == 1


def test_a_part_of_the_people(shown):
    """41 in Hill, of whom 38 are under 65: the other three are older."""
    put(WARDS, "all", WITH_TOTAL)
    young = pd.DataFrame({"ward": ["East", "West", "Hill"], "people": [2, 2, 38]})
    rule = {"preset": "ons-10-5", "counts": ["people"]}
    with pytest.raises(InputError, match="differ from those of another table by a small count"):
        put(young, "young", rule)
    put(young.assign(people=[2, 2, 31]), "younger", rule)
    put(young.rename(columns={"people": "dogs"}), "dogs", rule | {"counts": ["dogs"]})
    assert len(shown) == 3


def test_other_people_under_the_same_names(shown):
    """Neither is a part of the other, as where one is about women and one about men."""
    put(pd.DataFrame({"Ward": ["East", "Hill"], "People": [41, 30]}), "women")
    put(pd.DataFrame({"Ward": ["East", "Hill"], "People": [38, 33]}), "men")
    assert len(shown) == 2


def test_a_table_of_the_package_that_the_page_has_read(small_project, shown):
    fields = {"ward": {"type": "string"}, "people": {"type": "integer", "unit": "people"}}
    add_table(small_project, "wards", fields, WARDS.to_csv(index=False, header=["ward", "people"]))
    path = small_project / "data/datapackage.json"
    rule = '{"preset": "ons-10-5", "counts": ["people"], "totals": {"ward": {"All": []}}}'
    text = path.read_text()
    head, tail = text.rsplit('"pfpp:disclosure": {', 1)
    path.write_text(f'{head}"pfpp:disclosure": {rule}{tail[tail.index("}") + 1 :]}')
    read = tables.load("wards")
    read.attrs = {}
    some = read.query("ward != 'East' and ward != 'All'")
    with pytest.raises(InputError, match=r"(?s)gives away.*table wards"):
        put(some, "some", {"preset": "ons-10-5", "counts": ["people"]})
    with pytest.raises(InputError, match=OPEN):
        put(some.astype(str), "plain", {"preset": "none", "reason": "for a test"})
    put(some[["ward"]], "names", {"preset": "none", "reason": "names of wards"})
    assert len(shown) == 1


ONS = disclosure.preset("ons-10-5")


@settings(max_examples=40)
@given(st.lists(st.integers(0, 60), min_size=3, max_size=6), st.data())
def test_what_two_tables_show_is_never_less_than_what_either_withholds(counts, data):
    """One withheld alone beside its total would be the rest of it."""
    labels = [f"p{i}" for i in range(len(counts))]
    whole = pd.DataFrame({"Place": [*labels, "All"], "People": [*counts, sum(counts)]})
    first = treat(whole, Control(ONS, Layout(("People",), totals={"Place": {"All": []}})), where="test")
    rows = data.draw(st.sets(st.integers(0, len(counts)), min_size=1))
    part = whole.iloc[sorted(rows)].reset_index(drop=True)
    second = treat(part, Control(ONS, Layout(("People",))), where="test")
    try:
        disclosure_linked.check(second.cells, {"first": first.cells}, where="test")
    except InputError:
        return
    gone = set(whole["Place"][first.frame["People"].eq("[c]")])
    gone -= set(part["Place"][second.frame["People"].ne("[c]")])
    withheld = whole[whole["Place"].isin(gone)]
    assert len(gone) != 1
    assert not set(withheld["Place"]) or withheld["People"].sum() >= 10 or "All" in gone
