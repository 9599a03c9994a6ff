"""360Giving JSON: grants with lists inside, flattened under the titles of the standard's own spreadsheet.

References
----------
360Giving Data Standard 1.4, https://standard.threesixtygiving.org (CC BY 4.0).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NoReturn

import pandas as pd

from pfpp_utils.data.awards import columns, mojibake
from pfpp_utils.data.awards.bodies import Body
from pfpp_utils.data.awards.layouts import Layout, known
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.data.awards.text_cells import TEXT
from pfpp_utils.errors import InputError

#: Most bytes of a file, which take about eight times as much memory; and how deep its lists may nest.
LARGEST, DEEPEST = 100 * 2**20, 12
_ORGANISATION = {
    "Identifier": "id",
    "Name": "name",
    "Charity Number": "charityNumber",
    "Company Number": "companyNumber",
    "Type": "organisationType",
    "Street Address": "streetAddress",
    "City": "addressLocality",
    "Country": "addressCountry",
    "Postal Code": "postalCode",
}
#: Where each canonical column stands in a grant; of several places, the first that is filled. Those in
#: ``additional_data`` and ``recipientDistrict...`` are what GrantNav adds from the postcode.
PATHS: dict[str, tuple[str, ...]] = {
    columns.IDENTIFIER: ("id",),
    "Title": ("title",),
    "Description": ("description",),
    "Currency": ("currency",),
    columns.AMOUNT: ("amountAwarded",),
    columns.AWARD_DATE: ("awardDate",),
    "Planned Dates:Start Date": ("plannedDates.startDate",),
    "Planned Dates:End Date": ("plannedDates.endDate",),
    **{f"Recipient Org:{title}": (f"recipientOrganization.{key}",) for title, key in _ORGANISATION.items()},
    "Recipient Org:Location:Name": (
        "recipientOrganization.location.name",
        "recipientDistrictName",
        "additional_data.recipientDistrictName",
    ),
    "Recipient Org:Location:Geographic Code": (
        "recipientOrganization.location.geoCode",
        "recipientDistrictGeoCode",
        "additional_data.recipientDistrictGeoCode",
    ),
    "Beneficiary Location:Name": ("beneficiaryLocation.name",),
    "Beneficiary Location:Geographic Code": ("beneficiaryLocation.geoCode",),
    "Beneficiary Location:Geographic Code Type": ("beneficiaryLocation.geoCodeType",),
    "Funding Org:Identifier": ("fundingOrganization.id",),
    columns.FUNDER: ("fundingOrganization.name",),
    "Grant Programme:Code": ("grantProgramme.code",),
    columns.PROGRAMME: ("grantProgramme.title",),
    "From an open call?": ("fromOpenCall",),
    "Last modified": ("dateModified",),
}
_NEEDED = ("id", "amountAwarded", "awardDate", "fundingOrganization")
_WHAT = 'grants of the 360Giving standard: {"grants": [{"id": ..., "amountAwarded": ..., ...}]}'


def read(path: Path) -> Body:
    """Read a file of 360Giving JSON: a package, a plain list of grants, or an export of GrantNav.

    Parameters
    ----------
    path
        The file, in UTF-8.

    Returns
    -------
    Body
        One row a grant, ``row`` its position from 1. Several values of a field are joined by "; ". Of a
        recipient who is a person there is only the type ``Individual``. `unused` are the paths that no column
        takes.

    Raises
    ------
    InputError
        If it is no JSON, too large, nested too deeply, or no grants of the standard.
    """
    grants = _grants(path)
    flat = [dict(_joined(_leaves(grant, f"grant {at}", path))) for at, grant in enumerate(grants, start=1)]
    cells = pd.DataFrame([_row(each) for each in flat], columns=list(columns.PUBLISHED), dtype=TEXT)
    rows = pd.Series(range(1, len(flat) + 1), dtype="int64")
    cells, repaired = mojibake.mend_cells(cells, rows)
    cells = cells.assign(file=path.name, sheet="", row=rows, year=None)
    cells = cells.astype(dict.fromkeys(("file", "sheet", "year"), TEXT))
    paths = {name: each for each in flat for name in each}
    taken = {name for several in PATHS.values() for name in several}
    return Body(
        layout=_layout(),
        sheet=Sheet(path, "", pd.DataFrame(), len(grants), "json", encoding="utf-8"),
        header_row=0,
        cells=cells,
        rows=len(grants),
        unit="pounds",
        columns={name: found for name, several in PATHS.items() if (found := _first(several, paths))},
        unused=tuple(sorted(set(paths) - taken)),
        lacking=tuple(name for name, several in PATHS.items() if not _first(several, paths)),
        blank_rows=0,
        outside=pd.DataFrame(columns=["row", "reason", "amount", "text"], dtype=TEXT).astype(
            {"row": "int64"}
        ),
        stated=None,
        repaired=repaired,
        notes=tuple(_notes(grants)),
    )


def _layout() -> Layout:
    return next(each for each in known() if each.name == "threesixtygiving")


def _grants(path: Path) -> list[dict[str, Any]]:
    if (size := path.stat().st_size) > LARGEST:
        allowed = f"up to {LARGEST:,} bytes, or the same as .csv or .xlsx"
        _refuse("the JSON is too large", path, f"{size:,} bytes", allowed)
    try:
        held = json.loads(
            path.read_bytes().decode("utf-8-sig"), parse_int=str, parse_float=str, parse_constant=_no_number
        )
    except RecursionError:
        _refuse("the JSON is nested too deeply", path, "lists within lists", f"up to {DEEPEST} levels")
    except ValueError as error:  # no JSON, or not UTF-8
        _refuse("not JSON", path, str(error), "JSON in UTF-8")
    grants = held.get("grants") if isinstance(held, dict) else held
    if not isinstance(grants, list) or not grants:
        found = sorted(held) if isinstance(held, dict) else type(held).__name__
        _refuse("no grants in the JSON", path, found, _WHAT)
    for at, grant in enumerate(grants, start=1):
        if not isinstance(grant, dict):
            where = f"{path.name}, grant {at} of {len(grants)}"
            raise InputError("not a grant", where=where, found=grant, allowed=_WHAT)
    if not any(all(key in grant for key in _NEEDED) for grant in grants):
        _refuse("not the 360Giving standard", path, sorted(grants[0]), f"grants with {', '.join(_NEEDED)}")
    return grants


def _notes(grants: list[dict[str, Any]]) -> Iterator[str]:
    """Say which grants lack what the standard requires."""
    for key in _NEEDED:
        lacking = [at for at, grant in enumerate(grants, start=1) if grant.get(key) in (None, "", [], {})]
        if lacking:
            more = f" and {len(lacking) - 10:,} more" if len(lacking) > 10 else ""
            what = f"{len(lacking):,} of {len(grants):,} grants lack {key!r}, which the standard requires"
            yield f"{what}: {', '.join(map(str, lacking[:10]))}{more}"


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"{text} is no number")


def _leaves(node: Any, grant: str, path: Path, at: str = "", depth: int = 0) -> Iterator[tuple[str, str]]:  # noqa: ANN401 of JSON
    """Find every value with the path of keys to it; positions in lists make no part of a path."""
    if depth > DEEPEST:
        where, allowed = f"{path.name}, {grant}", f"up to {DEEPEST} levels"
        raise InputError("the JSON is nested too deeply", where=where, found=at, allowed=allowed)
    if isinstance(node, dict):
        for key, inner in node.items():
            yield from _leaves(inner, grant, path, f"{at}.{key}" if at else key, depth + 1)
    elif isinstance(node, list):
        for inner in node:
            yield from _leaves(inner, grant, path, at, depth + 1)
    elif node is not None and (text := str(node).encode("utf-8", "replace").decode("utf-8").strip()):
        yield at, text  # JSON can hold half of a pair of surrogates, which no other file can


def _joined(leaves: Iterator[tuple[str, str]]) -> Iterator[tuple[str, str]]:
    several: dict[str, list[str]] = {}
    for path, text in leaves:
        several.setdefault(path, []).append(text)
    return ((path, columns.JOINED.join(texts)) for path, texts in several.items())


def _row(flat: dict[str, str]) -> dict[str, str]:
    row = {name: flat[found] for name, several in PATHS.items() if (found := _first(several, flat))}
    if any(path.startswith("recipientIndividual.") for path in flat):
        row["Recipient Org:Type"] = "Individual"
    return row


def _first(several: tuple[str, ...], flat: dict[str, Any]) -> str:
    return next((path for path in several if path in flat), "")


def _refuse(what: str, path: Path, found: object, allowed: str) -> NoReturn:
    raise InputError(what, where=path.name, found=found, allowed=allowed)
