"""Case files: what an appraisal assumes, as YAML with ranges, read into the cases that it spans.

The shape is that of ``case.schema.json`` beside this module: a JSON Schema, whose descriptions say what is
allowed in each field.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

from pfpp_utils.data import reads, yaml_lines
from pfpp_utils.data.unit_values import Bank
from pfpp_utils.errors import InputError
from pfpp_utils.methods import discounting, prices
from pfpp_utils.methods.additionality import Additionality, Effects, Reference
from pfpp_utils.methods.case import Case, Conversion, Cost, Outcome
from pfpp_utils.methods.quantities import NOTHING, ONE_YEAR, WHOLE, Money, People, Share, Years
from pfpp_utils.methods.spreads import VIEWS, Spread, View, spread
from pfpp_utils.methods.unit_values import UnitValue

#: Numbers that are given once and have no range.
PLAIN = {"price_year", "first_year", "profile", "index", "distributional_weights"}
#: Fields that lower the net value of a case as they rise; in a reference case it is the others.
FALLING = {"amount_gbp", "deadweight", "leakage", "displacement", "substitution", "drop_off", "optimism_bias"}
EFFECTS = ("leakage", "displacement", "substitution")


@cache
def schema() -> dict[str, Any]:
    """Return the JSON Schema of a case file."""
    text = Path(__file__).with_name("case.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


@dataclass(frozen=True)
class CaseFile:
    """A case file that has been read.

    Attributes
    ----------
    name
        What to call the file in messages.
    raw
        What it holds, without lines.
    spreads
        Every number that may have a range, by its field, such as ``outcomes[work].duration_years``.
    values
        The unit value of each outcome, by the outcome's name.
    lines
        Where each field stands in the file, counted from 1; of a plain value, where its mapping begins.
    """

    name: str
    raw: dict[str, Any]
    spreads: dict[str, Spread]
    values: dict[str, UnitValue]
    lines: dict[str, int]

    def case(self, view: View = "central", given: Mapping[str, Fraction] | None = None) -> Case:
        """Put together one of the cases that the file spans.

        Parameters
        ----------
        view
            At which end of their ranges the assumptions are taken.
        given
            Values of fields to use instead, in the fields' units, by the names in `spreads`.

        Returns
        -------
        Case
            One number an assumption.

        Raises
        ------
        InputError
            Naming file and field: deadweight in two places, a name given twice, and whatever else a
            `Case` refuses.
        """
        numbers = {field: each.at(view) for field, each in self.spreads.items()} | dict(given or {})
        try:
            return _case(self.raw, numbers, self.values)
        except InputError as error:
            where = self.place(error.where)
            raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from error

    def place(self, field: str) -> str:
        """Name file, line and field for a message; the line is that of the field or of what it is part of."""
        part, _, _ = field.partition(" and ")
        while part and part not in self.lines:
            part, _, _ = part.rpartition(".")
        line = f", line {self.lines[part]}" if part else ""
        return f"{self.name}{line}, {field}"

    def require_shareable(self) -> None:
        """Refuse a file that must not be published, though it may be computed with.

        Raises
        ------
        InputError
            Naming file, line and outcome of the first value whose licence forbids sharing it.
        """
        for outcome, value in self.values.items():
            if not value.shareable:
                raise InputError(
                    "a unit value whose licence forbids sharing cannot be published",
                    where=self.place(f"outcomes[{outcome}].unit_value"),
                    found=f"{value.source}: {value.licence}",
                    allowed="values marked shareable; keep this file outside data/cases and compute with it "
                    "by `pfpp breakeven CASE.yml`",
                )


def read(path: Path) -> CaseFile:
    """Read a case file and check it.

    Parameters
    ----------
    path
        A YAML file of the shape of `schema`.

    Returns
    -------
    CaseFile
        From which to make cases.

    Raises
    ------
    InputError
        Naming file, line and field, what was found and what is allowed.
    """
    file = path.name
    lined = yaml_lines.read(path, file=file, what="the case")
    if fault := yaml_lines.fault(lined, schema()):
        line, field = yaml_lines.line_of(fault.absolute_path, lined), _field(fault.absolute_path, lined)
        raise yaml_lines.refusal(fault, f"{file}, line {line}" + (f", {field}" if field else ""))
    raw = yaml_lines.plain(lined)
    _require_years(lined, file)
    bank = Bank(path.parent / raw["value_table"] if "value_table" in raw else None)
    found = {each.field: each for each in _spreads(lined, "", file)}
    values = {}
    for entry in raw["outcomes"]:
        field = f"outcomes[{entry['outcome']}].unit_value"
        values[entry["outcome"]] = bank.value(entry["unit_value"], f"{file}, {field}")
        if isinstance(entry["unit_value"], str):
            found[f"{field}.value_gbp"] = bank.spread(entry["unit_value"], f"{field}.value_gbp")
    made = CaseFile(file, raw, found, values, dict(_lines(lined, "")))
    for view in VIEWS:  # what is wrong only at the end of a range is wrong too
        made.case(view)
    return made


def faults(folder: Path) -> list[InputError]:
    """Find what is wrong with the case files of a folder that is published, one fault a file.

    Parameters
    ----------
    folder
        Whose ``*.yml`` are read; it need not exist.

    Returns
    -------
    list of InputError
        A file that cannot be read, or whose unit values must not be shared.
    """
    found = []
    reads.note(folder)
    for path in sorted(folder.glob("*.yml")):
        try:
            read(path).require_shareable()
        except InputError as error:
            found.append(error)
    return found


def _require_years(lined: yaml_lines.Node, file: str) -> None:
    """Check the keys of a deflator of the file's own: JSON Schema knows keys as texts only."""
    given = lined.get("deflator")
    for year in yaml_lines.plain(given["index"]) if isinstance(given, dict) else ():
        if not isinstance(year, int) or isinstance(year, bool):
            where = f"{file}, line {given['index'][yaml_lines.LINE]}, deflator.index"
            raise InputError("not a year", where=where, found=year, allowed="calendar years such as 2022")


