"""Withheld counts do not come back: drawn from raw data, under a weaker rule, renamed, turned or told."""

from __future__ import annotations

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from conftest import add_table, state_rule
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.ticker import FixedFormatter

from pfpp_utils.data import publication, tables
from pfpp_utils.errors import InputError
from pfpp_utils.publish import charts, leaks, show, strictness

RULE = {"preset": "ons-10-5", "counts": ["people"], "by": ["ward"], "totals": {"ward": {"All": []}}}
TEXT = "ward,people\nEast,3\nWest,12\nHill,41\nAll,56\n"
FIELDS = {"ward": {"type": "string"}, "people": {"type": "integer", "unit": "people"}}
RAW = pd.DataFrame({"Ward": ["East", "West", "Hill", "All"], "People": [3, 12, 41, 56]})
GIVEN = {"preset": "opensafely", "counts": ["People"], "totals": {"Ward": {"All": []}}}
NONE = {"preset": "none", "reason": "amounts in pounds"}
TEXTS = {"title": "Wards", "subtitle": "By ward, 2022", "source": "Test"}
INK = show.CATEGORICAL[0]
#: Counts under their own names are known by what the table's download tells, others by their values.
REFUSED = r"(?s)(withheld figures would be shown.*people|gives away what another withholds.*) in table wards"


@pytest.fixture
def wards(small_project, monkeypatch):
    add_table(small_project, "wards", FIELDS, TEXT)
    state_rule(small_project, RULE, "wards")
    monkeypatch.setattr(tables, "protected", set())
    return tables.load("wards")


@pytest.fixture(autouse=True)
def _close():
    yield
    plt.close("all")


# -------------------------------------------------------------------------------------------- charts


def bars(data):
    chart, axes = plt.subplots()
    axes.barh(data["Ward"], data["People"], color=INK)
    return chart, axes


def labelled(data):
    chart, axes = bars(data)
    for place, count in enumerate(RAW["People"]):
        axes.text(20, place, f"{count:,} people", color="black").set_bbox({"facecolor": "white"})
    return chart


def bars_of_raw(data):
    return bars(RAW)[0]


def dots_of_raw(data):
    chart, axes = bars(data)
    axes.plot(RAW["People"], RAW["Ward"], "D", color="black")
    return chart


def lines_of_raw(data):
    chart, axes = bars(data)
    axes.hlines(RAW["Ward"], 0, RAW["People"], color="black")
    return chart


def squares_of_raw(data):
    chart, axes = plt.subplots()
    axes.pcolormesh(RAW[["People"]].to_numpy(), cmap="Blues", vmax=500, edgecolor="black")
    for place in range(4):
        axes.text(0.5, place + 0.5, "a ward")
    return chart


def ticks_of_raw(data):
    chart, axes = bars(data)
    axes.set_xticks([3, 12, 41])
    return chart


def named_ticks_of_raw(data):
    chart, axes = bars(data)
    axes.set_yticks(range(4), [f"{ward} ({count})" for ward, count in zip(data["Ward"], RAW["People"])])  # noqa: B905
    return chart


def written_ticks_of_raw(data):
    chart, axes = bars(data)
    axes.xaxis.set_major_formatter(FixedFormatter([str(count) for count in RAW["People"]]))
    return chart


def legend_of_raw(data):
    chart, axes = bars(data)
    axes.plot([], [], color=INK, label="East: 3")
    axes.legend()
    return chart


def axis_of_raw(data):
    chart, axes = bars(data)
    axes.set_xlabel("People; 12 in the second ward")
    return chart


def noted_on_figure(data):
    chart, _ = bars(data)
    chart.text(0.6, 0.5, "3", bbox={"facecolor": "white"})
    return chart


def inset_of_raw(data):
    chart, axes = bars(data)
    axes.axis("off")
    inset = axes.inset_axes((0.7, 0.1, 0.2, 0.2))
    inset.axis("off")
    inset.text(0, 0, "12 people")
    return chart


def exact_in_words(data):
    chart, axes = bars(data)
    axes.text(20, 0, "41")
    return chart


LEAKS = [
    *(labelled, bars_of_raw, dots_of_raw, lines_of_raw, squares_of_raw, ticks_of_raw, named_ticks_of_raw),
    *(written_ticks_of_raw, legend_of_raw, axis_of_raw, noted_on_figure, inset_of_raw, exact_in_words),
]
ALT = {"alt": "Bars by ward: Hill 40."}


