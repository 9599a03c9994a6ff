"""Pages: each figure one element with a description, its data beside it, the code folded."""

from __future__ import annotations

import copy
import io
import json
import re

import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
from conftest import make_notebook
from nbformat.v4 import new_code_cell, new_output

from pfpp_utils.errors import InputError
from pfpp_utils.publish import markup, page, show
from pfpp_utils.publish.plan import Page

DATA = pd.DataFrame({"Place": ["North"], "People": [37]})
TEXTS = {"title": "North <37>", "subtitle": "People, 2022", "alt": 'Bars: "North" 37.', "source": "Test"}
PAGE = Page("place-north", "notebook", "place", "Places", title="North")


def draw(name="reach"):
    show.figure(plt.figure(figsize=(3, 2)), name=name, data=DATA, **TEXTS)


def render(outputs, at=PAGE, made="Made today."):
    book = make_notebook()
    book.cells[-1].outputs = list(outputs)
    return page.render(book, at, made=made)


def html(rendered):
    return [output.data["text/html"] for output in rendered.notebook.cells[1].outputs]


def test_the_parts_of_a_figure_become_one_element(shown):
    draw()
    (figure,) = html(render(shown))
    assert figure.startswith('<figure class="pfpp-figure" id="figure-reach">')
    assert figure.count("<figure") == figure.count("<img") == figure.count("<figcaption>") == 1
    assert figure.index("Figure 1. North &lt;37&gt;") < figure.index("<img") < figure.index("Source: Test")


def test_a_picture_has_a_description_its_size_and_a_file(shown):
    draw()
    rendered = render(shown)
    (picture,) = re.findall("<img [^>]*>", html(rendered)[0])
    assert 'alt="Bars: &quot;North&quot; 37."' in picture
    assert 'width="300" height="200"' in picture
    (address,) = re.findall('src="_static/([^"]*)"', picture)
    assert address.endswith(".svg")
    assert rendered.files[address].startswith(b"<svg ")


def test_a_picture_is_not_shrunk_until_it_cannot_be_read(shown):
    draw()
    (picture,) = re.findall("<img [^>]*>", html(render(shown))[0])
    assert 'class="pfpp-least-240"' in picture
    assert 'role="img"' in picture


@pytest.mark.parametrize("what", ["figure", "table"])
def test_the_data_can_be_downloaded(shown, what):
    if what == "figure":
        draw()
    else:
        show.table(DATA, name="reach", title="Reach", subtitle="People", source="Test")
    rendered = render(shown)
    found = dict(re.findall(r'<a href="_static/([^"]+)" download>([^<]*)</a>', html(rendered)[0]))
    one = f"{what.title()} 1"
    assert [*found.values()] == [f"Download the data of {one} (CSV)", f"{one} as a spreadsheet (XLSX)"]
    assert set(found) <= rendered.files.keys()
    address, sheet = found
    assert rendered.files[address] == b"Place,People\nNorth,37\n"
    read = openpyxl.load_workbook(io.BytesIO(rendered.files[sheet]))
    assert [cell.value for cell in [*read[one.replace(" ", "_")].rows][-1]] == ["North", 37]
    told = [cell.value for row in read["Cover"].rows for cell in row if cell.value]
    assert {"People, 2022", "Source: Test"} <= set(told) or what == "table"
    assert any('Bars: "North" 37.' in str(line) for line in told) == (what == "figure"), "the figure in words"


def test_a_diagram_is_an_image_with_a_description(shown):
    links = pd.DataFrame({"source": ["A"], "target": ["B"], "value": [1.0]})
    show.sankey(links, name="flows", **TEXTS)
    rendered = render(shown)
    (diagram,) = re.findall('<div class="pfpp-diagram"[^>]*>', html(rendered)[0])
    assert 'role="img" aria-label="Bars: &quot;North&quot; 37."' in diagram
    (address,) = re.findall('data-figure="_static/([^"]*)"', diagram)
    assert json.loads(rendered.files[address])["data"][0]["type"] == "sankey"


def test_a_figure_and_a_table_of_one_name_have_their_own_files(shown):
    draw("reach")
    show.table(pd.DataFrame({"Other": [1]}), name="reach", title="Reach", subtitle="People", source="Test")
    files = render(shown).files
    assert sorted(content for path, content in files.items() if path.endswith(".csv")) == [
        b"Other\n1\n",
        b"Place,People\nNorth,37\n",
    ]


def test_pages_never_share_a_file(shown):
    draw("north-reach")
    draw("reach")
    longer, shorter = Page("place-north", "notebook", "place", ""), Page("place", "notebook", "place", "")
    assert not set(render(shown[3:], at=longer).files) & set(render(shown[:3], at=shorter).files)


@pytest.mark.parametrize("what", ["figure", "table"])
def test_two_things_of_one_name_are_refused(shown, what):
    for title in ("North 37", "Of the north, 37"):
        if what == "figure":
            show.figure(plt.figure(figsize=(3, 2)), name="reach", data=DATA, **{**TEXTS, "title": title})
        else:
            show.table(DATA, name="reach", title=title, subtitle="People, 2022", source="Test")
    with pytest.raises(InputError, match="two things of one name") as caught:
        render(shown)
    assert "page place-north" in str(caught.value)
    assert "reach" in str(caught.value)


def test_a_sentence_passes_through(shown):
    show.text("There were **13**.")
    (output,) = render(shown).notebook.cells[1].outputs
    assert output.data["text/markdown"] == "There were **13**."


