"""What is held to bars: reports of Lighthouse, and which pages stand for all."""

from __future__ import annotations

import json
import runpy
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from pfpp_utils.errors import Failure

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def script():
    """The script, as a module; its classes are looked up by the name of their module."""
    import types

    module = types.ModuleType("lighthouse_script")
    sys.modules[module.__name__] = module
    module.__dict__.update(runpy.run_path(str(ROOT / "scripts/lighthouse.py"), run_name=module.__name__))
    return module


def report(*, performance=0.9, accessibility=1, practices=0.95, size=1_500_000, ready=2500.0):
    def category(score, *audits):
        return {"score": score, "auditRefs": [{"id": name, "weight": weight} for name, weight in audits]}

    return {
        "categories": {
            "performance": category(performance, ("interactive", 0)),
            "accessibility": category(accessibility, ("image-alt", 7), ("not-counted", 0)),
            "best-practices": category(practices, ("errors-in-console", 1)),
        },
        "audits": {
            "total-byte-weight": {"numericValue": size},
            "interactive": {"numericValue": ready, "score": 0.5, "title": "Time to Interactive"},
            "image-alt": {"score": 0 if accessibility < 1 else 1, "title": "Images have no alternative"},
            "not-counted": {"score": 0, "title": "Not counted"},
            "errors-in-console": {"score": None, "title": "Errors in the console"},
        },
    }


def test_a_page_at_the_bars_passes(script):
    assert script.read(report()).below(script.Bars()) == []


@pytest.mark.parametrize(
    ("worse", "bar"),
    [
        ({"performance": 0.89}, "performance"),
        ({"accessibility": 0.99}, "accessibility"),
        ({"practices": 0.94}, "best_practices"),
        ({"size": 1_500_001}, "bytes"),
        ({"ready": 2501.0}, "interactive_ms"),
        ({"performance": None}, "performance"),
    ],
)
def test_a_page_below_one_bar_is_named_by_it(script, worse, bar):
    assert script.read(report(**worse)).below(script.Bars()) == [bar]


def test_what_a_score_lost_is_told(script):
    assert script.read(report(accessibility=0.9)).faults == ("Images have no alternative",)


def test_a_page_that_could_not_be_loaded_is_no_result(script):
    with pytest.raises(Failure, match="no page"):
        script.read({"requestedUrl": "x", "runtimeError": {"message": "no page"}})


def test_a_busy_machine_is_given_further_tries_and_a_slow_page_is_not_let_pass(script, monkeypatch):
    told = iter([report(performance=0.5), report(performance=0.7), report(performance=0.91)])
    monkeypatch.setitem(script.settled.__globals__, "measure", lambda _: script.read(next(told)))
    assert script.settled("x", script.Bars()).performance == 91
    slow = iter([report(performance=0.5), report(performance=0.7), report(performance=0.6), report()])
    monkeypatch.setitem(script.settled.__globals__, "measure", lambda _: script.read(next(slow)))
    assert script.settled("x", script.Bars()).performance == 70


def test_the_heaviest_page_of_each_kind_is_chosen_once(script, tmp_path):
    pages = {
        "index": '<meta http-equiv="refresh" content="0; url=front.html">',
        "front": "<html>",
        "small": '<html><figure class="pfpp-figure"></figure>',
        "large": '<html><figure class="pfpp-figure"></figure><math></math> and more',
        "ledger": '<html><div class="pfpp-ledger"></div>' + 100 * " ",
        "deep/plain": "<html>",
    }
    (tmp_path / "deep").mkdir()
    for name, text in pages.items():
        (tmp_path / f"{name}.html").write_text(text)
    assert script.kinds(tmp_path) == ["front.html", "large.html", "ledger.html"]
    assert script.every(tmp_path) == [
        "deep/plain.html",
        "front.html",
        "large.html",
        "ledger.html",
        "small.html",
    ]


def test_the_lock_names_no_registry_and_has_a_hash_for_all():
    for folder in ("html", "lighthouse"):
        text = (ROOT / f".ci/{folder}/package-lock.json").read_text()
        assert "://" not in text
        packages = json.loads(text)["packages"]
        assert all(one.get("integrity") for name, one in packages.items() if name)


def test_a_page_that_does_not_exist_is_named_before_anything_is_measured(script, tmp_path, monkeypatch):
    (tmp_path / "index.html").write_text("")
    monkeypatch.setitem(script.main.callback.__globals__, "LIGHTHOUSE", tmp_path / "index.html")
    ran = CliRunner().invoke(script.main, ["overview", "--folder", str(tmp_path)])
    assert ran.exit_code == 1
    assert "overview; say it as overview.html" in ran.output
