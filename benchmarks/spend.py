"""Cost of the portable spend measures beside hand-written DuckDB SQL and pandas.

`python benchmarks/spend.py --million 10 50 --ways portable SQL` generates awards in Parquet (see
generated_awards.py), runs six measures on them (see spend_ways.py) in turns, each time in a process of its
own, and prints medians: wall time and processor time without imports, in seconds, and the most memory that
the process held, in GiB. The ratios are those of the portable measures to another way. On a shared machine
that of processor times is the steadier one. All ways must come to the same counts, pence and indices, or
the benchmark stops.

DuckDB SQL runs as DuckDB comes, without the limit of memory that the package sets (`engines.SETTINGS`);
pandas reads only the columns that it needs.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import generated_awards
import numpy as np
from spend_ways import WAYS

COSTS = ("wall", "processor", "peak")
BARS = {"SQL": 1.2, "pandas": 1.0}  # for the ratios
PEAKS = {10: 1.5, 50: 2.0}  # GiB by million awards

Costs = dict[str, float]


def child(way: str, path: str) -> None:
    """Run one way in this process, and print what it cost and found."""
    wall, processor = perf_counter(), process_time()
    found = WAYS[way](path)
    costs = {"wall": perf_counter() - wall, "processor": process_time() - processor}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20  # given in KiB on Linux
    print(json.dumps({**costs, "peak": peak, "found": found}))


def apart(*arguments: object) -> str:
    """Run this file in a process of its own, and return what it prints."""
    command = [sys.executable, __file__, *map(str, arguments)]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


def measured(path: Path, ways: Sequence[str], rounds: int) -> dict[str, Costs]:
    """Run every way in turns, and take medians; stop if they do not come to the same."""
    runs = {way: [] for way in ways}
    for _ in range(rounds):
        for way in ways:
            runs[way].append(json.loads(apart("--child", way, path)))
    first = runs[ways[0]][0]["found"]
    for way in ways:
        if not all(np.allclose(run["found"], first, rtol=1e-9, atol=0) for run in runs[way]):
            sys.exit(f"{way} differs from {ways[0]}:\n{runs[way][0]['found']}\n{first}")
    return {way: {cost: median(run[cost] for run in each) for cost in COSTS} for way, each in runs.items()}


def report(million: int, costs: dict[str, Costs]) -> None:
    """Print one row a way: costs, ratios, and whether the bars hold."""
    own = costs["portable"]
    for way, cost in costs.items():
        row = f"{million:7}  {way:9}" + "".join(f"{cost[name]:11.2f}" for name in COSTS)
        if way == "portable":
            bar = PEAKS.get(million)
            print(row + (f"{'':22}  {mark(cost['peak'] < bar)} {bar} GiB" if bar else ""))
        else:
            ratios = {name: own[name] / cost[name] for name in COSTS[:2]}
            bar = BARS[way]
            print(row + "".join(f"{ratio:11.2f}" for ratio in ratios.values()), end="")
            print(f"  {', '.join(f'{name} {mark(ratio <= bar)}' for name, ratio in ratios.items())} {bar}")


def mark(holds: bool) -> str:
    """Say whether a bar holds."""
    return "within" if holds else "ABOVE"


def compare(millions: Sequence[int], rounds: int, seed: int, ways: Sequence[str]) -> None:
    """Print the table, and how the cost of an award changes with their number."""
    print(f"median of {rounds} rounds; the ratios are portable / other")
    print("million  way      " + "".join(f"{name:>11}" for name in (*COSTS, "wall", "processor")) + "  bar")
    each = {}
    for million in millions:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "awards.parquet"
            apart("--make", path, million * 1_000_000, seed)
            costs = measured(path, ways, rounds)
        report(million, costs)
        each[million] = costs["portable"]["processor"] / million
    first = each[millions[0]]
    row = ", ".join(f"{cost / first:.2f} of {million} million" for million, cost in each.items())
    print(f"processor time for each award, portable, relative to the first size: {row}")


def main() -> None:
    """Read the options, and compare."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--million", type=int, nargs="+", default=[10], help="awards, in million")
    parser.add_argument("--rounds", type=int, default=3, help="how often each way is run")
    parser.add_argument("--seed", type=int, default=1, help="for other awards")
    parser.add_argument(
        "--ways", nargs="+", choices=list(WAYS), default=list(WAYS), help="portable among them"
    )
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("--make", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.child:
        child(*options.child)
    elif options.make:
        path, awards, seed = options.make
        generated_awards.write(Path(path), int(awards), int(seed))
    else:
        compare(options.million, options.rounds, options.seed, options.ways)


if __name__ == "__main__":
    main()
