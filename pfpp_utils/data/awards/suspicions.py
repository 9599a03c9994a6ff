"""Awards that are kept and should be looked at: what is odd, and what it may mean."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from typing import Final, NamedTuple

import pandas as pd

from pfpp_utils.data.awards import columns, spellings
from pfpp_utils.data.awards.findings import Suspicion, examples, pounds, where
from pfpp_utils.data.awards.stand_ins import Mask, name_key, placeholder, redacted, says_redacted

EARLIEST, LATEST = 1970, 2099
#: Pounds; the largest scheme of the register of 2016-17 is 45.0 billion, of 2013-14 31.4 billion.
HUGE: Final = 100_000_000_000
TEXT: Final = tuple(c for c in columns.PUBLISHED if c not in {columns.AMOUNT, *columns.DATES})
POSTCODE: Final = "Recipient Org:Postal Code"
MODIFIED: Final = "Last modified"
START, END = columns.DATES[1:3]


class _Rule(NamedTuple):
    kind: str
    field: str
    holds: Callable[[pd.DataFrame], Mask]
    meaning: str


def find(awards: pd.DataFrame) -> list[Suspicion]:
    """List what is suspicious about awards.

    Parameters
    ----------
    awards
        Canonical awards of one file.

    Returns
    -------
    list of Suspicion
        One a kind and column, only those that occur.
    """
    kinds = [(kind, field, holds(awards), meaning) for kind, field, holds, meaning in RULES]
    kinds += [
        (kind, field, holds(awards[field]), meaning)
        for field in TEXT
        if awards[field].notna().any()
        for kind, holds, meaning in _TEXT_RULES
    ]
    return [*listed(awards, [*kinds, *_dates(awards)]), *_name_variants(awards), *_spellings(awards)]


def listed(awards: pd.DataFrame, kinds: Iterable[tuple[str, str, Mask, str]]) -> Iterator[Suspicion]:
    """Count awards of several kinds.

    Parameters
    ----------
    awards
        Canonical awards of one file.
    kinds
        Kind, field, which awards, and meaning, as in :class:`~pfpp_utils.data.awards.findings.Suspicion`.

    Yields
    ------
    Suspicion
        With count, value, examples of the field, and where they stand; none for a kind that does not occur.
    """
    for kind, field, mask, meaning in kinds:
        those = awards[mask.fillna(False).to_numpy(dtype=bool)]
        if len(those):
            shown, places = examples(those[field]), those[["sheet", "row"]].reset_index(drop=True)
            yield Suspicion(kind, field, len(those), pounds(those), shown, where(those), meaning, places)


def _missing_postcode(awards: pd.DataFrame) -> Mask:
    missing = awards[POSTCODE].isna()
    return missing & (not missing.all())


def _without_currency(awards: pd.DataFrame) -> Mask:
    missing = awards["Currency"].isna()
    return missing & (not missing.all())


def _unnamed(awards: pd.DataFrame) -> Mask:
    missing = awards[columns.RECIPIENT].isna()
    return missing & (not missing.all())


def _without_funder(awards: pd.DataFrame) -> Mask:
    missing = awards[columns.FUNDER].isna()
    return missing & (not missing.all())


def _without_programme(awards: pd.DataFrame) -> Mask:
    missing = awards[list(columns.OF_PROGRAMME)].isna().all(axis=1)
    return missing & (not missing.all())


def _year_end(awards: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    start = pd.to_numeric(awards["year"].str.slice(0, 4), errors="coerce").astype("float64")
    return pd.to_datetime(pd.DataFrame({"year": start + 1, "month": 3, "day": 31}), errors="coerce")


def _dates(awards: pd.DataFrame) -> Iterator[tuple[str, str, Mask, str]]:
    meaning = f"A date before {EARLIEST} or after {LATEST}: a slip, or a stand-in for no date."
    for field in columns.DATES:
        outside = awards[field].notna() & ~awards[field].dt.year.between(EARLIEST, LATEST)
        yield "implausible date", field, outside, meaning


def _name_variants(awards: pd.DataFrame) -> list[Suspicion]:
    names = awards[columns.RECIPIENT].drop_duplicates().dropna()
    names = names[~(redacted(names.to_frame()) | placeholder(names))]  # these are no names
    keys = name_key(names)
    variants = names[keys.notna() & keys.duplicated(keep=False)]
    groups = variants.groupby(keys[variants.index], sort=False).agg(" / ".join)
    meaning = f"{len(groups):,} names are written in several ways, which would count as several recipients."
    those = awards[columns.RECIPIENT].isin(variants)
    found = listed(awards, [("name variants", columns.RECIPIENT, those, meaning)])
    return [replace(item, examples=examples(groups)) for item in found]


def _spellings(awards: pd.DataFrame) -> Iterator[Suspicion]:
    """List names of funders, and titles of programmes without a code, that are counted as one."""
    titles = awards[columns.PROGRAMME].where(awards[columns.OF_PROGRAMME[0]].isna())
    for field, names in ((columns.FUNDER, awards[columns.FUNDER]), (columns.PROGRAMME, titles)):
        groups = spellings.variants(names)
        meaning = f"{len(groups):,} names are written in several ways; each is counted as one."
        found = listed(awards, [("name variants", field, names.isin(set().union(*groups)), meaning)])
        yield from (replace(item, examples=examples(map(" / ".join, groups))) for item in found)


RULES: Final[tuple[_Rule, ...]] = (
    _Rule(
        "negative amount",
        columns.AMOUNT,
        lambda a: a[columns.AMOUNT] < 0,
        "May be a repayment or a correction; lowers every sum.",
    ),
    _Rule(
        "implausible amount",
        columns.AMOUNT,
        lambda a: a[columns.AMOUNT].abs() > HUGE,
        "More than twice the largest scheme of the registers of 2013-14 and 2016-17: is the unit right?",
    ),
    _Rule("zero amount", columns.AMOUNT, lambda a: a[columns.AMOUNT] == 0, "Counts as an award of nothing."),
    _Rule("missing postcode", POSTCODE, _missing_postcode, "Cannot be placed by its address."),
    _Rule("missing recipient", columns.RECIPIENT, _unnamed, "Counts as an award, but not as a recipient."),
    _Rule(
        "missing funder",
        columns.FUNDER,
        _without_funder,
        "Counts for no funder, nor in their overlap. Merged cells have a value in one row only.",
    ),
    _Rule(
        "missing programme",
        columns.PROGRAMME,
        _without_programme,
        "Counts as an award, but not as a grant. Merged cells have a value in one row only.",
    ),
    _Rule("missing currency", "Currency", _without_currency, "Read as pounds."),
    _Rule(
        "award after last modified",
        columns.AWARD_DATE,
        lambda a: a[columns.AWARD_DATE] > a[MODIFIED],
        "The record is older than the award: one of the dates is wrong.",
    ),
    _Rule(
        "award after its year",
        columns.AWARD_DATE,
        lambda a: a[columns.AWARD_DATE] > _year_end(a),
        "Awarded after the financial year in which it was paid: a wrong date or a wrong year.",
    ),
    _Rule("ends before it starts", END, lambda a: a[END] < a[START], "One of the two dates is wrong."),
    _Rule(
        "private individual",
        columns.RECIPIENT,
        lambda a: redacted(a) & ~says_redacted(a[columns.RECIPIENT]),
        "The name is withheld: the awards are not those of one recipient.",
    ),
)
_TEXT_RULES: Final[tuple[tuple[str, Callable[[pd.Series[str]], Mask], str], ...]] = (
    ("placeholder", placeholder, "Stands for nothing: treat as not stated."),
    ("redacted", says_redacted, "Withheld by the publisher: not one and the same."),
)
