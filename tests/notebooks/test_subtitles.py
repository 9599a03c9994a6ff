"""Subtitles of figures and tables say for which time they hold, or it is said here why they cannot."""

from __future__ import annotations

import html
import re

import pytest

from pfpp_utils.publish import notebook

YEAR = re.compile(r"\b(19|20)\d\d\b")
#: Notebook to why its subtitles name no time.
UNTIMED = {
    "policy_areas": "measures how well rules sort schemes, whatever their year",
    "quality": "logs of the project itself: each row has its own date",
}


def subtitles(name: str) -> list[str]:
    outputs = [out for cell in notebook.read(notebook.path_of(name)).cells for out in cell.get("outputs", [])]
    shown = ["".join(out.get("data", {}).get("text/html", "")) for out in outputs]
    return [html.unescape(text) for page in shown for text in re.findall(r'"pfpp-subtitle">([^<]*)<', page)]


@pytest.mark.parametrize("name", notebook.names())
def test_each_names_a_year(name: str) -> None:
    untimed = [text for text in subtitles(name) if not YEAR.search(text)]
    assert bool(untimed) == (name in UNTIMED), untimed


@pytest.mark.parametrize("name", notebook.names())
def test_no_figure_or_table_is_without(name: str) -> None:
    outputs = [out for cell in notebook.read(notebook.path_of(name)).cells for out in cell.get("outputs", [])]
    shown = ["".join(out.get("data", {}).get("text/html", "")) for out in outputs]
    titles = [
        title
        for page in shown
        for title in re.findall(r'"pfpp-title"[^>]*>((?:Figure|Table|List) \d+)\.', page)
    ]
    assert len(titles) == len(subtitles(name))
