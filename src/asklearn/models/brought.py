"""A weak model that a team has already serves as round 0: an estimator, or columns of its answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClassifierMixin
from sklearn.exceptions import NotFittedError
from sklearn.utils.validation import check_is_fitted

from asklearn.core.errors import InputError
from asklearn.core.protocols import Encoder, Task
from asklearn.models.calibrated import CalibratedHead
from asklearn.models.estimator import EstimatorLearner
from asklearn.models.fitted import HeadModel
from asklearn.models.fitting import called
from asklearn.models.learner import Inputs
from asklearn.models.readers import Reader
from asklearn.models.table import number_column

SURE = 0.8
"""Probability of a bare predicted label, as nobody says how good the model is."""


class ColumnReader(Reader):
    """The columns as they are."""

    def read(self, inputs: Inputs) -> pa.Table:
        """A table of those columns."""
        return inputs.fields.select(list(self.fields))


class ColumnsClassifier(ClassifierMixin, BaseEstimator):  # type: ignore[misc]
    """Reads its answers from columns.

    Parameters
    ----------
    classes : sequence of str
        Names of all labels.
    prediction : str
        Column of predicted label names; empty for none. A value that is no label says nothing.
    probabilities : mapping of str to str
        Column of each label's probability; used where there is one, and before the prediction.
    """

    def __init__(
        self,
        classes: Sequence[str] = (),
        prediction: str = "",
        probabilities: Mapping[str, str] | None = None,
    ) -> None:
        self.classes = classes
        self.prediction = prediction
        self.probabilities = probabilities

    @property
    def classes_(self) -> NDArray[Any]:
        """Names of all labels."""
        return np.asarray(self.classes)

    def fit(self, X: Any, y: Any) -> ColumnsClassifier:
        """Refused: the answers are in the columns."""
        raise NotImplementedError("Answers read from columns are not fitted.")

    def predict_proba(self, X: pa.Table) -> NDArray[np.float32]:
        """Probabilities, shape (n, n_classes); equal ones where the columns say nothing."""
        P = np.zeros((len(X), len(self.classes)))
        for name, column in (self.probabilities or {}).items():
            P[:, list(self.classes).index(name)] = np.nan_to_num(number_column(X.column(column)))
        P = np.clip(P, 0.0, None)
        if self.prediction:
            silent = P.sum(axis=1) <= 0
            P[silent] = self._guesses(X.column(self.prediction))[silent]
        P[P.sum(axis=1) <= 0] = 1.0
        P += 1e-4 * P.sum(axis=1, keepdims=True)
        return np.asarray(P / P.sum(axis=1, keepdims=True), dtype=np.float32)

    def predict(self, X: pa.Table) -> NDArray[Any]:
        """The likeliest label's name for each item."""
        best: NDArray[Any] = self.classes_[np.argmax(self.predict_proba(X), axis=1)]
        return best

    def _guesses(self, column: pa.ChunkedArray) -> NDArray[np.float64]:
        known = pa.array(list(self.classes), pa.string())
        places = pc.fill_null(pc.index_in(pc.cast(column, pa.string()), value_set=known), -1).to_numpy()
        size = len(self.classes)
        P = np.full((len(places), size), (1 - SURE) / max(size - 1, 1))
        P[np.arange(len(places)), places] = SURE if size > 1 else 1.0
        P[places < 0] = 0.0
        return P

    def __sklearn_is_fitted__(self) -> bool:
        return len(self.classes) > 0


def brought_columns(
    task: Task, *, prediction: str = "", probabilities: Mapping[str, str] | None = None
) -> HeadModel:
    """Round 0 from columns of the pool.

    Parameters
    ----------
    task : Task
    prediction : str
        Column of predicted label names.
    probabilities : mapping of str to str
        Label name to column.

    Raises
    ------
    InputError
        When no column is named, or a probability is of no label of the task.
    """
    names = [str(task.display(one)) for one in task.classes]
    columns = dict(probabilities or {})
    if not prediction and not columns:
        raise InputError("A model brought along needs a column of predictions, or columns of probabilities.")
    strange = [name for name in columns if name not in names]
    if strange:
        raise InputError(
            f"The probabilities in column {columns[strange[0]]!r} are of {strange[0]!r}, which is no label "
            f"of this task; its labels are {', '.join(map(repr, names))}."
        )
    head = ColumnsClassifier(names, prediction, columns)
    fields = tuple(dict.fromkeys([*columns.values(), *([prediction] if prediction else [])]))
    return HeadModel(task.classes, ColumnReader(fields), head)


def brought_estimator(
    estimator: Any,
    task: Task,
    *,
    fields: Sequence[str],
    kinds: Mapping[str, str] | None = None,
    reads: str = "auto",
    encoders: Mapping[str, Encoder] | None = None,
) -> HeadModel:
    """Round 0 from a classifier that is fitted already.

    Parameters
    ----------
    estimator : fitted classifier or pipeline
        Its classes are label names; those that the task does not have are left out.
    task : Task
    fields, kinds, reads
        As for `asklearn.models.estimator.EstimatorLearner`.
    encoders : mapping of str to Encoder, optional
        When it reads features of encoders, those.

    Raises
    ------
    InputError
        When it is not fitted, shares no class with the task, or reads features that nobody here can make.
    """
    learner = EstimatorLearner(estimator, fields=fields, kinds=kinds, reads=reads)
    try:
        check_is_fitted(estimator)
    except (NotFittedError, TypeError):
        raise InputError(
            f"{called(estimator)} is not fitted yet; fit it, or give it as the project's learner instead."
        ) from None
    if learner.reads in ("features", "table") and not encoders:
        raise InputError(
            f"{called(estimator)} reads features that only you can make; bring the whole pipeline, from text "
            "to label."
        )
    names = np.array([str(task.display(one)) for one in task.classes])
    own = {str(one): one for one in estimator.classes_}
    positions = [place for place, name in enumerate(names) if name in own]
    if not positions:
        raise InputError(
            f"{called(estimator)} predicts {', '.join(map(repr, list(own)[:8]))}, none of which is a label "
            f"of this task; its labels are {', '.join(map(repr, names.tolist()[:8]))}."
        )
    known = np.array([own[names[place]] for place in positions])
    head = CalibratedHead(estimator, names, positions, known, absent=0.5 / (20 + 0.5 * len(names)))
    return HeadModel(task.classes, learner.reader(encoders or {}), head)
