"""All funding of a financial year that is held, government and other, and the pilots' priority outcomes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pfpp_utils.data import external, funding_kinds, grants, places, policy_rules, tables
from pfpp_utils.data.external import catalogue

#: Where awards come from, by their names in ``data/sources.yml``. Registers are of government money alone.
SOURCES = ("grants-register-awards", "culture-recovery-fund", "arts-council-national-portfolio", "360giving")
REGISTER = SOURCES[0]


@dataclass(frozen=True)
class Funding:
    """Awards of a financial year from every file that is held.

    Attributes
    ----------
    awards
        One row an award: the columns of :class:`pfpp_utils.data.grants.Register`, `kind` of money, and
        `origin`, the source (one of :data:`SOURCES`).
    year
        Financial year that the awards are of.
    illustrative
        Whether the awards are invented.
    title, source
        Label for subtitles, and the source line.
    held
        One row a source: `what` it is, `files` held, `awards` and `value_gbp` of the year (0 where there are
        none).
    twice
        One row: `awards` and `value_gbp` of a register that another file lists in full, set aside.
    unplaced
        `awards` and `value_gbp` of the year, of all recipients everywhere, that could not be placed, and
        their `share` of the value (0 to 1).
    """

    awards: pd.DataFrame
    year: str
    illustrative: bool
    title: str
    source: str
    held: pd.DataFrame
    twice: pd.Series[float]
    unplaced: pd.Series[float]


def outcomes() -> pd.DataFrame:
    """Read the policy areas of the pilots' priority outcomes.

    Returns
    -------
    pandas.DataFrame
        Table ``pilot_outcomes``: `pilot`, `policy_area`, `part` ("outcome" or "related"), `reason` and where
        the report says so.
    """
    return tables.load("pilot_outcomes")


def read(year: str) -> Funding:
    """Read the awards of a financial year from all files that are held, or the illustrative register.

    Parameters
    ----------
    year
        Financial year, such as ``"2020-21"``. An award without a stated year is of the year of its date.

    Returns
    -------
    Funding
        Of the illustrative register, if no file holds an award of the year or places cannot be found.

    Raises
    ------
    InputError
        If the year is none, or a file is not what it should be.
    """
    grants.check(year)
    files = {name: external.find_all(name, year if name == REGISTER else None) for name in SOURCES}
    paths = [path for held in files.values() for path in held]
    held = pd.DataFrame(
        {
            "what": [catalogue.item(name, year if name == REGISTER else None).source.what for name in files],
            "files": [len(held) for held in files.values()],
        },
        index=pd.Index(files, name="origin"),
    )
    if not paths or not grants.placeable():
        return _illustrative(held)
    awards = grants.read(paths).awards
    awards = awards[awards["year"].fillna(financial_year(awards["award_date"])) == year]
    origin = {path.name: name for name, held in files.items() for path in held}
    awards = awards.assign(origin=awards["file"].map(origin), place=awards["pilot"].map(places.labels()))
    return _official(awards, year, held) if len(awards) else _illustrative(held)


def financial_year(dates: pd.Series[pd.Timestamp]) -> pd.Series[str]:
    """Financial year of each date: it begins on 1 April.

    Parameters
    ----------
    dates
        Dates, which may be missing.

    Returns
    -------
    pandas.Series
        Such as ``"2020-21"``, missing where there is no date.

    Examples
    --------
    >>> financial_year(pd.Series(pd.to_datetime(["2020-03-31", "2020-04-01", None]))).tolist()
    ['2019-20', '2020-21', <NA>]
    """
    first = pd.to_datetime(dates).sub(pd.DateOffset(months=3)).dt.year.astype("Int64").astype("string")
    second = (first.str[-2:].astype("Int64") + 1).mod(100).astype("string").str.zfill(2)
    return first + "-" + second


def _official(awards: pd.DataFrame, year: str, held: pd.DataFrame) -> Funding:
    found = funding_kinds.kinds(awards)
    of_register = awards["origin"] == REGISTER
    elsewhere = set(found.loc[~of_register, "rank"].dropna())
    twice = of_register & found["rank"].isin(elsewhere) & (found["kind"] == funding_kinds.GOVERNMENT)
    kind = found["kind"].mask(of_register, funding_kinds.GOVERNMENT)
    kept = awards.assign(kind=kind)[~twice]
    counted = kept.groupby("origin").agg(awards=("amount_gbp", "size"), value_gbp=("amount_gbp", "sum"))
    held = held.join(counted).fillna({"awards": 0, "value_gbp": 0.0}).astype({"awards": int})
    aside = pd.Series({"awards": int(twice.sum()), "value_gbp": awards.loc[twice, "amount_gbp"].sum()})
    unplaced = _unplaced(kept["amount_gbp"], kept["authority"])
    names = ", ".join(sorted(kept["file"].unique()))
    source = f"Files of the publishers, placed by the recipient's address or authority: {names}"
    return Funding(kept, year, False, f"files held, {year}", source, held, aside, unplaced)


def _illustrative(held: pd.DataFrame) -> Funding:
    """Take the bundled register, its policy areas under their names in ``data/policy_areas.yml``."""
    register = grants.bundled()
    names = policy_rules.read().names
    area = register.awards["policy_area"].str.lower().map(names).astype("string")
    awards = register.awards.assign(
        policy_area=area, kind=funding_kinds.GOVERNMENT, origin=REGISTER, policy_by="publisher"
    )
    held = held.assign(awards=0, value_gbp=0.0)
    nothing = pd.Series({"awards": 0, "value_gbp": 0.0})
    unplaced = _unplaced(awards["amount_gbp"], awards["place"])
    return Funding(awards, register.year, True, register.title, register.source, held, nothing, unplaced)


def _unplaced(value: pd.Series[float], place: pd.Series[str]) -> pd.Series[float]:
    lost, whole = value[place.isna()], value.sum()
    share = lost.sum() / whole if whole else float("nan")
    return pd.Series({"awards": len(lost), "value_gbp": lost.sum(), "share": share})
