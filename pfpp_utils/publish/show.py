"""The only way out for figures, tables and computed sentences: numbered, titled, sourced, described."""

from __future__ import annotations

import io
import json
from typing import Any

import afcharts
import matplotlib.pyplot as plt
import pandas as pd
from afcharts.af_colours import get_af_colours
from IPython.display import display
from matplotlib.figure import Figure

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number
from pfpp_utils.publish import flow_diagram, markup

#: Government Analysis Function palettes, darkest first.
CATEGORICAL: list[str] = get_af_colours("categorical")
DUO: list[str] = get_af_colours("duo")
SEQUENTIAL: list[str] = get_af_colours("sequential", number_of_colours=3)
FOCUS: list[str] = get_af_colours("focus")

#: What stands on invented data wherever they go.
STAMP = "ILLUSTRATIVE, not real data"

#: Marks an output so that the book builder can turn it into one HTML figure.
MARK = "pfpp"

_numbers: dict[str, dict[str, int]] = {"Figure": {}, "Table": {}}


def style() -> None:
    """Set the Government Analysis Function style for matplotlib and seaborn.

    The font is one that matplotlib brings along, and letters are drawn as outlines: a label then fits its
    box on every machine, for a reader's own fonts have other widths, and a linked picture may not load
    any. What is lost, text that can be selected and read out, stands in the description and in the table
    beside each picture. The fixed salt gives the same picture the same bytes.
    """
    plt.style.use(f"{afcharts.__name__}.afcharts")
    plt.rcParams.update(
        {
            "font.family": "sans-serif",
            "font.sans-serif": ["DejaVu Sans"],
            "font.size": 12,
            "figure.figsize": (8, 4.5),
            "figure.constrained_layout.use": True,
            "svg.fonttype": "path",
            "svg.hashsalt": "pfpp",
        },
    )


def figure(
    chart: Figure,
    *,
    name: str,
    title: str,
    subtitle: str,
    alt: str,
    source: str,
    data: pd.DataFrame,
    illustrative: bool = False,
) -> None:
    """Show a chart with everything a reader needs around it.

    Parameters
    ----------
    chart
        A matplotlib figure without a title of its own; it is closed.
    name
        Short name, unique on the page: its address is ``#figure-NAME``.
    title
        The finding, in about ten words.
    subtitle
        Measure, geography and period.
    alt
        Text of equivalent purpose for those who do not see the chart, written from the data.
    source
        Where the data come from.
    data
        What the chart shows, as a table with column names for readers; offered beside it.
    illustrative
        Whether the data are invented. Then the title must say so, and the picture, its description, the
        file names and every row of the download are marked.

    Raises
    ------
    InputError
        If a text is empty, the name is not lower case letters, digits and hyphens, the title of
        illustrative data does not say "illustrative", or a column whose name ends in ``shareable`` has a
        row that is not true.
    """
    _require(name, title=title, subtitle=subtitle, alt=alt, source=source)
    _require_shareable(name, data)
    if illustrative:
        name, alt, data = _marked(name, title, data, alt)
        chart.suptitle(STAMP, x=0.99, ha="right", fontsize=9)
    content = {"image/svg+xml": _svg(chart, title, alt), "text/plain": alt}
    plt.close(chart)
    _frame(name, title, subtitle, source, data, content, alt)


def sankey(
    links: pd.DataFrame,
    *,
    name: str,
    title: str,
    subtitle: str,
    alt: str,
    source: str,
    unit: str = "GBP",
    illustrative: bool = False,
) -> None:
    """Show flows as a Sankey diagram, with its table.

    Parameters
    ----------
    links
        Columns `source`, `target` and `value`; one row a flow.
    name, title, subtitle, alt, source, illustrative
        As in :func:`figure`.
    unit
        Unit of `value`, for labels and the table.
    """
    _require(name, title=title, subtitle=subtitle, alt=alt, source=source)
    data = links.rename(columns={"source": "From", "target": "To", "value": f"Value ({unit})"})
    if illustrative:
        name, alt, data = _marked(name, title, data, alt)
    drawn = flow_diagram.sankey(links, unit, stamp=STAMP if illustrative else "")
    content = {"application/vnd.plotly.v1+json": drawn, "text/plain": alt}
    _frame(name, title, subtitle, source, data, content, alt)


def table(
    frame: pd.DataFrame,
    *,
    name: str,
    title: str,
    source: str,
    subtitle: str = "",
    notes: tuple[str, ...] = (),
    empty: str = "",
    columns: dict[str, str] | None = None,
    illustrative: bool = False,
) -> None:
    """Show a table with caption, source and download.

    Parameters
    ----------
    frame
        Columns named for readers, units in the names; the first column heads its row. The index is
        not shown. Missing values are shown as "not stated".
    name, title, subtitle, source, illustrative
        As in :func:`figure`.
    notes
        Notes below the table, numbered from 1.
    empty
        What to say instead of an empty table.
    columns
        Which columns to show, in order, with the name for readers of each; all, as named, by default.
    """
    _require_shareable(name, frame)
    frame = frame[list(columns)].rename(columns=columns) if columns else frame
    if frame.empty and empty:
        text(empty)
        return
    _require(name, title=title, source=source)
    data = frame
    if illustrative:
        name, _, data = _marked(name, title, frame, "")
    label = f"Table {_number('Table', name)}"
    html = markup.table(frame, identity=f"table-{name}", caption=f"{label}. {title}", subtitle=subtitle)
    html += markup.foot(source, notes=notes)
    content = {"text/html": html, "text/csv": _csv(data), "text/plain": f"{label}. {title}"}
    _emit(content, part="table", name=name, label=label)


