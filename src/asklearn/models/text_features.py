"""What a text head reads: sentence vectors, TF-IDF rows, or both, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.errors import InputError


@dataclass(frozen=True)
class TextFeatures:
    """Sentence vectors beside TF-IDF rows; either may be missing, not both.

    Attributes
    ----------
    dense : ndarray of shape (n, d), float32, or None
        Sentence vectors.
    sparse : CSR matrix of shape (n, t), or None
        Word and character TF-IDF.

    Raises
    ------
    InputError
        When both are missing, or they have a different number of rows.
    """

    dense: NDArray[np.float32] | None = None
    sparse: Any = None

    def __post_init__(self) -> None:
        if self.dense is None and self.sparse is None:
            raise InputError("Text features need sentence vectors, TF-IDF rows, or both; give at least one.")
        if self.dense is not None and self.sparse is not None and self.dense.shape[0] != self.sparse.shape[0]:
            raise InputError(
                f"There are {self.dense.shape[0]} sentence vectors but {self.sparse.shape[0]} TF-IDF rows; "
                "both must describe the same items in the same order."
            )

    @classmethod
    def of(cls, X: Any) -> TextFeatures:
        """Take what a user has: `TextFeatures`, a pair (dense, sparse), a dense array or a sparse matrix."""
        from scipy.sparse import csr_matrix, issparse

        if isinstance(X, TextFeatures):
            return X
        dense, sparse = X if isinstance(X, tuple) else (None, X) if issparse(X) else (X, None)
        return cls(
            dense=None if dense is None else np.ascontiguousarray(np.atleast_2d(dense), dtype=np.float32),
            sparse=None if sparse is None else csr_matrix(sparse, dtype=np.float32),
        )

    def take(self, positions: NDArray[Any] | slice) -> TextFeatures:
        """Those rows only, in that order."""
        return TextFeatures(
            dense=None if self.dense is None else self.dense[positions],
            sparse=None if self.sparse is None else self.sparse[positions],
        )

    def __len__(self) -> int:
        return int(self.dense.shape[0] if self.dense is not None else self.sparse.shape[0])
