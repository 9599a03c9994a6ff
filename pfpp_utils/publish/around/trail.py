"""Where a page stands in the book: its part, the pages above it, its neighbours."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment


@dataclass(frozen=True)
class Trail:
    """The way to a page from the front page.

    Attributes
    ----------
    part
        Part of the book; empty for the front page.
    above
        Pages above it with their titles, from the front page down.
    title
        Its own title.
    """

    part: str
    above: tuple[tuple[str, str], ...]
    title: str


def trails(env: BuildEnvironment, root: str) -> dict[str, Trail]:
    """Find the way to every page.

    Parameters
    ----------
    env
        What Sphinx knows of the pages.
    root
        Name of the front page.

    Returns
    -------
    dict
        Trail of each page by its name.
    """
    title = _title(env, root)
    known = {root: Trail("", (), title)}
    for part, page in _listed(env, root):
        known |= _below(env, page, part, ((root, title),))
    return known


def _below(
    env: BuildEnvironment, page: str, part: str, above: tuple[tuple[str, str], ...]
) -> dict[str, Trail]:
    title = _title(env, page)
    known = {page: Trail(part, above, title)}
    for _, child in _listed(env, page):
        known |= _below(env, child, part, (*above, (page, title)))
    return known


def _listed(env: BuildEnvironment, page: str) -> Iterator[tuple[str, str]]:
    if page in env.tocs:
        for toctree in env.tocs[page].findall(addnodes.toctree):
            yield from ((toctree.get("caption") or "", name) for name in toctree["includefiles"])


def _title(env: BuildEnvironment, page: str) -> str:
    return env.titles[page].astext() if page in env.titles else page


def navigation(trail: Trail, link: dict[str, str]) -> str:
    """Write the way to a page as breadcrumbs.

    Parameters
    ----------
    trail
        Where it stands.
    link
        Addresses of the pages above it, as seen from it.

    Returns
    -------
    str
        HTML; nothing for the front page.
    """
    if not trail.above:
        return ""
    (front, first), *others = trail.above
    steps = [_step(first, link[front])]
    steps += [f"<li>{escape(trail.part)}</li>"] if trail.part else []
    steps += [_step(title, link[page]) for page, title in others]
    steps += [f'<li><span aria-current="page">{escape(trail.title)}</span></li>']
    return f'<nav class="pfpp-trail" aria-label="Breadcrumb"><ol>{"".join(steps)}</ol></nav>\n'


def _step(title: str, address: str) -> str:
    return f'<li><a href="{escape(address)}">{escape(title)}</a></li>'
