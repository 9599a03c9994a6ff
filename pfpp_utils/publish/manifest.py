"""``notebooks/plan.yml`` as a file: its lines, its shape, and what is wrong with it at which line."""

from __future__ import annotations

from typing import Any

import jsonschema
import yaml

from pfpp_utils import project
from pfpp_utils.errors import InputError

FILE = "notebooks/plan.yml"
#: Key under which every mapping carries its line, counted from 1.
LINE = "__line__"

_NAME = {"type": "string", "pattern": r"^[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*$"}
_PAGE = {"type": "string", "pattern": r"^[A-Za-z0-9_-]+$"}


def _object(title: str, required: list[str], properties: dict[str, Any]) -> dict[str, Any]:
    shape = {"required": required, "properties": {**properties, LINE: {}}, "additionalProperties": False}
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
#: JSON Schema of one entry, by the key that says what kind of page it is.
_ENTRIES = {
    "notebook": _object(
        "an entry", ["notebook", "runs"], {"notebook": _NAME, "runs": _list({"$ref": "#/$defs/run"})}
    ),
    "prose": _object("an entry", ["prose"], {"prose": _NAME, "pages": _list({"$ref": "#/$defs/entry"})}),
    "generated": _object("an entry", ["generated"], {"generated": _NAME}),
}
SCHEMA = {
    "$defs": {
        "run": _RUN,
        "entry": {
            "type": "object",
            "minProperties": 2,
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
            "front": _NAME,
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


class _Loader(yaml.SafeLoader):
    """A YAML loader that notes the line of every mapping and refuses a key given twice."""


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    line = node.start_mark.line + 1
    keys = [loader.construct_object(key) for key, _ in node.value]
    twice = [key for key in keys if keys.count(key) > 1]
    if twice:
        where = f"{FILE}, line {line}"
        raise InputError("a key is given twice", where=where, found=twice[0], allowed="each key once")
    mapping: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return {**mapping, LINE: line}


_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


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
    path = project.root() / FILE
    try:
        raw = yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(
            "the plan cannot be read", where=FILE, found=str(error), allowed="YAML in UTF-8"
        ) from error
    fault = jsonschema.exceptions.best_match(jsonschema.Draft202012Validator(SCHEMA).iter_errors(raw))
    if fault:
        raise _refusal(fault, raw)
    return dict(raw)


def plain(mapping: dict[str, Any]) -> dict[str, Any]:
    """Return a mapping without its line, and the mappings in it without theirs.

    Parameters
    ----------
    mapping
        A mapping from :func:`read`.

    Returns
    -------
    dict
        A copy without the key :data:`LINE`.
    """
    return {
        key: plain(value) if isinstance(value, dict) else value
        for key, value in mapping.items()
        if key != LINE
    }


def _refusal(fault: jsonschema.ValidationError, raw: object) -> InputError:
    """Say what a fault of shape means, at the line of the innermost mapping around it."""
    line, place = 1, raw
    for step in fault.absolute_path:
        place = place[step]  # type: ignore[index]
        line = place.get(LINE, line) if isinstance(place, dict) else line
    where = f"{FILE}, line {line}"
    found = plain(fault.instance) if isinstance(fault.instance, dict) else fault.instance
    match fault.validator:
        case "additionalProperties":
            known = [key for key in fault.schema["properties"] if key != LINE]
            strange = [key for key in fault.instance if key not in {*known, LINE}]
            return InputError("unknown key", where=where, found=strange[0], allowed=sorted(known))
        case "required":
            absent = next(key for key in fault.validator_value if key not in fault.instance)
            what = f"{fault.schema['title']} without {absent!r}"
            return InputError(what, where=where, found=found, allowed=repr(absent))
        case "anyOf" | "minProperties":
            return InputError("an entry names no page", where=where, found=found, allowed=list(_ENTRIES))
        case _:
            return InputError("not of the right kind", where=where, found=found, allowed=fault.message)
