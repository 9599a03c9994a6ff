"""The panel in JupyterLab: the Python model behind sliders, worked here without a browser."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import nbformat
import papermill
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from pfpp_utils import project
from pfpp_utils.data import cases, typed_case
from pfpp_utils.publish import appraisals
from pfpp_utils.publish.panel import panel

START = {
    "cost": "314000",
    "value": "14500",
    "deadweight": "1/3",
    "optimism_bias": "0.2",
    "conversion": "7/37",
}
CODE = """\
from pfpp_utils.data import typed_case
from pfpp_utils.publish.panel import panel
panel(typed_case.case({"cost": "314000", "value": "14500"}))
"""


def simple(**texts):
    return typed_case.case(START | texts)


def control(shown, words):
    (found,) = [child for child in shown.children if words in getattr(child, "description", "")]
    return found


def said(shown):
    return shown.children[-1].value


def sentence(case):
    return f"<p aria-live='polite'>{appraisals.sentence(appraisals.plain(case))}</p>"


def test_it_starts_with_the_case_itself_not_with_rounded_numbers():
    case = replace(simple(cost="222720", value="10440"), optimism_bias=Fraction(0))  # 222,720 / 6,960 is 32
    assert "32 people" in said(panel(case))
    assert said(panel(case)) == sentence(case)


@pytest.mark.parametrize(
    ("words", "value", "texts"),
    [
        ("Cost", 400_000, {"cost": "400000"}),
        ("Unit value", 20_000.5, {"value": "20000.5"}),
        ("Deadweight", 0.25, {"deadweight": "0.25"}),
        ("Optimism bias (", 0.1, {"optimism_bias": "0.1"}),
        ("Duration", 2.5, {"duration": "2.5"}),
        ("Conversion", 0.15, {"conversion": "0.15"}),
        ("Optimism bias on", "cost", {"ob_convention": "cost"}),
        ("Discounting", "health", {"discount": "health"}),
        ("Rounding", "nearest", {"rounding": "nearest"}),
    ],
)
def test_each_control_changes_its_own_assumption(words, value, texts):
    shown = panel(simple(duration="2"))
    before = control(shown, words).value
    control(shown, words).value = value
    assert said(shown) == sentence(simple(**{"duration": "2"} | texts))
    control(shown, words).value = before
    assert said(shown) == sentence(simple(duration="2"))


def test_a_case_of_several_outcomes_has_sliders_for_each():
    case = cases.read(project.CHECKOUT / "data/cases/illustrative.yml").case()
    shown = panel(case)
    before = said(shown)
    assert before == sentence(case)
    control(shown, "work: Unit value").value = 9_000
    after = said(shown)
    control(shown, "confidence: Unit value").value = 9_000
    assert len({before, after, said(shown)}) == 3


def test_what_cannot_be_is_said_and_not_thrown():
    shown = panel(simple(cost="0"))
    control(shown, "Cost").value = 500
    assert "No result" in said(shown)
    assert "no cost to scale" in said(shown)
    control(shown, "Cost").value = 0
    assert said(shown) == sentence(simple(cost="0"))


def test_without_a_conversion_there_is_no_slider_for_it():
    descriptions = [getattr(child, "description", "") for child in panel(simple(conversion="1")).children]
    none = typed_case.case({"cost": "1", "value": "1"})
    fewer = [getattr(child, "description", "") for child in panel(none).children]
    assert set(descriptions) - set(fewer) == {"Conversion (share)"}


def test_papermill_runs_a_notebook_that_shows_it(tmp_path):
    book = new_notebook(cells=[new_code_cell(CODE)])
    book.metadata.kernelspec = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(book, tmp_path / "in.ipynb")
    done = papermill.execute_notebook(tmp_path / "in.ipynb", tmp_path / "out.ipynb", progress_bar=False)
    (output,) = done.cells[0].outputs
    assert "application/vnd.jupyter.widget-view+json" in output.data
