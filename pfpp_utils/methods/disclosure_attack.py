"""What a reader could work out: how far a withheld count can range, given all that is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from pfpp_utils.methods.disclosure import Counts, Preset
from pfpp_utils.methods.disclosure_layout import Relation

if TYPE_CHECKING:
    from scipy.optimize import Bounds

#: Steps of branch and bound for one end of a range; a search cut off there can only make us withhold more.
NODES = 200


@dataclass(frozen=True)
class Attack:
    """A reader who knows every shown count exactly, and all totals.

    Rounding only makes it harder, so what withstands this reader is safe when rounded too. Tables that would
    look the same to the reader are kept once found: a count is protected if it differs enough between them.

    Attributes
    ----------
    values
        All counts by number of cell; not a number where one is missing.
    relations
        Totals with their parts.
    rule
        The rule of disclosure control.
    primary
        Cells withheld because they are small.
    """

    values: Counts
    relations: list[Relation]
    rule: Preset
    primary: set[int]
    _alike: dict[bool, list[Counts]] = field(default_factory=lambda: {False: [], True: []})

    def missing(self) -> set[int]:
        """Cells whose count nobody states."""
        return set(np.flatnonzero(np.isnan(self.values)).tolist())

    def open(self, hidden: set[int]) -> tuple[int, frozenset[int]] | None:
        """Find a withheld count that can be worked out too closely.

        Parameters
        ----------
        hidden
            All withheld cells.

        Returns
        -------
        tuple or None
            The cell and all withheld ones that totals tie to it; None if all are protected. Protected is what
            ranges over at least the rule's least count for a reader who knows only what is shown, and has two
            possible values at least for one who also knows which cells are withheld because they are small.
        """
        groups = [
            (cell, group)
            for group in self._groups(hidden | self.missing())
            for cell in sorted(group & hidden)
        ]
        for found in groups:  # first what needs no search, as it explains most of the rest
            if self._alone(*found):
                return found
        for found in groups:
            if not (self._ranges(*found, self.rule.least, told=False) and self._ranges(*found, 1, told=True)):
                return found
        return None

    def _groups(self, hidden: set[int]) -> Iterator[frozenset[int]]:
        """Split withheld and missing cells into groups that totals tie together."""
        left = set(hidden)
        ties = [{total, *parts} & hidden for total, parts in self.relations]
        while left:
            group, new = set(), {min(left)}
            while new:
                group |= new
                new = {cell for tie in ties if tie & new for cell in tie} - group
            left -= group
            yield frozenset(group)

    def _alone(self, cell: int, group: frozenset[int]) -> bool:
        members = ({total, *parts} for total, parts in self.relations)
        return any(cell in tie and len(tie & group) == 1 for tie in members)

    def _ranges(self, cell: int, group: frozenset[int], width: float, *, told: bool) -> bool:
        """Whether the cell is known to range so wide, looking for tables that show it if need be."""
        if self._width(cell, group, told=told) >= width:
            return True
        for sign in (-1, 1):
            for found in self._extreme(cell, sorted(group), sign, told=told):
                self._alike[told].append(found)
            if self._width(cell, group, told=told) >= width:
                return True
        return False

    def _width(self, cell: int, group: frozenset[int], *, told: bool) -> float:
        """How far the cell ranges over the tables found that look like this one."""
        fixed = ~np.isnan(self.values)
        fixed[list(group)] = False
        found = [table[cell] for table in self._alike[told] if (table[fixed] == self.values[fixed]).all()]
        return float(max([self.values[cell], *found]) - min([self.values[cell], *found]))

    def _extreme(self, cell: int, cells: list[int], sign: int, *, told: bool) -> Iterator[Counts]:
        """Find a table that looks the same and has the smallest (1) or largest (-1) count in the cell.

        References
        ----------
        Fischetti and Salazar-Gonzalez (2001), the attacker's subproblem of cell suppression. HiGHS solves it,
        through SciPy: as a linear programme, and in whole numbers where that gives fractions.
        """
        from scipy.optimize import LinearConstraint, milp  # noqa: PLC0415 slow to load, and seldom needed

        place = {number: index for index, number in enumerate(cells)}
        ties, sides = self._equations(place)
        aim = np.zeros(len(cells))
        aim[place[cell]] = sign
        given = LinearConstraint(ties, sides, sides) if len(sides) else ()
        for kind in (0, 1):
            options = {"node_limit": NODES} if kind else {}
            end = milp(
                aim,
                integrality=kind,
                bounds=self._limits(cells, told=told),
                constraints=given,
                options=options,
            )
            if end.x is None:
                continue
            if np.allclose(end.x, np.rint(end.x), atol=1e-6):
                table = self.values.copy()
                table[cells] = np.rint(end.x)
                yield table
                return

    def _equations(self, place: dict[int, int]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        """Parts minus total is nought, with what is shown on the right-hand side."""
        tied = [(total, parts) for total, parts in self.relations if place.keys() & {total, *parts}]
        left, right = np.zeros((len(tied), len(place))), np.zeros(len(tied))
        for row, (total, parts) in enumerate(tied):
            for cell, sign in ((total, -1), *((part, 1) for part in parts)):
                if cell in place:
                    left[row, place[cell]] += sign
                else:
                    right[row] -= sign * self.values[cell]
        return left, right

    def _limits(self, cells: list[int], *, told: bool) -> Bounds:
        """Say what each cell can be at all; nobody need look further than far above every count."""
        from scipy.optimize import Bounds  # noqa: PLC0415 slow to load, and seldom needed

        least = self.rule.least
        low, high = np.zeros(len(cells)), np.full(len(cells), float(np.nansum(self.values)) + 10 * least)
        for place, cell in enumerate(cells):
            if np.isnan(self.values[cell]):
                continue
            low[place] = float(self.rule.zeros == "show")
            if told and cell in self.primary:
                high[place] = least - 1
            elif told:
                low[place] = least
        return Bounds(low, high)
