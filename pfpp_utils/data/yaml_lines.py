"""YAML files with the line of every mapping in them, so that a message can say where."""

from __future__ import annotations

import copy
import re
from collections.abc import Hashable, Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias

import jsonschema
import yaml

from pfpp_utils.data import reads
from pfpp_utils.errors import InputError

#: A mapping, a list or a plain value, as YAML has them.
Node: TypeAlias = Any
#: Key under which every mapping carries its line, counted from 1.
LINE = "__line__"

#: Most bytes that a file may have; the longest of this project has a twentieth.
LARGEST = 2**20


class _Loader(yaml.SafeLoader):
    """A YAML loader that notes the line of every mapping, and refuses a key given twice and aliases.

    It makes plain values only, never objects. Aliases let a few lines stand for billions of values.
    """

    file = ""

    def compose_node(self, parent: yaml.Node | None, index: Any) -> yaml.Node | None:  # noqa: ANN401
        """Read a value."""
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            where = f"{self.file}, line {event.start_mark.line + 1}"
            raise InputError("an alias", where=where, found=f"*{event.anchor}", allowed="values written out")
        return super().compose_node(parent, index)


def _mapping(loader: _Loader, node: yaml.MappingNode) -> dict[Any, Any]:
    line = node.start_mark.line + 1
    seen = set()
    for key in (loader.construct_object(key) for key, _ in node.value):
        if isinstance(key, Hashable) and key in seen:
            where = f"{loader.file}, line {line}"
            raise InputError("a key is given twice", where=where, found=key, allowed="each key once")
        seen |= {key} if isinstance(key, Hashable) else set()
    mapping: dict[Any, Any] = loader.construct_mapping(node, deep=True)
    return {**mapping, LINE: line}


# YAML 1.1 reads 0100 as 64, 190:20:30 as 685,230 and 1e5 as a text: here numbers are as people write them.
_NUMBERS = {"tag:yaml.org,2002:int", "tag:yaml.org,2002:float"}
_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in kinds if tag not in _NUMBERS]
    for first, kinds in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float",
    re.compile(
        r"[-+]?(?:(?:(?:0|[1-9][0-9_]*)\.[0-9_]*|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?"
        r"|(?:0|[1-9][0-9_]*)[eE][-+]?[0-9]+|\.(?:inf|Inf|INF))$|\.(?:nan|NaN|NAN)$"
    ),
    list("-+0123456789."),
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"[-+]?(?:0|[1-9][0-9_]*)$"), list("-+0123456789")
)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


@lru_cache(maxsize=10)  # the plan is read several times while a book is made
def _parsed(text: str, file: str) -> Node:
    loader = _Loader(text)
    loader.file = file
    return loader.get_single_data()


def read(path: Path, *, file: str, what: str) -> Node:
    """Read a YAML file.

    Parameters
    ----------
    path
        The file.
    file, what
        What to call it in messages: its name, and what it is, such as ``"the plan"``.

    Returns
    -------
    object
        What the file holds; every mapping carries its line under :data:`LINE`.

    Raises
    ------
    InputError
        If it is absent, not UTF-8 or not YAML, larger than :data:`LARGEST` or nested too deeply, or a key is
        given twice or a value by an alias; with its line where there is one.
    """
    reads.note(path)
    try:
        if (size := path.stat().st_size) > LARGEST:
            found, allowed = f"{size:,} bytes", f"up to {LARGEST:,} bytes"
            raise InputError(f"{what} is too large", where=file, found=found, allowed=allowed)
        return copy.deepcopy(_parsed(path.read_text(encoding="utf-8"), file))
    except InputError:
        raise
    except RecursionError as error:
        found, allowed = "lists within lists", "a few levels"
        raise InputError(f"{what} is nested too deeply", where=file, found=found, allowed=allowed) from error
    except (OSError, ValueError, yaml.YAMLError) as error:  # a number or a date can be too long, or none
        raise InputError(
            f"{what} cannot be read", where=file, found=str(error), allowed="YAML in UTF-8"
        ) from error


def plain(value: Node) -> Node:
    """Return what a file holds without the lines.

    Parameters
    ----------
    value
        A part of what :func:`read` returns.

    Returns
    -------
    object
        A copy without the key :data:`LINE`, at any depth.
    """
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items() if key != LINE}
    return [plain(inner) for inner in value] if isinstance(value, list) else value


def _whole(_: object, value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


#: A year such as 2022.0 is none.
_Validator = jsonschema.validators.extend(
    jsonschema.Draft202012Validator,
    type_checker=jsonschema.Draft202012Validator.TYPE_CHECKER.redefine("integer", _whole),
)


def fault(raw: Node, schema: dict[str, Any]) -> jsonschema.ValidationError | None:
    """Find the fault of shape that says most, by a JSON Schema that knows nothing of lines."""
    validator = _Validator(schema)
    return jsonschema.exceptions.best_match(validator.iter_errors(plain(raw)))


def line_of(path: Iterable[str | int], raw: Node) -> int:
    """Line of the innermost mapping on the way to a place.

    Parameters
    ----------
    path
        Keys and positions from the top of the file.
    raw
        What :func:`read` returned.

    Returns
    -------
    int
        Counted from 1.
    """
    line = raw.get(LINE, 1) if isinstance(raw, dict) else 1
    for step in path:
        raw = raw[step]
        line = raw.get(LINE, line) if isinstance(raw, dict) else line
    return line


def refusal(fault: jsonschema.ValidationError, where: str) -> InputError:
    """Say what a fault of shape means.

    Parameters
    ----------
    fault
        As found by :func:`fault`.
    where
        File and line, and the field if the reader knows it.

    Returns
    -------
    InputError
        With the offending value, and what the schema's ``description`` says is allowed there.
    """
    match fault.validator:
        case "additionalProperties":
            known = fault.schema["properties"]
            strange = [key for key in fault.instance if key not in known]
            return InputError("unknown key", where=where, found=strange[0], allowed=sorted(known))
        case "required":
            absent = next(key for key in fault.validator_value if key not in fault.instance)
            what = f"{fault.schema['title']} without {absent!r}"
            return InputError(what, where=where, found=fault.instance, allowed=repr(absent))
        case _:
            allowed = fault.schema.get("description", fault.message)
            return InputError("not of the right kind", where=where, found=fault.instance, allowed=allowed)
