"""Keyed samples of the pool: frozen, and the same on every engine."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, uniform

STOP_SET_SIZE = 500


def sample_rows(
    keys: NDArray[np.uint64], wanted: NDArray[np.bool_], seed: int, *, size: int, purpose: str = "pool sample"
) -> NDArray[np.int64]:
    """At most ``size`` of the wanted rows, ascending: those with the smallest keyed hash.

    Parameters
    ----------
    keys : ndarray of shape (n,), uint64
        Hash of each row's id.
    wanted : ndarray of shape (n,), bool
    """
    rows = np.flatnonzero(wanted).astype(np.int64)
    if len(rows) <= size:
        return rows
    draws = uniform(derive_key(seed, purpose), keys[rows])
    return np.sort(rows[np.argpartition(draws, size)[:size]])


def stop_set(keys: NDArray[np.uint64], askable: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    """The stop set: frozen random rows on which successive models are compared."""
    return sample_rows(keys, askable, seed, size=STOP_SET_SIZE, purpose="stop set")
