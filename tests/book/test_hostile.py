"""Hostile names in a file of awards, end to end: nothing runs on a page, in a download, on a terminal."""

from __future__ import annotations

import csv
import io
import json
import re

import nbformat
import openpyxl
import pytest
from click.testing import CliRunner
from conftest import make_notebook, write_project
from hostile import CANARY, NAMES

from pfpp_utils import project
from pfpp_utils.characters import ACTING, shown
from pfpp_utils.cli import main
from pfpp_utils.publish import book, execute, plan
from pfpp_utils.publish.builder import Builder

HEADER = ["Identifier", "Title", "Currency", "Amount Awarded", "Award Date", "Recipient Org:Name"]
HEADER += ["Funding Org:Name", "Grant Programme:Title"]
CODE = """\
import matplotlib.pyplot as plt
from pfpp_utils import project
from pfpp_utils.data.awards import table
from pfpp_utils.publish import charts, markup, show

awards = table.read([project.data() / "grants.csv"]).awards
given = awards[["Recipient Org:Name", "Grant Programme:Title", "Amount Awarded"]]
given.columns = ["Recipient", "Scheme", "£"]
names = list(given["Recipient"])
everyone = "; ".join(names)
book = {"name": "given", "scope": everyone, "notes": {"Scheme": everyone}}
texts = {"title": f"Awards to {everyone}", "subtitle": everyone, "source": everyone}
show.block(markup.table, given, data=given, name="given", workbook=book, **texts)
told = charts.describe(given, "{Recipient}: {Scheme}")
links = given.rename(columns={"Scheme": "source", "Recipient": "target", "£": "value"})
links = links.assign(source="Fund " + links["source"])
show.sankey(links, name="flows", alt=f"Flows. {told}", **texts)
chart, axes = plt.subplots(figsize=(8, 14))
axes.barh([name[:24] for name in names], given["£"])
show.figure(chart, name="bars", alt=f"Bars. {told}", data=given.rename(columns={"£": names[0]}), **texts)
show.text("Given to " + "; ".join(f"**{markup.plain(name)}**" for name in names) + ".")
"""


def write_awards(path):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(HEADER)
        for number, name in enumerate(NAMES.values(), start=1):
            row = [f"360G-a-{number}", name, "GBP", 100 * number, "2020-05-01", name, f"Fund {name}", name]
            writer.writerow(row)
    return path


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    """A project whose one file of awards is hostile, its pages run and its book built."""
    folder = tmp_path_factory.mktemp("hostile")
    write_project(folder)
    for name in ("pfpp.css", "pfpp.js"):
        path = folder / "book/_static" / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes((project.CHECKOUT / "book/_static" / name).read_bytes())
    write_awards(folder / "data/grants.csv")
    nbformat.write(make_notebook(CODE), folder / "notebooks/place.ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(folder))
        pages = plan.load()
        assert [one.error for one in execute.run(plan.notebooks(pages))] == ["", ""]
        with Builder() as builder:
            book.build(pages, builder)
    return folder


@pytest.fixture(scope="module")
def opened(hostile, serve, watched):
    """The page in a narrow window, all of it looked at."""
    with serve(hostile / "_build/book") as at, watched(at, width=320) as page:
        page.goto(f"{at}/place-north.html")
        page.locator("#figure-flows details").evaluate_all("all => all.forEach(one => one.open = true)")
        page.locator(".pfpp-diagram").scroll_into_view_if_needed()
        page.locator(".pfpp-diagram .node-label").first.wait_for(state="attached", timeout=60_000)
        yield page


def said(text):
    """As a page shows it: a row of spaces is one."""
    return " ".join(shown(text).split())


def straight(text):
    """In prose, the book builder sets quotation marks, dashes and dots as a printer would."""
    marks = {"\u201c": '"', "\u201d": '"', "\u2018": "'", "\u2019": "'", "\u2026": "...", "\u2013": "--"}
    for curly, plain in {**marks, "\u2014": "---"}.items():
        text = text.replace(curly, plain)
    return text


def test_nothing_ran_and_nothing_was_asked_for(opened):
    assert opened.evaluate(CANARY) is None
    assert opened.complaints == []


def test_names_are_shown_as_they_are(opened):
    rows = opened.locator("#table-given tbody tr")
    cells = [row.split("\t") for row in rows.all_inner_texts()]
    assert [" ".join(row[0].split()) for row in cells] == [said(name) for name in NAMES.values()]
    assert [" ".join(row[1].split()) for row in cells] == [said(name) for name in NAMES.values()]
    sentence = opened.locator("p", has_text="Given to ").last
    names = [straight(" ".join(name.split())) for name in sentence.locator("strong").all_inner_texts()]
    assert names == [straight(said(name)) for name in NAMES.values()]
    for label in (opened.locator("#table-given-title"), opened.locator("#figure-flows .pfpp-title").first):
        assert said(NAMES["script"]) in " ".join(label.inner_text().split())


def test_diagram_labels_are_text(opened):
    labels = opened.locator(".pfpp-diagram .node-label")
    found = {"".join(text.split()) for text in labels.all_text_contents()}  # lines are elements of their own
    wanted = {said(f"{before}{name}") for name in NAMES.values() for before in ("", "Fund ")}
    assert found == {"".join(text.split()) for text in wanted}
    assert opened.locator(".pfpp-diagram a").count() == 0


def test_hover_labels_are_text(opened):
    node = opened.locator(".pfpp-diagram .sankey-node").filter(has_text="%{label}").first
    node.locator(".node-rect").dispatch_event("mouseover")
    node.locator(".node-rect").hover(force=True)
    told = opened.locator(".pfpp-diagram .hoverlayer .hovertext")
    told.first.wait_for(state="attached", timeout=10_000)
    words = " ".join(told.first.text_content().split())
    assert "<b>Bold</b>" in words
    assert "%{label}" in words


def test_the_page_is_no_wider_than_a_phone(opened):
    assert opened.evaluate("document.documentElement.scrollWidth") <= 320


def test_the_page_is_sound_html(hostile, unsound):
    assert unsound([hostile / "_build/book/place-north.html"]) == []


def static(hostile, ending):
    folder = hostile / "_build/book/_static"
    return sorted(path for path in folder.rglob(f"*{ending}") if "place-north" in str(path))


def test_no_cell_of_a_download_is_a_formula_or_acts(hostile):
    tables = static(hostile, ".csv")
    assert len(tables) == 3
    for path in tables:
        text = path.read_text(encoding="utf-8")
        assert not ACTING.search(text)
        header, *rows = csv.reader(io.StringIO(text, newline=""), strict=True)
        assert len(rows) == len(NAMES)
        cells = [cell for row in [header, *rows] for cell in row if not re.fullmatch(r"-?[\d.]+", cell)]
        assert not [cell for cell in cells if cell[:1] in set("=+-@\t\r\n\uff1d")]
        named = {text for row in rows for cell in row for text in (cell, cell.removeprefix("'"))}
        assert {shown(name) for name in NAMES.values()} <= named


def test_no_cell_of_a_workbook_is_a_formula(hostile):
    (path,) = static(hostile, "table-given.xlsx")
    sheets = openpyxl.load_workbook(path).worksheets
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink and "203.0.113.1" in str(cell.hyperlink.target)]
    texts = {text for cell in cells for text in (str(cell.value), str(cell.value).removeprefix("'"))}
    assert {still(name) for name in NAMES.values()} <= texts


