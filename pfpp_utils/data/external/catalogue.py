"""The official files that the project can use: ``data/sources.yml``, read and checked."""

from __future__ import annotations

import functools
import json
import re
from importlib import resources
from pathlib import Path
from typing import Any

from pfpp_utils import project
from pfpp_utils.data import yaml_lines
from pfpp_utils.data.external import years
from pfpp_utils.data.external.source import Item, Source
from pfpp_utils.errors import InputError

FILE = "data/sources.yml"


def load() -> tuple[Source, ...]:
    """Read the list of sources: the project's own, or where it has none that of this checkout.

    Returns
    -------
    tuple of Source
        In the order of the file.

    Raises
    ------
    InputError
        Naming file and line: not YAML, a key or value that is not allowed, a name given twice, a pattern
        that is no regular expression.
    """
    own = project.data() / "sources.yml"
    path = own if own.is_file() else project.CHECKOUT / FILE
    return _read(path, path.stat().st_mtime_ns if path.is_file() else 0)


def item(name: str, year: str | None = None) -> Item:
    """Find a source by name.

    Parameters
    ----------
    name
        A name such as ``"imd-2019"``, or one with a year such as ``"grants-register-awards-2016-17"``.
    year
        Financial year such as ``"2016-17"``, if the name does not say it.

    Returns
    -------
    Item
        The source, and the year if one was given.

    Raises
    ------
    InputError
        If there is no such source, or a year is given twice or to a source that has none.
    """
    known = {source.name: source for source in load()}
    short, said = name, None
    if name not in known and (match := re.fullmatch(r"(.+)-(20\d\d-\d\d)", name)):
        short, said = match[1], match[2]
    if short not in known:
        raise InputError("unknown source", where=FILE, found=name, allowed=known)
    if said and year and said != year:
        raise InputError("two years", where=name, found=year, allowed="one year")
    when = said or year
    if when and not known[short].yearly:
        raise InputError("this source has no years", where=short, found=when, allowed=f"{short} alone")
    return Item(known[short], years.check(when, where=name) if when else None)


@functools.lru_cache(maxsize=4)
def _read(path: Path, _modified: int) -> tuple[Source, ...]:
    lined = yaml_lines.read(path, file=FILE, what="the list of sources")
    schema = json.loads(resources.files(__package__).joinpath("sources.schema.json").read_text("utf-8"))
    if fault := yaml_lines.fault(lined, schema):
        line = yaml_lines.line_of(fault.absolute_path, lined)
        raise yaml_lines.refusal(fault, ", ".join([f"{FILE}, line {line}", *_field(fault.absolute_path)]))
    sources: dict[str, Source] = {}
    for raw in lined["sources"]:
        where = f"{FILE}, line {raw[yaml_lines.LINE]}"
        if raw["name"] in sources:
            raise InputError("a source is listed twice", where=where, found=raw["name"], allowed="once")
        _require_patterns(raw["get"], where)
        sources[raw["name"]] = Source.of(yaml_lines.plain(raw))
    return tuple(sources.values())


def _field(path: Any) -> list[str]:  # noqa: ANN401 a deque of jsonschema
    return [str(step) for step in path if isinstance(step, str) and step != "sources"][:1]


def _require_patterns(get: dict[str, Any], where: str) -> None:
    for pattern in [*get.get("attachment", ()), *get.get("unless", ())]:
        try:
            re.compile(pattern)
        except re.error as error:
            what, allowed = "a pattern that cannot be used", f"a regular expression ({error})"
            raise InputError(what, where=where, found=pattern, allowed=allowed) from error
