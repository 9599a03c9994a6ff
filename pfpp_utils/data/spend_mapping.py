"""Spend mapping of files of awards, as one result that programs can read."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import narwhals as nw
import pandas as pd

from pfpp_utils.data import grants, places
from pfpp_utils.data.assembled import PLACED_BY
from pfpp_utils.data.geography import gazetteer, pilot_areas
from pfpp_utils.errors import InputError
from pfpp_utils.methods import engines, limits, measures, turnover
from pfpp_utils.methods.totals import totals

Result = dict[str, Any]
#: What saved awards must have: the columns that the measures need, and where the recipient is.
NEEDED = ["amount_gbp", "programme", "recipient", "funder", "policy_area", "authority", "authority_name"]


def of_files(
    files: Sequence[Path],
    *,
    place: str | None = None,
    year: str | None = None,
    mapping: Path | None = None,
    save: Path | None = None,
) -> Result:
    """Read, place, match and measure files of awards.

    Parameters
    ----------
    files, mapping, year
        As for :func:`pfpp_utils.data.awards.table.read`.
    place
        Measure this place alone, besides all awards: a pilot's slug or name, or the name of a local authority
        or county.
    save
        Where to keep the measured awards, as Parquet.

    Returns
    -------
    dict
        `files` (what became of every row), `measures` (`all`, and `places` by name: see
        :mod:`pfpp_utils.methods.measures`), `not_placed` (`awards`, `value`, `share`, `reasons`), `matching`
        (recipients by the way they were matched), `headquarters` (awards and value of recipients that may be
        head offices), `turnover` (grants that go on, end and begin from one year to the next; empty for one
        year) and `notes` (what a reader must know, and what the measures cannot show).

    Raises
    ------
    InputError
        If a file cannot be read, or the place is unknown or cannot be found without official files.
    """
    held = grants.placeable()
    if place and not held:
        raise InputError("nothing can be placed", where="--place", found=place, allowed=NOT_HELD)
    assembled = grants.read(files, mapping=mapping, year=year)
    if assembled.awards.empty:
        aside = [
            f"{row['rows']} rows: {row['reason']}" for file in assembled.files for row in file["set_aside"]
        ]
        found = "; ".join(aside) or "no row below the header"
        raise InputError(
            "no award to measure", where=_named(files), found=found, allowed="an award of pounds (GBP)"
        )
    if save:
        _save(assembled.awards, save)
    lost = _records(assembled.unplaced)
    return {
        "files": assembled.files,
        "measures": _measures(assembled.awards, place),
        "not_placed": _not_placed(assembled.awards) | {"reasons": lost} if held else None,
        "matching": _records(assembled.ways),
        "headquarters": _headquarters(assembled.awards),
        "turnover": _turnover(assembled.awards),
        "notes": [*([] if held else [NOT_HELD]), *limits.said(assembled.awards)],
    }


#: What is said where recipients cannot be placed.
NOT_HELD = (
    "Nothing was placed: the official files that places are found by are not held "
    f"({', '.join(PLACED_BY)}; see `pfpp data list`)."
)


def of_saved(path: Path, *, place: str | None = None, spark: str | None = None) -> Result:
    """Measure awards that were saved, of any size, with DuckDB or Spark.

    Parameters
    ----------
    path
        A Parquet file that :func:`of_files` wrote, or one with the same columns.
    place
        As for :func:`of_files`.
    spark
        Address of Spark; None measures with DuckDB in this process.

    Returns
    -------
    dict
        As from :func:`of_files`; `files` is empty, as reading was done before.

    Raises
    ------
    InputError
        If the file is none, lacks a column, the place is unknown, or Spark is not to be had.
    """
    if not path.exists():
        raise InputError("no such file", where="saved awards", found=str(path), allowed="a Parquet file")
    awards = engines.open(path, spark=spark)
    missing = [name for name in NEEDED if name not in awards.collect_schema().names()]
    if missing:
        raise InputError("not saved awards", where=str(path), found=f"no {missing[0]}", allowed=NEEDED)
    nothing: Result = {"files": [], "matching": [], "headquarters": None, "turnover": []}
    found: Result = {"measures": _measures(awards, place), "not_placed": _lost(awards)}
    return nothing | found | {"notes": limits.said(awards)}


def _lost(awards: nw.LazyFrame[Any]) -> Result:
    """Count awards that no place is known of, where the awards are."""
    counted, whole = totals(awards.filter(nw.col("authority").is_null()), []), totals(awards, [])
    value, every = float(counted["value_gbp"].sum()), float(whole["value_gbp"].sum())
    return {"awards": int(counted["awards"].sum()), "value": value, "share": value / every if every else None}


def _measures(awards: engines.Awards, place: str | None) -> Result:
    frame = engines.lazy(awards)
    if place is None:
        return {"all": measures.in_all(frame), "places": measures.measure(frame, by="authority_name")}
    parts = {name: _part(frame, name, codes) for name, codes in _parts(place).items()}
    found = {name: measures.measure(part).get(name) for name, part in parts.items()}
    if not any(found.values()):
        raise InputError(
            "no award is placed there", where="--place", found=place, allowed="a place with awards"
        )
    return {"all": measures.in_all(frame), "places": {name: row for name, row in found.items() if row}}


def _part(frame: nw.LazyFrame[Any], name: str, codes: set[str]) -> nw.LazyFrame[Any]:
    return frame.filter(nw.col("authority").is_in(sorted(codes))).with_columns(nw.lit(name).alias("place"))


def _parts(place: str) -> dict[str, set[str]]:
    """Codes by name of a place: of its parts too, if it is a pilot in two tiers."""
    slugs = {label.casefold(): slug for slug, label in places.labels().items()}
    slug = slugs.get(place.casefold(), place.casefold().replace(" ", "_"))
    if slug in slugs.values():
        return pilot_areas.parts(slug)
    if not grants.placeable():
        raise InputError(NOT_HELD, where="--place", found=place, allowed=[*places.labels().values()])
    areas = gazetteer.load_councils()
    named = pd.Series([place], dtype="string")
    code = areas.resolve(named)["code"].iloc[0]
    if pd.isna(code):
        like = areas.review(named + " Council")["suggestion"].dropna().tolist()
        allowed = "a local authority of 2021" + (f", such as {' or '.join(like)}" if like else "")
        raise InputError("unknown place", where="--place", found=place, allowed=allowed)
    name = str(areas.authorities.table.loc[code, "name"])
    districts = {str(one) for one in areas.authorities.members.get(code, ())} - {code}
    if not districts:
        return {name: {code}}
    each = {str(areas.authorities.table.loc[one, "name"]): {one} for one in sorted(districts)}
    return {f"{name} (county and districts)": {code, *districts}, f"{name} (county)": {code}} | each


def _named(files: Sequence[Path]) -> str:
    return ", ".join(file.name for file in files)


def _not_placed(awards: pd.DataFrame) -> Result:
    lost = awards[awards["authority"].isna()]["amount_gbp"]
    whole = awards["amount_gbp"].sum()
    share = float(lost.sum() / whole) if whole else None
    return {"awards": len(lost), "value": float(lost.sum()), "share": share}


def _headquarters(awards: pd.DataFrame) -> Result | None:
    if "headquarters" not in awards:
        return None
    flagged = awards[awards["headquarters"].fillna(False).astype(bool)]
    names = sorted(flagged["recipient_name"].dropna().unique())
    return {"awards": len(flagged), "value": float(flagged["amount_gbp"].sum()), "recipients": names}


def _turnover(awards: pd.DataFrame) -> list[Result]:
    years = sorted({int(year[:4]) for year in awards["year"].dropna()})
    following = any(later - earlier == 1 for earlier, later in pairwise(years))
    return _records(turnover.grants(awards)) if following else []


def _records(frame: pd.DataFrame) -> list[Result]:
    return [
        {str(key): value.item() if hasattr(value, "item") else value for key, value in row.items()}
        for row in frame.astype(object).where(frame.notna(), None).to_dict("records")
    ]


def _save(awards: pd.DataFrame, path: Path) -> None:
    """Write beside and move into place, so that a full disk leaves what was there."""
    beside = path.with_name(f".{path.name}.part")
    try:
        awards.to_parquet(beside, index=False)
        beside.replace(path)
    except OSError as error:
        raise InputError(
            "cannot be saved", where=str(path), found=str(error), allowed="a folder to write"
        ) from error
    finally:
        beside.unlink(missing_ok=True)
