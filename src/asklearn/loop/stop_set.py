"""The stop set: frozen random items on which successive models are compared."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, uniform

STOP_SET_SIZE = 500


def stop_set(keys: NDArray[np.uint64], askable: NDArray[np.bool_], seed: int) -> NDArray[np.int64]:
    """Rows of the stop set, at most `STOP_SET_SIZE`, ascending."""
    rows = np.flatnonzero(askable)
    draws = uniform(derive_key(seed, "stop set"), keys[rows])
    if len(rows) > STOP_SET_SIZE:
        rows = rows[np.argpartition(draws, STOP_SET_SIZE)[:STOP_SET_SIZE]]
    return np.sort(rows).astype(np.int64)
