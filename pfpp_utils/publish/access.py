"""An extension of Sphinx: what the theme leaves without a name gets one, and roles are those that exist."""

from __future__ import annotations

import hashlib
import re
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from myst_nb.sphinx_ import HideCodeCellNode, depart_HideCellInput

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.writers.html5 import HTML5Translator

#: A chapter of the book's menu with pages below it: its title, and what opens it, which is a mere arrow.
_CHAPTER = re.compile(r"<a [^>]*>((?:(?!</a>).)*)</a>\s*<details[^>]*>\s*<summary(?=>)", re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
_HERE = '<a class="current reference internal" href="#"'


def named(menu: str) -> str:
    """Name what opens a chapter of the book's menu, and mark the page that is shown.

    Parameters
    ----------
    menu
        HTML, as the theme writes it.

    Returns
    -------
    str
        The same with names.

    Examples
    --------
    >>> named('<a href="b.html">Breakeven</a><details><summary></summary></details>')
    '<a href="b.html">Breakeven</a><details><summary aria-label="Pages below Breakeven"></summary></details>'
    """

    def label(found: re.Match[str]) -> str:
        title = escape(unescape(_TAG.sub("", found[1])).strip())
        return f'{found[0]} aria-label="Pages below {title}"'

    return _CHAPTER.sub(label, menu).replace(_HERE, f'{_HERE} aria-current="page"')


def _menu(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    write = context["generate_toctree_html"]

    def written(kind: str, **options: object) -> object:
        menu = write(kind, **options)
        return named(str(menu)) if kind == "sidebar" else menu

    context["generate_toctree_html"] = written


def _label(table: nodes.table) -> str:
    """Name a table by its caption, or else by the heading that it stands under."""
    section: Any = table
    while section.parent is not None and not isinstance(section, nodes.section):
        section = section.parent
    title = table.next_node(nodes.title) or section.next_node(nodes.title)
    fellows = [one for one in section.findall(nodes.table) if one.next_node(nodes.title) is None]
    which = f" {fellows.index(table) + 1}" if table in fellows and len(fellows) > 1 else ""
    return f"Table{which}: {title.astext()}" if title else f"Table{which}"


def _visit_table(translator: HTML5Translator, table: nodes.table) -> None:
    """Let the box in which a wide table scrolls be reached by keyboard, and name it."""
    type(translator).visit_table(translator, table)
    box = f'role="region" tabindex="0" aria-label="{escape(_label(table))}"'
    translator.body[-2] = translator.body[-2].replace("<div ", f"<div {box} ", 1)


def _depart_table(translator: HTML5Translator, table: nodes.table) -> None:
    type(translator).depart_table(translator, table)


def _visit_citation(translator: HTML5Translator, citation: nodes.citation) -> None:
    """Write an entry of a bibliography as an item of a list; the role that docutils gives it is withdrawn."""
    if not isinstance(citation.previous_sibling(), nodes.citation):
        translator.body.append('<div role="list" class="citation-list">\n')
    translator.body.append(translator.starttag(citation, "div", CLASS="citation", ROLE="listitem"))


def _depart_citation(translator: HTML5Translator, citation: nodes.citation) -> None:
    type(translator).depart_citation(translator, citation)


def _visit_folded(translator: HTML5Translator, folded: HideCodeCellNode) -> None:
    """Let what opens folded code be called what it says."""
    kinds, said = " ".join(folded["classes"]), escape(folded["prompt_show"])
    translator.body.append(f'<details class="admonition hide {kinds}">\n')
    translator.body.append(f'<summary><span class="admonition-title">{said}</span></summary>\n')


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect all of it; pages are written again whenever this file changes.

    Parameters
    ----------
    app
        Sphinx.

    Returns
    -------
    dict
        That pages may be read and written side by side.
    """
    app.add_node(nodes.table, override=True, html=(_visit_table, _depart_table))
    app.add_node(nodes.citation, override=True, html=(_visit_citation, _depart_citation))
    app.add_node(HideCodeCellNode, override=True, html=(_visit_folded, depart_HideCellInput))
    app.connect("html-page-context", _menu, priority=900)
    app.add_config_value("pfpp_access", hashlib.sha256(Path(__file__).read_bytes()).hexdigest(), "html")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
