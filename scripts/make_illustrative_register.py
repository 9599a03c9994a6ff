"""Make the ILLUSTRATIVE grants register 2020-21: invented awards whose counts equal the published ones.

``python scripts/make_illustrative_register.py`` writes the table; with ``--check`` it compares the committed
table, byte for byte, with what it makes.

No award, programme or recipient in it is real, and every name says so; departments and places carry their
names because the published findings are about them. "Report" below is the evaluation report of the programme.
What is not said to be published is drawn from the seeded generator.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd

Whole = np.ndarray[tuple[int], np.dtype[np.int64]]

SEED = 2445  # one whose largest council comes close to two hundred grants, as the report says
TOTAL_AWARDS = 19_500
PATH = Path(__file__).resolve().parents[1] / "data" / "tables" / "illustrative_grants_register_2020-21.csv"
ELSEWHERE = "Elsewhere in England"

# Report, 3.1.3, paragraph 1: (grants, recipients) in four places.
PUBLISHED = {"Wakefield": (384, 1613), "Durham": (229, 1278), "Hackney": (197, 953), "Luton": (153, 513)}
# Report, 3.1.3, paragraph before footnote 13: shares of awards under GBP 100,000 in the 13 pilot areas.
THRESHOLD_GBP, SMALL_OF_ALL, SMALL_OF_COUNCILS = 100_000, 0.70, 0.33
# Report, Table 1: the places. Footnote 15: a county and five districts in East Sussex, elsewhere one council.
PLACES = (
    *("Birmingham", "Bradford", "Cornwall", "Durham", "East Sussex", "Hackney", "Liverpool", "Luton"),
    *("Newcastle", "Northumberland", "Southwark", "Sunderland", "Wakefield"),
)
DISTRICTS = {"East Sussex": 5}
# Grant programmes by department and policy area. Report, 3.1.3, bullet 1: two departments fund business
# support, homelessness and net zero. Sharing of skills and crime is invented, like the numbers. Codes are the
# report's: in 2020-21 DLUHC had not yet taken that name. HM Treasury is not in the statistics of that year.
PROGRAMMES = {
    "DLUHC": {"Housing": 24, "Homelessness": 14, "Regeneration": 24, "Business support": 10, "Community": 28},
    "BEIS": {"Business support": 34, "Net zero": 22, "Research": 34},
    "DfE": {"Schools": 44, "Skills": 26, "Early years": 10, "Children in care": 20},
    "DHSC": {"Public health": 26, "Adult social care": 16, "Homelessness": 6, "Mental health": 12},
    "DWP": {"Employment": 18, "Skills": 4},
    "DCMS": {"Culture": 30, "Sport": 14, "Youth": 10, "Net zero": 4, "Digital": 8},
    "HO": {"Crime": 22, "Migration": 14},
    "DEFRA": {"Farming": 22, "Environment": 18},
    "DfT": {"Transport": 34},
    "MoJ": {"Victims": 12, "Crime": 8},
    "CO": {"Civil society": 12},
}
# Mean size of a department's programmes, as a logarithm, where it is not 0: invented.
LARGER = {"DfE": 1.0, "BEIS": 0.5, "DHSC": 0.5, "DfT": 0.5}
# Policy areas and types of recipient (with shares) in one order, from learning to land: like meets like.
# fmt: off
AREAS = [
    "Schools", "Early years", "Children in care", "Skills", "Research", "Net zero", "Digital",
    "Business support", "Farming", "Employment", "Culture", "Sport", "Youth", "Civil society", "Community",
    "Victims", "Mental health", "Migration", "Crime", "Homelessness", "Housing", "Regeneration",
    "Environment", "Public health", "Adult social care", "Transport",
]
# fmt: on
TYPES = {
    "council": 0.0,  # councils and the combined authority are listed by name, never drawn
    "school or college": 0.17,
    "university": 0.05,
    "private": 0.20,
    "voluntary": 0.30,
    "housing organisation": 0.06,
    "combined authority": 0.0,
    "other public body": 0.22,
}
ALLOCATION = ["Competed", "Criteria Based", "Un-competed"]


@dataclass(frozen=True)
class Case:
    """Published duplication: all grants of a policy area in a place, and each recipient's (type, awards)."""

    area: str = ""
    department: str = ""
    grants: int = 0
    recipients: tuple[tuple[str, int], ...] = ()


# Report, 3.1.3, bullet 2: eleven housing grants of DLUHC in Birmingham to the council, the combined authority
# and housing organisations; four net-zero grants in Cornwall to ten public, private and education bodies.
HOUSING = (("council", 3), ("combined authority", 2), *[("housing organisation", 1)] * 6)
NET_ZERO = (("council", 1), *[("private", 1)] * 4, *[("university", 1)] * 2, *[("other public body", 1)] * 3)
CASES = {
    "Birmingham": Case("Housing", "DLUHC", 11, HOUSING),
    "Cornwall": Case("Net zero", "BEIS", 4, NET_ZERO),
}