@pytest.mark.parametrize(
    "output",
    [
        new_output("stream", name="stdout", text="<b>13</b>"),
        new_output("stream", name="stderr", text="<b>13</b>"),
        new_output("display_data", data={"text/html": "<table></table>", "text/plain": "<b>13</b>"}),
        new_output("display_data", data={"image/png": "", "text/plain": "<b>13</b>"}),
        new_output("execute_result", data={"text/plain": "<b>13</b>"}, execution_count=1),
        new_output("display_data", data={"text/plain": "<b>13</b>"}, metadata={"pfpp": {"part": "own"}}),
    ],
)
def test_an_output_that_went_another_way_is_refused(shown, output):
    show.text("There were **13**.")
    with pytest.raises(InputError, match=r"(?s)did not come through publish.show.*page place-north.*13"):
        render([*shown, output])


@pytest.mark.parametrize(
    ("given", "book"),
    [
        ("spend-register", "spend-register.html"),
        ("spend-durham#claim-x_1", "spend-durham.html#claim-x_1"),
        ("methods.md", "methods.html"),
        ("numbers_x.ipynb#table-a", "numbers_x.html#table-a"),
        *[(same, same) for same in ("methods.html#a", "#a", "_static/x.csv", "x.csv", "https://a.org/b")],
        *[(same, same) for same in ("mailto:a@b.org", "/", "../a")],
    ],
)
def test_links_in_outputs_lead_to_built_pages(shown, given, book):
    show.text(f"As [the page]({given}) says, or <a class='x' href='{given}'>here</a>.")
    link = markup.Html(f'<a id="x" href="{given}">there</a>')
    frame = pd.DataFrame({"Place": ["North"], "See": [link]}, dtype=object)
    show.table(frame, name="see", title="See", subtitle="Pages", source="Test")
    text, table = render(shown).notebook.cells[1].outputs
    assert (
        text.data["text/markdown"] == f"As [the page]({book}) says, or <a class='x' href='{book}'>here</a>."
    )
    assert f'<a id="x" href="{book}">there</a>' in table.data["text/html"]


def test_only_links_are_changed(shown):
    said = "page <b>a[x](y)</b> href=methods"
    show.table(pd.DataFrame({"Place": [said]}), name="see", title="See", subtitle="Pages", source="Test")
    assert f'<th scope="row">{markup.escape(said)}</th>' in html(render(shown))[0]
    show.text("It was [3] (three) of [4](#four), methods.")
    (output,) = render(shown[1:]).notebook.cells[1].outputs
    assert output.data["text/markdown"] == "It was [3] (three) of [4](#four), methods."


def test_the_plan_may_give_another_title():
    assert render([]).notebook.cells[0].source == "# North"
    assert render([], at=Page("place", "notebook", "place", "")).notebook.cells[0].source == "# A place"


def test_a_title_replaces_the_heading_only():
    book = make_notebook()
    book.cells[0].source = "# A place\n\nWhat happened there?"
    assert page.render(book, PAGE, made="").notebook.cells[0].source == "# North\n\nWhat happened there?"
    del book.cells[0]
    assert 'place = "north"' in "".join(
        cell.source for cell in page.render(book, PAGE, made="").notebook.cells
    )


def test_code_is_folded_under_what_it_makes(shown):
    show.table(DATA, name="reach", title="Reach", subtitle="People", source="Test")
    cells = render(shown).notebook.cells
    assert [cell.metadata.get("tags") for cell in cells] == [None, ["hide-input"], None]
    assert cells[1].metadata["mystnb"]["code_prompt_show"] == "Show the code of Table 1"


def test_an_answer_stands_before_the_code_that_makes_it(shown):
    show.text("Yes.")
    book = make_notebook()
    book.cells[1:] = [new_code_cell("show.text('Yes.')", outputs=shown, metadata={"tags": [page.FIRST]})]
    _, answer, code, _ = page.render(book, PAGE, made="Made today.").notebook.cells
    assert answer.metadata.tags == ["remove-input"]
    assert answer.source  # an empty cell is dropped by the book builder, with all that it shows
    assert [output.data["text/plain"] for output in answer.outputs] == ["Yes."]
    assert (code.source, code.outputs) == ("show.text('Yes.')", [])
    assert code.metadata.tags == ["hide-input"]


def test_code_that_shows_nothing_joins_the_code_after_it(shown):
    show.table(DATA, name="reach", title="Reach", subtitle="People", source="Test")
    book = make_notebook()
    book.cells += [new_code_cell("x = 1"), new_code_cell("x")]
    book.cells[2].outputs = list(shown)
    cells = page.render(book, PAGE, made="").notebook.cells
    given, code = (cell.source for cell in make_notebook().cells[1:])
    assert [cell.source for cell in cells[1:3]] == [f"{given}\n\n{code}", "x = 1\n\nx"]
    assert cells[2].metadata["mystnb"]["code_prompt_show"] == "Show the code of this step"


def test_a_page_says_with_what_it_was_run_and_hides_the_defaults():
    book = make_notebook()
    book.cells.insert(2, new_code_cell('place = "south"', metadata={"tags": ["injected-parameters"]}))
    ran = Page("place-south", "notebook", "place", "Places", parameters={"place": "<south>"})
    sources = [cell.source for cell in page.render(book, ran, made="").notebook.cells]
    assert "This page was run with place = &lt;south&gt;" in sources[-2]
    assert any(source.startswith('place = "south"') for source in sources)
    assert not any('place = "north"' in source for source in sources)


def test_the_foot_says_what_made_the_page():
    last = render([], made="Made by <1.0>.").notebook.cells[-1]
    assert last.cell_type == "markdown"
    assert last.source == "<p class='pfpp-made'>Made by &lt;1.0&gt;.</p>"


def test_the_executed_notebook_is_not_changed(shown):
    draw()
    book = make_notebook()
    book.cells[-1].outputs = list(shown)
    before = copy.deepcopy(book)
    page.render(book, PAGE, made="")
    assert book == before
