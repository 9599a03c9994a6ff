"""What each way of placing a recipient says, before one is believed."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.geography.benefit import benefit
from pfpp_utils.data.geography.councils import Councils
from pfpp_utils.data.geography.gazetteer import Gazetteer
from pfpp_utils.data.geography.postcodes import NOT_LIVE, normalise

#: Ways of placing a recipient, the surest first, with what each goes by.
WAYS = {
    "official code": "official code of the recipient's location",
    "council": "the recipient is a council, or a service of one, by name",
    "postcode": "live postcode of the recipient's address",
    "named authority": "authority that the publisher names for the recipient",
    "postcode sector": "postcode no longer live, in a sector that lies in one authority",
    "beneficiary area": "nothing known of the address; the award is to benefit one authority",
    "city": "nothing better known; the town in the address is the name of one authority",
}


def evidence(awards: pd.DataFrame, gazetteer: Gazetteer) -> pd.DataFrame:
    """Collect what each way of placing says of each recipient.

    Parameters
    ----------
    awards
        Canonical awards.
    gazetteer
        What they are placed by.

    Returns
    -------
    pandas.DataFrame
        Index of `awards`; one column a way (:data:`WAYS`) with the code of an area of 2021, or missing; then
        `fault` of the postcode (missing where there is none) and `repaired`.
    """
    councils, text = gazetteer.councils, normalise(awards["Recipient Org:Postal Code"])
    lies = gazetteer.postcodes.authority(text["postcode"].where(text["fault"].isna()))
    gone = text["fault"].isna() & lies.isna()
    named = councils.resolve(awards["Recipient Org:Location:Name"])
    found = pd.DataFrame(
        {
            "official code": _coded(awards["Recipient Org:Location:Geographic Code"], councils),
            "council": _council(awards["Recipient Org:Name"], lies, councils),
            "postcode": lies,
            "named authority": named["code"].where(named["tier"] != "combined"),
            "postcode sector": gazetteer.postcodes.sector_authority(text["postcode"].where(gone)),
            "beneficiary area": benefit(awards, councils)["benefit_code"],
            "city": _city(awards["Recipient Org:City"], councils),
        },
        dtype="string",
    )
    found["fault"] = text["fault"].mask(gone, NOT_LIVE)
    found["repaired"] = text["repaired"]
    return found


def _coded(codes: pd.Series[str], councils: Councils) -> pd.Series[str]:
    """Area that a field of codes means, if all of them mean the same one."""
    known = councils.authorities.codes
    lists = {text: {known.get(code.strip()) for code in text.split(";")} for text in codes.dropna().unique()}
    single = {text: areas.pop() for text, areas in lists.items() if len(areas) == 1}
    return codes.map(single).astype("string")


def _council(names: pd.Series[str], lies: pd.Series[str], councils: Councils) -> pd.Series[str]:
    """Area whose council the recipient is: by a name that says so, or by the bare name of where it lies."""
    said, bare = councils.resolve(names, councils_only=True), councils.resolve(names)
    pairs = pd.DataFrame({"named": bare["code"].mask(bare["how"].ne("name")), "lies": lies})
    within = {
        (named, at)
        for named, at in pairs.dropna().drop_duplicates().itertuples(index=False)
        if councils.authorities.overlap(named, at)
    }
    keyed = zip(pairs["named"].fillna(""), pairs["lies"].fillna(""), strict=True)
    here = pd.Series([pair in within for pair in keyed], names.index)
    return said["code"].where(said["tier"] != "combined").fillna(pairs["named"].where(here))


def _city(cities: pd.Series[str], councils: Councils) -> pd.Series[str]:
    found = councils.resolve(cities)
    current = found["how"].isin(["name", "other spelling"])
    return found["code"].where(current & found["tier"].isin(["single", "district"]))
