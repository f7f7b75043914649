"""Embeddings of candidates as dense float32 rows."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.randomness import derive_key, mix

SKETCH = 512
"""Dimensions that sparse rows are sketched to."""


def dense_rows(matrix: Any) -> NDArray[np.float32]:
    """Rows as dense float32, shape (n, d).

    Sparse rows wider than `SKETCH` columns are count-sketched: each column is added, with a fixed sign, to
    one of `SKETCH` places, which keeps inner products in expectation (Charikar, Chen and Farach-Colton,
    2002, "Finding frequent items in data streams").

    Raises
    ------
    InputError
        On NaN or infinite values; names the first rows.
    """
    rows = _sketched(matrix) if hasattr(matrix, "tocsr") else np.asarray(matrix, dtype=np.float32)
    if not np.isfinite(rows.sum(dtype=np.float64)):
        bad = np.flatnonzero(~np.isfinite(rows).all(axis=1))
        if len(bad):
            where = ", ".join(map(str, bad[:3])) + (", …" if len(bad) > 3 else "")
            raise InputError(f"The embedding has NaN or infinite values in {len(bad)} candidates ({where}).")
    return rows


def _sketched(matrix: Any) -> NDArray[np.float32]:
    if matrix.shape[1] <= SKETCH:
        return np.asarray(matrix.toarray(), dtype=np.float32)
    from scipy.sparse import csr_array

    width = matrix.shape[1]
    hashes = mix(derive_key("count sketch"), np.arange(width, dtype=np.uint64))
    signs = np.where(hashes & np.uint64(1), np.float32(1), np.float32(-1))
    places = ((hashes >> np.uint64(1)) % np.uint64(SKETCH)).astype(np.int64)
    sketch = csr_array((signs, places, np.arange(width + 1)), shape=(width, SKETCH))
    return np.asarray((matrix.tocsr() @ sketch).toarray(), dtype=np.float32)
