"""Fit on everything, and on folds, so that the model knows how right it tends to be."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.models.calibrated import CalibratedHead
from asklearn.models.fitting import fit_estimator
from asklearn.models.folds import stratified_folds
from asklearn.models.temperature import fit_scale
from asklearn.models.threads import threads_for

FOLDS = 5
FEWEST = 4
"""Fewer labels than this are not worth holding one out."""


def fit_head(
    estimator: Any,
    X: Any,
    y: NDArray[np.int64],
    names: NDArray[Any],
    take: Callable[[Any, NDArray[np.int64]], Any],
    *,
    seed: int = 0,
    sample_weight: NDArray[np.float64] | None = None,
) -> tuple[CalibratedHead, NDArray[np.float32] | None, tuple[str, ...]]:
    """A calibrated head, out-of-fold probabilities of the training items, and notes.

    Parameters
    ----------
    estimator : classifier, unfitted
    X : features of the n training items
    y : ndarray of shape (n,), int64
        Class positions.
    names : ndarray of str
        All labels, in class order.
    take : callable
        Part of X at given positions.
    seed : int
    sample_weight : ndarray of shape (n,), optional

    Notes
    -----
    The temperature is one number chosen on the out-of-fold logits, and the out-of-fold probabilities use
    it: a bias that is small beside that of the few labels. With fewer than four labels, or all of one
    class, nothing is held out and the estimator is taken at its word.
    """
    with threads_for(len(y)):
        return _fit_head(estimator, X, y, names, take, seed, sample_weight)


def _fit_head(
    estimator: Any,
    X: Any,
    y: NDArray[np.int64],
    names: NDArray[Any],
    take: Callable[[Any, NDArray[np.int64]], Any],
    seed: int,
    sample_weight: NDArray[np.float64] | None,
) -> tuple[CalibratedHead, NDArray[np.float32] | None, tuple[str, ...]]:
    head, notes = _head(estimator, X, y, names, seed, sample_weight)
    if len(y) < FEWEST or len(np.unique(y)) < 2:
        return head, None, notes
    folds = stratified_folds(y, FOLDS, seed=seed)
    parts: list[tuple[NDArray[np.int64], CalibratedHead, NDArray[np.float64]]] = []
    for fold in range(int(folds.max()) + 1):
        inside, outside = np.flatnonzero(folds != fold), np.flatnonzero(folds == fold)
        weights = None if sample_weight is None else sample_weight[inside]
        held, _ = _head(estimator, take(X, inside), y[inside], names, seed, weights)
        parts.append((outside, held, held.logits(take(X, outside))))
    logits = np.full((len(y), len(names)), -np.inf)
    for outside, held, own in parts:
        logits[np.ix_(outside, np.asarray(held.positions))] = own
    head.scale = fit_scale(logits, y, spread=0.5 if hasattr(head.estimator, "predict_proba") else 1.0)
    oof = np.empty((len(y), len(names)), dtype=np.float32)
    for outside, held, own in parts:
        held.scale = head.scale
        oof[outside] = held.spread(own)
    return head, oof, notes


def _head(
    estimator: Any,
    X: Any,
    y: NDArray[np.int64],
    names: NDArray[Any],
    seed: int,
    sample_weight: NDArray[np.float64] | None,
) -> tuple[CalibratedHead, tuple[str, ...]]:
    present = np.unique(y)
    # Krichevsky-Trofimov: half an imaginary label for each class, so the unseen ones stay possible
    absent = 0.5 / (len(y) + 0.5 * len(names))
    if len(present) < 2:
        return CalibratedHead(None, names, present.tolist(), names[present], absent=absent), ()
    fitted, known, notes = fit_estimator(estimator, X, y, names, seed=seed, sample_weight=sample_weight)
    return CalibratedHead(fitted, names, present.tolist(), known, absent=absent), notes
