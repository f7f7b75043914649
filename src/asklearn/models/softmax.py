"""Multinomial logistic regression with an offset and a penalty on every coefficient, the intercept too."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

_MAX_ITERATIONS = 100


def log_softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Logarithms of the probabilities, row by row; any float dtype is kept."""
    shifted = logits - logits.max(axis=-1, keepdims=True)
    shifted -= np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return np.asarray(shifted)


def softmax(logits: NDArray[Any]) -> NDArray[Any]:
    """Probabilities, row by row; any float dtype is kept."""
    p = np.exp(logits - logits.max(axis=-1, keepdims=True))
    p /= p.sum(axis=-1, keepdims=True)
    return np.asarray(p)


@dataclass(frozen=True)
class Penalty:
    """Precisions of the Gaussian priors: of the coefficients, and of the intercepts."""

    coef: float
    intercept: float


def fit_softmax(
    Z: NDArray[np.float32],
    offset: NDArray[np.float32],
    y: NDArray[np.int64],
    sample_weight: NDArray[np.float32],
    penalty: Penalty,
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Coefficients (r, C) and intercepts (C,) of ``softmax(offset + Z W + b)``.

    With no rows both are zero, so that the offset alone decides. The variables are scaled by the bound of
    Böhning (1992, "Multinomial logistic regression algorithm") on the curvature, which is nearly diagonal
    when the columns of `Z` are principal axes; L-BFGS then needs few steps.

    Parameters
    ----------
    Z : ndarray of shape (n, r)
        Features; best orthogonal.
    offset : ndarray of shape (n, C)
        Fixed part of the logits.
    y : ndarray of shape (n,)
        Class positions.
    sample_weight : ndarray of shape (n,)
        Weight of each row's log-loss.
    penalty : Penalty
        Both entries positive.
    """
    n, r = Z.shape
    n_classes = offset.shape[1]
    if n == 0:
        return np.zeros((r, n_classes), np.float32), np.zeros(n_classes, np.float32)
    scale = _scale(Z, sample_weight, n_classes, penalty)
    ridge = np.append(np.full(r, penalty.coef), penalty.intercept).astype(np.float32)[:, None]
    design = np.hstack([Z, np.ones((n, 1), np.float32)])
    rows = np.arange(n)

    def loss(flat: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        W = flat.reshape(r + 1, n_classes).astype(np.float32) * scale
        log_p = log_softmax(offset + design @ W)
        value = -float(np.dot(sample_weight, log_p[rows, y])) + 0.5 * float((ridge * W * W).sum())
        residual = np.exp(log_p)
        residual[rows, y] -= 1.0
        residual *= sample_weight[:, None]
        gradient = (design.T @ residual + ridge * W) * scale
        return value, gradient.ravel().astype(np.float64)

    flat = _minimise(loss, (r + 1) * n_classes)
    solution = flat.reshape(r + 1, n_classes).astype(np.float32) * scale
    return solution[:r], solution[r]


def _scale(
    Z: NDArray[np.float32], sample_weight: NDArray[np.float32], n_classes: int, penalty: Penalty
) -> NDArray[np.float32]:
    """One over the root of the expected curvature, shape (r + 1, 1)."""
    typical = (1.0 - 1.0 / n_classes) / n_classes
    curvature = typical * (sample_weight[:, None] * Z * Z).sum(axis=0) + penalty.coef
    whole = np.append(curvature, typical * sample_weight.sum() + penalty.intercept)
    return np.asarray(1.0 / np.sqrt(whole[:, None]), dtype=np.float32)


def _minimise(loss: Any, size: int) -> NDArray[np.float64]:
    from scipy.optimize import minimize

    found = minimize(
        loss,
        np.zeros(size),
        jac=True,
        method="L-BFGS-B",
        options={"maxiter": _MAX_ITERATIONS, "ftol": 1e-4, "gtol": 1e-3},
    )
    return np.asarray(found.x, dtype=np.float64)
