"""Draw the grant schemes to label by hand that ``data/tables/policy_labels.csv`` holds.

    python scripts/draw_policy_sample.py government-grant-schemes-2016-17.csv > sample.csv

Every funder is in the sample with about 4.6 times the square root of the number of its schemes, at least 10
or all; the Department for International Development, whose schemes are alike and go abroad, with 44. Schemes
that differ only in year, number or region are one family, of which one is drawn. Families whose titles begin
with the same two words go to the same part, so that the test part holds no near copies of what a method
learnt from.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd

SEED = 201617
ABROAD, FROM_ABROAD = "Department for International Development", 44
COLUMNS = {
    "Grant Programme:Code": "scheme",
    "Funding Org:Name": "funder",
    "Grant Programme:Title": "title",
    "Aims and objectives": "aims",
    "Value per year": "value_gbp",
    "COFOG L0 Long Name": "cofog",
}
#: Account codes, words of accounts, and names of regions, which tell no programme from another.
CODE, ACCOUNTS = r"^x\d+[a-z]\d+", r"(del|dep|dept|ame|dep) (prog )?(ame )?(voted|vtd)"
REGIONS = (
    r"\b(north|south|east|west|mids|midlands|england|scotland|wales|northern|ireland|london|yorkshire|yorks"
    r"|humber|central|of|the|and|y h|ne|se|nw|sw|cymru|region|cosla|enabling)\b"
)


def family(title: str) -> str:
    """Words of a title that name the programme."""
    text = re.sub(ACCOUNTS, "", re.sub(CODE, "", title.lower()))
    return " ".join(re.sub(REGIONS, " ", re.sub("[^a-z]+", " ", text)).split())


def draw(path: Path) -> pd.DataFrame:
    """Draw the sample from the register of schemes: one row a scheme, with its part, sorted by funder."""
    schemes = pd.read_csv(path, dtype=str)[list(COLUMNS)].rename(columns=COLUMNS).sort_values("scheme")
    schemes["value_gbp"] = schemes["value_gbp"].str.replace(",", "").astype(float).round().astype("int64")
    sample = pd.concat(_of_funder(str(funder), rows) for funder, rows in schemes.groupby("funder"))
    return sample.sort_values(["funder", "scheme"], ignore_index=True)


def _of_funder(funder: str, schemes: pd.DataFrame) -> pd.DataFrame:
    families = schemes["title"].map(family)
    shuffled = schemes.assign(family=families).sample(frac=1, random_state=SEED).drop_duplicates("family")
    wanted = FROM_ABROAD if funder == ABROAD else max(10, round(4.6 * np.sqrt(len(shuffled))))
    drawn = shuffled.head(wanted)
    return drawn.assign(part=list(_parts(drawn["family"]))).drop(columns="family")


def _parts(families: pd.Series[str]) -> Iterator[str]:
    """Deal out beginnings of titles in turn, the test part first."""
    order: dict[str, int] = {}
    for words in families.str.split():
        place = order.setdefault(" ".join(words[:2]), len(order))
        yield "development" if place % 2 else "test"


if __name__ == "__main__":
    draw(Path(sys.argv[1])).to_csv(sys.stdout, index=False)