@dataclass(frozen=True)
class Place:
    """What to invent for a place: grants, recipients, awards to each council and to others, its case."""

    name: str
    grants: int
    recipients: int
    councils: dict[str, int]
    others: int
    case: Case

    @property
    def awards(self) -> int:
        """All awards in the place; those of the case come on top of the others."""
        return sum(self.councils.values()) + self.others + sum(number for _, number in self.case.recipients)


def programme_pool(rng: np.random.Generator) -> pd.DataFrame:
    """Invent England's grant programmes: one row each, with typical size (a logarithm) and popularity."""
    kinds = [(department, *kind) for department, areas in PROGRAMMES.items() for kind in areas.items()]
    pool = pd.DataFrame(kinds, columns=["department", "area", "number"])
    pool = pool.loc[pool.index.repeat(pool["number"])].reset_index(drop=True)
    pool["code"] = [f"ILL-P{number:03d}" for number in range(1, len(pool) + 1)]
    pool["title"] = pool["area"] + " fund " + (pool.groupby("area").cumcount() + 1).astype(str)
    pool["rank"] = pool["area"].map(AREAS.index)
    pool["size"] = rng.normal(pool["department"].map(LARGER).fillna(0), 1.1)
    pool["popularity"] = rng.lognormal(0, 1, len(pool))
    pool["allocation"] = rng.choice(ALLOCATION, len(pool), p=[0.5, 0.3, 0.2])
    return pool


def draw_places(rng: np.random.Generator) -> list[Place]:
    """Fix the counts of each pilot place, then of the rest of England, which has the remaining awards."""
    places = [draw_pilot(rng, name) for name in PLACES]
    councils = {f"Illustrative council {number:02d}": 20 for number in range(1, 11)}
    others = TOTAL_AWARDS - sum(place.awards for place in places) - sum(councils.values())
    return [*places, Place(ELSEWHERE, 400, int(0.85 * others), councils, others, Case())]


def draw_pilot(rng: np.random.Generator, name: str) -> Place:
    """Take the published counts of a pilot place, and draw those that are not published."""
    grants = int(rng.integers(170, 340))
    recipients = int(grants * rng.uniform(3.4, 5.4))
    grants, recipients = PUBLISHED.get(name, (grants, recipients))
    # Report, 3.1.3: a council administers over a hundred, in some cases close to two hundred, grants a year.
    councils = {f"Illustrative council of {name}": int(rng.integers(108, min(196, grants - 20)))}
    for number in range(1, DISTRICTS.get(name, 0) + 1):
        councils[f"Illustrative district council {number} of {name}"] = int(rng.integers(21, 34))
    others = int(recipients * rng.uniform(1.1, 1.2))
    return Place(name, grants, recipients, councils, others, CASES.get(name, Case()))


def draw_awards(rng: np.random.Generator, place: Place, pool: pd.DataFrame) -> pd.DataFrame:
    """Invent a place's awards: columns programme (row of the pool), recipient, type, name, rank, place."""
    recipients = list_recipients(rng, place)
    popularity = pool.loc[pool["area"] != place.case.area, "popularity"]
    programmes = draw(rng, popularity, place.grants - place.case.grants, replace=False)
    councils = council_awards(rng, place, programmes)
    missing = np.setdiff1d(programmes, councils["programme"])  # each programme must make an award
    more = draw(rng, popularity[programmes], place.others - len(missing))
    once = recipients.index[len(place.councils) :]  # each recipient must have an award
    again = draw(rng, pd.Series(rng.pareto(1.5, len(once)) + 0.1, once), place.others - len(once))
    by_area = in_order(rng, pool["rank"].loc[[*missing, *more]], noise=2)
    by_type = in_order(rng, recipients["rank"].loc[[*once, *again]], noise=0.4)
    others = pd.DataFrame({"programme": by_area, "recipient": by_type})
    awards = pd.concat([councils, case_awards(place, pool), others])
    return awards.join(recipients, on="recipient").assign(place=place.name)


def list_recipients(rng: np.random.Generator, place: Place) -> pd.DataFrame:
    """List a place's recipients, one row each: councils, then others of the case, then those drawn."""
    types = ["council"] * len(place.councils)
    types += [kind for kind, _ in place.case.recipients if kind != "council"]
    types += rng.choice(list(TYPES), place.recipients - len(types), p=list(TYPES.values())).tolist()
    recipients = pd.DataFrame({"type": types}).join(pd.Series(list(place.councils), name="name"))
    recipients.loc[recipients["type"] == "combined authority", "name"] = "Illustrative combined authority"
    recipients["rank"] = recipients["type"].map(list(TYPES).index)
    return recipients


def council_awards(rng: np.random.Generator, place: Place, programmes: Whole) -> pd.DataFrame:
    """Give each council one award from each of so many different programmes."""
    owners = np.repeat(np.arange(len(place.councils)), list(place.councils.values()))
    drawn = [rng.choice(programmes, number, replace=False) for number in place.councils.values()]
    return pd.DataFrame({"programme": np.concatenate(drawn), "recipient": owners})


