"""Which pages must be written again because something around them changed, though they did not."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from pfpp_utils.publish.around import asides, objects, trail

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Where what Sphinx knows of the pages keeps what stood around each when it was written.
KEPT = "pfpp_around"


def stale(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """Find pages whose breadcrumbs, neighbours or notes are no longer what they were.

    Parameters
    ----------
    app
        Sphinx.
    env
        What it knows of the pages, now that those that changed have been read.

    Returns
    -------
    list of str
        Names of the pages.
    """
    now = _around(env, app.config.root_doc), objects.definitions(env)
    before = getattr(env, KEPT, now)
    setattr(env, KEPT, now)
    moved = [page for page, found in now[0].items() if before[0].get(page, found) != found]
    return [*moved, *_explained(app, env, before[1], now[1])]


def _around(env: BuildEnvironment, root: str) -> dict[str, object]:
    trails, titles = trail.trails(env, root), {page: one.astext() for page, one in env.titles.items()}
    return {
        page: (trails.get(page), [titles.get(name or "") for name in near])
        for page, near in env.collect_relations().items()
    }


def _explained(
    app: Sphinx,
    env: BuildEnvironment,
    before: dict[str, asides.Meaning],
    now: dict[str, asides.Meaning],
) -> Iterator[str]:
    """Find pages that have, or may now have, a note on a term whose definition changed."""
    changed = {anchor for anchor in before.keys() | now if before.get(anchor) != now.get(anchor)}
    if not changed:
        return
    terms = [
        re.escape(known[anchor].term) for anchor in changed for known in (before, now) if anchor in known
    ]
    words = re.compile("|".join(terms), re.IGNORECASE)
    for page in env.all_docs:
        written = Path(app.outdir, f"{page}.html")
        if written.is_file() and words.search(written.read_text(encoding="utf-8")):
            yield page
