"""What a new project is asked to be: from options of the command, or from a short YAML file."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pfpp_utils import characters
from pfpp_utils.data import yaml_lines
from pfpp_utils.data.places import PROGRAMME
from pfpp_utils.errors import InputError

SLUG = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_TEXT = {"type": "string", "minLength": 1, "description": "a text"}
_OPTIONAL = ("grants", "mapping", "costs", "period", "geography", "source")
#: JSON Schema of the file.
SCHEMA: dict[str, Any] = {
    "title": "the answers",
    "type": "object",
    "required": ["programme", "places"],
    "properties": {
        "programme": _TEXT,
        "places": {
            "type": "object",
            "minProperties": 1,
            "description": "a slug and the name of each place, such as alder: Alder",
            "additionalProperties": _TEXT,
        },
        **dict.fromkeys(_OPTIONAL, _TEXT),
    },
    "additionalProperties": False,
}


@dataclass(frozen=True)
class Answers:
    """What a new project is asked to be.

    Attributes
    ----------
    programme
        Name of the programme.
    places
        Names of its places by slug.
    grants, mapping, costs
        File of awards, the layout it has, and table of costs; None for examples.
    period, geography, source
        When and where the programme ran, and who published the grants.
    """

    programme: str
    places: dict[str, str]
    grants: Path | None = None
    mapping: Path | None = None
    costs: Path | None = None
    period: str = "period not stated"
    geography: str = ""
    source: str = ""

    def __post_init__(self) -> None:
        _require_line("--programme", self.programme)
        for option in ("period", "geography", "source"):
            if text := getattr(self, option):
                _require_line(f"--{option}", text)
        if not self.places:
            allowed = 'one place or more: --place alder="Alder"'
            raise InputError("a programme without a place", where="--place", found="none", allowed=allowed)
        for slug, name in self.places.items():
            _require_line(f"--place {slug}", name)
            if not SLUG.fullmatch(slug) or slug == PROGRAMME:
                allowed = f"small letters, digits and underlines, beginning with a letter; not {PROGRAMME}"
                raise InputError("not a slug", where="--place", found=slug, allowed=allowed)
        names = list(self.places.values())
        if twice := [name for name in names if names.count(name) > 1]:
            raise InputError(
                "two places of one name", where="--place", found=twice[0], allowed="each name once"
            )
        if self.mapping and not self.grants:
            raise InputError(
                "a mapping without a file", where="--mapping", found=str(self.mapping), allowed="--grants too"
            )
        for option in ("grants", "mapping", "costs"):
            path = getattr(self, option)
            if path and not path.is_file():
                raise InputError("no such file", where=f"--{option}", found=str(path), allowed="a file")


def places(given: tuple[str, ...]) -> dict[str, str]:
    """Read options such as ``alder=Alder``; a name alone makes its own slug.

    Examples
    --------
    >>> places(("alder=Alder Vale", "High Fell"))
    {'alder': 'Alder Vale', 'high_fell': 'High Fell'}
    """
    found: dict[str, str] = {}
    for text in given:
        before, equals, after = text.partition("=")
        name = (after if equals else before).strip()
        slug = before.strip() if equals else re.sub(r"[^a-z0-9]+", "_", name.lower()).strip("_")
        if slug in found:
            raise InputError("a place is given twice", where="--place", found=slug, allowed="each place once")
        found[slug] = name
    return found


def read(path: Path) -> Answers:
    """Read answers from a YAML file; paths in it are taken from its folder.

    Parameters
    ----------
    path
        With ``programme`` and ``places``, and any of ``grants``, ``mapping``, ``costs``, ``period``,
        ``geography`` and ``source``.

    Raises
    ------
    InputError
        Naming the line.
    """
    lined = yaml_lines.read(path, file=path.name, what="the answers")
    if fault := yaml_lines.fault(lined, SCHEMA):
        line, field = yaml_lines.line_of(fault.absolute_path, lined), ".".join(map(str, fault.absolute_path))
        raise yaml_lines.refusal(fault, f"{path.name}, line {line}" + (f", {field}" if field else ""))
    raw = yaml_lines.plain(lined)
    files = {key: path.parent / raw.pop(key) for key in ("grants", "mapping", "costs") if key in raw}
    return Answers(**raw, **files)


def _require_line(where: str, text: str) -> None:
    """Refuse what is no name; nothing that acts unseen may be in what titles, files and terminals show."""
    if not text.strip() or "\n" in text:
        raise InputError("not a name", where=where, found=text, allowed="a text of one line")
    if characters.ACTING.search(text) or "\t" in text:
        allowed = "a text without control characters and without ones that hide or turn the direction of text"
        raise InputError("a name with characters that act", where=where, found=text, allowed=allowed)
