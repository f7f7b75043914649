"""Accuracy and macro-F1, each with a 95 % interval."""

from __future__ import annotations

from math import sqrt

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, generator
from asklearn.core.records import Observation

_Z = 1.959963984540054
_RESAMPLES = 400


def accuracy(truth: NDArray[np.int64], guess: NDArray[np.int64]) -> float:
    """Share of right guesses; both shape (n,), class positions."""
    return float(np.mean(truth == guess))


def wilson(p: float, n: int) -> tuple[float, float]:
    """The 95 % interval of a share p of n (Wilson, 1927); it stays in [0, 1], also for p = 0 and 1."""
    centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * sqrt(p * (1 - p) / n + _Z**2 / (4 * n**2))
    return max(0.0, centre - half), min(1.0, centre + half)


def macro_f1(truth: NDArray[np.int64], guess: NDArray[np.int64], n_classes: int) -> float:
    """Mean F1 over the classes that occur in the truth or among the guesses."""
    return float(_macro_f1_of(_confusion(truth, guess, n_classes)))


def observe(
    truth: NDArray[np.int64], guess: NDArray[np.int64], n_classes: int, *, basis: str, seed: int = 0
) -> tuple[Observation, ...]:
    """Accuracy (Wilson interval) and macro-F1 (percentile bootstrap) of n ≥ 1 guesses.

    Parameters
    ----------
    truth, guess : ndarray of shape (n,), int64
        Class positions.
    basis : str
        What the items are: ``"cross-validation"``, ``"slice"``, ``"truth"``.
    """
    n = len(truth)
    if n == 0:
        return ()
    right = accuracy(truth, guess)
    low, high = wilson(right, n)
    f1_low, f1_high = _bootstrap_f1(truth, guess, n_classes, seed)
    return (
        Observation(name="accuracy", value=right, low=low, high=high, n=n, basis=basis),
        Observation(
            name="macro-f1",
            value=macro_f1(truth, guess, n_classes),
            low=f1_low,
            high=f1_high,
            n=n,
            basis=basis,
        ),
    )


def _confusion(truth: NDArray[np.int64], guess: NDArray[np.int64], n_classes: int) -> NDArray[np.float64]:
    return (
        np.bincount(truth * n_classes + guess, minlength=n_classes**2)
        .reshape(n_classes, n_classes)
        .astype(float)
    )


def _macro_f1_of(table: NDArray[np.float64]) -> float:
    hits = np.diagonal(table)
    total = table.sum(0) + table.sum(1)
    occurs = total > 0
    return float(np.mean(2 * hits[occurs] / total[occurs])) if occurs.any() else float("nan")


def _bootstrap_f1(
    truth: NDArray[np.int64], guess: NDArray[np.int64], n_classes: int, seed: int
) -> tuple[float, float]:
    rng = generator(derive_key(seed, "bootstrap", len(truth)))
    pairs = truth * n_classes + guess
    kinds, counts = np.unique(pairs, return_counts=True)
    draws = rng.multinomial(len(truth), counts / counts.sum(), size=_RESAMPLES)
    table = np.zeros(n_classes**2)
    values = np.empty(_RESAMPLES)
    for place, draw in enumerate(draws):
        table[kinds] = draw
        values[place] = _macro_f1_of(table.reshape(n_classes, n_classes))
    low, high = np.nanpercentile(values, [2.5, 97.5])
    return float(low), float(high)
