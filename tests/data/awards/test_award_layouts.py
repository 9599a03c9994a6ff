"""Layouts: those that come with the package, and mappings that users write."""

from __future__ import annotations

import pytest

from pfpp_utils.data.awards import columns, headers, layouts
from pfpp_utils.errors import InputError

MINIMAL = "columns:\n  Amount Awarded: Grant paid\n  Recipient Org:Name: [Who, Payee]\nunit: thousand\n"


def read(folder, text):
    path = folder / "mine.yml"
    path.write_text(text)
    return layouts.read(path)


def test_the_schema_knows_the_canonical_columns_and_no_others():
    assert layouts.schema()["$defs"]["canonical"]["enum"] == list(columns.PUBLISHED)


def test_every_known_layout_says_what_it_is():
    known = layouts.known()
    assert {layout.name: layout.level for layout in known} == {
        "arts_council_crf": "awards",
        "arts_council_npo": "awards",
        "ggis_upload": "awards",
        "register_awards": "awards",
        "register_schemes": "schemes",
        "threesixtygiving": "awards",
    }
    for layout in known:
        assert layout.title, layout.name
        assert layout.publisher, layout.name
        assert layout.needed, layout.name


def test_no_header_of_a_known_layout_means_two_things():
    for layout in layouts.known():
        keys = [headers.pattern(head) for heads in layout.columns.values() for head in heads]
        twice = {key for key in keys if keys.count(key) > 1}
        assert not twice - {headers.key("Last modified")}, layout.name


def test_a_mapping_needs_columns_and_a_unit_only(tmp_path):
    layout = read(tmp_path, MINIMAL)
    assert layout.columns == {"Amount Awarded": ("Grant paid",), "Recipient Org:Name": ("Who", "Payee")}
    assert (layout.name, layout.level, layout.unit, layout.date_order) == ("mine", "awards", "thousand", None)
    assert layout.needed == ("Amount Awarded", "Recipient Org:Name")


@pytest.mark.parametrize(
    ("text", "what", "where", "allowed"),
    [
        ("columns: {Amount: x}\nunit: pounds\n", "right kind", "mine.yml, line 1, columns", "Amount Awarded"),
        ("columns: {Amount Awarded: x}\n", "without 'unit'", "mine.yml, line 1", "'unit'"),
        (MINIMAL + "unti: x\n", "unknown key", "mine.yml, line 1", "by_sheet"),
        ("columns: {Amount Awarded: x}\nunit: pence\n", "right kind", "mine.yml, line 1, unit", "thousand"),
        (MINIMAL + "year: 2020-2021\n", "right kind", "mine.yml, line 1, year", "2020-21"),
        (MINIMAL + "date_order: british\n", "right kind", "date_order", "dmy"),
        (MINIMAL + "years:\n  2018: 2018-19\n", "not a text", "mine.yml, line 6", "quotation marks"),
        (
            MINIMAL + "by_sheet:\n  - sheet: A\n    total: {value: x}\n",
            "without 'sheet'",
            "line 7",
            "'sheet'",
        ),
        (MINIMAL + "unit: pounds\n", "given twice", "mine.yml, line 1", "once"),
        ("columns: [", "cannot be read", "mine.yml", "YAML"),
        ("", "right kind", "mine.yml", "columns"),
        (
            "columns: {Amount Awarded: 5}\nunit: pounds\n",
            "right kind",
            "columns.Amount Awarded",
            "quotation marks",
        ),
    ],
)
def test_a_mapping_that_cannot_be_used_is_refused_with_its_line(tmp_path, text, what, where, allowed):
    with pytest.raises(InputError, match=what) as caught:
        read(tmp_path, text)
    assert where in caught.value.where
    assert allowed in caught.value.allowed
