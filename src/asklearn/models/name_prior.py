"""The default text head: a calibrated logistic model whose prior mean is the label names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin

from asklearn.core.errors import InputError
from asklearn.models.cross_fit import Pooled, fit_pooled
from asklearn.models.experts import Training
from asklearn.models.frame import Frame, learn_frame
from asklearn.models.prototypes import centred_names
from asklearn.models.softmax import softmax
from asklearn.models.span import Span
from asklearn.models.sparse_part import SparsePart
from asklearn.models.text_features import TextFeatures
from asklearn.models.threads import threads_for

_BLOCK_ROWS = 8_192


class NamePriorClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Multinomial logistic regression on text features with the label names as prior mean.

    ``logits = s * cos(x, prototype of c) + x V + b``. Prototypes are the vectors of the label names, moved to
    where the unlabelled pool and the labels are. A small set of such models, which trust the names to
    different degrees (not at all, too), is weighed by out-of-fold log-loss and pooled into one linear model,
    which one temperature calibrates. With no labels the names alone answer; with no names and no labels
    every class is equally likely; a class without a label stays possible.

    Parameters
    ----------
    seed : int
        Decides the folds; the same seed gives the same model on one installation.

    Attributes
    ----------
    classes_ : ndarray of shape (C,)
    oof_proba_ : ndarray of shape (n, C), float32
        Calibrated probabilities of the training rows, each from models that did not see its label. Only the
        weights of the experts and the temperatures, a handful of figures, were chosen on the same rows.
    expert_weights_ : dict of str to float
        How much each expert counts: what the names are worth on this task can be read from it.
    coef_ : ndarray of shape (d, C), float32
        Coefficients of the centred unit sentence vector, prior mean included.
    intercept_ : ndarray of shape (C,), float32
    """

    def __init__(self, *, seed: int = 0) -> None:
        self.seed = seed

    def fit(
        self,
        X: Any,
        y: Any,
        *,
        classes: Sequence[Any] | NDArray[Any] | None = None,
        name_vectors: NDArray[Any] | None = None,
        pool: NDArray[Any] | None = None,
        sample_weight: NDArray[Any] | None = None,
    ) -> NamePriorClassifier:
        """Fit on n labelled rows, which may be none.

        Parameters
        ----------
        X : TextFeatures, (dense, sparse), array of shape (n, d) or sparse matrix of shape (n, t)
            Sentence vectors of any length, TF-IDF, or both.
        y : array of shape (n,)
            Classes.
        classes : sequence, optional
            All classes, in the order of the columns wanted; the sorted classes of `y` otherwise.
        name_vectors : array of shape (C, d), optional
            Sentence vector of each class's name (and description); a row of zeros where there is none.
        pool : array of shape (m, d), optional
            Sentence vectors of a random sample of all items, labelled or not; 2,000 to 5,000 are enough.
        sample_weight : array of shape (n,), optional
            Weights of the rows.

        Raises
        ------
        InputError
            When lengths do not fit, or a class of `y` is not among `classes`.
        """
        rows = TextFeatures.of(X)
        self.classes_, targets = _classes_and_targets(y, classes)
        weight = _weights(sample_weight, len(targets))
        self.n_dense_ = 0 if rows.dense is None else int(rows.dense.shape[1])
        self.n_sparse_ = 0 if rows.sparse is None else int(rows.sparse.shape[1])
        _check_rows(len(rows), len(targets))
        others = _matrix(pool, None, self.n_dense_, "pool")
        names = _matrix(name_vectors, len(self.classes_), self.n_dense_, "name_vectors")

        with threads_for(len(rows)):
            self._learn(rows, targets, weight, names, others)
        return self

    def predict_proba(self, X: Any) -> NDArray[np.float32]:
        """Calibrated probabilities, shape (n, C), float32; columns in the order of `classes_`."""
        rows = TextFeatures.of(X)
        self._check_width(rows)
        frame = Frame(self.centre_, self.sparse_scale_)
        sparse = self._sparse_part()
        blocks = []
        for start in range(0, max(len(rows), 1), _BLOCK_ROWS):
            block = rows.take(slice(start, start + _BLOCK_ROWS))
            logits = np.tile(self.intercept_, (len(block), 1))
            if block.dense is not None:
                logits += frame.vectors(block.dense) @ self.coef_
            if sparse is not None:
                logits += np.float32(self.sparse_scale_) * sparse.logits(block.sparse)
            blocks.append(softmax(logits))
        return np.concatenate(blocks)

    def predict(self, X: Any) -> NDArray[Any]:
        """Most likely class of each row."""
        return np.asarray(self.classes_[self.predict_proba(X).argmax(axis=1)])

    def _learn(
        self,
        rows: TextFeatures,
        y: NDArray[np.int64],
        weight: NDArray[np.float32],
        names: NDArray[np.float32],
        pool: NDArray[np.float32],
    ) -> None:
        frame = learn_frame(rows, pool)
        features = frame.apply(rows)
        span = Span.of(features, self.seed)
        training = Training(
            Z=span.coordinates(features),
            vectors=np.zeros((len(rows), 0), np.float32) if features.dense is None else features.dense,
            y=y,
            weight=weight,
            names=centred_names(names),
            pool=frame.vectors(pool),
        )
        self._keep(fit_pooled(training, self.seed, named=bool(names.any())), span, frame)

    def _keep(self, pooled: Pooled, span: Span, frame: Frame) -> None:
        """Remember one linear model: dense coefficients, and TF-IDF ones by the rows that span them."""
        dual = span.axes @ pooled.model.coef
        coef = pooled.model.prior.T
        if span.landmarks.dense is not None:
            coef = coef + span.landmarks.dense.T @ dual
        self.centre_, self.sparse_scale_ = frame.centre, frame.sparse_scale
        self.coef_, self.intercept_ = np.ascontiguousarray(coef), pooled.model.intercept
        self.dual_coef_ = dual
        self.landmarks_ = SparsePart.arrays(span.landmarks.sparse)
        self.oof_proba_ = pooled.oof_proba
        self.expert_weights_ = {str(expert): weight for expert, weight in pooled.weights.items()}

    def _sparse_part(self) -> SparsePart | None:
        return SparsePart.of(self.landmarks_, self.n_sparse_, self.dual_coef_) if self.n_sparse_ else None

    def _check_width(self, rows: TextFeatures) -> None:
        dense = 0 if rows.dense is None else rows.dense.shape[1]
        sparse = 0 if rows.sparse is None else rows.sparse.shape[1]
        if (dense, sparse) != (self.n_dense_, self.n_sparse_):
            raise InputError(
                f"This model was fitted on {self.n_dense_} vector and {self.n_sparse_} TF-IDF columns, not "
                f"{dense} and {sparse}; encode the items as for training."
            )