@pytest.mark.parametrize("draw", LEAKS, ids=lambda draw: draw.__name__)
def test_a_chart_that_is_drawn_from_raw_data_is_refused(draw, shown):
    with pytest.raises(InputError, match="a chart shows what was withheld") as caught:
        show.figure(draw, name="wards", data=RAW, disclosure=GIVEN, **TEXTS, **ALT)
    assert "row " in str(caught.value)
    assert not any(leaks.numbers(line) for line in str(caught.value).splitlines() if "found" in line)
    assert not shown


def test_a_chart_that_is_drawn_from_treated_data_is_shown(shown):
    def draw(data):
        return charts.bars(data.dropna(), label="Ward", value="People", xlabel="People")

    show.figure(draw, name="wards", data=RAW, disclosure=GIVEN, **TEXTS, **ALT)
    assert len(shown) == 3


def test_numbers_of_labels_and_scales_are_no_secrets(shown):
    """Ages and steps of a scale may be equal to a withheld count."""
    raw = pd.DataFrame({"Age": ["0 to 5", "6 to 12", "All"], "People": [5, 12, 17]})
    given = {"preset": "opensafely", "counts": ["People"], "totals": {"Age": {"All": []}}}

    def draw(data):
        chart, axes = plt.subplots()
        axes.barh(data["Age"], data["People"], color=INK)
        axes.set(xlim=(0, 20), xlabel="People")
        axes.set_xticks([0, 5, 10, 15, 20])
        return chart

    show.figure(draw, name="ages", data=raw, disclosure=given, **TEXTS, alt="Bars: 0 to 5 is withheld.")
    assert len(shown) == 3


def test_a_ratio_is_found_however_rounded(shown):
    raw = pd.DataFrame({"Ward": ["East", "West", "Hill"], "Ill": [3, 20, 30], "All": [24, 60, 60]})
    raw["Share"] = 100 * raw["Ill"] / raw["All"]
    ratios = {"Share": {"count": "Ill", "of": "All", "times": 100}}
    given = {"preset": "opensafely", "counts": ["Ill", "All"], "by": ["Ward"], "ratios": ratios}

    def draw(data):
        chart, axes = plt.subplots()
        axes.barh(data["Ward"], data["Share"], color=INK)
        axes.text(20, 0, "12.5%")
        return chart

    with pytest.raises(InputError, match="row East, column Share"):
        show.figure(draw, name="ill", data=raw, disclosure=given, **TEXTS, **ALT)


@pytest.mark.parametrize("text", ["title", "alt", "subtitle", "source"])
def test_no_text_around_it_tells_a_withheld_figure(text, shown):
    texts = TEXTS | ALT | {text: "East had 3 people, Hill 40"}
    with pytest.raises(InputError, match=r"(?s)a text tells what was withheld.*row east, column people"):
        show.figure(lambda data: bars(data)[0], name="wards", data=RAW, disclosure=GIVEN, **texts)
    assert not shown


@pytest.mark.parametrize("chart", [lambda data: bars(data)[1], lambda data: "chart", lambda data: None])
def test_what_is_no_chart_is_refused_by_name(chart, shown):
    with pytest.raises(InputError, match=r"(?s)not a chart.*figure wards"):
        show.figure(chart, name="wards", data=RAW, disclosure=GIVEN, **TEXTS, **ALT)
    assert not shown


def test_a_chart_of_other_data_does_not_show_a_table_that_the_page_has_read(wards, shown):
    """It states preset none for what it offers, and draws what it does not offer."""

    def draw(data):
        return charts.bars(RAW[:3], label="Ward", value="People", xlabel="People")

    other = pd.DataFrame({"Ward": ["East", "Hill"], "Funding": [1.5, 2.5]})
    options = {"name": "areas", "data": other, "disclosure": NONE, **TEXTS, "alt": "East 1.5 and Hill 2.5."}
    with pytest.raises(InputError, match=r"(?s)a chart shows what was withheld.*people in table wards"):
        show.figure(draw, **options)
    assert not shown
    show.figure(charts.bars(other, label="Ward", value="Funding", xlabel="GBP"), **options)
    assert len(shown) == 3


# ------------------------------------------------------------------------------------------ weaker rules

OWN = {"preset": "ons-10-5", "counts": ["people"], "totals": {"ward": {"All": []}}}
WEAKER = [
    {"preset": "none", "reason": "all is known"},
    {"preset": "custom", "least": 9, "base": 5, "counts": ["people"]},
    {"preset": "custom", "least": 10, "counts": ["people"]},
    {"preset": "custom", "least": 10, "base": 3, "counts": ["people"]},
    {"preset": "custom", "least": 10, "base": 5, "zeros": "show", "counts": ["people"]},
    {"preset": "opensafely", "counts": ["people"]},
]


