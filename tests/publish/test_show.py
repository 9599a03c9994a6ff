"""The way out: nothing is shown without number, title, source, alternative text and data."""

from __future__ import annotations

import csv
import io
import re
import xml.etree.ElementTree as ET

import matplotlib.pyplot as plt
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.publish import charts, downloads, flow_diagram, markup, show
from pfpp_utils.publish.cards import Card

DATA = pd.DataFrame({"Place": ["North", "South"], "People": pd.array([37, None], dtype="Int64")})
SVG, XMLNS = "image/svg+xml", "http://www.w3.org/2000/svg"
TEXTS = {
    "title": "North reached 37 people",
    "subtitle": "People, by place, 2022",
    "alt": "Bars: North 37.",
    "source": "Test",
}
LINKS = pd.DataFrame({"source": ["A", "A", "<b>"], "target": ["<b>", "x", "x"], "value": [10.0, 5.0, 2.5]})


def draw():
    chart, axes = plt.subplots()
    axes.bar(["North", "South"], [37, 12])
    return chart


def figure(name="reach", chart=None, data=DATA, **texts):
    show.figure(chart or draw(), name=name, data=data, **(TEXTS | texts))


def table(name="reach", frame=DATA, **options):
    show.table(
        frame, name=name, **({"title": "Reach", "subtitle": "People, 2022", "source": "Test"} | options)
    )


def rows(output):
    return list(csv.reader(io.StringIO(output.data["text/csv"], newline="")))


def test_a_figure_is_heading_picture_and_foot(shown):
    figure()
    head, picture, foot = shown
    assert [output.metadata.pfpp.part for output in shown] == ["head", "picture", "foot"]
    assert {output.metadata.pfpp.name for output in shown} == {"reach"}
    assert "Figure 1. North reached 37 people" in head.data["text/html"]
    assert "People, by place, 2022" in head.data["text/html"]
    assert set(picture.data) == {SVG, "text/plain"}
    assert picture.metadata.pfpp.alt == picture.data["text/plain"] == "Bars: North 37."
    assert "Source: Test" in foot.data["text/html"]
    assert "<summary>Data of Figure 1</summary>" in foot.data["text/html"]
    assert rows(foot) == [["Place", "People"], ["North", "37"], ["South", ""]]


def test_a_link_in_a_cell_is_a_link_on_the_page_and_its_text_in_the_download(shown):
    names = pd.Series(["North & <b>", "South"])
    table(frame=DATA.assign(Place=markup.links(names, ["place-north", "place-south"])))
    (made,) = shown
    assert '<a href="place-north">North &amp; &lt;b&gt;</a>' in made.data["text/html"]
    assert rows(made)[1:] == [["North & <b>", "37"], ["South", ""]]


def test_answers_are_shown_as_they_are_given(shown):
    show.answers([Card("Did it?", "Yes, in 2.", "fair", "Mostly.", "place-north", "See")])
    (made,) = shown
    assert made.metadata.pfpp.part == "text"
    assert "pfpp-card-fair" in made.data["text/html"]
    assert made.data["text/plain"] == "Did it? Yes, in 2. Fair: Mostly."


def test_the_figure_is_closed(shown):
    chart = draw()
    figure(chart=chart)
    assert not plt.fignum_exists(chart.number)


def test_the_same_figure_has_the_same_bytes(shown):
    figure("one")
    figure("two")
    assert shown[1].data[SVG] == shown[4].data[SVG]


def test_a_picture_says_what_it_shows(shown):
    figure(title="North & <South>", alt='Bars: "North" 37 < 40.')
    picture = ET.fromstring(shown[1].data[SVG])
    assert (picture.tag, picture.get("role")) == (f"{{{XMLNS}}}svg", "img")
    assert picture.get("aria-label") == picture.findtext(f"{{{XMLNS}}}title") == "North & <South>"
    assert picture.findtext(f"{{{XMLNS}}}desc") == 'Bars: "North" 37 < 40.'


def test_a_picture_needs_no_font_and_names_no_day_or_program(shown):
    figure()
    picture = ET.fromstring(shown[1].data[SVG])
    assert not list(picture.iter(f"{{{XMLNS}}}text"))
    assert not list(picture.iter(f"{{{XMLNS}}}metadata"))
    assert not re.search(r"matplotlib v|20\d\d-\d\d-\d\d", shown[1].data[SVG], re.IGNORECASE)
    assert "http" not in re.sub(r'xmlns(:\w+)?="[^"]*"', "", shown[1].data[SVG])


def test_a_dense_chart_is_not_a_heavy_one(shown):
    many = pd.DataFrame({"Place": [f"Place {i}" for i in range(60)], "People": range(60)})
    figure(chart=charts.bars(many, label="Place", value="People", xlabel="People"))
    assert len(shown[1].data[SVG]) < 200_000


