"""From an executed notebook to a page of the book: figures joined, downloads beside them, code folded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import nbformat
from nbformat import NotebookNode

from pfpp_utils.publish import calculator_form, markup, show
from pfpp_utils.publish.plan import Page

PLOTLY, SVG = "application/vnd.plotly.v1+json", "image/svg+xml"

#: A picture is never shown smaller than at this share of its size: letters stay legible, the box scrolls.
LEAST = 0.85


@dataclass
class Rendered:
    """A page ready for the book, with the files that belong to it.

    Attributes
    ----------
    notebook
        The notebook as the book builder reads it.
    files
        Pictures, diagrams and downloads by their path below ``_static``.
    """

    notebook: NotebookNode
    files: dict[str, bytes] = field(default_factory=dict)


def render(executed: NotebookNode, page: Page, *, made: str) -> Rendered:
    """Turn an executed notebook into a page.

    Parameters
    ----------
    executed
        As papermill wrote it.
    page
        Its entry in the plan.
    made
        A line that says which version, data and run made the page.

    Returns
    -------
    Rendered
        The page and its files.
    """
    rendered = Rendered(nbformat.v4.new_notebook(metadata={"kernelspec": executed.metadata.kernelspec}))
    for cell in _joined(_needed(executed.cells)):
        kept = nbformat.from_dict(cell)
        kept.metadata = NotebookNode()
        if cell.cell_type == "code":
            kept.metadata = NotebookNode(tags=["hide-input"], mystnb={"code_prompt_show": _prompt(cell)})
            kept.outputs = list(_outputs(cell.outputs, page, rendered.files))
        rendered.notebook.cells.append(kept)
    _retitle(rendered.notebook, page)
    if page.parameters:
        given = ", ".join(f"{key} = {value}" for key, value in page.parameters.items())
        rendered.notebook.cells.append(
            _small(f"This page was run with {given}; other parameters at their defaults.")
        )
    rendered.notebook.cells.append(_small(made))
    return rendered


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
    marks = [output.get("metadata", {}).get(show.MARK, {}) for output in cell.outputs]
    labels = list(dict.fromkeys(mark["label"] for mark in marks if "label" in mark))
    return f"Show the code of {' and '.join(labels) if labels else 'this step'}"


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _small(text: str) -> NotebookNode:
    return nbformat.v4.new_markdown_cell(f"<p class='pfpp-made'>{markup.escape(text)}</p>")


def _retitle(notebook: NotebookNode, page: Page) -> None:
    if not page.title:
        return
    first = notebook.cells[0]
    if first.cell_type != "markdown" or not first.source.startswith("# "):
        notebook.cells.insert(0, nbformat.v4.new_markdown_cell(f"# {page.title}"))
        return
    _, _, rest = first.source.partition("\n")
    first.source = f"# {page.title}\n{rest}".rstrip("\n")


def _outputs(outputs: list[NotebookNode], page: Page, files: dict[str, bytes]) -> Iterator[NotebookNode]:
    """Join heading, picture and foot of each figure into one output; pass others through."""
    head = picture = None
    for output in outputs:
        mark = output.get("metadata", {}).get(show.MARK, {})
        match mark.get("part"):
            case "head":
                head = output
            case "picture":
                picture = output
            case "foot" if head is not None and picture is not None:
                yield _html(_figure(head, picture, output, page, files))
                head = picture = None
            case "table":
                link = _download(output, page, files)
                yield _html(output.data["text/html"] + link)
            case "calculator":
                texts = {key: mark[key] for key in ("name", "title", "source")}
                yield _html(calculator_form.html(json.loads(mark["start"]), **texts))
            case _:
                yield output


def _figure(
    head: NotebookNode, picture: NotebookNode, foot: NotebookNode, page: Page, files: dict[str, bytes]
) -> str:
    name, label = head.metadata[show.MARK]["name"], foot.metadata[show.MARK]["label"]
    alt = picture.metadata[show.MARK]["alt"]
    drawn = _image(name, alt, picture.data, page, files)
    link = _download(foot, page, files)
    return (
        f'<figure class="pfpp-figure" id="figure-{name}">\n'
        f"<figcaption>{head.data['text/html']}</figcaption>\n"
        f'<div class="pfpp-scroll" role="region" tabindex="0" aria-label="{label}">{drawn}</div>\n'
        f"{foot.data['text/html']}{link}\n</figure>"
    )


def _image(name: str, alt: str, data: dict[str, Any], page: Page, files: dict[str, bytes]) -> str:
    if PLOTLY in data:
        path = f"figures/{page.name}/{name}.json"
        files[path] = json.dumps(data[PLOTLY]).encode()
        described = f'role="img" aria-label="{markup.escape(alt)}"'
        return f'<div class="pfpp-diagram" {described} data-figure="_static/{path}"></div>'
    path = f"figures/{page.name}/{name}.svg"
    files[path] = data[SVG].encode()
    width, height = _size(data[SVG])
    size = f'width="{width}" height="{height}" style="min-width:{LEAST * width:.0f}px" loading="lazy"'
    # The role is an image's own, but VoiceOver goes by it where the file is an SVG.
    return f'<img src="_static/{path}" role="img" alt="{markup.escape(alt)}" {size}>'


def _size(svg: str) -> tuple[int, int]:
    """Width and height in CSS pixels: an inch, 72 units of the picture, is shown as 100 pixels."""
    ((across, down),) = re.findall(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', svg)
    return round(float(across) / 0.72), round(float(down) / 0.72)


def _download(output: NotebookNode, page: Page, files: dict[str, bytes]) -> str:
    mark = output.metadata[show.MARK]
    path = f"downloads/{page.name}/{mark['label'].split()[0].lower()}-{mark['name']}.csv"
    files[path] = output.data["text/csv"].encode()
    link = f'<a href="_static/{path}" download>Download the data of {mark["label"]} (CSV)</a>'
    return f'\n<p class="pfpp-download">{link}</p>'


def _html(content: str) -> NotebookNode:
    return nbformat.v4.new_output("display_data", data={"text/html": content})
