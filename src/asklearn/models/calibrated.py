"""The last step of every fitted pipeline: an estimator that answers for every label, honestly."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from asklearn.models.temperature import softmax

FLOOR = 1e-4
"""No probability of an estimator is taken to be less than this: a forest's zero means "not seen"."""

SURE = 4.0
"""Logit of a bare predicted label before calibration."""


class CalibratedHead(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """A fitted estimator, its temperature, and the place of its classes among all labels.

    Parameters
    ----------
    estimator : fitted classifier or None
        None when all labels seen are of one class.
    classes : sequence of str
        Names of all labels, in the task's order.
    positions : sequence of int
        Place among ``classes`` of each class that the estimator knows, in the order of its classes.
    known : sequence
        The estimator's own classes: names, or numbers when it refuses texts.
    scale : float
        Factor on its logits.
    absent : float
        Probability of each label that the estimator has never seen.
    """

    def __init__(
        self,
        estimator: Any = None,
        classes: Sequence[str] | NDArray[Any] = (),
        positions: Sequence[int] = (),
        known: Sequence[Any] | NDArray[Any] = (),
        scale: float = 1.0,
        absent: float = 0.0,
    ) -> None:
        self.estimator = estimator
        self.classes = classes
        self.positions = positions
        self.known = known
        self.scale = scale
        self.absent = absent

    @property
    def classes_(self) -> NDArray[Any]:
        """Names of all labels, in the task's order."""
        return np.asarray(self.classes)

    def fit(self, X: Any, y: Any) -> CalibratedHead:
        """Refused: the head comes fitted out of a learner."""
        raise NotImplementedError("A calibrated head is made by a learner's fit; it cannot be fitted alone.")

    def predict_proba(self, X: Any) -> NDArray[np.float32]:
        """Probabilities, shape (n, n_classes), float32; rows sum to one."""
        return self.spread(self.logits(X))

    def spread(self, logits: NDArray[np.float64]) -> NDArray[np.float32]:
        """Probabilities over all labels, from the logits of those that the estimator knows."""
        inner = softmax(self.scale * logits)
        missing = len(self.classes) - len(self.positions)
        out = np.full((len(inner), len(self.classes)), self.absent, dtype=np.float64)
        out[:, list(self.positions)] = inner * (1.0 - self.absent * missing)
        out /= out.sum(axis=1, keepdims=True)
        return np.asarray(out, dtype=np.float32)

    def predict(self, X: Any) -> NDArray[Any]:
        """The likeliest label's name for each item."""
        best: NDArray[Any] = self.classes_[np.argmax(self.predict_proba(X), axis=1)]
        return best

    def logits(self, X: Any) -> NDArray[np.float64]:
        """Uncalibrated logits of the classes that the estimator knows, shape (n, n_known)."""
        if self.estimator is None:
            return np.zeros((rows_of(X), 1))
        return estimator_logits(self.estimator, X, self.known)

    def __sklearn_is_fitted__(self) -> bool:
        return len(self.classes) > 0


def rows_of(X: Any) -> int:
    """How many items there are."""
    return int(X.shape[0]) if hasattr(X, "shape") else len(X)


def estimator_logits(estimator: Any, X: Any, known: Sequence[Any] | NDArray[Any]) -> NDArray[np.float64]:
    """Logits out of any classifier: probabilities if it has them, else decision values, else labels.

    Parameters
    ----------
    estimator : fitted classifier
    X : features
    known : sequence
        Its classes, in the order wanted.

    Returns
    -------
    ndarray of shape (n, len(known)), float64
    """
    if rows_of(X) == 0:
        return np.zeros((0, len(known)))
    own, order = _columns(estimator, known)
    if hasattr(estimator, "predict_proba"):
        P = np.asarray(estimator.predict_proba(X), dtype=np.float64)
        if P.shape[1:] == (own,):
            return np.asarray(np.log(np.clip(P[:, order], FLOOR, 1.0)))
    elif hasattr(estimator, "decision_function"):
        D = np.asarray(estimator.decision_function(X), dtype=np.float64)
        D = np.column_stack([np.zeros(len(D)), D]) if D.ndim == 1 else D
        if D.shape[1] == own:
            return np.asarray(D[:, order])
    labels = np.asarray(estimator.predict(X))
    return np.asarray(SURE * (labels[:, None] == np.asarray(known)[None, :]), dtype=np.float64)


def _columns(estimator: Any, known: Sequence[Any] | NDArray[Any]) -> tuple[int, list[int]]:
    """How many columns the estimator answers, and the one of each known class."""
    try:
        own = list(estimator.classes_)
        return len(own), [own.index(one) for one in known]
    except (AttributeError, ValueError):
        return len(known), list(range(len(known)))
