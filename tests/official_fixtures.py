"""Fixtures for tests of official files: a site that publishes them, and a project with a folder for them."""

from __future__ import annotations

import pytest
from official_site import SOURCES, Site


@pytest.fixture
def site(monkeypatch):
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    made = Site()
    yield made
    made.close()


@pytest.fixture
def sources(small_project, monkeypatch):
    """Write the list of sources of the project at hand; returns how to change it."""
    path = small_project / "data/sources.yml"

    def change(old, new):
        assert old in path.read_text()
        path.write_text(path.read_text().replace(old, new, 1))

    path.write_text(SOURCES)
    monkeypatch.delenv("PFPP_EXTERNAL", raising=False)
    return change


@pytest.fixture
def shelf(small_project, sources):
    """Folder of the official files of the project at hand."""
    folder = small_project / "data/external"
    folder.mkdir()
    return folder
