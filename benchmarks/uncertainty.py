"""Cost of a simulation beside the cost of drawing the same numbers in NumPy.

`python benchmarks/uncertainty.py` prints one row a case and kind of range. "Drawing" is one call of NumPy's
random generator for each uncertain number: `triangular`, `uniform` or `beta`, as many draws as the
simulation makes. "Simulating" draws them by scrambled Sobol points, appraises every draw, and finds the
quantiles of all results and the probability of breaking even. Both run in turns in one process; the ratio is
that of the medians, which is what to compare with the bar of 1.5.
"""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import numpy as np

from pfpp_utils.data import cases
from pfpp_utils.methods.case import Case
from pfpp_utils.methods.distributions import Counts, Distribution, Interval
from pfpp_utils.methods.inputs import Inputs, of_ranges
from pfpp_utils.methods.sampling import Sample
from pfpp_utils.methods.simulation import simulate

CASES = Path(__file__).resolve().parents[1] / "data" / "cases"
DRAWS, ROUNDS, BAR = 2**20, 9, 1.5


def drawn(generator: np.random.Generator, each: Distribution) -> None:
    """Draw numbers of one distribution with NumPy's own method for it."""
    if isinstance(each, Interval):
        generator.uniform(each.low, each.high, DRAWS)
    elif isinstance(each, Counts) or each.shape == "pert":
        first, second = each.frozen().args[:2]
        low, high = each.support
        low + generator.beta(first, second, DRAWS) * (high - low)
    else:
        generator.triangular(each.low, each.central, each.high, DRAWS)


def drawing(inputs: Inputs) -> None:
    """Draw all numbers."""
    generator = np.random.default_rng(1)
    for each in inputs.values():
        drawn(generator, each)


def simulating(case: Case, inputs: Inputs) -> None:
    """Simulate and summarise."""
    found = simulate(case, inputs, reached=148, sample=Sample(DRAWS))
    found.summary()
    found.chance()


def seconds(run: Callable[[], None]) -> float:
    """Time one run."""
    start = perf_counter()
    run()
    return perf_counter() - start


def peak(run: Callable[[], None]) -> float:
    """Find the most memory that one run holds, in megabytes."""
    tracemalloc.start()
    run()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def report(name: str, case: Case, inputs: Inputs) -> None:
    """Print one row."""
    pairs = [
        (seconds(lambda: drawing(inputs)), seconds(lambda: simulating(case, inputs)))
        for _ in range(ROUNDS + 1)
    ]
    draw, simulation = (1000 * median(times) for times in zip(*pairs[1:], strict=True))  # the first warms up
    ratio, memory = simulation / draw, peak(lambda: simulating(case, inputs))
    mark = "within" if ratio <= BAR else "ABOVE "
    print(f"{name:32}{len(inputs):8}{draw:10.0f}{simulation:12.0f}{ratio:8.2f}  {mark} {BAR}{memory:10.0f}")


def main() -> None:
    """Time every case with every kind of range."""
    print(f"{DRAWS} draws: median of {ROUNDS} rounds, in milliseconds; peak memory in MB")
    print(f"{'case, kind of range':32} numbers   drawing  simulating   ratio         bar      peak")
    for name in ("cornwall", "illustrative"):
        file = cases.read(CASES / f"{name}.yml")
        case, spreads = file.case(), file.spreads
        points = [field for field, each in spreads.items() if not each.counts and each.low < each.high]
        report(f"{name}, PERT", case, of_ranges(spreads))
        report(f"{name}, triangular", case, of_ranges(spreads, shape="triangular"))
        report(f"{name}, intervals and counts", case, of_ranges(spreads, intervals=points))
        ranges = of_ranges(spreads, intervals=points)
        only = {field: each for field, each in ranges.items() if isinstance(each, Interval)}
        report(f"{name}, intervals only", case, only)


if __name__ == "__main__":
    main()
