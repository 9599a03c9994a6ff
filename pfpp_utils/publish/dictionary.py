"""The data dictionary: every table and column of the data package, written from the schemas."""

from __future__ import annotations

from typing import Any

from pfpp_utils.data import tables
from pfpp_utils.publish.markup import plain


def markdown() -> str:
    """Write the page "Data dictionary" from ``data/datapackage.json``."""
    package = tables.package()
    sections = "\n\n".join(_table(resource) for resource in package["resources"])
    return f"""# Data dictionary

{package["description"]}

This page is written from the schemas in [`datapackage.json`](_static/datapackage.json), which also
validate the data: what it says of types, units and allowed values is what is enforced. Every table
can be downloaded as CSV; empty cells mean that the source does not state the value.

{sections}
"""


def _table(resource: dict[str, Any]) -> str:
    rows = "\n".join(_field(field, resource["schema"]) for field in resource["schema"]["fields"])
    key = ", ".join(f"`{name}`" for name in resource["schema"].get("primaryKey", []))
    return f"""## `{resource["name"]}`

**{plain(resource["title"])}.** {plain(resource["description"])}

One row is known by {key}. [Download `{resource["name"]}` (CSV)](_static/{resource["path"]})

| Column | Type | Unit | Allowed | Meaning |
|---|---|---|---|---|
{rows}"""


def _field(field: dict[str, Any], schema: dict[str, Any]) -> str:
    cells = [
        f"`{field['name']}`",
        plain(field["type"]),
        plain(field.get("unit", "none")),
        plain(_allowed(field, schema)),
        plain(field["description"]),
    ]
    return f"| {' | '.join(cells)} |"


def _allowed(field: dict[str, Any], schema: dict[str, Any]) -> str:
    rules = field.get("constraints", {})
    parts = ["required"] if rules.get("required") else []
    for key, words in (("minimum", "at least"), ("maximum", "at most"), ("pattern", "pattern")):
        if key in rules:
            parts.append(
                f"{words} {rules[key]:,}" if isinstance(rules[key], (int, float)) else f"{words} {rules[key]}"
            )
    if "enum" in rules:
        parts.append("one of " + ", ".join(map(str, rules["enum"])))
    for key in schema.get("foreignKeys", []):
        if field["name"] in key["fields"]:
            target = key["reference"]
            parts.append(
                f"a value of {target['resource']}.{target['fields'][key['fields'].index(field['name'])]}"
            )
    return "; ".join(parts) or "any"
