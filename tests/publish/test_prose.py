"""Sentences are sentences: what else Markdown can hold has a way out of its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pfpp_utils.errors import InputError
from pfpp_utils.publish import prose, show

TABLE = "| Place | People |\n|---|---|\n| North | 3 |"
OTHERS = {
    "table": TABLE,
    "table of words": "| a | b |\n|---|---|\n| c | d |",
    "table without outer lines": "a | b\n--|--\n1 | 2",
    "table in a quotation": "> | a | b |\n> |---|---|\n> | 1 | 2 |",
    "table in a list": "- one\n\n  | a | b |\n  |---|---|\n  | 1 | 2 |",
    "table in a note": f":::{{note}}\n{TABLE}\n:::",
    "table in a note in a note": f"::::{{note}}\n:::{{tip}}\n{TABLE}\n:::\n::::",
    "picture": "![](x.png)",
    "picture by reference": "![a][b]\n\n[b]: x.png",
    "picture with data": "![a](data:image/png;base64,AAAA)",
    "picture in a link": "[![a](x.png)](y)",
    "picture in HTML": 'Look <img src="x"> here',
    "HTML table": "<table>\n<tr><td>1</td></tr>\n</table>",
    "HTML with capitals": "<IMG SRC=x>",
    "HTML in two lines": "<\nimg src=x>\n\n<div><svg></svg></div>",
    "script": "<script>1</script>",
    "frame": "<iframe src='x'></iframe>",
    "object": "<object data='x'></object>",
    "canvas": "a <canvas></canvas>",
    "style": "<style>a{}</style>",
    "directive": "```{figure} x.png\n```",
    "directive of a table": "```{csv-table}\n1,2\n```",
    "raw": "```{raw} html\n<b>\n```",
    "code": "    a 3\n    b 4",
    "fence": "~~~\na 3\nb 4\n~~~",
    "role": "{glue:figure}`x`",
}


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("frame", ["{}", "Before.\n\n{}\n\nAfter."])
def test_what_is_no_sentence_is_refused_by_name(kind, frame, shown):
    text = frame.format(OTHERS[kind])
    with pytest.raises(
        InputError, match=r"(?s)not a text.*show\.text.*(table|picture|HTML|code|directive|role)"
    ):
        show.text(text)
    assert not shown


@pytest.mark.parametrize(
    "text",
    [
        "There were **13** pilots.",
        "- North: 3\n- South: 4",
        "1. one\n2. two",
        'Go to: <a href="#table-a">A</a>, `pfpp check` and a<sup>2</sup>.',
        "Yes  \nno | perhaps",
        "> quoted",
        "a < b and b > c",
        ":::{note}\nMind.\n:::",
        "",
    ],
)
def test_sentences_and_lists_are_shown(text, shown):
    show.text(text)
    assert shown[0].data["text/markdown"] == text


@given(st.text(), st.sampled_from(sorted(OTHERS)), st.text("abc 123\n"))
def test_nothing_before_or_after_hides_a_table_or_picture(before, kind, after):
    """Unless it makes it a part of something else, such as code, which is refused, too, or a comment."""
    plain = "".join(letter for letter in before if letter.isalnum() or letter in " .,")
    assert prose.figures(f"{plain}\n\n{OTHERS[kind]}\n\n{after}")
