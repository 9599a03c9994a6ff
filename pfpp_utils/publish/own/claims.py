"""Claims of a programme's own report, settled with the quantities that its pages compute."""

from __future__ import annotations

from collections.abc import Mapping

from pfpp_utils.data import tables
from pfpp_utils.errors import InputError
from pfpp_utils.publish import settle
from pfpp_utils.publish.settle import Value

TABLE = "data/tables/claims.csv"


def claims(values: Mapping[str, Value], *, strand: str) -> None:
    """Settle the claims of a strand: those about a quantity with its value, the others as out of reach.

    Parameters
    ----------
    values
        Quantity to its value, with its unit where that matters, as for :func:`settle.claims`; more of them
        than are claimed do no harm.
    strand
        Strand of the claims.

    Raises
    ------
    InputError
        If a claim is about a quantity that is not among the values, naming those that are.
    """
    own = tables.load("claims").query("strand == @strand")
    waiting = own[own["needs"].isna()]
    if unknown := sorted(set(waiting["quantity"]) - values.keys()):
        named = waiting.loc[waiting["quantity"].isin(unknown), "claim"]
        raise InputError(
            "a claim about a quantity that the page of its strand does not compute",
            where=f"{TABLE}, column quantity, claim {', '.join(named)}",
            found=", ".join(unknown),
            allowed=f"for strand {strand}: {', '.join(sorted(values))}; or in column needs what is lacking",
        )
    if len(waiting):
        wanted = {name: value for name, value in values.items() if name in set(waiting["quantity"])}
        settle.claims(wanted, strand=strand, name="claims", title="Claims that this page settles")
    if own["needs"].notna().any():
        settle.out_of_reach(strand, name="claims-waiting", title="Claims that cannot be settled yet")
