"""The contents list that pages share: with the page that is shown marked in it, as the theme would."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from pfpp_utils.publish import builder
from pfpp_utils.publish.finish import contents

LINK = '<li class="toctree-l2"><a class="reference internal" href="{0}.html">{0}</a></li>'
HERE = '<li class="toctree-l2 current active"><a class="current reference internal" href="#">{0}</a></li>'
ABOVE = (
    '<li class="toctree-l1 current active has-children"><a class="reference internal" href="up.html">{}</li>'
)


def menu(*names, here):
    return ABOVE.format("\n".join((HERE if name == here else LINK).format(name) for name in names))


@pytest.mark.parametrize("here", ["a", "b", "c"])
@pytest.mark.parametrize("first", ["a", "b", "c"])
def test_the_list_of_one_page_becomes_that_of_any_other_below_the_same(first, here):
    shared = contents.without(menu("a", "b", "c", here=first), f"{first}.html")
    assert "current reference" not in shared
    assert contents.within(shared, f"{here}.html") == menu("a", "b", "c", here=here)


def parts(*listed, shown=None):
    """Pages of the top in parts of the book, with the part marked that holds the page which is shown."""
    return "\n".join(
        f'<ul class="{"current " * (bool(shown) and shown in names)}nav bd-sidenav">\n'
        + "\n".join((HERE if name == shown else LINK).format(name).replace("l2", "l1") for name in names)
        + "\n</ul>"
        for names in listed
    )


@pytest.mark.parametrize("here", ["a", "b", "c", "d"])
@pytest.mark.parametrize("first", ["a", "b", "c", "d"])
def test_of_the_top_the_part_of_the_page_is_marked_too(first, here):
    shared = contents.without(parts("ab", "cd", shown=first), f"{first}.html")
    assert shared == parts("ab", "cd")
    assert contents.within(shared, f"{here}.html") == parts("ab", "cd", shown=here)


@pytest.mark.parametrize("address", ["d.html", "aXhtml", "a", "up.html", ".html"])
def test_a_page_that_is_not_in_it_has_none(address):
    assert contents.within(contents.without(menu("a", here="a"), "a.html"), address) is None


def test_a_page_that_is_in_it_twice_has_none():
    assert contents.within(contents.without(menu("a", "a", "b", here="b"), "b.html"), "a.html") is None


def shown(page, lists, **options):
    """Write a page's list, as the theme's template does; tell how often the theme wrote one."""
    written = []

    def write(kind, **options):
        written.append(kind)
        return parts("ab", "cd", shown=page)

    env = SimpleNamespace(toctree_includes={"front": ["a", "b", "c", "d"]})
    builder = SimpleNamespace(get_target_uri="{}.html".format)
    app = SimpleNamespace(env=env, config=SimpleNamespace(root_doc="front"), builder=builder)
    vars(app)[contents.LISTS] = lists
    context = {"generate_toctree_html": write}
    contents.menu(app, page, "", context, None)
    made = context["generate_toctree_html"]("sidebar", **({"show_nav_level": 1} | options))
    return made, len(written)


def test_a_list_that_was_made_for_one_page_serves_those_of_the_same_folder_and_kind():
    lists = {}
    assert shown("front", lists) == (parts("ab", "cd"), 1)
    for page in "abcd":
        assert shown(page, lists) == (parts("ab", "cd", shown=page), 0)
    assert shown("search", lists) == (parts("ab", "cd"), 0)
    assert shown("a", lists, maxdepth=2)[1] == 1
    assert shown("folder/a", lists)[1] == 1
    assert shown("a", lists, show_nav_level=0)[1] == 1, "parts unfold too"


def test_a_list_is_made_ahead_in_a_fork_or_not_at_all(monkeypatch):
    app = SimpleNamespace(config=SimpleNamespace(root_doc="front"))

    def write(app, page, _):
        vars(app).update({contents.LISTS: {page: "the list"}, "other": "what else it leaves"})

    monkeypatch.setattr(builder, "_write", write)
    builder._list(app)
    assert vars(app)[contents.LISTS] == {"front": "the list"}
    assert "other" not in vars(app)
    vars(app).pop(contents.LISTS)
    monkeypatch.setattr(builder, "_write", lambda *_: 1 / 0)
    builder._list(app)
    assert contents.LISTS not in vars(app)
