"""Postcodes as people write them, and the 2021 local authority that each lies in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from pfpp_utils.errors import InputError

#: What can be wrong with a postcode, or with where it lies.
MISSING, REDACTED, PLACEHOLDER, MALFORMED = "missing", "redacted", "placeholder", "malformed"
OUTSIDE, NOT_LIVE = "outside Great Britain", "no live postcode"

_COLUMNS = ("pc", "ltla21_code")
_SHAPE = r"[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][ABD-HJLNP-UW-Z]{2}"
#: Areas that no post town has (ZZ99 stands for "unknown" in health records), and words for nothing.
_PLACEHOLDER = (
    r"(?:AA|XX|ZZ)[0-9].*|X+|NA|NONE|NIL|NULL|UNKNOWN|NOTKNOWN|NOTAPPLICABLE|NOTPROVIDED|TBC|TBA|0+"
)
_OUTSIDE = r"(?:BT|GY|JE|IM)[0-9].*|BFPO.*"


def normalise(text: pd.Series[str]) -> pd.DataFrame:
    """Write postcodes in their usual form and say what is wrong with those that have none.

    Two slips are repaired: a letter O for the nought that follows the space (``LS26 OUE``), and an address
    around the postcode, where it holds only one.

    Parameters
    ----------
    text
        As published; may be missing.

    Returns
    -------
    pandas.DataFrame
        Index of `text`; `postcode` ("LS26 0UE", missing where there is a fault other than "outside Great
        Britain"), `fault` (missing where there is none; "outside Great Britain" for Northern Ireland, Crown
        Dependencies and forces; else "missing", "redacted", "placeholder" or "malformed") and `repaired`.
    """
    upper = text.astype("string").str.upper().str.strip()
    tight = upper.str.replace(r"[^A-Z0-9]", "", regex=True).fillna("")
    right = tight.where(~tight.str.fullmatch(r"[A-Z]{1,2}[0-9][A-Z0-9]?O[A-Z]{2}"), _nought(tight))
    within = upper.str.extractall(rf"\b({_SHAPE.replace('?[0-9]', '? ?[0-9]')})\b")[0].str.replace(" ", "")
    only = within.groupby(level=0).agg(["first", "nunique"])
    embedded = only.loc[only["nunique"] == 1, "first"].reindex(text.index, fill_value="").astype("string")
    shaped = right.where(right.str.fullmatch(_SHAPE), embedded)
    fault = _fault(upper, tight, shaped)
    good = fault.isna() | (fault.eq(OUTSIDE) & shaped.ne(""))
    postcode = (shaped.str.slice(0, -3) + " " + shaped.str.slice(-3)).where(good)
    repaired = good & shaped.ne(tight)
    return pd.DataFrame({"postcode": postcode, "fault": fault, "repaired": repaired}, index=text.index)


def _nought(tight: pd.Series[str]) -> pd.Series[str]:
    return tight.str.slice(0, -3) + "0" + tight.str.slice(-2)


def _fault(upper: pd.Series[str], tight: pd.Series[str], shaped: pd.Series[str]) -> pd.Series[str]:
    fault = pd.Series(pd.NA, upper.index, dtype="string").mask(shaped.eq(""), MALFORMED)
    fault = fault.mask(tight.str.fullmatch(_OUTSIDE), OUTSIDE)
    fault = fault.mask(tight.str.fullmatch(_PLACEHOLDER), PLACEHOLDER)
    fault = fault.mask(upper.str.contains("REDACT").fillna(False), REDACTED)
    return fault.mask(tight.eq(""), MISSING)


@dataclass(frozen=True)
class Postcodes:
    """Live postcodes with their authorities.

    Attributes
    ----------
    table
        Columns `pc` (without space) and `ltla21_code` (dictionary-encoded).
    """

    table: pa.Table

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Postcodes:
        """Take them from a frame with columns `pc` and `ltla21_code`."""
        return cls(pa.Table.from_pandas(frame[list(_COLUMNS)], preserve_index=False))

    @classmethod
    def read(cls, path: Path) -> Postcodes:
        """Read them from a CSV file, plain or compressed with gzip.

        Parameters
        ----------
        path
            File with columns `pc` and `ltla21_code`, one row a postcode.

        Raises
        ------
        InputError
            If it cannot be read or lacks a column.
        """
        types = {"pc": pa.string(), "ltla21_code": pa.dictionary(pa.int32(), pa.string())}
        options = pyarrow.csv.ConvertOptions(include_columns=list(_COLUMNS), column_types=types)
        try:
            return cls(pyarrow.csv.read_csv(path, convert_options=options))
        except (OSError, pa.ArrowException) as error:
            found = str(error).splitlines()[0]
            allowed = f"CSV with the columns {', '.join(_COLUMNS)}, plain or as .gz"
            what = "not a table of postcodes"
            raise InputError(what, where=path.name, found=found, allowed=allowed) from error

    def authority(self, postcodes: pd.Series[str]) -> pd.Series[str]:
        """Find the authority of each postcode.

        Parameters
        ----------
        postcodes
            From :func:`normalise`; may be missing.

        Returns
        -------
        pandas.Series
            Official codes, missing where there is no such live postcode; index of `postcodes`.
        """
        tight = postcodes.str.replace(" ", "")
        wanted = pa.array(tight.dropna().unique(), pa.string())
        found = self.table.filter(pc.is_in(self.table["pc"], wanted))
        return _mapped(tight, found["pc"], found["ltla21_code"])

    def sector_authority(self, postcodes: pd.Series[str]) -> pd.Series[str]:
        """Find the authority in which all live postcodes of a postcode's sector lie (``EC1A 1``).

        Parameters
        ----------
        postcodes
            As for :meth:`authority`; for postcodes that are no longer live.

        Returns
        -------
        pandas.Series
            Official codes, missing where the sector has no live postcode or lies in several authorities.
        """
        sectors = postcodes.str.replace(" ", "").str.slice(0, -2)
        wanted = pa.array(sectors.dropna().unique(), pa.string())
        known = pc.utf8_slice_codeunits(self.table["pc"], 0, -2)
        here = pc.is_in(known, wanted)
        found = pa.table({"sector": known.filter(here), "code": self.table["ltla21_code"].filter(here)})
        frame = found.to_pandas().drop_duplicates().astype("string")
        frame = frame[~frame["sector"].duplicated(keep=False)]
        return sectors.map(frame.set_index("sector")["code"]).astype("string")


def _mapped(keys: pd.Series[str], names: pa.ChunkedArray, codes: pa.ChunkedArray) -> pd.Series[str]:
    known = pd.Series(codes.to_pandas().astype("string").array, index=names.to_pandas().array)
    return keys.map(known[~known.index.duplicated()]).astype("string")
