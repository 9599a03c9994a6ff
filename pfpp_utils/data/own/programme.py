"""The programme that a project is about: ``data/programme.yml``."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pfpp_utils import project
from pfpp_utils.data import yaml_lines
from pfpp_utils.errors import InputError

FILE = "data/programme.yml"

_TEXT = {"type": "string", "minLength": 1, "description": "a text"}
_GRANTS = {
    "title": "grants",
    "type": "object",
    "required": ["files", "source"],
    "properties": {
        "files": {
            "type": "array",
            "minItems": 1,
            "items": _TEXT,
            "description": "files, as paths below data/",
        },
        "mapping": {**_TEXT, "description": "a mapping file, as a path below data/"},
        "source": {**_TEXT, "description": "who published the grants, and when"},
        "example": {"type": "boolean", "description": "true for invented awards"},
    },
    "additionalProperties": False,
}
#: JSON Schema of the file.
SCHEMA: dict[str, Any] = {
    "title": "the programme",
    "type": "object",
    "required": ["name", "period", "geography", "price_year", "grants"],
    "properties": {
        **dict.fromkeys(("name", "period", "geography"), _TEXT),
        "price_year": {
            "type": "integer",
            "minimum": 2019,
            "maximum": 2024,
            "description": "a calendar year from 2019 to 2024, those of the bundled deflator",
        },
        "grants": _GRANTS,
        "notebooks_keep_outputs": {"type": "boolean", "description": "true or false"},
    },
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Programme:
    """A programme.

    Attributes
    ----------
    name, period, geography
        As titles and subtitles say them.
    price_year
        Calendar year in whose prices results are.
    grants
        Files of awards.
    mapping
        Layout of files that no known one fits.
    grants_source
        What the source line of a figure says of the grants.
    grants_example
        Whether the awards are invented.
    """

    name: str
    period: str
    geography: str
    price_year: int
    grants: tuple[Path, ...]
    mapping: Path | None
    grants_source: str
    grants_example: bool = False


def read() -> Programme:
    """Read ``data/programme.yml`` of the project at hand.

    Raises
    ------
    InputError
        Naming line and field: what is missing or cannot be used, or a file that is not there.
    """
    lined = yaml_lines.read(project.root() / FILE, file=FILE, what="the programme")
    if fault := yaml_lines.fault(lined, SCHEMA):
        line, field = yaml_lines.line_of(fault.absolute_path, lined), ".".join(map(str, fault.absolute_path))
        raise yaml_lines.refusal(fault, f"{FILE}, line {line}" + (f", {field}" if field else ""))
    raw = yaml_lines.plain(lined)
    grants = raw["grants"]
    where = f"{FILE}, line {lined['grants'][yaml_lines.LINE]}, grants"
    return Programme(
        **{name: raw[name] for name in ("name", "period", "geography", "price_year")},
        grants=tuple(_there(each, f"{where}.files") for each in grants["files"]),
        mapping=_there(grants["mapping"], f"{where}.mapping") if "mapping" in grants else None,
        grants_source=grants["source"],
        grants_example=grants.get("example", False),
    )


def keeps_outputs() -> bool:
    """Whether committed notebooks keep their outputs as a reference; a project may say that they do not."""
    path = project.root() / FILE
    if not path.is_file():
        return True
    lined = yaml_lines.read(path, file=FILE, what="the programme")
    return not isinstance(lined, dict) or bool(lined.get("notebooks_keep_outputs", True))


def _there(name: str, where: str) -> Path:
    path = project.data() / name
    if not path.is_file():
        raise InputError(
            "no such file", where=where, found=name, allowed="a file below data/, such as grants/awards.csv"
        )
    return path
