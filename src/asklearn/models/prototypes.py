"""One vector for each class: its name, moved to where the pool's items and the labels are.

Soft assignment and re-estimation with the names as the prior of the means: expectation maximisation for a
mixture of von Mises-Fisher distributions (Banerjee et al., 2005, "Clustering on the unit hypersphere"),
started and held by the names; labelled items are assigned for certain (Nigam et al., 2000, "Text
classification from labeled and unlabeled documents using EM").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.models.softmax import softmax

_CONCENTRATION = 20.0
"""Sharpness of the soft assignment, in logits a unit of cosine."""
_NAME_STRENGTH = 2.0
"""A name counts as this many times the root of the items a class would hold."""
_NAMED_STEPS, _NAMELESS_STEPS = 5, 2
"""More steps drift away from names or labels."""
_CELLS = 1_000_000
"""Rows times classes that one step may take: bounds the time with very many classes."""


@dataclass(frozen=True)
class Labels:
    """Labelled rows that pull on their class: unit vectors (n, d), class positions and weights (n,)."""

    vectors: NDArray[np.float32]
    y: NDArray[np.int64]
    weight: NDArray[np.float32]


def unit_rows(X: NDArray[Any]) -> NDArray[np.float32]:
    """Rows of length one; zero rows stay zero."""
    lengths = np.linalg.norm(X, axis=1, keepdims=True)
    return np.asarray(X / np.where(lengths > 0, lengths, 1.0), dtype=np.float32)


def centred_names(names: NDArray[Any]) -> NDArray[np.float32]:
    """Take from the names what they have in common; unit rows, a zero row (no name) stays zero."""
    named = np.linalg.norm(names, axis=1) > 0
    common = names[named].mean(axis=0) if named.sum() > 1 else 0.0
    return unit_rows(np.where(named[:, None], names - common, 0.0))


def refine(
    names: NDArray[np.float32], pool: NDArray[np.float32], labels: Labels | None = None
) -> NDArray[np.float32]:
    """Prototypes, shape (C, d), unit rows; zero for a class with neither name nor label.

    Parameters
    ----------
    names : ndarray of shape (C, d)
        Centred unit vectors of the label names; zero rows where there is none.
    pool : ndarray of shape (m, d)
        Centred unit vectors of unlabelled items; the first `_CELLS` // C are used.
    labels : Labels, optional
        Items whose class is known.
    """
    n_classes = len(names)
    pool = pool[: max(1, _CELLS // n_classes)]
    held = _NAME_STRENGTH * np.sqrt(max(len(pool), 1) / n_classes) * names
    if labels is not None:
        held = held + _class_sums(labels, n_classes)
    prototypes = unit_rows(held)
    known = np.flatnonzero(prototypes.any(axis=1))
    if len(pool) == 0 or len(known) == 0:
        return prototypes
    for _ in range(_NAMED_STEPS if names.any() else _NAMELESS_STEPS):
        share = softmax(_CONCENTRATION * (pool @ prototypes[known].T))
        prototypes[known] = unit_rows(held[known] + share.T @ pool)
    return prototypes


def _class_sums(labels: Labels, n_classes: int) -> NDArray[np.float32]:
    membership = np.zeros((len(labels.y), n_classes), np.float32)
    membership[np.arange(len(labels.y)), labels.y] = labels.weight
    return np.asarray(membership.T @ labels.vectors, dtype=np.float32)
