"""Several models that read different columns, answering as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from asklearn.core.protocols import Encoder
from asklearn.models.learner import Inputs
from asklearn.models.readers import Reader
from asklearn.models.temperature import softmax

_WEIGHTS = (0.0, 0.25, 0.5, 0.75, 1.0, 1.25)
_FLOOR = 1e-6


class FusedReader(Reader):
    """What several readers make of the same items, as a tuple.

    Parameters
    ----------
    fields : sequence of str
        All columns.
    readers : sequence of Reader
    """

    def __init__(self, fields: Sequence[str] = (), readers: Sequence[Reader] = ()) -> None:
        super().__init__(fields)
        self.readers = readers

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw fields that any of them needs."""
        return tuple(dict.fromkeys(name for one in self.readers for name in one.columns))

    def read(self, inputs: Inputs) -> tuple[Any, ...]:
        """The tuple."""
        return tuple(one.read(inputs) for one in self.readers)

    def detached(self) -> FusedReader:
        """All of them without encoders."""
        return FusedReader(self.fields, [one.detached() for one in self.readers])

    def attached(self, encoders: Mapping[str, Encoder]) -> FusedReader:
        """All of them with encoders again."""
        return FusedReader(self.fields, [one.attached(encoders) for one in self.readers])


class FusedHead(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A log-linear pool: probabilities multiplied, each to the power of its weight.

    Parameters
    ----------
    heads : sequence of fitted classifiers
        Of the same classes in the same order.
    weights : sequence of float
    """

    def __init__(self, heads: Sequence[Any] = (), weights: Sequence[float] = ()) -> None:
        self.heads = heads
        self.weights = weights

    @property
    def classes_(self) -> NDArray[Any]:
        """Names of all labels."""
        return np.asarray(self.heads[0].classes_)

    def fit(self, X: Any, y: Any) -> FusedHead:
        """Refused: the parts come fitted."""
        raise NotImplementedError("A fused head is made by a learner's fit; it cannot be fitted alone.")

    def predict_proba(self, X: Sequence[Any]) -> NDArray[np.float32]:
        """Probabilities, shape (n, n_classes), float32."""
        return pooled(
            [head.predict_proba(part) for head, part in zip(self.heads, X, strict=True)], self.weights
        )

    def predict(self, X: Sequence[Any]) -> NDArray[Any]:
        """The likeliest label's name for each item."""
        best: NDArray[Any] = self.classes_[np.argmax(self.predict_proba(X), axis=1)]
        return best

    def __sklearn_is_fitted__(self) -> bool:
        return len(self.heads) > 0


def pooled(parts: Sequence[NDArray[np.float32]], weights: Sequence[float]) -> NDArray[np.float32]:
    """Probabilities multiplied, each to the power of its weight, and normalised."""
    logits = sum(
        weight * np.log(np.maximum(part.astype(np.float64), _FLOOR))
        for part, weight in zip(parts, weights, strict=True)
    )
    return softmax(np.asarray(logits)).astype(np.float32)


def choose_weights(parts: Sequence[NDArray[np.float32]], y: NDArray[np.int64]) -> tuple[float, ...]:
    """The weights of the lowest log-loss on out-of-fold probabilities, drawn to (1, ½, …) by a weak prior."""
    start = np.array([1.0, *[0.5] * (len(parts) - 1)])

    def loss(weights: tuple[float, ...]) -> float:
        true = pooled(parts, weights)[np.arange(len(y)), y]
        return float(-np.log(np.maximum(true, _FLOOR)).sum() + 2.0 * np.sum((np.array(weights) - start) ** 2))

    candidates = [one for one in product(_WEIGHTS, repeat=len(parts)) if any(one)]
    return min(candidates, key=loss)
