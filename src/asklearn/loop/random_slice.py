"""The random slice: items drawn by a keyed hash of their id, so it needs no generator.

``u(item)`` is uniform in [0, 1) and depends on the seed and the id alone; the slice is ``u < t`` and t
grows. It is the same on shards, streams and engines, and an item that the strategy asked first still
counts in it.
"""

from __future__ import annotations

from math import floor

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, uniform


def slice_draws(keys: NDArray[np.uint64], seed: int) -> NDArray[np.float64]:
    """``u`` of each item, shape (n,)."""
    return uniform(derive_key(seed, "slice"), keys)


def is_slice_place(place: int, share: float) -> bool:
    """Whether the question at that place (from 0) is a random one."""
    return floor((place + 1) * share + 1e-9) > floor(place * share + 1e-9)


def slice_places(start: int, end: int, share: float) -> list[int]:
    """Places of random questions in ``[start, end)``."""
    return [place for place in range(start, end) if is_slice_place(place, share)]
