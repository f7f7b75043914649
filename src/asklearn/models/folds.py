"""Folds that any labels allow, for out-of-fold predictions and for searches."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, mix


def stratified_folds(y: NDArray[np.int64], n_splits: int = 5, *, seed: int = 0) -> NDArray[np.int64]:
    """The fold of each example: classes spread evenly, sizes within one of each other.

    A class with fewer examples than folds is in some folds only; an example alone in its class is held out
    once like any other.

    Parameters
    ----------
    y : ndarray of shape (n,), int64
        Class positions.
    n_splits : int
        At most so many folds; never more than examples.
    seed : int

    Returns
    -------
    ndarray of shape (n,), int64
        Fold numbers from 0.

    Examples
    --------
    >>> stratified_folds(np.array([0, 0, 0, 1]), 2).tolist().count(0)
    2
    """
    n = len(y)
    lots = mix(derive_key(seed, "folds"), np.arange(n, dtype=np.uint64))
    sizes = np.bincount(y, minlength=int(y.max()) + 1 if n else 0)
    order = np.lexsort((lots, y, -sizes[y]))
    folds = np.empty(n, dtype=np.int64)
    folds[order] = np.arange(n) % max(1, min(n_splits, n))
    return folds


def search_splits(
    y: NDArray[np.int64], n_splits: int, *, seed: int = 0
) -> list[tuple[NDArray[np.int64], NDArray[np.int64]]] | None:
    """Train and test positions for a search or a calibration in which every class is always trained on.

    Examples alone in their class are never held out. At most ``n_splits`` folds, at most as many as the
    second largest class has examples.

    Returns
    -------
    list of (train, test), or None
        None when fewer than two classes have two examples.
    """
    counts = np.bincount(y)
    splits = min(n_splits, int(np.sort(counts)[-2]) if np.count_nonzero(counts) > 1 else 0)
    if splits < 2:
        return None
    held = np.flatnonzero(counts[y] >= 2)
    folds = np.full(len(y), -1, dtype=np.int64)
    folds[held] = stratified_folds(y[held], splits, seed=seed)
    for one in np.flatnonzero(
        (counts > 0) & (counts < splits)
    ):  # all its examples in one fold: keep one back
        mine = np.flatnonzero(y == one)
        if len(mine) > 1 and len(set(folds[mine])) == 1:
            folds[mine[0]] = -1
    everything = np.arange(len(y), dtype=np.int64)
    return [(everything[folds != fold], np.flatnonzero(folds == fold)) for fold in range(splits)]
