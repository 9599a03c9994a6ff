"""``notebooks/plan.yml`` as a file: its lines, its shape, and what is wrong with it at which line."""

from __future__ import annotations

from typing import Any

from pfpp_utils import project
from pfpp_utils.data import yaml_lines
from pfpp_utils.errors import InputError

FILE = "notebooks/plan.yml"
LINE = yaml_lines.LINE

_NAME = {"type": "string", "pattern": r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$"}
_PAGE = {"type": "string", "pattern": r"^[A-Za-z0-9_-]+$"}


def _object(title: str, required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    shape = {"required": required, "properties": properties, "additionalProperties": False}
    return {"title": title, "type": "object", **shape}


def _list(items: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "minItems": 1, "items": items}


_RUN = _object(
    "a run",
    ["page"],
    {
        "page": _PAGE,
        "title": {"type": "string"},
        "parameters": {"type": "object"},
        "below": _list({"$ref": "#/$defs/run"}),
    },
)
#: The front page where it is a notebook: one run, as it is one page.
_FRONT = _object(
    "the front page",
    ["notebook", "page"],
    {"notebook": _NAME, "after": {"const": "all"}, "page": _PAGE, "parameters": {"type": "object"}},
)
#: JSON Schema of one entry, by the key that says what kind of page it is.
_ENTRIES = {
    "notebook": _object(
        "an entry",
        ["notebook", "runs"],
        {"notebook": _NAME, "after": {"const": "all"}, "runs": _list({"$ref": "#/$defs/run"})},
    ),
    "prose": _object("an entry", ["prose"], {"prose": _NAME, "pages": _list({"$ref": "#/$defs/entry"})}),
    "generated": _object("an entry", ["generated"], {"generated": _NAME}),
}
SCHEMA = {
    "$defs": {
        "run": _RUN,
        "entry": {
            "type": "object",
            "minProperties": 1,
            "allOf": [
                {"if": {"required": [kind]}, "then": entry, "else": {}} for kind, entry in _ENTRIES.items()
            ],
            "anyOf": [{"required": [kind]} for kind in _ENTRIES],
        },
    },
    **_object(
        "the plan",
        ["front", "parts"],
        {
            "front": {"if": {"type": "object"}, "then": _FRONT, "else": _NAME},
            "parts": _list(
                _object(
                    "a part",
                    ["part", "pages"],
                    {"part": {"type": "string"}, "pages": _list({"$ref": "#/$defs/entry"})},
                )
            ),
        },
    ),
}


#: The plan that was found sound last: it is read several times while a book is made.
_sound: list[str] = []


def read() -> dict[str, Any]:
    """Read the plan and check its shape.

    Returns
    -------
    dict
        ``front`` and ``parts`` as in the file; every mapping in it carries its line under :data:`LINE`.

    Raises
    ------
    InputError
        Naming the line: not YAML, not UTF-8, a key that is unknown, missing or given twice, a value
        of the wrong kind.
    """
    raw = yaml_lines.read(project.root() / FILE, file=FILE, what="the plan")
    if (written := repr(raw)) in _sound:
        return dict(raw)
    if fault := yaml_lines.fault(raw, SCHEMA):
        where = f"{FILE}, line {yaml_lines.line_of(fault.absolute_path, raw)}"
        if fault.validator in ("anyOf", "minProperties"):
            found, allowed = fault.instance, list(_ENTRIES)
            raise InputError("an entry names no page", where=where, found=found, allowed=allowed)
        raise yaml_lines.refusal(fault, where)
    _sound[:] = [written]
    return dict(raw)
