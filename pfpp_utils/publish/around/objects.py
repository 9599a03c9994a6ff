"""What the search finds besides pages: places, claims, terms, figures and tables, each at its own address."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.domains import Domain, ObjType

from pfpp_utils.publish.around import asides, permalinks

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

#: Kinds with the word that readers see, and how early they come among results: see `Domain.get_objects`.
ALL: Final = {
    "place": ("Place", 0),
    "term": ("Term", 0),
    "claim": ("Claim", 1),
    "figure": ("Figure", 1),
    "table": ("Table", 1),
}
#: Where a page begins, in every page of the theme.
TOP: Final = "main-content"


class Findable(Domain):
    """Objects in the sense of Sphinx: they come into the index of the search by themselves."""

    name = "pfpp"
    label = ""
    object_types = {kind: ObjType(word, kind) for kind, (word, _) in ALL.items()}  # noqa: RUF012 as in Sphinx
    initial_data: dict[str, Any] = {"named": {}, "terms": {}}  # noqa: RUF012
    data_version = 1

    def get_type_name(self, type: ObjType, primary: bool = False) -> str:
        """Call a kind by its word alone."""
        return type.lname

    def clear_doc(self, docname: str) -> None:
        """Forget a page that is read again."""
        for kind in self.initial_data:
            self.data[kind].pop(docname, None)

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:  # type: ignore[override]
        """Take over what another process has read."""
        for kind in self.initial_data:
            theirs = otherdata[kind]
            self.data[kind] |= {name: theirs[name] for name in docnames if name in theirs}

    def get_objects(self) -> Iterable[tuple[str, str, str, str, str, int]]:
        """Name everything that can be found: places by all their names, then what pages hold."""
        for page, names in self.env.config.pfpp_places.items():
            if page in self.env.all_docs:
                for number, said in enumerate(names):
                    yield f"{page}#place-{number}", said, "place", page, TOP, ALL["place"][1]
        for page, listed in self.data["named"].items():
            for kind, anchor, said in listed:
                yield f"{page}#{anchor}", said, kind, page, anchor, ALL[kind][1]


def note(app: Sphinx, doctree: nodes.document) -> None:
    """Note what a page holds as it is read.

    Parameters
    ----------
    app
        Sphinx.
    doctree
        The page.
    """
    data, page = app.env.get_domain(Findable.name).data, app.env.docname
    data["named"][page] = list(_found(doctree))
    data["terms"][page] = dict(asides.defined(page, doctree))


def _found(doctree: nodes.document) -> Iterator[tuple[str, str, str]]:
    for raw in doctree.findall(nodes.raw):
        if "html" in raw.get("format", ""):
            for one in permalinks.named(raw.astext()):
                said = (
                    f"{one.said} ({one.anchor.removeprefix('claim-')})" if one.kind == "claim" else one.said
                )
                yield one.kind, one.anchor, said
    for anchor, meaning in asides.defined("", doctree):
        yield "term", anchor, meaning.term


def definitions(env: BuildEnvironment) -> dict[str, asides.Meaning]:
    """Give what each term of every glossary means, by its anchor."""
    kept: dict[str, dict[str, asides.Meaning]] = env.get_domain(Findable.name).data["terms"]
    return {anchor: meaning for page in sorted(kept) for anchor, meaning in kept[page].items()}
