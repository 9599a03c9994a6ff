"""Disclosure control at the way out: treated whatever the way, refused by name where no rule is stated."""

from __future__ import annotations

import csv
import io

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from conftest import add_table, files, state_rule

from pfpp_utils.data import publication, secrets, tables, validation
from pfpp_utils.errors import InputError
from pfpp_utils.publish import faults, show

RULE = {"preset": "ons-10-5", "counts": ["people"], "by": ["ward"], "totals": {"ward": {"All": []}}}
TEXT = "ward,people\nEast,3\nWest,12\nHill,41\nAll,56\n"
FIELDS = {"ward": {"type": "string"}, "people": {"type": "integer", "unit": "people"}}
COMPUTED = pd.DataFrame({"Ward": ["East", "West", "Hill", "All"], "People": [3, 12, 41, 56]})
GIVEN = {"preset": "opensafely", "counts": ["People"], "totals": {"Ward": {"All": []}}}
TEXTS = {"title": "Wards", "subtitle": "People, by ward, 2022", "source": "Test"}


@pytest.fixture
def wards(small_project, monkeypatch):
    add_table(small_project, "wards", FIELDS, TEXT)
    state_rule(small_project, RULE, "wards")
    monkeypatch.setattr(tables, "protected", set())
    return small_project


@pytest.fixture
def listed(tmp_path, monkeypatch):
    monkeypatch.setenv(secrets.VARIABLE, str(tmp_path / "secrets"))
    return lambda: secrets.listed(tmp_path / "secrets")


def rows(output):
    return list(csv.reader(io.StringIO(output.data["text/csv"], newline="")))


def test_a_table_of_the_package_is_treated_by_its_own_rule(wards, shown, listed):
    show.table(tables.load("wards"), name="wards", columns={"ward": "Ward", "people": "People"}, **TEXTS)
    assert rows(shown[0])[1:] == [["East", "[c]"], ["West", "[c]"], ["Hill", "40"], ["All", "55"]]
    page = shown[0].data["text/html"]
    assert '<td class="pfpp-number">[c]</td>' in page
    assert "counts under 10 are withheld, others rounded to 5" in page
    assert "Withheld from Table 1: 2 figures" in page
    assert ">People</th>" in page or ">People</td>" in page, "the log names columns as readers see them"
    assert "worked out" not in page, "which counts are small is not told"
    assert "under 10<" not in page
    assert {(entry["row"][0], entry["value"]) for entry in listed()} == {
        ("East", 3),
        ("West", 12),
        ("Hill", 41),
        ("All", 56),
    }
    assert {entry["output"] for entry in listed()} == {"table-wards"}
    assert listed()[0]["columns"] == ["People", "people"]


def test_some_rows_withhold_what_the_whole_table_does(wards, shown):
    """West alone would be shown, and give away East on the next page."""
    show.table(tables.load("wards").query("ward == 'West'"), name="west", **TEXTS)
    assert rows(shown[0])[1:] == [["West", "[c]"]]


def test_what_is_computed_from_it_needs_a_rule_of_its_own(wards, shown):
    total = tables.load("wards").groupby("ward")["people"].sum().reset_index()
    total.attrs = {}
    with pytest.raises(InputError, match=r"(?s)not stated.*page that reads wards"):
        show.table(total, name="wards", **TEXTS)
    with pytest.raises(InputError, match="not the table that was read"):
        show.table(tables.load("wards").assign(share=0.5), name="wards", **TEXTS)
    assert not shown
    show.table(
        total[["ward"]], name="wards", disclosure={"preset": "none", "reason": "names of wards"}, **TEXTS
    )
    assert len(shown) == 1


def test_a_computed_table(shown, listed):
    show.table(COMPUTED, name="wards", disclosure=GIVEN, **TEXTS)
    assert rows(shown[0])[1:] == [["East", "[c]"], ["West", "[c]"], ["Hill", "40"], ["All", "40"]]
    assert len(listed()) == 4


