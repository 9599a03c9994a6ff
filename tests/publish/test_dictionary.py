"""The data dictionary says what the schemas enforce, no more and no less."""

from __future__ import annotations

import json

from pfpp_utils.publish import dictionary


def test_every_table_and_column_is_described(small_project):
    text = dictionary.markdown()
    assert "Two tables for tests." in text
    assert text.index("## `pilots`") < text.index("## `reach`")
    assert "**Reach.** One row is a figure." in text
    assert "One row is known by `pilot`, `kind`. [Download `reach` (CSV)](_static/tables/reach.csv)" in text
    for row in (
        "| `pilot` | string | none | required | Slug. |",
        "| `place` | string | none | any | Name. |",
        "| `funding_gbp` | integer | GBP | at least 0; at most 400,000 | Funding. |",
        "| `pilot` | string | none | required; a value of pilots.pilot | Slug. |",
        "| `people` | number | people | any | Reached. |",
        "| `kind` | string | none | one of reached, target | Kind. |",
    ):
        assert row in text.splitlines()


def test_a_description_cannot_break_the_table(small_project):
    path = small_project / "data/datapackage.json"
    path.write_text(path.read_text().replace("Funding.", r"A | b\\n<b>*c*</b> `d` [e](f)"))
    assert json.loads(path.read_text())
    (row,) = (line for line in dictionary.markdown().splitlines() if line.startswith("| `funding_gbp`"))
    assert row.endswith(r"| A \| b\\n&lt;b&gt;\*c\*&lt;/b&gt; \`d\` \[e\](f) |")


def test_a_line_break_in_a_description_does_not_end_the_row(small_project):
    path = small_project / "data/datapackage.json"
    path.write_text(path.read_text().replace("Funding.", r"Funding,\nin pounds."))
    assert "| Funding, in pounds. |" in dictionary.markdown()
