"""The span of a few rows: principal axes of labelled items under a dense and a sparse linear kernel.

The best penalised linear model on n rows lies in their span, so 50,000 TF-IDF columns shrink to at most n
coordinates, exactly. Beyond `MAX_LANDMARKS` rows a sample of them spans the space (Nyström; Williams and
Seeger, 2001, "Using the Nyström method to speed up kernel machines").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.randomness import derive_key, generator
from asklearn.models.text_features import TextFeatures

MAX_LANDMARKS = 1_536


@dataclass(frozen=True)
class Span:
    """Axes of the span of some rows.

    Attributes
    ----------
    landmarks : TextFeatures
        The rows that span the space, m of them, scaled.
    axes : ndarray of shape (m, r), float32
        ``kernel(x, landmarks) @ axes`` are the coordinates of x; their inner products are the kernel.
    """

    landmarks: TextFeatures
    axes: NDArray[np.float32]

    @classmethod
    def of(cls, rows: TextFeatures, seed: int) -> Span:
        """Span of the rows, or of `MAX_LANDMARKS` of them, drawn by the seed."""
        n = len(rows)
        if n > MAX_LANDMARKS:
            chosen = generator(derive_key(seed, "landmarks")).choice(n, MAX_LANDMARKS, replace=False)
            rows = rows.take(np.sort(chosen))
        return cls(rows, _principal_axes(kernel(rows, rows)))

    def coordinates(self, rows: TextFeatures) -> NDArray[np.float32]:
        """Coordinates of the rows, shape (n, r)."""
        return kernel(rows, self.landmarks) @ self.axes


def kernel(a: TextFeatures, b: TextFeatures) -> NDArray[np.float32]:
    """Inner products of the rows, dense part plus sparse part; shape (len(a), len(b)), float32."""
    total = np.zeros((len(a), len(b)), np.float32)
    if a.dense is not None and b.dense is not None:
        total += a.dense @ b.dense.T
    if a.sparse is not None and b.sparse is not None:
        total += np.asarray((a.sparse @ b.sparse.T).todense(), dtype=np.float32)
    return total


def _principal_axes(gram: NDArray[Any]) -> NDArray[np.float32]:
    if gram.shape[0] == 0:
        return np.zeros((0, 0), np.float32)
    values, vectors = np.linalg.eigh(gram.astype(np.float64))
    keep = values > 1e-6 * max(float(values[-1]), 1e-12)
    return np.asarray(vectors[:, keep] / np.sqrt(values[keep]), dtype=np.float32)
