"""The first rows of a new project's tables: what is known of it, and examples of what is to be filled in."""

from __future__ import annotations

from typing import Any

import pandas as pd

from pfpp_utils.publish.starting.answers import Answers

Rows = list[dict[str, Any]]
#: Where example rows say that they come from.
NOTES = {"document": "own_notes", "section": "examples", "item": "row"}
_STEPS = {
    "delivered": "Was the work carried out as planned?",
    "taken_up": "Did the people it was meant for take part?",
    "changed": "Did anything change for them?",
}
_KINDS = {"interviews": "Interviews", "monitoring": "Monitoring data", "documents": "Documents"}
_RUBRIC = [
    (
        "1",
        "strong",
        1,
        "multiple",
        "multiple",
        "Two lines or more, from two kinds of source or more, speak for the step.",
    ),
    (
        "2",
        "medium",
        2,
        "multiple",
        "single",
        "Two lines or more speak for the step, all from one kind of source.",
    ),
    ("3", "limited", 3, "single", None, "A single line speaks for the step."),
    ("4", "limited", 3, "none", None, "No line speaks for the step."),
]
_CASES = {
    "Example case A": (1, 1, 1),
    "Example case B": (1, 0, 1),
    "Example case C": (0, 1, 0),
    "Example case D": (0, 0, 0),
}
_WORDS = {
    "Business support": ("business*", "enterprise*", "start-up*"),
    "Employment and skills": ("employment", "skill*", "job*", "training", "apprentice*"),
    "Children and young people": ("child*", "youth", "young people", "school*", "famil*"),
    "Health and care": ("health*", "wellbeing", "care", "older people"),
    "Housing and homelessness": ("housing", "homeless*", "rough sleep*"),
    "Environment": ("environment*", "climate", "energy", "tree*", "flood*", "nature"),
    "Culture and sport": ("art", "arts", "culture", "cultural", "museum*", "sport*", "heritage", "festival*"),
    "Communities": ("communit*", "neighbourhood*", "volunteer*"),
    "Transport": ("transport", "bus", "buses", "cycling", "road*"),
}


def tables(answers: Answers, costs: pd.DataFrame | None) -> dict[str, Rows]:
    """Make the rows of every table but ``unit_values``.

    Parameters
    ----------
    answers
        What the project is to be.
    costs
        Its table of costs; None for examples.

    Returns
    -------
    dict
        Rows by name of table, each a mapping of columns to values.
    """
    listed = costs.to_dict("records") if costs is not None else _example_costs(answers)
    return {
        "documents": _documents(answers),
        "places": [{"place": slug, "name": name} for slug, name in answers.places.items()],
        "place_areas": [
            {"place": slug, "kind": "authority", "value": name} for slug, name in answers.places.items()
        ],
        "costs": [{str(key): value for key, value in row.items()} for row in listed],
        "results": [row for slug in answers.places for row in _results(slug)],
        "steps": [
            {"step": step, "order": order, "question": question}
            for order, (step, question) in enumerate(_STEPS.items(), start=1)
        ],
        "source_kinds": [{"source_kind": slug, "label": label} for slug, label in _KINDS.items()],
        **_evidence(answers),
        "rubric": [
            dict(zip(("clause", "rating", "rank", "lines", "sources", "wording"), row, strict=True))
            for row in _RUBRIC
        ],
        **_configurations(),
        "policy_words": [
            {"policy_area": area, "phrase": phrase} for area, phrases in _WORDS.items() for phrase in phrases
        ],
        "claims": _claims(answers),
    }


def _documents(answers: Answers) -> Rows:
    rows = [
        {
            "document": "own_notes",
            "title": f"Notes for the evaluation of {answers.programme}",
            "note": "Stands in for a source in example rows.",
        }
    ]
    named = {"grants_file": ("Grants", answers.grants), "costs_file": ("Costs", answers.costs)}
    return rows + [
        {"document": document, "title": f"{what} of {answers.programme}", "note": f"Read from {path.name}."}
        for document, (what, path) in named.items()
        if path
    ]


def _example_costs(answers: Answers) -> Rows:
    return [
        {
            "cost": f"cost_{number}",
            "place": place,
            "what": "delivery",
            "year": "2023-24",
            "amount_gbp": 100_000,
            "example": "true",
            **NOTES,
        }
        for number, place in enumerate(answers.places, start=1)
    ]


def _results(place: str) -> Rows:
    common = {"place": place, "unit": "people", "as_of": "end of the programme", "example": "true", **NOTES}
    return [
        {
            "result": f"{place}_reached",
            "measure": "People reached",
            "value": 500,
            "target": 400,
            "reach": "true",
            **common,
        },
        {"result": f"{place}_better", "measure": "People who report a change", "target": 100, **common},
    ]


def _evidence(answers: Answers) -> dict[str, Rows]:
    lines: Rows = []
    heard: Rows = []
    for place in answers.places:
        for step, role, kind, said in (
            ("delivered", "for", "monitoring", "Monitoring counts the sessions that were held."),
            ("delivered", "for", "interviews", "Staff describe how sessions ran."),
            ("taken_up", "for", "monitoring", "Monitoring counts the people who came."),
            ("changed", "rival", "documents", "A report names another service that began at the same time."),
        ):
            line = f"{place}_{len(lines) + 1}"
            lines.append(
                {
                    "line": line,
                    "place": place,
                    "step": step,
                    "role": role,
                    "statement": f"Example: {said}",
                    "example": "true",
                    **NOTES,
                }
            )
            heard.append({"line": line, "source_kind": kind})
    return {"evidence_lines": lines, "evidence_line_sources": heard}


def _configurations() -> dict[str, Rows]:
    conditions = [
        {"condition": "steady_staff", "label": "Staff stayed", "role": "condition", "expected": "helps"},
        {"condition": "shared_data", "label": "Data were shared", "role": "condition", "expected": "helps"},
        {"condition": "change", "label": "Something changed", "role": "outcome"},
    ]
    memberships = [
        {"case": case, "condition": condition["condition"], "membership": value, "example": "true"}
        for case, values in _CASES.items()
        for condition, value in zip(conditions, values, strict=True)
    ]
    return {"conditions": conditions, "memberships": memberships}


def _claims(answers: Answers) -> Rows:
    common = {"kind": "count", "qualifier": "exactly", "decimals": 0, "example": "true", **NOTES}
    return [
        {
            "claim": "places_of_the_programme",
            "strand": "spend",
            "statement": "Places in which the programme ran.",
            "published": len(answers.places),
            "unit": "places",
            "quantity": "places",
            "page": "overview",
            "basis": "the rows of table places",
            **common,
        },
        {
            "claim": "people_who_benefited",
            "strand": "breakeven",
            "statement": "People who benefited.",
            "published": 100,
            "unit": "people",
            "quantity": "benefited",
            "page": "breakeven",
            "needs": "a survey of the people reached, and of others like them",
            **common,
        },
    ]
