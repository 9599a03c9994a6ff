"""Pages as they are finished: nothing inline, the policy first, formulas and icons as markup."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
import yaml
from conftest import make_notebook
from hostile import NAMES

from pfpp_utils.data import yaml_lines
from pfpp_utils.errors import Failure
from pfpp_utils.publish import book, page, plan, scale, settings
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.finish import extension, formulas, icons, policy, templates
from pfpp_utils.publish.plan import Page

HEAD = '<html><head><meta charset="utf-8" /><title>A</title>'


# ------------------------------------------------------------------------------------------ the policy


def test_the_policy_comes_first_and_once():
    done = policy.require(f'{HEAD}<script src="a.js"></script><meta charset="utf-8">')
    assert done.index(policy.META) < done.index("<script")
    assert done.count(policy.META) == 1


def test_nothing_inline_is_allowed_and_nothing_from_elsewhere():
    allowed = {source for sources in policy.RULES.values() for source in sources.split()}
    assert allowed == {"'none'", "'self'", "data:"}
    assert policy.RULES["default-src"] == policy.RULES["base-uri"] == policy.RULES["object-src"] == "'none'"
    assert "data:" not in policy.RULES["script-src"]


@pytest.mark.parametrize(
    "markup",
    [
        "<script>1</script>",
        "<SCRIPT type='module'>1</SCRIPT>",
        '<script type="text/x-thebe-config">1</script>',
        '<p onclick="x()">',
        "<svg/onload=x>",
        "<style>a{}</style>",
        '<p class="a" style="color:red">',
    ],
)
def test_what_is_barred_is_found(markup):
    assert policy.barred(f"<body>{markup}</body>")


@pytest.mark.parametrize("name", NAMES)
def test_escaped_text_is_not_taken_for_it(name):
    from pfpp_utils.publish.markup import escape

    assert policy.barred(f'<p title="{escape(NAMES[name])}">{escape(NAMES[name])}</p>') == []


def test_a_script_in_an_output_ends_the_build_by_name(executed_project):
    """The one fault that escaping cannot prevent: a notebook whose code writes HTML itself."""
    path = executed_project / "_build/pages/place-north.ipynb"
    text = path.read_text(encoding="utf-8").replace("Table 1. Reach", "Table 1. <script>go()</script>")
    path.write_text(text, encoding="utf-8")
    with Builder() as builder, pytest.raises(Failure, match=r"place-north.*policy.*<script>go\(\)"):
        book.build(plan.load(), builder)
    assert not (executed_project / "_build/book").exists()


def test_the_themes_own_scripts_become_files():
    theme = HEAD + '<script data-cfasync="false">\n x\n</script><noscript>\n<style>a</style></noscript>'
    done = templates.finish(
        f'{theme}</head><button onclick="window.print()"></button>', name="a", static="../s/"
    )
    assert '<script src="../s/page.js"></script>' in done
    assert '<noscript><link rel="stylesheet" href="../s/no-script.css"></noscript>' in done
    assert 'data-press="print"' in done
    assert '<link rel="icon" href="../s/icon.svg">' in done
    for name in ("page.js", "no-script.css", "page.css", "icon.svg"):
        assert (extension.STATIC / name).is_file()


def test_every_least_width_of_a_picture_has_a_class():
    sheet = (extension.STATIC / "page.css").read_text(encoding="utf-8")
    for width in (48, 300, 800, 1234, 3000, 9000):
        least = scale.least(width)
        assert f".pfpp-least-{least} {{ min-width: {least}px; }}" in sheet
        assert least <= scale.LEAST * width


# ------------------------------------------------------------------------------------------ icons, formulas


def test_icons_are_drawn_and_told_to_nobody():
    drawn = icons.drawn(
        '<i class="theme-switch fa-solid fa-moon\n fa-lg" data-mode="dark"  title="Dark"></i>'
    )
    assert drawn.startswith('<svg class="svg-inline--fa theme-switch fa-solid fa-moon fa-lg" viewBox="0 0 ')
    assert 'data-mode="dark"' in drawn
    assert 'aria-hidden="true"' in drawn
    assert "title" not in drawn
    assert len(ElementTree.fromstring(drawn)) == 1


@pytest.mark.parametrize(
    "other", ['<i class="fa-solid fa-nosuch"></i>', "<i>word</i>", '<i class="note"></i>']
)
def test_what_is_no_icon_stays(other):
    assert icons.drawn(other) == other


@pytest.mark.parametrize(
    ("formula", "parts"),
    [
        (r"\frac{cost}{1 - d}", ["mfrac", "mo"]),
        (r"\kappa = (p_o - p_e) / (1 - p_e)", ["msub", "mi"]),
        (r"\sum_{i=1}^{n} x_i^2 \le \sqrt{n}", ["msubsup", "msqrt"]),
        (r"\text{people} \times 2", ["mtext"]),
    ],
)
def test_a_formula_becomes_mathml_with_its_source_beside(formula, parts):
    drawn = formulas.mathml(formula, block=True)
    element = ElementTree.fromstring(drawn)
    assert element.get("alttext") == formula
    assert element.get("display") == "block"
    assert {f"{formulas.SPACE[:-1]}{part}" for part in parts} <= {one.tag for one in element.iter()}


@pytest.mark.parametrize(
    "formula",
    [
        "",
        "{",
        r"\left( x",
        r"\nosuch{a}",
        r"\text{<img src=x onerror=x>}",
        r"\href{javascript:x}{y}",
        r"\text{<b>x</b>}",
    ],
)
def test_a_formula_that_cannot_be_read_or_holds_markup_is_refused(formula):
    with pytest.raises(ValueError, match=r"."):
        formulas.mathml(formula)


def test_a_formula_in_prose_needs_no_script(executed_project):
    (executed_project / "book/overview.md").write_text(
        "# Overview\n\nIt is {math}`\\frac{a}{b}`, and costs $5 or $6.\n\n"
        "```{math}\n:label: one\nx_1 + y\n```\n"
    )
    with Builder() as builder:
        text = (book.build(plan.load(), builder) / "overview.html").read_text()
    assert text.count("<math ") == 2
    assert 'id="equation-one"' in text
    assert "costs $5 or $6." in text
    assert "mathjax" not in text.casefold()


def test_a_formula_that_cannot_be_read_ends_the_build_by_place(executed_project):
    (executed_project / "book/overview.md").write_text("# Overview\n\nIt is\n\n{math}`\\nosuch{a}`.\n")
    with Builder() as builder, pytest.raises(Failure, match=r"overview\.md:\d+.*unknown command \\nosuch"):
        book.build(plan.load(), builder)


# ------------------------------------------------------------------------------------------ the settings


def test_the_extensions_are_jupyter_books_without_what_writes_scripts(small_project):
    from jupyter_book.config import get_default_sphinx_config

    used = yaml.safe_load(settings.text())["sphinx"]["config"]["extensions"]
    theirs = get_default_sphinx_config()["extensions"]
    assert set(theirs) - set(used) == {"sphinx_thebe", "sphinx_togglebutton"}
    own = {"finish.extension", "access", "around.extension"}
    assert set(used) - set(theirs) == {f"pfpp_utils.publish.{name}" for name in own}


def test_a_projects_own_settings_stay_but_not_against_the_policy(small_project):
    own = "extra_extensions: [own], config: {language: cy, template_bridge: own.Own}"
    (small_project / "_config.yml").write_text(f"title: Small\nsphinx: {{{own}}}\n")
    told = yaml.safe_load(settings.text())
    assert told["title"] == "Small"
    assert told["sphinx"]["config"]["language"] == "cy"
    assert told["sphinx"]["config"]["extensions"][-1] == "own"
    assert told["sphinx"]["config"]["template_bridge"] == settings.FIXED["template_bridge"]
    assert "dollarmath" not in told["parse"]["myst_enable_extensions"]


def test_no_line_numbers_are_told(small_project):
    assert yaml_lines.LINE not in settings.text()


# --------------------------------------------------------------------------------- notebooks from outside


def test_metadata_of_a_notebook_reach_no_page(shown):
    """Another kernel, widgets, parameters, or settings for the page in a notebook's metadata do nothing."""
    executed = make_notebook()
    executed.metadata.update(
        widgets={"application/vnd.jupyter.widget-state+json": {"state": {"a": 1}}},
        mystnb={"execution_mode": "force"},
        papermill={"parameters": {"x": "__import__('os')"}},
        html_theme={"sidebar_secondary": "remove"},
    )
    rendered = page.render(executed, Page("a", "notebook", "place", ""), made="")
    assert set(rendered.notebook.metadata) == {"kernelspec"}


def test_a_page_waits_for_no_script_but_the_one_that_sets_its_colours():
    theme = f'{HEAD}<script src="a.js"></script><script data-x="y" src="b.js"></script>'
    theme += '<script async src="c.js"></script>'
    done = templates.finish(theme + '<script src="../s/page.js"></script>', name="a", static="../s/")
    assert '<script defer src="a.js">' in done
    assert '<script defer data-x="y" src="b.js">' in done
    assert '<script async src="c.js">' in done
    assert '<script src="../s/page.js">' in done
