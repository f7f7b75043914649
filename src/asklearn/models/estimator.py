"""Any scikit-learn classifier or pipeline as a learner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.protocols import Encoder, Task
from asklearn.models.encoders import SentenceEncoder, TfidfEncoder, VectorEncoder
from asklearn.models.encoders.tfidf import HashedTfidfEncoder
from asklearn.models.fields import VECTOR
from asklearn.models.learner import Inputs
from asklearn.models.wants import WANTS, Wants, feature_names, wants

if TYPE_CHECKING:
    from asklearn.models.fitted import HeadModel
    from asklearn.models.readers import Reader

LARGE = 100_000
"""Above so many items TF-IDF costs more than it gives, and sentence vectors serve alone."""


class EstimatorLearner:
    """Adapts a scikit-learn classifier, pipeline or search, whatever it reads and answers.

    Parameters
    ----------
    estimator : classifier
        Unfitted; it is cloned for every fit.
    fields : sequence of str
        Columns that it learns from.
    kinds : mapping of str to str, optional
        Kind of each field: ``"text"``, ``"number"``, ``"category"`` or ``"vector"``; text by default.
    reads : {"auto", "texts", "frame", "features", "vectors", "table"}
        What it is fed with; "auto" decides by its first step, see `asklearn.models.wants.wants`.
    encoders : sequence of Encoder, optional
        In place of those that `asklearn.models.wants.feature_names` gives.
    trusted : sequence of str
        Full names of types, besides scikit-learn's own, that its saved models may hold.

    Examples
    --------
    >>> from sklearn.linear_model import LogisticRegression
    >>> EstimatorLearner(LogisticRegression(), fields=["body"]).describe()
    'LogisticRegression on the features of body'
    """

    def __init__(
        self,
        estimator: Any,
        *,
        fields: Sequence[str],
        kinds: Mapping[str, str] | None = None,
        reads: str = "auto",
        encoders: Sequence[Encoder] | None = None,
        trusted: Sequence[str] = (),
    ) -> None:
        self.estimator = estimator
        self.fields = tuple(fields)
        self.kinds = dict(kinds or dict.fromkeys(self.fields, "text"))
        if reads != "auto" and reads not in WANTS:
            raise InputError(f"A learner reads one of {', '.join(WANTS)}; got {reads!r}.")
        self.reads: Wants = wants(estimator, self.kinds) if reads == "auto" else reads  # type: ignore[assignment]
        self._encoders = encoders
        self.trusted = tuple(trusted)

    @property
    def name(self) -> str:
        """What a person calls it."""
        from asklearn.models.fitting import called

        return called(self.estimator)

    def describe(self) -> str:
        """One line: what is trained on what."""
        source = {"texts": "the text", "frame": "the columns", "features": "the features"}.get(
            self.reads, "the columns" if self.reads == "table" else "the vectors"
        )
        return f"{self.name} on {source} of {', '.join(self.fields)}"

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw fields that it reads besides what encoders made."""
        if self.reads == "table":
            return (*self._of_kind("number"), *self._of_kind("category"))
        return () if self.reads in ("features", "vectors") else self.fields

    def encoders(self, items: int) -> tuple[Encoder, ...]:
        """The encoders that serve a pool of that many items, unfitted."""
        if self._encoders is not None:
            return tuple(self._encoders)
        if self.reads == "vectors":
            return (VectorEncoder(self._of_kind("vector") or (VECTOR,)),)
        if self.reads == "table":
            return self._table_encoders()
        if self.reads != "features":
            return ()
        names = feature_names(self.estimator)
        if items > LARGE:
            return (SentenceEncoder(self.fields) if "sentence" in names else HashedTfidfEncoder(self.fields),)
        build: dict[str, Any] = {"sentence": SentenceEncoder, "tfidf": TfidfEncoder}
        return tuple(build[name](self.fields) for name in names)

    def prior(self, task: Task, encoders: Mapping[str, Encoder], *, pool: Inputs | None = None) -> None:
        """Nothing: an estimator knows nothing before the first label."""

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
        """A clone fitted on the labelled items, calibrated on held-out folds.

        Raises
        ------
        InputError
            When the estimator cannot be fitted; names it and what it says.
        """
        from asklearn.models.fitted import HeadModel
        from asklearn.models.out_of_fold import fit_head

        if len(y) == 0:
            raise InputError("A model is trained on labels, and there are none yet.")
        reader = self.reader(encoders, inputs, pool)
        names = np.array([str(task.display(one)) for one in task.classes])
        head, oof, notes = fit_head(
            self._whole(reader), reader.read(inputs), y, names, _take, seed=seed, sample_weight=sample_weight
        )
        return HeadModel(task.classes, reader, head, oof, notes)

    def load(self, path: str, task: Task, encoders: Mapping[str, Encoder]) -> HeadModel:
        """The way back from `HeadModel.save`."""
        from asklearn.models.fitted import HeadModel

        return HeadModel.load(path, task, encoders, trusted=self.trusted)

    def reader(
        self, encoders: Mapping[str, Encoder], inputs: Inputs | None = None, pool: Inputs | None = None
    ) -> Reader:
        """What turns items into what the estimator reads; a table learns its levels from ``inputs``."""
        from asklearn.models.readers import FeatureReader, FrameReader, TextReader

        if self.reads == "texts":
            return TextReader(self.fields)
        if self.reads == "frame":
            return FrameReader(self.fields)
        if self.reads == "table" and inputs is not None:
            return self._table_reader(tuple(encoders.values()), inputs, pool)
        return FeatureReader(self.fields, tuple(encoders.values()))

    def _table_encoders(self) -> tuple[Encoder, ...]:
        texts = self._of_kind("text")
        vectors = [VectorEncoder([name]) for name in self._of_kind("vector")]
        return (*([SentenceEncoder(texts)] if texts else []), *vectors)

    def _whole(self, reader: Any) -> Any:
        """The estimator, after the preparation of columns that a table needs."""
        if self.reads != "table":
            return self.estimator
        from asklearn.models.table import table_pipeline

        return table_pipeline(self.estimator, reader)

    def _table_reader(self, encoders: tuple[Encoder, ...], inputs: Inputs, pool: Inputs | None) -> Reader:
        from asklearn.models.table import TableReader, learn_axes, learn_levels, vectors_in

        return TableReader(
            self.fields,
            encoders,
            numbers=self._of_kind("number"),
            levels={name: learn_levels(inputs.fields.column(name)) for name in self._of_kind("category")},
            axes=learn_axes(vectors_in(pool or inputs, encoders)) if encoders else None,
        )

    def _of_kind(self, kind: str) -> tuple[str, ...]:
        return tuple(name for name in self.fields if self.kinds.get(name) == kind)


def _take(X: Any, rows: NDArray[np.int64]) -> Any:
    if hasattr(X, "iloc"):
        return X.iloc[rows]
    if isinstance(X, list):
        return [X[row] for row in rows]
    return X[rows]
