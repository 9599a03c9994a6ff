"""Rules of flow diagrams, on plotly's JSON: each refuses what breaks it."""

from __future__ import annotations

import copy

import pandas as pd
import pytest

from pfpp_utils.errors import InputError
from pfpp_utils.publish import flow_diagram, flow_rules

LINKS = pd.DataFrame({"source": ["A", "A"], "target": ["B", "C"], "value": [2.0, 1.0]})


def drawn():
    return flow_diagram.sankey(LINKS, "GBP", stamp="Invented")


def broken(change):
    found = copy.deepcopy(drawn())
    change(found["data"][0], found["layout"])
    with pytest.raises(InputError) as caught:
        flow_rules.check(found, "flows")
    return str(caught.value)


def test_our_own_diagram_keeps_them():
    flow_rules.check(drawn(), "flows")


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        (lambda trace, layout: layout["font"].update(size=11), "letters are too small"),
        (lambda trace, layout: layout["title"]["font"].update(size=9), "letters are too small"),
        (lambda trace, layout: trace["node"]["label"].__setitem__(0, ""), "colour alone"),
        (
            lambda trace, layout: trace["node"]["color"].__setitem__(0, "#BFBFBF"),
            "marks stand off too little",
        ),
        (lambda trace, layout: trace["link"].pop("line"), "marks stand off too little"),
        (lambda trace, layout: trace["link"]["line"].update(color="#BFBFBF"), "marks stand off too little"),
        (lambda trace, layout: trace["link"].update(color="rgb(18, 67, 109)"), "text stands off too little"),
        (lambda trace, layout: layout["font"].update(color="#BFBFBF"), "text stands off too little"),
        (lambda trace, layout: trace.update(type="pie"), "no flow diagram"),
        (
            lambda trace, layout: trace["node"].update(color=[f"#{shade}00000" for shade in "0123456"]),
            "too many categories",
        ),
        (
            lambda trace, layout: trace["link"].update(color=[f"rgba({i},0,0,0.1)" for i in range(7)]),
            "too many categories",
        ),
        (lambda trace, layout: layout.update(annotations=[{"text": "East: 3"}]), "says more than is checked"),
        (lambda trace, layout: layout.update(images=[{"source": "x"}]), "says more than is checked"),
        (lambda trace, layout: trace["link"].update(customdata=[3, 4]), "says more than is checked"),
        (lambda trace, layout: trace["link"].update(hovertemplate="%{value}"), "says more than is checked"),
        (lambda trace, layout: trace["node"].update(customdata=[3, 4]), "says more than is checked"),
        (lambda trace, layout: trace.update(textfont={"size": 6}), "says more than is checked"),
        (lambda trace, layout: trace.update(meta="3"), "says more than is checked"),
    ],
)
def test_what_breaks_a_rule_is_refused(change, rule):
    told = broken(change)
    assert rule in told
    assert "figure flows" in told
