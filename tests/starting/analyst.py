"""What a local analyst has on the desk: a file of grants in a layout of its own, and a table of costs."""

from __future__ import annotations

import csv
import random
from pathlib import Path

PLACES = {"alder": "Alder", "high_fell": "High Fell", "marsh": "Marsh End"}
NAME = "Warm Homes & Hearths"
#: Reads in the file of grants, by where the award is said to be: how many, and the place that they belong to.
SAID = {
    ("Alder Borough Council", "ZZ2 1AA"): "alder",
    ("alder", ""): "alder",
    ("High Fell District Council", ""): "high_fell",
    ("", "ZZ4 5CD"): None,
    ("", "zz45ce"): None,
    ("Otherham", "ZZ9 9ZZ"): None,
    ("", ""): None,
}
EACH = 8
#: What the analyst adds to table place_areas on seeing that, so that such postcodes are in Marsh End.
ADDED = "marsh,postcode,ZZ4\n"
_FUNDS = [
    ("Community Chest", "Local giving fund"),
    ("Sport and Play Trust", "Active children fund"),
    ("Regional Skills Board", "Training for jobs"),
    ("Regional Skills Board", "Start-up support"),
]
_PURPOSES = [
    "Youth club sessions",
    "Job club",
    "Business start-up advice",
    "Walks for wellbeing",
    "Tree planting",
]
_ORGS = [
    "Riverside Arts",
    "Green Lanes CIC",
    "Harbour Skills Ltd",
    "Northside Association",
    "Fell Riders Bus Club",
]
HEADINGS = ["Ref", "Organisation", "Purpose of grant", "Funder", "Fund name", "Amount (£)", "Date awarded",
            "Local authority", "Postcode"]  # fmt: skip


def grants(folder: Path) -> Path:
    """Write the grants as a council's spreadsheet saves them: a title, a blank row, cp1252, and a total."""
    drawn, path = random.Random(9), folder / "Grants awarded 2023-24 FINAL.csv"
    said = [where for where in SAID for _ in range(EACH)]
    amounts = [drawn.choice([500, 1250, 9800, 24_000, 130_000]) for _ in said]
    with path.open("w", encoding="cp1252", newline="") as file:
        writer = csv.writer(file)
        writer.writerows([["Grants awarded by local funders"], [], HEADINGS])
        for number, ((authority, postcode), amount) in enumerate(zip(said, amounts, strict=True)):
            date = f"{drawn.randint(1, 28):02}/{drawn.randint(4, 12):02}/2023"
            told = [f"G{number:03}", drawn.choice(_ORGS), drawn.choice(_PURPOSES), *drawn.choice(_FUNDS)]
            writer.writerow([*told, f"£{amount:,}", date, authority, postcode])
        writer.writerow(["", "", "", "", "Total", f"£{sum(amounts):,}", "", "", ""])
    return path


def costs(folder: Path) -> Path:
    """Write the costs under an analyst's own headings, years with a slash, and a total without an amount."""
    path = folder / "costs.csv"
    lines = ["Area,Budget line,Financial year,Cost (£)"]
    lines += [f'{name},Staff,2022/23,"£{20_000 + 1_000 * n:,}.50"' for n, name in enumerate(PLACES.values())]
    lines += [f"{name} Borough Council,Grants to residents,2023-24,15000" for name in PLACES.values()]
    path.write_text("\n".join([*lines, "Total,,,", ""]), encoding="utf-8-sig")
    return path


def command(folder: Path, desk: Path) -> list[str]:
    """Give the options of `pfpp new` that this analyst types."""
    named = [text for slug, name in PLACES.items() for text in ("--place", f"{slug}={name}")]
    files = ["--grants", str(desk / "Grants awarded 2023-24 FINAL.csv"), "--costs", str(desk / "costs.csv")]
    return ["new", str(folder), "--programme", NAME, *named, *files, "--period", "2022-24"]
