"""New projects start with the outline that this project draws its own map on."""

from __future__ import annotations

from pfpp_utils import project
from pfpp_utils.publish.starting.making import COPIED, TEMPLATE


def test_tables_that_are_copied_are_this_projects_own() -> None:
    for name in COPIED:
        own = project.CHECKOUT / f"data/tables/{name}.csv"
        assert (TEMPLATE / own.name).read_bytes() == own.read_bytes()
