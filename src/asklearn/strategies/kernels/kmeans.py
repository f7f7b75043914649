"""k-means in float32 matrix products: the same answer for the same rows in the same order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import generator

Vectors = NDArray[np.float32]
_BLOCK = 4_096
_TRIED = 200
"""About so many rows are tried as starts in all."""


class Clusters(NamedTuple):
    """Centres (k, d), the cluster of each row (n,), and its squared distance to the centre (n,)."""

    centres: Vectors
    member: NDArray[np.int64]
    distance: Vectors


def kmeans(vectors: Vectors, k: int, key: int, *, iterations: int = 12) -> Clusters:
    """Lloyd's algorithm from a greedy k-means++ start.

    Parameters
    ----------
    vectors : ndarray of shape (n, d), float32
    k : int
        At most n; with fewer distinct rows than k some clusters stay empty.
    key : int
    iterations : int
        At most so many passes; it ends earlier when no row changes its cluster.

    References
    ----------
    Arthur and Vassilvitskii, 2007, "k-means++: the advantages of careful seeding".
    """
    squares = np.einsum("ij,ij->i", vectors, vectors)
    centres = vectors[_spread_start(vectors, squares, min(k, len(vectors)), key)]
    member, distance = nearest(vectors, centres, squares)
    for _ in range(iterations):
        centres = _means(vectors, member, centres)
        before = member
        member, distance = nearest(vectors, centres, squares)
        if np.array_equal(before, member):
            break
    return Clusters(centres, member, distance)


def nearest(
    vectors: Vectors, centres: Vectors, squares: Vectors | None = None
) -> tuple[NDArray[np.int64], Vectors]:
    """The nearest centre of each row, and the squared distance to it; equal ones go to the first."""
    if squares is None:
        squares = np.einsum("ij,ij->i", vectors, vectors)
    half = np.einsum("ij,ij->i", centres, centres) / 2
    member = np.empty(len(vectors), dtype=np.int64)
    distance = np.empty(len(vectors), dtype=np.float32)
    for start in range(0, len(vectors), _BLOCK):
        part = slice(start, start + _BLOCK)
        closeness = vectors[part] @ centres.T
        closeness -= half
        member[part] = closeness.argmax(axis=1)
        distance[part] = squares[part] - 2 * closeness[np.arange(len(closeness)), member[part]]
    return member, np.maximum(distance, 0, out=distance)


def _spread_start(vectors: Vectors, squares: Vectors, k: int, key: int) -> NDArray[np.int64]:
    """Rows drawn far from each other: of a few drawn each time, the one that leaves the least distance."""
    rng = generator(key)
    # Trying several rows finds all of a few clusters; with many it costs more than it gains (measured).
    tries = int(np.clip(_TRIED // k, 1, 2 + int(np.log(k))))
    chosen = np.empty(k, dtype=np.int64)
    gap = np.full(len(vectors), np.inf, dtype=np.float32)
    for place in range(k):
        rows = _drawn(gap, rng.random(tries if place else 1), chosen[:place])
        to_rows = squares[rows, None] + squares - 2 * (vectors @ vectors[rows].T).T
        gaps = np.minimum(gap, np.maximum(to_rows, 0, out=to_rows), out=to_rows)
        best = int(np.argmin(gaps.sum(axis=1, dtype=np.float64))) if len(rows) > 1 else 0
        chosen[place], gap = rows[best], gaps[best]
        gap[rows[best]] = 0
    return chosen


def _drawn(gap: Vectors, draws: NDArray[np.float64], chosen: NDArray[np.int64]) -> NDArray[np.int64]:
    """Rows drawn in proportion to their squared distance; any that is free when all distances are zero."""
    if not len(chosen):
        return (draws * len(gap)).astype(np.int64)
    mass = np.cumsum(gap, dtype=np.float64)
    if mass[-1] <= 0:
        free = np.setdiff1d(np.arange(len(gap)), chosen)
        return free[(draws[:1] * len(free)).astype(np.int64)]
    found: NDArray[np.int64] = np.searchsorted(mass, draws * mass[-1], side="right")
    return found


def _means(vectors: Vectors, member: NDArray[np.int64], centres: Vectors) -> Vectors:
    """The mean of each cluster; an empty one keeps its centre."""
    order = np.argsort(member, kind="stable")
    filled, starts, counts = np.unique(member[order], return_index=True, return_counts=True)
    means = centres.copy()
    means[filled] = np.add.reduceat(vectors[order], starts, axis=0) / counts[:, None].astype(np.float32)
    return means
