"""The calculator in a real browser: its numbers are the Python model's, and everybody can work it."""

from __future__ import annotations

import random
import re
import shutil
from decimal import Decimal
from fractions import Fraction
from math import floor
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from playwright.sync_api import expect

from pfpp_utils import project
from pfpp_utils.data import typed_case
from pfpp_utils.methods.appraisal import appraise
from pfpp_utils.methods.optimism import on_cost
from pfpp_utils.publish import calculator, calculator_form

STATIC = project.CHECKOUT / "book/_static"
START = {"cost": 302_750, "value": 14_505, "deadweight": 0.2, "optimism_bias": 0.2, "conversion": "7/37"}
PERCENT = {"deadweight", "optimism_bias", "conversion"}
RESULTS = ("net_value_per_beneficiary", "beneficiaries", "reach")
PAGE = """<!doctype html><html lang="en-GB"><head><title>Page</title><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="stylesheet" href="pfpp.css"><link rel="stylesheet" href="calculator.css">
<script src="calculator.js"></script></head><body><p><a href="#after">First</a></p>{forms}
<p id="after"><a href="#">Last</a></p><script src="calculator.js"></script></body></html>"""


def form(name="try", **numbers):
    start = calculator.starting(START | numbers)
    return calculator_form.html(start, name=name, title=f"Try {name}", source="Test")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """Pages with one calculator, one without conversion, and two; the script comes twice, as in the theme."""
    folder = tmp_path_factory.mktemp("pages")
    for name in ("calculator.js", "calculator.css", "pfpp.css"):
        shutil.copy(STATIC / name, folder)
    pages = {"one": form(), "plain": form(conversion=None), "two": form() + form("other", cost=1000)}
    for name, forms in pages.items():
        (folder / f"{name}.html").write_text(PAGE.format(forms=forms), encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def address(serve, folder):
    with serve(folder) as at:
        yield at


@pytest.fixture
def page(browser):
    """A page in a window of its own, on which no script may fail."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    opened, faults = context.new_page(), []
    opened.on("pageerror", lambda error: faults.append(str(error)))
    yield opened
    context.close()
    assert faults == []


@pytest.fixture
def one(page, address):
    page.goto(f"{address}/one.html")
    return page


def field(page, name, calculator="try"):
    return page.locator(f"#calculator-{calculator}-{name}")


def results(page, calculator="try"):
    shown = page.locator(f"#calculator-{calculator} [data-result]")
    return dict(zip(RESULTS, shown.all_inner_texts(), strict=True))


# ---------------------------------------------------------------------------- the same numbers as the model

#: Where a wrong rounding, a float or a forgotten case would show.
EDGES = [
    {"cost": "278400", "value": "14500", "deadweight": "0.2", "optimism_bias": "0.2"},  # 30 exactly
    {"cost": "278400.01", "value": "14500", "deadweight": "0.2", "optimism_bias": "0.2"},  # 31
    {
        "cost": "290000",
        "value": "14500",
        "deadweight": "0.2",
        "optimism_bias": "0.2",
        "ob_convention": "divide",
    },
    {
        "cost": "290000",
        "value": "14500",
        "deadweight": "0.2",
        "optimism_bias": "0.2",
        "ob_convention": "cost",
    },
    {"cost": "10", "value": "4", "rounding": "nearest", "conversion": "1/2"},  # 2.5, halves up
    {"cost": "4", "value": "14500", "rounding": "nearest", "conversion": "1"},  # one at least
    {"cost": "0", "value": "14500", "rounding": "nearest", "conversion": "1"},
    {"cost": "0.3", "value": "0.1"},  # 3; in binary floats a little less
    {"cost": "0", "value": "0"},
    {"cost": "0", "value": "5", "conversion": "0.5"},
    {"cost": "100", "value": "0"},
    {"cost": "100", "value": "0", "conversion": "0.2"},
    {"cost": "100", "value": "10", "deadweight": "1"},
    {"cost": "100", "value": "10", "optimism_bias": "1"},
    {"cost": "100", "value": "10", "optimism_bias": "1", "ob_convention": "divide", "conversion": "1"},
    {"cost": "314000", "value": "0.01", "deadweight": "0.9", "conversion": "0.001"},
    {"cost": "1", "value": "0.001"},
    {"cost": "999999999999999999999", "value": "0.07", "duration": "100", "discount": "health"},
    {"cost": "1", "value": "1", "duration": "100"},
    {"cost": "1000000", "value": "1", "duration": "500", "discount": "lower-rate"},
    {"cost": "1000000", "value": "1", "duration": "30", "discount": "none"},
    {"cost": "1000000", "value": "123.45", "duration": "31", "rounding": "nearest", "conversion": "1/3"},
    {"cost": "1000000", "value": "123.45", "duration": "1/3", "deadweight": "2/7", "optimism_bias": "1/7"},
    {"cost": "22", "value": "1", "conversion": "7/37"},
]


def generated(count=500):
    """Cases of every kind, the same each time: the edges, then drawn ones, some with exact quotients."""
    draw, cases = random.Random(4), list(EDGES)
    shares = ["0", "0.2", "0.05", "0.333", "1/3", "0.999", "7/37", "1"]
    while len(cases) < count:
        case = {
            "cost": f"{draw.randrange(10 ** draw.randint(1, 10))}.{draw.randrange(100):02}",
            "value": draw.choice(
                [f"{draw.randrange(1, 40_000)}", f"0.{draw.randrange(1, 1000):04}", "14505.37"]
            ),
            "deadweight": draw.choice(shares),
            "optimism_bias": draw.choice(shares),
            "ob_convention": draw.choice(["benefits", "divide", "cost"]),
            "rounding": draw.choice(["up", "nearest"]),
            "discount": draw.choice(["standard", "health", "lower-rate", "none"]),
            "duration": draw.choice(["1", "1", "2", "2.5", "0.25", "10", "31", "76.5", "100", "7/3"]),
        }
        if draw.random() < 0.6:
            case["conversion"] = draw.choice([*shares[1:], "0.001"])
        if draw.random() < 0.3:  # as many pounds as so many people are worth, to the last digit
            net = appraise(typed_case.case(case)).net_value_per_beneficiary.gbp
            cost = (
                net * draw.randint(1, 500) / on_cost(Fraction(case["optimism_bias"]), case["ob_convention"])
            )
            case["cost"] = calculator.decimal(cost) if cost.denominator < 10**12 else case["cost"]
        if len(calculator.decimal(Fraction(case["cost"]))) <= 30:
            cases.append(case)
    return cases


CASES = generated()


def typed(case):
    """Write a case as it is typed into the form: shares as percent, but a ratio as it is."""
    texts = {"deadweight": "0", "optimism_bias": "0", "duration": "1", "conversion": ""} | case
    texts |= {
        "ob_convention": case.get("ob_convention", "benefits"),
        "discount": case.get("discount", "standard"),
    }
    texts["rounding"] = case.get("rounding", "up")
    for name in PERCENT:
        if texts[name] and "/" not in texts[name]:
            texts[name] = f"{Decimal(texts[name]) * 100:f}"
    return texts


def pounds(amount):
    """Write pounds as the form does: pence with halves up, none where there are none."""
    if 0 < amount < Fraction(1, 100):
        return "less than £0.01"
    pence = floor(amount * 100 + Fraction(1, 2))
    whole, part = divmod(pence, 100)
    return f"£{whole:,}" if amount.denominator == 1 else f"£{whole:,}.{part:02}"


def expected(case):
    found = appraise(typed_case.case(case))
    count = "no number is enough" if found.beneficiaries is None else f"{found.beneficiaries:,}"
    reach = "no number is enough" if found.reach is None else f"{found.reach:,}"
    reach = reach if "conversion" in case else "no conversion given"
    return dict(zip(RESULTS, (pounds(found.net_value_per_beneficiary.gbp), count, reach), strict=True))


FILL = """cases => cases.map(texts => {
  const counted = document.getElementById("calculator-try-counted");
  counted.checked = texts.conversion !== "";
  const put = (name, text) => { document.getElementById(`calculator-try-${name}`).value = text; };
  for (const [name, text] of Object.entries(texts)) put(name, text);
  counted.dispatchEvent(new Event("input", { bubbles: true }));
  const shown = [...document.querySelectorAll("[data-result]")];
  return Object.fromEntries(shown.map(result => [result.dataset.result, result.textContent]));
})"""


def test_the_cases_are_of_every_kind():
    assert len(CASES) == 500
    for name, options in (("ob_convention", 3), ("rounding", 2), ("discount", 4), ("duration", 12)):
        assert len({case.get(name) for case in CASES} - {None}) >= options
    results = [appraise(typed_case.case(case)) for case in CASES]
    quotients = [found.cost.gbp / net for found in results if (net := found.net_value_per_beneficiary.gbp)]
    assert sum(quotient.denominator == 1 and quotient > 0 for quotient in quotients) > 50
    assert 100 < sum("conversion" in case for case in CASES) < 400
    assert any(0 < found.net_value_per_beneficiary.gbp < Fraction(1, 100) for found in results)
    assert any(found.beneficiaries is None for found in results)


def test_500_cases_give_what_the_python_model_gives(one):
    shown = one.evaluate(FILL, [typed(case) for case in CASES])
    wrong = [
        (case, want, got) for case, got in zip(CASES, shown, strict=True) if got != (want := expected(case))
    ]
    assert wrong == []


@pytest.mark.parametrize("case", CASES[::50])
def test_an_address_made_by_hand_from_the_options_of_the_command_gives_the_same(page, address, case):
    page.goto(f"{address}/plain.html?{urlencode({'conversion': ''} | case)}")
    assert results(page) == expected(case)


def test_the_page_starts_with_its_own_numbers(one):
    assert results(one) == expected({name: str(text) for name, text in START.items()})
    assert field(one, "cost").input_value() == "302750"
    assert field(one, "deadweight").input_value() == "20"
    assert field(one, "conversion").input_value() == "7/37"


# ------------------------------------------------------------------------------------------ what it says


def test_the_sentence_explains_the_result_and_is_read_out(one):
    sentence = one.locator("[data-part=sentence]")
    assert sentence.get_attribute("role") == "status"
    assert sentence.get_attribute("aria-live") == "polite"
    field(one, "duration").fill("2")
    expect(sentence).to_have_text(
        "17 people must benefit to meet the cost of £302,750. Each counts £18,252.48: £14,505 a year for 2 "
        "years (worth 1.97 years of it now), less 20% for what would have come anyway, less 20% of the rest "
        "for optimism bias. Cost over net value is about 16.59, rounded up. For that, 90 people must be "
        "reached, of whom 7/37 (about 18.92%) benefit."
    )


@pytest.mark.parametrize(
    ("texts", "said"),
    [
        ({"ob_convention": "cost"}, "£363,300, 20% more for optimism bias"),
        ({"ob_convention": "divide"}, "divided by 1.2 for optimism bias"),
        ({"value": "0"}, "No number of people is enough to meet the cost of £302,750"),
        ({"cost": "9283.2"}, "1 person must benefit to meet the cost of £9,283.20"),
        ({"cost": "9283.2"}, "Cost over net value is exactly 1."),
    ],
)
def test_the_sentence_names_the_choices(page, address, texts, said):
    page.goto(f"{address}/one.html?{urlencode(texts)}")
    expect(page.locator("[data-part=sentence]")).to_contain_text(said)


def test_the_command_beside_it_gives_the_same(one):
    field(one, "value").fill("20,000.50")
    command = one.locator("[data-part=command]").text_content().split()
    assert command[:2] == ["pfpp", "breakeven"]
    options = dict(zip(command[2::2], command[3::2], strict=True))
    case = {name.removeprefix("--").replace("-", "_"): text for name, text in options.items()}
    assert case["value"] == "20000.5"
    assert results(one) == expected(case)


# --------------------------------------------------------------------------------------------- bad input

BAD = {
    "cost": ["", "abc", "-1", "1e5", "Infinity", "1,00", "1.2.3", "<b>1</b>", "5/0", "1" * 31],
    "value": ["-0.01", "£", "20%", "½"],
    "deadweight": ["101", "100.0000001", "-1", "3/2", "£20"],
    "optimism_bias": ["200", "nan"],
    "duration": ["0", "500.1", "ten", "0/5"],
    "conversion": ["0", "0.0", "101", ""],
}


@pytest.mark.parametrize("name", BAD)
def test_what_cannot_be_used_is_named_beside_the_field_and_gives_no_result(one, name):
    at, message, known = field(one, name), field(one, f"{name}-error"), calculator_form.FIELDS[name]
    assert at.get_attribute("aria-describedby") == message.get_attribute("id")
    for text in BAD[name]:
        at.fill(text)
        assert message.is_visible()
        assert known.allowed in message.inner_text()
        assert (text or "Nothing") in message.inner_text()
        assert at.get_attribute("aria-invalid") == "true"
        assert set(results(one).values()) == {"no result"}
    expect(one.locator("[data-part=sentence]")).to_have_text(f"No result. Cannot be used: {known.label}.")
    at.fill("50")
    assert message.is_hidden()
    assert at.get_attribute("aria-invalid") == "false"
    assert "no result" not in results(one).values()


def test_what_people_type_is_understood(one):
    before = results(one)
    for name, text in {
        "cost": "£302,750",
        "deadweight": " 20 % ",
        "optimism_bias": "1/5",
        "duration": "1.",
    }.items():
        field(one, name).fill("7")
        field(one, name).fill(text)
        assert results(one) == before


def test_hostile_text_in_the_address_stays_text(page, address):
    text = "<img src=x onerror='window.hit = 1'>"
    page.goto(f"{address}/one.html?{urlencode({'cost': text, 'discount': text})}")
    expect(field(page, "cost-error")).to_contain_text(text)
    expect(page.locator("[data-part=feedback]")).to_contain_text("no choice here: discount=")
    assert page.evaluate("window.hit === undefined && document.querySelector('img') === null")
    assert field(page, "discount").input_value() == "standard"


# ------------------------------------------------------------------------------- keyboard and assistive tools


def focused(page):
    return page.evaluate("document.activeElement.id || document.activeElement.textContent.trim()")


def test_the_keyboard_alone_reaches_everything_in_order_and_shows_where_it_is(one):
    walked = []
    for _ in range(25):
        one.keyboard.press("Tab")
        walked.append(focused(one).removeprefix("calculator-try-"))
        style = "(({outlineStyle, outlineWidth}) => [outlineStyle, parseFloat(outlineWidth)])"
        line, width = one.evaluate(f"{style}(getComputedStyle(document.activeElement))")
        assert line != "none"
        assert width >= 1 if walked[-1] in {"First", "Last"} else width >= 3
        if walked[-1] == "Last":
            break
    pairs = [[f"{name}-slider", name] for name in ("cost", "value", "duration")]
    pairs += [["discount"], *([f"{name}-slider", name] for name in ("deadweight", "optimism_bias"))]
    pairs += [["ob_convention", "counted", "conversion-slider", "conversion", "rounding"]]
    ends = [
        "Copy link to these numbers",
        "Back to the numbers of this page",
        "The same on the command line",
        "Last",
    ]
    assert walked == ["First", *(name for pair in pairs for name in pair), *ends]


def test_the_keyboard_alone_changes_everything(one):
    before = results(one)
    field(one, "cost-slider").focus()
    one.keyboard.press("ArrowRight")
    assert field(one, "cost").input_value() == "304000"  # from the nearest thousand, 303
    one.keyboard.press("Tab")
    one.keyboard.press("Control+a")
    one.keyboard.type("5000")
    assert field(one, "cost-slider").input_value() == "5000"
    assert results(one)["beneficiaries"] == "1"
    field(one, "discount").focus()
    one.keyboard.press("ArrowDown")
    assert field(one, "discount").input_value() == "health"
    field(one, "counted").focus()
    one.keyboard.press("Space")
    assert results(one)["reach"] == "no conversion given"
    assert field(one, "conversion").is_disabled()
    assert field(one, "conversion-slider").is_disabled()
    one.get_by_role("button", name="Back to the numbers").focus()
    one.keyboard.press("Enter")
    assert results(one) == before
    assert field(one, "conversion").is_enabled()
    expect(one.locator("[data-part=feedback]")).to_have_text("Back to the numbers of this page.")


def test_every_control_has_a_name_a_role_and_a_value_with_its_unit(one):
    for name, said in (("cost", "£302,750"), ("deadweight", "20%"), ("duration", "1 year")):
        label = calculator_form.FIELDS[name].label
        assert one.get_by_role("textbox", name=label).get_attribute("id") == f"calculator-try-{name}"
        slider = one.get_by_role("slider", name=label)
        assert slider.get_attribute("aria-valuetext") == said
        assert re.search(r"\((£|%|years)\)", label)
    for legend in ("Cost and value", "What is taken off", "Counting people"):
        assert one.get_by_role("group", name=legend).count() == 1
    assert one.get_by_role("region", name="Try try").count() == 1
    tree = one.context.new_cdp_session(one).send("Accessibility.getFullAXTree")["nodes"]
    roles = {"slider", "textbox", "combobox", "checkbox", "button"}
    controls = [node for node in tree if not node["ignored"] and node["role"]["value"] in roles]
    assert len(controls) == 6 + 6 + 3 + 1 + 2
    assert all(node["name"]["value"] for node in controls)


def test_a_slider_says_the_number_that_is_used_where_it_has_no_place_for_it(one):
    field(one, "cost").fill("12345678.9")
    slider = field(one, "cost-slider")
    assert slider.input_value() == slider.get_attribute("max") == "1000000"
    assert slider.get_attribute("aria-valuetext") == "£12,345,678.90"


@pytest.mark.parametrize("width", [320, 500, 1280])
def test_nothing_is_wider_than_the_screen(page, address, width):
    page.set_viewport_size({"width": width, "height": 600})  # 320 is also 1280 at 400%
    page.goto(f"{address}/one.html")
    page.locator("summary").click()
    field(page, "cost").fill("9" * 30)
    expect(page.locator("[data-part=sentence]")).to_contain_text("999,999")
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    heights = "[...document.querySelectorAll('input, select, button')].map(each => each.offsetHeight)"
    assert min(filter(None, page.evaluate(heights))) >= 24  # WCAG 2.2, target size


def test_nothing_moves(one):
    moving = "[...document.querySelectorAll('.pfpp-calculator *')].filter(each => {"
    moving += "const {transitionDuration, animationName} = getComputedStyle(each);"
    moving += "return parseFloat(transitionDuration) || animationName !== 'none'; }).length"
    assert one.evaluate(moving) == 0


# --------------------------------------------------------------------------------------- shared by address


def test_the_address_holds_the_numbers_and_brings_them_back(one, page, address):
    field(one, "cost").fill("123456.78")
    field(one, "deadweight").fill("12.5")
    field(one, "conversion").fill("5/13")
    field(one, "ob_convention").select_option("divide")
    field(one, "rounding").select_option("nearest")
    one.wait_for_url(re.compile("rounding=nearest"))
    shown, shared = results(one), one.url
    asked = {name: text for name, (text,) in parse_qs(urlsplit(shared).query).items()}
    assert asked["deadweight"] == "0.125"
    assert asked["conversion"] == "5/13"
    assert results(one) == expected(asked) == shown
    assert urlsplit(shared).fragment == "calculator-try"
    page.goto("about:blank")
    page.goto(shared)
    assert results(page) == shown
    assert field(page, "deadweight").input_value() == "12.5"
    page.get_by_role("button", name="Back to the numbers").click()
    page.wait_for_url(lambda url: not urlsplit(url).query)
    assert field(page, "cost").input_value() == "302750"


def test_a_conversion_that_was_taken_out_stays_out(one):
    field(one, "counted").uncheck()
    one.wait_for_url(re.compile("conversion=(&|#)"))
    one.reload()
    assert not field(one, "counted").is_checked()
    assert results(one)["reach"] == "no conversion given"


def test_what_else_the_address_holds_is_left_alone(page, address):
    page.goto(f"{address}/one.html?highlight=cost%2Fvalue#after")
    field(page, "cost").fill("5")
    page.wait_for_url(re.compile("cost=5&"))
    assert parse_qs(urlsplit(page.url).query)["highlight"] == ["cost/value"]


def test_opening_a_page_does_not_change_its_address(page, address):
    page.goto(f"{address}/two.html?cost=77#after")
    page.wait_for_timeout(500)
    assert page.url == f"{address}/two.html?cost=77#after"


def test_a_link_to_one_of_two_calculators_changes_only_that(page, address):
    page.goto(f"{address}/two.html?cost=77#calculator-other")
    assert field(page, "cost", "other").input_value() == "77"
    assert field(page, "cost", "try").input_value() == "302750"
    page.goto(f"{address}/two.html?cost=88")
    assert field(page, "cost", "other").input_value() == "1000"
    assert field(page, "cost", "try").input_value() == "88"


def test_the_link_can_be_copied(one):
    one.context.grant_permissions(["clipboard-read", "clipboard-write"])
    field(one, "cost").fill("5")
    one.get_by_role("button", name="Copy link").click()
    expect(one.locator("[data-part=feedback]")).to_have_text("Link copied.")
    assert "cost=5&" in one.evaluate("navigator.clipboard.readText()")


def test_where_copying_is_not_allowed_the_link_is_shown(page, address):
    page.add_init_script("Object.defineProperty(navigator, 'clipboard', { value: undefined })")
    page.goto(f"{address}/one.html")
    page.get_by_role("button", name="Copy link").click()
    link = page.get_by_label("Address of these numbers")
    expect(link).to_be_visible()
    expect(link).to_be_focused()
    assert "cost=302750" in link.input_value()
    expect(page.locator("[data-part=feedback]")).to_contain_text("could not be copied")


def test_there_is_no_link_to_what_cannot_be_used(one):
    field(one, "cost").fill("x")
    one.get_by_role("button", name="Copy link").click()
    expect(one.locator("[data-part=feedback]")).to_contain_text("no link to copy")
    assert one.url.endswith("one.html")


# ----------------------------------------------------------------------------- without server, without script


def test_it_works_from_a_folder_without_a_server(page, folder):
    page.goto(f"{(folder / 'one.html').as_uri()}?cost=278400&value=14500&conversion=")
    assert results(page)["beneficiaries"] == "30"
    field(page, "cost").fill("278400.01")
    page.wait_for_url(re.compile("cost=278400.01"))
    assert results(page)["beneficiaries"] == "31"


def test_without_a_script_the_result_of_the_page_stands_there(browser, address):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{address}/one.html")
    assert "needs JavaScript" in page.locator("noscript").inner_html()
    assert page.locator("noscript").bounding_box()["height"] > 10
    expect(page.get_by_text("33 people must benefit to meet the cost of £302,750")).to_be_visible()
    expect(page.locator("form")).to_be_hidden()
    context.close()
