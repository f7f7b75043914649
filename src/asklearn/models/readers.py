"""The first step of every fitted pipeline: from raw fields to what its estimator wants.

A reader is a scikit-learn transformer without anything to fit. `Reader.read` takes the loop's `Inputs`, whose
features are cached; `Reader.transform` takes whatever a person holds and encodes it on the spot.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Self

import numpy as np
from scipy import sparse
from sklearn.base import BaseEstimator, TransformerMixin

from asklearn.core.errors import VersionMismatch
from asklearn.core.protocols import Encoder
from asklearn.core.view import Matrix
from asklearn.models.fields import as_table, frame_of, texts_of
from asklearn.models.learner import Inputs


class Reader(TransformerMixin, BaseEstimator):  # type: ignore[misc]
    """Base of readers.

    Parameters
    ----------
    fields : sequence of str
        Columns that it reads.
    """

    def __init__(self, fields: Sequence[str] = ()) -> None:
        self.fields = fields

    def fit(self, X: Any, y: Any = None) -> Self:
        """Nothing to learn."""
        return self

    def transform(self, X: Any) -> Any:
        """What the estimator wants, from texts, dicts, a DataFrame, a table or an array."""
        return self.read(Inputs(as_table(X, self.fields)))

    def read(self, inputs: Inputs) -> Any:
        """What the estimator wants, from the loop's inputs."""
        raise NotImplementedError

    @property
    def columns(self) -> tuple[str, ...]:
        """Raw fields that `read` needs."""
        return tuple(self.fields)

    def detached(self) -> Reader:
        """A copy without encoders, to be stored beside others that share them."""
        return self

    def attached(self, encoders: Mapping[str, Encoder]) -> Reader:
        """The way back from `detached`."""
        return self

    def __sklearn_tags__(self) -> Any:
        tags = super().__sklearn_tags__()
        tags.requires_fit = False
        tags.no_validation = True
        return tags

    def __sklearn_is_fitted__(self) -> bool:
        return True


class TextReader(Reader):
    """One text for each item: a list of str, its fields joined by line breaks."""

    def read(self, inputs: Inputs) -> list[str]:
        """The texts."""
        return texts_of(inputs.fields, self.fields)


class FrameReader(Reader):
    """A pandas DataFrame of the fields, for pipelines that name columns."""

    def read(self, inputs: Inputs) -> Any:
        """The DataFrame."""
        return frame_of(inputs.fields.select(list(self.fields)))


class FeatureReader(Reader):
    """Features of encoders side by side, dense ones first: dense float32 when all are, else CSR.

    Parameters
    ----------
    fields : sequence of str
    encoders : sequence of Encoder
        Fitted; empty while `names` stand for them in a stored model.
    names : mapping of str to str
        Name and version of each encoder.
    """

    def __init__(
        self,
        fields: Sequence[str] = (),
        encoders: Sequence[Encoder] = (),
        names: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(fields)
        self.encoders = encoders
        self.names = names

    @property
    def columns(self) -> tuple[str, ...]:
        """None: features say it all."""
        return ()

    def read(self, inputs: Inputs) -> Any:
        """The features, cached ones where there are."""
        return beside([features(inputs, one) for one in self.encoders])

    def detached(self) -> FeatureReader:
        """Names and versions in place of the encoders."""
        versions = {one.name: one.version for one in self.encoders}
        return self._with(encoders=(), names=versions)

    def attached(self, encoders: Mapping[str, Encoder]) -> FeatureReader:
        """With the encoders again.

        Raises
        ------
        VersionMismatch
            When one is not given, or is not the one that the model was trained with.
        """
        return self._with(encoders=attach(self.names or {}, encoders))

    def _with(self, **changes: Any) -> Self:
        return type(self)(**{**self.get_params(deep=False), **changes})


class TextFeatureReader(FeatureReader):
    """Sentence vectors and TF-IDF as a pair (dense, sparse), either None: what the text head reads."""

    def read(self, inputs: Inputs) -> tuple[Any, Any]:
        """The pair."""
        dense = [features(inputs, one) for one in self.encoders if not one.sparse]
        rare = [features(inputs, one) for one in self.encoders if one.sparse]
        return beside(dense) if dense else None, beside(rare) if rare else None


def features(inputs: Inputs, encoder: Encoder) -> Matrix:
    """What one encoder makes of the inputs: from the cache, or made now."""
    known = inputs.encoded.get(encoder.name)
    return encoder.transform(inputs.fields) if known is None else known


def beside(blocks: Sequence[Matrix]) -> Matrix:
    """Matrices side by side: dense float32 when all are dense, else CSR float32."""
    if not any(sparse.issparse(block) for block in blocks):
        dense = [np.asarray(block, dtype=np.float32) for block in blocks]
        return dense[0] if len(dense) == 1 else np.hstack(dense)
    parts = [sparse.csr_matrix(block, dtype=np.float32) for block in blocks]
    return parts[0] if len(parts) == 1 else sparse.hstack(parts, format="csr", dtype=np.float32)


def attach(names: Mapping[str, str], encoders: Mapping[str, Encoder]) -> tuple[Encoder, ...]:
    """The named encoders, each checked to be of the version that the model knows."""
    for name, version in names.items():
        if name not in encoders:
            raise VersionMismatch(
                f"This model reads the features of {name!r}, an encoder that no longer serves; train again."
            )
        if encoders[name].version != version:
            raise VersionMismatch(
                f"This model was trained on features of another version of the encoder {name!r} "
                f"({version}, now {encoders[name].version}); train again."
            )
    return tuple(encoders[name] for name in names)
