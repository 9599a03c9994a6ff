"""From an executed notebook to a page of the book: figures joined, downloads beside them, code folded."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from pfpp_utils.characters import shown
from pfpp_utils.errors import InputError
from pfpp_utils.publish import calculator_form, markup, scale, workbook
from pfpp_utils.publish.plan import Page

PLOTLY, SVG = "application/vnd.plotly.v1+json", "image/svg+xml"

#: Parts of outputs whose name is an address on the page.
_NAMED = {"head", "table", "calculator"}
#: Tag of a code cell whose code is folded below what it shows, such as the answers of a front page.
FIRST = "answer-first"


@dataclass
class Rendered:
    """A page ready for the book, with the files that belong to it.

    Attributes
    ----------
    notebook
        The notebook as the book builder reads it.
    files
        Pictures, diagrams and downloads by their path below ``_static``.
    sheets
        Of each spreadsheet among them, by its path: the table as CSV, and how it is described, as JSON.
    """

    notebook: NotebookNode
    files: dict[str, bytes] = field(default_factory=dict)
    sheets: dict[str, tuple[str, str]] = field(default_factory=dict)


def render(
    executed: NotebookNode, page: Page, *, made: str, sheet: Callable[[str, str], bytes] = workbook.written
) -> Rendered:
    """Turn an executed notebook into a page.

    Parameters
    ----------
    executed
        As papermill wrote it.
    page
        Its entry in the plan.
    made
        A line that says which version, data and run made the page.
    sheet
        Writes a spreadsheet.

    Returns
    -------
    Rendered
        The page and its files.

    Raises
    ------
    InputError
        If an output did not come through :mod:`pfpp_utils.publish.show`, or two have one name.
    """
    _require_once(executed, page)
    rendered = Rendered(nbformat.v4.new_notebook(metadata={"kernelspec": executed.metadata.kernelspec}))
    for cell in _joined(_needed(executed.cells)):
        kept = nbformat.from_dict(cell)
        kept.metadata = NotebookNode()
        if cell.cell_type == "code":
            kept.metadata = NotebookNode(tags=["hide-input"], mystnb={"code_prompt_show": _prompt(cell)})
            kept.outputs = [_linked(output) for output in _outputs(cell.outputs, page, rendered)]
        if FIRST in _tags(cell):
            rendered.notebook.cells.append(_shown_alone(kept))
        rendered.notebook.cells.append(kept)
    _retitle(rendered.notebook, page)
    if page.parameters:
        given = ", ".join(f"{key} = {value}" for key, value in page.parameters.items())
        rendered.notebook.cells.append(
            _small(f"This page was run with {given}; other parameters at their defaults.")
        )
    rendered.notebook.cells.append(_small(made))
    rendered.files |= {path: sheet(*given) for path, given in rendered.sheets.items()}
    return rendered


def _require_once(executed: NotebookNode, page: Page) -> None:
    """Refuse two figures or two tables of one name: one address, one file, for two things."""
    outputs = [output for cell in executed.cells for output in cell.get("outputs", [])]
    marks = [output.get("metadata", {}).get(markup.MARK, {}) for output in outputs]
    names = [f"{mark['part']} {mark['name']}" for mark in marks if mark.get("part") in _NAMED]
    if twice := sorted({name.partition(" ")[2] for name in names if names.count(name) > 1}):
        what, where = "two things of one name", f"page {page.name}"
        raise InputError(what, where=where, found=", ".join(twice), allowed="each name once on a page")


def _shown_alone(kept: NotebookNode) -> NotebookNode:
    """Take what a code cell shows off it, into a cell that shows nothing else."""
    hidden = {"tags": ["remove-input"]}  # yet some code there must be: the book builder drops empty cells
    alone = nbformat.v4.new_code_cell(kept.source, outputs=kept.outputs, metadata=hidden)
    kept.outputs = []
    return alone


def _needed(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Leave out the defaults where papermill has put this page's parameters after them."""
    injected = any("injected-parameters" in _tags(cell) for cell in cells)
    return [cell for cell in cells if not (injected and "parameters" in _tags(cell))]


def _joined(cells: list[NotebookNode]) -> list[NotebookNode]:
    """Put code that shows nothing into one fold with the code cell after it, if one follows."""
    joined: list[NotebookNode] = []
    for cell in cells:
        last = joined[-1] if joined else None
        if last is not None and last.cell_type == cell.cell_type == "code" and not last.outputs:
            merged = nbformat.from_dict(cell)
            merged.source = f"{last.source}\n\n{cell.source}"
            joined[-1] = merged
        else:
            joined.append(cell)
    return joined


def _prompt(cell: NotebookNode) -> str:
    """Say what a reader opens: code is folded, and what it makes tells one fold from another."""
    marks = [output.get("metadata", {}).get(markup.MARK, {}) for output in cell.outputs]
    labels = list(dict.fromkeys(mark["label"] for mark in marks if "label" in mark))
    return f"Show the code of {' and '.join(labels) if labels else 'this step'}"


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _small(text: str) -> NotebookNode:
    line = " ".join(text.split())  # an empty line would end the HTML, and begin Markdown
    return nbformat.v4.new_markdown_cell(f"<p class='pfpp-made'>{markup.escape(line)}</p>")


