"""Additionality: what is left of a gross impact, set against what would have come about anyway."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import inf

from pfpp_utils.errors import InputError
from pfpp_utils.methods.claims import Number
from pfpp_utils.methods.quantities import NOTHING, Share, between, share


@dataclass(frozen=True)
class Effects:
    """What the steps from gross to net take off or add, in the intervention or in the reference case.

    Attributes
    ----------
    leakage
        Share of the benefit that goes to people outside the target group or area, L.
    displacement
        Share gained at the cost of others in the target area, Dp.
    substitution
        Share that replaces a similar activity or person to profit from support, S.
    multiplier
        What further activity adds, M: 1 or more, 1 if nothing.
    """

    leakage: Share = NOTHING
    displacement: Share = NOTHING
    substitution: Share = NOTHING
    multiplier: Fraction = Fraction(1)

    def __post_init__(self) -> None:
        for name in ("leakage", "displacement", "substitution"):
            object.__setattr__(self, name, share(getattr(self, name), name))
        object.__setattr__(self, "multiplier", between(self.multiplier, 1, inf, "multiplier"))

    @property
    def kept(self) -> Fraction:
        """Net impact for each unit of gross impact: (1 - L) (1 - Dp) (1 - S) M."""
        rest = (1 - self.leakage) * (1 - self.displacement) * (1 - self.substitution)
        return rest * self.multiplier


@dataclass(frozen=True)
class Reference:
    """What would have happened without the intervention.

    Attributes
    ----------
    impact
        Gross impact of the reference case, as a share of the intervention's: GI* / GI.
    effects
        Its own leakage, displacement, substitution and multiplier.
    """

    impact: Share
    effects: Effects = Effects()

    def __post_init__(self) -> None:
        object.__setattr__(self, "impact", share(self.impact, "reference.impact"))


@dataclass(frozen=True)
class Additionality:
    """How the gross value of an outcome becomes a net one: effects, and deadweight in one of two forms.

    Attributes
    ----------
    effects
        Those of the intervention.
    deadweight
        Share that would have come about anyway, under the same effects; None where it is not taken off here.
    reference
        The reference case, where it is spelt out instead; it is then the whole deadweight.
    """

    effects: Effects = Effects()
    deadweight: Share | None = None
    reference: Reference | None = None

    def __post_init__(self) -> None:
        if self.deadweight is not None and self.reference is not None:
            raise InputError(
                "deadweight is taken off twice: as a share and as a reference case",
                where="additionality.deadweight and additionality.reference",
                found=f"{float(self.deadweight):g} and {float(self.reference.impact):g}",
                allowed="one of the two",
            )
        if self.deadweight is not None:
            object.__setattr__(self, "deadweight", share(self.deadweight, "deadweight"))

    @property
    def takes_deadweight(self) -> bool:
        """Whether any deadweight is taken off here."""
        return bool(self.deadweight) or self.reference is not None

    @property
    def net_share(self) -> Fraction:
        """Additional impact for each unit of gross impact; negative if the reference case does better."""
        if self.reference is None:
            other = Reference(self.deadweight or NOTHING, self.effects)
        else:
            other = self.reference
        return additional_impact(1, self.effects, other.impact, other.effects)


def additional_impact(
    gross_impact: Number,
    effects: Effects,
    reference_impact: Number = 0,
    reference_effects: Effects = Effects(),
) -> Fraction:
    """Take the net impact of the reference case off that of the intervention.

    AI = [GI (1 - L) (1 - Dp) (1 - S) M] - [GI* (1 - L*) (1 - Dp*) (1 - S*) M*], the starred reference case
    being the whole deadweight. A deadweight share d under the same effects is a reference case of GI* = d GI.

    Parameters
    ----------
    gross_impact, reference_impact
        In any one unit, such as jobs; 0 or more.
    effects, reference_effects
        Of the intervention and of the reference case.

    Returns
    -------
    fractions.Fraction
        Additional impact, in the unit of the gross impact; negative if the reference case does better.

    Raises
    ------
    InputError
        If an impact is negative.

    References
    ----------
    HCA, Additionality Guide, fourth edition (2014), chapter 5.

    Examples
    --------
    >>> effects = Effects(leakage=Share(Fraction(1, 10)), displacement=Share(Fraction(1, 4)))
    >>> float(additional_impact(100, effects, 20, effects))
    54.0
    """
    gross = between(gross_impact, 0, inf, "gross_impact") * effects.kept
    return gross - between(reference_impact, 0, inf, "reference_impact") * reference_effects.kept
