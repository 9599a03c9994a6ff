"""An extension of Sphinx, which builds the book: files of finished pages, formulas, the front door."""

from __future__ import annotations

import hashlib
import html
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from pfpp_utils.publish.finish import contents, formulas, policy

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

STATIC: Final = Path(__file__).with_name("static")
#: Style sheets that come after the book's own.
LAST: Final = ("access.css", "print.css")
#: Templates of the themes, which lie among the files that they publish.
STRAY: Final = ("webpack-macros.html", "sbt-webpack-macros.html")
#: A door to the first page, for whoever asks for the folder. It names its icon, or browsers would ask for one
#: that no book has.
DOOR: Final = """\
<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{title}</title>
<link rel="icon" href="_static/icon.svg">
<meta http-equiv="refresh" content="0; url={first}.html">
</head>
<body><p><a href="{first}.html">{title}</a></p></body>
</html>
"""


def _files(app: Sphinx, config: Config) -> None:
    # Not among the project's files, of which Jupyter Book makes every page load every script.
    script = files("plotly") / "package_data" / "plotly.min.js"
    config.html_static_path += [str(STATIC), str(script)]


def _mark(app: Sphinx, config: Config) -> None:
    """Have pages written again when a style, a script or this folder changes: pages hold checksums."""
    entries = [Path(app.confdir, entry) for entry in config.html_static_path]
    found = {path for entry in entries for path in (entry.rglob("*") if entry.is_dir() else [entry])}
    looks = sorted(path for path in found if path.suffix in (".css", ".js"))
    parts = [*looks, *sorted(Path(__file__).parent.glob("*.py"))]
    config.pfpp_finish = hashlib.sha256(b"".join(path.read_bytes() for path in parts)).hexdigest()


def _door(app: Sphinx, error: Exception | None) -> None:
    """Write the door, to which the book builder would give no title and no language; drop stray templates."""
    if error or app.builder.name != "html":
        return
    texts = {"language": app.config.language, "title": html.escape(app.config.html_title)}
    page = policy.require(DOOR.format(first=app.config.root_doc, **texts))
    Path(app.outdir, "index.html").write_text(page, encoding="utf-8")
    for name in STRAY:
        Path(app.outdir, "_static", name).unlink(missing_ok=True)


def setup(app: Sphinx) -> dict[str, Any]:
    """Add what belongs to finished pages.

    Parameters
    ----------
    app
        Sphinx.

    Returns
    -------
    dict
        That pages may be read and written side by side.
    """
    app.add_config_value("pfpp_finish", "", "html")
    app.connect("config-inited", _files)
    app.connect("config-inited", _mark, priority=900)  # when all have said which files they bring
    app.connect("build-finished", _door)
    app.connect("html-page-context", contents.aside, priority=400)
    app.connect("html-page-context", contents.menu, priority=800)  # when the theme has put in its own
    app.add_css_file("page.css")
    app.add_js_file("access.js")
    for name in LAST:
        app.add_css_file(name, priority=900)
    app.add_html_math_renderer(formulas.NAME, (formulas.visit_math, None), (formulas.visit_displaymath, None))
    return {"parallel_read_safe": True, "parallel_write_safe": True}