def _retitle(notebook: NotebookNode, page: Page) -> None:
    if not page.title:
        return
    first = notebook.cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {page.title}"))
        return
    _, _, rest = first.source.partition("\n")
    first.source = f"# {page.title}\n{rest}".rstrip("\n")


def _outputs(outputs: list[NotebookNode], page: Page, rendered: Rendered) -> Iterator[NotebookNode]:
    """Join heading, picture and foot of each figure into one output; refuse what has no mark of show."""
    head = picture = None
    for output in outputs:
        mark = output.get("metadata", {}).get(markup.MARK, {})
        match mark.get("part"):
            case "head":
                head = output
            case "picture":
                picture = output
            case "foot" if head is not None and picture is not None:
                yield _html(_figure(head, picture, output, page, rendered))
                head = picture = None
            case "table":
                link = _download(output, page, rendered)
                yield _html(output.data["text/html"] + link)
            case "calculator":
                texts = {key: mark[key] for key in ("name", "title", "source")}
                yield _html(calculator_form.html(json.loads(mark["start"]), **texts))
            case "text":
                yield output
            case _:
                raise _unmarked(output, page)


def _unmarked(output: NotebookNode, page: Page) -> InputError:
    """Say which output came another way: it would have no number, source, description or download."""
    shown = output.get("text") or output.get("data", {}).get("text/plain") or output.get("ename", "")
    found = f"{output.output_type}: {str(shown).strip()[:60]}"
    what, where = "an output did not come through publish.show", f"page {page.name}"
    return InputError(
        what, where=where, found=found, allowed="show.figure, show.table, show.text and the like"
    )


def _linked(output: NotebookNode) -> NotebookNode:
    """Copy an output, with links to pages as they are in the built book, and without what acts unseen."""
    copied = nbformat.from_dict(output)
    if "text" in copied:
        copied.text = shown(copied.text)
    for kind in [kind for kind in copied.get("data", {}) if kind.startswith("text/")]:
        copied.data[kind] = shown("".join(copied.data[kind]))
    for kind in {"text/html", "text/markdown"} & copied.get("data", {}).keys():
        copied.data[kind] = markup.linked(copied.data[kind], markdown=kind == "text/markdown")
    return copied


def _figure(
    head: NotebookNode, picture: NotebookNode, foot: NotebookNode, page: Page, rendered: Rendered
) -> str:
    name, label = head.metadata[markup.MARK]["name"], foot.metadata[markup.MARK]["label"]
    alt = picture.metadata[markup.MARK]["alt"]
    drawn = _image(name, alt, picture.data, page, rendered)
    link = _download(foot, page, rendered)
    # Numbers change when a figure is put before this one; what can be linked to does not.
    told = foot.data["text/html"].replace(f'"data-{label.lower().replace(" ", "-")}', f'"data-{name}')
    return (
        f'<figure class="pfpp-figure" id="figure-{name}">\n'
        f"<figcaption>{head.data['text/html']}</figcaption>\n"
        f'<div class="pfpp-scroll" role="region" tabindex="0" aria-label="{label}">{drawn}</div>\n'
        f"{told}{link}\n</figure>"
    )


def _image(name: str, alt: str, data: dict[str, Any], page: Page, rendered: Rendered) -> str:
    if PLOTLY in data:
        path = f"figures/{page.name}/{name}.json"
        rendered.files[path] = json.dumps(data[PLOTLY]).encode()
        described = f'role="img" aria-label="{markup.escape(alt)}"'
        return f'<div class="pfpp-diagram" {described} data-figure="_static/{path}"></div>'
    path = f"figures/{page.name}/{name}.svg"
    rendered.files[path] = data[SVG].encode()
    width, height = _size(data[SVG])
    size = f'width="{width}" height="{height}" class="pfpp-least-{scale.least(width)}" loading="lazy"'
    # The role is an image's own, but VoiceOver goes by it where the file is an SVG.
    return f'<img src="_static/{path}" role="img" alt="{markup.escape(alt)}" {size}>'


def _size(svg: str) -> tuple[int, int]:
    """Width and height in CSS pixels: an inch, 72 units of the picture, is shown as 100 pixels."""
    ((across, down),) = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return round(float(across) / 0.72), round(float(down) / 0.72)


def _download(output: NotebookNode, page: Page, rendered: Rendered) -> str:
    mark = output.metadata[markup.MARK]
    path = f"downloads/{page.name}/{mark['label'].split()[0].lower()}-{mark['name']}.csv"
    rendered.files[path] = output.data["text/csv"].encode()
    links = f'<a href="_static/{path}" download>Download the data of {mark["label"]} (CSV)</a>'
    sheet = path.replace(".csv", ".xlsx")
    rendered.sheets[sheet] = output.data["text/csv"], mark["workbook"]
    links += f' or <a href="_static/{sheet}" download>{mark["label"]} as a spreadsheet (XLSX)</a>'
    return f'\n<p class="pfpp-download">{links}</p>'


def _html(content: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", data={"text/html": content})
