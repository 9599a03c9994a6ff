"""Sheets of a workbook, as rows of texts."""

from __future__ import annotations

from collections.abc import Iterator

Sheet = tuple[str, list[list[str]]]


def sheets(content: bytes) -> Iterator[Sheet]:
    """Give the rows of all sheets of a workbook.

    Parameters
    ----------
    content
        Bytes of an archive, which may be a workbook.

    Yields
    ------
    tuple of str and list
        Name and rows of each; none if it is no workbook: its members are read as text in any case.
    """
    import fastexcel  # noqa: PLC0415 slow to load

    try:
        book = fastexcel.read_excel(content)
    except Exception:  # any archive comes here
        return
    for name in book.sheet_names:
        try:
            sheet = book.load_sheet(name, header_row=None, dtypes="string").to_pandas()
        except Exception:
            continue
        yield (
            name,
            [[str(cell) if cell is not None else "" for cell in row] for row in sheet.to_numpy(dtype=object)],
        )
