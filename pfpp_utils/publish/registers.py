"""What a page says about the register it shows, and its awards counted place by place."""

from __future__ import annotations

import pandas as pd

from pfpp_utils.data import places
from pfpp_utils.data.geography import pilot_areas
from pfpp_utils.data.grants import Register
from pfpp_utils.methods import measures, sizes
from pfpp_utils.publish import markup, register_parts

#: Columns of the counts, with what they are called on a page.
COUNTS = {
    "place": "Place",
    "awards": "Awards",
    "grants": "Grants",
    "recipients": "Recipients",
    "each": "Recipients per grant",
    "funders": "Funders",
    "value": "Value (GBP)",
    "small": "Under £100,000 (%)",
    "to_council": "Awards to councils",
    "small_to_council": "of these under £100,000",
    "tiny_to_council": "and under £10,000",
}


def introduction(register: Register, wanted: str) -> str:
    """Say which register a page shows, what it covers, and how much of it could be placed.

    Parameters
    ----------
    register
        The register.
    wanted
        Financial year that the page asked for.

    Returns
    -------
    str
        One paragraph of Markdown.
    """
    funders = sorted(register.awards["funder"].dropna().unique())
    held = f"{len(register.awards):,} awards by {_listed([markup.plain(name) for name in funders])}"
    if register.illustrative:
        return (
            f"**No register of {wanted} is held here, so this page shows the {register.title}:** {held}. "
            "Its awards are invented. They show the method and say nothing about any place, department or "
            f"council. To see real ones, run `pfpp data get grants-register-awards --year {wanted}` and "
            "build the book again."
        )
    lost = register.awards[register.awards["authority"].isna()]
    share = lost["amount_gbp"].sum() / register.awards["amount_gbp"].sum()
    return (
        f"**This page shows the official register of {register.year}:** {held}. A department not named "
        "here is not in the file, so that nothing can be said about overlap with it. Without a place are "
        f"{len(lost):,} awards with {share:.1%} of the value; they are counted in no place below."
    )


def in_short(register: Register, awards: pd.DataFrame, name: str, threshold_gbp: float) -> str:
    """Say what is found in a place: how many grants and recipients, how small, and how many overlap.

    Parameters
    ----------
    register
        The register.
    awards
        Those of its awards that the page is about.
    name
        What their place is called.
    threshold_gbp
        Awards below it count as small.

    Returns
    -------
    str
        One paragraph of Markdown, which tells invented awards from real ones first.
    """
    shown = f"the official register of {register.year}"
    lead = f"**In short.** In {'awards invented to show the method' if register.illustrative else shown}, "
    if awards.empty:
        return f"{lead}no award has a recipient in {name}."
    many, small = total(awards), sizes.small_share(awards, threshold_gbp)
    across = len(register_parts.overlaps(awards, name)[0])
    several = f"in {across} policy area{'' if across == 1 else 's'} several funders pay"
    return (
        f"{lead}{many['grants']:,} grants reach {many['recipients']:,} recipients in {name}: "
        f"{small.share:.0%} of awards are under £{threshold_gbp:,.0f}, and {several}."
    )


def accounting(register: Register) -> pd.DataFrame:
    """Account for every row of an official register's file: read, set aside, measured, and in doubt.

    Parameters
    ----------
    register
        An official register.

    Returns
    -------
    pandas.DataFrame
        One row a fate of rows: `What`, `Rows`, `Value (GBP)`, `Meaning`.
    """
    rows: list[tuple[str, int, float, str]] = []
    for file in register.assembled.files if register.assembled else ():
        rows.append(("Read", file["rows_read"], file["value_read"], "Every row below the header"))
        rows += [
            (f"Set aside: {a['reason']}", a["rows"], a["value"], "Not measured") for a in file["set_aside"]
        ]
        rows.append(("Measured", file["awards"], file["value"], "What all counts rest on"))
        doubts = (d for d in file["suspicious"] if d["rows"])
        rows += [
            (f"{d['kind'].capitalize()}: {d['field']}", d["rows"], d["value"], d["meaning"]) for d in doubts
        ]
    return pd.DataFrame(rows, columns=["What", "Rows", "Value (GBP)", "Meaning"])


def counts(register: Register, place: str) -> pd.DataFrame:
    """Count awards, grants, recipients and value by place.

    Parameters
    ----------
    register
        The register.
    place
        ``"programme"`` for all pilot places; or the slug of one, which is shown in its parts where it has two
        tiers of councils.

    Returns
    -------
    pandas.DataFrame
        One row a place with awards, columns as the values of :data:`COUNTS`.
    """
    label = places.labels()
    if place == places.PROGRAMME:
        parts = {name: register.awards["pilot"].eq(slug) for slug, name in label.items()}
    elif register.illustrative:
        parts = {label[place]: register.awards["pilot"].eq(place)}
    else:
        areas = pilot_areas.parts(place).items()
        parts = {name: register.awards["authority"].isin(codes) for name, codes in areas}
    found = {name: measures.in_all(register.awards[own]) for name, own in parts.items() if own.any()}
    rows = [
        {
            "place": name,
            **row,
            "each": round(row["recipients_per_grant"] or 0, 1),
            "small": round(100 * row["share_under_100k"]),
            **_to_councils(register, register.awards[parts[name]]),
        }
        for name, row in found.items()
    ]
    return pd.DataFrame(rows, columns=[*COUNTS]).rename(columns=COUNTS)


def _to_councils(register: Register, awards: pd.DataFrame) -> dict[str, int]:
    own = register_parts.councils(register, awards)["amount_gbp"]
    small, tiny = (int((own < limit).sum()) for limit in (100_000, 10_000))
    return {"to_council": len(own), "small_to_council": small, "tiny_to_council": tiny}


def _listed(names: list[str], most: int = 4) -> str:
    if len(names) > most:
        return f"{len(names)} funders"
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def total(awards: pd.DataFrame) -> dict[str, int]:
    """Count different grants and recipients of all awards together; noughts if there is none.

    Parameters
    ----------
    awards
        One row an award.

    Returns
    -------
    dict
        `grants` and `recipients`.
    """
    return {"grants": awards["programme"].nunique(), "recipients": awards["recipient"].nunique()}


def notes(register: Register) -> tuple[str, ...]:
    """Write the notes that stand below a table of places: what it leaves out.

    Parameters
    ----------
    register
        The register.

    Returns
    -------
    tuple of str
        For an official register, how many awards and how much value are in no place.
    """
    if register.illustrative:
        return ("Places are those that benefit, as the invented awards say.",)
    lost = register.awards["authority"].isna()
    share = register.awards.loc[lost, "amount_gbp"].sum() / register.awards["amount_gbp"].sum()
    wide = register_parts.head_offices(register, register.awards)
    wider = register.awards.loc[wide, "amount_gbp"].sum() / register.awards["amount_gbp"].sum()
    return (
        "By the recipient's address. The register's beneficiary locations are whole countries.",
        f"Of all awards in the register {lost.sum():,} ({share:.1%} of value) could not be placed.",
        f"Bodies that serve several authorities, or may be head offices, hold {wider:.0%} of the value; it "
        "counts where their address is.",
        "Services of a council, such as its youth offending team, count as the council.",
    )