def _classes_and_targets(y: Any, classes: Any) -> tuple[NDArray[Any], NDArray[np.int64]]:
    given = np.asarray(y)
    order = np.unique(given) if classes is None else np.asarray(classes)
    if len(order) == 0:
        raise InputError("There are no labels, so the classes are not known; pass them as classes=[…].")
    position = {value: index for index, value in enumerate(order.tolist())}
    unknown = [value for value in given.tolist() if value not in position]
    if unknown:
        raise InputError(f"The label {unknown[0]!r} in y is not among classes; add it there or correct it.")
    return order, np.array([position[value] for value in given.tolist()], dtype=np.int64)


def _weights(sample_weight: Any, n: int) -> NDArray[np.float32]:
    weight = np.ones(n, np.float32) if sample_weight is None else np.asarray(sample_weight, np.float32)
    if weight.shape != (n,):
        raise InputError(f"sample_weight has shape {weight.shape}, but there are {n} labels; give one each.")
    return weight


def _check_rows(rows: int, labels: int) -> None:
    if rows != labels:
        raise InputError(f"X has {rows} rows but y has {labels} labels; give one label for each row.")


def _matrix(given: Any, rows: int | None, width: int, name: str) -> NDArray[np.float32]:
    """Check vectors, or make zeros where none are given."""
    if given is None:
        return np.zeros((rows or 0, width), np.float32)
    vectors = np.asarray(given, dtype=np.float32)
    if vectors.ndim != 2 or vectors.shape[1] != width or (rows is not None and len(vectors) != rows):
        raise InputError(
            f"{name} has shape {vectors.shape}, but ({'any' if rows is None else rows}, {width}) is needed: "
            "vectors of the same encoder as X."
        )
    return vectors
