"""What awards say of their recipients, each different statement once: the records that are matched."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd

from pfpp_utils.methods import organisation_numbers as numbers
from pfpp_utils.methods.organisation_names import key, names_nobody

COLUMNS = ("recipient_name", "charity_number", "company_number", "recipient_identifier", "postcode", "file")
NO_POSTCODES = frozenset({"AA1 1AA", "AB1 1AA", "ZZ99 9ZZ", "XX1 1XX"})


class Record(NamedTuple):
    """What one or more awards say of a recipient.

    Attributes
    ----------
    key
        Key of the name.
    tokens
        Trusted numbers and identifiers, sorted.
    own
        The publisher's own identifier with its file; empty if there is none.
    place
        Postcode; empty if there is none, or a placeholder.
    """

    key: str
    tokens: tuple[str, ...]
    own: str
    place: str


def read(awards: pd.DataFrame) -> tuple[list[Record], pd.Series[int]]:
    """Gather the different records of recipients.

    Parameters
    ----------
    awards
        One row an award; needs `recipient_name`. `charity_number`, `company_number`, `recipient_identifier`,
        `postcode` and `file` are used where they are there. Texts, as published.

    Returns
    -------
    records : list of Record
        Sorted, so that their order does not depend on that of the awards. Recipients without a name are left
        out.
    codes : pandas.Series
        Place in `records` for each award, -1 for recipients without a name. Index as `awards`.
    """
    texts = awards.reindex(columns=list(COLUMNS)).astype("string").fillna("")
    said = list(zip(*(texts[column].str.strip() for column in COLUMNS), strict=True))
    told = {cells: _record(*cells) for cells in set(said) if not names_nobody(cells[0])}
    records = sorted(set(told.values()))
    code = {record: number for number, record in enumerate(records)}
    codes = [code[told[cells]] if cells in told else -1 for cells in said]
    return records, pd.Series(codes, index=awards.index, dtype=int)


def scheme(token: str) -> str:
    """Return the register that a number is from: two numbers of one register are two organisations.

    Examples
    --------
    >>> scheme("GB-CHC-1109305"), scheme("XI-GRID-GRID.5337.2"), scheme("vat:GB682239225")
    ('GB-CHC', 'XI-GRID', 'vat')
    """
    return token.split(":", 1)[0] if token.startswith("vat:") else "-".join(token.split("-", 2)[:2])


def _record(name: str, charity: str, company: str, identifier: str, postcode: str, file: str) -> Record:
    charities, identifiers = numbers.charity(charity), numbers.identifier(identifier)
    repeated = charities and company.lstrip("0") == charity.lstrip("0")  # a charity number in both columns
    companies = () if repeated else numbers.company(company)
    is_own = not identifiers and not names_nobody(identifier) and not identifier.isdecimal()
    place = " ".join(postcode.upper().split())
    return Record(
        key(name),
        tuple(sorted({*charities, *companies, *identifiers})),
        f"{file}|{identifier}" if is_own else "",
        "" if place in NO_POSTCODES else place,
    )
