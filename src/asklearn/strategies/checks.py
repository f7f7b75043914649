"""Arrays that a user gives, checked: one sentence says what is wrong, in which row, and what to do."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.ids import hash_ids
from asklearn.core.view import Matrix

_BLOCK = 65_536


def proba_shape(proba: Any) -> NDArray[Any]:
    """Class probabilities as an array of floats of shape (n, n_classes); values are not looked at.

    Raises
    ------
    InputError
        On another shape, or what is no table of numbers.
    """
    values = _numeric(proba, "proba")
    if values.ndim != 2 or values.shape[1] == 0:
        hint = "; for two classes give both columns" if values.ndim == 1 else ""
        raise InputError(f"proba has the shape (n, n_classes); got {values.shape}{hint}.")
    return values


def proba_values(values: NDArray[Any]) -> None:
    """Make sure that rows are probabilities; rounding of half precision, or to three digits, is no error.

    Raises
    ------
    InputError
        On NaN, infinite or negative values, or rows that do not sum to one; names the first rows.
    """
    tolerance = 4e-3 if values.dtype == np.float16 else 1e-3
    ones = np.ones(values.shape[1], dtype=np.float64 if values.dtype == np.float64 else np.float32)
    for start in range(0, len(values), _BLOCK):
        part = values[start : start + _BLOCK]
        sums = part.astype(ones.dtype, copy=False) @ ones
        _refuse(~np.isfinite(sums), start, "proba has NaN or infinite values")
        advice = "divide each row by its sum, or give decision= instead"
        _refuse(np.abs(sums - 1) > tolerance, start, f"proba has rows that do not sum to one; {advice}")
        if part.min() < -tolerance:
            _refuse(part.min(axis=1) < -tolerance, start, "proba has negative values")


def decision_shape(decision: Any) -> NDArray[Any]:
    """Decision values as an array of shape (n, n_classes); (n,) means two classes.

    Raises
    ------
    InputError
        On another shape, or what is no table of numbers.
    """
    values = _numeric(decision, "decision")
    if values.ndim == 1:
        values = np.stack([-values / 2, values / 2], axis=1)
    if values.ndim != 2 or values.shape[1] == 0:
        raise InputError(
            f"decision has the shape (n, n_classes), or (n,) for two classes; got {values.shape}."
        )
    return values


def embedding_shape(embedding: Any, name: str) -> Matrix:
    """Vectors as an array of shape (n, d), or as CSR when they are sparse.

    Raises
    ------
    InputError
        On another shape, or what is no table of numbers.
    """
    values = embedding.tocsr() if hasattr(embedding, "tocsr") else _numeric(embedding, name)
    if values.ndim != 2 or values.shape[1] == 0:
        raise InputError(f"{name} has the shape (n, d), one vector for each row; got {values.shape}.")
    return values


def finite(matrix: Matrix, name: str) -> None:
    """Make sure that there is no NaN and nothing infinite.

    Raises
    ------
    InputError
        Names the first rows.
    """
    for start in range(0, matrix.shape[0], _BLOCK):
        part = matrix[start : start + _BLOCK]
        if not np.isfinite(part.sum(dtype=np.float64)):
            dense = part.toarray() if hasattr(part, "toarray") else part
            _refuse(~np.isfinite(dense).all(axis=1), start, f"{name} has NaN or infinite values")


def keys_of(ids: Sequence[Any] | None, size: int) -> NDArray[np.uint64]:
    """A hash of each id, shape (size,); row numbers when there are no ids.

    Raises
    ------
    InputError
        When an id is given twice.
    """
    if ids is None:
        return np.arange(size, dtype=np.uint64)
    texts = [str(one) for one in ids]
    keys = hash_ids(texts)
    if len(np.unique(keys)) < size:
        seen: set[str] = set()
        for text in texts:
            if text in seen:
                raise InputError(f"The id {text!r} is given twice; each item needs an id of its own.")
            seen.add(text)
    return keys


def class_positions(labels: Any, names: Sequence[str] | None, n_classes: int) -> NDArray[np.int64]:
    """Class positions of labels that are positions already, or names of classes.

    Raises
    ------
    InputError
        On a label that is neither.
    """
    values = list(labels)
    place = {name: at for at, name in enumerate(names or ())}
    if values and all(isinstance(one, str) for one in values):
        unknown = [one for one in values if one not in place]
        if unknown:
            raise InputError(f"The label {unknown[0]!r} is not among classes=; name all of them there.")
        return np.array([place[one] for one in values], dtype=np.int64)
    if not all(isinstance(one, int | np.integer) and one >= 0 for one in values):
        raise InputError("labels are class positions from 0, or names that classes= lists in order.")
    y = np.array(values, dtype=np.int64)
    if n_classes and len(y) and y.max() >= n_classes:
        raise InputError(
            f"labels speak of class {y.max()}, but there are {n_classes} classes, counted from 0."
        )
    return y


def _numeric(values: Any, name: str) -> NDArray[Any]:
    try:
        array = np.asarray(values)
    except ValueError:
        raise InputError(f"{name} must be a table of numbers with rows of the same length.") from None
    if array.dtype.kind in "iub":
        array = array.astype(np.float64)
    if array.dtype.kind != "f":
        raise InputError(f"{name} must be a table of numbers; got values of type {array.dtype}.")
    return array


def _refuse(bad: NDArray[np.bool_], start: int, what: str) -> None:
    if bad.any():
        rows = (np.flatnonzero(bad) + start).tolist()
        where = ", ".join(map(str, rows[:3])) + (", …" if len(rows) > 3 else "")
        raise InputError(f"{what} (row{'s' if len(rows) > 1 else ''} {where}).")
