"""Ways of printing: repeated figures that agree, those that differ, and those printed once."""

import pandas as pd

from pfpp_utils.data import tables
from pfpp_utils.methods.wordings import printed, repetition, wordings


def test_a_figure_printed_alike_has_one_row_and_missing_values_are_alike():
    rows = pd.DataFrame(
        {
            "area": ["Net zero", "Homelessness", "Net zero", "Net zero"],
            "funder": ["DESNZ", None, "BEIS", "BEIS"],
            "section": ["1.2", "1.2", "3.1.3", "Conclusions"],
        }
    )
    rows = pd.concat([rows, rows.iloc[[1]].assign(section="3.1.3")])
    table = wordings(rows, {"area": "Area", "funder": "Funder"}).fillna("none")
    assert table.to_dict("records") == [
        {"Area": "Net zero", "Funder": "DESNZ", "Sections": "1.2"},
        {"Area": "Homelessness", "Funder": "none", "Sections": "1.2, 3.1.3"},
        {"Area": "Net zero", "Funder": "BEIS", "Sections": "3.1.3, Conclusions"},
    ]


def test_nothing_printed_has_no_wordings():
    assert wordings(pd.DataFrame({"area": [], "section": []}), {"area": "Area"}).empty


def test_repeated_figures_are_those_of_several_sections_and_agree_if_all_their_ways_are_alike():
    rows = pd.DataFrame(
        [
            ("a", 1, None, "1.2"),
            ("a", 1, None, "3.1.3"),
            ("b", 2, None, "1.2"),
            ("b", 2, "about", "3.1.3"),
            ("c", 3, None, "1.2"),
            ("d", 4, None, "1.2"),
            ("d", 4, "about", "1.2"),
            (None, 5, None, "1.2"),
        ],
        columns=["figure", "value", "qualifier", "section"],
    )
    assert repetition(rows, ["figure"], ["value", "qualifier"]) == (2, 1, 3)


def test_figures_are_written_as_printed():
    rows = pd.DataFrame(
        [
            (1613, "exactly", "recipients", None),
            (33, "around", "percent", "2020-2021"),
            (2021, "exactly", "year", None),
            (None, None, None, "2020-21"),
            (13, None, None, None),
        ],
        columns=["value", "value_qualifier", "unit", "financial_year"],
    )
    assert printed(rows).tolist() == ["1,613 recipients", "around 33%", "2021", "2020-21", "13"]


def test_published_figures_of_the_report_agree_wherever_they_are_printed():
    rows = tables.load("spend_published")
    rows["printed"] = printed(rows)
    assert repetition(rows, ["place", "statement"], ["printed"]) == (8, 8, 10)
