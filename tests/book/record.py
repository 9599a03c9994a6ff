"""What a run of the tests of accessibility found, page by page; as a program, written into the statement.

``.venv/bin/python tests/book/record.py`` after a whole run, with ``CI=true`` so that every page is in it.
"""

from __future__ import annotations

import json
import re
import sys
from datetime import date
from pathlib import Path

CHECKOUT = Path(__file__).parents[2]
FOLDER = CHECKOUT / "_build/accessible"
STATEMENT = CHECKOUT / "book/accessibility.md"
SENTENCE = re.compile(
    r"On (\d{1,2} [A-Z][a-z]+ 20\d\d), axe-core ([\d.]+) was run in Chromium ([\d.]+) on (\d+) pages,\s+"
    r"each in (\d+) combinations of width and mode\. It found (\d+) faults\."
)


def keep(name, *, axe, chromium, combinations, faults):
    """Write down what was found on a page."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    found = {"axe": axe, "chromium": chromium, "combinations": combinations, "faults": faults}
    path = FOLDER / f"{name.replace('/', '.')}.json"
    path.write_text(json.dumps({"day": date.today().isoformat(), **found}), encoding="utf-8")


def sentence(pages):
    """Say what all pages have in common; None if they are not of one run."""
    same = {(one["day"], one["axe"], one["chromium"], one["combinations"]) for one in pages}
    if len(same) != 1:
        return None
    day, axe, chromium, combinations = same.pop()
    told = date.fromisoformat(day)
    faults = sum(one["faults"] for one in pages)
    return (
        f"On {told.day} {told:%B %Y}, axe-core {axe} was run in Chromium {chromium} on {len(pages)} pages,\n"
        f"each in {combinations} combinations of width and mode. It found {faults} faults."
    )


def main():
    """Put the sentence into the statement."""
    found = sentence([json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))])
    if found is None:
        sys.exit(f"{FOLDER}: no pages, or pages of several runs; delete it and run the tests again")
    STATEMENT.write_text(SENTENCE.sub(found, STATEMENT.read_text(encoding="utf-8")), encoding="utf-8")
    print(found)


if __name__ == "__main__":
    main()
