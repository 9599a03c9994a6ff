"""The glossary's list of departments repeats the table it says it repeats."""

import re

from pfpp_utils import project
from pfpp_utils.data import tables


def test_the_glossary_spells_out_every_code_of_the_table_in_its_order():
    text = (project.CHECKOUT / "book" / "glossary.md").read_text(encoding="utf-8")
    listed = re.findall(r"^\| (\w+) \| (.+) \| (.+) \|$", text.partition("## Codes of departments")[2], re.M)
    departments = tables.load("departments")
    kinds = departments["kind"].str.replace("arms_length", "arm's-length").str.replace("_", " ")
    names = departments["name"].fillna("not stated")
    assert listed[1:] == list(zip(departments["department"], names, kinds, strict=True))
