"""Batches of appraisals: what follows from each of many draws of a case's assumptions, in floats."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import inf
from typing import Literal, get_args

import numpy as np

from pfpp_utils.errors import InputError
from pfpp_utils.methods.beta_quantiles import Floats
from pfpp_utils.methods.case import Rounding

#: A number that is the same in all draws, or one for each of them.
Values = float | Floats
Output = Literal["net_value", "beneficiaries", "reach", "npsv", "bcr"]
UNITS: dict[Output, str] = {
    "net_value": "pounds for each person who benefits",
    "beneficiaries": "people who must benefit",
    "reach": "people to be reached",
    "npsv": "pounds",
    "bcr": "pounds of benefit for each pound of cost",
}
#: Fields of a `Batch` that hold a number for each draw.
PARTS = ("cost", "fixed", "net_value", "conversion", "known")
#: A quotient this close to a whole number, relatively, is taken for it: floats are not exact.
CLOSE = 1e-12


@dataclass(frozen=True)
class Batch:
    """What follows from each draw; every part is one number, or an array with one for each draw.

    Attributes
    ----------
    cost
        Present cost, in pounds of the case's price year, with any uplift.
    fixed
        Net present benefits of the outcomes whose number is known by itself, in pounds.
    net_value
        Net value of each person who benefits, in pounds.
    conversion
        People who benefit for each person reached, net of its deadweight; None if unknown.
    known
        People who benefit; None if unknown.
    rounding
        Of people.
    """

    cost: Values
    fixed: Values
    net_value: Values
    conversion: Values | None
    known: Values | None
    rounding: Rounding

    def part(self, where: slice) -> Batch:
        """Take some of the draws."""
        found = ((name, getattr(self, name)) for name in PARTS)
        return replace(self, **{name: value[where] for name, value in found if np.ndim(value)})

    def quotient(self) -> Values:
        """People who must benefit, not rounded; infinite where no number is enough."""
        left, each = np.subtract(self.cost, self.fixed), np.asarray(self.net_value)
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            return np.where(left <= 0, 0.0, np.where(each > 0, left / each, inf))

    def beneficiaries(self) -> Values:
        """People who must benefit, whole."""
        return self._whole(self.quotient())

    def reach(self) -> Values | None:
        """People to be reached for them, whole; None without a conversion."""
        return None if self.conversion is None else self._whole(_over(self.beneficiaries(), self.conversion))

    def reach_quotient(self) -> Values | None:
        """People to be reached at which the expected net value is zero, nothing rounded on the way."""
        return None if self.conversion is None else _over(self.quotient(), self.conversion)

    def benefits(self) -> Values | None:
        """Net present benefits, in pounds, with the people who benefit as known; None if they are not."""
        return None if self.known is None else self.fixed + self.net_value * self.known

    def npsv(self) -> Values | None:
        """Net present social value, in pounds; None if the people who benefit are unknown."""
        return None if (gains := self.benefits()) is None else gains - self.cost

    def bcr(self) -> Values | None:
        """Benefit-cost ratio; not a number where there is no cost, None as for `npsv`."""
        with np.errstate(divide="ignore", invalid="ignore"):
            cost = np.where(np.asarray(self.cost) > 0, self.cost, np.nan)
            return None if (gains := self.benefits()) is None else np.divide(gains, cost)

    def result(self, output: Output) -> Values | None:
        """Give a result by its name, in its unit of `UNITS`; None if the case does not have it."""
        if output not in get_args(Output):
            raise InputError("unknown result", where="output", found=output, allowed=get_args(Output))
        return self.net_value if output == "net_value" else getattr(self, output)()

    def _whole(self, people: Values) -> Values:
        if self.rounding == "up":
            return np.ceil(people * (1 - CLOSE))
        nearest = np.floor(people * (1 + CLOSE) + 0.5)
        return np.maximum(nearest, np.greater(people, 0))  # nobody cannot meet a cost


def _over(people: Values, share: Values) -> Values:
    """Divide people by a share; infinite where the share is 0, and 0 for nobody."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(np.asarray(people) == 0, 0.0, np.divide(people, share))
