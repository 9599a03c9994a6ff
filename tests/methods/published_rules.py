"""What several tests share: the report's rubrics and Table 7, and a few invented lines of two pilots."""

from __future__ import annotations

import pandas as pd

COLUMNS = [
    "rubric",
    "clause",
    "rating",
    "symbol",
    "lines",
    "sources",
    "pilot_share_minimum_percent",
    "pilot_share_below_percent",
    "outcome_share_minimum_percent",
    "outcome_share_below_percent",
    "alternatives_required",
]


def rubric(*rows):
    return pd.DataFrame([("rubric", *row) for row in rows], columns=COLUMNS)


TABLE_3 = rubric(
    ("3-limited", "limited", None, None, "single", None, 50, None, None, False),
    ("3-medium", "medium", "M", "multiple", "single", 50, None, None, None, True),
    ("3-strong", "strong", "S", "multiple", "multiple", 50, None, None, None, False),
)
TABLE_6 = rubric(
    ("6-strong", "strong", "S", "multiple", "multiple", None, None, None, None, False),
    ("6-medium", "medium", "M", "multiple", "single", None, None, None, None, False),
    ("6-limited-a", "limited", None, "single", "single", None, None, None, None, False),
    ("6-limited-b", "limited", None, None, "none", None, None, None, None, False),
)
FOOTNOTE_23 = rubric(
    ("23-strong", "strong", "S", "multiple", None, None, None, 50, None, False),
    ("23-medium-a", "medium", "M", None, "single", None, None, 50, None, False),
    ("23-medium-b", "medium", "M", None, "multiple", None, None, None, 50, False),
)
CASES = pd.DataFrame({"pilot": ["here", "here", "there"], "step": ["uptake", "outcomes", "uptake"]}).assign(
    rubric=["table 6", "footnote 23", "table 6"]
)
CRITERIA = pd.concat([TABLE_6.assign(rubric="table 6"), FOOTNOTE_23.assign(rubric="footnote 23")])
PILOT_LINES = pd.DataFrame(
    [
        ("a", "here", "uptake", "for"),
        ("b", "here", "uptake", "for"),
        ("c", "here", "uptake", "against"),
        ("d", "here", "outcomes", "for"),
        ("e", "here", "outcomes", "for"),
    ],
    columns=["line", "pilot", "step", "role"],
)
PILOT_SOURCES = pd.DataFrame(
    {"line": list("abcde"), "source_kind": ["calls", "calls", "data", "data", "calls"]}
)

STEPS = ["delivery", "uptake", "engagement", "iteration", "unblocking", "outcomes"]
# Table 7, row by row; a dash is a step without a rating.
TABLE_7 = {
    "implementation": ("SS----", ["hackney", "sunderland"]),
    "implementation, with iteration": ("SS-S--", ["luton", "cornwall"]),
    "central engagement": ("S-SS--", ["east_sussex", "wakefield"]),
    "local outcomes, without iteration": ("SS---M", ["newcastle"]),
    "local outcomes, without engagement": ("SS-S-M", ["birmingham", "liverpool"]),
    "local outcomes": ("SSSS-M", ["southwark", "durham", "northumberland"]),
    "pfpp outcomes": ("SSS-SM", ["bradford"]),
    "full": ("SSSSSS", []),
}


def pattern(letters):
    return dict(zip(STEPS, ["none" if letter == "-" else letter for letter in letters], strict=True))


def long(key, patterns):
    rows = [
        (name, step, rating)
        for name, letters in patterns.items()
        for step, rating in pattern(letters).items()
    ]
    return pd.DataFrame(rows, columns=[key, "step", "rating"])


TYPES = long("success_type", {name: letters for name, (letters, _) in TABLE_7.items()})
PUBLISHED = {pilot: name for name, (_, pilots) in TABLE_7.items() for pilot in pilots}
PILOTS = long("pilot", {pilot: TABLE_7[name][0] for pilot, name in PUBLISHED.items()})
