"""What a page, a picture in SVG or any other text with tags says, whatever its tags are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from urllib.parse import parse_qsl, urlsplit

from pfpp_utils.publish import gate_passages
from pfpp_utils.publish.gate_passages import Passage

#: Tags within a text; all others end one.
INLINE = re.compile(
    "a|abbr|acronym|b|bd[io]|big|cite|code|data|del|dfn|em|font|i|ins|kbd|label|mark|meter|nobr|output|q|r[bp]|s|"
    "samp|small|span|strong|tspan|time|tt|u|var|wbr"
)
#: Names of tables in OpenDocument by those in HTML.
_ODS = {"table-row": "tr", "table-cell": "td"}
#: Attributes of drawing and of the page's own working.
_DRAWING = re.compile(
    "class|src|rel|type|role|lang|dir|tabindex|target|width|height|viewbox|d|points|transform|[dr]?[xy]|[xy][12]|"
    "c[xy]|r|fill|stroke.*|font.*|text-anchor|clip-path|integrity|charset|xmlns.*|colspan|rowspan|scope|headers|"
    "crossorigin|media|sizes"
)
#: Tags of pages and pictures whose names say nothing of what stands in them.
_PLAIN = re.compile(
    "input|img|div|p|[uod]l|li|d[dt]|t[dhr]|t(able|body|head|foot)|caption|h\\d|section|article|option|select|"
    "button|progress|form|fieldset|legend|textarea|g|rect|text|title|desc|svg|path|fig(ure|caption)|html|body|head|"
    "main|iframe|summary|details|row|c|v|si|is|t|r|su[bp]"
)
_VOID = re.compile("area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr")
#: Where a tag stands within a text.
_MARK = "\0"
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][\w:-]*)[^<>]*>|<!--|-->|<!\[CDATA\[|\]\]>|<[!?][^<>]*>")
_COMMENT = re.compile("<!--.*?-->", re.DOTALL)
_WITHIN = re.compile(rf"(\d)(?:</?(?:{INLINE.pattern})\b[^<>]*>)+(?=\d)", re.IGNORECASE)
_PLACED = re.compile(r"translate\(\s*(-?[\d.]+)[\s,]+(-?[\d.]+)")


def untagged(text: str) -> Iterator[str]:
    """Take the tags out of a text: so that what they part comes together, stays apart, or only digits do not.

    Examples
    --------
    >>> list(untagged("<td>A<b>3</b><i>1</i></td>"))
    [' A31 ', ' A 3 1 ', ' A 31 ']
    """
    if not _TAG.search(text):
        return
    bare = _COMMENT.sub("", text)
    for whole in dict.fromkeys((bare, text)):  # a comment parts words, and says something
        first, *others = (pieces := _TAG.split(whole))[:: 1 + _TAG.groups]
        parted = zip(pieces[2 :: 1 + _TAG.groups], others, strict=True)
        yield _narrow(first + "".join(part for name, after in parted for part in (_between(name), after)))
    yield (apart := _narrow(" ".join((first, *others))))
    if (within := _WITHIN.sub(r"\1", text)) != text and (together := _narrow(_TAG.sub(" ", within))) != apart:
        yield together


@lru_cache(maxsize=1000)
def _between(name: str | None) -> str:
    """Give what a tag of a name leaves where it stood."""
    return "" if INLINE.fullmatch((name or "").lower()) else " "


def _narrow(text: str) -> str:
    return re.sub("  +", " ", text)


def passages(text: str) -> Iterator[Passage]:
    """Cut a text with tags into passages.

    Parameters
    ----------
    text
        HTML, SVG or XML.

    Yields
    ------
    Passage
        Lines of its tables, neighbours, texts by themselves, and what attributes, comments and scripts say.
    """
    page = _Page(text)
    yield from page.passages
    for stream in (page.texts, page.everything):
        for output in dict.fromkeys(output for _, output in stream):
            yield from gate_passages.windows([piece for piece, of in stream if of == output], output=output)
    yield from _placed(page.placed)


def _placed(texts: list[tuple[float, float, str]]) -> Iterator[Passage]:
    """Texts of a picture that stand beside or below each other."""
    for axis in (0, 1):
        lines: dict[int, list[tuple[float, str]]] = {}
        for x, y, text in texts:
            along, across = (y, x) if axis else (x, y)
            lines.setdefault(round(along), []).append((across, text))
        table = [[text for _, text in sorted(line)] for _, line in sorted(lines.items()) if len(line) > 1]
        for row in table:
            yield from gate_passages.windows(row)
        if len(table) > 1 and len({len(row) for row in table}) == 1:
            yield from gate_passages.grid(table)


#: Tags at whose begin or end a cell ends that is open; pages need not write the end of one.
_ENDS_CELL = re.compile("td|th|tr|thead|tbody|tfoot")


class _Page(HTMLParser):
    """Collects what a text with tags says."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.passages: list[Passage] = []
        self.texts: list[tuple[str, str]] = []
        self.everything: list[tuple[str, str]] = []
        self.placed: list[tuple[float, float, str]] = []
        self._open: list[tuple[str, str]] = []
        self._block: list[str] = []
        self._headings: dict[str, str] = {}
        self._tables: list[list[list[tuple[str, int, int]]]] = []
        self._captions: list[str] = []
        self._cell: list[list[str]] = []
        self._outside: list[int] = []  # how many cells were open where each open table begins
        self._at: tuple[float, float] | None = None
        self.feed(text)
        self.close()
        while self._tables:
            self._end_table()
        self._flush("")

    @property
    def _output(self) -> str:
        ids = (known for _, known in reversed(self._open))
        return next((known for known in ids if known.startswith(("table-", "figure-"))), "")

    @property
    def _around(self) -> tuple[str, ...]:
        return (*self._headings.values(), *self._captions)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a text or a table, and take attributes."""
        tag = _ODS.get(tag.rpartition(":")[2], tag.rpartition(":")[2])
        given = {key: value or "" for key, value in attrs}
        self._part(tag)
        if not _VOID.fullmatch(tag):
            self._open.append((tag, given.get("id", "")))
            del self._open[:-300]
        if not INLINE.fullmatch(tag) and not _PLAIN.fullmatch(tag):
            self.everything.append((tag, self._output))
        if _ENDS_CELL.fullmatch(tag):
            self._end_cell()
        if tag == "table":
            self._outside.append(len(self._cell))
            self._tables.append([])
            self._captions.append("")
        elif tag == "tr" and self._tables:
            self._tables[-1].append([])
        elif tag in {"td", "th"} and self._tables:
            if not self._tables[-1]:
                self._tables[-1].append([])
            across, down = (_whole(given.get(side, "1")) for side in ("colspan", "rowspan"))
            self._tables[-1][-1].append(("", across, down))
            self._cell.append([])
        self._place(tag, given)
        self._attributes(given)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin and end an element that has nothing in it."""
        self.handle_starttag(tag, attrs)
        if not _VOID.fullmatch(tag):
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a text or a table."""
        tag = _ODS.get(tag.rpartition(":")[2], tag.rpartition(":")[2])
        self._part(tag)
        if _ENDS_CELL.fullmatch(tag):
            self._end_cell()
        elif tag == "table" and self._tables:
            self._end_table()
        while self._open and any(one == tag for one, _ in self._open) and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        """Take text; a script or style is read for what it is."""
        if self._open and self._open[-1][0] in {"script", "style"}:
            self._inner(data)
        else:
            self._block.append(data)

    def handle_comment(self, data: str) -> None:
        """Take a comment like any text."""
        self._inner(data)

    def handle_pi(self, data: str) -> None:
        """Take an instruction like a comment."""
        self._inner(data)

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Take a section of no known kind as browsers do: as a comment."""
        try:
            return super().parse_marked_section(i, report)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def unknown_decl(self, data: str) -> None:
        """Take marked text of XML like any text."""
        self._inner(data)

    def _inner(self, data: str) -> None:
        around, output = self._around, self._output
        self.passages += [
            Passage(one.cells, one.header, one.output or output, (*around, *one.around), one.table)
            for one in gate_passages.passages(data)
        ]

    def _attributes(self, given: dict[str, str]) -> None:
        told = {
            key.removeprefix("data-"): value for key, value in given.items() if not _DRAWING.fullmatch(key)
        }
        told.pop("style", None) if "--" not in given.get("style", "") else None
        if "href" in told:
            address = urlsplit(told.pop("href"))
            told |= dict(parse_qsl(address.query)) | ({"#": address.fragment} if address.fragment else {})
        told = {key: value for key, value in told.items() if value}
        if len(told) > 1:
            self.passages.append(Passage(tuple(told.values()), tuple(told), self._output, self._around))
        for key, value in told.items():
            self._inner(value)
            if key != "id":
                self.passages.append(Passage((key, value), (), self._output, self._around))
                if self._cell:
                    self._cell[-1].append(value)
                else:
                    self.everything += [(key, self._output), (value, self._output)]

    def _place(self, tag: str, given: dict[str, str]) -> None:
        placed = _PLACED.search(given.get("transform", ""))
        try:
            if tag in {"text", "tspan"} and "x" in given and "y" in given:
                self._at = (float(given["x"]), float(given["y"]))
            elif tag == "text" and placed:
                self._at = (float(placed[1]), float(placed[2]))
        except ValueError:
            self._at = None

    def _part(self, tag: str) -> None:
        """End a text, or note that a tag stands within it."""
        if tag in {"sup", "sub"}:
            self._block.append(" ")
        elif INLINE.fullmatch(tag):
            self._block.append(_MARK)
        else:
            self._flush(tag)

    def _flush(self, tag: str) -> None:
        block, self._block = "".join(self._block), []
        text = _SPACE.sub(" ", block.replace(_MARK, "")).strip()
        if not text:
            return
        output, inside = self._output, bool(self._cell)
        for part in (block, re.sub(rf"(?<=\d){_MARK}+(?=\d)", "", block)) if _MARK in block else ():
            apart = _SPACE.sub(" ", part.replace(_MARK, " ")).strip()
            self.passages.append(Passage((apart,), (), output, self._around))
        if inside:
            self._cell[-1].append(text)
        else:
            self.everything.append((text, output))
            self.texts.append((text, output))
        if tag in {"caption", "figcaption"} and self._captions:
            self._captions[-1] = text
        if re.fullmatch("h[1-6]", tag):
            self._headings = {key: kept for key, kept in self._headings.items() if key < tag} | {tag: text}
        if self._at and tag in {"text", "tspan"}:
            self.placed.append((*self._at, text))
            self._at = None
        self.passages.append(Passage((text,), (), output, self._around))

    def _end_cell(self) -> None:
        """End the cell of this table that is open, if one is: its end need not be written."""
        if self._tables and len(self._cell) > self._outside[-1]:
            _, across, down = self._tables[-1][-1][-1]
            self._tables[-1][-1][-1] = ("\n".join(dict.fromkeys(self._cell.pop())), across, down)

    def _end_table(self) -> None:
        self._end_cell()
        self._outside.pop()
        table, caption = _laid_out(self._tables.pop()), self._captions.pop()
        around = (*self._around, caption) if caption else self._around
        self.passages += gate_passages.grid(table, around, output=self._output)


def _laid_out(rows: list[list[tuple[str, int, int]]]) -> list[list[str]]:
    """Write cells that span several into each of these."""
    laid: list[list[str]] = []
    kept: dict[int, tuple[str, int]] = {}
    for row in rows:
        line: list[str] = []
        for text, across, down in [*row, ("", 0, 0)]:
            while len(line) in kept:
                above, left = kept.pop(len(line))
                if left > 1:
                    kept[-len(line) - 1] = (above, left - 1)
                line.append(above)
            for _ in range(across):
                if down > 1:
                    kept[-len(line) - 1] = (text, down - 1)
                line.append(text)
        kept = {-place - 1 if place < 0 else place: above for place, above in kept.items()}
        laid.append(line)
    return laid


def _whole(text: str) -> int:
    return min(max(int(text), 1), 100) if text.isdecimal() else 1
