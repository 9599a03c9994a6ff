"""One way out: no code of a notebook or of the package shows anything but through `show`."""

from __future__ import annotations

import os
import re
from pathlib import Path

import nbformat
import pytest

from pfpp_utils import project
from pfpp_utils.publish import alternative, byways, faults, notebook, show

PACKAGE = project.CHECKOUT / "pfpp_utils"
#: The way out, and where a chart becomes a picture; two that speak to the terminal from a process of their
#: own; one that only loads modules.
OPEN = {
    "publish/outputs.py",
    "publish/picture.py",
    "publish/builder.py",
    "publish/watcher.py",
    "publish/kernels/preload.py",
}
PLANTED = [
    "plt.show()",
    "fig.show()",
    "print(table)",
    "if True:\n    print(1)",
    "display(table)",
    "IPython.display.display(table)",
    "table.head()",
    "table",
    "chart.savefig('x.png')",
    "x = 1\nx",
    "charts.bars(table)",
    "display(HTML('<table></table>'))",
    "y = HTML(table.to_html())",
    "import plotly.io as pio",
    "from plotly import io",
    "from IPython.display import SVG",
    "import IPython.display",
    "import IPython; IPython.display.display(table)",
    "import IPython as ip\nip.display.display(table); x = 1",
    "IPython.display.display(table)\nx = 1",
    "show.display(table)\nx = 1",
    "show.outputs.emit({}, part='text')",
    "show._frame(table)\nx = 1",
    "show.pd.DataFrame(table)",
    "from pfpp_utils.publish.outputs import emit",
    "from pfpp_utils.publish import outputs",
    "import pandas as show",
    "from mine import show",
    "show = table",
    "settle = Something()",
    "import sys\nsys.stdout.write('x')",
    "sys.__stderr__.write(table.to_string())\nx = 1",
    "out = sys.stdout",
    "sys.displayhook(table)\nx = 1",
    "p = print",
    "x = list(map(print, table))",
    "get_ipython().run_line_magic('matplotlib', 'inline'); x = 1",
    "x = getattr(__import__('IPython'), 'display')",
    "import importlib",
    "from importlib import import_module",
    "exec('print(1)')\nx = 1",
    "import warnings\nwarnings.warn(str(table))",
    "import logging",
    "table.attrs.clear()\nx = 1",
    "with open('x') as file:\n    pprint.pprint(file)",
    "x = getattr(show, 'out' + 'puts')",
    "x = vars(show)['outputs']",
    "way = show\nx = way.figure",
    "x = [show][0]",
    "x = dict(a=settle)",
    "import operator\nx = operator.attrgetter('outputs')(show)",
    "from pfpp_utils.publish.show import *",
    "from pfpp_utils.publish.show import outputs",
    "from pfpp_utils.publish.settle import show as way",
    "import pfpp_utils.publish\nx = 1",
    "import pfpp_utils.publish.charts as charts",
    "from pfpp_utils import publish",
    "from pfpp_utils.publish import ledger_table\nx = ledger_table.show.outputs.emit({}, part='text')",
    "from pfpp_utils.publish import ledger_table\nx = ledger_table.show.table(table)",
    "way = ledger_table.show",
    "import sys",
    "%matplotlib inline",
    "!cat x",
]


@pytest.mark.parametrize("code", PLANTED)
def test_another_way_is_found(code):
    assert byways.every(code, cell=True)


@pytest.mark.parametrize(
    "code",
    [
        "show.table(table, name='a')",
        "settle.claims({})",
        "table = frame.head()",
        "for each in one:\n    each.check()",
        "'a remark'",
        "",
        "from pfpp_utils.publish import show",
        "chart = charts.bars(table, color=show.CATEGORICAL[0])",
        "from pfpp_utils.publish import charts, settle, show",
        "table = frame.map(str.strip)",
        "from pfpp_utils.publish.settle import claims",
        "from pfpp_utils.publish.own import claims, ratings",
        "import numpy as np\nimport math",
        "many = table.outputs.sum() + len(plan.modules)",
        "from pathlib import Path\nfound = sorted(Path('data').glob('*.csv'))",
        "import os\nhome = os.environ.get('PFPP_EXTERNAL')",
        "with open('data/notes.txt') as file:\n    lines = file.readlines()",
    ],
)
def test_our_own_way_is_left_alone(code):
    assert byways.every(code, cell=True) == []


TEMPLATES = sorted((PACKAGE / "publish/template/notebooks").glob("*.ipynb"))
TABLE = "| Place | What |\n|---|---|\n| North | {} |"


