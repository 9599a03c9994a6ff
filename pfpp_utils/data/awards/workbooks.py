"""Workbooks (.xlsx and .ods), read by a process of its own once their archive has been checked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pyarrow as pa

from pfpp_utils.data.awards import archive, formulas, text_cells
from pfpp_utils.data.awards.sheets import Sheet
from pfpp_utils.errors import InputError

#: Most memory, in bytes, that reading a workbook may ask for: four times what 200,000 awards need.
MEMORY = 4 * 2**30


def read(path: Path) -> list[Sheet]:
    """Read every sheet of a workbook.

    Parameters
    ----------
    path
        A file that begins as a zip archive does.

    Returns
    -------
    list of Sheet
        In the order of the file.

    Raises
    ------
    InputError
        As `sheets.read`.
    """
    scan = formulas.Formulas()
    kind = archive.check(path, scan.watch)
    found = _by_sheet(path, kind, scan)
    streams = list(_streams(_run(path)))
    names = [name for name, _, _ in streams]
    if twice := {name for name in names if names.count(name) > 1}:
        allowed = "each name once"
        raise InputError("two sheets of one name", where=path.name, found=sorted(twice), allowed=allowed)
    return [
        _sheet(path, kind, name, columns, hidden=hidden, found=found.get(name, formulas.Found()))
        for name, hidden, columns in streams
    ]


def _sheet(
    path: Path, kind: str, name: str, columns: list[pa.ChunkedArray], *, hidden: bool, found: formulas.Found
) -> Sheet:
    cells, height = text_cells.frame(columns, typed=True)
    unvalued = tuple(found.unvalued)
    return Sheet(path, name, cells, height, kind, hidden=hidden, formulas=found.count, unvalued=unvalued)


def _by_sheet(path: Path, kind: archive.Kind, scan: formulas.Formulas) -> dict[str, formulas.Found]:
    if kind == "ods" or not scan.found:
        return scan.found
    related = archive.content(path, "xl/_rels/workbook.xml.rels")
    parts = formulas.sheet_parts(archive.content(path, "xl/workbook.xml"), related)
    return {name: scan.found[part] for name, part in parts.items() if part in scan.found}


def _run(path: Path) -> bytes:
    child = Path(__file__).with_name("calamine_child.py")
    command = [sys.executable, "-P", str(child), str(path.absolute()), str(MEMORY)]
    ended = subprocess.run(command, capture_output=True, check=False)
    if ended.returncode == 0:
        return ended.stdout
    said = ended.stderr.decode(errors="replace").strip()
    if "memory allocation" in said or "MemoryError" in said or "ArrowMemoryError" in said:
        found, allowed = f"more than {MEMORY:,} bytes to lay its sheets out", "sheets without far-off cells"
        raise InputError(
            "the workbook asks for too much memory", where=path.name, found=found, allowed=allowed
        )
    last = said.splitlines()[-1] if said else f"reading ended with status {ended.returncode}"
    allowed = "a workbook that a spreadsheet program opens; or save it as .csv"
    raise InputError("the workbook cannot be read", where=path.name, found=last, allowed=allowed)


def _streams(output: bytes) -> Iterator[tuple[str, bool, list[pa.ChunkedArray]]]:
    """Take apart what the process wrote: name of each sheet, whether it is hidden, its columns."""
    source = pa.BufferReader(output)
    while source.tell() < source.size():
        with pa.ipc.open_stream(source) as stream:
            table = stream.read_all()
        about = {key.decode(): value.decode() for key, value in (table.schema.metadata or {}).items()}
        yield about["name"], about["visible"] != "visible", table.columns
