"""The TF-IDF part of a linear text model, kept as the labelled rows that span its coefficients."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

_CELLS = 16_000_000
"""Coefficients made at once, 64 MB: classes are taken in blocks of that size."""


@dataclass(frozen=True)
class SparsePart:
    """``x @ landmarks.T @ dual_coef`` for sparse x, with only the columns that some landmark uses.

    Attributes
    ----------
    landmarks : CSR matrix of shape (m, t)
    dual_coef : ndarray of shape (m, C)
    """

    landmarks: Any
    dual_coef: NDArray[np.float32]

    @classmethod
    def of(cls, arrays: tuple[NDArray[Any], ...], width: int, dual_coef: NDArray[np.float32]) -> SparsePart:
        """Put together what `arrays` took apart; `width` is the number of TF-IDF columns."""
        from scipy.sparse import csr_matrix

        return cls(csr_matrix(arrays, shape=(len(dual_coef), width)), dual_coef)

    @staticmethod
    def arrays(landmarks: Any) -> tuple[NDArray[Any], ...]:
        """Take a CSR matrix apart into data, indices and index pointers, which any file format keeps."""
        return () if landmarks is None else (landmarks.data, landmarks.indices, landmarks.indptr)

    @cached_property
    def _columns(self) -> tuple[NDArray[np.int64], Any]:
        """Where each used column went (-1: unused), and the landmarks with used columns only."""
        from scipy.sparse import csr_matrix

        used, compact = np.unique(self.landmarks.indices, return_inverse=True)
        place = np.full(self.landmarks.shape[1], -1, np.int64)
        place[used] = np.arange(len(used))
        shape = (self.landmarks.shape[0], len(used))
        return place, csr_matrix((self.landmarks.data, compact, self.landmarks.indptr), shape=shape)

    @cached_property
    def _coef(self) -> list[NDArray[np.float32]]:
        """Coefficients of the used columns, in blocks of classes."""
        _, landmarks = self._columns
        step = max(1, _CELLS // max(1, landmarks.shape[1]))
        starts = range(0, self.dual_coef.shape[1], step)
        return [np.asarray(landmarks.T @ self.dual_coef[:, s : s + step], np.float32) for s in starts]

    def logits(self, rows: Any) -> NDArray[np.float32]:
        """Compute what these rows add to the logits; shape (n, C)."""
        from scipy.sparse import csr_matrix

        place, landmarks = self._columns
        if landmarks.shape[1] == 0:
            return np.zeros((rows.shape[0], self.dual_coef.shape[1]), np.float32)
        columns = place[rows.indices]
        data = np.where(columns >= 0, rows.data, np.float32(0))
        known = csr_matrix(
            (data, np.maximum(columns, 0), rows.indptr), shape=(rows.shape[0], landmarks.shape[1])
        )
        return np.concatenate([np.asarray(known @ block) for block in self._coef], axis=1)
