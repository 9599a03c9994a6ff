"""Unit values from tables: the bundled one, and one of the user's own that a case file names."""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any

import pandas as pd

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import exact
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.spreads import Spread, spread
from pfpp_utils.methods.unit_values import UnitValue

TABLE = "unit_values"


class Bank:
    """Where a case finds its unit values.

    Parameters
    ----------
    own
        A CSV file with the columns of the table ``unit_values``; its rows are found before the bundled ones.
    """

    def __init__(self, own: Path | None = None) -> None:
        self.own = own

    @cached_property
    def rows(self) -> pd.DataFrame:
        """The rows of both tables, by name; of two of one name, the user's own."""
        bundled = tables.load(TABLE)
        if self.own:
            bundled = pd.concat([tables.read(tables.describe(TABLE), self.own, file=self.own.name), bundled])
        return bundled.drop_duplicates("unit_value").set_index("unit_value")

    def value(self, given: str | dict[str, Any], where: str) -> UnitValue:
        """Make a unit value from the name of a row, or from what a case file says itself.

        Parameters
        ----------
        given
            A name, or the mapping of a case file.
        where
            What the message of an error names.

        Returns
        -------
        UnitValue
            With the central value.

        Raises
        ------
        InputError
            If there is no row of that name.
        """
        if isinstance(given, str):
            row = self._row(given, where)
            return _value(given, exact(row["value_gbp"]), row)
        gbp = spread("value_gbp", given["value_gbp"], falls=False, where=where).central
        return _value(where.rsplit("[", maxsplit=1)[-1].split("]", maxsplit=1)[0], gbp, given)

    def spread(self, name: str, field: str) -> Spread:
        """Give the low, central and high value of a row under the name of a field."""
        row = self._row(name, field)
        central = row["value_gbp"]
        ends = {end: row[f"{end}_gbp"] for end in ("low", "high")}
        given = {"central": central} | {
            end: central if pd.isna(value) else value for end, value in ends.items()
        }
        source = f"{row['source']} ({row['vintage']})"
        return spread(field, {**given, "source": source}, falls=False, where=field)

    def _row(self, name: str, where: str) -> dict[str, Any]:
        if name not in self.rows.index:
            raise InputError("unknown unit value", where=where, found=name, allowed=list(self.rows.index))
        return dict(self.rows.loc[name])


def _value(name: str, gbp: Fraction, row: dict[str, Any]) -> UnitValue:
    texts = {key: str(row[key]) for key in ("unit", "source", "vintage", "licence") if key in row}
    return UnitValue(name, Money(gbp, int(row["price_year"])), shareable=bool(row["shareable"]), **texts)
