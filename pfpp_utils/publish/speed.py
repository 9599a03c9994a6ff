"""How fast the engine is beside other tools, as the benchmark last measured it, for "How this was made"."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pfpp_utils import project

#: Where the benchmark leaves what it measured; committed with the project.
FILE = "benchmarks/engine.json"


def path() -> Path:
    """File of the last measurements; it need not exist."""
    return project.root() / FILE


def markdown() -> str:
    """Write what was measured, and which bars hold and which do not.

    Returns
    -------
    str
        A section in Markdown; empty if nothing was measured.
    """
    if not path().is_file():
        return ""
    found = json.loads(path().read_text(encoding="utf-8"))
    machine, ratios = found["machine"], found["ratios"]
    bars = "\n".join(_bar(bar) for bar in ratios.values())
    measures = "\n".join(_measure(name, one) for name, one in found["measures"].items())
    versions = ", ".join(f"{tool} {version}" for tool, version in found["versions"].items())
    missed = sum(not bar["holds"] for bar in ratios.values())
    return f"""## Speed

Making this book was measured beside other tools that run notebooks, in one run on {machine["cores"]} cores
and {found["pages"]} pages, {found["cold pages"]} of them run cold ({machine["date"]}, Python
{machine["python"]}, {versions}; load at the end {machine["load"]:.1f}). Other tools run as they are
installed by themselves; "lean" is Jupyter Book with this project's lock, which keeps out a package that makes
it slow to start.
Of the {len(ratios)} bars that were set before, {missed or "none"} {"does" if missed == 1 else "do"} not hold.
A ratio is the median of those of single rounds, in which tools ran one after the other; least and most are of
single rounds too.

| Measure | Beside | Ratio | Least | Most | At most | Holds |
|---|---|---:|---:|---:|---:|---|
{bars}

| Measure | Median (seconds) | Least | Most | Rounds |
|---|---:|---:|---:|---:|
{measures}
"""


def _bar(bar: dict[str, Any]) -> str:
    numbers = " | ".join(f"{bar[key]:.3f}" for key in ("ratio", "least", "most"))  # 0.153 misses 0.15
    held = "yes" if bar["holds"] else "no"
    return f"| {bar['ours']} | {bar['beside']} | {numbers} | {bar['at most']:.2f} | {held} |"


def _measure(name: str, one: dict[str, Any]) -> str:
    numbers = " | ".join(f"{one[key]:.2f}" for key in ("median", "least", "most"))
    return f"| {name} | {numbers} | {len(one['rounds'])} |"