@pytest.mark.parametrize("rule", WEAKER, ids=str)
def test_a_rule_that_is_weaker_than_the_tables_own_is_refused(wards, rule, shown):
    for frame in (wards, wards.query("ward != 'All'"), wards.rename(columns=str.title), wards.T):
        with pytest.raises(InputError, match=r"(?s)a weaker rule than that of the table.*ons|table wards"):
            show.table(frame, name="wards", disclosure=rule, **TEXTS)
    assert not shown


def test_counts_that_a_rule_leaves_out_are_found(wards, shown):
    rule = {"preset": "ons-10-5", "counts": ["others"], "other": ["people"]}
    with pytest.raises(InputError, match=r"(?s)weaker rule.*people is not treated"):
        show.table(wards.assign(others=20), name="wards", disclosure=rule, **TEXTS)


def test_the_same_rule_or_a_stricter_one_is_taken(wards, shown):
    show.table(wards, name="wards", disclosure=OWN, **TEXTS)
    show.table(wards[["ward"]], name="names", disclosure=NONE, **TEXTS)
    assert len(shown) == 2
    stricter = {**OWN, "preset": "custom", "least": 20, "base": 10}
    strictness.require(wards, publication.control(stricter, where="wards"), where="wards")
    with pytest.raises(InputError, match="gives away what another withholds"):  # in the table's own download
        show.table(wards, name="wards", disclosure=stricter, **TEXTS)


def test_a_rule_for_what_was_put_together_is_as_strict_as_some_table_of_the_page(wards, shown):
    joined = pd.DataFrame({"Area": ["North", "South"], "Persons": [14, 42]})
    rule = {"preset": "custom", "least": 2, "counts": ["Persons"]}
    with pytest.raises(InputError, match="a weaker rule"):
        show.table(joined, name="areas", disclosure=rule, **TEXTS)
    show.table(joined, name="areas", disclosure={"preset": "ons-10-5", "counts": ["Persons"]}, **TEXTS)
    assert len(shown) == 1


# --------------------------------------------------------------------------------- roads without a name

ROADS = {
    "no name": lambda frame: pd.DataFrame(frame.to_dict("list")),
    "renamed": lambda frame: pd.DataFrame({"Area": frame["ward"].array, "Persons": frame["people"].array}),
    "some rows": lambda frame: pd.DataFrame({"Area": ["East"], "Persons": [3]}),
    "as texts": lambda frame: pd.DataFrame(
        {"Area": frame["ward"].array, "P": [f"{n} people" for n in frame["people"]]}
    ),
    "turned": lambda frame: pd.DataFrame(frame.set_index("ward").T.to_dict("list")),
    "turned with names": lambda frame: pd.DataFrame({"Measure": ["Persons"], "East": [3], "Hill": [40]}),
    "merged": lambda frame: frame.merge(pd.DataFrame({"ward": ["East", "Hill"], "funding": [1.5, 2.5]})),
    "pivoted": lambda frame: frame.assign(year=2022).pivot(index="year", columns="ward", values="people"),
    "long": lambda frame: frame.melt("ward"),
    "joined": lambda frame: pd.concat([frame, pd.DataFrame({"ward": ["Mill"], "people": [90]})]),
    "partly treated": lambda frame: pd.DataFrame(
        {"Area": ["East", "West", "Hill"], "Persons": ["[c]", 12, 40]}
    ),
    "upper case": lambda frame: pd.DataFrame({"Area": ["EAST", "WEST"], "Persons": [3, 12]}),
    "other labels": lambda frame: pd.DataFrame({"Area": list("abcd"), "Persons": frame["people"].array}),
    "other labels, sorted": lambda frame: pd.DataFrame({"Persons": sorted(frame["people"])}),
    "exact for rounded": lambda frame: pd.DataFrame({"Area": ["Hill"], "Persons": [41]}),
}


@pytest.mark.parametrize("road", ROADS)
def test_no_road_leads_round_the_rule(wards, road, shown):
    frame = ROADS[road](wards)
    frame.attrs = {}
    with pytest.raises(InputError, match=REFUSED):
        show.table(frame.rename(columns=str), name="areas", disclosure=NONE, **TEXTS)
    assert not shown


def test_no_kind_of_output_leads_round_the_rule(wards, shown):
    raw = pd.DataFrame(wards.to_dict("list"))
    links = raw.assign(source="x", target="y", value=1)
    options = {"name": "areas", "disclosure": NONE, **TEXTS}
    for way in (
        lambda: show.figure(plt.figure(), data=raw, **options, **ALT),
        lambda: show.sankey(links, **options, **ALT),
        lambda: show.block(lambda *_, **__: "", raw, data=wards[["ward"]], **options),
        lambda: show.block(lambda *_, **__: "", wards[["ward"]], data=raw, **options),
    ):
        with pytest.raises(InputError, match=REFUSED):
            way()
    assert not shown


