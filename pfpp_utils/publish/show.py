"""The only way out for figures, tables and computed sentences: numbered, titled, sourced, described."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.figure import Figure

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number
from pfpp_utils.publish import (
    admission,
    alternative,
    cards,
    chart_leaks,
    chart_rules,
    controlled,
    downloads,
    flow_diagram,
    flow_rules,
    markup,
    outputs,
    picture,
    sentences,
)
from pfpp_utils.publish.admission import STAMP
from pfpp_utils.publish.cards import Card
from pfpp_utils.publish.markup import MARK
from pfpp_utils.publish.style import CATEGORICAL, DUO, FOCUS, SEQUENTIAL, style

__all__ = [
    "CATEGORICAL",
    "DUO",
    "FOCUS",
    "MARK",
    "SEQUENTIAL",
    "STAMP",
    "answers",
    "block",
    "calculator",
    "figure",
    "sankey",
    "style",
    "table",
    "text",
]


def figure(
    chart: Figure | Callable[[pd.DataFrame], Figure],
    *,
    name: str,
    title: str | Callable[[pd.DataFrame], str],
    subtitle: str,
    alt: str | Callable[[pd.DataFrame], str],
    source: str,
    data: pd.DataFrame,
    illustrative: bool = False,
    disclosure: Mapping[str, Any] | None = None,
) -> None:
    """Show a chart with everything a reader needs around it.

    Parameters
    ----------
    chart
        A matplotlib figure without a title of its own; it is closed. Where a rule of disclosure control
        holds, a function that draws it from the treated data; title and alt can be functions of them, too.
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
    disclosure
        What to withhold, if the data are not a table of the data package with a rule of its own: see
        :func:`pfpp_utils.data.publication.control`.

    Raises
    ------
    InputError
        If a text is empty, the name is not lower case letters, digits and hyphens, the title of
        illustrative data does not say "illustrative", or a column whose name ends in ``shareable`` has a
        row that is not true; if :func:`pfpp_utils.publish.alternative.check` refuses the text alternative
        or :func:`pfpp_utils.publish.chart_rules.check` the picture.
    """
    admission.shareable(name, data)
    rule, treated = controlled.apply(data, disclosure, name=name)
    title, alt = (controlled.drawn(one, rule, treated, name=name, what="text") for one in (title, alt))
    drawn = controlled.drawn(chart, rule, treated, name=name, what="chart")
    chart, data = picture.readied(drawn, name), treated.frame
    admission.require(name, title=title, subtitle=subtitle, alt=alt, source=source)
    said = (title, subtitle, alt, source)
    controlled.require_safe(treated, name=name, texts=said, output=f"figure-{name}")
    alternative.check(alt, name=name, said=(title, subtitle), data=data)
    if illustrative:
        name, alt, data = admission.marked(name, title, data, alt)
        chart.suptitle(STAMP, x=0.99, ha="right", fontsize=9)
    looked = chart_rules.look(chart)
    chart_leaks.require(chart, looked.proof, rule, treated, name=name)
    chart_rules.require(looked, name)
    content = {"image/svg+xml": picture.svg(chart, title, alt), "text/plain": alt}
    plt.close(chart)
    controlled.keep(treated, output=f"figure-{name}")
    outputs.figure(
        name, title, subtitle, source, data, content, alt, lambda label: controlled.told(rule, treated, label)
    )


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
    disclosure: Mapping[str, Any] | None = None,
) -> None:
    """Show flows as a Sankey diagram, with its table.

    Parameters
    ----------
    links
        Columns `source`, `target` and `value`; one row a flow.
    name, title, subtitle, alt, source, illustrative, disclosure
        As in :func:`figure`; flows that are withheld are not drawn.
    unit
        Unit of `value`, for labels and the table.
    """
    admission.shareable(name, links)
    admission.require(name, title=title, subtitle=subtitle, alt=alt, source=source)
    rule, treated = controlled.apply(links, disclosure, name=name)
    said = (title, subtitle, alt, source)
    controlled.require_safe(treated, name=name, texts=said, output=f"figure-{name}")
    titles = {"source": "From", "target": "To", "value": f"Value ({unit})"}
    data = treated.frame.rename(columns=titles)
    links = controlled.numbers(treated).dropna(subset="value") if rule else links
    alternative.check(alt, name=name, said=(title, subtitle), data=data)
    if illustrative:
        name, alt, data = admission.marked(name, title, data, alt)
    drawn = flow_diagram.sankey(links, unit, stamp=STAMP if illustrative else "")
    flow_rules.check(drawn, name)
    content = {"application/vnd.plotly.v1+json": drawn, "text/plain": alt}
    controlled.keep(treated, output=f"figure-{name}", columns=titles)
    outputs.figure(
        name, title, subtitle, source, data, content, alt, lambda label: controlled.told(rule, treated, label)
    )


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
    disclosure: Mapping[str, Any] | None = None,
) -> None:
    """Show a table with caption, source and download.

    Parameters
    ----------
    frame
        Columns named for readers, units in the names; the first column heads its row. The index is
        not shown. Missing values are shown as "not stated".
    name, title, subtitle, source, illustrative, disclosure
        As in :func:`figure`. A table that shows nothing but `empty` needs no subtitle. What is withheld is
        shown as [c] and listed below the table.
    notes
        Notes below the table, numbered from 1.
    empty
        What to say instead of an empty table.
    columns
        Which columns to show, in order, with the name for readers of each; all, as named, by default.
    """
    admission.shareable(name, frame)
    rule, treated = controlled.apply(frame, disclosure, name=name)
    treated = controlled.named(treated, columns)
    frame = treated.frame
    if frame.empty and empty:
        text(empty)
        return
    admission.require(name, title=title, subtitle=subtitle, source=source)
    said = (title, subtitle, source, *notes)
    controlled.require_safe(treated, name=name, texts=said, output=f"table-{name}")
    data = frame
    if illustrative:
        name, _, data = admission.marked(name, title, frame, "")
    label = f"Table {outputs.number('Table', name)}"
    html = markup.table(frame, identity=f"table-{name}", caption=f"{label}. {title}", subtitle=subtitle)
    html += markup.foot(source, notes=notes) + controlled.told(rule, treated, label)
    controlled.keep(treated, output=f"table-{name}", columns=columns)
    content = {"text/html": html, "text/csv": downloads.csv(data), "text/plain": f"{label}. {title}"}
    sheet = downloads.sheet(label, title, subtitle, source, remarks=(*notes, *controlled.remarks(rule)))
    outputs.emit(content, part="table", name=name, label=label, workbook=sheet)


def block(
    write: Callable[..., str],
    frame: pd.DataFrame,
    *,
    data: pd.DataFrame,
    name: str,
    title: str,
    subtitle: str,
    source: str,
    kind: Literal["Table", "List"] = "Table",
    kept: dict[str, str] | None = None,
    workbook: dict[str, Any] | None = None,
    disclosure: Mapping[str, Any] | None = None,
) -> None:
    """Show a table or list that is laid out in its own way, with source and download as any other.

    Parameters
    ----------
    write
        Called with `frame`, `identity`, `caption` and `subtitle`, as
        :func:`pfpp_utils.publish.markup.table` is; gives HTML in which all text from data is escaped.
    frame
        What is shown.
    data
        What is offered as a download, with column names for readers.
    name, title, subtitle, source
        As in :func:`figure`.
    kind
        What its caption calls it; tables and lists are numbered apart.
    kept
        Other forms of the same, by media type, for programs that read the executed page.
    workbook
        What :func:`pfpp_utils.publish.workbook.make` is told besides the table and these texts.
    disclosure
        As in :func:`figure`; it must fit both `frame` and `data`.

    Raises
    ------
    InputError
        As for :func:`figure`; if it is written without its identity or caption, or with what is drawn; or if
        other forms are kept where something must be withheld.
    """
    admission.require(name, title=title, subtitle=subtitle, source=source)
    for given in (frame, data):
        admission.shareable(name, given)
    rule, treated = controlled.apply(frame, disclosure, name=name)
    offered = controlled.apply(data, disclosure, name=name)[1]
    for each in (treated, offered):
        texts = (title, subtitle, source)
        controlled.require_safe(each, name=name, texts=texts, output=f"table-{name}")
    _require_forms(kept or {}, name, treated=rule is not None)
    data = offered.frame
    label = f"{kind} {outputs.number(kind, name)}"
    identity, caption = f"table-{name}", f"{label}. {title}"
    html = write(treated.frame, identity=identity, caption=caption, subtitle=subtitle)
    html = admission.listed(name, html, identity, markup.escape(caption))
    html += markup.foot(source) + controlled.told(rule, treated, label)
    controlled.keep(treated, output=f"table-{name}")
    content = {
        "text/html": html,
        "text/csv": downloads.csv(data),
        "text/plain": f"{label}. {title}",
        **(kept or {}),
    }
    sheet = downloads.sheet(label, title, subtitle, source, **(workbook or {}))
    outputs.emit(content, part="table", name=name, label=label, workbook=sheet)


def text(sentence: str, *, disclosure: Mapping[str, Any] | None = None) -> None:
    """Show a sentence that holds computed values, as Markdown.

    Parameters
    ----------
    sentence
        Markdown; values from data in it are to be escaped.
    disclosure
        As in :func:`figure`, but it can only say why there is nothing to withhold.

    Raises
    ------
    InputError
        As for :func:`pfpp_utils.publish.sentences.require`.
    """
    sentences.require(sentence, disclosure)
    outputs.emit({"text/markdown": sentence, "text/plain": sentence}, part="text")


def answers(given: Sequence[Card], *, disclosure: Mapping[str, Any] | None = None) -> None:
    """Show answers as cards, each with how sure it is, why, and the page that shows it.

    Parameters
    ----------
    given
        In the order of reading; computed from data.
    disclosure
        As in :func:`text`.
    """
    sentences.may_be_told(cards.plain(given), disclosure)
    outputs.emit({"text/html": cards.html(given), "text/plain": cards.plain(given)}, part="text")


def _require_forms(kept: dict[str, str], name: str, *, treated: bool) -> None:
    """Refuse other forms that nobody has treated, or that would take the place of what is shown."""
    own = [form for form in kept if not form.startswith("application/vnd.pfpp.")]
    if treated and kept:
        raise InputError(
            "other forms are not treated", where=name, found=sorted(kept), allowed="none of them"
        )
    if own:
        allowed = "application/vnd.pfpp. and a name"
        raise InputError("another form that would be shown", where=name, found=sorted(own), allowed=allowed)


def calculator(
    *,
    name: str,
    title: str,
    source: str,
    disclosure: Mapping[str, Any] | None = None,
    **numbers: Number | str | None,
) -> None:
    """Show a breakeven calculator: a form in the book, and the result for its starting numbers elsewhere.

    Parameters
    ----------
    name
        Short name, unique on the page: its address is ``#calculator-NAME``.
    title, source
        Heading, and where the starting numbers come from.
    disclosure
        As in :func:`text`.
    **numbers
        What it starts from, by the options of `pfpp breakeven`: see `calculator.starting`.

    Raises
    ------
    InputError
        If a text is empty or a number cannot be used; or as for :func:`text`.
    """
    from pfpp_utils.publish import calculator as model  # noqa: PLC0415 few notebooks need the model

    admission.require(name, title=title, source=source)
    start = model.starting(numbers)
    said = (
        f"**{markup.escape(title)}.** {model.sentence(start)} The same by command: `{model.command(start)}`"
    )
    sentences.require(said, disclosure)
    texts = {"name": name, "title": title, "source": source, "start": json.dumps(start)}
    outputs.emit({"text/markdown": said, "text/plain": said}, part="calculator", **texts)


style()
