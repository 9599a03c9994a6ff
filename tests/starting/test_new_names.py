"""Names of a new programme and its places are data: in every file that is made they stay what they are."""

from __future__ import annotations

import ast
import json
import re
from pathlib import Path

import pytest
import yaml
from hostile import NAMES
from hypothesis import given
from hypothesis import strategies as st
from myst_parser.config.main import MdParserConfig
from myst_parser.mdit_to_docutils.base import DocutilsRenderer
from myst_parser.parsers.mdit import create_md_parser

from pfpp_utils import characters
from pfpp_utils.errors import InputError
from pfpp_utils.publish.starting import answers, making
from pfpp_utils.publish.starting.grants import Kept

ACTING = sorted(key for key, name in NAMES.items() if characters.ACTING.search(name))
#: What the book builder reads beyond plain Markdown, and more than a project of one's own switches on.
EXTENSIONS = {
    "colon_fence",
    "deflist",
    "dollarmath",
    "amsmath",
    "attrs_block",
    "attrs_inline",
    "strikethrough",
}
#: Names that begin what only the beginning of a line can.
BEGINNINGS = [
    "% of GDP",
    "+++ x",
    "--- x",
    "- x",
    "1. One",
    "12) x",
    ": x",
    "=== x",
    "~~~ x",
    "^x^ ~~y~~",
    "(a)= b",
    "> q",
    "[^1]: x",
]


def blocks(text: str) -> list[tuple[str, str]]:
    """What a page says, as the book builder reads it: kind of block and text, or kind of what is no text."""
    found = []
    for token in create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), DocutilsRenderer).parse(text):
        if token.type == "inline":
            kinds = {child.type for child in token.children} - {"text", "text_special", "softbreak"}
            found.append((",".join(sorted(kinds)), "".join(child.content for child in token.children)))
        elif token.type not in {
            "heading_open",
            "heading_close",
            "paragraph_open",
            "paragraph_close",
            "front_matter",
        }:
            found.append((token.type, token.content))
    return found


def said(name: str) -> str:
    return " ".join(characters.shown(name).split())


PLAIN = [*(NAMES[key] for key in NAMES if key not in ACTING), *BEGINNINGS]


def test_hostile_names_of_places_are_what_every_file_says(tmp_path):
    made, named = tmp_path / "made", {f"p{number}": name for number, name in enumerate(PLAIN)}
    making.make(made, answers.Answers(PLAIN[0], named, period=PLAIN[1], source=PLAIN[2]))
    plan = yaml.safe_load((made / "notebooks/plan.yml").read_text())
    titles = re.findall("'title': (.*?), 'parameters'", str(plan))
    assert [f"Spend: {name}" for name in PLAIN] == [
        ast.literal_eval(title) for title in titles if "Spend: " in title
    ]
    assert [ast.literal_eval(title) for title in titles][-len(PLAIN) :] == PLAIN
    cases = [yaml.safe_load((made / f"data/cases/{slug}.yml").read_text())["case"] for slug in named]
    assert cases == [f"Example assumptions for {name}" for name in PLAIN]
    assert json.loads((made / "data/datapackage.json").read_text())["title"] == f"{PLAIN[0]}, as data"


@pytest.mark.parametrize("name", PLAIN)
def test_a_hostile_name_of_a_programme_is_what_every_file_says(tmp_path, name):
    for room in ("data", "notebooks", "book/_static"):
        (tmp_path / room).mkdir(parents=True)
    answered = answers.Answers(name, {"p": "P"}, period=name, geography=name)
    making._put_programme(tmp_path / "data/programme.yml", answered, Kept("g.csv", None, name), 2023)
    making._put_book(tmp_path, answered)
    config, programme = (
        yaml.safe_load((tmp_path / path).read_text()) for path in ("_config.yml", "data/programme.yml")
    )
    assert (config["title"], config["author"]) == (name, f"the evaluators of {name}")
    assert {programme[key] for key in ("name", "period", "geography")} == {name}
    assert programme["grants"]["source"] == name
    assert blocks((tmp_path / "README.md").read_text())[0] == ("", said(name))


@given(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40))
def test_any_text_that_is_a_name_begins_no_block_and_no_mark(name):
    try:
        answers.Answers(name, {"p": "P"})
    except InputError:
        return
    assert blocks(f"# {making._marked(name)}\n\n{making._marked(name)} ran\n") == [
        ("", said(name)),
        ("", f"{said(name)} ran"),
    ]


@pytest.mark.parametrize("where", ["programme", "place", "period", "geography", "source"])
@pytest.mark.parametrize(
    "name", [*(NAMES[key] for key in ACTING), "two\nlines", "a\rb", "a\tb", "a\u2028b", "a\x85b"]
)
def test_a_name_with_characters_that_act_is_refused_by_name(where, name):
    given = {"programme": "X", "places": {"p": "P"}}
    given |= {"places": {"p": name}} if where == "place" else {where: name}
    with pytest.raises(InputError, match="name") as caught:
        answers.Answers(**given)
    assert f"--{where}" in caught.value.where


def test_a_name_in_an_answers_file_is_refused_in_the_same_words(tmp_path):
    path = Path(tmp_path / "a.yml")
    path.write_text('programme: "a\\u202eb"\nplaces: {p: P}\n')
    with pytest.raises(InputError, match="characters that act"):
        answers.read(path)
