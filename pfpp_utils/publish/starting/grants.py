"""The grants of a new project: a file of the analyst's own with a layout that fits, or invented awards."""

from __future__ import annotations

import csv
import io
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pfpp_utils.data.awards import table
from pfpp_utils.data.awards.fitting import UnrecognisedError
from pfpp_utils.publish.starting import layout
from pfpp_utils.publish.starting.answers import Answers

EXAMPLE = "example-awards.csv"
_FUNDS = (
    ("Example Trust", "Example health fund", 20_000),
    ("Example Foundation", "Example youth fund", 150_000),
)


@dataclass(frozen=True)
class Kept:
    """Grants as a project keeps them.

    Attributes
    ----------
    file, mapping
        Paths below ``data/``; no mapping where a known layout fits.
    source
        What the source line says.
    example
        Whether they are invented.
    told
        How columns were taken, a line each, where that was proposed.
    """

    file: str
    mapping: str | None
    source: str
    example: bool = False
    told: tuple[str, ...] = ()


def keep(answers: Answers, data: Path) -> Kept:
    """Put the grants into the data folder of a project, with a mapping if no known layout fits them.

    Parameters
    ----------
    answers
        Whose file is copied.
    data
        Folder of the project's data.

    Returns
    -------
    Kept
        Where they are.

    Raises
    ------
    InputError
        If the file cannot be read, or no mapping can be proposed.
    """
    folder = data / "grants"
    folder.mkdir()
    if answers.grants is None:
        (folder / EXAMPLE).write_text(_example(answers), encoding="utf-8", newline="")
        return Kept(f"grants/{EXAMPLE}", None, "Invented awards", example=True)
    shutil.copyfile(answers.grants, folder / answers.grants.name)
    source = answers.source or "File of grants as supplied"
    kept = f"grants/{answers.grants.name}"
    if answers.mapping:
        shutil.copyfile(answers.mapping, folder / answers.mapping.name)
        table.read([answers.grants], mapping=answers.mapping)
        return Kept(kept, f"grants/{answers.mapping.name}", source)
    try:
        table.read([answers.grants])
        return Kept(kept, None, source)
    except UnrecognisedError:
        proposed = layout.propose(answers.grants, [*answers.places.values()])
    own = folder / "mapping.yml"
    own.write_text(proposed.text, encoding="utf-8")
    table.read([answers.grants], mapping=own)
    return Kept(kept, "grants/mapping.yml", source, told=proposed.told)


def _example(answers: Answers) -> str:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(
        [
            "Identifier",
            "Title",
            "Currency",
            "Amount Awarded",
            "Award Date",
            "Recipient Org:Identifier",
            "Recipient Org:Name",
            "Recipient Org:Location:Name",
            "Funding Org:Identifier",
            "Funding Org:Name",
            "Grant Programme:Title",
        ]
    )
    writer.writerows(_awards(answers))
    return written.getvalue()


def _awards(answers: Answers) -> Iterator[list[object]]:
    number = 0
    for place in answers.places.values():
        for funder, fund, amount in _FUNDS:
            for letter in "AB":
                number += 1
                org = f"Example organisation {letter} in {place}"
                yield [
                    f"example-{number}",
                    f"Example award {number}",
                    "GBP",
                    amount * number,
                    "2023-06-01",
                    f"example-org-{letter}-{place}",
                    org,
                    place,
                    f"example-{funder}",
                    funder,
                    fund,
                ]
