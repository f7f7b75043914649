"""Columns of a table as numbers: numbers, codes of categories, and vectors of texts side by side."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder
from asklearn.models.kinds import NUMBER
from asklearn.models.learner import Inputs
from asklearn.models.readers import FeatureReader, beside, features

MOST_LEVELS = 50
AXES = 24
"""Directions of the text vectors that a table keeps: more would drown its other columns."""


class TableReader(FeatureReader):
    """Numbers with NaN where there is none, codes of categories, then vectors; shape (n, width), float32.

    Parameters
    ----------
    fields : sequence of str
        All columns.
    encoders : sequence of Encoder
        Of the text columns.
    names : mapping of str to str
        Name and version of each encoder.
    numbers : sequence of str
    levels : mapping of str to sequence of str
        Known values of each category; any other has code -1.
    axes : ndarray of shape (d, k), optional
        Directions on which the vectors are projected.
    """

    def __init__(
        self,
        fields: Sequence[str] = (),
        encoders: Sequence[Encoder] = (),
        names: Mapping[str, str] | None = None,
        numbers: Sequence[str] = (),
        levels: Mapping[str, Sequence[str]] | None = None,
        axes: Any = None,
    ) -> None:
        super().__init__(fields, encoders, names)
        self.numbers = numbers
        self.levels = levels
        self.axes = axes

    @property
    def columns(self) -> tuple[str, ...]:
        """The numbers and categories; texts come as vectors."""
        return (*self.numbers, *(self.levels or {}))

    def read(self, inputs: Inputs) -> NDArray[np.float32]:
        """The matrix."""
        table = inputs.fields
        parts = [number_column(table.column(name)) for name in self.numbers]
        parts += [code_column(table.column(name), known) for name, known in (self.levels or {}).items()]
        flat = np.column_stack(parts) if parts else np.empty((len(inputs), 0))
        if not self.encoders:
            return np.asarray(flat, dtype=np.float32)
        vectors = vectors_in(inputs, self.encoders)
        return np.hstack([flat, vectors if self.axes is None else vectors @ self.axes]).astype(np.float32)


def vectors_in(inputs: Inputs, encoders: Sequence[Encoder]) -> NDArray[np.float32]:
    """Dense features of the texts of a table, shape (n, d)."""
    matrix: NDArray[np.float32] = beside([features(inputs, one) for one in encoders])
    return matrix


def learn_axes(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """The directions in which vectors differ most, shape (d, at most `AXES`)."""
    _, _, directions = np.linalg.svd(vectors - vectors.mean(axis=0), full_matrices=False)
    return np.ascontiguousarray(directions[:AXES].T)


def learn_levels(column: pa.ChunkedArray) -> list[str]:
    """The values of a category, the most frequent first, at most `MOST_LEVELS`."""
    counted = pc.value_counts(_as_text(column))
    pairs = sorted(
        (-one["counts"], one["values"]) for one in counted.to_pylist() if one["values"] is not None
    )
    return [value for _, value in pairs[:MOST_LEVELS]]


def number_column(column: pa.ChunkedArray) -> NDArray[np.float64]:
    """Numbers, NaN where there is none; times as seconds since 1970."""
    kind = column.type
    if pa.types.is_string(kind) or pa.types.is_large_string(kind):
        readable = pc.match_substring_regex(column, NUMBER)
        column = pc.if_else(readable, pc.utf8_trim_whitespace(column), pa.scalar(None, kind))
    elif pa.types.is_date(kind) or pa.types.is_timestamp(kind):
        column = pc.divide(pc.cast(pc.cast(column, pa.timestamp("us")), pa.int64()), 1_000_000)
    numbers = pc.fill_null(pc.cast(column, pa.float64(), safe=False), float("nan"))
    return np.asarray(numbers.to_numpy(), dtype=np.float64)


def code_column(column: pa.ChunkedArray, levels: Sequence[str]) -> NDArray[np.float64]:
    """Place of each value among the known ones, -1 for any other."""
    known = pa.array(list(levels), pa.string())
    codes = pc.fill_null(pc.index_in(_as_text(column), value_set=known), -1)
    return np.asarray(codes.to_numpy(), dtype=np.float64)


def _as_text(column: pa.ChunkedArray) -> pa.ChunkedArray:
    if pa.types.is_dictionary(column.type):
        column = pc.cast(column, column.type.value_type)
    return pc.cast(column, pa.string())


def table_pipeline(estimator: Any, reader: TableReader) -> Any:
    """The estimator after imputation and scaling of numbers and one-hot categories."""
    from sklearn.compose import ColumnTransformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import Pipeline, make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = list(range(len(reader.numbers)))
    categories = list(range(len(numbers), len(numbers) + len(reader.levels or {})))
    impute = SimpleImputer(strategy="median", add_indicator=True, keep_empty_features=True)
    columns = ColumnTransformer(
        [
            ("numbers", make_pipeline(impute, StandardScaler()), numbers),
            ("categories", OneHotEncoder(handle_unknown="ignore", sparse_output=False), categories),
        ],
        remainder="passthrough",
    )
    return Pipeline([("columns", columns), ("estimator", estimator)])
