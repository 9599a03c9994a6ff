"""A case with few enough uncertain numbers that its results are known by formula."""

from __future__ import annotations

from fractions import Fraction

from scipy.stats import beta

from pfpp_utils.methods.additionality import Additionality
from pfpp_utils.methods.case import Case, Conversion, Cost, Outcome
from pfpp_utils.methods.distributions import Counts, Interval, ThreePoint
from pfpp_utils.methods.quantities import Money
from pfpp_utils.methods.unit_values import UnitValue

COST, VALUE, RATE = "costs[grant].amount_gbp", "outcomes[work].unit_value.value_gbp", "conversion.rate"
DEADWEIGHT, DURATION = "outcomes[work].additionality.deadweight", "outcomes[work].duration_years"

#: Net value 10,000 x 0.8 = 8,000 a person; 7 of 37 people reached benefit; 200,000 to be met.
CASE = Case(
    "known",
    (Cost("grant", Money(200_000)),),
    (Outcome("work", UnitValue("value", Money(10_000)), additionality=Additionality(deadweight=0.2)),),
    conversion=Conversion(Fraction(7, 37)),
)
SHARE = Counts(7, 37)
#: Posterior of the share.
POSTERIOR = beta(7.5, 30.5)
INPUTS = {
    COST: Interval(150_000, 250_000),
    VALUE: ThreePoint(6_000, 10_000, 15_000),
    RATE: SHARE,
    DEADWEIGHT: ThreePoint(0.1, 0.2, 0.5, "triangular"),
    DURATION: ThreePoint(0.5, 1, 3),
}


def mean_above(threshold: float) -> float:
    """E[X; X > t] of the posterior: its mean x P(Beta(8.5, 30.5) > t)."""
    return float(POSTERIOR.mean() * beta(8.5, 30.5).sf(threshold))
