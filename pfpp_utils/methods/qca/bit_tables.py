"""Sets of rows, as whole numbers with one bit a row and as tables of true and false."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

Table = NDArray[np.bool_]
BLOCK = 1000


def to_table(numbers: Sequence[int], width: int) -> Table:
    """Unpack whole numbers into a table.

    Parameters
    ----------
    numbers
        N of them, each below 2**width.
    width
        Bits to unpack.

    Returns
    -------
    numpy.ndarray
        N by width; the lowest bit comes first.

    Examples
    --------
    >>> to_table([0b01, 0b10], 2).tolist()
    [[True, False], [False, True]]
    """
    size = max(1, (width + 7) // 8)
    packed = np.frombuffer(b"".join(number.to_bytes(size, "little") for number in numbers), dtype=np.uint8)
    return np.unpackbits(packed.reshape(len(numbers), size), axis=1, count=width, bitorder="little") > 0


def to_numbers(table: Table) -> list[int]:
    """Pack the rows of a table into whole numbers.

    Parameters
    ----------
    table
        N by any width.

    Returns
    -------
    list of int
        N numbers; the first column is the lowest bit.

    Examples
    --------
    >>> to_numbers(np.array([[True, False], [False, True]]))
    [1, 2]
    """
    packed = np.packbits(table, axis=1, bitorder="little")
    return [int.from_bytes(row.tobytes(), "little") for row in packed]


def bits(number: int) -> list[int]:
    """Split a number into its powers of two.

    Parameters
    ----------
    number
        0 or more.

    Returns
    -------
    list of int
        Powers of two that add up to it, ascending.

    Examples
    --------
    >>> bits(0b101)
    [1, 4]
    """
    return [1 << place for place in range(number.bit_length()) if number >> place & 1]


def largest(table: Table) -> NDArray[np.intp]:
    """Find the rows of a table that lie within no other; of equal ones the first.

    Parameters
    ----------
    table
        Sets, one a row, none empty.

    Returns
    -------
    numpy.ndarray
        Positions of those rows, ascending.

    Examples
    --------
    >>> largest(to_table([0b001, 0b011, 0b110, 0b011], 3)).tolist()
    [1, 2]
    """
    sizes, kept = table.sum(axis=1), np.ones(len(table), dtype=bool)
    for inner, outer in _inclusions(table):
        kept[inner[(sizes[outer] > sizes[inner]) | (outer < inner)]] = False
    return np.flatnonzero(kept)


def least(table: Table) -> NDArray[np.intp]:
    """Find the rows of a table within which no other lies; of equal ones the first.

    Parameters
    ----------
    table
        Sets, one a row, none empty.

    Returns
    -------
    numpy.ndarray
        Positions of those rows, ascending.

    Examples
    --------
    >>> least(to_table([0b001, 0b011, 0b110, 0b001], 3)).tolist()
    [0, 2]
    """
    sizes, kept = table.sum(axis=1), np.ones(len(table), dtype=bool)
    for inner, outer in _inclusions(table):
        kept[outer[(sizes[outer] > sizes[inner]) | (inner < outer)]] = False
    return np.flatnonzero(kept)


def within(parts: Table, wholes: Table) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Find which sets lie within which others.

    Parameters
    ----------
    parts, wholes
        Sets, one a row, of the same width.

    Returns
    -------
    numpy.ndarray, numpy.ndarray
        Positions of a part and of a whole, pair by pair; empty parts are passed over.
    """
    shared = (csr_array(parts.astype(np.int32)) @ csr_array(wholes.T.astype(np.int32))).tocoo()
    inside = shared.data == parts.sum(axis=1)[shared.row]
    return shared.row[inside].astype(np.intp), shared.col[inside].astype(np.intp)


def _inclusions(table: Table) -> Iterator[tuple[NDArray[np.intp], NDArray[np.intp]]]:
    """Give the pairs of rows of which one lies within another, some rows at a time to save memory."""
    for start in range(0, len(table), BLOCK):
        inner, outer = within(table[start : start + BLOCK], table)
        others = inner + start != outer
        yield inner[others] + start, outer[others]
