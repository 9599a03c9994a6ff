"""The calculator's way out: numbers that are checked, a sentence in notebooks, a form in the book."""

from __future__ import annotations

from fractions import Fraction
from html.parser import HTMLParser

import pytest
from conftest import make_notebook
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.data import typed_case
from pfpp_utils.errors import InputError
from pfpp_utils.methods.discounting import SCHEDULES
from pfpp_utils.publish import calculator, calculator_form, page, show
from pfpp_utils.publish.plan import Page

NUMBERS = {"cost": 314_000, "value": 14_500, "deadweight": 0.2, "optimism_bias": 0.2}
TEXTS = {"name": "try", "title": "Try <other> numbers", "source": "Table 1 & more"}


class Elements(HTMLParser):
    """Every opening tag of a page, as (name, attributes)."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


def form(**numbers):
    return Elements(calculator_form.html(calculator.starting(NUMBERS | numbers), **TEXTS)).found


def controls(**numbers):
    named = [attributes for _, attributes in form(**numbers) if "data-name" in attributes]
    return {attributes["data-name"]: attributes for attributes in named}


def test_a_notebook_gets_the_sentence_of_the_model_and_the_command(shown):
    show.calculator(**TEXTS, **NUMBERS)
    (output,) = shown
    assert "34 people must benefit to meet the cost of £314,000" in output.data["text/markdown"]
    command = "`pfpp breakeven --cost 314000 --value 14500 --deadweight 0.2 --optimism-bias 0.2 "
    assert command in output.data["text/markdown"]
    assert output.data["text/markdown"].startswith("**Try &lt;other&gt; numbers.**")


def test_the_book_gets_a_form_with_everything_escaped(shown):
    show.calculator(**TEXTS, **NUMBERS)
    book = make_notebook()
    book.cells[-1].outputs = list(shown)
    rendered = page.render(book, Page("place-north", "notebook", "place", "Places"), made="Made.")
    (output,) = rendered.notebook.cells[1].outputs
    html = output.data["text/html"]
    assert '<section class="pfpp-calculator" id="calculator-try"' in html
    assert "Try &lt;other&gt; numbers" in html
    assert "<other>" not in html
    assert "Source: Table 1 &amp; more" in html


def test_numbers_start_exactly_and_shares_as_percent():
    given = {"deadweight": Fraction(1, 8), "conversion": Fraction(7, 37), "optimism_bias": 0.1 + 0.2}
    values = {name: control.get("value") for name, control in controls(**given).items()}
    assert values["cost"] == "314000"
    assert (values["deadweight"], values["conversion"], values["optimism_bias"]) == ("12.5", "7/37", "30")


def test_choices_start_as_asked_for():
    chosen = [attributes["value"] for tag, attributes in form(discount="health") if "selected" in attributes]
    assert chosen == ["health", "benefits", "up"]
    assert any("checked" in attributes for _, attributes in form(conversion=0.5))
    assert not any("checked" in attributes for _, attributes in form(conversion=None))


def test_every_schedule_of_the_model_is_offered_with_its_rates():
    offered = {each["value"]: each["data-percents"] for _, each in form() if "data-percents" in each}
    assert list(offered) == [plan.name for plan in SCHEDULES]
    for plan in SCHEDULES:
        assert tuple(map(Fraction, offered[plan.name].split())) == plan.percents


def test_every_control_has_a_label_and_every_reference_a_target():
    found = form()
    ids = [attributes["id"] for _, attributes in found if "id" in attributes]
    assert len(ids) == len(set(ids))
    labels = {attributes["for"] for tag, attributes in found if tag == "label"}
    for tag, attributes in found:
        if tag in {"input", "select"}:
            assert attributes["id"] in labels or attributes["aria-labelledby"] in ids
        if "aria-describedby" in attributes:
            assert attributes["aria-describedby"] in ids


@given(st.fractions(0, 10**9, max_denominator=1000))
def test_a_number_is_written_so_that_it_is_read_back(number):
    assert typed_case.number(calculator.decimal(number), "--cost") == number


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ({"cost": -1}, "--cost"),
        ({"cost": float("nan")}, "--cost"),
        ({"cost": "a lot"}, "--cost"),
        ({"value": 14_505.123}, "parts of a penny"),
        ({"value": None}, "--value"),
        ({"deadweight": 20}, "--deadweight"),
        ({"conversion": 0}, "--conversion"),
        ({"duration": 0}, "--duration"),
        ({"discount": "hyperbolic"}, "discount"),
        ({"ob_convention": "none"}, "--ob-convention"),
        ({"rounding": "down"}, "--rounding"),
        ({"costs": 5}, "unknown option"),
    ],
)
def test_numbers_that_cannot_be_used_are_refused_by_name(shown, numbers, words):
    with pytest.raises(InputError, match=words):
        show.calculator(**TEXTS, **NUMBERS | numbers)
    assert shown == []


@pytest.mark.parametrize("text", ["title", "source"])
def test_it_needs_its_texts(shown, text):
    with pytest.raises(InputError, match=f"try needs its {text}"):
        show.calculator(**TEXTS | {text: " "}, **NUMBERS)
    assert shown == []