def test_a_figure_is_drawn_from_treated_data(shown):
    def draw(data):
        assert data["People"].isna().tolist() == [True, True, False, False]
        return plt.figure()

    texts = TEXTS | {"alt": lambda data: f"{data['People'].notna().sum()} bars: Hill 40, All 40."}
    show.figure(draw, name="wards", data=COMPUTED, disclosure=GIVEN, **texts)
    assert shown[1].metadata.pfpp.alt == "2 bars: Hill 40, All 40."
    assert rows(shown[2])[1:3] == [["East", "[c]"], ["West", "[c]"]]
    assert "Withheld from Figure 1" in shown[2].data["text/html"]
    with pytest.raises(InputError, match="drawn before its data were treated"):
        show.figure(plt.figure(), name="wards", data=COMPUTED, disclosure=GIVEN, **texts)


def test_a_sankey_draws_no_withheld_flow(shown):
    links = pd.DataFrame({"source": ["A", "A", "B"], "target": ["x", "y", "x"], "value": [3, 20, 31]})
    rule = {"preset": "ons-10-5", "counts": ["value"], "by": ["source", "target"]}
    show.sankey(
        links,
        name="flows",
        unit="people",
        alt="Flows from A to x and y, and from B to x.",
        disclosure=rule,
        **TEXTS,
    )
    (drawn,) = shown[1].data["application/vnd.plotly.v1+json"]["data"]
    assert drawn["link"]["value"] == [20, 30]
    assert rows(shown[2])[1:] == [["A", "x", "[c]"], ["A", "y", "20"], ["B", "x", "30"]]


def test_a_block_and_its_download(shown):
    def write(frame, *, identity, caption, subtitle):
        return f'<div id="{identity}">{caption}: {frame["People"].tolist()}</div>'

    show.block(write, COMPUTED, data=COMPUTED, name="wards", disclosure=GIVEN, **TEXTS)
    assert "['[c]', '[c]', 40, 40]" in shown[0].data["text/html"]
    assert rows(shown[0])[1] == ["East", "[c]"]
    with pytest.raises(InputError, match="other forms"):
        show.block(
            write, COMPUTED, data=COMPUTED, name="wards", disclosure=GIVEN, kept={"text/x": "3"}, **TEXTS
        )


BAD = [
    (None, "not stated"),
    ({"preset": "opensavely"}, "no such preset"),
    ({"preset": "none"}, "needs a reason"),
    ({"publish": False, "reason": "for officials only"}, "forbids publishing"),
    ({"preset": "ons-10-5"}, "no column of counts"),
    ({**RULE, "count": []}, "unknown key"),
    ({**RULE, "least": 5}, "an option that is not one"),
    ({**RULE, "counts": ["persons"]}, "missing column"),
    ({**RULE, "totals": {"ward": {"All": ["East", "West"]}}}, "do not add up"),
]


@pytest.mark.parametrize(("rule", "message"), BAD)
def test_a_rule_that_cannot_hold_is_refused_by_name(wards, shown, rule, message):
    state_rule(wards, rule, "wards")
    before = files(wards)
    (fault,) = faults._data()
    assert "wards" in fault
    assert message in fault
    with pytest.raises(InputError, match=message):
        validation.require_sound()
    with pytest.raises(InputError, match=message):
        publication.content("wards")
    if rule is not None:
        frame = tables.load("wards")
        with pytest.raises(InputError, match=message):
            show.table(frame, name="wards", disclosure=rule, **TEXTS)
        if rule != {"preset": "none"}:
            with pytest.raises(InputError, match=message):
                show.table(frame, name="wards", **TEXTS)
    assert not shown
    assert files(wards) == before


def test_a_download_of_the_table_itself_is_treated(wards):
    assert publication.content("wards") == b"ward,people\nEast,[c]\nWest,[c]\nHill,40\nAll,55\n"
    assert publication.content("reach") == (wards / "data/tables/reach.csv").read_bytes()


def test_every_bundled_table_states_its_preset():
    for name in tables.names():
        assert publication.of(name).rule.off, name
        assert tables.describe(name)["pfpp:disclosure"]["reason"], name
