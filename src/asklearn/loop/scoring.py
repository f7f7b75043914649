"""Which model speaks, and its probabilities over the pool, in blocks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from asklearn.core.records import Suggestion
from asklearn.core.view import BLOCK_ROWS
from asklearn.loop.material import Material
from asklearn.loop.sampling import sample_rows
from asklearn.loop.state import State
from asklearn.models.learner import FittedModel

Source = Literal["model", "names", "brought"]
_LARGEST = 1 << 28
"""Most probabilities held at once (1 GiB of float32); larger pools are scored on a keyed sample."""
_SHOWN = 10


def speaker(state: State, material: Material) -> tuple[FittedModel | None, Source]:
    """The newest trained model; before it a weak model brought along, else the label names."""
    if state.model is not None:
        return state.model, "model"
    if state.brought is not None:
        return state.brought, "brought"
    learner = state.config.learner
    sample = material.sample(state.config.seed, learner.columns)
    return learner.prior(state.config.task, material.encoders, pool=sample), "names"


def scored_rows(state: State, material: Material, rows: NDArray[np.int64]) -> NDArray[np.int64]:
    """The rows to score: all, or on a huge pool a keyed sample that is the same in every round."""
    most = max(BLOCK_ROWS, _LARGEST // max(1, len(state.config.task.classes)))
    if len(rows) <= most:
        return rows
    wanted = np.zeros(len(material), dtype=bool)
    wanted[rows] = True
    return sample_rows(material.keys, wanted, state.config.seed, size=most, purpose="scored")


def probabilities(
    model: FittedModel,
    material: Material,
    rows: NDArray[np.int64],
    stop: Callable[[], bool] | None = None,
) -> NDArray[np.float32]:
    """Probabilities of those rows, shape (n, n_classes)."""
    proba = np.empty((len(rows), len(model.classes)), dtype=np.float32)
    for start in range(0, len(rows), BLOCK_ROWS):
        if stop is not None and stop():
            raise InterruptedError
        part = slice(start, start + BLOCK_ROWS)
        proba[part] = model.predict_proba(material.inputs(rows[part], model.columns))
    return proba


def suggestion(p: NDArray[np.float32], classes: tuple[str, ...], model: int, source: Source) -> Suggestion:
    """The likeliest label of one item, with the largest probabilities."""
    order = np.argsort(-p, kind="stable")[:_SHOWN]
    return Suggestion(
        value=classes[order[0]],
        probability=round(float(p[order[0]]), 4),
        probabilities={classes[k]: round(float(p[k]), 4) for k in order},
        model=model,
        source=source,
    )