@pytest.mark.parametrize("text", ["title", "subtitle", "alt", "source"])
def test_a_figure_needs_its_texts(shown, text):
    with pytest.raises(InputError, match=f"reach needs its {text}"):
        figure(**{text: " "})
    assert shown == []


@pytest.mark.parametrize("text", ["title", "subtitle", "source"])
def test_a_table_needs_its_texts(shown, text):
    with pytest.raises(InputError, match=f"reach needs its {text}"):
        table(**{text: ""})
    assert shown == []


@pytest.mark.parametrize("name", ["", "two words", "Reach", "réach", "a_b", "a/b", 'a"b'])
@pytest.mark.parametrize("how", [figure, table])
def test_a_name_is_an_address(shown, how, name):
    with pytest.raises(InputError, match="short name") as caught:
        how(name)
    assert "allowed: a-z, 0-9 and hyphens" in str(caught.value)
    assert shown == []


def test_numbers_follow_the_order_of_appearance_and_stay_when_a_cell_runs_again(shown):
    for name in ("reach", "funding", "reach"):
        figure(name)
    for name in ("reach", "reach", "rates"):
        table(name)
    labels = [output.metadata.pfpp.label for output in shown if "label" in output.metadata.pfpp]
    assert labels == ["Figure 1", "Figure 2", "Figure 1", "Table 1", "Table 1", "Table 2"]


def test_a_table_comes_with_caption_source_notes_and_data(shown):
    table(notes=("as at May",), subtitle="People")
    (output,) = shown
    assert ">Table 1. Reach</p>" in output.data["text/html"]
    assert 'id="table-reach"' in output.data["text/html"]
    assert "[note 1] as at May" in output.data["text/html"]
    assert "Source: Test" in output.data["text/html"]
    assert "not stated" in output.data["text/html"]
    assert rows(output) == [["Place", "People"], ["North", "37"], ["South", ""]]


def test_a_table_may_show_some_columns_under_names_for_readers(shown):
    frame = pd.DataFrame({"pilot": ["north"], "place": ["North"], "people": [37]})
    table(frame=frame, columns={"people": "People reached", "place": "Place"})
    assert rows(shown[0]) == [["People reached", "Place"], ["37", "North"]]


def test_an_empty_table_may_say_so_instead(shown):
    table(frame=DATA.head(0), empty="Nothing is known.")
    assert shown[0].data["text/markdown"] == "Nothing is known."
    table("rates", empty="Nothing is known.")
    assert shown[1].metadata.pfpp.label == "Table 1"


def test_a_download_has_no_more_digits_than_machines_agree_on(shown):
    table(frame=pd.DataFrame({"Share": [1 / 3, 2.0], "People": [12345678, 1]}))
    assert rows(shown[0])[1:] == [["0.333333", "12345678"], ["2.0", "1"]]


FORMULA = ("=", "+", "-", "@", "\t", "\r")


HOSTILE = st.text("=+-@\t\r\n\"',a", max_size=4)


@given(st.lists(st.text() | HOSTILE, min_size=1, max_size=4))
def test_no_cell_of_a_download_is_a_formula_and_none_is_split(texts):
    frame = pd.DataFrame({"first": texts, "second": texts[::-1]})
    read = list(csv.reader(io.StringIO(downloads.csv(frame), newline="")))
    assert len(read) == 1 + len(texts)
    assert all(len(row) == 2 for row in read)
    assert not any(cell.startswith(FORMULA) for row in read for cell in row)


def test_no_heading_of_a_download_is_a_formula(shown):
    table(frame=pd.DataFrame({"=1+1": ["North"], "Change": [-3]}))
    assert not rows(shown[0])[0][0].startswith(FORMULA)
    assert rows(shown[0])[1] == ["North", "-3"]


def test_a_sankey_is_a_diagram_with_its_table(shown):
    show.sankey(LINKS, name="flows", unit="GBP", **TEXTS)
    _, picture, foot = shown
    (drawn,) = picture.data["application/vnd.plotly.v1+json"]["data"]
    assert drawn["type"] == "sankey"
    assert drawn["node"]["label"] == ["A", "&lt;b&gt;", "x"]
    assert (drawn["link"]["source"], drawn["link"]["target"]) == ([0, 0, 1], [1, 2, 2])
    assert drawn["link"]["value"] == [10, 5, 2.5]
    assert picture.metadata.pfpp.alt == TEXTS["alt"]
    assert rows(foot)[:2] == [["From", "To", "Value (GBP)"], ["A", "<b>", "10.0"]]


