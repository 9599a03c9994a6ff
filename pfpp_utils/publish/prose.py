"""What a Markdown text holds besides prose: tables, pictures, code, directives and HTML."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.colon_fence import colon_fence_plugin
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote import footnote_plugin

#: HTML that is part of a sentence.
_PHRASES = re.compile(
    "a|abbr|b|bdi|bdo|br|cite|code|dfn|em|i|kbd|mark|p|q|s|samp|small|span|strong|sub|sup|u"
)
#: Directives that hold prose, which is looked at in its turn.
_PROSE = re.compile(
    "admonition|attention|caution|danger|dropdown|error|hint|important|margin|math|note|seealso|sidebar|tip"
    "|topic|warning"
)
_TAG = re.compile(r"<\s*/?\s*([a-zA-Z][\w-]*)")
_DIRECTIVE = re.compile(r"\{([^}]*)\}")
_ROLE = re.compile(r"\{([\w.+-]*:[\w:.+-]*)\}$")
#: Formulas that are tables: what stands in rows and columns without brackets around them.
_ARRAY = re.compile(r"\\begin\s*\{(array|tabular|matrix|smallmatrix)\b")
_ONE = r"[~<>\u2248\u00b1+\u2212\u2013-]?\s*[\u00a3$\u20ac]?\s*\d[\d,. ]*\s*(%|[a-z]{1,12}\b)?"
#: A cell that is a number, with its currency or unit, or several: a range, a share, one in brackets.
_NUMBER = re.compile(rf"{_ONE}(\s*(to|of|in|out of|and|[/;(\u2013-])\s*{_ONE}\)?)*", re.IGNORECASE)


def figures(text: str) -> list[str]:
    """List what in a text is no prose, so that it needs number, title, source and description.

    Parameters
    ----------
    text
        Markdown.

    Returns
    -------
    list of str
        What it is, in words; empty for prose, lists and quotations.

    Examples
    --------
    >>> figures("There were **13** pilots."), figures("See ![a chart](chart.png)")
    ([], ['a picture, chart.png'])
    """
    return [*_others(text), *(f"a table of {len(rows)} rows" for rows in tables(text))]


def typed(text: str) -> list[str]:
    r"""List what in a Markdown cell of a notebook is a figure typed in; a typed table of words is none.

    Parameters
    ----------
    text
        Markdown.

    Returns
    -------
    list of str
        What it is, in words.

    Examples
    --------
    >>> table = "| Place | People |\n|---|---|\n| North | {} |"
    >>> typed(table.format("many")), typed(table.format("1,200"))
    ([], ["a table with typed numbers, such as '1,200'"])
    """
    cells = [re.sub(r"[*_`]", "", cell) for rows in tables(text) for row in rows[1:] for cell in row[1:]]
    found = [cell for cell in cells if _NUMBER.fullmatch(cell)]
    return [*_others(text), *(f"a table with typed numbers, such as {cell!r}" for cell in found[:1])]


def tables(text: str) -> list[list[list[str]]]:
    """List the tables of a text, in directives too.

    Parameters
    ----------
    text
        Markdown.

    Returns
    -------
    list
        Rows of cells of each, its heading first.
    """
    found: list[list[list[str]]] = []
    for token in _tokens(text):
        match token.type:
            case "table_open":
                found.append([])
            case "tr_open":
                found[-1].append([])
            case "inline" if found and token.meta.get("cell"):
                found[-1][-1].append(token.content.strip())
    return found


def _others(text: str) -> Iterator[str]:
    for token, after in pairwise([*_tokens(text), Token("end", "", 0)]):
        if token.type == "image":
            yield f"a picture, {token.attrGet('src')}"
        elif token.type == "directive":
            yield f"a directive, {{{token.info}}}"
        elif token.type in {"math_block", "code_inline"} and _ARRAY.search(token.content):
            yield "a table in a formula"
        elif token.type in {"fence", "code_block"} and len(token.content.strip().splitlines()) > 1:
            yield "a block of code"
        elif token.type in {"html_block", "html_inline"}:
            yield from (f"HTML, <{tag}>" for tag in _tags(token.content))
        elif token.type == "text" and after.type == "code_inline":  # what a role is followed by at once
            yield from (f"a role, {{{role}}}" for role in _ROLE.findall(token.content))


def _tags(html: str) -> list[str]:
    return [tag for tag in dict.fromkeys(map(str.lower, _TAG.findall(html))) if not _PHRASES.fullmatch(tag)]


@cache
def _parser() -> MarkdownIt:
    told = MarkdownIt("commonmark").enable("table").use(colon_fence_plugin)
    return told.use(deflist_plugin).use(footnote_plugin, inline=False, move_to_end=False)


def _tokens(text: str) -> Iterator[Token]:
    """Read a text; content of directives that hold prose comes where they stand, and others as they are."""
    cell = False
    for token in _parser().parse(text):
        cell = token.type in {"th_open", "td_open"} or (cell and token.type == "inline")
        token.meta["cell"] = cell
        directive = _DIRECTIVE.match(token.info.strip()) if token.type in {"fence", "colon_fence"} else None
        if directive is None:
            yield token
            yield from token.children or []
        elif directive[1] == "math":
            yield Token("math_block", "", 0, content=f"{token.info}\n{token.content}")
        elif _PROSE.fullmatch(directive[1]):
            yield from _tokens(token.info.strip()[directive.end() :])  # its title
            yield from _tokens(token.content)
        else:
            yield Token("directive", "", 0, info=directive[1])
