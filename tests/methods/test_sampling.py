"""Sampling: even, independent between blocks, the same for the same seed, and honest about its error."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import qmc

from pfpp_utils.errors import InputError
from pfpp_utils.methods.sampling import BLOCKS, CHUNK, Sample, by_block, error_of_mean


def points(sample, dimensions=2):
    return np.hstack([chunk for _, chunk in sample.chunks(dimensions)])


@pytest.mark.parametrize("sample", [Sample(2**12), Sample(2**20), Sample(1600, method="latin")])
def test_chunks_come_in_order_and_small(sample):
    stop = 0
    for where, chunk in sample.chunks(3):
        assert where.start == stop
        stop = where.stop
        assert chunk.shape == (3, where.stop - where.start)
        assert chunk.shape[1] <= max(CHUNK, sample.draws // BLOCKS if sample.method == "latin" else 0)
        assert ((chunk >= 0) & (chunk <= 1)).all()
    assert stop == sample.draws


@pytest.mark.parametrize("method", ["sobol", "latin"])
def test_every_block_fills_every_stratum_once(method):
    sample = Sample(2**10, method=method)
    size = sample.draws // BLOCKS
    for block in np.split(points(sample), BLOCKS, axis=1):
        for row in block:
            assert sorted(np.floor(row * size)) == list(range(size))


def test_sobol_is_more_even_than_chance():
    block = points(Sample(2**12))[:, : 2**8].T
    assert qmc.discrepancy(block) < qmc.discrepancy(np.random.default_rng(1).random((2**8, 2))) / 5


@pytest.mark.parametrize("method", ["sobol", "latin"])
def test_the_seed_gives_the_same_points_to_the_last_bit(method):
    first, again, other = (points(Sample(2**10, seed, method)) for seed in (1, 1, 2))
    assert first.tobytes() == again.tobytes()
    assert first.tobytes() != other.tobytes()
    blocks = np.split(first, BLOCKS, axis=1)
    assert len({block.tobytes() for block in blocks}) == BLOCKS


@pytest.mark.parametrize("draws", [10**6, 0, -16, 2**7, 2**25, 1000])
def test_sobol_needs_a_power_of_two(draws):
    with pytest.raises(InputError, match="power of two") as caught:
        Sample(draws)
    assert caught.value.where == "draws"


def test_what_is_near_is_said():
    with pytest.raises(InputError, match="524288 or 1048576"):
        Sample(10**6)
    assert Sample(10**6, method="latin").draws == 10**6
    with pytest.raises(InputError, match="multiple of 16"):
        Sample(10**6 + 1, method="latin")


def test_unknown_method():
    with pytest.raises(InputError) as caught:
        Sample(method="halton")
    assert caught.value.where == "method"


def test_blocks_follow_the_draws():
    assert by_block(np.arange(32)).tolist() == [[2 * block, 2 * block + 1] for block in range(16)]


@pytest.mark.parametrize("method", ["sobol", "latin"])
def test_the_interval_of_a_mean_covers_it_as_often_as_it_says(method):
    """Mean of x y over the unit square is 1/4: of 300 intervals of 95%, 285 should contain it."""
    hits = 0
    for seed in range(300):
        values = points(Sample(2**8, seed, method)).prod(axis=0)
        means = by_block(values).mean(axis=1)
        hits += abs(means.mean() - 0.25) <= error_of_mean(means)
    assert 272 <= hits <= 297  # 285 give or take more than three standard deviations of 3.8
