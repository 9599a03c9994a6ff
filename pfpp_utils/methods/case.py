"""A case: everything that an appraisal assumes, one number an assumption, checked as it is put together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from math import inf
from typing import Literal, get_args

from pfpp_utils.errors import InputError
from pfpp_utils.methods.additionality import Additionality
from pfpp_utils.methods.claims import Number
from pfpp_utils.methods.discounting import STANDARD, Schedule
from pfpp_utils.methods.optimism import Convention, convention
from pfpp_utils.methods.prices import Deflator, in_prices_of
from pfpp_utils.methods.quantities import (
    NOTHING,
    ONE_YEAR,
    WHOLE,
    Money,
    People,
    Share,
    Years,
    between,
    factor,
    people,
    share,
    years,
)
from pfpp_utils.methods.unit_values import UnitValue

Rounding = Literal["up", "nearest"]
#: An outcome that nothing is taken off.
GROSS = Additionality()


def rounding(name: str, where: str = "rounding") -> Rounding:
    """Read the name of a rounding; InputError, naming `where`, if it is none."""
    for known in get_args(Rounding):
        if name == known:
            return known
    raise InputError("unknown rounding", where=where, found=name, allowed=get_args(Rounding))


@dataclass(frozen=True)
class Cost:
    """What benefits must meet: an amount, spread over years.

    Attributes
    ----------
    name
        Unique in its case.
    amount
        In the prices of its own year, before optimism bias and discounting.
    profile
        Shares of the amount by year, from `first_year` on; they add up to 1.
    first_year
        Year of the first share, counted from year 0 of the case.
    optimism_bias
        Uplift of this cost, a share from 0 to 1.
    """

    name: str
    amount: Money
    profile: tuple[Share, ...] = (WHOLE,)
    first_year: int = 0
    optimism_bias: Share = NOTHING

    def __post_init__(self) -> None:
        where = f"costs[{self.name}]"
        between(self.amount.gbp, 0, inf, f"{where}.amount_gbp")
        _set(self, where, optimism_bias=share)
        parts = [share(part, f"{where}.profile") for part in self.profile]
        if sum(parts) != 1:
            found = " + ".join(f"{float(part):g}" for part in parts)
            raise InputError("not a profile", where=f"{where}.profile", found=found, allowed="shares, sum 1")


@dataclass(frozen=True)
class Outcome:
    """One monetised outcome, for each person who has it.

    Attributes
    ----------
    name
        Unique in its case.
    unit_value
        Value of one unit for one person for one year.
    units
        Units a person gains in the first year, such as points of life satisfaction.
    duration
        Years that the outcome lasts.
    drop_off
        Share of it that is lost from one year to the next.
    first_year
        Year in which it begins, counted from year 0 of the case.
    share
        Share of the people who benefit that has this outcome.
    beneficiaries
        People with this outcome, where their number is known and stays as it is; `share` is then not used.
    additionality
        From gross to net.
    weight
        Distributional weight; used only if the case says so.
    schedule
        Discount schedule of this outcome; None for that of the case.
    """

    name: str
    unit_value: UnitValue
    units: Fraction = Fraction(1)
    duration: Years = ONE_YEAR
    drop_off: Share = NOTHING
    first_year: int = 0
    share: Share = WHOLE
    beneficiaries: People | None = None
    additionality: Additionality = GROSS
    weight: Fraction = Fraction(1)
    schedule: Schedule | None = None

    def __post_init__(self) -> None:
        where = f"outcomes[{self.name}]"
        between(self.unit_value.value.gbp, 0, inf, f"{where}.unit_value")
        _set(self, where, units=factor, weight=factor, duration=years, drop_off=share, share=share)
        _set(self, where, beneficiaries=people)
        if (net := self.additionality.net_share) < 0:
            what, allowed = "the reference case does better than the intervention", "a net share of 0 or more"
            raise InputError(what, where=f"{where}.additionality", found=float(net), allowed=allowed)


@dataclass(frozen=True)
class Conversion:
    """From people reached to people who benefit.

    Attributes
    ----------
    rate
        Share of the people reached who benefit; with 0, as when none of a few did, no reach is enough.
    deadweight
        Share of those who would have benefited anyway, if it is taken off here and not in the value.
    """

    rate: Share
    deadweight: Share | None = None

    def __post_init__(self) -> None:
        _set(self, "conversion", rate=share, deadweight=share)

    @property
    def net(self) -> Share:
        """Rate x (1 - deadweight)."""
        return Share(self.rate * (1 - (self.deadweight or 0)))


@dataclass(frozen=True)
class Case:
    """Costs, outcomes and the conventions by which they are set against each other.

    Attributes
    ----------
    name
        What is appraised.
    costs, outcomes
        At least one of each.
    price_year
        Calendar year to whose prices all amounts are brought; None if no amount states one.
    deflator
        By which they are; None if all are in the prices of `price_year` already.
    beneficiaries
        People who benefit, expected or observed; None if unknown.
    conversion
        From people reached to people who benefit; None if unknown.
    optimism_bias, convention
        The bias, and how it enters.
    schedule
        Discount schedule; year 0 is undiscounted.
    rounding
        Of beneficiaries and of reach: ``up``, or to the ``nearest`` whole person, halves up.
    distributional_weights
        Whether the outcomes' weights are used.
    unmonetised
        Outcomes that matter and have no value here.

    Raises
    ------
    InputError
        Naming the field: a name given twice, deadweight or an uplift taken twice, price bases mixed without a
        deflator, a year outside the deflator.
    """

    name: str
    costs: tuple[Cost, ...]
    outcomes: tuple[Outcome, ...]
    price_year: int | None = None
    deflator: Deflator | None = None
    beneficiaries: People | None = None
    conversion: Conversion | None = None
    optimism_bias: Share = NOTHING
    convention: Convention = "benefits"
    schedule: Schedule = STANDARD
    rounding: Rounding = "up"
    distributional_weights: bool = False
    unmonetised: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _set(self, "", optimism_bias=share, beneficiaries=people)
        convention(self.convention)
        rounding(self.rounding)
        _unique([cost.name for cost in self.costs], "costs")
        _unique([outcome.name for outcome in self.outcomes], "outcomes")
        self._one_price_base()
        self._bias_once()
        self._deadweight_once()

    def _one_price_base(self) -> None:
        amounts = {f"costs[{cost.name}].amount_gbp": cost.amount for cost in self.costs}
        amounts |= {f"outcomes[{each.name}].unit_value": each.unit_value.value for each in self.outcomes}
        for where, amount in amounts.items():
            in_prices_of(amount, self.price_year, self.deflator, where)

    def _bias_once(self) -> None:
        uplifted = [f"costs[{cost.name}].optimism_bias" for cost in self.costs if cost.optimism_bias]
        if uplifted and self.optimism_bias and self.convention == "cost":
            where = f"optimism_bias and {', '.join(uplifted)}"
            found = "an uplift of every cost and of one of them"
            raise InputError("a cost is uplifted twice", where=where, found=found, allowed="one of the two")

    def _deadweight_once(self) -> None:
        inside = [each.name for each in self.outcomes if each.additionality.takes_deadweight]
        if inside and self.conversion and self.conversion.deadweight:
            places = ", ".join(f"outcomes[{name}].additionality" for name in inside)
            raise InputError(
                "deadweight is taken off twice: in the value and in the conversion",
                where=f"conversion.deadweight and {places}",
                found=f"{float(self.conversion.deadweight):g} of the conversion, and more in the value",
                allowed="deadweight in one of the two places",
            )


def _set(thing: object, where: str, **readers: Callable[[Number, str], Fraction]) -> None:
    """Read fields exactly and check them; a field that is None stays so."""
    for name, reader in readers.items():
        if (value := getattr(thing, name)) is not None:
            object.__setattr__(thing, name, reader(value, f"{where}.{name}".strip(".")))


def _unique(names: list[str], where: str) -> None:
    twice = [name for name in names if names.count(name) > 1]
    if twice or not names:
        what = "a name is given twice" if twice else "nothing is given"
        raise InputError(what, where=where, found=(twice or [""])[0], allowed="one or more, each name once")
