"""Python and Arrow values as the columns of a pool: texts, numbers, truth values, vectors, else text."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import Any, Self

import numpy as np
import pyarrow as pa

from asklearn.core.errors import InputError
from asklearn.core.ids import canonical_json


class ExactFloat(float):
    """A number of JSON that remembers how it was spelled, since an id or a label may be one."""

    text: str

    def __new__(cls, text: str) -> Self:
        """The number that the text spells."""
        number = super().__new__(cls, text)
        number.text = text
        return number


def exact_text(value: Any) -> str | None:
    """The text of a value as it was spelled; None for nothing."""
    value = value.item() if isinstance(value, np.generic) else value
    match value:
        case None | str():
            return value
        case ExactFloat():
            return value.text
        case bool():
            return "true" if value else "false"
        case int() | float():
            return None if value != value else str(value)  # noqa: PLR0124 - NaN is nothing
        case _:
            return canonical_json(value)


def text_column(values: Sequence[Any]) -> pa.Array:
    """A column of texts."""
    return pa.array([exact_text(value) for value in values], type=pa.string())


def column(values: Sequence[Any]) -> pa.Array:
    """A column of the kind that its values share, else of texts."""
    kinds = {type(value) for value in values if value is not None}
    if kinds <= {str}:
        return pa.array(values, type=pa.string())
    if kinds == {bool}:
        return pa.array(values, type=pa.bool_())
    if kinds == {int} and all(-(2**63) <= value < 2**63 for value in values if value is not None):
        return pa.array(values, type=pa.int64())
    if kinds <= {int, float, ExactFloat}:
        return pa.array([None if value is None else float(value) for value in values], type=pa.float64())
    return _vectors(values) if kinds <= {list, tuple, np.ndarray} else text_column(values)


def _vectors(values: Sequence[Any]) -> pa.Array:
    """Lists of equally many numbers as vectors, other lists as JSON."""
    sizes = {len(value) for value in values if value is not None}
    numbers = (int, float, np.number)
    if (
        len(sizes) != 1
        or 0 in sizes
        or None in values
        or not all(
            isinstance(one, numbers) and not isinstance(one, bool) for value in values for one in value
        )
    ):
        return text_column([None if value is None else list(value) for value in values])
    flat = pa.array(list(map(float, itertools.chain.from_iterable(values))), type=pa.float64())
    return pa.FixedSizeListArray.from_arrays(flat, sizes.pop())


def vectors(matrix: Any) -> pa.Array:
    """The rows of a numeric matrix, shape (n, d), as float32 or float64 vectors."""
    kind = np.float64 if matrix.dtype == np.float64 else np.float32
    flat = pa.array(np.ascontiguousarray(matrix, dtype=kind).reshape(-1))
    return pa.FixedSizeListArray.from_arrays(flat, matrix.shape[1])


def normalise(values: pa.ChunkedArray | pa.Array, name: str) -> pa.Array:
    """An Arrow column as the pool keeps it.

    Raises
    ------
    InputError
        On binary data that is no UTF-8.
    """
    values = values.combine_chunks() if isinstance(values, pa.ChunkedArray) else values
    kind = values.type
    if pa.types.is_dictionary(kind):
        return normalise(values.dictionary_decode(), name)
    if _is_kept(kind):
        return values
    if (
        pa.types.is_list(kind)
        or pa.types.is_large_list(kind)
        or pa.types.is_struct(kind)
        or pa.types.is_map(kind)
    ):
        return column([list(one) if isinstance(one, tuple) else one for one in values.to_pylist()])
    try:
        return values.cast(pa.string())
    except (pa.ArrowInvalid, pa.ArrowNotImplementedError):
        raise InputError(
            f"Column {name!r} holds {kind}, which is neither text nor number; leave it out."
        ) from None


def _is_kept(kind: pa.DataType) -> bool:
    kept = pa.types.is_string(kind) or pa.types.is_integer(kind) or pa.types.is_floating(kind)
    vector = pa.types.is_fixed_size_list(kind) and pa.types.is_floating(kind.value_type)
    return bool(kept or vector or pa.types.is_boolean(kind))
