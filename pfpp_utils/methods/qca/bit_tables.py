"""Sets of rows, as whole numbers with one bit a row and as tables of true and false."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.bool_]


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
        Sets, one a row.

    Returns
    -------
    numpy.ndarray
        Positions of those rows, ascending.

    Examples
    --------
    >>> largest(to_table([0b001, 0b011, 0b110, 0b011], 3)).tolist()
    [1, 2]
    """
    weights = table.astype(np.float32)
    sizes = weights.sum(axis=1)
    at = np.arange(len(table))
    kept = np.ones(len(table), dtype=bool)
    for start in range(0, len(table), 512):
        part = slice(start, start + 512)
        within = weights[part] @ weights.T == sizes[part, None]
        bigger = (sizes > sizes[part, None]) | ((sizes == sizes[part, None]) & (at < at[part, None]))
        kept[part] = ~(within & bigger).any(axis=1)
    return np.flatnonzero(kept)