def still(name):
    """As a workbook shows it: the library would make links of Markdown's, and notes of what is between $$."""
    return shown(name).replace("](", "] (").replace("$$", "$ $")


def test_pictures_are_sound_and_still(hostile):
    from xml.etree import ElementTree

    (path,) = static(hostile, ".svg")
    picture = ElementTree.parse(path)
    assert not [one for one in picture.iter() if one.tag.endswith(("script", "image", "foreignObject"))]
    assert said(NAMES["script"]) in " ".join(picture.find("{*}desc").text.split())


# ------------------------------------------------------------------------------------------ on the terminal


def spoken(*words):
    """What a command prints, with its exit status; nothing in it may act on a terminal."""
    result = CliRunner().invoke(main, [str(word) for word in words])
    assert not ACTING.search(result.output), words
    return result.exit_code, result.output


@pytest.fixture
def awards(tmp_path, monkeypatch):
    (tmp_path / "none").mkdir()
    monkeypatch.setenv("PFPP_EXTERNAL", str(tmp_path / "none"))
    return write_awards(tmp_path / "gr\x1b[31mants\u202e.csv")


def test_spend_prints_no_control_characters(awards):
    status, printed = spoken("spend", awards)
    assert status == 0
    assert "gr[U+001B][31mants[U+202E].csv" in printed
    status, printed = spoken("spend", awards, "--json")
    assert status == 0
    assert json.loads(printed)["files"][0]["file"] == awards.name


def test_errors_print_no_control_characters(tmp_path, awards):
    named = NAMES["colours"].replace("/", "")
    for words in (
        ("spend", awards, "--place", named),
        ("spend", awards, "--year", named),
        ("spend", tmp_path / f"{named}.csv"),
        ("breakeven", "--cost", named, "--value", "1"),
        ("breakeven", tmp_path / f"{named}.yml"),
        ("qca", awards, "--outcome", named, "--conditions", named),
        ("data", "get", named),
    ):
        status, printed = spoken(*words)
        assert status == 2, (words, printed)


def test_qca_prints_no_control_characters(tmp_path):
    path = tmp_path / "cases.csv"
    cases = [f"{name}\x1b[31m\u202e" for name in "abcdefgh"]
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["case", "A\x1b[2J", "B\u202e", "Y"])
        writer.writerows([case, i & 1, i >> 1 & 1, i & 1] for i, case in enumerate(cases))
    status, printed = spoken("qca", path, "--outcome", "Y", "--conditions", "A\x1b[2J,B\u202e")
    assert status == 0, printed
    assert "A[U+001B][2J" in printed
