"""Putting experts together by what they say about items they did not see.

Choosing one expert by out-of-fold log-loss gives away points when labels are few; weighing all of them gives
most of that back (Yao et al., 2018, "Using stacking to average Bayesian predictive distributions").
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from asklearn.models.softmax import log_softmax

_PRIOR_COUNT = 2.0
"""The prior weights count as much as this many items."""
_TEMPERATURE_SPREAD = 0.35
"""Prior standard deviation of the logarithm of an inverse temperature."""


def inverse_temperature(
    log_p: NDArray[np.float32], y: NDArray[np.int64], weight: NDArray[np.float32]
) -> float:
    """Factor on the logits that makes these held-out predictions calibrated; near 1 when they are few.

    Temperature scaling (Guo et al., 2017, "On calibration of modern neural networks"), log-normal prior.

    Parameters
    ----------
    log_p : ndarray of shape (n, C)
        Held-out log-probabilities or logits.
    y, weight : ndarray of shape (n,)
        True class positions, and weights of the rows.
    """
    from scipy.optimize import minimize_scalar

    rows = np.arange(len(y))

    def loss(log_factor: float) -> float:
        fit = float(np.dot(weight, log_softmax(np.exp(log_factor) * log_p)[rows, y]))
        return -fit + 0.5 * (log_factor / _TEMPERATURE_SPREAD) ** 2

    found = minimize_scalar(loss, bounds=(-3.0, 3.0), method="bounded", options={"xatol": 1e-2})
    return float(np.exp(found.x))


def stacking_weights(
    log_likelihood: NDArray[np.float64], prior: NDArray[np.float64], weight: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Weights of the experts, summing to one: the mixture that best predicts, held by a Dirichlet prior.

    Parameters
    ----------
    log_likelihood : ndarray of shape (K, n)
        Held-out log-probability of the true class, expert by item.
    prior : ndarray of shape (K,)
        Weights before any label; sum to one.
    weight : ndarray of shape (n,)
        Weights of the items.
    """
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=0, initial=-np.inf))
    weights = prior.copy()
    for _ in range(200):
        share = weights[:, None] * likelihood
        share /= share.sum(axis=0)
        weights = (share @ weight + _PRIOR_COUNT * prior) / (weight.sum() + _PRIOR_COUNT)
    return weights
