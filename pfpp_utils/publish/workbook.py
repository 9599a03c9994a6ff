"""An accessible spreadsheet of a table: cover, notes and one sheet with one header row, by gptables."""

from __future__ import annotations

import io
import json
import re
import warnings
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from pfpp_utils.characters import shown
from pfpp_utils.publish import markup

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import gptables

#: Width of a column that is not passed, in characters.
WIDEST = 50
#: What is read as a number: at most 15 digits, which a spreadsheet keeps, and no idle nought before them.
NUMBER = r"-?(0|[1-9][0-9]{0,14})(\.[0-9]{1,6})?"
UNITS = "Units stand in the headings of the columns, or in the line below the title."
#: A fixed date of creation, so that the same table gives the same bytes.
CREATED = datetime(2024, 4, 10, tzinfo=UTC)


def make(
    frame: pd.DataFrame,
    *,
    name: str,
    title: str,
    scope: str,
    source: str,
    notes: Mapping[str, str] | None = None,
    remarks: Sequence[str] = (),
    about: Sequence[str] = (),
) -> bytes:
    """Write a table as a spreadsheet that follows the government's guidance on accessible ones.

    Parameters
    ----------
    frame
        Columns named for readers, units in the names; the first names its row. Missing values are written as
        "not stated", text that looks like a formula with an apostrophe before it.
    name
        Of the sheet and of its table: letters, digits and underscores, a letter first.
    title
        The first line of the sheet.
    scope, source
        What the rows are, and where they come from.
    notes
        Column to what a reader must know of it; listed on a sheet of their own, if there are any.
    remarks
        Notes on the whole table, listed there too.
    about
        Paragraphs for the cover.

    Returns
    -------
    bytes
        An Excel workbook without merged cells: cover, contents, notes (if any) and the table. The same for
        the same table, byte for byte.

    References
    ----------
    Government Analysis Function, Releasing statistics in spreadsheets.
    """
    import gptables  # noqa: PLC0415 half a second: only for books with a spreadsheet

    texts = [*remarks, *(notes or {}).values()]
    marked = {column: f"$$n{number}$$" for number, column in enumerate(notes or {}, start=len(remarks))}
    lead = "".join(f"$$n{number}$$" for number in range(len(remarks)))
    sheet = gptables.GPTable(
        table=_cells(frame),
        table_name=name,
        title=f"{_plain(title)} {lead}".rstrip(),
        scope=_plain(scope),
        source=_plain(source),
        instructions="Notes are on the sheet named Notes." if texts else "This sheet holds one table.",
        index_columns={1: 0},
        table_notes=marked,
    )
    told = [_plain(text) for text in (*about, f"Source: {source}", UNITS)]
    cover = gptables.Cover(title=_plain(title), intro=[_plain(scope)], about=told)
    return _saved(sheet, cover, _listed(texts))


def written(download: str, described: str) -> bytes:
    """Write a download as a spreadsheet.

    Parameters
    ----------
    download
        CSV with a header row.
    described
        What :func:`make` is told of it, as JSON.

    Returns
    -------
    bytes
        As from :func:`make`.
    """
    return make(read(download), **json.loads(described))


def _cells(frame: pd.DataFrame) -> pd.DataFrame:
    """Make every cell safe and none of them blank."""
    safe = frame.rename(columns=_plain).map(lambda value: _plain(markup.defuse(value))).astype(object)
    blank = frame.isna() | frame.map(lambda value: isinstance(value, str) and not value.strip()).astype(bool)
    return safe.mask(blank.to_numpy(), markup.MISSING).map(_told).reset_index(drop=True)


def _told(value: Any) -> Any:  # noqa: ANN401
    """Add a word to a cell without a Latin letter or digit: gptables takes it for a symbol and refuses it."""
    bare = isinstance(value, str) and not re.search("[a-zA-Z0-9]", value)
    return f"{value} (as given)" if bare else value


def _plain(value: Any) -> Any:  # noqa: ANN401
    """Keep gptables from taking text of the data for its own marks of notes and links."""
    return shown(value).replace("$$", "$ $").replace("](", "] (") if isinstance(value, str) else value


def _listed(texts: Sequence[str]) -> pd.DataFrame | None:
    if not texts:
        return None
    marks = [f"n{number}" for number in range(len(texts))]
    return pd.DataFrame({"Note reference": marks, "Note text": [_plain(text) for text in texts]})


def _saved(sheet: gptables.GPTable, cover: gptables.Cover, notes: pd.DataFrame | None) -> bytes:
    import gptables  # noqa: PLC0415

    held, name = io.BytesIO(), sheet.table_name
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what gptables will have to change for a later pandas
        book = gptables.produce_workbook(
            held, {name: sheet}, cover=cover, notes_table=notes, auto_width=True, workbook_options=options
        )
        for number, column in enumerate(sheet.table):
            longest = sheet.table[column].astype(str).str.len().max()
            book.get_worksheet_by_name(name).set_column(number, number, min(max(longest, 12), WIDEST))
        book.set_properties({"title": cover.title, "created": CREATED})
        book.close()
    return held.getvalue()


def read(download: str) -> pd.DataFrame:
    """Read a download back for a spreadsheet: numbers as numbers, all else as it is written.

    Parameters
    ----------
    download
        CSV with a header row.

    Returns
    -------
    pandas.DataFrame
        A column is numeric if all that stands in it is, and none of it would be written otherwise, such as a
        number with a nought before it.
    """
    texts = pd.read_csv(io.StringIO(download), dtype=str, keep_default_na=False)
    return texts.apply(_as_numbers)


def _as_numbers(column: pd.Series[str]) -> pd.Series[Any]:
    stated = column[column != ""]
    if stated.empty or not stated.str.fullmatch(NUMBER).all():
        return column.where(column != "", None)
    numbers = pd.to_numeric(column.where(column != "", None))
    return numbers if (numbers.dropna() % 1).any() else numbers.astype("Int64")
