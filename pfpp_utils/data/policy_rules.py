"""Policy areas and the rules that find them, as ``data/policy_areas.yml`` or another file states them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from pfpp_utils import project
from pfpp_utils.data import yaml_lines
from pfpp_utils.errors import InputError
from pfpp_utils.methods.policy_rules import Area, Rule

FILE = "policy_areas.yml"


@dataclass(frozen=True)
class PolicyRules:
    """What a file of policy areas holds.

    Attributes
    ----------
    areas
        In the file's order.
    rules
        In the order in which they are tried.
    placeholders
        Descriptions that say nothing, such as ``TBC``.
    """

    areas: tuple[Area, ...]
    rules: tuple[Rule, ...]
    placeholders: tuple[str, ...]

    @cached_property
    def names(self) -> dict[str, str]:
        """Name of the area for every name that an area has, in lower case."""
        return {name.lower(): area.name for area in self.areas for name in (area.name, *area.also)}


def schema() -> dict[str, Any]:
    """JSON Schema of a file of policy areas."""
    text = Path(__file__).with_name("policy_areas.schema.json").read_text(encoding="utf-8")
    return dict(json.loads(text))


def read(path: Path | None = None) -> PolicyRules:
    """Read policy areas and rules.

    Parameters
    ----------
    path
        A YAML file of the shape of `schema`; by default the bundled ``data/policy_areas.yml``.

    Returns
    -------
    PolicyRules
        Areas, rules and placeholders.

    Raises
    ------
    InputError
        Naming file and line, what was found and what is allowed: a file of another shape, an area or rule
        given twice, a rule for an area that is not listed.
    """
    path = path or project.data() / FILE
    raw = yaml_lines.read(path, file=path.name, what="the policy areas")
    if fault := yaml_lines.fault(raw, schema()):
        where = f"{path.name}, line {yaml_lines.line_of(fault.absolute_path, raw)}"
        raise yaml_lines.refusal(fault, where)
    _require_sense(raw, path.name)
    return PolicyRules(
        tuple(_area(entry) for entry in raw["areas"]),
        tuple(_rule(entry) for entry in raw["rules"]),
        tuple(raw.get("placeholders", ())),
    )


def _area(entry: yaml_lines.Node) -> Area:
    divisions, also = tuple(entry["cofog"]), tuple(entry.get("also", ()))
    return Area(entry["name"], entry["in"], entry["out"], divisions, also)


def _rule(entry: yaml_lines.Node) -> Rule:
    phrases, unless = tuple(entry["any"]), tuple(entry.get("unless", ()))
    return Rule(entry["id"], entry["area"], phrases, unless, entry.get("overrides", False))


def _require_sense(raw: yaml_lines.Node, file: str) -> None:
    named = [(name, entry) for entry in raw["areas"] for name in (entry["name"], *entry.get("also", ()))]
    _require_once(named, file, "an area's name is given twice")
    _require_once(((entry["id"], entry) for entry in raw["rules"]), file, "a rule's id is given twice")
    names = [entry["name"] for entry in raw["areas"]]
    for entry in raw["rules"]:
        if entry["area"] not in names:
            where = f"{file}, line {entry[yaml_lines.LINE]}"
            raise InputError("a rule for an unknown area", where=where, found=entry["area"], allowed=names)


def _require_once(named: Iterable[tuple[str, yaml_lines.Node]], file: str, what: str) -> None:
    seen: set[str] = set()
    for name, entry in named:
        if name.lower() in seen:
            where = f"{file}, line {entry[yaml_lines.LINE]}"
            raise InputError(what, where=where, found=name, allowed="each name once")
        seen.add(name.lower())
