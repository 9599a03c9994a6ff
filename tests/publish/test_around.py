"""What stands around a page: made from the page itself, from the plan and the glossary, and kept fresh."""

from __future__ import annotations

import io
import re
import shutil
from datetime import date
from html import escape
from itertools import pairwise
from pathlib import Path

import hypothesis
import matplotlib.pyplot as plt
import pandas as pd
import pytest
from conftest import make_notebook
from hostile import NAMES
from hypothesis import strategies as st
from PIL import Image
from pybtex.database import parse_string

from pfpp_utils import project
from pfpp_utils.data import place_names, yaml_lines
from pfpp_utils.publish import book, outputs, page, plan, settings, show, stamp
from pfpp_utils.publish.around import asides, citation, markings, permalinks, preview, summary, trail
from pfpp_utils.publish.builder import Builder
from pfpp_utils.publish.plan import Page

# ------------------------------------------------------------------------------------- summary and minutes

TITLE = '<section id="a">\n<h1>A<a class="headerlink" href="#a">#</a></h1>\n'
MARK = '<a class="headerlink" href="#x">#</a>'
ASKED = "<p><strong>Question: did it work?</strong></p>\n"
COMPUTED = '<div class="cell_output docutils container">\n<p>{}</p>\n</div>\n'


@pytest.mark.parametrize(
    ("rest", "said"),
    [
        (f"{ASKED}<p>Some say so.</p>", "Question: did it work? Some say so."),
        (
            f"{ASKED}<p>Why.</p><p><strong>In short.</strong> It did.</p>",
            "Question: did it work? It did.",
        ),
        (f"{ASKED}<p>Why.</p>{COMPUTED.format('Five of 6 did.')}", "Question: did it work? Five of 6 did."),
        (
            f"<p>Why.</p><h2>In short{MARK}</h2><p>Of this.</p>{COMPUTED.format('It did.')}",
            "It did.",
        ),
        ("<h2>Context</h2><p>Much.</p><h2>Decision</h2><p>We do.</p>", "We do."),
        ("<table><tr><td>1</td></tr></table>", ""),
    ],
)
def test_a_page_is_summed_up_in_its_own_words(rest, said):
    assert summary.put(TITLE + rest).said == said


def test_an_opening_paragraph_is_moved_and_not_said_twice():
    long = " ".join(f"Sentence number {number} has a few words." for number in range(20))
    body = summary.put(f"{TITLE}{ASKED}<p>{long}</p>").body
    assert body.count("Question: did it work?") == 1
    assert all(body.count(f"Sentence number {number} has") == 1 for number in range(20))
    assert (
        body.index("pfpp-summary") < body.index("number 0") < body.index("</div>") < body.index("number 19")
    )


def test_a_finding_that_opens_a_page_moves_and_one_from_further_down_is_repeated():
    found = COMPUTED.format("Five of 6 did. " + " ".join(["More"] * summary.WORDS) + ".")
    opens = summary.put(f"{TITLE}<pre>code</pre>{found}").body
    assert opens.count("Five of 6 did.") == 1
    assert opens.index("pfpp-summary") < opens.index("Five of 6") < opens.index("code") < opens.index("More")
    assert summary.put(f"{TITLE}{ASKED}<p>Why.</p>{found}").body.count("Five of 6 did.") == 2


def test_a_page_that_opens_with_its_answer_does_not_say_it_twice():
    cell = '<div class="cell tag_remove-input docutils">\n<div class="cell_output docutils">\n'
    rest = f"{cell}<p>All did.</p><ul><li>Five</li></ul></div></div><section><p>More.</p></section>"
    front = summary.put(TITLE + rest)
    assert front.said == "All did."
    assert front.body.count("All did.") == 1
    assert front.body.index("</ul>") < front.body.index("pfpp-minutes") < front.body.index("More.")
    listed = cell + "<ul><li><p>Money: 5.</p></li></ul></div></div>"
    place = summary.put(TITLE + ASKED + listed)
    assert place.said == "Question: did it work? Money: 5."
    assert place.body.count("Money: 5.") == 1
    assert place.body.index("pfpp-minutes") < place.body.index("Money")