@given(
    order=st.permutations(range(4)), names=st.permutations(["ward", "people", "other"]), turned=st.booleans()
)
@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_neither_order_nor_names_nor_direction_hide_counts(wards, order, names, turned):
    raw = pd.DataFrame(
        {"ward": ["East", "West", "Hill", "All"], "people": [3, 12, 41, 56], "other": [7.5] * 4}
    )
    frame = raw.iloc[order].set_axis(names, axis="columns")
    frame = frame.T.reset_index().set_axis([f"c{n}" for n in range(5)], axis="columns") if turned else frame
    columns = leaks.known(["wards"])
    if turned:
        frame = frame.set_axis(["c", *frame.iloc[0, 1:].astype(str)], axis="columns").iloc[1:]
    assert list(leaks.in_frame(frame, columns)) == ["withheld figures of people in table wards"]


def test_other_numbers_under_the_same_labels_are_shown(wards, shown):
    """One of them is equal by chance; treated rows are never refused."""
    ranks = pd.DataFrame({"Area": ["East", "West", "Hill"], "Rank": [3, 1, 2], "GBP": [120.5, 300.0, 41.5]})
    show.table(ranks, name="ranks", disclosure=NONE, **TEXTS)
    show.table(wards, name="wards", **TEXTS)
    show.table(publication.treated("wards").frame, name="again", **TEXTS)
    treated = pd.DataFrame(publication.treated("wards").frame.to_dict("list"))
    show.table(treated, name="treated", disclosure=NONE, **TEXTS)
    assert len(shown) == 4


def test_a_number_with_many_digits_can_be_no_other(small_project, monkeypatch, shown):
    add_table(small_project, "wards", FIELDS, "ward,people\nEast,3\nWest,12\nHill,41237\nAll,41252\n")
    state_rule(small_project, RULE, "wards")
    monkeypatch.setattr(tables, "protected", set())
    tables.load("wards")
    with pytest.raises(InputError, match="withheld figures would be shown"):
        show.table(pd.DataFrame({"x": ["a"], "n": [41237]}), name="areas", disclosure=NONE, **TEXTS)


# -------------------------------------------------------------------------------------------- sentences


def test_a_sentence_asks_what_the_page_has_read(wards, shown):
    with pytest.raises(InputError, match=r"(?s)not stated.*reads wards"):
        show.text("Altogether 55 people were reached.")
    with pytest.raises(InputError, match=r"(?s)needs a reason"):
        show.text("Altogether 55 people.", disclosure={"preset": "none"})
    with pytest.raises(InputError, match=r"(?s)cannot be treated"):
        show.text("Altogether 55 people.", disclosure={"preset": "ons-10-5", "counts": ["people"]})
    assert not shown
    show.text(
        "Altogether 55 people were reached.", disclosure={"preset": "none", "reason": "from treated data"}
    )
    show.text("Most people were reached on the hill.")
    assert len(shown) == 2


@pytest.mark.parametrize(
    "text", ["East had 3 people.", "In East, three people.", "Hill: 41.", "- **East**: 3"]
)
def test_a_sentence_that_tells_a_withheld_figure_is_refused_whatever_is_stated(wards, text, shown):
    with pytest.raises(InputError, match="a text tells what was withheld"):
        show.text(text, disclosure=NONE)
    assert not shown


def test_a_calculator_asks_as_a_sentence_does(wards, shown):
    with pytest.raises(InputError, match=r"(?s)not stated.*reads wards"):
        show.calculator(name="one", title="Breaking even", source="Test", cost=1000, value=100)
    assert not shown


def test_other_forms_do_not_take_the_place_of_what_is_shown(shown):
    for form in ("text/html", "text/csv", "image/png"):
        with pytest.raises(InputError, match="another form"):
            show.block(lambda *_, **__: "", RAW, data=RAW, name="wards", kept={form: "3"}, **TEXTS)
    assert not shown


def test_rows_that_must_not_be_shared_have_no_way_out(shown):
    barred = pd.DataFrame({"source": ["a"], "target": ["b"], "value": [1], "shareable": [False]})
    with pytest.raises(InputError, match="licence forbids"):
        show.sankey(barred, name="flows", alt="From a to b.", **TEXTS)
    with pytest.raises(InputError, match="licence forbids"):
        show.block(lambda *_, **__: "", RAW, data=barred, name="wards", **TEXTS)
    assert not shown