def case_awards(place: Place, pool: pd.DataFrame) -> pd.DataFrame:
    """Deal the programmes of the case out to its recipients, which stand first in the place's list."""
    case = place.case
    programmes = pool.query("area == @case.area and department == @case.department").index[: case.grants]
    owners = np.repeat(np.arange(len(case.recipients)), [number for _, number in case.recipients])
    return pd.DataFrame({"programme": np.resize(programmes, len(owners)), "recipient": owners})


def draw(rng: np.random.Generator, weights: pd.Series[float], number: int, *, replace: bool = True) -> Whole:
    """Draw from the index of the weights, in proportion to them."""
    shares = (weights / weights.sum()).to_numpy()
    return rng.choice(weights.index.to_numpy(), number, replace=replace, p=shares)


def in_order(rng: np.random.Generator, ranks: pd.Series[int], *, noise: float) -> Whole:
    """Return the index of the ranks in their order, disturbed by noise (standard deviation, in ranks)."""
    disturbed = ranks.to_numpy() + rng.normal(0, noise, len(ranks))
    return ranks.index.to_numpy()[np.argsort(disturbed, kind="stable")]


def draw_amounts(rng: np.random.Generator, awards: pd.DataFrame, size: pd.Series[float]) -> Whole:
    """Draw log-normal amounts, in whole pounds, scaled to the published shares under the threshold."""
    raw = np.exp(size.to_numpy() + rng.normal(0, 1.5, len(size)))
    pilots = (awards["place"] != ELSEWHERE).to_numpy()
    councils = (awards["type"] == "council").to_numpy()
    small_councils = round(SMALL_OF_COUNCILS * (pilots & councils).sum())
    small_others = round(SMALL_OF_ALL * pilots.sum()) - small_councils
    for group, small in ((councils, small_councils), (~councils, small_others)):
        ordered = np.sort(raw[group & pilots])
        raw[group] *= THRESHOLD_GBP / np.sqrt(ordered[small - 1] * ordered[small])
    return np.maximum(np.round(raw), 1).astype(np.int64)


def make_register() -> pd.DataFrame:
    """Make the register: one row an award, columns named as in the 360Giving standard."""
    rng = np.random.default_rng(SEED)
    pool = programme_pool(rng)
    awards = pd.concat([draw_awards(rng, place, pool) for place in draw_places(rng)], ignore_index=True)
    programme = pool.loc[awards["programme"]].reset_index(drop=True)
    number = awards.groupby(["place", "recipient"], sort=False).ngroup() + 1
    code = number.map("{:05d}".format)
    numbered = number.isin(rng.permutation(number.max())[: int(0.6 * number.max())])
    charity, company = (numbered & (awards["type"] == kind) for kind in ("voluntary", "private"))
    days = pd.to_timedelta(rng.integers(0, 365, len(awards)), unit="D")
    return pd.DataFrame(
        {
            "Identifier": [f"ILLUSTRATIVE-{row:05d}" for row in range(1, len(awards) + 1)],
            "Title": "Illustrative",
            "Description": None,
            "Currency": "GBP",
            "Amount Awarded": draw_amounts(rng, awards, programme["size"]),
            "Grant Programme:Code": programme["code"],
            "Grant Programme:Title": programme["title"],
            "Grant Programme:Policy Area": programme["area"],
            "Award Date": (pd.Timestamp("2020-04-01") + days).strftime("%Y-%m-%d"),
            "Recipient Org:Identifier": "ILLUSTRATIVE-R" + code,
            "Recipient Org:Name": awards["name"].fillna("Illustrative body " + code),
            "Recipient Org:Type": awards["type"],
            "Recipient Org:Charity Number": ("ILL-C" + code).where(charity),
            "Recipient Org:Company Number": ("ILL-F" + code).where(company),
            "Recipient Org:City": None,
            "Recipient Org:Postal Code": None,
            "Funding Org:Identifier": "ILL-" + programme["department"],
            "Funding Org:Name": programme["department"],
            "Allocation Method": "General Grants - " + programme["allocation"],
            "Beneficiary Location:Name": awards["place"],
        }
    )


def main() -> int:
    """Write the register, or check the committed one."""
    parser = argparse.ArgumentParser(description="Make the illustrative grants register 2020-21.")
    parser.add_argument("--check", action="store_true", help="only compare the committed file with a new one")
    check = parser.parse_args().check
    text = make_register().to_csv(index=False, lineterminator="\n").encode()
    if check:
        same = PATH.is_file() and PATH.read_bytes() == text
        print(f"{PATH.name}: {'as this script makes it' if same else 'differs from what this script makes'}")
        return 0 if same else 1
    PATH.write_bytes(text)
    print(f"{PATH.name}: written, {len(text):,} bytes")
    return 0


if __name__ == "__main__":
    sys.exit(main())
