"""Disclosure control: thresholds at their edges, totals, ratios, and an attacker who solves for the rest."""

from __future__ import annotations

import doctest
from dataclasses import replace
from decimal import Decimal

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import Bounds, LinearConstraint, milp

from pfpp_utils import project
from pfpp_utils.errors import InputError
from pfpp_utils.methods import disclosure
from pfpp_utils.methods.disclosure import PRESETS, WITHHELD
from pfpp_utils.methods.disclosure_layout import Layout, relations
from pfpp_utils.methods.disclosure_table import Control, treat

ONS, SAFE = PRESETS["ons-10-5"], PRESETS["opensafely"]


def row(counts, rule, totals="All"):
    """One column of counts with its total, treated."""
    frame = pd.DataFrame(
        {"Place": [f"p{i}" for i in range(len(counts))] + [totals], "People": [*counts, sum(counts)]}
    )
    layout = Layout(("People",), totals={"Place": {totals: []}})
    return treat(frame, Control(rule, layout), where="test").frame["People"].tolist()


@pytest.mark.parametrize(
    ("rule", "counts", "expected"),
    [
        (SAFE, [0, 7, 8, 9, 12, 13], [None, None, 10, 10, 10, 15]),
        (ONS, [0, 9, 10, 11, 12, 13], [None, None, 10, 10, 10, 15]),
        (disclosure.preset("custom", least=3, zeros="show"), [0, 1, 2, 3], [0, None, None, 3]),
        (disclosure.preset("custom", least=3), [0, 2, 3, 4], [None, None, 3, 4]),
        (disclosure.preset("custom", least=2, base=10), [1, 4, 5, 14, 15], [None, 0, 10, 10, 20]),
        (PRESETS["none"], [0, 1, 7, 11], [0, 1, 7, 11]),
    ],
)
def test_single_counts_at_the_edges(rule, counts, expected):
    shown = disclosure.shown(counts, rule)
    assert [None if np.isnan(count) else count for count in shown] == expected


@pytest.mark.parametrize(
    ("rule", "counts", "expected"),
    [
        (ONS, [12, 22, 41], [10, 20, 40, 75]),  # totals rounded by themselves
        (SAFE, [12, 22, 41], [10, 20, 40, 70]),  # totals from the rounded
        (ONS, [3, 12, 41], [WITHHELD, WITHHELD, 40, 55]),  # one alone takes its smallest partner
        (SAFE, [3, 12, 41], [WITHHELD, WITHHELD, 40, 40]),
        (
            ONS,
            [9, 9, 41],
            [WITHHELD, WITHHELD, 40, 60],
        ),  # 18 of two under 10: each is 9, unless one more goes
        (SAFE, [7, 6], [WITHHELD, WITHHELD, WITHHELD]),  # no part of the total is shown
        (ONS, [4, 4, 1], [WITHHELD] * 4),
    ],
)
def test_totals(rule, counts, expected):
    if (rule, counts) == (ONS, [9, 9, 41]):
        expected = [WITHHELD, WITHHELD, WITHHELD, 60]
    assert row(counts, rule) == expected


def test_sums_and_ratios_come_from_treated_counts():
    assert disclosure.total([3, 12, 22], SAFE) == 30
    assert np.isnan(disclosure.total([3, 4], SAFE))
    assert disclosure.ratio(12, 40, SAFE, times=100) == 25
    assert np.isnan(disclosure.ratio(12, 7, SAFE))
    frame = pd.DataFrame({"Place": ["N", "S"], "Men": [12, 3], "All": [41, 60], "Share": [29.27, 5.0]})
    layout = Layout(("Men", "All"), ratios={"Share": {"count": "Men", "of": "All", "times": 100}})
    done = treat(frame, Control(SAFE, layout), where="test")
    assert done.frame["Share"].tolist() == [25, WITHHELD]
    assert done.log.to_numpy().tolist() == [["Men", 1], ["Share", 1]]
    values = {(secret["row"][0], secret["column"]): secret["value"] for secret in done.secrets}
    assert values[("S", "Men")] == 3
    assert values[("S", "Share")] == 5
    assert values[("N", "Men")] == 12, "the unrounded count is a secret too"


