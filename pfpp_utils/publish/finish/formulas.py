"""Formulas as MathML, made while the book is built: browsers and screen readers know it by themselves."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree

from docutils import nodes
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.writers.html5 import HTML5Translator

NAME: Final = "mathml"
#: What the converter writes is checked: it leaves what stands in ``\\text`` unescaped, and knows ``\\href``.
SPACE: Final = "{http://www.w3.org/1998/Math/MathML}m"
_log = logging.getLogger(__name__)


def mathml(formula: str, *, block: bool = False) -> str:
    """Write a formula as MathML.

    Parameters
    ----------
    formula
        LaTeX.
    block
        Whether it stands on a line of its own.

    Returns
    -------
    str
        A ``math`` element, which keeps the LaTeX as its text alternative.

    Raises
    ------
    ValueError
        If the formula cannot be read, or has a command that is not known, markup or a link.
    """
    from latex2mathml.converter import convert  # noqa: PLC0415 few books have formulas

    try:
        drawn = convert(formula, display="block" if block else "inline")
        elements = list(ElementTree.fromstring(drawn).iter())
    except Exception as error:  # the converter has a dozen kinds of its own, and some of Python's
        raise ValueError(f"{type(error).__name__}: {formula}") from error
    for element in elements:
        if (element.text or "").startswith("\\"):
            raise ValueError(f"unknown command {element.text}: {formula}")
        if not element.tag.startswith(SPACE) or {"href", "style"} & set(element.keys()):
            raise ValueError(f"neither HTML nor links may stand in it: {formula}")
    return drawn.replace("<math ", f'<math alttext="{html.escape(formula)}" ', 1)


def visit_math(translator: HTML5Translator, node: nodes.math) -> None:
    """Write a formula within a line."""
    translator.body.append(_written(node, block=False))
    raise nodes.SkipNode


def visit_displaymath(translator: HTML5Translator, node: nodes.math_block) -> None:
    """Write a formula on a line of its own; one with a label has an address."""
    translator.body.append(translator.starttag(node, "div", CLASS="pfpp-formula"))
    translator.body.append(f"{_written(node, block=True)}</div>\n")
    raise nodes.SkipNode


def _written(node: nodes.Element, *, block: bool) -> str:
    try:
        return mathml(node.astext(), block=block)
    except ValueError as error:
        _log.warning("a formula cannot be written as MathML: %s", error, location=_placed(node))
        return html.escape(node.astext())


def _placed(node: nodes.Element) -> nodes.Element:
    """Give the nearest element around it whose line is known: a formula in a sentence has none of its own."""
    while not node.line and node.parent is not None:
        node = node.parent
    return node
