"""Choosing from plain arrays: the arguments checked, a view made of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError
from asklearn.core.ids import hash_ids
from asklearn.core.randomness import derive_key
from asklearn.core.view import Column, Decision, Embedding, Labelled, Matrix, Picks, Proba, View
from asklearn.strategies.catalogue import check_needs
from asklearn.strategies.parts import Choosing

_BLOCK = 65_536


def pick_from(
    strategy: Choosing,
    *,
    proba: Any,
    decision: Any,
    embedding: Any,
    labelled_embedding: Any,
    labels: Any,
    n: int,
    seed: int,
    ids: Any,
    classes: Any,
    n_classes: int | None,
) -> Picks:
    """Choose from arrays; `asklearn.strategies.pick` documents the arguments."""
    if isinstance(n, bool) or not isinstance(n, int | np.integer) or n < 1:
        raise InputError(f"n is how many to pick, at least 1; got {n!r}.")
    names = None if classes is None else tuple(map(str, classes))
    given = _Given.of(proba, decision, embedding)
    size = _pool_size(given, ids)
    width = _class_count(given, names, n_classes)
    view = View.of_arrays(
        _columns(given, strategy),
        keys=_keys(ids, size),
        n_classes=width,
        labelled=_labelled(labels, labelled_embedding, names, given.embedding, width),
    )
    check_needs(strategy, view.providers)
    picks, _ = strategy.select(view, int(n), key=derive_key(int(seed), "pick"), memory={})
    return replace(picks, classes=names or ())


@dataclass(frozen=True)
class _Given:
    proba: Matrix | None
    decision: Matrix | None
    embedding: Matrix | None

    @classmethod
    def of(cls, proba: Any, decision: Any, embedding: Any) -> _Given:
        return cls(
            None if proba is None else checked_proba(proba),
            None if decision is None else _checked_decision(decision),
            None if embedding is None else _checked_embedding(embedding, "embedding"),
        )

    def named(self) -> dict[str, Matrix]:
        return {name: value for name, value in vars(self).items() if value is not None}


def _columns(given: _Given, strategy: Choosing) -> Mapping[Column, Matrix]:
    columns: dict[Column, Matrix] = {}
    if given.proba is not None:
        columns[Proba()] = given.proba
    if given.decision is not None:
        columns[Decision()] = given.decision
    if given.embedding is not None:
        columns[Embedding()] = given.embedding
        for column in strategy.needs | strategy.wants:
            if isinstance(column, Embedding):
                columns[column] = given.embedding
    return columns


def checked_proba(proba: Any) -> NDArray[Any]:
    """Class probabilities as an array of shape (n, n_classes), float16, float32 or float64.

    Raises
    ------
    InputError
        On another shape, NaN, negative values, or rows that do not sum to one.
    """
    values = _numeric(proba, "proba")
    if values.ndim != 2 or values.shape[1] == 0:
        hint = "; for two classes give both columns" if values.ndim == 1 else ""
        raise InputError(f"proba has the shape (n, n_classes); got {values.shape}{hint}.")
    tolerance = 4e-3 if values.dtype == np.float16 else 1e-3
    ones = np.ones(values.shape[1], dtype=np.float64 if values.dtype == np.float64 else np.float32)
    for start in range(0, len(values), _BLOCK):
        part = values[start : start + _BLOCK]
        sums = part.astype(ones.dtype, copy=False) @ ones
        _refuse(~np.isfinite(sums), start, "proba has NaN or infinite values")
        _refuse(
            np.abs(sums - 1) > tolerance, start,
            "proba has rows that do not sum to one; divide each row by its sum, or give decision= instead",
        )  # fmt: skip
        if part.min() < -tolerance:
            _refuse(part.min(axis=1) < -tolerance, start, "proba has negative values")
    return values


def _checked_decision(decision: Any) -> NDArray[Any]:
    values = _numeric(decision, "decision")
    if values.ndim == 1:
        values = np.stack([-values / 2, values / 2], axis=1)
    if values.ndim != 2 or values.shape[1] == 0:
        raise InputError(
            f"decision has the shape (n, n_classes), or (n,) for two classes; got {values.shape}."
        )
    _refuse_unfinite(values, "decision")
    return values


def _checked_embedding(embedding: Any, name: str) -> Matrix:
    if hasattr(embedding, "tocsr"):
        rows = embedding.tocsr()
        if not np.isfinite(rows.data).all():
            raise InputError(f"{name} has NaN or infinite values; fill or drop those rows.")
        return rows
    values = _numeric(embedding, name)
    if values.ndim != 2 or values.shape[1] == 0:
        raise InputError(f"{name} has the shape (n, d), one vector for each row; got {values.shape}.")
    _refuse_unfinite(values, name)
    return values


def _numeric(values: Any, name: str) -> NDArray[Any]:
    try:
        array = np.asarray(values)
    except ValueError:
        raise InputError(f"{name} is a table of numbers with rows of the same length; it is not.") from None
    if array.dtype.kind in "iub":
        array = array.astype(np.float64)
    if array.dtype.kind != "f":
        raise InputError(f"{name} is a table of numbers; got {array.dtype}.")
    return array


def _refuse_unfinite(values: NDArray[Any], name: str) -> None:
    for start in range(0, len(values), _BLOCK):
        part = values[start : start + _BLOCK]
        if not np.isfinite(part.sum(dtype=np.float64)):
            _refuse(~np.isfinite(part).all(axis=1), start, f"{name} has NaN or infinite values")


def _refuse(bad: NDArray[np.bool_], start: int, what: str) -> None:
    if bad.any():
        rows = (np.flatnonzero(bad) + start).tolist()
        where = ", ".join(map(str, rows[:3])) + (", …" if len(rows) > 3 else "")
        raise InputError(f"{what} (row{'s' if len(rows) > 1 else ''} {where}).")


def _pool_size(given: _Given, ids: Any) -> int:
    sizes = {name: int(value.shape[0]) for name, value in given.named().items()}
    if ids is not None:
        sizes["ids"] = len(ids)
    if not sizes:
        raise InputError("There is nothing to pick from: give proba=, decision=, embedding= or ids=.")
    if len(set(sizes.values())) > 1:
        lengths = ", ".join(f"{name} {length}" for name, length in sizes.items())
        raise InputError(f"All arrays speak of the same items, one row each; got {lengths} rows.")
    return next(iter(sizes.values()))


def _class_count(given: _Given, names: Sequence[str] | None, n_classes: int | None) -> int:
    counts = {name: int(value.shape[1]) for name, value in given.named().items() if name != "embedding"}
    if names is not None:
        counts["classes"] = len(names)
    if n_classes is not None:
        counts["n_classes"] = int(n_classes)
    if len(set(counts.values())) > 1:
        raise InputError(
            f"The number of classes differs: {', '.join(f'{name} {count}' for name, count in counts.items())}."
        )
    return next(iter(counts.values()), 0)


def _keys(ids: Any, size: int) -> NDArray[np.uint64]:
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


def _labelled(
    labels: Any, embedding: Any, names: Sequence[str] | None, candidates: Matrix | None, n_classes: int
) -> Labelled | None:
    if labels is None and embedding is None:
        return None
    rows = None if embedding is None else _checked_embedding(embedding, "labelled_embedding")
    if rows is not None and candidates is not None and rows.shape[1] != candidates.shape[1]:
        raise InputError(
            f"embedding has {candidates.shape[1]} columns and labelled_embedding {rows.shape[1]}; "
            "both come from the same encoder."
        )
    if labels is None:
        raise InputError("labelled_embedding= comes with labels=, one for each of its rows.")
    y = _positions(labels, names, n_classes)
    if rows is None:
        return Labelled(y)
    if rows.shape[0] != len(y):
        raise InputError(
            f"labelled_embedding has {rows.shape[0]} rows and labels {len(y)}; they go together."
        )
    return Labelled(y, {Embedding(): lambda at: rows[at], Embedding("model"): lambda at: rows[at]})


def _positions(labels: Any, names: Sequence[str] | None, n_classes: int) -> NDArray[np.int64]:
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
