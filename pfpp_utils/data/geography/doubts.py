"""What is doubtful about where an award was placed."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.geography import wider_bodies
from pfpp_utils.data.geography.authorities import Authorities
from pfpp_utils.data.geography.evidence import evidence
from pfpp_utils.data.geography.gazetteer import Gazetteer
from pfpp_utils.data.geography.headquarters import headquarters

#: Ways that must agree: the rest only step in where these say nothing.
ADDRESS = ["official code", "council", "postcode", "named authority"]
CONFLICT, WIDER, ELSEWHERE = "sources disagree", "serves several authorities", "benefits elsewhere"
HEADQUARTERS, REPAIRED = "one recipient holds most of this place", "postcode repaired"
REDACTED, ABROAD = "redacted recipient", "outside the United Kingdom"
_UK = {"united kingdom", "uk", "england", "scotland", "wales", "northern ireland", "great britain", "gb"}


def conflicts(awards: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """List the awards of which sources say different authorities.

    Parameters
    ----------
    awards
        As for :func:`~pfpp_utils.data.geography.placing.place`.
    gazetteer
        What they are placed by.

    Returns
    -------
    pandas.DataFrame
        One row an award in conflict, with its index in `awards`: recipient's name and postcode, and the name
        of the authority by each way. A district and its county do not disagree.
    """
    found = evidence(awards, gazetteer)
    at = disagree(found, gazetteer.councils.authorities)
    names = gazetteer.councils.authorities.table["name"]
    shown = awards.loc[at, ["Recipient Org:Name", "Recipient Org:Postal Code", "Amount Awarded"]]
    return shown.join(found.loc[at, ADDRESS].apply(lambda codes: codes.map(names)))


def flags(placed: pd.DataFrame, found: pd.DataFrame, authorities: Authorities) -> pd.Series[str]:
    """Join all that is doubtful about where an award is.

    Parameters
    ----------
    placed
        Awards with `authority`, `council` and `benefit_code`.
    found
        Their :func:`~pfpp_utils.data.geography.evidence.evidence`.
    authorities
        The areas of 2021.

    Returns
    -------
    pandas.Series
        Texts joined with "; ", missing where there is no doubt: those named at the top of this module, and
        "postcode" with its fault.
    """
    name = placed["Recipient Org:Name"]
    country = placed["Recipient Org:Country"].str.lower().str.strip()
    marks = {
        CONFLICT: disagree(found, authorities),
        WIDER: wider_bodies.kinds(name).notna(),
        HEADQUARTERS: headquarters(placed)["flagged"],
        ELSEWHERE: _apart(placed["authority"], placed["benefit_code"], authorities),
        REPAIRED: found["repaired"],
        REDACTED: name.str.contains("redact", case=False).fillna(False),
        ABROAD: country.notna() & ~country.isin(_UK),
    }
    texts = ("postcode " + found["fault"]).fillna("")
    for mark, at in marks.items():
        texts = texts.mask(at.astype(bool), texts + f"; {mark}")
    texts = texts.str.removeprefix("; ")
    return texts.mask(texts.eq("")).astype("string")


def disagree(found: pd.DataFrame, authorities: Authorities) -> pd.Series[bool]:
    """Say of each award whether what is known of the recipient's address points to different places.

    Parameters
    ----------
    found
        From :func:`~pfpp_utils.data.geography.evidence.evidence`.
    authorities
        The areas of 2021.

    Returns
    -------
    pandas.Series
        A county and a district in it do not disagree.
    """
    apart = pd.Series(False, found.index)
    for position, one in enumerate(ADDRESS):
        for other in ADDRESS[position + 1 :]:
            apart |= _apart(found[one], found[other], authorities)
    return apart


def _apart(one: pd.Series[str], other: pd.Series[str], authorities: Authorities) -> pd.Series[bool]:
    """Whether both are known and have no authority in common."""
    pairs = pd.DataFrame({"one": one, "other": other}).dropna().drop_duplicates()
    apart = {pair for pair in pairs.itertuples(index=False, name=None) if not authorities.overlap(*pair)}
    if not apart:
        return pd.Series(False, one.index)
    keyed = zip(one.fillna(""), other.fillna(""), strict=True)
    return pd.Series([pair in apart for pair in keyed], one.index)
