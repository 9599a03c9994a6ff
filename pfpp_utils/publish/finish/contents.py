"""The contents list, which stands in every page: written once for all pages that lie below the same page.

Otherwise a book of twice as many pages takes four times as long, as each page makes the whole list anew.
Only pages with others below them are left to the theme, as these unfold in their list.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from sphinx.application import Sphinx

#: An entry begins with a link; that of the page that is shown leads nowhere.
_ITEM: Final = '<li class="{}"><a class="{}reference internal" href="{}">'
_HERE: Final = re.compile(_ITEM.format(r"(toctree-l\d+) current active", "current ", "#"))
#: A part of the book; that of the page which is shown is marked.
_PART: Final = '<ul class="{}nav bd-sidenav">'
#: Where Sphinx's application keeps the lists that were written, and for a page where its own goes.
LISTS: Final = "_pfpp_lists"
#: The theme's template that shows the list.
_SHOWN: Final = "sbt-sidebar-nav.html"


def without(menu: str, address: str) -> str:
    """Write a contents list as it stands in none of its pages.

    Parameters
    ----------
    menu
        HTML, as the theme writes it for a page without pages below it.
    address
        Of that page, as its neighbours link to it.

    Returns
    -------
    str
        The same with a link to the page.
    """
    unmarked = menu.replace(_PART.format("current "), _PART.format(""))
    return _HERE.sub(_ITEM.format(r"\1", "", address), unmarked)


def within(menu: str, address: str) -> str | None:
    """Write a contents list as it stands in a page.

    Parameters
    ----------
    menu
        HTML, from :func:`without`.
    address
        Of the page.

    Returns
    -------
    str or None
        The same with the page marked as the one that is shown; None if it is not there exactly once.
    """
    link = re.compile(_ITEM.format(r"(toctree-l\d+)", "", re.escape(address)))
    found = list(link.finditer(menu))
    if len(found) != 1:
        return None
    before, part, above = menu[: found[0].start()].rpartition(_PART.format(""))
    here = found[0].expand(_ITEM.format(r"\1 current active", "current ", "#"))
    return before + (part and _PART.format("current ")) + above + here + menu[found[0].end() :]


def aside(_app: Sphinx, _page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Keep the list from the theme, which would write it once more only to see whether it is empty.

    A handler of Sphinx's ``html-page-context`` that comes before the theme's; :func:`menu` puts it back.
    """
    if _SHOWN in (shown := list(context.get("sidebars") or ())):
        context[LISTS] = shown.index(_SHOWN)
        context["sidebars"] = [one for one in shown if one != _SHOWN]


def menu(app: Sphinx, page: str, _template: str, context: dict[str, Any], _tree: object) -> None:
    """Put a contents list into a page, as a handler of Sphinx's ``html-page-context``."""
    if (place := context.pop(LISTS, None)) is not None:
        context["sidebars"].insert(place, _SHOWN)
    below, front = app.env.toctree_includes, app.config.root_doc
    above = next((one for one, pages in below.items() if page in pages), None)
    if below.get(page) and page != front:
        return
    write, lists = context["generate_toctree_html"], vars(app).setdefault(LISTS, {})
    address = PurePosixPath(app.builder.get_target_uri(page)).name

    def written(kind: str, **options: Any) -> object:  # noqa: ANN401
        if kind != "sidebar" or not options.get("show_nav_level"):  # else parts of the book unfold too
            return write(kind, **options)
        key = above or front, page.rpartition("/")[0], tuple(sorted(options.items()))
        if key in lists:
            known = within(lists[key], address) if above else lists[key]
            return known or write(kind, **options)
        made = str(write(kind, **options))
        lists[key] = without(made, address)
        return made

    context["generate_toctree_html"] = written