def test_a_page_without_a_title_stays_as_it_is():
    assert summary.put("<p>A form.</p>") == summary.Summary("<p>A form.</p>", "")


@hypothesis.given(st.lists(st.integers(1, 30), min_size=1, max_size=8), st.integers(5, 60))
def test_whole_sentences_are_kept_and_nothing_is_lost(lengths, most):
    text = " ".join(" ".join(["Word", *["word"] * (length - 1)]) + "." for length in lengths)
    first, rest = markings.leading(text, most)
    assert f"{first} {rest}".strip() == text
    assert first.endswith(".")
    assert len(first.split()) <= max(most, lengths[0])


def test_a_cut_never_falls_within_an_element_or_a_number():
    assert markings.leading("It cost <em>£1.5 million. Or</em> more. So be it.", 3)[1] == "So be it."
    assert markings.leading("A &amp; B; C; D and so on for ever.", 4)[0] == "A &amp; B; C …"


def test_reading_time_counts_prose_alone():
    prose = "<p>" + "word " * summary.SPEED * 3 + "</p>"
    rest = "<table><tr><td>" + "cell " * 900 + "</td></tr></table><pre>" + "code " * 900 + "</pre>"
    assert "About 3 minutes to read" in summary.put(TITLE + prose + rest).body
    assert "About 1 minute to read" in summary.put(TITLE + "<p>Short.</p>" + rest).body


# ---------------------------------------------------------------------------------------------- permalinks

DATA = pd.DataFrame({"Place": ["North"], "People": [37]})


def drawn(name):
    texts = {"title": f"The {name}", "subtitle": "People, 2022", "alt": "Bars: North 37.", "source": "Test"}
    show.figure(plt.figure(figsize=(3, 2)), name=name, data=DATA, **texts)


def tabled(name):
    show.table(DATA, name=name, title=f"The {name}", subtitle="People, 2022", source="Test")


def built_page(outputs):
    made = make_notebook()
    made.cells[-1].outputs = list(outputs)
    rendered = page.render(made, Page("p", "notebook", "place", "Places"), made="Made.")
    return "".join(output.data["text/html"] for output in rendered.notebook.cells[1].outputs)


def test_a_figure_put_between_others_changes_no_address(shown, monkeypatch):
    drawn("one"), tabled("three"), drawn("two")
    before = built_page(shown)
    shown.clear()
    monkeypatch.setattr(outputs, "_numbers", {"Figure": {}, "Table": {}, "List": {}})
    tabled("new-table"), drawn("one"), drawn("new"), tabled("three"), drawn("two")
    after = built_page(shown)
    assert "Figure 2. The two" in before
    assert "Figure 3. The two" in after
    kept, now = ({one.anchor for one in permalinks.named(text)} for text in (before, after))
    assert kept == {"figure-one", "figure-two", "table-three"}
    assert now - kept == {"figure-new", "table-new-table"}
    ids = [set(re.findall(r'id="([^"]+)"', text)) for text in (before, after)]
    assert ids[0] <= ids[1]


def test_every_figure_and_table_shows_a_link_to_itself_that_names_no_table(shown):
    drawn("one"), tabled("three")
    body = permalinks.put(built_page(shown))
    assert '<a class="pfpp-permalink" href="#figure-one" aria-label="Link to Figure 1">#</a>' in body
    assert re.search(
        r'<span id="table-three-title">Table 1\. The three</span> '
        r'<a class="pfpp-permalink" href="#table-three" aria-label="Link to Table 1">',
        body,
    )
    assert body.count("pfpp-permalink") == 2, "none in the folded table of the figure's data"


# --------------------------------------------------------------------------------------------------- terms

USED = (
    '<a class="reference internal" href="glossary.html#term-Award">'
    '<span class="xref std std-term">{}</span></a>'
)
KNOWN = {
    "term-Award": asides.Meaning("Award", 'One <sum> of "money".'),
    "term-Price-base": asides.Meaning("Price base", "A year."),
}


