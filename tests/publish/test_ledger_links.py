"""A reader who disagrees sees within two clicks what a verdict rests on: the row, then the code above it."""

from __future__ import annotations

import io
import re
from functools import cache

import pandas as pd
import pytest

from pfpp_utils import project
from pfpp_utils.data import sources, tables
from pfpp_utils.publish import ledger_table, notebook, plan, records, settle

LEDGER = records.load("notebooks")
LEDGER = LEDGER.assign(where=sources.cite(LEDGER))
HTML = ledger_table.whole(LEDGER, identity="table-ledger", caption="Table 1. Claims")
PAGES = {page.name: page for page in plan.every(plan.load())}


@cache
def cells(page):
    return [cell for cell in notebook.read(notebook.path_of(PAGES[page].source)).cells if "outputs" in cell]


def test_each_claim_has_one_row_with_its_address_and_place():
    found = re.findall(r'<tr id="claim-([^"]+)"', HTML)
    assert found == tables.load("claims")["claim"].tolist()
    assert len(re.findall(r'data-head="Where">(Section \d|Conclusions)', HTML)) == len(found)


def test_each_row_leads_to_where_its_claim_is_settled_and_that_leads_back():
    links = re.findall(r'href="([\w-]+)\.html#claim-(\w+)"', HTML)
    assert len(links) == len(LEDGER)
    for (page, claim), row in zip(links, LEDGER.to_dict("records"), strict=True):
        (cell,) = [cell for cell in cells(page) if cell.id == row["cell"]]
        shown = "".join(output.data.get("text/html", "") for output in cell.outputs)
        assert f'<a id="claim-{claim}" href="reproduction-ledger.html#claim-{claim}">' in shown
        assert "settle." in cell.source


def test_each_row_leads_to_a_page_on_its_subject_which_leads_on_to_the_numbers():
    subjects = set(re.findall(r'href="([\w-]+)\.html">subject', HTML))
    assert subjects == set(LEDGER["about"])
    assert subjects <= PAGES.keys()
    targets = set(LEDGER["page"]) | {"reproduction-ledger"}
    for name in subjects:
        page = PAGES[name]
        if page.kind == "notebook":
            text = "".join(cell.source for cell in notebook.read(notebook.path_of(page.source)).cells)
        else:
            text = (project.root() / f"book/{page.source}.md").read_text(encoding="utf-8")
        assert any(f"]({target})" in text for target in targets), name


def test_answers_that_the_report_does_not_print_are_not_counted_as_its_claims():
    told = "".join(
        output.data.get("text/markdown", "")
        for cell in cells("reproduction-ledger")
        for output in cell.outputs
    )
    derived = (LEDGER["status"] == "derived").sum()
    assert f"makes {len(LEDGER) - derived} claims in numbers" in told
    assert f"{derived} more answers" in told


def test_the_download_has_no_empty_cell():
    outputs = [output.get("data", {}) for cell in cells("reproduction-ledger") for output in cell.outputs]
    (csv,) = [data["text/csv"] for data in outputs if "table-ledger" in data.get("text/html", "")]
    table = pd.read_csv(io.StringIO(csv), keep_default_na=False)
    assert len(table) == len(LEDGER)
    assert [column for column in table if (table[column] == "").any()] == []


def test_the_built_book_has_every_target():
    book = project.build() / "book"
    if not (book / "reproduction-ledger.html").is_file():
        pytest.skip("the book has not been built here")
    for page, rows in LEDGER.groupby("page"):
        html = (book / f"{page}.html").read_text(encoding="utf-8")
        assert [claim for claim in rows["claim"] if f'id="claim-{claim}"' not in html] == []
    html = (book / "reproduction-ledger.html").read_text(encoding="utf-8")
    assert [claim for claim in LEDGER["claim"] if f'<tr id="claim-{claim}"' not in html] == []
    assert (book / "_static/downloads/reproduction-ledger/table-ledger.xlsx").stat().st_size > 20_000


def test_what_does_not_agree_is_written_up_with_both_sides():
    wrong = LEDGER[LEDGER["status"] == "inconsistent"]
    html = ledger_table.conflicts(wrong, identity="table-x", caption="Table 2. X")
    assert html.count("<li>In print:") == html.count("<li>Against it:") == wrong["quantity"].nunique()
    assert "Against it:  <a" not in html
    assert settle.MIME not in html
