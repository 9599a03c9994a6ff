"""nbval compares text and tables; pictures are not kept in committed notebooks, and it skips only PNG by itself."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from pfpp_utils.publish.kernels import forks


def pytest_configure(config: pytest.Config) -> None:
    """Let warm kernels' server load its modules while tests are being collected, in each process that tests."""
    spreads = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if getattr(config.option, "nbval_kernel_name", None) == "pfpp-warm" and not spreads:
        forks.server()


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Let nbval skip SVG pictures too, in the way that its documentation gives."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += ("image/svg+xml",)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Run a notebook on what is bundled, as its stored outputs were, also where official files are held."""
    with pytest.MonkeyPatch.context() as patch:
        if item.path.suffix == ".ipynb":
            patch.delenv("PFPP_EXTERNAL", raising=False)
        return (yield)