def test_a_sankey_is_high_enough_for_every_label():
    few = pd.DataFrame({"source": ["A"] * 3, "target": ["x", "y", "z"], "value": 1})
    many = pd.DataFrame({"source": ["A"] * 40, "target": [f"t{n}" for n in range(40)], "value": 1})
    assert flow_diagram.height(few) == flow_diagram.LEAST
    drawn = flow_diagram.sankey(many, "GBP")
    gap = drawn["data"][0]["node"]["pad"]
    assert gap > drawn["layout"]["font"]["size"] * 1.3
    long = flow_diagram.sankey(few.replace("x", "A name of a body that is far too long for a line"), "GBP")
    (label,) = (text for text in long["data"][0]["node"]["label"] if "body" in text)
    assert max(map(len, label.split("<br>"))) <= flow_diagram.WIDE
    assert long["data"][0]["node"]["pad"] > gap + 1.2 * long["layout"]["font"]["size"] * label.count("<br>")
    assert drawn["layout"]["height"] - 40 >= 40 * gap


def test_the_same_sankey_has_the_same_description(shown):
    show.sankey(LINKS, name="one", **TEXTS)
    show.sankey(LINKS, name="two", **TEXTS)
    assert shown[1].data == shown[4].data


def test_a_sentence_is_markdown(shown):
    show.text("There were **13** pilots.")
    assert shown[0].data["text/markdown"] == "There were **13** pilots."
    assert shown[0].metadata.pfpp.part == "text"


def test_invented_data_are_marked_wherever_they_go(shown):
    chart = plt.figure()
    show.figure(chart, name="reach", data=DATA, illustrative=True, **TEXTS | {"title": "Illustrative reach"})
    _, picture, foot = shown
    assert picture.metadata.pfpp.name == "illustrative-reach"
    assert picture.metadata.pfpp.alt.startswith("Illustrative data. ")
    assert chart.get_suptitle() == show.STAMP
    assert {row[0] for row in rows(foot)[1:]} == {show.STAMP}
    table(title="An illustrative table", illustrative=True)
    assert {row[0] for row in rows(shown[3])[1:]} == {show.STAMP}
    assert show.STAMP not in shown[3].data["text/html"], "the table's own title says it"
    show.sankey(LINKS, name="flows", illustrative=True, **TEXTS | {"title": "Illustrative flows"})
    assert shown[5].data["application/vnd.plotly.v1+json"]["layout"]["title"]["text"] == show.STAMP


def test_invented_data_need_a_title_that_says_so():
    with pytest.raises(InputError, match="title must say so"):
        table(illustrative=True)


@pytest.mark.parametrize("mark", [False, None, "no"])
@pytest.mark.parametrize("column", ["shareable", "value_shareable", "unit_value.shareable", "Shareable"])
def test_any_column_that_ends_in_shareable_counts(shown, column, mark):
    values = pd.DataFrame({"unit_value": ["wellby", "banked"], "any": [1, 2], column: [True, mark]})
    for frame in (values, values.convert_dtypes()):
        with pytest.raises(InputError, match=r"(?s)licence forbids.*found:   'banked'"):
            table(frame=frame, columns={"unit_value": "Value"})
    assert not shown


@pytest.mark.parametrize("how", ["table", "figure"])
def test_rows_that_must_not_be_shared_are_not_shown(shown, how):
    values = pd.DataFrame({"unit_value": ["wellby", "banked"], "shareable": [True, False]})
    with pytest.raises(InputError, match=r"(?s)licence forbids.*found:   'banked'"):
        table(frame=values, columns={"unit_value": "Value"}) if how == "table" else figure(data=values)
    assert not shown
    table(frame=values[:1], columns={"unit_value": "Value"})


@pytest.mark.parametrize(
    ("write", "found"),
    [
        (
            lambda _, **given: f'<div id="{given["identity"]}">{given["caption"]}<img src="x.png"></div>',
            "<img",
        ),
        (lambda _, **given: f'<svg id="{given["identity"]}"><title>{given["caption"]}</title></svg>', "<svg"),
        (
            lambda _, **given: f'<p id="{given["identity"]}">{given["caption"]}<script>go()</script></p>',
            "<script",
        ),
        (lambda _, **given: f"<p>{given['caption']}</p>", "no address"),
        (lambda _, **given: f'<p id="{given["identity"]}">North 37</p>', "no caption"),
    ],
)
def test_a_block_is_a_table_or_list_with_address_and_caption(shown, write, found):
    texts = {key: text for key, text in TEXTS.items() if key != "alt"}
    with pytest.raises(InputError, match="not a table or list") as caught:
        show.block(write, DATA, data=DATA, name="reach", **texts)
    assert found in str(caught.value)
    assert not shown
    show.block(markup.table, DATA, data=DATA, name="reach", **{**texts, "title": "<img> & North's"})
    assert shown
