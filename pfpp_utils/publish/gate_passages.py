"""Passages in which a label and a figure belong together: lines of tables, neighbours, and short texts."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, count
from typing import Any

#: Longest text that is one of several side by side, in characters; a longer one is read by sentences.
SHORT = 60
#: How many texts that follow each other are looked at together, and how far back a label may stand.
_TOGETHER, _BACK = 4, 8
_TOKEN = re.compile(
    r'"((?:[^"\\\n]|\\.)*)"|\'((?:[^\'\\\n]|\\.)*)\'|`((?:[^`\\]|\\.)*)`|([^\W\d][\w-]*)|(\d[\d.,]*)'
)
_FIELDS = re.compile(r"\t|\||;|: |:$|=| {2,}|, ")
_CODE = re.compile(r"[{};=]\s*$|^\s*[\"'\w-]+\s*[:=]|=>|function\b", re.MULTILINE)
_NUMBERS = count()


@dataclass(frozen=True)
class Passage:
    """Texts side by side, with what names them; or a text by itself.

    Attributes
    ----------
    cells
        The texts. One of several lines has several things in one place, such as what is shown and a tooltip.
    header
        Names of the cells, as many as cells, or none.
    output
        Address of the figure or table that it stands in, if that is known.
    around
        What stands above or around: headings, captions, keys.
    table
        Which table and direction it is a line of; 0 for none.
    before
        Short texts a little before, where it is no line of a table.
    """

    cells: tuple[str, ...]
    header: tuple[str, ...] = ()
    output: str = ""
    around: tuple[str, ...] = ()
    table: int = 0
    before: tuple[str, ...] = ()


def passages(text: str, sheets: Iterable[tuple[str, list[list[str]]]] = ()) -> Iterator[Passage]:
    """Cut a text into passages, by what it is and not by how its file is called.

    Parameters
    ----------
    text
        The text.
    sheets
        Names and rows of a workbook's sheets, if the file is one.

    Yields
    ------
    Passage
        Lines of tables in both directions, neighbours, and texts by themselves.
    """
    from pfpp_utils.publish import gate_html  # noqa: PLC0415 which calls this for what lies in a page

    for name, cells in sheets:
        yield from grid(cells, (name,))
    if (data := parsed(text)) is not None:
        yield from _of_json(data)
    elif "<" in text and re.search(r"</?[a-zA-Z!]", text):
        yield from gate_html.passages(text)
    else:
        yield from _of_lines(text)


def grid(
    table: Sequence[Sequence[str]], around: tuple[str, ...] = (), *, output: str = ""
) -> Iterator[Passage]:
    """Give the lines of a table in both directions, each with the first ones as names.

    Parameters
    ----------
    table
        Rows of cells.
    around
        Its caption and headings.
    output
        Address of the table, if that is known.

    Yields
    ------
    Passage
        Each row and each column; a row with a single text goes with those below it.
    """
    rows = [tuple(map(str, row)) for row in table]
    if not any(rows):
        return
    across = next(_NUMBERS) + 1
    section: tuple[str, ...] = ()
    block: list[tuple[str, ...]] = []
    for row in rows:
        filled = [cell for cell in row if cell.strip()]
        if len(filled) == 1 and len(row) > 1:
            section = (filled[0],)
            yield Passage((filled[0],), (), output, around)
        elif filled:
            block.append(row)
            head = _head(block)
            named = head if len(head) == len(row) and len(block) > 1 else ()
            yield Passage(row, named, output, (*around, *section), across)
    if len(block) > 1 and len({len(row) for row in block}) == 1:
        columns = list(zip(*block, strict=True))
        below = next(_NUMBERS) + 1
        for column in columns[:500]:
            yield Passage(column, columns[0] if column is not columns[0] else (), output, around, below)


def _head(block: list[tuple[str, ...]]) -> tuple[str, ...]:
    """Names of columns: the first row, and those below it that have no number either."""
    head = [block[0]]
    for row in block[1:3]:
        if len(row) != len(block[0]) or any(re.search(r"\d", cell) for cell in (*row, *head[-1])):
            break
        head.append(row)
    return tuple("\n".join(dict.fromkeys(parts)) for parts in zip(*head, strict=True))


def windows(pieces: Sequence[str], around: tuple[str, ...] = (), *, output: str = "") -> Iterator[Passage]:
    """Give short texts that follow each other, two to four at a time, and pairs with what stands before.

    Parameters
    ----------
    pieces
        Texts, in order.
    around, output
        As of a passage.
    """
    short = [piece if len(piece) <= SHORT else "" for piece in pieces]
    for place in range(len(short)):
        for size in range(2, _TOGETHER + 1):
            together = tuple(short[place : place + size])
            if len(together) == size and all(together):
                yield Passage(together, (), output, around)
        before = tuple(filter(None, short[max(0, place - _BACK) : place]))
        pair = tuple(filter(None, short[place : place + 2]))
        if before and pair:
            yield Passage((*pair, ""), (), output, around, 0, before)


def parsed(text: str) -> Any:  # noqa: ANN401 whatever JSON holds
    """Read JSON, also in the call that a search index is written as; None if it is neither."""
    if not text.lstrip()[:40].startswith(("{", "[", "Search.setIndex(")):
        return None
    try:
        return json.loads(re.sub(r"^Search\.setIndex\(|\);?\s*$", "", text.strip()))
    except (ValueError, RecursionError):
        return None


def leaves(data: Any) -> list[str]:  # noqa: ANN401
    """Give all keys and texts of JSON in order; lists of texts as one, the way notebooks keep them."""
    found: list[str] = []
    _leave([data], found)
    return found


def _leave(data: dict[str, Any] | list[Any], found: list[str]) -> None:
    for one in chain.from_iterable(data.items()) if isinstance(data, dict) else data:
        if isinstance(one, list) and one and all(isinstance(line, str) for line in one):
            found.append("".join(one))
        if isinstance(one, dict | list):
            _leave(one, found)
        elif one is not None:
            found.append(str(one))


def _of_json(data: Any) -> Iterator[Passage]:  # noqa: ANN401
    arrays: dict[int, list[list[str]]] = {}
    yield from _of_value(data, (), arrays)
    for size, listed in arrays.items():
        if size > 1 and len(listed) > 1:  # arrays of one length lie side by side, wherever they are
            rows = [list(row) for row in zip(*listed[:100], strict=True)]
            yield from grid(rows)


def _of_value(data: Any, path: tuple[str, ...], arrays: dict[int, list[list[str]]]) -> Iterator[Passage]:  # noqa: ANN401
    if isinstance(data, dict):
        yield from _of_object(data, path, arrays)
    elif isinstance(data, list):
        yield from _of_list(data, path, arrays)
    elif data is not None and path and len(str(data)) <= SHORT:
        yield Passage((*path[-_TOGETHER + 1 :], str(data)), (), "", path)
    if isinstance(data, str) and data:
        yield from (replace(one, around=(*path, *one.around)) for one in passages(data))


def _of_object(
    data: dict[str, Any], path: tuple[str, ...], arrays: dict[int, list[list[str]]]
) -> Iterator[Passage]:
    single = {str(key): str(value) for key, value in data.items() if not isinstance(value, (dict, list))}
    if len(single) > 1:
        yield Passage(tuple(single.values()), tuple(single), "", path)
    told = [text for key, text in single.items() if key in {"name", "label", "title", "key", "id"}]
    if isinstance(data.get("node"), dict) and isinstance(data.get("link"), dict):
        data = {**data, "link": _named(data["node"].get("label", []), data["link"])}
    for key, value in data.items():
        if (array := _array(value)) is not None:
            head = "\n".join([str(key), *told, *path[-1:]])
            arrays.setdefault(len(array), []).append([head, *map(str, array)])
        if array is None or isinstance(value, list):
            yield from _of_value(value, (*path, *told[:3], str(key)), arrays)


def _of_list(data: list[Any], path: tuple[str, ...], arrays: dict[int, list[list[str]]]) -> Iterator[Passage]:
    if data and all(isinstance(one, list) for one in data):
        yield from grid([[str(cell) for cell in row] for row in data], path)
    elif data and all(isinstance(one, dict) for one in data):
        keys = list(dict.fromkeys(str(key) for one in data for key in one))
        if all(not isinstance(value, (dict, list)) for one in data for value in one.values()):
            yield from grid([keys, *([str(one.get(key, "")) for key in keys] for one in data)], path)
    elif data and all(isinstance(one, str) for one in data):
        yield from passages("".join(data))
    if not any(isinstance(one, (list, dict)) for one in data):
        if 1 < len(data) < 1000:
            yield from (Passage((str(one),), (), "", path) for one in data if isinstance(one, str))
            yield Passage(tuple(map(str, data)), (), "", path)
            yield from windows(list(map(str, data)), path)
        return
    for one in data:
        yield from _of_value(one, path, arrays)


def _named(labels: Any, link: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    """Name the ends of a flow diagram's flows, which it numbers."""
    ends = {
        side: [labels[i] if isinstance(i, int) and i < len(labels) else str(i) for i in link[side]]
        for side in ("source", "target")
        if isinstance(link.get(side), list)
    }
    return {**link, **ends}


