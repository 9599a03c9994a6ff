"""A panel for JupyterLab: sliders over every assumption of a case, and what follows, by the Python model."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import get_args

import ipywidgets

from pfpp_utils.errors import InputError
from pfpp_utils.methods.case import Case, Rounding, rounding
from pfpp_utils.methods.claims import exact
from pfpp_utils.methods.discounting import SCHEDULES, schedule
from pfpp_utils.methods.optimism import Convention, convention
from pfpp_utils.methods.quantities import Share
from pfpp_utils.methods.switching import Driver, drivers, put, setting
from pfpp_utils.publish import appraisals, markup

#: Least, most and step of a slider, its unit and the form of its number; money goes to three times its start.
SCALES: dict[str, tuple[float, float, float, str, str]] = {
    "cost": (0, 1000, 100, "£", ",.2f"),
    "unit_value": (0, 1000, 1, "£ a year", ",.2f"),
    "duration": (0.25, 60, 0.25, "years", ".2f"),
    "deadweight": (0, 1, 0.01, "share", ".4f"),
    "optimism_bias": (0, 1, 0.01, "share", ".4f"),
    "conversion": (0.001, 1, 0.001, "share", ".4f"),
}
WIDE = {"style": {"description_width": "16em"}, "layout": {"width": "95%"}}


def panel(case: Case) -> ipywidgets.VBox:
    """Make a panel of sliders over a case; show it by naming it last in a cell.

    Each slider's number can also be typed. What is not touched stays exactly as the case has it.

    Parameters
    ----------
    case
        Where it starts: any number of costs and outcomes. All costs move together.

    Returns
    -------
    ipywidgets.VBox
        Controls, and below them the result in words or what is wrong with the numbers.
    """
    turned = {driver: _driver(case, driver) for driver in drivers(case) if driver.name in SCALES}
    chosen = _choices(case)
    rate = _slider("conversion", case.conversion.rate) if case.conversion else None
    said = ipywidgets.HTML()
    controls = [*turned.values(), *chosen.values(), *([rate] if rate else [])]
    start = {control: control.value for control in controls}

    def now() -> Case:
        changed = _chosen(case, {name: control.value for name, control in chosen.items()})
        for driver, control in turned.items():
            if control.value != start[control]:
                changed = put(changed, driver, exact(control.value))
        if case.conversion and rate and rate.value != start[rate]:
            changed = replace(changed, conversion=replace(case.conversion, rate=Share(exact(rate.value))))
        return changed

    def update(_: object = None) -> None:
        try:
            text = appraisals.sentence(appraisals.plain(now()))
        except InputError as error:
            text = f"No result: {error}"
        said.value = f"<p aria-live='polite'>{markup.escape(text)}</p>"

    for control in controls:
        control.observe(update, names="value")
    update()
    return ipywidgets.VBox([*controls, said])


def _driver(case: Case, driver: Driver) -> ipywidgets.FloatSlider:
    of = f"{driver.outcome}: " if driver.outcome and len(case.outcomes) > 1 else ""
    return _slider(driver.name, setting(case, driver) or Fraction(0), of)


def _slider(name: str, start: Fraction, of: str = "") -> ipywidgets.FloatSlider:
    least, most, step, unit, form = SCALES[name]
    value = float(start)
    most = max(most, 3 * value if unit.startswith("£") else value)
    slider = ipywidgets.FloatSlider(value, min=min(least, value), max=most, step=step, **WIDE)
    slider.description = f"{of}{name.replace('_', ' ').capitalize()} ({unit})"
    slider.readout_format, slider.continuous_update = form, False
    return slider


def _choices(case: Case) -> dict[str, ipywidgets.Dropdown]:
    """Make a choice of each convention that has a name."""
    plans = [plan.name for plan in SCHEDULES]
    options = {
        "convention": ("Optimism bias on", get_args(Convention), case.convention),
        "schedule": ("Discounting", plans, case.schedule.name),
        "rounding": ("Rounding", get_args(Rounding), case.rounding),
    }
    return {
        key: ipywidgets.Dropdown(options=names, value=value, description=label, **WIDE)
        for key, (label, names, value) in options.items()
    }


def _chosen(case: Case, names: dict[str, str]) -> Case:
    """Set the conventions; a schedule that is not another stays, in the vintage that it has."""
    same = names["schedule"] == case.schedule.name
    return replace(
        case,
        convention=convention(names["convention"]),
        schedule=case.schedule if same else schedule(names["schedule"]),
        rounding=rounding(names["rounding"]),
    )
