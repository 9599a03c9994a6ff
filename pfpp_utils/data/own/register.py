"""Awards of a programme's own files of grants: read, placed, matched to organisations, given policy areas."""

from __future__ import annotations

from functools import lru_cache

import pandas as pd

from pfpp_utils.data import places, reads, tables
from pfpp_utils.data.assembled import COLUMNS, PLACED, Assembled
from pfpp_utils.data.awards import quality, table
from pfpp_utils.data.grants import Register
from pfpp_utils.data.own import placing, programme
from pfpp_utils.errors import InputError
from pfpp_utils.methods import organisations
from pfpp_utils.methods.policy_rules import Rule, hits

NOT_STATED = "not stated"
#: How many names of places that are not known a message lists.
MOST = 5


def read(*, require: bool = True) -> Register:
    """Read the awards of the files that ``data/programme.yml`` names.

    Parameters
    ----------
    require
        Whether at least one award must belong to a place.

    Returns
    -------
    Register
        `awards` has the columns of :class:`pfpp_utils.data.assembled.Assembled` that a file without official
        placing can have, `place` (the name of a place of the programme, missing elsewhere), `slug` and
        `placed_by`; a funder or grant that is not named is "not stated".

    Raises
    ------
    InputError
        If a file cannot be read or holds no award, or no award belongs to any place: naming the places that
        the files name.
    """
    known = programme.read()
    for path in (*known.grants, *([known.mapping] if known.mapping else [])):
        reads.note(path)
    reading = table.read(known.grants, mapping=known.mapping)
    if reading.awards.empty:
        raise _nothing(reading)
    placed = placing.place(reading.awards, tables.load("place_areas"))
    if require and not placed["place"].notna().any():
        raise _nowhere(reading.awards)
    awards = reading.awards.rename(columns=COLUMNS)[[*COLUMNS.values()]]
    matched = organisations.match(awards)
    awards = awards.assign(
        recipient=matched.awards["recipient"],
        slug=placed["place"],
        place=placed["place"].map(places.labels()).astype("string"),
        placed_by=placed["placed_by"],
        disagree=placed["disagree"],
        **_named(awards),
        **{name: pd.Series(pd.NA, awards.index, dtype="string") for name in PLACED if name != "placed_by"},
    )
    awards["policy_area"] = awards["policy_area"].fillna(_policy(reading.awards))
    files = [quality.as_json(report) for report in reading.files]
    made = Assembled(
        awards, files, _ways(awards), unknown(reading.awards, placed), matched.ways, matched.review
    )
    years = sorted(awards["year"].dropna().unique())
    return Register(
        awards,
        " and ".join(years) or known.period,
        illustrative=known.grants_example,
        title=f"grants of {known.name}",
        source=f"{known.grants_source} ({', '.join(path.name for path in known.grants)})",
        assembled=made,
    )


def unknown(awards: pd.DataFrame, placed: pd.DataFrame) -> pd.DataFrame:
    """List what the files say of where awards without a place are.

    Parameters
    ----------
    awards
        Canonical awards.
    placed
        From :func:`pfpp_utils.data.own.placing.place`.

    Returns
    -------
    pandas.DataFrame
        `reason` (what the file says), `awards`, `value_gbp`, `share_of_awards` and `share_of_value`; most
        value first.
    """
    lost = awards[placed["place"].isna()]
    district = lost[placing.POSTCODE].map(lambda text: [*placing.postcodes(text), ""][-2:][0])
    said = pd.Series(pd.NA, lost.index, dtype="string")
    for column in (*placing.CODES, *placing.AUTHORITIES):
        said = said.fillna(lost[column].str.strip())
    said = said.fillna("postcode " + district.where(district != "")).fillna("nothing says where")
    counted = lost.groupby(said)["Amount Awarded"].agg(["size", "sum"]).rename_axis("reason").reset_index()
    counted = counted.set_axis(["reason", "awards", "value_gbp"], axis=1)
    counted["share_of_awards"] = counted["awards"] / max(len(awards), 1)
    counted["share_of_value"] = counted["value_gbp"] / (awards["Amount Awarded"].sum() or 1)
    return counted.sort_values(["value_gbp", "reason"], ascending=[False, True], ignore_index=True)


def _nothing(reading: table.Reading) -> InputError:
    aside = [
        f"{each.rows} rows: {each.reason}" + "".join(f", such as {text!r}" for text in each.examples[:1])
        for file in reading.files
        for each in file.set_aside
    ]
    return InputError(
        "no award to measure",
        where=", ".join(file.file for file in reading.files),
        found="; ".join(aside) or "no row below the headings",
        allowed="one award or more, with an amount in pounds, such as 12500 or £12,500.00",
    )


def _nowhere(awards: pd.DataFrame) -> InputError:
    nothing = pd.DataFrame({"place": pd.Series(pd.NA, awards.index, dtype="string")})
    said = unknown(awards, nothing)["reason"].head(MOST)
    return InputError(
        "no award belongs to any place of the programme",
        where="data/tables/place_areas.csv",
        found=", ".join(said),
        allowed="rows such as: PLACE,authority,Alder Borough Council or PLACE,postcode,ZZ1, for what the "
        "file says of where its awards are; or a mapping that reads the column which says it",
    )


def _named(awards: pd.DataFrame) -> dict[str, pd.Series[str]]:
    titles = awards["programme_title"].fillna(awards["award_title"]).fillna(NOT_STATED)
    return {
        "programme": awards["programme"].fillna(titles),
        "programme_title": titles,
        "funder": awards["funder"].fillna(NOT_STATED),
        "recipient_type": awards["recipient_type"].fillna(NOT_STATED),
    }


def _policy(awards: pd.DataFrame) -> pd.Series[str]:
    """Find policy areas by the words of table ``policy_words``, for awards of which the file says none."""
    words = tables.load("policy_words")
    rules = tuple(
        Rule(f"line {row + 2}", area, (phrase,))
        for row, (area, phrase) in enumerate(zip(words["policy_area"], words["phrase"], strict=True))
    )

    @lru_cache(maxsize=10_000)
    def area(title: str, description: str) -> str | None:
        found = hits(title, description, rules)
        return found[0].area if found else None

    titles = awards["Grant Programme:Title"].fillna("").str.cat(awards["Title"].fillna(""), sep=" ")
    pairs = zip(titles, awards["Description"].fillna(""), strict=True)
    return pd.Series([area(*pair) for pair in pairs], awards.index, dtype="string")


def _ways(awards: pd.DataFrame) -> pd.DataFrame:
    counted = awards.groupby("placed_by")["amount_gbp"].agg(["size", "sum"]).reset_index()
    return counted.set_axis(["placed_by", "awards", "value_gbp"], axis=1)
