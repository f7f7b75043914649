"""Statistics of the rows of a matrix: the two largest values, entropy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.floating[Any]]
_WIDE = 48
"""From so many columns on, masking each row's maximum is faster than going column by column (measured)."""
_CELLS = 1 << 20
"""Cells of a wide matrix worked on at once, so that the copy stays in the processor's cache."""


def as_float(matrix: Any) -> Floats:
    """The matrix as float32 (what is shorter) or float64 (what is longer); no copy where it is so already."""
    matrix = np.asarray(matrix)
    wide = matrix.dtype.itemsize > 4 or matrix.dtype.kind in "iub"
    values: Floats = matrix.astype(np.float64 if wide else np.float32, copy=False)
    return values


def two_largest(matrix: Any) -> tuple[Floats, Floats]:
    """The largest and the second largest value of each row, each of shape (n,).

    With a single column the second is 0.
    """
    values = as_float(matrix)
    if values.shape[1] == 1:
        return values[:, 0], np.zeros(len(values), dtype=values.dtype)
    return _by_mask(values) if values.shape[1] >= _WIDE else _by_column(values)


def largest(matrix: Any) -> Floats:
    """The largest value of each row, shape (n,)."""
    values = as_float(matrix)
    # numpy reduces short rows one by one; over columns it works on whole vectors.
    narrow = values.shape[1] < _WIDE
    found: Floats = np.ascontiguousarray(values.T).max(axis=0) if narrow else values.max(axis=1)
    return found


def _by_column(values: Floats) -> tuple[Floats, Floats]:
    columns = np.ascontiguousarray(values.T)
    first, second = np.maximum(columns[0], columns[1]), np.minimum(columns[0], columns[1])
    smaller = np.empty_like(first)
    for column in columns[2:]:
        np.minimum(first, column, out=smaller)
        np.maximum(second, smaller, out=second)
        np.maximum(first, column, out=first)
    return first, second


def _by_mask(values: Floats) -> tuple[Floats, Floats]:
    first, second = np.empty((2, len(values)), dtype=values.dtype)
    step = max(1, _CELLS // values.shape[1])
    for start in range(0, len(values), step):
        part = values[start : start + step].copy()
        rows = np.arange(len(part))
        best = part.argmax(axis=1)
        first[start : start + step] = part[rows, best]
        part[rows, best] = -np.inf
        second[start : start + step] = part.max(axis=1)
    return first, second


def entropy(proba: Any) -> Floats:
    """Shannon entropy of each row in nats, shape (n,); 0 log 0 is 0."""
    p = as_float(proba)
    logs = np.log(np.maximum(p, np.finfo(p.dtype).tiny))
    found: Floats = -np.einsum("ij,ij->i", p, logs)
    return found


def leading(matrix: Any, k: int) -> NDArray[np.int64]:
    """Columns of the k largest values of each row, in order; equal ones by column. Shape (n, k)."""
    order: NDArray[np.int64] = np.argsort(-as_float(matrix), axis=1, kind="stable")[:, :k]
    return order
