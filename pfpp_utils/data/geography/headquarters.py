"""Recipients whose address holds money that is spent elsewhere: the headquarters effect."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data.awards import stand_ins

#: A recipient stands out if it holds more than this share of its place's value ...
SHARE_OF_PLACE = 0.5
#: ... and at least this share of all value: in a small place one modest award is often all there is.
SHARE_OF_ALL = 0.001


def headquarters(
    placed: pd.DataFrame, *, share_of_place: float = SHARE_OF_PLACE, share_of_all: float = SHARE_OF_ALL
) -> pd.DataFrame:
    """Mark awards of recipients that alone hold most of the value at their place.

    A council is never marked in its own area: there its address is where it acts. Nor are recipients that
    are redacted: they are not one.

    Parameters
    ----------
    placed
        Awards with `authority`, `council`, ``Recipient Org:Name`` and ``Amount Awarded`` (GBP).
    share_of_place, share_of_all
        Shares (0 to 1) that a recipient's awards must exceed: of its place's value and of all value.
        Negative amounts count as nothing.

    Returns
    -------
    pandas.DataFrame
        Index of `placed`; `held` (the recipient's share of its place's value, missing where not placed) and
        `flagged`.
    """
    value = placed["Amount Awarded"].clip(lower=0).fillna(0)
    unnamed = stand_ins.redacted(placed) | stand_ins.placeholder(placed["Recipient Org:Name"])
    name = placed["Recipient Org:Name"].str.casefold().str.strip().mask(unnamed)
    place = placed["authority"]
    own = value.groupby([place, name]).transform("sum")
    whole = value.groupby(place).transform("sum")
    held = (own / whole).where(whole > 0)
    elsewhere = placed["council"].isna() | placed["council"].ne(place).fillna(True)
    flagged = (held > share_of_place) & (own > share_of_all * value.sum()) & elsewhere
    return pd.DataFrame({"held": held, "flagged": flagged.fillna(False).astype(bool)}, index=placed.index)
