"""The icons of the theme as pictures in the page, instead of by a script of 1.5 million bytes."""

from __future__ import annotations

import functools
import re
from importlib.resources import files
from typing import Final

#: What the theme calls the one set of icons that it uses.
SOLID: Final = {"fa", "fas", "fa-solid"}
_ICON = re.compile(r'<i\s+class="([^"]*)"((?:\s+[a-z-]+="[^"]*")*)\s*></i>')
_TITLE = re.compile(r'\s+title="[^"]*"')
_DRAWN = re.compile(r'"?([a-z][a-z0-9-]*)"?:\[(\d+),(\d+),\[[^\]]*\],"[0-9a-f]+","([^"]+)"\]')


def drawn(page: str) -> str:
    """Draw the icons of a page.

    Parameters
    ----------
    page
        HTML with icons as empty elements that name them by class.

    Returns
    -------
    str
        HTML with each as an SVG element of the same classes, hidden from assistive technology: each stands
        beside words, or in a button that has a name. Icons of other sets stay as they are, and empty.
    """
    return _ICON.sub(_draw, page)


def _draw(found: re.Match[str]) -> str:
    classes = found[1].split()
    name = next((one[3:] for one in classes if one.startswith("fa-") and one[3:] in _known()), None)
    if name is None or SOLID.isdisjoint(classes):
        return found[0]
    width, height, path = _known()[name]
    others = _TITLE.sub("", found[2])
    return (
        f'<svg class="svg-inline--fa {" ".join(classes)}" viewBox="0 0 {width} {height}"{others} '
        f'aria-hidden="true" focusable="false"><path fill="currentColor" d="{path}"></path></svg>'
    )


@functools.cache
def _known() -> dict[str, tuple[str, str, str]]:
    """Read the solid icons from the theme's own copy of Font Awesome Free (icons: CC BY 4.0)."""
    theme = files("pydata_sphinx_theme") / "theme/pydata_sphinx_theme"
    text = (theme / "static/scripts/fontawesome.js").read_text(encoding="utf-8")
    return {name: (width, height, path) for name, width, height, path in _DRAWN.findall(text)}
