"""An analysis as plain text, for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pfpp_utils.methods.qca.analysis import Analysis

#: How many tied models of a kind are written out.
SHOWN = 10
NONE = [{"name": "none", "message": "nothing to warn of."}]


def write(analysis: Analysis) -> str:
    """Write an analysis as plain text.

    Parameters
    ----------
    analysis
        What was found.

    Returns
    -------
    str
        Truth table, necessity, the models of the three solutions (ten of a kind at most) and the warnings.
    """
    found = analysis.as_dict()
    parts = [
        f"{found['outcome']}, {len(analysis.sets.cases)} cases, conditions {', '.join(found['conditions'])}",
        _table("Truth table: rows that cases show", *_rows(found)),
        f"{found['remainders']} other rows are remainders: no cases, or fewer than the frequency cut.",
        _table("Necessity for the outcome", *_columns(found["necessity"], {"ron": "relevance"})),
        *(_solution(kind, solution) for kind, solution in found["solutions"].items()),
        "\n  ".join(["Warnings", *(f"{w['name']}: {w['message']}" for w in found["warnings"] or NONE)]),
    ]
    return "\n\n".join(parts)


def _rows(found: dict[str, Any]) -> tuple[list[str], list[list[str]]]:
    heads = [*found["conditions"], "out", "n", "consistency", "pri", "cases (* without the outcome)"]
    rows = []
    for row in found["truth_table"]:
        cases = [case + "*" * (case in row["without_outcome"]) for case in row["cases"]]
        mark = " (contradictory)" if row["contradictory"] else ""
        rows.append([_cell(row[key]) for key in heads[:-1]] + [", ".join(cases) + mark])
    return heads, rows


def _columns(entries: Sequence[dict[str, Any]], renamed: dict[str, str]) -> tuple[list[str], list[list[str]]]:
    heads = [renamed.get(key, key) for key in entries[0]]
    return heads, [[_cell(value) for value in entry.values()] for entry in entries]


def _solution(kind: str, solution: dict[str, Any]) -> str:
    models = solution["models"]
    count = f"{len(models)} tied models" if len(models) > 1 else f"{len(models)} model"
    more = "" if solution["complete"] else ", and more that are not listed"
    lines = [f"{kind.capitalize()} solution: {count}{more}"]
    for model in models[:SHOWN]:
        fitted = ", ".join(f"{key} {_cell(model[key])}" for key in ("consistency", "pri", "coverage"))
        lines.append(f"  {' + '.join(model['terms'])}  ({fitted})")
        for term in model["terms"]:
            covered = (
                f"raw {_cell(model['raw_coverage'][term])}, unique {_cell(model['unique_coverage'][term])}"
            )
            lines.append(f"    {term}: coverage {covered}; cases {', '.join(model['covered_cases'][term])}")
    if len(models) > SHOWN:
        lines.append(f"  and {len(models) - SHOWN} more; --json lists them")
    return "\n".join(lines)


def _table(title: str, heads: list[str], rows: list[list[str]]) -> str:
    widths = [max(map(len, column)) for column in zip(heads, *rows, strict=True)]
    lines = [
        "  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)).rstrip() for row in (heads, *rows)
    ]
    return "\n".join([title, *(f"  {line}" for line in lines)])


def _cell(value: object) -> str:
    if value is None:
        return "-"
    return f"{value:.3f}" if isinstance(value, float) else str(value)
