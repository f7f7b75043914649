"""Raw fields as encoders and estimators want them: texts, vectors, a DataFrame; and the way in from Python.

Inside, items travel as a pyarrow Table. At the edge a person may hold a list of texts, a list of dicts, a
DataFrame (pandas or polars) or an array of vectors; `as_table` takes each.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from asklearn.core.errors import InputError, MissingExtra

VECTOR = "vector"
"""The column of a pool of arrays."""


def as_table(X: Any, fields: Sequence[str]) -> pa.Table:
    """The named columns of whatever a person holds.

    Parameters
    ----------
    X : pyarrow.Table, DataFrame, list of str, list of dict, or ndarray of shape (n, d)
        A plain list of texts serves a model of one field; an array serves a model of vectors.
    fields : sequence of str
        Columns that the model reads.

    Returns
    -------
    pyarrow.Table
        Those columns, in that order.

    Raises
    ------
    InputError
        When a column is missing, or the kind of input does not fit.
    """
    if isinstance(X, pa.RecordBatch):
        X = pa.Table.from_batches([X])
    if not isinstance(X, pa.Table):
        X = _table(X, fields)
    lacking = [name for name in fields if name not in X.column_names]
    if lacking:
        raise InputError(
            f"The model reads the column {lacking[0]!r}, which is not there; "
            f"the columns given are {', '.join(map(repr, X.column_names)) or 'none'}."
        )
    return X.select(list(fields))


def _table(X: Any, fields: Sequence[str]) -> pa.Table:
    if isinstance(X, np.ndarray) and X.ndim == 2 and X.dtype.kind in "fiub":
        return vector_table(X, _only(fields, "an array of vectors"))
    if hasattr(X, "to_dict") or hasattr(X, "to_arrow") or hasattr(X, "__dataframe__"):
        return _frame_table(X, fields)
    if isinstance(X, str | bytes) or not hasattr(X, "__len__"):
        raise InputError(f"Items come as a list of texts, a table or an array; got one {type(X).__name__}.")
    rows = list(X)
    if rows and isinstance(rows[0], Mapping):
        return pa.table({name: [_clean(row.get(name)) for row in rows] for name in rows[0]})
    name = _only(fields, "a plain list of texts")
    strange = next((one for one in rows if one is not None and not isinstance(one, str)), None)
    if strange is not None:
        raise InputError(f"A list of items holds texts or dicts; got {strange!r} ({type(strange).__name__}).")
    return pa.table({name: pa.array([_clean(one) for one in rows], pa.string())})


def _only(fields: Sequence[str], what: str) -> str:
    if len(fields) != 1:
        raise InputError(
            f"The model reads the columns {', '.join(map(repr, fields))}, so {what} does not say which is "
            "which; give a DataFrame or a list of dicts."
        )
    return fields[0]


def _frame_table(X: Any, fields: Sequence[str]) -> pa.Table:
    import narwhals as nw

    native = nw.from_native(X, eager_only=True, allow_series=True, pass_through=True)
    if isinstance(native, nw.Series):
        return pa.table({_only(fields, "a single column"): native.to_arrow()})
    if not isinstance(native, nw.DataFrame):
        raise InputError(f"Items come as a list of texts, a table or an array; got {type(X).__name__}.")
    return native.to_arrow()


def _clean(value: Any) -> Any:
    """Lone surrogates, which no UTF-8 can carry, become the replacement character."""
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return value


def vector_table(X: NDArray[Any], name: str = VECTOR) -> pa.Table:
    """A table of one column of vectors, from an array of shape (n, d)."""
    flat = pa.array(np.ascontiguousarray(X, dtype=np.float32).reshape(-1))
    return pa.table({name: pa.FixedSizeListArray.from_arrays(flat, X.shape[1])})


def texts_of(table: pa.Table, fields: Sequence[str], *, cut: int | None = None) -> list[str]:
    """One text for each item: its fields, blank ones left out, joined by line breaks.

    Parameters
    ----------
    table : pyarrow.Table
    fields : sequence of str
    cut : int, optional
        At most so many characters of each text.
    """
    columns = [_strings(table.column(name), cut) for name in fields]
    if len(columns) == 1:
        return columns[0]
    joined = ["\n".join(part for part in parts if part) for parts in zip(*columns, strict=True)]
    return [text[:cut] for text in joined] if cut else joined


def _strings(column: pa.ChunkedArray, cut: int | None) -> list[str]:
    import pyarrow.compute as pc

    if pa.types.is_string(column.type) or pa.types.is_large_string(column.type):
        column = pc.utf8_slice_codeunits(column, 0, cut) if cut else column
        return [text or "" for text in column.to_pylist()]
    return ["" if value is None else str(value)[:cut] for value in column.to_pylist()]


def vectors_of(table: pa.Table, name: str = VECTOR) -> NDArray[np.float32]:
    """The vectors of a column, shape (n, d), float32.

    Raises
    ------
    InputError
        When the vectors differ in length, or one is missing.
    """
    column = table.column(name).combine_chunks()
    column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
    if column.null_count:
        raise InputError(f"The column {name!r} lacks {column.null_count} vectors; every item needs one.")
    if pa.types.is_fixed_size_list(column.type):
        width = column.type.list_size
    else:
        lengths = np.unique(column.value_lengths().to_numpy(zero_copy_only=False))
        if len(lengths) > 1:
            raise InputError(f"The vectors in {name!r} differ in length: {lengths[0]} and {lengths[-1]}.")
        width = int(lengths[0]) if len(lengths) else 0
    flat = column.flatten().to_numpy(zero_copy_only=False)
    return np.asarray(flat, dtype=np.float32).reshape(len(column), width)


def frame_of(table: pa.Table) -> Any:
    """The table as a pandas DataFrame, for pipelines that name columns.

    Raises
    ------
    MissingExtra
        When pandas is not installed.
    """
    try:
        import pandas  # noqa: F401, ICN001
    except ImportError:
        raise MissingExtra("A learner that reads columns by their names", "tabular") from None
    return table.to_pandas()