def text(sentence: str) -> None:
    """Show a sentence that holds computed values, as Markdown.

    Parameters
    ----------
    sentence
        Markdown; values from data in it are to be escaped.
    """
    _emit({"text/markdown": sentence, "text/plain": sentence}, part="text")


def _svg(chart: Figure, title: str, alt: str) -> str:
    """Write a chart as an SVG element with name and description, without date or program."""
    drawn = io.StringIO()
    chart.savefig(drawn, format="svg", metadata=dict.fromkeys(["Creator", "Date", "Format", "Type"]))
    _, _, element = drawn.getvalue().partition("<svg ")
    opening, _, rest = element.partition(">")
    told = f" <title>{markup.escape(title)}</title>\n <desc>{markup.escape(alt)}</desc>"
    return f'<svg role="img" aria-label="{markup.escape(title)}" {opening}>\n{told}{rest}'


def calculator(*, name: str, title: str, source: str, **numbers: Number | str | None) -> None:
    """Show a breakeven calculator: a form in the book, and the result for its starting numbers elsewhere.

    Parameters
    ----------
    name
        Short name, unique on the page: its address is ``#calculator-NAME``.
    title, source
        Heading, and where the starting numbers come from.
    **numbers
        What it starts from, by the options of `pfpp breakeven`: see `calculator.starting`.

    Raises
    ------
    InputError
        If a text is empty or a number cannot be used.
    """
    from pfpp_utils.publish import calculator as model  # noqa: PLC0415 few notebooks need the model

    _require(name, title=title, source=source)
    start = model.starting(numbers)
    said = (
        f"**{markup.escape(title)}.** {model.sentence(start)} The same by command: `{model.command(start)}`"
    )
    texts = {"name": name, "title": title, "source": source, "start": json.dumps(start)}
    _emit({"text/markdown": said, "text/plain": said}, part="calculator", **texts)


def _marked(name: str, title: str, data: pd.DataFrame, alt: str) -> tuple[str, str, pd.DataFrame]:
    """Mark invented data so that it cannot pass for real, wherever a part of it ends up."""
    if "illustrative" not in title.lower():
        raise InputError("the title must say so", where=name, found=title, allowed='the word "illustrative"')
    alt = alt if alt.startswith("Illustrative") else f"Illustrative data. {alt}"
    marked = data.copy()
    marked.insert(0, "Status", STAMP)
    return f"illustrative-{name}", alt, marked


def _frame(
    name: str, title: str, subtitle: str, source: str, data: pd.DataFrame, content: dict[str, Any], alt: str
) -> None:
    """Emit heading, picture and foot; the book builder joins the three into one HTML figure."""
    label = f"Figure {_number('Figure', name)}"
    head = {
        "text/html": markup.heading(f"{label}. {title}", subtitle),
        "text/plain": f"{label}. {title}\n{subtitle}",
    }
    _emit(head, part="head", name=name)
    _emit(content, part="picture", name=name, alt=alt)
    foot = markup.foot(source) + markup.details(data, label, title)
    _emit(
        {"text/html": foot, "text/csv": _csv(data), "text/plain": f"Source: {source}"},
        part="foot",
        name=name,
        label=label,
    )


def _emit(content: dict[str, Any], **mark: str) -> None:
    display(content, raw=True, metadata={MARK: mark})


def _number(kind: str, name: str) -> int:
    """Return a figure's or table's number, in order of appearance; running a cell again keeps it."""
    return _numbers[kind].setdefault(name, len(_numbers[kind]) + 1)


def _csv(frame: pd.DataFrame) -> str:
    """Write a table as CSV: no formula left in it, and no more digits than every machine agrees on."""
    safe = frame.map(markup.defuse).round(6).rename(columns=markup.defuse)
    lines = safe.replace(
        "\r\n?", "\n", regex=True
    )  # a lone carriage return would split the row for some readers
    return lines.to_csv(index=False, lineterminator="\n")


def _require(name: str, **texts: str) -> None:
    if not name or name.strip("abcdefghijklmnopqrstuvwxyz0123456789-"):
        raise InputError(
            "a figure or table needs a short name", where="name", found=name, allowed="a-z, 0-9 and hyphens"
        )
    for key, value in texts.items():
        if not value.strip():
            raise InputError(f"{name} needs its {key}", where=key, found=value, allowed="a text")


def _require_shareable(name: str, data: pd.DataFrame) -> None:
    """Refuse rows that are marked as not to be shared, whichever columns of them would be shown."""
    marks = data[[name for name in data if str(name).lower().endswith("shareable")]]
    barred = ~marks.isin([True]).all(axis="columns")  # a missing mark is no permission either
    if barred.any():
        rows = data.loc[barred].iloc[:, 0]
        found, allowed = ", ".join(map(str, rows)), "rows whose licence allows sharing them"
        raise InputError("a licence forbids sharing this", where=name, found=found, allowed=allowed)


style()
