"""Parts of a register that a page looks at apart: councils, head offices, overlaps, flows, and the map."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import external
from pfpp_utils.data.geography import boundaries, gazetteer
from pfpp_utils.data.geography.boundaries import Boundaries
from pfpp_utils.data.geography.totals import Totals, totals
from pfpp_utils.data.grants import Register
from pfpp_utils.methods import spend
from pfpp_utils.publish import markup

ACROSS = {
    "policy_area": "Policy area",
    "funder_names": "Funders",
    "grants": "Grants",
    "recipients": "Recipients",
    "value_gbp": "Value (GBP)",
}
WITHIN = {"policy_area": "Policy area", "funder": "Funder", **{key: ACROSS[key] for key in [*ACROSS][2:]}}


def councils(register: Register, awards: pd.DataFrame) -> pd.DataFrame:
    """Keep the awards whose recipient is a council.

    Parameters
    ----------
    register
        The register, which knows its councils in one of two ways.
    awards
        Some of its awards.

    Returns
    -------
    pandas.DataFrame
        Those to councils.
    """
    own = awards["recipient_type"].eq("council") if register.illustrative else awards["council"].notna()
    return awards[own.fillna(False).astype(bool)]


def head_offices(register: Register, awards: pd.DataFrame) -> pd.Series[bool]:
    """Mark the awards to recipients whose address may not be where their money is spent.

    These are recipients that hold most of their place's value, and bodies that serve several authorities,
    such as combined authorities. None is marked in the illustrative register, which has no addresses.

    Parameters
    ----------
    register, awards
        As for :func:`councils`.

    Returns
    -------
    pandas.Series
        Index of `awards`.
    """
    if register.illustrative:
        return pd.Series(False, index=awards.index)
    return awards["headquarters"].astype(bool) | _serve_several(awards)


def _serve_several(awards: pd.DataFrame) -> pd.Series[bool]:
    wider = awards["place_flag"].str.contains("serves several authorities", regex=False)
    return wider.fillna(False).astype(bool)


def at_offices(register: Register, shown: Totals) -> float:
    """Add up the value that a map shows at the address of bodies that serve several authorities.

    Parameters
    ----------
    register
        The register.
    shown
        What the map shows.

    Returns
    -------
    float
        Pounds.
    """
    awards = register.awards
    on_map = {*shown.authority_of, *shown.authority_of.values()}
    own = _serve_several(awards) & awards["authority"].isin(on_map)
    return float(awards.loc[own, "amount_gbp"].sum())


def offices(awards: pd.DataFrame, marked: pd.Series[bool]) -> str:
    """Say who may be a head office or serves several authorities, and how much of the value is theirs.

    Parameters
    ----------
    awards
        One row an award.
    marked
        From :func:`head_offices`.

    Returns
    -------
    str
        One sentence of Markdown.
    """
    own = awards[marked].groupby("recipient_name")["amount_gbp"].sum().sort_values(ascending=False)
    if own.empty:
        return "No recipient here holds more than half of the value, or serves several authorities."
    share = own.sum() / awards["amount_gbp"].sum()
    named = ", ".join(
        f"{markup.plain(name)} (£{value / 1e6:,.1f} million)" for name, value in own.head(5).items()
    )
    more = " and others" if len(own) > 5 else ""
    return (
        f"Possible head offices, and bodies that serve several authorities, hold {share:.0%}: {named}{more}."
    )


def overlaps(awards: pd.DataFrame, name: str) -> tuple[pd.DataFrame, pd.DataFrame]:
    """List policy areas with several funders, and with several grants of one funder, for a page.

    Parameters
    ----------
    awards
        One row an award.
    name
        What the place is called; all awards count as one place.

    Returns
    -------
    tuple of pandas.DataFrame
        Columns as the values of :data:`ACROSS` and :data:`WITHIN`; most value first.
    """
    together = awards.assign(place=name)
    across = spend.overlaps(together)[[*ACROSS]].rename(columns=ACROSS)
    return across, spend.repeats(together)[[*WITHIN]].rename(columns=WITHIN)


def named(awards: pd.DataFrame) -> pd.DataFrame:
    """Call each organisation by the name of its largest award; recipients that are not named stay missing.

    Parameters
    ----------
    awards
        One row an award.

    Returns
    -------
    pandas.DataFrame
        `awards` with names in column `recipient`.
    """
    largest = awards.sort_values("amount_gbp", ascending=False, kind="stable").drop_duplicates("recipient")
    return awards.assign(recipient=awards["recipient"].map(largest.set_index("recipient")["recipient_name"]))


def largest(awards: pd.DataFrame) -> str:
    """Name the policy area with the most value, and its share."""
    value = awards.groupby("policy_area")["amount_gbp"].sum().sort_values(ascending=False)
    if value.empty:
        return "no policy area that the titles tell"
    return f"{value.index[0].lower()} ({value.iloc[0] / awards['amount_gbp'].sum():.0%})"


def described(links: pd.DataFrame, most: int = 10) -> str:
    """Tell the largest links of a flow in words.

    Parameters
    ----------
    links
        From :func:`pfpp_utils.methods.flows.flows`.
    most
        How many to tell.

    Returns
    -------
    str
        For a text alternative.
    """
    told = [
        f"{link['source']} to {link['target']} £{link['value_gbp'] / 1e6:,.1f} million"
        for link in links.nlargest(most, "value_gbp").to_dict("records")
    ]
    return f"Flow diagram with {len(links)} links. The largest: {'; '.join(told)}."


def mapped(register: Register) -> tuple[Totals, Boundaries] | None:
    """Value by upper-tier authority in England with its outlines; None if it cannot be drawn.

    Parameters
    ----------
    register
        The register; the illustrative one has no addresses.

    Returns
    -------
    tuple or None
        What :func:`pfpp_utils.publish.area_map.draw` takes.
    """
    path = external.find("boundaries-ltla21")
    if register.illustrative or path is None:
        return None
    areas = gazetteer.load_councils().authorities
    placed = register.awards[["authority", "amount_gbp"]].rename(columns={"amount_gbp": "Amount Awarded"})
    return totals(placed, areas, "upper tier", nation="England"), boundaries.read(path)


def most(register: Register, shown: Totals) -> str:
    """Say where the most value of a map is, and how much of it is of bodies that may spend it elsewhere.

    Parameters
    ----------
    register
        The register.
    shown
        What the map shows.

    Returns
    -------
    str
        A title.
    """
    area = shown.table.sort_values("value_gbp").iloc[-1]
    codes = {code for code, wider in shown.authority_of.items() if wider == area["code"]} | {area["code"]}
    own = register.awards[register.awards["authority"].isin(codes)]
    elsewhere = own.loc[head_offices(register, own), "amount_gbp"].sum() / own["amount_gbp"].sum()
    where = f"Most value is at addresses in {area['name']}"
    return f"{where}, {elsewhere:.0%} of it of bodies that may spend it elsewhere"