def test_several_dimensions_and_totals_of_totals():
    places = {"England": ["North", "South"], "North": ["Durham", "Leeds"], "South": ["Luton", "Hackney"]}
    counts = {"Durham": (3, 40), "Leeds": (30, 50), "Luton": (60, 70), "Hackney": (80, 90)}
    for name in ("North", "South", "England"):
        counts[name] = tuple(np.sum([counts[part] for part in places[name]], axis=0))
    frame = pd.DataFrame(
        [
            {"Place": name, "Men": men, "Women": women, "All": men + women}
            for name, (men, women) in counts.items()
        ]
    )
    layout = Layout(("Men", "Women", "All"), totals={"Place": places}, sums={"All": ["Men", "Women"]})
    done = treat(frame, Control(ONS, layout), where="test")
    hidden = done.frame.set_index("Place").eq(WITHHELD)
    assert hidden.loc["Durham", "Men"]
    assert (hidden[["Men", "Women"]].loc[["Durham", "Leeds"]]).all(axis=None), "the rectangle around it"
    assert hidden.sum(axis=None) == 4, "and nothing more"


def test_a_missing_count_is_neither_withheld_nor_known():
    frame = pd.DataFrame({"Place": ["N", "S", "W", "All"], "People": [3, None, 40, 60]})
    done = treat(frame, Control(ONS, Layout(("People",), totals={"Place": {"All": []}})), where="test")
    assert done.frame["People"].tolist() == [WITHHELD, None, 40, 60]


def test_the_log_does_not_tell_which_counts_are_small():
    """Of two withheld, one is under 10 and the other is not: who knew which would know more of both."""
    for counts in ([3, 12, 41], [12, 3, 41]):
        frame = pd.DataFrame({"Place": ["N", "S", "W", "All"], "People": [*counts, 56]})
        done = treat(frame, Control(ONS, Layout(("People",), totals={"Place": {"All": []}})), where="test")
        assert done.frame["People"].tolist() == [WITHHELD, WITHHELD, 40, 55]
        assert done.log.to_csv(index=False) == "Column,Figures withheld\nPeople,2\n"


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"People": [3, 12, 14]}, "parts do not add up"),
        ({"People": [3.5, 11.5, 15]}, "not a count"),
        ({"People": [-3, 18, 15]}, "not a count"),
        ({"People": ["3", "many", "15"]}, "not a count"),
        ({"Place": ["N", "N", "All"]}, "two rows are the same"),
        *(
            ({"Rate": pd.Series(cells, dtype=object)}, "a column of numbers is not accounted for")
            for cells in (
                [0.1, 0.2, 0.3],
                [4, "many", None],
                ["4", "5", "6"],
                [None, None, "1,204"],
                ["none", " <5 ", "none"],
                ["£3", "-", "-"],
                ["few", "12%", "few"],
                ["none", "3 people", "none"],
                ["none", "\u22123", "none"],
                ["none", Decimal(3), "none"],
            )
        ),
    ],
)
def test_a_table_that_does_not_fit_is_refused(change, message):
    frame = pd.DataFrame({"Place": ["N", "S", "All"], "People": [3, 12, 15]} | change)
    layout = Layout(("People",), totals={"Place": {"All": []}})
    with pytest.raises(InputError, match=message):
        treat(frame, Control(ONS, layout), where="test")


@pytest.mark.parametrize(
    "cells", [["E01", "E02", "E03"], ["2021-03-01", "2021/22", "first"], [True, False, None]]
)
def test_what_holds_no_numbers_needs_no_mention(cells):
    frame = pd.DataFrame({"Place": ["N", "S", "W"], "People": [13, 12, 15], "Other": cells})
    assert treat(frame, Control(ONS, Layout(("People",))), where="test").frame["People"].tolist() == [
        15,
        10,
        15,
    ]


@pytest.mark.parametrize(
    ("totals", "message"),
    [
        ({"Place": {"Al": []}}, "a total or part that the table does not have"),
        ({"Place": {"All": ["N", "Sud"]}}, "a total or part that the table does not have"),
        ({"Place": {"All": [], "North": ["N"]}}, "a total or part that the table does not have"),
        ({"People": {"All": []}}, "totals of a column that is not in `by`"),
    ],
)
def test_a_total_that_is_misspelt_is_refused(totals, message):
    """It would protect nothing: with the total unknown, the withheld count is what it leaves over."""
    frame = pd.DataFrame({"Place": ["N", "S", "All"], "People": [3, 12, 15]})
    with pytest.raises(InputError, match=message):
        treat(frame, Control(ONS, Layout(("People",), by=("Place",), totals=totals)), where="test")