@pytest.mark.parametrize(
    "markdown",
    [
        "![a chart](chart.png)",
        "![a chart][one]\n\n[one]: chart.png",
        "See <img src='chart.png'> here",
        "<table><tr><td>3</td></tr></table>",
        "<svg></svg>",
        "<iframe src='x'></iframe>",
        "```{figure} chart.png\n```",
        ":::{list-table}\n* - 3\n:::",
        ":::{note}\n![a chart](chart.png)\n:::",
        "{glue:figure}`chart`",
        *map(
            TABLE.format,
            ("3", "1,200", "\u00a33.5", "~40%", "12 people", "-3", "**3**", "\u22123", "3 (25%)"),
        ),
        *map(TABLE.format, ("3 of 12", "3 to 12", "3\u201312", "3/12", "\u00a33.2 million")),
        "See[^1].\n\n[^1]: ![a chart](chart.png)",
        f"See[^1].\n\n[^1]:\n    {TABLE.format(3)}".replace("\n|", "\n    |"),
        f"North\n: {TABLE.format(3)}".replace("\n|", "\n  |"),
        ":::{note} ![a chart](chart.png)\n:::",
        "```{math}\n\\begin{array}{lr} North & 3 \\\\ South & 4 \\end{array}\n```",
        "```{math} \\begin{matrix} 3 & 4 \\end{matrix}\n```",
        "{math}`\\begin{array}{l} 3 \\end{array}`",
        f":::{{tip}}\n{TABLE.format(3)}\n:::",
        "```\nNorth  3\nSouth  4\n```",
    ],
)
def test_a_figure_typed_into_a_cell_is_found(markdown):
    assert byways.typed(markdown)
    cell = nbformat.v4.new_markdown_cell(f"Before.\n\n{markdown}\n\nAfter.")
    assert any("through show" in fault for fault in faults._cell(cell))


@pytest.mark.parametrize(
    "markdown",
    [
        "In 2021, 13 places took part.",
        "- North: 3\n- South: 4",
        TABLE.format("has a board, see section 5.1"),
        TABLE.format("S1 to S3"),
        TABLE.format("2 boards and a forum in the town"),
        "```{math}\na^2 + \\begin{pmatrix} 1 & 2 \\end{pmatrix}\n```",
        "See[^1].\n\n[^1]: The report, section 3.",
        "Run `pfpp check` and $a^2$; see <a href='#figure-reach'>figure</a>.",
        ":::{note}\nMind this.\n:::",
        "> A quotation of 3 words",
    ],
)
def test_prose_is_left_alone(markdown):
    assert byways.typed(markdown) == []


@pytest.mark.parametrize(
    "path", [*map(notebook.path_of, notebook.names()), *TEMPLATES], ids=lambda path: path.stem
)
def test_no_notebook_has_another(path):
    cells = nbformat.read(path, as_version=4).cells
    found = [
        (
            cell.source,
            byways.every(cell.source, cell=True) if cell.cell_type == "code" else byways.typed(cell.source),
        )
        for cell in cells
    ]
    assert not [each for each in found if each[1]]


def test_the_check_of_notebooks_names_it():
    cell = nbformat.v4.new_code_cell("print(1)")
    assert any("print(" in fault and "through show" in fault for fault in faults._cell(cell))


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_no_module_has_another(path: Path):
    name, found = path.relative_to(PACKAGE).as_posix(), byways.every(path.read_text(encoding="utf-8"))
    assert bool(found) == (name in OPEN), found


def executed() -> list[Path]:
    """Pages as they were executed for the book; continuous integration builds it first."""
    pages = sorted((project.CHECKOUT / "_build/pages").glob("*.ipynb"))
    if not pages:
        (pytest.fail if os.environ.get("CI") else pytest.skip)("no page has been executed: run `make book`")
    return pages


def test_every_output_of_every_executed_page_bears_the_mark():
    for path in executed():
        for cell in nbformat.read(path, as_version=4).cells:
            for output in cell.get("outputs", []):
                assert output.get("metadata", {}).get(show.MARK, {}).get("part"), (path.name, cell.source)


IMAGE = re.compile(r"<img\b[^>]*>")


def test_no_picture_of_the_built_book_has_a_file_name_or_nothing_for_a_text():
    book = project.CHECKOUT / "_build/book"
    pages = [book / f"{path.stem}.html" for path in executed()]
    pictures = [
        tag for page in pages if page.exists() for tag in IMAGE.findall(page.read_text(encoding="utf-8"))
    ]
    figures = [tag for tag in pictures if 'src="_static/figures/' in tag]
    assert figures
    for tag in figures:
        alt = re.search(r'\balt="([^"]*)"', tag)
        assert alt, tag
        assert len(alt[1].split()) >= alternative.WORDS, tag
        assert not alternative._FILE.fullmatch(alt[1].strip()), tag