def _lines(node: yaml_lines.Node, field: str) -> Iterator[tuple[str, int]]:
    """Find the line of every field."""
    for key, inner in node.items():
        name = f"{field}.{key}".strip(".")
        if isinstance(inner, list) and key in ("costs", "outcomes"):
            for position, entry in enumerate(inner):
                at = f"{name}[{_name(entry, position)}]"
                yield at, entry[yaml_lines.LINE]
                yield from _lines(entry, at)
        elif isinstance(inner, dict):
            yield name, inner[yaml_lines.LINE]
            yield from _lines(inner, name)
        else:
            yield name, node[yaml_lines.LINE]


def _field(path: Any, raw: yaml_lines.Node) -> str:  # noqa: ANN401 a deque of jsonschema
    """Name a place in a file as readers would: entries of lists by their names."""
    field = ""
    for step in path:
        field += f"[{_name(raw[step], step)}]" if isinstance(step, int) else f".{step}"
        raw = raw[step]
    return field.strip(".")


def _name(entry: yaml_lines.Node, position: int) -> str:
    named = [entry[key] for key in ("cost", "outcome") if key in entry] if isinstance(entry, dict) else []
    return str(named[0]) if named else str(position + 1)


def _spreads(node: yaml_lines.Node, field: str, file: str) -> Iterator[Spread]:
    """Find every number of a case that may have a range."""
    for key, inner in node.items():
        name = f"{field}.{key}".strip(".")
        if key in PLAIN or key == yaml_lines.LINE or isinstance(inner, bool):
            continue
        if isinstance(inner, list) and key in ("costs", "outcomes"):
            for position, entry in enumerate(inner):
                yield from _spreads(entry, f"{name}[{_name(entry, position)}]", file)
        elif isinstance(inner, int | float) or (isinstance(inner, dict) and _is_range(inner)):
            line = inner if isinstance(inner, dict) else node
            where = f"{file}, line {line[yaml_lines.LINE]}, {name}"
            yield spread(name, yaml_lines.plain(inner), falls=_falls(name), where=where)
        elif isinstance(inner, dict):
            yield from _spreads(inner, name, file)


def _is_range(node: dict[str, Any]) -> bool:
    keys = node.keys() - {yaml_lines.LINE}
    return bool(keys) and keys <= {"low", "central", "high", "count", "of", "source"}


