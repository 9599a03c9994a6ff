"""nbval compares text and tables; pictures are not kept in committed notebooks, and it skips only PNG by itself."""

from __future__ import annotations

import pytest


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Let nbval skip SVG pictures too, in the way that its documentation gives."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("image/svg+xml",)
