"""Speed on the page "How this book was made": what the benchmark left, with the bars that do not hold."""

from __future__ import annotations

import json
import statistics

import pytest

from pfpp_utils import project
from pfpp_utils.publish import plan, record, speed, stamp

BAR = {"least": 0.4, "most": 0.9, "at most": 0.42}
FOUND = {
    "pages": 12,
    "cold pages": 7,
    "machine": {"cores": 2, "python": "3.12.1", "load": 0.5, "date": "2026-01-02"},
    "versions": {"papermill": "2.7.0"},
    "measures": {
        "ours cold": {"median": 21.5, "least": 20.1, "most": 29.6, "rounds": [21.5, 20.1, 29.6, 22, 21]}
    },
    "ratios": {
        "a": {"ours": "ours cold", "beside": "papermill", "ratio": 0.423, "holds": False, **BAR},
        "b": {"ours": "ours nbval", "beside": "nbval", "ratio": 0.41, "holds": True, **BAR},
    },
}


def test_nothing_is_said_where_nothing_was_measured(small_project):
    assert speed.markdown() == ""


def test_every_bar_is_shown_with_its_spread_and_whether_it_holds(executed_project):
    before = stamp.inputs()
    (executed_project / "benchmarks").mkdir()
    speed.path().write_text(json.dumps(FOUND))
    text = record.markdown(plan.load())
    assert "Of the 2 bars that were set before, 1 does not hold." in text
    assert "| ours cold | papermill | 0.423 | 0.400 | 0.900 | 0.42 | no |" in text
    assert "| ours nbval | nbval | 0.410 | 0.400 | 0.900 | 0.42 | yes |" in text
    assert "| ours cold | 21.50 | 20.10 | 29.60 | 5 |" in text
    assert "12 pages, 7 of them run cold" in text
    assert stamp.inputs() != before, "the book is made again when something new was measured"


def test_what_is_committed_follows_from_its_rounds():
    found = json.loads((project.CHECKOUT / speed.FILE).read_text())
    measures = found["measures"]
    assert all(one["median"] == statistics.median(one["rounds"]) for one in measures.values())
    assert len(found["ratios"]) == 6
    for bar in found["ratios"].values():
        both = zip(measures[bar["ours"]]["rounds"], measures[bar["beside"]]["rounds"], strict=True)
        ratio = statistics.median(ours / other for ours, other in both)
        assert bar["ratio"] == pytest.approx(ratio)
        assert bar["holds"] == (ratio <= bar["at most"])
        assert len(measures[bar["ours"]]["rounds"]) >= 5