@given(
    st.sampled_from([*PRESETS.values(), disclosure.preset("custom", least=5, base=3, zeros="show")]),
    st.integers(-1, 1),
    st.integers(0, 60),
)
def test_edges_rounding_and_ratios_agree(rule, edge, of):
    """A count one below the threshold, at it and one above, alone, in a table and in a ratio."""
    count = max(rule.least + edge, 0)
    (alone,) = disclosure.shown([count], rule)
    hidden = count < rule.least and not (count == 0 and rule.zeros == "show")
    assert np.isnan(alone) == hidden
    assert hidden or (alone % rule.base == 0 and abs(alone - count) * 2 <= rule.base)
    frame = pd.DataFrame({"Place": ["N"], "Count": [count], "Of": [of], "Share": [0.5]})
    layout = Layout(("Count", "Of"), ratios={"Share": {"count": "Count", "of": "Of", "decimals": 9}})
    (done,) = treat(frame, Control(rule, layout), where="test").frame.to_dict("records")
    if rule.off:
        return
    assert done["Count"] == (WITHHELD if hidden else alone)
    if WITHHELD in (done["Count"], done["Of"]):
        assert done["Share"] == WITHHELD
    else:
        share = disclosure.ratio(count, of, rule)
        assert np.isnan(share) == (done["Share"] is None)
        assert np.isnan(share) or abs(done["Share"] - done["Count"] / done["Of"]) < 1e-9


def test_counts_that_cannot_be_protected_are_refused():
    """Seven ones that make a total under 8, with noughts shown: whoever knows the rule knows each."""
    with pytest.raises(InputError, match="cannot protect"):
        row([1] * 7, disclosure.preset("custom", least=8, zeros="show"))
    assert row([1] * 7, disclosure.preset("custom", least=8)) == [WITHHELD] * 8


@pytest.mark.parametrize("name", ["", "None", "opensafely ", "ons", "OpenSAFELY"])
def test_a_preset_that_does_not_exist(name):
    with pytest.raises(InputError, match="no such preset") as caught:
        disclosure.preset(name)
    assert "opensafely, ons-10-5, custom" in str(caught.value)


@pytest.mark.parametrize(
    "own",
    [
        {},
        {"least": -1},
        {"least": 2.5},
        {"least": True},
        {"least": 5, "base": 0},
        {"least": 5, "zeros": "no"},
        {"most": 3},
    ],
)
def test_an_option_that_cannot_be_used(own):
    with pytest.raises(InputError):
        disclosure.preset("custom", **own)
    with pytest.raises(InputError, match="not one"):
        disclosure.preset("ons-10-5", least=5)


def test_the_example_in_the_book_is_what_the_code_gives():
    page = project.CHECKOUT / "book/disclosure.md"
    found = doctest.testfile(str(page), module_relative=False, optionflags=doctest.NORMALIZE_WHITESPACE)
    assert found.attempted > 5
    assert found.failed == 0


COUNTS = st.integers(0, 12) | st.integers(0, 60) | st.just(0)
RULES = st.sampled_from([ONS, SAFE]) | st.builds(
    lambda least, base, totals, zeros: disclosure.preset(
        "custom", least=least, base=base, totals=totals, zeros=zeros
    ),
    st.integers(3, 12),
    st.sampled_from([1, 3, 5]),
    st.sampled_from(["own", "shown"]),
    st.sampled_from(["hide", "show"]),
)


@st.composite
def grids(draw):
    """A table in two or three dimensions with every total, one dimension with subtotals."""
    wide, high = draw(st.integers(2, 3)), draw(st.integers(2, 4))
    years = draw(st.sampled_from([(), ("2021", "2022")]))
    groups = {"All": []} if high < 4 else {"All": ["r0", "r1", "South"], "South": ["r2", "r3"]}
    rows = []
    for year in years or ("",):
        counts = [[draw(COUNTS) for _ in range(wide)] for _ in range(high)]
        named = {f"r{i}": line for i, line in enumerate(counts)}
        if high == 4:
            named["South"] = [sum(pair) for pair in zip(counts[2], counts[3], strict=True)]
        named["All"] = [sum(column) for column in zip(*counts, strict=True)]
        rows += [[name, year, *line, sum(line)] for name, line in named.items()]
    frame = pd.DataFrame(rows, columns=["Row", "Year", *(f"c{i}" for i in range(wide)), "Sum"])
    parts = [f"c{i}" for i in range(wide)]
    totals = {"Row": groups}
    if years:
        every = frame.groupby("Row", sort=False)[[*parts, "Sum"]].sum().reset_index().assign(Year="Both")
        frame, totals = pd.concat([frame, every], ignore_index=True), {**totals, "Year": {"Both": []}}
    return frame, Layout((*parts, "Sum"), by=("Row", "Year"), totals=totals, sums={"Sum": parts})


