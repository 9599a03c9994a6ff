"""What recipients are placed by: names and codes of councils, and live postcodes."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from pfpp_utils.data import external, tables
from pfpp_utils.data.assembled import PLACED_BY
from pfpp_utils.data.geography.authorities import authorities
from pfpp_utils.data.geography.councils import Councils, councils
from pfpp_utils.data.geography.postcodes import Postcodes


@dataclass(frozen=True)
class Gazetteer:
    """All that recipients are placed by.

    Attributes
    ----------
    councils
        Names of councils with the areas of 2021 that they mean; `councils.authorities` has the areas.
    postcodes
        Live postcodes of Great Britain with their authorities.
    """

    councils: Councils
    postcodes: Postcodes

    @classmethod
    def load(cls) -> Gazetteer:
        """Read it from the official files that are held.

        Raises
        ------
        InputError
            If a file is not held or not what it should be.
        """
        return cls(load_councils(), Postcodes.read(external.need("postcodes")))


def load_councils() -> Councils:
    """Read the authorities of 2021 and their names from the official files that are held.

    Returns
    -------
    Councils
        With the names in table ``authority_names`` too.

    Raises
    ------
    InputError
        If a file is not held.
    """
    register = _lookup("local-authorities")
    lookups = [_lookup(name) for name in ("ons-lad-county", "ltla21-region", "ltla21-utla")]
    return councils(authorities(register, *lookups), register, tables.load("authority_names"))


def held() -> bool:
    """Whether every file that :meth:`Gazetteer.load` reads is there."""
    return all(external.find(name) for name in PLACED_BY)


def _lookup(name: str) -> pd.DataFrame:
    return pd.read_csv(external.need(name), dtype=str, encoding="utf-8-sig")
