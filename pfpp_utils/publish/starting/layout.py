"""Which column of an unknown file of grants is which: proposed by its headings, as a mapping file."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import yaml

from pfpp_utils.data.awards import fitting, headers, layouts, sheets
from pfpp_utils.data.awards.columns import AMOUNT, AWARD_DATE, RECIPIENT
from pfpp_utils.data.awards.fitting import UnrecognisedError
from pfpp_utils.data.awards.layouts import DateOrder, Layout
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.errors import InputError
from pfpp_utils.publish.starting import cells, guesses

#: Headings that people give to canonical columns, besides those of the layouts that are known.
HEADINGS = {
    AMOUNT: "Amount|Grant amount|Award amount|Amount paid|Amount awarded|Grant value|Value|Award|Total award|"
    "Payment|Sum|Total|£",
    RECIPIENT: "Recipient|Recipient organisation|Organisation|Organisation name|Name of organisation|Grantee|"
    "Awarded to|Paid to|Payee|Supplier|Beneficiary|Applicant|Delivery organisation",
    "Funding Org:Name": "Funder|Funding body|Awarding body|Funding organisation|Source of funding|Funded by|"
    "Department",
    "Grant Programme:Title": "Fund|Fund name|Pot|Grant pot|Funding pot|Programme|Programme name|"
    "Scheme|Grant scheme|Funding stream|Grant programme",
    "Title": "Project|Project title|Project name|Purpose|Purpose of grant|Purpose of award|What for|"
    "What it was for|What it is for|Title",
    "Description": "Description|Details|Summary|Project description",
    "Identifier": "Reference|Ref|Grant reference|Award reference|Reference number|Our ref|Our reference|"
    "ID|Grant ID|Award ID",
    AWARD_DATE: "Date|Award date|Date awarded|Date of award|Date of grant|Grant date|Payment date|"
    "Date paid|Decision date",
    "Recipient Org:Postal Code": "Postcode|Post code|Postal code|Recipient postcode",
    "Recipient Org:Location:Name": "Local authority|Local authority area|Local authority name|Authority|"
    "Council|Borough|District|LA|LA name|Area|Place|Location|Locality",
    "Recipient Org:Location:Geographic Code": "Local authority code|LA code|LAD code|Authority code|"
    "GSS code|ONS code",
    "Recipient Org:City": "Town|City|Town or city",
    "Recipient Org:Charity Number": "Charity number|Charity no|Charity no.|Registered charity number",
    "Recipient Org:Company Number": "Company number|Company no",
    "Recipient Org:Type": "Type of organisation|Organisation type|Recipient type|Sector",
    "Grant Programme:Policy Area": "Policy area|Theme|Category",
}
_ISO, _SLASHED = re.compile(r"\d{4}-\d\d-\d\d.*"), re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-]\d{2,4}.*")
_HELP = (
    "a file with a heading for the amount and one for the recipient; or a mapping file that says which they "
    "are, given by --mapping:\n    columns:\n      Amount Awarded: [HEADING]\n"
    "      Recipient Org:Name: [HEADING]\n      Recipient Org:Location:Name: [HEADING]\n"
    "    unit: pounds\n    date_order: dmy"
)


@dataclass(frozen=True)
class Proposal:
    """A mapping for a file.

    Attributes
    ----------
    text
        Of the mapping file.
    told
        What was taken for what, a line each.
    """

    text: str
    told: tuple[str, ...]


def propose(path: Path, places: Sequence[str] = ()) -> Proposal:
    """Propose a mapping for a file of grants that no known layout fits.

    Parameters
    ----------
    path
        A workbook or delimited text.
    places
        Names of the places of the programme, by which the column that says where is known.

    Returns
    -------
    Proposal
        From the headings, and for place, postcode and date from the cells where no heading tells; amounts
        whose heading names no unit are taken for pounds, and dates that could be read in two ways as day,
        month, year.

    Raises
    ------
    InputError
        If no row names an amount and a recipient: the headings found, and how a mapping file says it.
    """
    found = _header(path, places)
    match = found.match
    # two headings of one text are joined, as in any layout
    columns = {name: [match.headers[at] for at in several] for name, several in match.positions.items()}
    amount = match.headers[match.positions[AMOUNT][0]]
    unit = None if headers.unit(amount) else "pounds"
    order = _order(_below(path, found, match.positions.get(AWARD_DATE, ())))
    told = [f"{heads[0]!r} is {name}" for name, heads in columns.items()]
    unused = [text for at, text in enumerate(match.headers) if text and at not in match.used]
    told += [f"not used: {', '.join(map(repr, unused))}"] if unused else []
    told += [f"amounts are in {unit or 'the unit that their heading names'}", f"dates are written {order}"]
    mapping = {"name": "own_grants", "columns": columns, "unit": unit, "date_order": order}
    text = yaml.safe_dump(mapping, sort_keys=False, allow_unicode=True, width=100)
    return Proposal(
        f"# Which heading of {path.name} means what: proposed by `pfpp new`, to be looked through.\n{text}",
        tuple(told),
    )


def _known(guessed: dict[str, str]) -> Layout:
    """Make one layout of all headings: of known layouts, those above, and those that are guessed."""
    columns = {name: tuple(texts.split("|")) for name, texts in HEADINGS.items()}
    for layout in layouts.known():
        for name, texts in layout.columns.items() if layout.level == "awards" else ():
            columns[name] = tuple(dict.fromkeys((*texts, *columns.get(name, ()))))
    for name, text in guessed.items():
        columns[name] = (*columns[name], text)
    return Layout(
        "own_grants", "own grants", "", "awards", columns, needed=(AMOUNT, RECIPIENT), unit="pounds"
    )


def _header(path: Path, places: Sequence[str]) -> fitting.Header:
    faults: list[UnrecognisedError] = []
    for sheet in (each for each in sheets.read(path) if not each.hidden):
        try:
            if found := _found(sheet, places):
                return found
        except UnrecognisedError as error:
            faults.append(error)
    worst = max(faults, key=lambda each: each.known, default=None)
    where, seen = (worst.where, worst.found) if worst else (path.name, "no row")
    raise InputError(
        "it cannot be told which columns are the amount and the recipient",
        where=where,
        found=seen,
        allowed=_HELP,
    )


def _found(sheet: Sheet, places: Sequence[str]) -> fitting.Header | None:
    """Read the headings by words that are known, then by guesses, then by what stands below them."""
    guessed: dict[str, str] = {}
    try:
        header = fitting.find(sheet, [_known(guessed)])
    except UnrecognisedError:
        guessed = guesses.columns(sheet)
        header = fitting.find(sheet, [_known(guessed)])
    more = cells.columns(sheet, header, places) if header else {}
    return fitting.find(sheet, [_known(guessed | more)]) if more else header


def _below(path: Path, header: fitting.Header, positions: tuple[int, ...]) -> Iterator[str]:
    for sheet in sheets.read(path):
        below = sheet.cells.loc[sheet.cells.index > header.row]
        for at in positions:
            yield from below[at].dropna() if at in below else pd.Series(dtype=str)


def _order(dates: Iterator[str]) -> DateOrder:
    written = list(dates)
    if written and all(_ISO.fullmatch(each) for each in written):
        return "iso"
    parts = [found.groups() for each in written if (found := _SLASHED.fullmatch(each))]
    return "mdy" if any(int(second) > 12 for _, second in parts) else "dmy"