def solve(frame, layout, hidden, low, high):
    """Range of every withheld count, by linear programming over the whole table, from what is shown."""
    width = len(layout.counts)
    values = frame[list(layout.counts)].to_numpy(dtype=float).ravel()
    ties, sides = [], []
    for total, parts in relations(frame, layout, where="test"):
        line = np.zeros(len(values))
        line[total], line[list(parts)] = -1, 1
        ties.append(line[hidden])
        sides.append(-(line[~hidden] @ values[~hidden]))
    given = LinearConstraint(np.array(ties), sides, sides)
    found = {}
    for place, cell in enumerate(np.flatnonzero(hidden)):
        aim = np.eye(hidden.sum())[place]
        ends = [milp(sign * aim, bounds=Bounds(low, high), constraints=given) for sign in (1, -1)]
        least, most = (
            np.inf if end.x is None else sign * end.fun for sign, end in zip((1, -1), ends, strict=True)
        )
        found[divmod(cell, width)] = (np.ceil(least - 1e-6), np.floor(most + 1e-6))
    return found


@st.composite
def half_told(draw):
    """The same with some totals undeclared, in any order of rows that keeps totals at an end."""
    frame, layout = draw(grids())
    if draw(st.booleans()):
        frame = frame[::-1].reset_index(drop=True)
    told = {
        column: {total: parts for total, parts in totals.items() if draw(st.booleans())}
        for column, totals in layout.totals.items()
    }
    # An empty list stands for all that are no totals: it needs the others declared.
    parts = {
        "Row": [name for name in dict.fromkeys(frame["Row"]) if name.startswith("r")],
        "Year": ["2021", "2022"],
    }
    told = {
        column: {total: one or parts[column] for total, one in named.items()}
        for column, named in told.items()
    }
    return frame, layout, replace(layout, totals=told, sums=layout.sums if draw(st.booleans()) else {})


@settings(max_examples=15)
@given(half_told(), RULES)
def test_no_attacker_pins_a_withheld_count(grid, rule):
    """The reader knows every total, be it declared or not."""
    frame, layout, told = grid
    try:
        done = treat(frame, Control(rule, told), where="test")
    except InputError:
        if rule.zeros == "hide":
            raise  # with noughts withheld there always is a way
        return
    cells = done.frame[list(layout.counts)].to_numpy(dtype=object).ravel()
    hidden = np.array([cell == WITHHELD for cell in cells])
    values = frame[list(layout.counts)].to_numpy(dtype=float).ravel()
    small = disclosure.small(values, rule)
    assert hidden[small].all(), "a small count is shown"
    if rule.totals == "shown":  # a total of which nothing is shown is withheld beyond what protects
        empty = [one for one in done.secrets if one["why"] == "no part of the total is shown"]
        places = {(*one["row"], one["column"]) for one in empty}
        labels = frame[["Row", "Year"]].to_numpy().tolist()
        hidden &= np.array([(*label, column) not in places for label in labels for column in layout.counts])
    if not hidden.any():
        return
    nought = float(rule.zeros == "show")
    # One who knows nothing but what is shown and how it adds up.
    ranges = solve(frame, layout, hidden, np.full(hidden.sum(), nought), np.full(hidden.sum(), np.inf))
    assert all(high - low >= rule.least for low, high in ranges.values()), ranges
    # One who also knows the rule and which counts are small.
    low = np.where(small[hidden], nought, rule.least)
    high = np.where(small[hidden], rule.least - 1, np.inf)
    assert all(high - low >= 1 for low, high in solve(frame, layout, hidden, low, high).values())
    # A row or column with a total that is shown never has one alone.
    for total, parts in relations(frame, layout, where="test"):
        assert hidden[[total, *parts]].sum() != 1


@given(grids(), RULES)
@settings(max_examples=8)
def test_what_is_shown_is_rounded_and_the_same_every_time(grid, rule):
    frame, layout = grid
    try:
        once, twice = (treat(frame, Control(rule, layout), where="test") for _ in range(2))
    except InputError:
        return
    pd.testing.assert_frame_equal(once.frame, twice.frame)
    assert once.log["Figures withheld"].sum() == once.frame.eq(WITHHELD).sum(axis=None)
    for count in once.frame[list(layout.counts)].to_numpy(dtype=object).ravel():
        assert count == WITHHELD or count % rule.base == 0
