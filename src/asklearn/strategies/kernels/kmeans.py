"""k-means in float32 matrix products: the same answer for the same rows in the same order."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import generator

Vectors = NDArray[np.float32]
_BLOCK = 4_096


class Clusters(NamedTuple):
    """Centres (k, d), the cluster of each row (n,), and its squared distance to the centre (n,)."""

    centres: Vectors
    member: NDArray[np.int64]
    distance: Vectors


def kmeans(vectors: Vectors, k: int, key: int, *, iterations: int = 12) -> Clusters:
    """Lloyd's algorithm from a k-means++ start.

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
    draws = generator(key).random(k)
    chosen = np.empty(k, dtype=np.int64)
    gap = np.full(len(vectors), np.inf, dtype=np.float32)
    for place, draw in enumerate(draws):
        chosen[place] = _drawn(gap, draw, chosen[:place])
        row = chosen[place]
        to_row = squares + (squares[row] - 2 * (vectors @ vectors[row]))
        np.minimum(gap, np.maximum(to_row, 0), out=gap)
        gap[row] = 0
    return chosen


def _drawn(gap: Vectors, draw: float, chosen: NDArray[np.int64]) -> int:
    """A row drawn in proportion to its squared distance; any row not chosen when all distances are zero."""
    if not len(chosen):
        return int(draw * len(gap))
    mass = np.cumsum(gap, dtype=np.float64)
    if mass[-1] <= 0:
        free = np.setdiff1d(np.arange(len(gap)), chosen)
        return int(free[int(draw * len(free))])
    return int(np.searchsorted(mass, draw * mass[-1], side="right"))


def _means(vectors: Vectors, member: NDArray[np.int64], centres: Vectors) -> Vectors:
    """The mean of each cluster; an empty one keeps its centre."""
    order = np.argsort(member, kind="stable")
    filled, starts, counts = np.unique(member[order], return_index=True, return_counts=True)
    means = centres.copy()
    means[filled] = np.add.reduceat(vectors[order], starts, axis=0) / counts[:, None].astype(np.float32)
    return means
