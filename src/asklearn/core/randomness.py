"""Keyed, counter-based randomness: a number depends on the key and the item, never on what ran before.

So the same seed gives the same batch on shards, streams, threads and processes. The mixing function is
SplitMix64 (Steele, Lea and Flood, 2014, "Fast splittable pseudorandom number generators").
"""

from __future__ import annotations

from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

_GOLDEN = np.uint64(0x9E3779B97F4A7C15)
_MIX_1 = np.uint64(0xBF58476D1CE4E5B9)
_MIX_2 = np.uint64(0x94D049BB133111EB)


def derive_key(*parts: int | str) -> int:
    """A 64-bit key from a seed and what the numbers are for, such as ``derive_key(0, "slice")``."""
    text = "\x1f".join(f"{type(part).__name__}:{part}" for part in parts)
    return int.from_bytes(blake2b(text.encode(), digest_size=8).digest(), "little")


def mix(key: int, counters: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Well-mixed 64-bit numbers, one for each counter; same shape."""
    with np.errstate(over="ignore"):
        z = counters ^ (np.uint64(key) * _GOLDEN + _GOLDEN)
        for _ in range(2):
            z = z + _GOLDEN
            z = (z ^ (z >> np.uint64(30))) * _MIX_1
            z = (z ^ (z >> np.uint64(27))) * _MIX_2
            z = z ^ (z >> np.uint64(31))
    return z


def uniform(key: int, counters: NDArray[np.uint64]) -> NDArray[np.float64]:
    """Numbers in [0, 1), one for each counter (an item's hash, say)."""
    return (mix(key, counters) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def generator(key: int) -> np.random.Generator:
    """A numpy generator for inner steps that are not per item, such as seeding k-means."""
    return np.random.default_rng(key)
