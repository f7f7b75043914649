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
        return () if self.reads in ("features", "vectors") else self.fields

    def encoders(self, items: int) -> tuple[Encoder, ...]:
        """The encoders that serve a pool of that many items, unfitted."""
        if self._encoders is not None:
            return tuple(self._encoders)
        if self.reads == "vectors":
            return (VectorEncoder(self._vector_field()),)
        if self.reads != "features":
            return ()
        names = feature_names(self.estimator)
        if items > LARGE:
            only: Encoder = SentenceEncoder(self.fields) if "sentence" in names else HashedTfidfEncoder(self.fields)
            return (only,)
        build: dict[str, Any] = {"sentence": SentenceEncoder, "tfidf": TfidfEncoder}
        return tuple(build[name](self.fields) for name in names)

    def prior(
        self, task: Task, encoders: Mapping[str, Encoder], *, pool: Inputs | None = None  # noqa: ARG002
    ) -> HeadModel | None:
        """None: an estimator knows nothing before the first label."""
        return None

    def fit(
        self,
        inputs: Inputs,
        y: NDArray[np.int64],
        task: Task,
        *,
        encoders: Mapping[str, Encoder],
        seed: int = 0,
        sample_weight: NDArray[np.float64] | None = None,
        pool: Inputs | None = None,  # noqa: ARG002
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
        reader = self._reader(encoders)
        names = np.array([str(task.display(one)) for one in task.classes])
        head, oof, notes = fit_head(
            self.estimator, reader.read(inputs), y, names, _take, seed=seed, sample_weight=sample_weight
        )
        return HeadModel(task.classes, reader, head, oof, notes)

    def load(self, path: str, task: Task, encoders: Mapping[str, Encoder]) -> HeadModel:
        """The way back from `HeadModel.save`."""
        from asklearn.models.fitted import HeadModel

        return HeadModel.load(path, task, encoders, trusted=self.trusted)

    def _reader(self, encoders: Mapping[str, Encoder]) -> Reader:
        from asklearn.models.readers import FeatureReader, FrameReader, TextReader, VectorReader

        if self.reads == "texts":
            return TextReader(self.fields)
        if self.reads == "frame":
            return FrameReader(self.fields)
        if self.reads == "vectors":
            return VectorReader(self._vector_field())
        return FeatureReader(self.fields, tuple(encoders.values()))

    def _vector_field(self) -> tuple[str, ...]:
        return tuple(name for name, kind in self.kinds.items() if kind == "vector") or (VECTOR,)


def _take(X: Any, rows: NDArray[np.int64]) -> Any:
    if hasattr(X, "iloc"):
        return X.iloc[rows]
    if isinstance(X, list):
        return [X[row] for row in rows]
    return X[rows]