def test_only_the_first_use_of_a_term_has_a_note():
    body = asides.put(f"<p>An {USED.format('award')} and {USED.format('awards')}.</p>", KNOWN)
    assert body.count("popovertarget=") == body.count(" popover ") == 1
    assert body.index("award</span>") < body.index("popovertarget") < body.index("awards</span>")
    assert body.count("One &lt;sum&gt; of &quot;money&quot;.") == 2, "beside the text, and for paper"


def test_a_note_stands_outside_tables_where_a_term_is_used_in_both():
    within = f"<table><tr><td>{USED.format('in')}</td></tr></table>"
    body = asides.put(f"{within}<p>{USED.format('out')}</p>", KNOWN)
    assert body.index("</table>") < body.index("popovertarget")
    assert "pfpp-term-note margin" in body
    assert "pfpp-term-note margin" not in asides.put(within, KNOWN), "a box that scrolls would cut it off"


def test_headings_get_no_note_and_pages_without_terms_stay_as_they_are():
    body = f"<h2>{USED.format('award')}</h2><p>Plain.</p>"
    assert asides.put(body, KNOWN) == body


@pytest.mark.parametrize(
    ("text", "linked"),
    [
        ("In one price base, and price bases.", 1),
        ("In one Price\nbase.", 1),
        ("An award.", 0),
        ("A price based on it.", 0),
        ("A half-price base.", 0),
        ('<a href="x.html">price base</a>', 0),
        ("<code>price base</code>", 0),
        ('<img alt="price base">', 0),
    ],
)
def test_only_terms_that_mean_nothing_else_are_linked_unasked(text, linked):
    body = asides.link(f"<h2>Price base</h2><p>{text}</p>", KNOWN, lambda page: f"../{page}.html")
    assert body.count('<a class="reference internal" href="../glossary.html#term-Price-base">') == linked
    assert markings.plain(body) == markings.plain(f"<h2>Price base</h2><p>{text}</p>")


def test_a_term_that_the_text_marks_is_not_linked_again():
    body = f"<p>Price base. {USED.format('award').replace('Award', 'Price-base')}</p>"
    assert asides.link(body, KNOWN, str) == body


# ---------------------------------------------------------------------------------------------- citation

WORK = citation.Work("A & B: 100% _checked_", ("Some Body", "The {Office}"), "2026", "0.1.0")
PART = citation.Part(WORK, "decisions/0001-a", "R&D #1 ~ x^2", date(2026, 11, 2), "https://x.test/a_b.html")


def test_the_entry_is_read_back_by_a_program_for_bibliographies():
    entry = parse_string(citation.bibtex(PART), "bibtex").entries["decisions-0001-a"]
    assert len(entry.persons["author"]) == 2
    assert entry.fields["year"] == "2026"
    assert entry.fields["url"] == "https://x.test/a_b.html"
    assert entry.fields["title"] == r"{R\&D \#1 \textasciitilde{} x\textasciicircum{}2}"
    assert "2026-11-02" in entry.fields["note"]


@pytest.mark.parametrize("name", NAMES)
def test_a_citation_escapes_what_it_is_made_from(name):
    part = citation.Part(citation.Work(NAMES[name], (NAMES[name],)), "p", NAMES[name], date(2026, 1, 1))
    said = citation.details(citation.sentence(part), citation.bibtex(part), "p.bib")
    assert "<script" not in said.lower()
    assert "<img" not in said.lower()
    (entry,) = parse_string(citation.bibtex(part), "bibtex").entries.values()
    assert entry.fields["title"]


def test_nobody_and_nothing_is_invented():
    bare = citation.Part(citation.Work(**citation.work({"title": "T"}, None)), "p", "P", date(2026, 1, 1))
    assert citation.bibtex(bare).count(" = ") == 3, "title, book, and page with its date"
    assert citation.sentence(bare) == "“P.” In <cite>T</cite>. Made on 1 January 2026. Page p.html."


def test_authors_are_those_of_the_file_or_else_of_the_settings():
    people = [{"given-names": "A", "family-names": "B"}, {"name": "An Office"}, {"alias": "c"}]
    assert citation.work({"author": "X"}, {"authors": people})["authors"] == ["A B", "An Office", "c"]
    assert citation.work({"author": "X", "copyright": "2025"}, None) | {"title": ""} == {
        "title": "",
        "authors": ["X"],
        "year": "2025",
        "version": "",
    }


