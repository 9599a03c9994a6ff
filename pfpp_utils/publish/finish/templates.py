"""Pages as the templates write them, finished: nothing inline, the policy in each, sound HTML."""

from __future__ import annotations

import re
from typing import Any, Final

from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util import logging

from pfpp_utils.publish.finish import icons, policy

_log = logging.getLogger(__name__)

#: What the theme writes inline, and what stands there instead; ``STATIC`` is the way to the book's files.
REPLACED: Final = {
    r'<script data-cfasync="false">.*?</script>': '<script src="STATICpage.js"></script>',
    r"<noscript>\s*<style>.*?</style>\s*</noscript>": (
        '<noscript><link rel="stylesheet" href="STATICno-script.css"></noscript>'
    ),
    r"<script>\s*// Activate the search field on page load.*?</script>": "",
    r'<script defer src="[^"]*/fontawesome\.js[^"]*"></script>': "",
    r'onclick="toggleFullScreen\(\)"': 'data-press="toggleFullScreen"',
    r'onclick="window\.print\(\)"': 'data-press="print"',
}
#: What searches, with its index: on every other page it would be most of what is loaded.
_SEARCH: Final = re.compile(
    r'\s*<script src="[^"]*(?:searchtools|language_data|searchindex)\.js[^"]*"></script>'
)
#: A script that a page would wait for before it is drawn. All can run after that, in their order, but the one
#: that sets the page's colours.
_WAITED_FOR: Final = re.compile(r'<script (?=[^>]*\bsrc=)(?![^>]*(?:\b(?:defer|async)\b|/page\.js"))')
_EDITS: Final = [(re.compile(old, re.DOTALL), new) for old, new in REPLACED.items()]


def finish(page: str, *, name: str, static: str) -> str:
    """Finish a page.

    Parameters
    ----------
    page
        HTML as the theme's templates write it.
    name
        Its name, for messages.
    static
        The way from it to the folder of files that belong to the book, with a slash at the end.

    Returns
    -------
    str
        HTML under the policy. What the policy will not let run is a warning, which ends the build.
    """
    for old, new in _EDITS:
        page = old.sub(new.replace("STATIC", static), page)
    page = page if name == "search" else _SEARCH.sub("", page)
    page = _WAITED_FOR.sub("<script defer ", page)
    page = icons.drawn(page)
    if 'rel="icon"' not in page:  # without one, browsers ask for another at the address of the whole site
        page = page.replace("</title>", f'</title>\n    <link rel="icon" href="{static}icon.svg">', 1)
    for found in policy.barred(page):
        _log.warning("%s: the content security policy does not let this run: %s", name, found)
    return policy.require(page)


class Templates(BuiltinTemplateLoader):
    """Sphinx's own templates, with every page finished once it is rendered."""

    def render(self, template: str, context: dict[str, Any]) -> str:  # type: ignore[override]
        """Render a template; all that end in ``.html`` are pages."""
        if not template.endswith(".html"):
            return super().render(template, context)
        # The theme sets its options inline, page by page: this book uses neither of the two.
        context["script_files"] = [
            script
            for script in context["script_files"]
            if not (script.attributes.get("body") or "").startswith("DOCUMENTATION_OPTIONS.")
        ]
        static = f"{context['content_root']}_static/"
        return finish(super().render(template, context), name=context["pagename"], static=static)
