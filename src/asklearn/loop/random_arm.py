"""How good the same learner would be with as many labels drawn at random: an honest comparison.

Needs the truth, so it serves demonstrations and simulations only.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, uniform
from asklearn.loop.material import Material
from asklearn.loop.state import State
from asklearn.models.learner import Inputs


@dataclass(frozen=True)
class Comparison:
    """Accuracy on held-out items after the same number of labels."""

    labels: int
    chosen: float
    random: float


def compare_with_random(
    state: State,
    material: Material,
    truth: NDArray[np.int64],
    held_out: Inputs,
    held_out_y: NDArray[np.int64],
) -> Comparison:
    """Train on as many random labels as are known, and test both models on held-out items.

    Parameters
    ----------
    truth : ndarray of shape (n,), int64
        Class position of every item of the pool; -1 where it is not known.
    held_out : Inputs
        Items that are in no pool.
    """
    config, n = state.config, len(state.known)
    rows = np.flatnonzero(material.askable & (truth >= 0))
    order = np.argsort(uniform(derive_key(config.seed, "random arm"), material.keys[rows]), kind="stable")
    rows = rows[order[:n]].astype(np.int64)
    columns = config.learner.columns
    arm = config.learner.fit(
        material.inputs(rows, columns),
        truth[rows],
        config.task,
        encoders=material.encoders,
        seed=config.seed,
        pool=material.sample(config.seed, columns),
    )
    if state.model is None:
        raise ValueError("the state has no trained model to compare")
    return Comparison(
        labels=n,
        chosen=_accuracy(state.model.predict_proba(held_out), held_out_y),
        random=_accuracy(arm.predict_proba(held_out), held_out_y),
    )


def _accuracy(proba: NDArray[np.float32], y: NDArray[np.int64]) -> float:
    return float(np.mean(proba.argmax(1) == y))
