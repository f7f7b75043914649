"""The default learner for text: sentence vectors beside TF-IDF, and the label names as prior."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder, Task
from asklearn.models.encoders import TfidfEncoder, find_encoder
from asklearn.models.estimator import LARGE
from asklearn.models.learner import Inputs
from asklearn.models.names import name_vectors

if TYPE_CHECKING:
    from asklearn.models.fitted import HeadModel


class TextLearner:
    """Sentence vectors, TF-IDF beside them on pools of up to 100,000 items, and a logistic head.

    The head's prior mean is the label names and descriptions, so it answers before the first label; see
    `asklearn.models.name_prior.NamePriorClassifier`.

    Parameters
    ----------
    fields : sequence of str
        Text columns; several are joined.
    encoder : str, callable or Encoder
        What makes the vectors; see `asklearn.models.encoders.find_encoder`.
    tfidf : bool
        Whether TF-IDF stands beside them on pools that are not too large.

    Examples
    --------
    >>> TextLearner(fields=["title", "body"]).describe()
    'label names, sentence vectors and TF-IDF of title, body'
    """

    columns: tuple[str, ...] = ()

    def __init__(self, *, fields: Sequence[str], encoder: Any = "sentence", tfidf: bool = True) -> None:
        self.fields = tuple(fields)
        self.encoder = find_encoder(encoder, self.fields)
        self.tfidf = tfidf

    @property
    def name(self) -> str:
        """``text``, its name in the registry."""
        return "text"

    def describe(self) -> str:
        """One line: what is trained on what."""
        beside = " and TF-IDF" if self.tfidf else ""
        vectors = "sentence vectors" if self.encoder.name == "sentence" else f"vectors of {self.encoder.name}"
        return f"label names, {vectors}{beside} of {', '.join(self.fields)}"

    def encoders(self, items: int) -> tuple[Encoder, ...]:
        """The encoders that serve a pool of that many items; TF-IDF is unfitted."""
        if self.tfidf and items <= LARGE:
            return (self.encoder, TfidfEncoder(self.fields))
        return (self.encoder,)

    def prior(
        self, task: Task, encoders: Mapping[str, Encoder], *, pool: Inputs | None = None
    ) -> HeadModel | None:
        """What the label names alone say of an item; None when no name says anything."""
        vectors = name_vectors(task, encoders)
        if vectors is None or not vectors.any():
            return None
        nothing = np.empty(0, dtype=np.int64)
        none = Inputs(None, {})
        return self._fit(none, nothing, task, encoders, vectors, 0, None, pool)

    def fit(
        self,
        inputs: Inputs,
        y: NDArray[np.int64],
        task: Task,
        *,
        encoders: Mapping[str, Encoder],
        seed: int = 0,
        sample_weight: NDArray[np.float64] | None = None,
        pool: Inputs | None = None,
    ) -> HeadModel:
        """The head, fitted on the labelled items."""
        vectors = name_vectors(task, encoders)
        return self._fit(inputs, y, task, encoders, vectors, seed, sample_weight, pool)

    def load(self, path: str, task: Task, encoders: Mapping[str, Encoder]) -> HeadModel:
        """The way back from `HeadModel.save`."""
        from asklearn.models.fitted import HeadModel

        return HeadModel.load(path, task, encoders)

    def _fit(
        self,
        inputs: Inputs,
        y: NDArray[np.int64],
        task: Task,
        encoders: Mapping[str, Encoder],
        vectors: NDArray[np.float32] | None,
        seed: int,
        sample_weight: NDArray[np.float64] | None,
        pool: Inputs | None,
    ) -> HeadModel:
        from asklearn.models.fitted import HeadModel
        from asklearn.models.name_prior import NamePriorClassifier
        from asklearn.models.readers import TextFeatureReader, features
        from asklearn.models.threads import threads_for

        served = {one.name: one for one in encoders.values()}
        reader = TextFeatureReader(self.fields, tuple(served.values()))
        names = np.array([str(task.display(one)) for one in task.classes])
        dense = next((one for one in served.values() if not one.sparse), None)
        sample = None if pool is None or dense is None else np.asarray(features(pool, dense), np.float32)
        X = reader.read(inputs) if len(y) else self._no_rows(reader)
        with threads_for(len(y)):
            head = NamePriorClassifier(seed=seed).fit(
                X, names[y], classes=names, name_vectors=vectors, pool=sample, sample_weight=sample_weight
            )
        oof = head.oof_proba_ if len(y) else None
        return HeadModel(task.classes, reader, head, oof)

    def _no_rows(self, reader: Any) -> Any:
        """Features of no items, of the right widths."""
        from asklearn.models.fields import as_table

        one = Inputs(as_table([dict.fromkeys(self.fields, "")], self.fields))
        return tuple(None if part is None else part[:0] for part in reader.read(one))