def _falls(field: str) -> bool:
    """Whether a case looks worse as a field rises."""
    *_, inside, last = ["", *field.split(".")]
    if inside == "reference":
        return last not in EFFECTS
    return last in FALLING or field == "optimism_bias.rate"


def _case(raw: dict[str, Any], numbers: Mapping[str, Fraction], values: dict[str, UnitValue]) -> Case:
    conversion, bias = raw.get("conversion"), raw.get("optimism_bias", {"convention": "benefits"})
    known, deadweight = numbers.get("beneficiaries"), numbers.get("conversion.deadweight")
    return Case(
        name=raw["case"],
        costs=tuple(_cost(entry, numbers) for entry in raw["costs"]),
        outcomes=tuple(_outcome(entry, numbers, values[entry["outcome"]]) for entry in raw["outcomes"]),
        price_year=raw["price_year"],
        deflator=_deflator(raw.get("deflator")),
        beneficiaries=None if known is None else People(known),
        conversion=Conversion(
            Share(numbers["conversion.rate"]), None if deadweight is None else Share(deadweight)
        )
        if conversion
        else None,
        optimism_bias=Share(numbers.get("optimism_bias.rate", NOTHING)),
        convention=bias["convention"],
        schedule=discounting.schedule(raw.get("discount", "standard")),
        rounding=raw.get("rounding", "up"),
        distributional_weights=raw.get("distributional_weights", False),
        unmonetised=tuple(raw.get("unmonetised", ())),
    )


def _deflator(given: str | dict[str, Any] | None) -> prices.Deflator | None:
    if given is None or isinstance(given, str):
        return prices.deflator(given) if given else None
    return prices.Deflator(given["vintage"], given["index"], given["source"])


def _cost(raw: dict[str, Any], numbers: Mapping[str, Fraction]) -> Cost:
    field = f"costs[{raw['cost']}]"
    return Cost(
        name=raw["cost"],
        amount=Money(numbers[f"{field}.amount_gbp"], raw["price_year"]),
        profile=tuple(raw.get("profile", (WHOLE,))),
        first_year=raw.get("first_year", 0),
        optimism_bias=Share(numbers.get(f"{field}.optimism_bias", NOTHING)),
    )


def _outcome(raw: dict[str, Any], numbers: Mapping[str, Fraction], value: UnitValue) -> Outcome:
    field = f"outcomes[{raw['outcome']}]"

    def get(name: str, default: Fraction) -> Fraction:
        return numbers.get(f"{field}.{name}", default)

    known = numbers.get(f"{field}.beneficiaries")
    price = Money(get("unit_value.value_gbp", value.value.gbp), value.value.price_year)
    return Outcome(
        name=raw["outcome"],
        unit_value=UnitValue(**{**vars(value), "value": price}),
        units=get("units", WHOLE),
        duration=Years(get("duration_years", ONE_YEAR)),
        drop_off=Share(get("drop_off", NOTHING)),
        first_year=raw.get("first_year", 0),
        share=Share(get("share", WHOLE)),
        beneficiaries=None if known is None else People(known),
        additionality=_additionality(raw.get("additionality", {}), numbers, f"{field}.additionality"),
        weight=get("weight", WHOLE),
        schedule=discounting.schedule(raw["discount"]) if "discount" in raw else None,
    )


def _additionality(raw: dict[str, Any], numbers: Mapping[str, Fraction], field: str) -> Additionality:
    def effects(field: str) -> Effects:
        shares = {name: Share(numbers.get(f"{field}.{name}", NOTHING)) for name in EFFECTS}
        return Effects(**shares, multiplier=numbers.get(f"{field}.multiplier", WHOLE))

    deadweight, inner = numbers.get(f"{field}.deadweight"), f"{field}.reference"
    reference = Reference(Share(numbers[f"{inner}.impact"]), effects(inner)) if "reference" in raw else None
    try:
        return Additionality(effects(field), None if deadweight is None else Share(deadweight), reference)
    except InputError as error:
        where = error.where.replace("additionality", field)
        raise InputError(error.what, where=where, found=error.found, allowed=error.allowed) from error
