"""What Jupyter Book is told: the project's own settings, and what holds for every book."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

import yaml

from pfpp_utils import project
from pfpp_utils.data import place_names, yaml_lines
from pfpp_utils.errors import InputError
from pfpp_utils.publish import finish
from pfpp_utils.publish.around import citation

NAME: Final = "_config.yml"
CITATION: Final = "CITATION.cff"
#: Jupyter Book's own extensions, without those that this book has no use for and that write scripts into
#: pages: sphinx_thebe, which names a server elsewhere, and sphinx_togglebutton.
EXTENSIONS: Final = (
    "sphinx_copybutton",
    "myst_nb",
    "jupyter_book",
    "sphinx_comments",
    "sphinx_external_toc",
    "sphinx.ext.intersphinx",
    "sphinx_design",
    "sphinx_book_theme",
    "pfpp_utils.publish.finish.extension",
    "pfpp_utils.publish.access",
    "pfpp_utils.publish.around.extension",
)
#: Every page is finished, and its formulas are MathML: see :mod:`pfpp_utils.publish.finish`.
FIXED: Final = {
    "template_bridge": "pfpp_utils.publish.finish.templates.Templates",
    "html_math_renderer": "mathml",
    "html_use_index": False,  # an index of terms, laid out by inline styles, to which nothing leads
}
#: What the theme is told where a project does not say.
THEME: Final = {
    "navbar_persistent": [],  # the sidebar has the search already
    "primary_sidebar_end": [],
    "back_to_top_button": False,  # it would stand outside all landmarks; the Home key does the same
}
#: What Markdown may hold beyond CommonMark where a project does not say: nothing by which text becomes a
#: formula, a link or a program without being marked as such.
MARKDOWN: Final = ("colon_fence", "deflist", "attrs_block", "attrs_inline")


def text() -> str:
    """Return the settings, as YAML.

    Returns
    -------
    str
        The project's, with what is fixed.

    Raises
    ------
    InputError
        If the project's cannot be read.
    """
    found = yaml_lines.plain(yaml_lines.read(project.root() / NAME, file=NAME, what="the book's settings"))
    if not isinstance(found, dict):
        raise InputError("the book's settings cannot be read", where=NAME, found=found, allowed="a mapping")
    settings: dict[str, Any] = found
    sphinx = settings["sphinx"] = dict(settings.get("sphinx") or {})
    around = {"pfpp_citation": _citation(settings), "pfpp_places": _places()}
    own = sphinx.get("config") or {}
    sphinx["config"] = {
        "extensions": _extensions(settings),
        **own,
        "html_theme_options": {**THEME, **(own.get("html_theme_options") or {})},
        "templates_path": [*(own.get("templates_path") or ()), str(finish.TEMPLATES)],
        **FIXED,
        **around,
    }
    if local := sphinx.get("local_extensions"):
        sphinx["local_extensions"] = {key: str(project.root() / path) for key, path in local.items()}
    settings["parse"] = {"myst_enable_extensions": list(MARKDOWN), **(settings.get("parse") or {})}
    return yaml.safe_dump(settings, sort_keys=False, allow_unicode=True)


def _extensions(settings: dict[str, Any]) -> list[str]:
    own = settings["sphinx"]
    cited = ["sphinxcontrib.bibtex"] if settings.get("bibtex_bibfiles") else []
    return [*EXTENSIONS, *cited, *(own.get("extra_extensions") or ()), *(own.get("local_extensions") or ())]


def _citation(settings: dict[str, Any]) -> dict[str, Any]:
    """Say how the book is cited, by the project's ``CITATION.cff`` where it has one."""
    path = project.root() / CITATION
    cff = yaml_lines.read(path, file=CITATION, what="how to cite the book") if path.is_file() else None
    return citation.work(settings, yaml_lines.plain(cff))


def _places() -> dict[str, list[str]]:
    """Name the page of each place, and all names under which it may be looked for."""
    return {f"place-{slug.replace('_', '-')}": names for slug, names in place_names.known().items()}


def put(folder: Path) -> Path:
    """Write the settings for a build.

    Parameters
    ----------
    folder
        Where to.

    Returns
    -------
    pathlib.Path
        The file.
    """
    path, wanted = folder / NAME, text()
    if not path.is_file() or path.read_text(encoding="utf-8") != wanted:
        folder.mkdir(parents=True, exist_ok=True)
        path.write_text(wanted, encoding="utf-8")
    return path