def test_the_day_of_the_build_can_be_set(monkeypatch):
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "86400")
    assert citation.today() == date(1970, 1, 2)


def test_the_repository_can_be_cited():
    """The rules of cffconvert's schema for the fields in use; the version is the package's own."""
    path = project.CHECKOUT / settings.CITATION
    cff = yaml_lines.plain(yaml_lines.read(path, file=settings.CITATION, what="the citation"))
    assert {"cff-version", "message", "title", "authors"} <= cff.keys()
    assert cff["cff-version"] == "1.2.0"
    assert cff["type"] in {"software", "dataset"}
    assert cff["license"] == "MIT"
    toml = (project.CHECKOUT / "pyproject.toml").read_text()
    assert f'version = "{cff["version"]}"' in toml
    for one in [cff, *cff["references"]]:
        assert all("name" in author or "family-names" in author for author in one["authors"])
        assert one["title"]


# ---------------------------------------------------------------------------------------------- previews


@pytest.mark.parametrize("said", ["", "Short.", "word " * 300, "x" * 400, *NAMES.values()])
def test_a_picture_has_the_size_that_sites_ask_for_and_is_always_the_same(said):
    made = preview.draw("Book", "A title that is rather long for one line of a picture", said)
    with Image.open(io.BytesIO(made)) as picture:
        assert picture.size == (1200, 630)
        left = picture.convert("L").crop((1200 - preview.EDGE + 8, 0, 1200, 630))
        assert left.getextrema()[0] > 240, "nothing runs over the edge"
    assert made == preview.draw("Book", "A title that is rather long for one line of a picture", said)
    assert len(made) < 60_000


def test_sites_are_told_of_a_picture_only_where_they_can_find_it():
    texts = ("Book", 'A "title"', "It says <so>.")
    told = preview.tags(*texts, picture="https://x.test/p.png", address="https://x.test/a.html")
    assert '<meta property="og:image" content="https://x.test/p.png" />' in told
    assert escape('A "title"') in told
    silent = preview.tags(*texts, picture="", address="")
    assert "og:image" not in silent
    assert "og:url" not in silent
    assert 'property="og:description" content="It says &lt;so&gt;."' in silent


# ------------------------------------------------------------------------------------- names of places


def test_a_place_is_known_by_its_former_names():
    known = place_names.known()
    assert known["durham"][0] == "Durham"
    assert {"County Durham", "Easington District Council"} <= set(known["durham"])
    assert all(len(names) == len(set(names)) for names in known.values())


# ------------------------------------------------------------------------------------------ a built book

GLOSSARY = "# Glossary\n\nWords.\n\n```{{glossary}}\nAward\n  {}\n```\n"
FRONT = "# Overview\n\nOne {term}`award` here.\n"


@pytest.fixture(scope="module")
def small_book(run_once, tmp_path_factory):
    """Build the small project with a glossary, and a claim; to be copied."""
    folder = shutil.copytree(run_once, tmp_path_factory.mktemp("around") / "project")
    written = (folder / "notebooks/plan.yml").read_text()
    below = "      - prose: glossary\n        pages:\n          - prose: below/deep\n"
    (folder / "notebooks/plan.yml").write_text(
        written.replace("      - generated: data", f"{below}      - generated: data")
    )
    (folder / "book/glossary.md").write_text(GLOSSARY.format("A sum."))
    (folder / "book/below").mkdir()
    (folder / "book/below/deep.md").write_text("# Deep\n\nFar below.\n")
    (folder / "book/overview.md").write_text(FRONT)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PFPP_PROJECT", str(folder))
        build()
    return folder


@pytest.fixture
def changing(small_book, tmp_path, monkeypatch):
    shutil.copytree(small_book, tmp_path, dirs_exist_ok=True)
    monkeypatch.setenv("PFPP_PROJECT", str(tmp_path))
    return tmp_path


def build():
    with Builder() as builder:
        return book.build(plan.load(), builder)


def read(folder, name):
    return (Path(folder) / f"_build/book/{name}.html").read_text(encoding="utf-8")


