"""Run as a process of its own by `workbooks`: read a workbook and write its sheets to the standard output.

The library that reads workbooks lays a sheet out as one block from its first cell to its last, so that a file
of a few hundred bytes can ask for all memory there is, and where it cannot have it, it ends the process. So
that is a process nobody misses, whose memory is limited where the system can do so.
"""

from __future__ import annotations

import contextlib
import sys
from typing import Any, BinaryIO

#: What a text made from an error cell is called in a spreadsheet.
ERRORS = {
    "Div0": "#DIV/0!",
    "NA": "#N/A",
    "Name": "#NAME?",
    "Null": "#NULL!",
    "Num": "#NUM!",
    "Ref": "#REF!",
    "Value": "#VALUE!",
    "GettingData": "#DATA!",
}


def main(path: str, memory: int, out: BinaryIO) -> None:
    """Write each sheet of a workbook as one Arrow stream of text columns, name and visibility beside them."""
    _limit(memory)
    import fastexcel  # noqa: PLC0415 after the limit
    import pyarrow as pa  # noqa: PLC0415

    reader = fastexcel.read_excel(path)
    names = reader.sheet_names
    for position, name in enumerate(names):
        sheet = reader.load_sheet(position, header_row=None, dtypes="string", skip_rows=0)
        about = {"name": name, "visible": sheet.visible}
        if position == len(names) - 1:
            del reader  # which keeps every sheet of an .ods in memory
        columns = _columns(sheet) if sheet.width else []
        del sheet
        schema = pa.schema([(str(each), pa.string()) for each in range(len(columns))], metadata=about)
        with pa.ipc.new_stream(out, schema) as stream:
            stream.write_table(pa.Table.from_arrays(columns, schema=schema))


def _limit(memory: int) -> None:
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource  # noqa: PLC0415 not on every system

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _columns(sheet: Any) -> list[Any]:  # noqa: ANN401 of a library that is imported late
    """Return the columns, with the names that spreadsheets show for cells that are errors."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    batch, errors = sheet.to_arrow_with_errors()
    columns = list(batch.columns)
    wrong: dict[int, dict[int, str]] = {}
    for error in errors.errors if errors else ():
        row, column = error.position
        kind = error.detail.partition("Error(")[2].partition(")")[0]
        wrong.setdefault(column, {})[row] = ERRORS.get(kind, "#ERROR!")
    for column, texts in wrong.items():
        rows = sorted(texts)
        mask = pc.is_in(pa.array(range(len(batch))), pa.array(rows))
        columns[column] = pc.replace_with_mask(columns[column], mask, pa.array([texts[row] for row in rows]))
    return columns


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), sys.stdout.buffer)
