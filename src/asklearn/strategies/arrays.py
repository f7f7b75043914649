"""Choosing from plain arrays: the arguments brought together, a view made of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from asklearn.core.errors import InputError
from asklearn.core.randomness import derive_key
from asklearn.core.view import Column, Decision, Embedding, Labelled, Matrix, Picks, Proba, View
from asklearn.strategies import checks
from asklearn.strategies.catalogue import check_needs
from asklearn.strategies.parts import Choosing


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
    given = _given(proba, decision, embedding)
    size = _pool_size(given, ids)
    width = _class_count(given, names, n_classes)
    columns = _columns(given, strategy)
    view = View.of_arrays(
        columns,
        keys=checks.keys_of(ids, size),
        n_classes=width,
        labelled=_labelled(labels, labelled_embedding, names, given.get("embedding"), width),
    )
    check_needs(strategy, columns)
    picks, _ = strategy.select(view, int(n), key=derive_key(int(seed), "pick"), memory={})
    return replace(picks, classes=names or ())


def _given(proba: Any, decision: Any, embedding: Any) -> dict[str, Matrix]:
    given = {}
    if proba is not None:
        given["proba"] = checks.proba_shape(proba)
    if decision is not None:
        given["decision"] = checks.decision_shape(decision)
    if embedding is not None:
        given["embedding"] = checks.embedding_shape(embedding, "embedding")
    return given


def _columns(given: dict[str, Matrix], strategy: Choosing) -> dict[Column, Matrix]:
    """The arrays as columns; the values of those that the strategy reads are checked."""
    columns: dict[Column, Matrix] = {}
    for column in {Proba(), Decision(), Embedding(), *strategy.needs, *strategy.wants}:
        name = {Proba: "proba", Decision: "decision", Embedding: "embedding"}.get(type(column), "")
        if name in given:
            columns[column] = given[name]
    read = {type(column) for column in strategy.needs | strategy.wants}
    if Proba in read and "proba" in given:
        checks.proba_values(given["proba"])
    if Decision in read and "decision" in given:
        checks.finite(given["decision"], "decision")
    if Embedding in read and "embedding" in given:
        checks.finite(given["embedding"], "embedding")
    return columns


def _pool_size(given: dict[str, Matrix], ids: Any) -> int:
    sizes = {name: int(value.shape[0]) for name, value in given.items()}
    if ids is not None:
        sizes["ids"] = len(ids)
    if not sizes:
        raise InputError("There is nothing to pick from: give proba=, decision=, embedding= or ids=.")
    if len(set(sizes.values())) > 1:
        lengths = ", ".join(f"{name} {length}" for name, length in sizes.items())
        raise InputError(f"All arrays speak of the same items, one row each; got {lengths} rows.")
    return next(iter(sizes.values()))


def _class_count(given: dict[str, Matrix], names: Sequence[str] | None, n_classes: int | None) -> int:
    counts = {name: int(value.shape[1]) for name, value in given.items() if name != "embedding"}
    if names is not None:
        counts["classes"] = len(names)
    if n_classes is not None:
        counts["n_classes"] = int(n_classes)
    if len(set(counts.values())) > 1:
        said = ", ".join(f"{name} {count}" for name, count in counts.items())
        raise InputError(f"The number of classes differs: {said}.")
    return next(iter(counts.values()), 0)


def _labelled(
    labels: Any, embedding: Any, names: Sequence[str] | None, candidates: Matrix | None, n_classes: int
) -> Labelled | None:
    if labels is None and embedding is None:
        return None
    if labels is None:
        raise InputError("labelled_embedding= comes with labels=, one for each of its rows.")
    y = checks.class_positions(labels, names, n_classes)
    if embedding is None:
        return Labelled(y)
    rows = checks.embedding_shape(embedding, "labelled_embedding")
    checks.finite(rows, "labelled_embedding")
    if candidates is not None and rows.shape[1] != candidates.shape[1]:
        raise InputError(
            f"embedding has {candidates.shape[1]} columns and labelled_embedding {rows.shape[1]}; "
            "both come from the same encoder."
        )
    if rows.shape[0] != len(y):
        raise InputError(
            f"labelled_embedding has {rows.shape[0]} rows and labels {len(y)}; they go together."
        )
    return Labelled(y, {Embedding(): lambda at: rows[at], Embedding("model"): lambda at: rows[at]})