def test_breadcrumbs_lead_from_the_front_page_through_part_and_parent(small_book):
    found = re.search(
        r'<nav class="pfpp-trail" aria-label="Breadcrumb">.*?</nav>', read(small_book, "below/deep")
    )
    assert re.findall(r"<li>(.*?)</li>", found[0]) == [
        '<a href="../overview.html">Overview</a>',
        "Reference",
        '<a href="../glossary.html">Glossary</a>',
        '<span aria-current="page">Deep</span>',
    ]
    assert "pfpp-trail" not in read(small_book, "overview")


def test_neighbours_follow_the_plan(small_book, monkeypatch):
    monkeypatch.setenv("PFPP_PROJECT", str(small_book))
    pages = [one.name for one in plan.every(plan.load())]
    for name, after in pairwise(pages):
        link = re.search(r'<a class="right-next"\s+href="([^"]*)"', read(small_book, name))
        target = (small_book / "_build/book" / f"{name}.html").parent / link[1]
        assert target.resolve() == (small_book / "_build/book" / f"{after}.html").resolve()


def test_every_page_of_a_project_of_ones_own_has_what_belongs_to_it(small_book):
    for name in ("overview", "place-north", "below/deep", "how-made"):
        text = read(small_book, name)
        assert '<div class="pfpp-summary">' in text or name == "place-north"
        assert 'class="pfpp-minutes"' in text
        assert "Cite this page" in text
        assert (small_book / f"_build/book/_static/cite/{name}.bib").is_file()
        (picture,) = (small_book / "_build/book/_static/previews" / name).iterdir()
        assert picture.read_bytes().startswith(b"\x89PNG")
        assert '<meta property="og:title"' in text
        assert 'searchindex.js"' not in text, "loaded where one searches, and nowhere else"
    assert "searchindex.js" in read(small_book, "search")


def test_the_search_has_places_terms_and_tables(small_book):
    index = (small_book / "_build/book/searchindex.js").read_text(encoding="utf-8")
    assert '"Place"' in index
    assert '"Term"' in index
    assert "table-reach" in index


def test_what_stands_around_a_page_is_written_again_when_it_changes(changing):
    (changing / "book/glossary.md").write_text(GLOSSARY.format("A changed sum."))
    build()
    assert "A changed sum." in read(changing, "overview")
    (changing / "book/glossary.md").write_text(GLOSSARY.format("A sum.").replace("# Glossary", "# Words"))
    build()
    assert '<a href="../glossary.html">Words</a>' in read(changing, "below/deep")


def test_a_picture_is_drawn_again_only_for_other_words(changing):
    room = changing / "_build/book/_static/previews/overview"
    (before,) = room.iterdir()
    (changing / "book/overview.md").write_text(f"{FRONT}\nMore of it.\n")
    build()
    (same,) = room.iterdir()
    assert same == before
    (changing / "book/overview.md").write_text(FRONT.replace("here", "there"))
    build()
    (other,) = room.iterdir()
    assert other.name != before.name


def test_a_change_of_the_citation_is_seen_and_reaches_every_page(changing):
    before = stamp.inputs()
    (changing / "CITATION.cff").write_text(
        "cff-version: 1.2.0\nmessage: m\ntitle: A title of ours\nauthors:\n  - name: Our Office\n"
    )
    assert stamp.inputs() != before
    config = changing / "_config.yml"
    config.write_text(config.read_text() + "html: {baseurl: 'https://x.test/book'}\n")
    build()
    assert "Our Office" in read(changing, "place-south")
    bib = (changing / "_build/book/_static/cite/below/deep.bib").read_text()
    assert "url = {https://x.test/book/below/deep.html}" in bib
    (told,) = re.findall(r'<meta property="og:image" content="([^"]*)"', read(changing, "below/deep"))
    assert (changing / "_build/book" / told.removeprefix("https://x.test/book/")).is_file()


def test_titles_are_escaped_wherever_they_come():
    found = trail.navigation(trail.Trail("<b>", (("front", "<i>"),), "<u>"), {"front": 'x"y'})
    assert not {"<b>", "<i>", "<u>", 'x"y'} & set(re.findall(r'<[biu]>|x"y', found))