def _array(value: Any) -> list[Any] | None:  # noqa: ANN401
    if isinstance(value, dict) and {"bdata", "dtype"} <= set(value):
        import base64  # noqa: PLC0415

        import numpy as np  # noqa: PLC0415

        try:
            return list(np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"]).tolist())
        except (ValueError, TypeError):
            return None
    if isinstance(value, list) and value and not any(isinstance(one, (dict, list)) for one in value):
        return value
    return None


def _of_lines(text: str) -> Iterator[Passage]:
    """Plain text, delimited text and code: by line, by field and by token."""
    lines = [line for line in text.splitlines() if line.strip()]
    fenced = [line.strip().strip("|") for line in lines if not re.fullmatch(r"[\s|:+=-]+", line)]
    for mark in "\t,;|":
        if sum(mark in line for line in fenced) > 1:
            rows = [[cell.strip() for cell in row] for row in _delimited(fenced, mark)]
            yield from grid(rows)
            if (
                len({len(row) for row in rows}) == 1
                and max(len(cell) for row in rows for cell in row) <= SHORT
            ):
                return  # a table and nothing else: what stands side by side in it has names
    yield from (Passage((line.strip(),)) for line in lines)
    fields = [[part.strip() for part in _FIELDS.split(line) if part.strip()] for line in lines]
    if len(lines) < 10_000:
        yield from windows([part for listed in fields for part in listed])
    if _CODE.search(text):
        yield from windows([next(filter(None, token.groups()), "") for token in _TOKEN.finditer(text)])
        for token in _TOKEN.finditer(text):
            said = token[1] or token[2] or token[3] or ""
            if len(said) > 3 and said != text:
                yield from passages(said)


def _delimited(lines: list[str], mark: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO("\n".join(lines), newline=""), delimiter=mark))
    except csv.Error:
        return [line.split(mark) for line in lines]
