"""HTML of the breakeven calculator: native, labelled controls, which `calculator.js` brings to life."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import count

from pfpp_utils.methods.discounting import SCHEDULES, STEPS
from pfpp_utils.methods.quantities import LONGEST
from pfpp_utils.publish.calculator import command, decimal, sentence
from pfpp_utils.publish.markup import escape, foot


@dataclass(frozen=True)
class Field:
    """One number of the form.

    Attributes
    ----------
    label
        What it is, with its unit.
    unit
        ``pounds``, ``percent`` (of a share) or ``years``.
    allowed
        What may be typed, for the message beside the field.
    limits
        Data attributes by which the script checks that, in the model's own units.
    """

    label: str
    unit: str
    allowed: str
    limits: str = ""


_POUNDS = "pounds, 0 or more, such as 314000"
_SHARE = "percent from 0 to 100, such as 20, or a ratio such as 1/5"
_RATE = "percent above 0 and at most 100, such as 15, or a ratio such as 7/37"
_YEARS = f"years above 0 and at most {LONGEST}, such as 2.5"
FIELDS = {
    "cost": Field("Cost that benefits must meet (£)", "pounds", _POUNDS),
    "value": Field("Value of the outcome to one person for a year (£)", "pounds", _POUNDS),
    "duration": Field(
        "How long the outcome lasts (years)", "years", _YEARS, f'data-most="{LONGEST}" data-positive'
    ),
    "deadweight": Field("Deadweight (%)", "percent", _SHARE, 'data-most="1"'),
    "optimism_bias": Field("Optimism bias (%)", "percent", _SHARE, 'data-most="1"'),
    "conversion": Field(
        "Conversion: share of those reached who benefit (%)", "percent", _RATE, 'data-most="1" data-positive'
    ),
}
CONVENTIONS = {
    "benefits": "Benefits, times (1 - bias)",
    "divide": "Benefits, divided by (1 + bias)",
    "cost": "Cost, times (1 + bias)",
}
ROUNDINGS = {"up": "Up to whole people", "nearest": "To the nearest whole person"}

WITHOUT = """\
<div data-part="without">
<noscript><p>The calculator needs JavaScript, which is off. For the numbers of this page:</p></noscript>
<p>{sentence}</p>
<p>For other numbers, the command <code>{command}</code></p>
</div>"""
RESULTS = """\
<dl class="pfpp-results">
<div><dt>Net value of each person who benefits</dt><dd data-result="net_value_per_beneficiary"></dd></div>
<div><dt>People who must benefit</dt><dd data-result="beneficiaries"></dd></div>
<div><dt>People who must be reached</dt><dd data-result="reach"></dd></div>
</dl>
<p data-part="sentence" role="status" aria-live="polite" aria-atomic="true"></p>
<p class="pfpp-buttons"><button type="button" data-part="copy">Copy link to these numbers</button>
<button type="button" data-part="reset">Back to the numbers of this page</button></p>
<p class="pfpp-feedback" data-part="feedback" role="status" aria-live="polite"></p>
<p class="pfpp-field" hidden><label for="{at}-link">Address of these numbers</label>
<input type="text" id="{at}-link" data-part="link" readonly></p>
<details class="pfpp-details"><summary>The same on the command line</summary>
<p><code data-part="command"></code></p></details>"""


def html(start: Mapping[str, str], *, name: str, title: str, source: str) -> str:
    """Write the calculator for a page.

    Parameters
    ----------
    start
        From `calculator.starting`.
    name
        Its address is ``#calculator-NAME``.
    title, source
        Heading, and where the starting numbers come from, as plain text.

    Returns
    -------
    str
        HTML: the result for the starting numbers, which stands where no script runs, and the form that the
        script shows in its place.
    """
    at, steps = f"calculator-{name}", " ".join(map(str, STEPS))
    parts = [
        f'<section class="pfpp-calculator" id="{at}" data-steps="{steps}" aria-labelledby="{at}-title">',
        f'<p class="pfpp-title" id="{at}-title">{escape(title)}</p>',
        WITHOUT.format(sentence=escape(sentence(start)), command=escape(command(start))),
        '<form hidden novalidate autocomplete="off">',
        f'<div class="pfpp-groups">{"".join(_groups(start, at))}</div>',
        RESULTS.format(at=at),
        f"</form>{foot(source)}\n</section>",
    ]
    return "\n".join(parts)


def _groups(start: Mapping[str, str], at: str) -> Iterable[str]:
    """Write the controls in three groups."""

    def field(name: str) -> str:
        return _field(FIELDS[name], start[name] or "1", f"{at}-{name}", name)

    def choice(name: str, label: str, options: Mapping[str, str]) -> str:
        listed = (_option(key, said, start[name]) for key, said in options.items())
        return _select(f"{at}-{name}", name, label, listed)

    discount = _select(
        f"{at}-discount",
        "discount",
        "Discounting (Green Book, its first rate)",
        _schedules(start["discount"]),
    )
    bias = choice("ob_convention", "Optimism bias applies to", CONVENTIONS)
    yield _group("Cost and value", field("cost"), field("value"), field("duration"), discount)
    yield _group("What is taken off", field("deadweight"), field("optimism_bias"), bias)
    ticked = " checked" if start["conversion"] else ""
    box = f'<input type="checkbox" id="{at}-counted"{ticked}>'
    box += f' <label for="{at}-counted">Work out how many must be reached</label>'
    counting = choice("rounding", "Rounding of people", ROUNDINGS)
    yield _group("Counting people", f'<div class="pfpp-check">{box}</div>', field("conversion"), counting)


def _group(legend: str, *controls: str) -> str:
    return f"\n<fieldset><legend>{legend}</legend>\n" + "\n".join(controls) + "\n</fieldset>"


def _field(field: Field, text: str, at: str, name: str) -> str:
    """Write one number: a slider and a field of the same name, and room for a message."""
    number = Fraction(text) * (100 if field.unit == "percent" else 1)
    value = text if "/" in decimal(number) else decimal(number)
    limits = _slider(field.unit, number, positive="data-positive" in field.limits)
    model = f'data-name="{name}" data-unit="{field.unit}" data-allowed="{escape(field.allowed)}"'
    return (
        f'<div class="pfpp-field pfpp-pair"><label for="{at}" id="{at}-label">{escape(field.label)}</label>\n'
        f'<input type="range" id="{at}-slider" aria-labelledby="{at}-label" {limits}>\n'
        f'<input type="text" inputmode="decimal" id="{at}" value="{escape(value)}" '
        f'aria-describedby="{at}-error" {model} {field.limits}>\n'
        f'<p class="pfpp-error" id="{at}-error" hidden></p></div>'
    )


def _slider(unit: str, number: Fraction, *, positive: bool) -> str:
    """Give a slider its scale; in pounds, a thousand steps up to a round number, at least twice the start."""
    least, most, step = (1 if positive else 0), {"percent": 100, "years": max(50, round(number))}.get(unit), 1
    if most is None:
        round_ones = (lead * 10**power for power in count(3) for lead in (1, 2, 5))
        most = next(one for one in round_ones if one >= 2 * number)
        step = most // 1000
    return f'min="{least}" max="{most}" step="{step}" value="{round(number)}"'


def _select(at: str, name: str, label: str, options: Iterable[str]) -> str:
    listed = "".join(options)
    return (
        f'<div class="pfpp-field"><label for="{at}">{escape(label)}</label>\n'
        f'<select id="{at}" data-name="{name}">{listed}</select></div>'
    )


def _option(value: str, said: str, chosen: str, data: str = "") -> str:
    selected = " selected" if value == chosen else ""
    return f'<option value="{value}"{data}{selected}>{escape(said)}</option>'


def _schedules(chosen: str) -> Iterable[str]:
    """Write the discount schedules with their rates, which stand in the Python model alone."""
    for plan in SCHEDULES:
        rates = [decimal(percent) for percent in plan.percents]
        edition = plan.vintage.removeprefix("Green Book ")
        said = f"{plan.name.capitalize()}: {rates[0]}% ({edition})" if plan.percents[0] else "None"
        yield _option(plan.name, said, chosen, f' data-percents="{" ".join(rates)}"')
