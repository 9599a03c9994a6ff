"""An extension of Sphinx: breadcrumbs, summary, notes, permalinks, citation and preview of every page."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pfpp_utils.publish.around import (
    asides,
    citation,
    fresh,
    objects,
    permalinks,
    preview,
    summary,
    trail,
)

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.config import Config

HERE: Final = Path(__file__).parent


def _files(app: Sphinx, config: Config) -> None:
    config.html_static_path.append(str(HERE / "static"))


@dataclass(frozen=True)
class _Known:
    """What every page needs, found once a build.

    Attributes
    ----------
    trails
        Where each page stands.
    terms
        What each term means.
    """

    trails: dict[str, trail.Trail]
    terms: dict[str, asides.Meaning]


@cache
def _known(app: Sphinx) -> _Known:
    return _Known(trail.trails(app.env, app.config.root_doc), objects.definitions(app.env))


def _page(
    app: Sphinx, page: str, _template: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Put around a page what belongs there; pages that hold no text of the book stay as they are."""
    if page == "search":
        app.add_js_file("search.js", loading_method="defer")
    if doctree is None or page not in app.env.all_docs or app.builder.name != "html":
        return
    book, way = app.config.html_title, context["pathto"]
    where = _known(app).trails.get(page) or trail.Trail("", (), app.env.titles[page].astext())
    made = summary.put(permalinks.put(context["body"]))
    body = made.body
    if not any(one.page == page for one in _known(app).terms.values()):
        body = asides.put(asides.link(body, _known(app).terms, way), _known(app).terms)
    above = trail.navigation(where, {name: way(name) for name, _ in where.above})
    context["body"] = above + body + _cited(app, page, where.title, context["content_root"])
    context["metatags"] += _shared(app, page, (book, where.title, made.said))


def _address(app: Sphinx, path: str) -> str:
    base = app.config.html_baseurl
    return f"{base.rstrip('/')}/{path}" if base else ""


def _cited(app: Sphinx, page: str, title: str, root: str) -> str:
    """Write how a page is cited, and the file of it."""
    book, address = citation.Work(**app.config.pfpp_citation), _address(app, f"{page}.html")
    part = citation.Part(book, page, title, citation.today(), address)
    path, entry = f"_static/cite/{page}.bib", citation.bibtex(part)
    file = Path(app.outdir, path)
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(entry, encoding="utf-8")
    return citation.details(citation.sentence(part), entry, f"{root}{path}")


def _shared(app: Sphinx, page: str, texts: tuple[str, str, str]) -> str:
    """Write what other sites show of a page; its picture is drawn only if it shows something new."""
    folder = Path(app.outdir, "_static/previews", page)
    file = folder / preview.name(*texts)
    if not file.is_file():
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
        file.write_bytes(preview.draw(*texts))
    picture = _address(app, f"_static/previews/{page}/{file.name}")
    return preview.tags(*texts, picture=picture, address=_address(app, f"{page}.html"))


def setup(app: Sphinx) -> dict[str, Any]:
    """Connect all of it; pages are written again whenever a file of this folder changes.

    Parameters
    ----------
    app
        Sphinx.

    Returns
    -------
    dict
        That pages may be read and written side by side.
    """
    code = b"".join(path.read_bytes() for path in sorted(HERE.glob("*.py")))
    app.add_config_value("pfpp_around", hashlib.sha256(code).hexdigest(), "env")
    app.add_config_value("pfpp_citation", {"title": ""}, "html")
    app.add_config_value("pfpp_places", {}, "")
    app.add_domain(objects.Findable)
    app.connect("config-inited", _files)
    app.connect("doctree-read", objects.note)
    app.connect("env-updated", fresh.stale)
    app.connect("html-page-context", _page, priority=950)
    app.add_css_file("around.css")
    return {"parallel_read_safe": True, "parallel_write_safe": True}
