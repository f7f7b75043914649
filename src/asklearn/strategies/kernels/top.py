"""The best of many without sorting them all; ties fall by key, never by position."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import mix


def top(scores: NDArray[np.floating[Any]], keys: NDArray[np.uint64], n: int, key: int) -> NDArray[np.int64]:
    """Positions of the n highest scores, best first.

    Parameters
    ----------
    scores : ndarray of shape (N,)
        Without NaN.
    keys : ndarray of shape (N,), uint64
        Hash of each item's id.
    n : int
    key : int
        Equal scores come in the order of ``mix(key, keys)``.
    """
    n = min(n, len(scores))
    if n <= 0:
        return np.empty(0, dtype=np.int64)
    edge = np.partition(scores, len(scores) - n)[len(scores) - n]
    above = np.flatnonzero(scores > edge)
    above = above[np.lexsort((mix(key, keys[above]), -scores[above]))]
    return np.concatenate([above, first_by_key(np.flatnonzero(scores == edge), keys, n - len(above), key)])


def first_by_key(
    positions: NDArray[np.int64], keys: NDArray[np.uint64], n: int, key: int
) -> NDArray[np.int64]:
    """The n of these positions with the smallest keyed hashes, in the order of the hashes."""
    hashes = mix(key, keys[positions])
    if n < len(positions):
        low = np.argpartition(hashes, n)[:n] if n else np.empty(0, dtype=np.int64)
        positions, hashes = positions[low], hashes[low]
    return positions[np.argsort(hashes, kind="stable")]
