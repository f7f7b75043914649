"""Weighing experts by out-of-fold predictions, and pooling them into one calibrated linear model."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, generator
from asklearn.models.experts import Expert, Fitted, Training, first_expert, fit_experts, plan
from asklearn.models.softmax import log_softmax, softmax
from asklearn.models.stacking import inverse_temperature, stacking_weights

_NEGLIGIBLE = 0.01
"""Experts with less weight than this are left out."""


@dataclass(frozen=True)
class Pooled:
    """One linear model, how much each expert gave to it, and held-out probabilities of its rows (n, C)."""

    model: Fitted
    weights: dict[Expert, float]
    oof_proba: NDArray[np.float32]


def fit_pooled(training: Training, seed: int, *, named: bool) -> Pooled:
    """Fit the experts out of fold, weigh them, fit those that count on all rows, calibrate the pool.

    Logits are pooled, not probabilities, so that the result is one linear model, as small and fast as a
    single expert; the last temperature undoes the sharpness that this adds or takes.
    """
    pooled = len(training.pool) > 0
    if len(training) == 0:
        return _without_labels(training, first_expert(len(training.names), named=named, pooled=pooled))
    experts, prior = plan(len(training), len(training.names), named=named, pooled=pooled)
    held_out = _held_out(training, experts, seed)
    factors = np.array([inverse_temperature(p, training.y, training.weight) for p in held_out])
    calibrated = log_softmax(held_out * factors[:, None, None].astype(np.float32))
    log_likelihood = calibrated[:, np.arange(len(training)), training.y].astype(np.float64)
    weights = stacking_weights(log_likelihood, prior, training.weight)
    weights = np.where(weights < _NEGLIGIBLE, 0.0, weights) / weights[weights >= _NEGLIGIBLE].sum()
    mixed = np.tensordot((weights * factors).astype(np.float32), held_out, axes=1)
    final = inverse_temperature(mixed, training.y, training.weight)
    kept = np.flatnonzero(weights)
    fitted = fit_experts(training, [experts[k] for k in kept])
    return Pooled(
        model=_combine(fitted, (final * factors * weights)[kept]),
        weights={experts[k]: float(weights[k]) for k in kept},
        oof_proba=softmax(np.float32(final) * mixed),
    )


def _without_labels(training: Training, expert: Expert) -> Pooled:
    """Take one expert's word: without labels none can be told from another."""
    nobody = np.zeros((0, len(training.names)), np.float32)
    return Pooled(model=fit_experts(training, [expert])[0], weights={expert: 1.0}, oof_proba=nobody)


def _combine(fitted: list[Fitted], factors: NDArray[np.float64]) -> Fitted:
    """Sum of linear models, each times its factor."""
    weighted = list(zip(fitted, factors.astype(np.float32), strict=True))
    return Fitted(
        prior=np.sum([f * model.prior for model, f in weighted], axis=0),
        coef=np.sum([f * model.coef for model, f in weighted], axis=0),
        intercept=np.sum([f * model.intercept for model, f in weighted], axis=0),
    )


def _held_out(training: Training, experts: list[Expert], seed: int) -> NDArray[np.float32]:
    """Out-of-fold log-probabilities, shape (K, n, C)."""
    fold = stratified_folds(training.y, seed)
    predictions = np.empty((len(experts), len(training), len(training.names)), np.float32)
    for held in np.unique(fold):
        inside, outside = np.flatnonzero(fold != held), np.flatnonzero(fold == held)
        for k, model in enumerate(fit_experts(training.take(inside), experts)):
            logits = model.logits(training.Z[outside], training.vectors[outside])
            predictions[k, outside] = log_softmax(logits)
    return predictions


def stratified_folds(y: NDArray[np.int64], seed: int) -> NDArray[np.int64]:
    """Fold of each row: ten up to 50 rows, five up to 400, then three; classes are spread over folds."""
    n = len(y)
    folds = min(n, 10 if n <= 50 else 5 if n <= 400 else 3)
    shuffled = generator(derive_key(seed, "folds")).permutation(n)
    ordered = shuffled[np.argsort(y[shuffled], kind="stable")]
    fold = np.empty(n, np.int64)
    fold[ordered] = np.arange(n) % folds
    return fold
