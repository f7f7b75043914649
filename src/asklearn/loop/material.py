"""The pool and its features as the loop reads them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from asklearn.core.protocols import Encoder
from asklearn.core.records import Item
from asklearn.core.view import Matrix
from asklearn.models.learner import Inputs
from asklearn.pool import FeatureCache, Pool


@dataclass(frozen=True)
class Material:
    """Reading access to items and features; encodes what is asked for and missing.

    Attributes
    ----------
    pool : Pool
    encoders : mapping of str to Encoder
        Fitted, by name.
    caches : mapping of str to FeatureCache
        One for each encoder.
    columns : tuple of str or None
        Fields that the learner reads; None for all.
    """

    pool: Pool
    encoders: Mapping[str, Encoder]
    caches: Mapping[str, FeatureCache]
    columns: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self.pool)

    @property
    def keys(self) -> NDArray[np.uint64]:
        """Hash of each row's id, shape (n,)."""
        return self.pool.keys()

    @property
    def askable(self) -> NDArray[np.bool_]:
        """Rows one may ask about, shape (n,)."""
        return self.pool.askable()

    @property
    def ready(self) -> NDArray[np.bool_]:
        """Rows whose features are there, shape (n,)."""
        ready = np.ones(len(self.pool), dtype=bool)
        for cache in self.caches.values():
            ready &= cache.ready(len(self.pool))
        return ready

    def inputs(self, rows: NDArray[np.int64]) -> Inputs:
        """What a learner reads of those rows, in that order.

        Raw fields are read only for learners that have no encoders.
        """
        encoded = {name: cache.get(rows, pool=self.pool) for name, cache in self.caches.items()}
        return Inputs(self._fields(rows), encoded)

    def embedding(self, rows: NDArray[np.int64]) -> Matrix:
        """Dense vectors of those rows, shape (k, d) float32."""
        name = self.dense_encoder
        if name is None:
            raise LookupError("no dense encoder")
        return np.asarray(self.caches[name].get(rows, pool=self.pool), dtype=np.float32)

    @property
    def dense_encoder(self) -> str | None:
        """Name of the first encoder whose vectors are dense, if any."""
        return next((name for name, encoder in self.encoders.items() if not encoder.sparse), None)

    def items(self, rows: NDArray[np.int64]) -> list[Item]:
        """Items of those rows, with their fields."""
        return self.pool.items(rows)

    def _fields(self, rows: NDArray[np.int64]) -> Any:
        import pyarrow as pa

        if self.caches:
            return pa.table({"row": pa.array(rows)})
        return self.pool.take(rows, columns=None if self.columns is None else list(self.columns))
